"""A page for each criterion: what it asks, how all reports together did on it, and what was found, by area.

The national picture names no area, ranks none, and is shown only where enough reports stand behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build.charts.across_reports import scores_histogram
from omi_build.model.framework import Assessment
from omi_build.pages import Link, Page, across_reports, paged
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.charts import Chart
    from omi_build.downloads import Download
    from omi_build.model.framework import Criterion, Framework, Section
    from omi_build.publication import PublicReport, PublicSite

ENOUGH = 5
"""How many reports a national picture needs: with fewer, it would tell of single areas."""


@dataclass(frozen=True)
class Step:
    """A step of the scale of conclusions or ratings, and how many reports came to it."""

    title: str
    level: int
    """Counted from 1 for the best."""
    reports: int


@dataclass(frozen=True)
class NationalPicture:
    """How all reports did on a criterion, without a name."""

    of: str
    """What was counted: 'score' or 'rating'."""
    reports: int
    """How many reports have one."""
    steps: tuple[Step, ...]
    """Empty where there are too few."""
    chart: Chart | None
    left_out: int
    """How many synthetic reports are not counted, because real ones stand beside them."""


def national_picture(
    site: PublicSite, framework: Framework, section: Section, criterion: Criterion
) -> NationalPicture | None:
    """Return how all reports did on a criterion; None for one that is neither scored nor rated."""
    if section.assessment is Assessment.DESCRIBED:
        return None
    reports = site.counting(framework)
    left_out = sum(report.framework.id == framework.id for report in site.reports) - len(reports)
    results = [report.criteria[criterion.ref][1] for report in reports if criterion.ref in report.criteria]
    if section.assessment is Assessment.SCORED:
        scores = [c.score.value for c in results if c.score and c.score.value is not None]
        titles = [(band.title, sum(c.band == band for c in results)) for band in framework.bands]
        number, of = len(scores), "score"
    else:
        scores = []
        titles = [(rating.title, sum(c.rating == rating for c in results)) for rating in framework.ratings]
        number, of = sum(c.rating is not None for c in results), "rating"
    enough = number >= ENOUGH
    steps = tuple(Step(title, level, count) for level, (title, count) in enumerate(titles, 1)) if enough else ()
    address = across_reports.criterion_address(framework, criterion.ref)
    chart = scores_histogram(criterion, scores, address, synthetic=site.synthetic) if enough and scores else None
    return NationalPicture(of, number, steps, chart, left_out)


def compose(
    site: PublicSite, framework: Framework, section: Section, criterion: Criterion, files: Sequence[Download]
) -> tuple[Page, ...]:
    """Return the pages of a criterion; `files` are its downloads."""
    name = f"{criterion.ref} {criterion.title}"
    reports = [report for report in site.reports if report.framework.id == framework.id]
    groups = [
        across_reports.findings_of(report, lambda own, _: own.criterion.ref == criterion.ref) for report in reports
    ]
    found = sum(group.findings for group in groups)
    picture = national_picture(site, framework, section, criterion)
    page = Page(
        across_reports.criterion_address(framework, criterion.ref),
        name,
        f"{name}: what it asks, and {counted(found, 'finding', 'findings')} of "
        f"{counted(len(reports), 'report', 'reports')}.",
        "criterion",
        {
            "framework": framework,
            "section": section,
            "criterion": criterion,
            "picture": picture,
            "found": found,
            "number": len(reports),
            "lists": _lists(reports, framework, criterion),
            "downloads": files,
        },
        (Link("How inspections work", "frameworks/"), Link(framework.title, f"frameworks/{framework.id}/")),
        report=framework.short_title,
    )
    first, *more = paged(page, "groups", groups, across_reports.SIZE)
    return (replace(first, charts=(picture.chart,) if picture and picture.chart else ()), *more)


def _lists(
    reports: list[PublicReport], framework: Framework, criterion: Criterion
) -> list[tuple[across_reports.Kind, str, int]]:
    lists = []
    for kind in across_reports.KINDS:
        number = sum(criterion in entry.criteria for report in reports for entry in kind.entries(report))
        if number:
            lists.append((kind, across_reports.of_criterion(kind, framework, criterion.ref), number))
    return lists
