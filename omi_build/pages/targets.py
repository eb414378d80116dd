"""National performance targets: the area's figure, a comparator's, and whether each met the target, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.charts import targets_chart
from omi_build.languages import gettext as _
from omi_build.pages import Page
from omi_build.targets import TargetStatus

if TYPE_CHECKING:
    from omi_build.publication import PublicReport


def compose(report: PublicReport) -> Page:
    """Return the targets page of a report."""
    judged = [target.area for table in report.targets for target in table.targets if target.area]
    charts = tuple(targets_chart(report, table, number) for number, table in enumerate(report.targets, 1))
    missing = {
        figure.not_available.shorthand: figure.not_available.reason
        for table in report.targets
        for target in table.targets
        for figure in (target.target.area, target.target.comparator)
        if figure.not_available
    }
    return Page(
        f"{report.address}targets/",
        _("National targets"),
        _("How %(report)s stood to %(number)s national targets.", report=report.name, number=len(judged)),
        "targets",
        {
            "tally": [(status, judged.count(status)) for status in TargetStatus],
            "charts": charts,
            "missing": missing,
        },
        charts=charts,
    )
