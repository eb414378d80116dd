"""How sure a figure is: a sample is a sample, and another one would have given somewhat other figures.

A question's proportion has a Wilson interval; a score has one by drawing the cases again, with replacement, and scoring
each draw. Both are at 95 per cent. The draws are seeded, so that the same answers always give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from omi_build.fingerprint import digest, of_program

if TYPE_CHECKING:
    from omi_build.cache import Cache
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
    from omi_build.resampling import resampled, wilson  # noqa: PLC0415  # a second, which reports without cases are spared

    told = {result.question.ref: wilson(result.sufficient, result.relevant) for result in asked}
    return replace(resampled(case_scores, framework), questions=told)


class Working(Protocol):
    """What works the intervals of a report out, as `intervals_of` does."""

    def __call__(
        self, questions: Iterable[QuestionResult], case_scores: CaseScores | None, framework: Framework, /
    ) -> Intervals:
        """Return the intervals of a report."""


class Kept:
    """Works intervals out, or has them from a cache where it did so before for the same answers."""

    def __init__(self, cache: Cache) -> None:
        """Take where they are kept."""
        self._cache = cache

    def __call__(
        self, questions: Iterable[QuestionResult], case_scores: CaseScores | None, framework: Framework, /
    ) -> Intervals:
        """Return the intervals of a report."""
        asked = list(questions)
        counts = [(one.question.ref, one.sufficient, one.relevant) for one in asked]
        key = digest("intervals", of_program(), repr(counts), repr(case_scores), repr(framework))
        entry = self._cache.load(key)
        if entry is not None:
            return _intervals(entry.about)
        made = intervals_of(asked, case_scores, framework)
        self._cache.keep(key, asdict(made), {})
        return made


def _intervals(told: dict[str, dict[str, dict[str, int]]]) -> Intervals:
    found = {kind: {ref: Interval(**one) for ref, one in of_kind.items()} for kind, of_kind in told.items()}
    # The keys of a mapping are texts in JSON, and sections have numbers.
    sections = {int(ref): one for ref, one in found["sections"].items()}
    return Intervals(found["questions"], found["criteria"], sections, found["threads"])
