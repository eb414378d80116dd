"""The overview of a report: what was inspected, how it did, what must improve; each with a way to its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.charts import Chart, scores_chart
from omi_build.languages import Line, speaking
from omi_build.languages import gettext as _
from omi_build.model.framework import Assessment
from omi_build.pages import Page, corrections, metadata
from omi_build.pages.working import thread_working
from omi_build.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicCriterion, PublicReport


@dataclass(frozen=True)
class Tally:
    """How many criteria came to one conclusion or rating, and which."""

    title: str
    level: int
    """The step of the scale, from 1 for the best."""
    criteria: tuple[PublicCriterion, ...]


def compose(report: PublicReport, files: Sequence[Download], site_url: str) -> Page:
    """Return the overview page of a report, which links to its downloads too."""
    chart: Chart | None = scores_chart(report)
    found = describe(report)
    return Page(
        report.address,
        report.about.title,
        found,
        "overview",
        {
            "conclusions": conclusions(report),
            "workings": {thread.thread.thread: thread_working(thread) for thread in report.threads},
            "ratings": ratings(report),
            "chart": chart,
            "scored": [s for s in report.sections if s.assessment is Assessment.SCORED],
            "rated": [s for s in report.sections if s.assessment is Assessment.RATED],
            "recommended": {
                number: [c for ref, (_, c) in report.criteria.items() if ref in recommendation.criteria]
                for number, recommendation in enumerate(report.recommendations)
            },
            "downloads": files,
            "corrections": corrections.log(report),
        },
        linked_data=metadata.report_terms(report, found, site_url),
        charts=(chart,) if chart else (),
    )


def conclusions(report: PublicReport) -> list[Tally]:
    """Return how many criteria came to each conclusion, the best first."""
    criteria = [criterion for _, criterion in report.criteria.values()]
    return [
        Tally(band.title, level, tuple(c for c in criteria if c.band and c.band.conclusion == band.conclusion))
        for level, band in enumerate(report.framework.bands, 1)
    ]


def ratings(report: PublicReport) -> list[Tally]:
    """Return how many criteria have each rating, the best first."""
    criteria = [criterion for _, criterion in report.criteria.values()]
    return [
        Tally(rating.title, level, tuple(c for c in criteria if c.rating and c.rating.rating == rating.rating))
        for level, rating in enumerate(report.framework.ratings, 1)
    ]


def describe(report: PublicReport) -> str:
    """Return what was found in one sentence, in the language of the report."""
    with speaking(report.language):
        told = _described(report)
    return Line(told, report.language, told)


def _described(report: PublicReport) -> str:
    parts = [
        f"{counted(len(t.criteria), 'criterion', 'criteria')} {t.title.lower()}"
        for t in conclusions(report)
        if t.criteria
    ]
    threads = [f"{t.thread.title} {t.score.value}%" for t in report.threads if t.score.value is not None]
    found = listed(parts) if parts else _("%(number)s criteria", number=len(report.criteria))
    told = f"{found}{'; ' if threads else ''}{listed(threads)}"
    return _("Inspection of %(report)s: %(found)s.", report=report.name, found=told)
