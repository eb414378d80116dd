"""The site in Welsh: the same pages below `cy/`, of what there is in Welsh, with the way to what is in English only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.languages import ENGLISH, WELSH, in_folder, marked, ngettext, speaking, unchecked
from omi_build.languages import gettext as _
from omi_build.pages import Page, site

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def dressed(public: PublicSite, pages: Iterable[Page], *, library: bool = False) -> tuple[Page, ...]:
    """Return pages as they stand below `cy/`; `public` is the Welsh site.

    Those of the library across reports have what is in Welsh alone, and say how many reports are in English only.
    """
    with speaking(WELSH):
        told = [
            replace(page, address=in_folder(page.address, WELSH), language=WELSH, script="")
            for page in site.dressed(public, pages)
        ]
        return tuple(replace(page, note=_left_out(public)) for page in told) if library else tuple(told)


def home(public: PublicSite) -> Page:
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
