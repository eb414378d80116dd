"""One section of a report: its criteria and their findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.charts.evidence import evidence_charts
from omi_build.languages import gettext as _
from omi_build.languages import like
from omi_build.pages import Page
from omi_build.pages.working import criterion_working, section_sum

if TYPE_CHECKING:
    from omi_build.publication import PublicReport, PublicSection


def compose(report: PublicReport, section: PublicSection) -> Page:
    """Return the page of a section."""
    refs = [criterion.criterion.ref for criterion in section.criteria]
    charts = evidence_charts(report, section)
    findings = sum(len(c.strengths) + len(c.areas_for_improvement) for c in section.criteria)
    return Page(
        f"{report.address}{section.slug}/",
        like(f"{section.number}. {section.title}", section.title),
        _(
            "%(report)s, section %(number)s: %(title)s. %(criteria)s criteria and %(findings)s findings.",
            report=report.name,
            number=section.number,
            title=section.title,
            criteria=len(refs),
            findings=findings,
        ),
        "section",
        {
            "section": section,
            "charts": charts,
            "section_sum": section_sum(section),
            "workings": {c.criterion.ref: criterion_working(c, report.framework) for c in section.criteria},
            "recommendations": {ref: [r for r in report.recommendations if ref in r.criteria] for ref in refs},
            "good_practice": {ref: [g for g in report.good_practice if g.criterion == ref] for ref in refs},
        },
        charts=tuple(charts.values()),
    )
