"""Small counts: which questions' counts, and which scores, are withheld so that nothing is told of a single person.

A count of cases under the framework's minimum, or one whose complement is under it, is withheld (Code of Practice for
Statistics, T6). That alone would not do: a published score is a sum of its questions, so whoever knows the others can
work the withheld one out. So further counts are withheld until, from every published score together, no withheld count
can be narrowed down to fewer possibilities than the minimum, even by somebody who knows how many cases were relevant.
Where that can't be had by withholding counts, the score is withheld too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from omi_build.model.framework import Framework
from omi_build.scoring import Origin, QuestionResult, Score, ScoredReport

DEFAULT_MINIMUM = 5
"""What holds where a framework says nothing."""

NOISE = 1e-9
"""By how much a bound of floating-point arithmetic may be off; it is taken as narrower."""

ScoreKey = tuple[str, str]
"""What a score is of: ("criterion", ref), ("section", number) or ("thread", key)."""

ROUNDS = 5
"""How often bounds are drawn in by each other; after few rounds they no longer change by a case."""


@dataclass(frozen=True)
class Withheld:
    """What must not be published of a report."""

    questions: frozenset[str] = frozenset()
    """Refs of the questions whose counts are withheld."""
    scores: frozenset[ScoreKey] = frozenset()
    """Scores that would give a withheld count away."""

    def rests_on(self, refs: Iterable[str]) -> bool:
        """Say whether a sum over these questions takes in one whose count is withheld."""
        return not self.questions.isdisjoint(refs)


@dataclass(frozen=True)
class PublishedSum:
    """A score as an equation that every reader has: weights times proportions lie within half a per cent of it."""

    key: ScoreKey
    weights: Mapping[str, Fraction]
    """By ref of the question; they add up to 1."""
    whole: int
    """As shown, in whole per cent."""

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The exact score lies between these, from 0 to 1."""
        return (self.whole - 0.5) / 100, (self.whole + 0.5) / 100


def minimum_count(framework: Framework) -> int:
    """Return the smallest count of cases that a framework lets be published."""
    return DEFAULT_MINIMUM if framework.disclosure is None else framework.disclosure.minimum_count


def is_small(result: QuestionResult, minimum: int) -> bool:
    """Say whether the count of a question or its complement is under the minimum; of no relevant case nothing is told."""
    return bool(result.relevant) and min(result.sufficient, result.relevant - result.sufficient) < minimum


def withhold(report: ScoredReport, keep: AbstractSet[str] = frozenset()) -> Withheld:
    """Return what of a report is withheld; of two counts that would do, one whose question is in `keep` stays."""
    minimum = minimum_count(report.framework)
    results = {result.question.ref: result for scored in report.criteria.values() for result in scored.questions}
    chosen = {ref for ref, result in results.items() if is_small(result, minimum)}
    sums = published_sums(report)
    dropped: set[ScoreKey] = set()
    while True:
        live = [one for one in sums if one.key not in dropped]
        ranges = possible_proportions(results, chosen, live)
        exposed = [
            ref
            for ref in sorted(chosen)
            if _possibilities(ranges[ref], results[ref]) < min(minimum, results[ref].relevant + 1)
        ]
        if not exposed:
            return Withheld(frozenset(chosen), frozenset(dropped))
        ref = exposed[0]
        tightest = min(
            (one for one in live if ref in one.weights),
            key=lambda one: _width(_bounded(ref, one, results, dict.fromkeys(chosen, (0.0, 1.0)))),
        )
        others = [other for other in tightest.weights if other not in chosen]
        if others:
            chosen.add(min(others, key=lambda other: (other in keep, results[other].relevant, other)))
        else:
            dropped.add(tightest.key)


def published_sums(report: ScoredReport) -> list[PublishedSum]:
    """Return every score of a report that was made from its cases, as a sum over questions."""
    return [
        PublishedSum(key, score.weights, score.whole)
        for key, score in _scores(report)
        if score.weights and score.whole is not None
    ]


def _scores(report: ScoredReport) -> Iterator[tuple[ScoreKey, Score]]:
    for ref, scored in report.criteria.items():
        if scored.computed:
            yield ("criterion", ref), scored.computed
    for section in report.sections:
        if section.score and section.score.origin is Origin.MEAN and section.score.proportion is not None:
            yield ("section", str(section.section.number)), section.score
    for thread in report.threads:
        if thread.computed:
            yield ("thread", thread.thread.thread), thread.computed


def possible_proportions(
    results: Mapping[str, QuestionResult], chosen: AbstractSet[str], sums: Iterable[PublishedSum]
) -> dict[str, tuple[float, float]]:
    """Return between which proportions each withheld question must lie, for a reader who knows all that is published."""
    ranges = dict.fromkeys(sorted(chosen), (0.0, 1.0))
    touched = [one for one in sums if not chosen.isdisjoint(one.weights)]
    for _ in range(ROUNDS):
        for one in touched:
            for ref in one.weights:
                if ref in ranges:
                    low, high = _bounded(ref, one, results, ranges)
                    ranges[ref] = max(ranges[ref][0], low), min(ranges[ref][1], high)
    return ranges


def _bounded(
    ref: str, one: PublishedSum, results: Mapping[str, QuestionResult], ranges: Mapping[str, tuple[float, float]]
) -> tuple[float, float]:
    """Return what one published score says of one withheld question, given the ranges of the other withheld ones."""
    low, high = one.bounds
    for other, weight in one.weights.items():
        if other == ref:
            continue
        known = results[other].proportion
        least, most = ranges[other] if other in ranges else (float(known or 0), float(known or 0))
        low -= float(weight) * most
        high -= float(weight) * least
    own = float(one.weights[ref])
    return (low / own, high / own) if own else (0.0, 1.0)


def _width(bounds: tuple[float, float]) -> float:
    return bounds[1] - bounds[0]


def _possibilities(bounds: tuple[float, float], result: QuestionResult) -> int:
    """Return how many counts of sufficient cases lie within bounds, for somebody who knows the relevant ones."""
    least = math.ceil(bounds[0] * result.relevant + NOISE) if bounds[0] > 0 else 0
    most = math.floor(bounds[1] * result.relevant - NOISE) if bounds[1] < 1 else result.relevant
    return max(0, most - least + 1)
