"""The open data: each report's JSON and tables, and the whole site's tables, list of reports and feeds.

Each module makes one kind of file out of public reports; nothing here reads or writes a disk.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.downloads import cite
from omi_build.downloads.feeds import atom, entries, json_feed
from omi_build.downloads.files import (
    CAUTION,
    DATA,
    LICENCE,
    REPORT_SCHEMA,
    REPORTS_SCHEMA,
    Download,
    as_json,
)
from omi_build.downloads.package import report_package, site_package
from omi_build.downloads.report import plain, report_data
from omi_build.downloads.tables import TABLES, Table, as_csv, findings, questions, reports, scores
from omi_build.languages import marked, speaking

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping
    from typing import Any

    from omi_build.downloads.tables import Row
    from omi_build.model.framework import Framework
    from omi_build.publication import PublicReport, PublicSite

__all__ = [
    "REPORTS_SCHEMA",
    "REPORT_SCHEMA",
    "Download",
    "criterion_downloads",
    "downloads",
    "report_data",
    "site_downloads",
]


def downloads(report: PublicReport, site_url: str = "") -> tuple[Download, ...]:
    """Return every download of a report; a table without rows is left out.

    `site_url` is the site's absolute address, ending in a slash, or '' where it is not known.
    """
    whole = Download(
        f"{report.address}report.json", marked("The whole report as data"), "JSON", as_json(report_data(report))
    )
    made = [make((report,)) for make in TABLES]
    always = {"scores", "findings", "recommendations"}
    parts = [(table, _csv(table, report.address)) for table in made if table.rows or table.name in always]
    package = report_package(report, parts, site_url)
    with speaking(report.language):
        citations = cite.files(report, site_url)
    return (whole, *(file for _, file in parts), package, *citations)


def criterion_downloads(
    site: PublicSite, framework: Framework, address: Callable[[str], str]
) -> dict[str, tuple[Download, ...]]:
    """Return the scores, questions and findings of each criterion in all reports, by its ref.

    `address` gives the address of a criterion's page. Rows stand by area and year, as everywhere.
    """
    of_framework = [report for report in site.reports if report.framework.id == framework.id]
    made = [make(of_framework) for make in (scores, questions, findings)]
    rows: dict[tuple[str, str], list[Row]] = {}
    for table in made:
        for row in table.rows:
            rows.setdefault((table.name, str(row["criterion"])), []).append(row)
    return {
        ref: tuple(
            _csv(replace(table, rows=tuple(rows[table.name, ref])), address(ref))
            for table in made
            if (table.name, ref) in rows
        )
        for ref in framework.criteria
    }


def site_downloads(
    site: PublicSite,
    describe: Callable[[PublicReport], str],
    schemas: Mapping[str, bytes],
    on: datetime.date,
    site_url: str = "",
) -> tuple[Download, ...]:
    """Return every download of the whole site.

    `describe` says in a sentence what a report found; `schemas` are the published schemas by address; `on` is the day
    of the publication.
    """
    listed = Download(f"{DATA}reports.json", "The list of reports", "JSON", as_json(reports_data(site, site_url)))
    tables = [reports(site.reports), *(make(site.reports) for make in TABLES)]
    parts = [(table, _csv(table, DATA)) for table in tables]
    happened = entries(site, describe, on)
    return (
        listed,
        *(file for _, file in parts),
        site_package(site, parts, [listed], site_url),
        atom(happened, site_url, on),
        json_feed(happened, site_url),
        *(
            Download(address, f"The schema of {_described(address)}", "JSON Schema", raw)
            for address, raw in schemas.items()
        ),
    )


def reports_data(site: PublicSite, site_url: str = "") -> dict[str, Any]:
    """Return the list of reports, as `schemas/reports.schema.json` describes it."""
    return {
        "$schema": f"../{REPORTS_SCHEMA}",
        "site_url": site_url or None,
        "licence": LICENCE,
        "caution": CAUTION,
        "reports": [dict(row) for row in reports(site.reports).rows],
        "withdrawn": [
            {
                "report": one.id,
                "title": one.title,
                "published": one.published.iso(),
                "withdrawn": one.withdrawn.iso(),
                "reason": plain(one.reason.text),
                "url": f"{site_url}{one.address}",
                "synthetic": one.synthetic,
            }
            for one in site.withdrawn
        ],
    }


def _csv(table: Table, folder: str) -> Download:
    return Download(f"{folder}{table.name}.csv", table.title, "CSV", as_csv(table))


def _described(address: str) -> str:
    return address.rpartition("/")[2].replace(".schema", "")
