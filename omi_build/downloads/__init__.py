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
    "table_rows",
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


def criterion_downloads(site: PublicSite, framework: Framework, ref: str, address: str) -> tuple[Download, ...]:
    """Return the scores, questions and findings of a criterion in all reports; a table without rows is left out.

    `address` is that of the criterion's page. Rows stand by area and year, as everywhere.
    """
    of_framework = [report for report in site.reports if report.framework.id == framework.id]
    made = [make(of_framework) for make in (scores, questions, findings)]
    own = [replace(table, rows=tuple(row for row in table.rows if row["criterion"] == ref)) for table in made]
    return tuple(_csv(table, address) for table in own if table.rows)


def table_rows(report: PublicReport) -> dict[str, bytes]:
    """Return the rows of a report in each table as CSV without its head, by the table's name."""
    return {table.name: as_csv(table).removeprefix(_head(table)) for table in (make((report,)) for make in TABLES)}


def site_downloads(
    site: PublicSite,
    describe: Callable[[PublicReport], str],
    schemas: Mapping[str, bytes],
    on: datetime.date,
    site_url: str = "",
    *,
    rows: Callable[[str], bytes] | None = None,
) -> tuple[Download, ...]:
    """Return every download of the whole site.

    `describe` says in a sentence what a report found; `schemas` are the published schemas by address; `on` is the day
    of the publication. `rows` gives the rows of all reports in a table, as `table_rows` has them of each; without it
    they are made of the site's reports.
    """
    listed = Download(f"{DATA}reports.json", "The list of reports", "JSON", as_json(reports_data(site, site_url)))
    told = reports(site.reports)
    parts = [(told, _csv(told, DATA))]
    for table in (make(()) for make in TABLES):
        of_all = rows(table.name) if rows else b"".join(table_rows(one)[table.name] for one in site.reports)
        parts.append((table, Download(f"{DATA}{table.name}.csv", table.title, "CSV", _head(table) + of_all)))
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


def _head(table: Table) -> bytes:
    return as_csv(replace(table, rows=()))


def _described(address: str) -> str:
    return address.rpartition("/")[2].replace(".schema", "")
