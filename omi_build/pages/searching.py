"""The page of the search, with all that it can be narrowed by, and the way to everything for those without script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.languages import in_folder, like, marked
from omi_build.pages import Link, Page, across_reports, paged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omi_build.model.framework import Framework
    from omi_build.publication import PublicReport, PublicSite

AREAS = "search/areas.json"
"""The areas that a search can be narrowed to."""

SIZE = 40
"""How many reports stand on a page of the list of everything."""


class Kind(Enum):
    """What kind of thing is found; its value stands in addresses of searches and never changes."""

    STRENGTH = "strength"
    IMPROVEMENT = "improvement"
    RECOMMENDATION = "recommendation"
    GOOD_PRACTICE = "good-practice"
    TARGET = "target"
    SUMMARY = "summary"
    COMMENT = "comment"
    CHAPTER = "chapter"
    FOREWORD = "foreword"
    FIGURES = "figures"
    REPORT = "report"
    AREA = "area"
    CRITERION = "criterion"
    THEME = "theme"
    GLOSSARY = "glossary"
    PAGE = "page"

    @property
    def title(self) -> str:
        """Its name for readers."""
        return _(_TITLES[self])


_TITLES = {
    Kind.STRENGTH: marked("Strength"),
    Kind.IMPROVEMENT: marked("Area for improvement"),
    Kind.RECOMMENDATION: marked("Recommendation"),
    Kind.GOOD_PRACTICE: marked("Good practice"),
    Kind.TARGET: marked("Target"),
    Kind.SUMMARY: marked("Summary"),
    Kind.COMMENT: marked("Comment"),
    Kind.CHAPTER: marked("Chapter"),
    Kind.FOREWORD: marked("Foreword"),
    Kind.FIGURES: marked("Figures on an area"),
    Kind.REPORT: marked("Report"),
    Kind.AREA: marked("Area or region"),
    Kind.CRITERION: marked("Criterion"),
    Kind.THEME: marked("Theme"),
    Kind.GLOSSARY: marked("Glossary"),
    Kind.PAGE: marked("Page of this site"),
}


@dataclass(frozen=True)
class Choice:
    """A value that a search can be narrowed to."""

    value: str
    """As it stands in addresses of searches."""
    title: str


@dataclass(frozen=True)
class Facet:
    """What a search can be narrowed by; its name stands in addresses of searches and never changes."""

    name: str
    title: str
    every: str
    """What stands for all of them."""
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    """The choices; where they come in groups, each under its title."""
    file: str = ""
    """The address of the file that holds the choices, where there may be too many to stand on a page."""


def section_value(framework: Framework, number: int) -> str:
    """Return a section as a value of its facet: numbers mean something within their framework alone."""
    return f"{framework.id}/{number}"


def criterion_value(framework: Framework, ref: str) -> str:
    """Return a criterion as a value of its facet."""
    return f"{framework.id}/{ref}"


def facets(site: PublicSite) -> tuple[Facet, ...]:
    """Return what a search of the site can be narrowed by."""
    several = len(site.frameworks) > 1
    years = sorted({report.about.year for report in site.reports}, reverse=True)
    sections = tuple(
        (
            framework.short_title if several else "",
            tuple(Choice(section_value(framework, s.number), f"{s.number}. {s.title}") for s in framework.sections),
        )
        for framework in site.frameworks
    )
    criteria = tuple(
        (
            f"{framework.short_title}, {section.title}" if several else section.title,
            tuple(Choice(criterion_value(framework, c.ref), f"{c.ref} {c.title}") for c in section.criteria),
        )
        for framework in site.frameworks
        for section in framework.sections
    )
    return (
        Facet("kind", _("Kind"), _("All kinds"), _one(Choice(kind.value, kind.title) for kind in Kind)),
        Facet("theme", _("Theme"), _("All themes"), _one(Choice(theme.id, theme.title) for theme in site.themes)),
        Facet(
            "area",
            _("Area"),
            _("All areas"),
            _one(Choice(area.id, area.title) for area in site.areas),
            file=in_folder(AREAS, site.language),
        ),
        Facet(
            "region", _("Region"), _("All regions"), _one(Choice(region.id, region.title) for region in site.regions)
        ),
        Facet("year", _("Year"), _("All years"), _one(Choice(str(year), str(year)) for year in years)),
        Facet("section", _("Section"), _("All sections"), sections),
        Facet("criterion", _("Criterion"), _("All criteria"), criteria),
    )


def _one(choices: Iterable[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    return (("", tuple(choices)),)


def compose_search(site: PublicSite) -> Page:
    """Return the page of the search."""
    return Page(
        "search/",
        _("Search"),
        _("Search all findings, recommendations, examples of good practice, targets, criteria and terms."),
        "search",
        {"facets": facets(site)},
    )


def choices(site: PublicSite) -> dict[str, bytes]:
    """Return the files of choices, by address: as JSON the title of each value, in order, in both languages."""
    return {
        facet.file: json.dumps(
            {one.value: one.title for _title, group in facet.groups for one in group},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        for told in (site, *([site.in_welsh] if site.in_welsh else []))
        for facet in facets(told)
        if facet.file
    }


def compose_browse(site: PublicSite) -> tuple[Page, ...]:
    """Return the pages of the list of everything."""
    browse = Page(
        "browse/",
        _("Browse everything"),
        _("Everything on this site by kind, by criterion and by report."),
        "browse",
        {"site": site, "kinds": across_reports.KINDS, "lists": _lists(site), "parts": _parts},
    )
    return paged(browse, "reports", site.reports, SIZE)


def _lists(site: PublicSite) -> dict[tuple[str, str, str], str]:
    """Return the address of each list of entries under a criterion, by framework, ref and kind of list."""
    return {
        (framework.id, criterion.ref, kind.id): across_reports.of_criterion(kind, framework, criterion.ref)
        for kind in across_reports.KINDS
        for report in site.reports
        for framework in (report.framework,)
        for entry in kind.entries(report)
        for criterion in entry.criteria
    }


def _parts(report: PublicReport) -> tuple[Link, ...]:
    """Return the pages of a report that hold what was found."""
    top = report.address
    return (
        Link(_("Overview and recommendations") if report.recommendations else _("Overview"), top),
        *(
            Link(like(f"{section.number}. {section.title}", section.title), f"{top}{section.slug}/")
            for section in report.sections
        ),
        *([Link(_("National targets"), f"{top}targets/")] if report.targets else []),
        *([Link(_("Good practice"), f"{top}good-practice/")] if report.good_practice else []),
        *(Link(chapter.title, f"{top}{chapter.id}/") for chapter in report.narrative.chapters),
        Link(_("The inspection"), f"{top}inspection/"),
    )
