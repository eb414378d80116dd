"""The notice at the address of a report that was taken back: that it was public, until when, and why."""

from __future__ import annotations

from omi_build.pages import Link, Page
from omi_build.publication import WithdrawnReport


def compose(report: WithdrawnReport) -> Page:
    """Return the notice, all that is left of the report."""
    return Page(
        report.address,
        f"Withdrawn: {report.title}",
        f"The inspection report on {report.name} was withdrawn on {report.withdrawn}.",
        "withdrawn",
        {"withdrawn": report},
        (Link("Reports", "reports/"),),
        updated=report.withdrawn.due(),
        banner="Synthetic: this area and its report are made up." if report.synthetic else "",
    )
