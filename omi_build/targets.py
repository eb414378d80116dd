"""Whether a target was met, nearly met or missed. The tolerance is the framework's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.model.figures import exact

if TYPE_CHECKING:
    from omi_build.model.framework import TargetRule
    from omi_build.model.inspection import Target, TargetFigure, TargetTable


class TargetStatus(Enum):
    """How a figure stands to its target."""

    MET = "met"
    """The target was reached."""
    NEAR_MISS = "near_miss"
    """Short of the target, but within the tolerance."""
    MISSED = "missed"
    """Short of the target by more than the tolerance."""

    @property
    def title(self) -> str:
        """The status in words, as pages and downloads show it."""
        return {"met": _("Met"), "near_miss": _("Near miss"), "missed": _("Missed")}[self.value]

    @property
    def earns_asterisk(self) -> bool:
        """Whether the reports of 2006 to 2009 mark it with an asterisk: met, or near miss."""
        return self is not TargetStatus.MISSED


@dataclass(frozen=True)
class ScoredTarget:
    """A target with the status of both its figures; None where there is no figure or no rule."""

    target: Target
    area: TargetStatus | None
    comparator: TargetStatus | None


@dataclass(frozen=True)
class ScoredTable:
    """A table of targets, judged."""

    table: TargetTable
    targets: tuple[ScoredTarget, ...]


def judge_table(table: TargetTable, rule: TargetRule | None) -> ScoredTable:
    """Return the table with the status of each figure."""
    return ScoredTable(
        table,
        tuple(
            ScoredTarget(target, judge(target, target.area, rule), judge(target, target.comparator, rule))
            for target in table.targets
        ),
    )


def judge(target: Target, figure: TargetFigure, rule: TargetRule | None) -> TargetStatus | None:
    """Return how a figure stands to its target.

    Short is counted in per cent of the target, in the direction that is worse. The default tolerance of 10 per cent
    is inferred from the asterisks of the reports: 4.0 per cent short is a near miss there and 11.1 is not.
    """
    if figure.value is None or rule is None:
        return None
    goal, value = exact(target.target), exact(figure.value)
    short = goal - value if target.better == "higher" else value - goal
    if short <= 0:
        return TargetStatus.MET
    within = goal != 0 and short * 100 <= exact(rule.near_miss_tolerance) * abs(goal)
    return TargetStatus.NEAR_MISS if within else TargetStatus.MISSED
