"""The site in Welsh: the same pages below `cy/`, of what there is in Welsh, with the way to what is in English only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.languages import ENGLISH, WELSH, in_folder, marked, ngettext, speaking, unchecked
from omi_build.languages import gettext as _
from omi_build.pages import Page, across_reports, areas, measures, reports, searching, site, themes, withdrawn

if TYPE_CHECKING:
    from omi_build.publication import PublicSite

ELSEWHERE = (
    marked("Home"),
    marked("Reports"),
    marked("Areas"),
    marked("Themes"),
    marked("Good practice"),
    marked("How inspections work"),
    marked("Data"),
    marked("Glossary"),
    marked("For inspectors"),
    marked("Write a report"),
    marked("Rules"),
    marked("For the publications team"),
    marked("About"),
    marked("Probation inspections"),
    marked(
        "Contains public sector information licensed under the "
        '<a rel="license" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">'
        "Open Government Licence v3.0</a>."
    ),
    marked("England"),
    marked("Wales"),
)
"""Words that stand in mkdocs.yml and in the content, and are translated where they are shown."""


def compose(public: PublicSite) -> tuple[Page, ...]:
    """Return the pages of the whole site in Welsh; `public` is the Welsh site.

    Lists have every report, those in English marked so. The library across reports has what is in Welsh, and says how
    many reports are in English only; while there is no report in Welsh there is no library either. The pages of criteria
    are in English alone: their national picture is of all reports, whatever their language.
    """
    with speaking(WELSH):
        pages = [
            _home(public),
            *reports.compose(public),
            *(withdrawn.compose(report) for report in public.withdrawn),
            *areas.compose(public),
            site.frameworks_list(public),
            *(page for framework in public.frameworks for page in site.framework_pages(framework)),
            site.glossary(public),
            *searching.compose(public),
        ]
        told = public.told_in_it
        if told.reports:
            library = (
                *themes.compose(told),
                *across_reports.compose(told),
                *measures.compose(told),
            )
            pages += [replace(page, note=_left_out(public)) for page in library]
        banner = site.banner(public)
        return tuple(
            replace(
                page,
                address=in_folder(page.address, WELSH),
                language=WELSH,
                banner=banner or page.banner,
                script="",
            )
            for page in pages
        )


def _home(public: PublicSite) -> Page:
    """Return the home page; while a machine made the Welsh of the site's own words, a line says so, and its foot in full."""
    page = site.home(public)
    if not unchecked():
        return page
    told = _(
        "The Welsh of this site’s own words (not of the reports) was made by a machine and is to be checked by a "
        "translator. Where it is unclear, the English counts."
    )
    return replace(page, data={**page.data, "unchecked": told})


def _left_out(public: PublicSite) -> str:
    """Return how many reports are not in the Welsh library."""
    number = sum(report.language == ENGLISH for report in public.reports)
    if not number:
        return ""
    return ngettext(
        "This page holds what is in Welsh. %(num)s report is in English only, and not here.",
        "This page holds what is in Welsh. %(num)s reports are in English only, and not here.",
        number,
    )
