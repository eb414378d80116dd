"""How sure a figure is: a sample is a sample, and another one would have given somewhat other figures.

A question's proportion has a Wilson interval; a score has one by drawing the cases again, with replacement, and scoring
each draw. Both are at 95 per cent. The draws are seeded, so that the same answers always give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omi_build.model.framework import Framework
    from omi_build.model.inspection import CaseScores
    from omi_build.scoring import QuestionResult


@dataclass(frozen=True)
class Interval:
    """From where to where, in whole per cent, rounded outwards."""

    low: int
    high: int

    def __str__(self) -> str:
        """Return it for a reader: '53% to 71%'."""
        return f"{self.low}% to {self.high}%"


@dataclass(frozen=True)
class Intervals:
    """The intervals of one report; what has no cases has none."""

    questions: dict[str, Interval] = field(default_factory=dict)
    criteria: dict[str, Interval] = field(default_factory=dict)
    sections: dict[int, Interval] = field(default_factory=dict)
    threads: dict[str, Interval] = field(default_factory=dict)


NONE = Intervals()


def intervals_of(
    questions: Iterable[QuestionResult], case_scores: CaseScores | None, framework: Framework
) -> Intervals:
    """Return the intervals of a report: of its questions, and of its scores where the answers on each case are known."""
    asked = [result for result in questions if result.relevant]
    if not asked:
        return NONE
    from omi_build.resampling import resampled, wilson  # noqa: PLC0415  # NumPy, which reports without cases do without

    told = {result.question.ref: wilson(result.sufficient, result.relevant) for result in asked}
    return replace(resampled(case_scores, framework), questions=told)
