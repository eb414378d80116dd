"""Figures that describe the area: caseload, budgets, premises, each with its own date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.charts.composition import composition_chart
from omi_build.languages import gettext as _
from omi_build.pages import Page

if TYPE_CHECKING:
    from omi_build.publication import PublicReport


def compose(report: PublicReport) -> Page:
    """Return the context page of a report."""
    chart = composition_chart(report)
    return Page(
        f"{report.address}context/",
        _("The area in figures"),
        _("Figures that describe %(report)s.", report=report.name),
        "context",
        {"chart": chart},
        charts=(chart,) if chart else (),
    )
