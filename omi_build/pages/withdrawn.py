"""The notice at the address of a report that was taken back: that it was public, until when, and why."""

from __future__ import annotations

from omi_build.languages import gettext as _
from omi_build.pages import Link, Page
from omi_build.publication import WithdrawnReport


def compose(report: WithdrawnReport) -> Page:
    """Return the notice, all that is left of the report."""
    return Page(
        report.address,
        _("Withdrawn: %(report)s", report=report.title),
        _("The inspection report on %(report)s was withdrawn on %(date)s.", report=report.name, date=report.withdrawn),
        "withdrawn",
        {"withdrawn": report},
        (Link(_("Reports"), "reports/"),),
        updated=report.withdrawn.due(),
        banner=_("Synthetic: this area and its report are made up.") if report.synthetic else "",
    )
