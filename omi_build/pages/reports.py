"""The list of reports: by name and by date, by year, and as data for the page's own search. Never by score."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.pages import Link, Page, paged
from omi_build.words import counted

if TYPE_CHECKING:
    from omi_build.publication import PublicReport, PublicSite

ADDRESS = "reports/"
INDEX = f"{ADDRESS}index.json"
"""The list as data, which the page's search reads."""

SIZE = 100
"""How many reports stand on a page."""


def compose(site: PublicSite) -> tuple[Page, ...]:
    """Return the lists of all reports, by name and by date, and one for each year."""
    years = sorted({report.about.year for report in site.reports}, reverse=True)
    by_name = Page(
        ADDRESS,
        _("Reports"),
        _("All inspection reports, by area and year."),
        "reports",
        {
            "site": site,
            "order": "name",
            "years": years,
            "regions": [r for r in site.regions if any(report.region.id == r.id for report in site.reports)],
            "index": INDEX,
        },
        script="reports.js",
    )
    latest = Page(
        f"{ADDRESS}by-date/",
        _("Reports by date"),
        _("All inspection reports, the one published last first."),
        "reports",
        {**by_name.data, "order": "date"},
        (by_name.link,),
    )
    return (
        *paged(by_name, "reports", site.reports, SIZE),
        *paged(latest, "reports", by_date(site), SIZE),
        *(page for year in years for page in _of_year(site, year)),
    )


def by_date(site: PublicSite) -> list[PublicReport]:
    """Return the reports, the one published last first; those of one day by name."""
    return sorted(site.reports, key=_published, reverse=True)


def index(site: PublicSite) -> bytes:
    """Return the list of reports as JSON, by name, for the search on the list's page."""
    reports = [
        {
            "name": report.name,
            "address": report.address,
            "area": report.area.title,
            "region": {"id": report.region.id, "title": report.region.title},
            "year": report.about.year,
            "framework": {"id": report.framework.id, "title": report.framework.short_title},
            "fieldwork": report.about.fieldwork.iso(),
            "published": _published(report),
            "synthetic": report.synthetic,
        }
        for report in site.reports
    ]
    return json.dumps({"reports": reports}, ensure_ascii=False, separators=(",", ":")).encode()


def _of_year(site: PublicSite, year: int) -> tuple[Page, ...]:
    reports = [report for report in site.reports if report.about.year == year]
    number = counted(len(reports), "report", "reports")
    page = Page(
        f"{ADDRESS}{year}/",
        _("Reports of %(year)s", year=year),
        _("The inspection reports of %(year)s, by area: %(number)s.", year=year, number=number),
        "year",
        {"number": number},
        (Link(_("Reports"), ADDRESS),),
    )
    return paged(page, "reports", reports, SIZE)


def _published(report: PublicReport) -> str:
    date = report.about.publication.date
    return date.iso() if date else ""
