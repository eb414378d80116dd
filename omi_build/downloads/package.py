"""Data packages: what the tables of a report, or of the whole site, hold, for machines (Data Package 2.0)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from omi_build.downloads.files import (
    CAUTION,
    DATA,
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_ID,
    SITE_TITLE,
    Download,
    as_json,
    corrected,
    latest_date,
    midnight,
)
from omi_build.downloads.report import plain
from omi_build.languages import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads.tables import Field, Table
    from omi_build.model.dates import PartialDate
    from omi_build.publication import PublicReport, PublicSite

PROFILE = "https://datapackage.org/profiles/2.0/"
FORMULAS = "In CSV, an apostrophe stands before a text that a spreadsheet would take for a formula."

Part = tuple["Table", Download]
"""A table and its file."""


def report_package(report: PublicReport, parts: Sequence[Part], site_url: str) -> Download:
    """Return the data package of a report; `site_url` is '' where the site's address is not known."""
    about = report.about
    isbns = [number for number in (about.publication.isbn_print, about.publication.isbn_pdf) if number]
    source = ", ".join(
        filter(
            None,
            (
                about.lead_body,
                about.title,
                str(about.publication.date or ""),
                f"ISBN {' and '.join(isbns)}" if isbns else "",
            ),
        )
    )
    described = f"The data of the inspection report on {report.name}. {plain(report.framework.caution.text)} {FORMULAS}"
    package = _package(
        name=report.id,
        title=about.title,
        description=f"Synthetic: made up. {described}" if report.synthetic else described,
        date=corrected(report) or about.publication.date,
        home=f"{site_url}{report.address}data/" if site_url else "",
        resources=[_resource(table, file, {}) for table, file in parts],
    )
    package["sources"] = [{"title": source}]
    package["contributors"] = [{"title": about.lead_body, "roles": ["author"]}]
    return Download(
        f"{report.address}datapackage.json",
        marked("What each column of the tables means"),
        "Data Package",
        as_json(package),
    )


def site_package(site: PublicSite, parts: Sequence[Part], others: Sequence[Download], site_url: str) -> Download:
    """Return the data package of the whole site; `others` are files beside the tables."""
    cautions = {plain(framework.caution.text): None for framework in site.frameworks}
    keys = {"report": parts[0]} if parts else {}
    package = _package(
        name="inspection-reports",
        title=SITE_TITLE,
        description=" ".join(
            (f"The data of all inspection reports of this site. {CAUTION}.", *cautions, FORMULAS),
        ),
        date=latest_date(site.reports),
        home=f"{site_url}{DATA}" if site_url else "",
        resources=[
            *(_resource(table, file, {} if table is parts[0][0] else keys) for table, file in parts),
            *({**_file(f"{other.name.partition('.')[0]}-as-json", other), "title": other.title} for other in others),
        ],
    )
    package["sources"] = [{"title": report.about.title} | _path(report, site_url) for report in site.reports]
    if not site.reports:
        del package["sources"]
    return Download(
        f"{DATA}datapackage.json", marked("What each column of the tables means"), "Data Package", as_json(package)
    )


def _path(report: PublicReport, site_url: str) -> dict[str, str]:
    return {"path": f"{site_url}{report.address}"} if site_url else {}


def _package(
    *, name: str, title: str, description: str, date: PartialDate | None, home: str, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILE}datapackage.json",
        "name": name,
        "title": title,
        "description": description,
        **({"homepage": home} if home else {}),
        **({"version": date.iso(), "created": midnight(date.due()).isoformat().replace("+00:00", "Z")} if date else {}),
        "licenses": [{"name": LICENCE_ID, "path": LICENCE_ADDRESS, "title": LICENCE}],
        "keywords": ["probation", "inspection", "England and Wales"],
        "resources": resources,
    }


def _resource(table: Table, file: Download, keys: dict[str, Part]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [_field(column) for column in table.fields],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if keys:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other.name, "fields": list(other.primary_key)}}
            for column, (other, _) in keys.items()
        ]
    return {
        **_file(table.name, file),
        "type": "table",
        "title": table.title,
        "description": table.description,
        "schema": schema,
    }


def _file(name: str, file: Download) -> dict[str, Any]:
    return {
        "name": name,
        "path": file.name,
        "format": file.name.rpartition(".")[2],
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
    }


def _field(column: Field) -> dict[str, Any]:
    described = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
    }
    return described | ({"constraints": dict(column.constraints)} if column.constraints else {})
