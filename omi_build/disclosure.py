"""Small counts: which questions' counts, and which scores, are withheld so that nothing is told of a single person.

A count of cases under the framework's minimum, or one whose complement is under it, is withheld (Code of Practice for
Statistics, T6). That alone would not do: a published score is a sum of its questions, so whoever knows the others can
work the withheld one out. So further counts are withheld until, from every published score together, no withheld count
can be narrowed down to fewer possibilities than the minimum, even by somebody who knows how many cases were relevant.
Where that can't be had by withholding counts, the score is withheld too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from omi_build.model.framework import Framework
from omi_build.scoring import Origin, QuestionResult, Score, ScoredReport

DEFAULT_MINIMUM = 5
"""What holds where a framework says nothing."""

NOISE = 1e-6
"""By how much a bound of floating-point arithmetic may be off; it is taken as narrower."""

TOLERANCE = 1e-4
"""By how much a case that the solver tells may miss a published score, in proportions; its own limit is far below."""

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
    weights: Mapping[str, float]
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
    return _withheld(report, frozenset(keep))


@lru_cache(maxsize=2)  # the check asks, and then the publication
def _withheld(report: ScoredReport, keep: frozenset[str]) -> Withheld:
    minimum = minimum_count(report.framework)
    results = {result.question.ref: result for scored in report.criteria.values() for result in scored.questions}
    known = {ref: float(result.proportion or 0) for ref, result in results.items()}
    chosen = {ref for ref, result in results.items() if is_small(result, minimum)}
    sums = published_sums(report)
    dropped: set[ScoreKey] = set()
    while True:
        live = [one for one in sums if one.key not in dropped]
        ref = _exposed(results, known, chosen, live, minimum)
        if ref is None:
            return Withheld(frozenset(chosen), frozenset(dropped))
        tightest = min(
            (one for one in live if one.weights.get(ref)),
            key=lambda one: _width(_bounded(_row(one, known, chosen), dict.fromkeys(chosen, (0.0, 1.0)))[ref]),
        )
        others = [other for other in tightest.weights if other not in chosen]
        if others:
            chosen.add(min(others, key=lambda other: (other in keep, results[other].relevant, other)))
        else:
            dropped.add(tightest.key)


def _exposed(
    results: Mapping[str, QuestionResult],
    known: Mapping[str, float],
    chosen: AbstractSet[str],
    live: Sequence[PublishedSum],
    minimum: int,
) -> str | None:
    """Return a withheld question that can be narrowed down too far, or None."""
    # Each score alone first, which is quick and finds most; then all of them at once.
    wanted = {ref: min(minimum, results[ref].relevant + 1) for ref in sorted(chosen)}
    rows = [_row(one, known, chosen) for one in live if not chosen.isdisjoint(one.weights)]
    for ref, bounds in _possible_proportions(wanted, rows).items():
        if _possibilities(bounds, results[ref]) < wanted[ref]:
            return ref
    return _exposed_by_all(results, known, wanted, rows) if rows else None


def published_sums(report: ScoredReport) -> list[PublishedSum]:
    """Return every score of a report that was made from its cases, as a sum over questions."""
    return [
        PublishedSum(key, {ref: float(weight) for ref, weight in score.weights.items()}, score.whole)
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


@dataclass(frozen=True)
class _Row:
    """What a published score says of the withheld questions in it, where all others are known."""

    low: float
    high: float
    shown: float
    """What the questions add to it whose counts are published."""
    hidden: tuple[tuple[str, float], ...]
    """Ref and weight of each withheld question."""


def _row(one: PublishedSum, known: Mapping[str, float], chosen: AbstractSet[str]) -> _Row:
    shown = sum(weight * known[ref] for ref, weight in one.weights.items() if ref not in chosen)
    hidden = tuple((ref, weight) for ref, weight in one.weights.items() if ref in chosen)
    return _Row(*one.bounds, shown, hidden)


def _possible_proportions(refs: Iterable[str], rows: Sequence[_Row]) -> dict[str, tuple[float, float]]:
    """Return between which proportions each withheld question must lie, for a reader who knows all that is published.

    Each score is looked at by itself, with what the others have said.
    """
    ranges = dict.fromkeys(refs, (0.0, 1.0))
    for _ in range(ROUNDS):
        before = dict(ranges)
        for row in rows:
            for ref, (low, high) in _bounded(row, ranges).items():
                ranges[ref] = max(ranges[ref][0], low), min(ranges[ref][1], high)
        if ranges == before:
            break
    return ranges


def _exposed_by_all(
    results: Mapping[str, QuestionResult], known: Mapping[str, float], wanted: Mapping[str, int], rows: Sequence[_Row]
) -> str | None:
    """Return the first withheld question that all scores together narrow down too far, or None.

    A linear programme tells the least and the most that each can be. Every solution of one is a case of what all of the
    others can be, and so is the truth: a question for which such cases lie far enough apart is open, and not solved for.
    """
    import highspy  # noqa: PLC0415  # 0.2 seconds with NumPy, which only a report with small counts needs

    refs = {ref: n for n, ref in enumerate(wanted)}
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    for _ in refs:
        solver.addVar(0.0, 1.0)
    for row in rows:
        columns, weights = [refs[ref] for ref, _ in row.hidden], [weight for _, weight in row.hidden]
        solver.addRow(row.low - row.shown, row.high - row.shown, len(columns), columns, weights)
    least = most = [known[ref] for ref in refs]
    for ref, column in refs.items():
        solver.changeColCost(column, 1.0)
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            seen = least[column] + TOLERANCE, most[column] - TOLERANCE
            if _possibilities(seen, results[ref]) >= wanted[ref]:
                break
            solver.changeObjectiveSense(sense)
            solver.run()
            ends.append(float(solver.getObjectiveValue()))
            values = solver.getSolution().col_value
            least, most = list(map(min, least, values)), list(map(max, most, values))
        else:
            if _possibilities((ends[0], ends[1]), results[ref]) < wanted[ref]:
                return ref
        solver.changeColCost(column, 0.0)
    return None


def _bounded(row: _Row, ranges: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return what one published score says of each withheld question in it, given the ranges of the others."""
    least = row.shown + sum(weight * ranges[ref][0] for ref, weight in row.hidden)
    most = row.shown + sum(weight * ranges[ref][1] for ref, weight in row.hidden)
    bounds = {}
    for ref, weight in row.hidden:
        low, high = ranges[ref]
        if weight:
            others_most, others_least = most - weight * high, least - weight * low
            bounds[ref] = (row.low - others_most) / weight, (row.high - others_least) / weight
    return bounds


def _width(bounds: tuple[float, float]) -> float:
    return bounds[1] - bounds[0]


def _possibilities(bounds: tuple[float, float], result: QuestionResult) -> int:
    """Return how many counts of sufficient cases lie within bounds, for somebody who knows the relevant ones."""
    least = math.ceil(bounds[0] * result.relevant + NOISE) if bounds[0] > 0 else 0
    most = math.floor(bounds[1] * result.relevant - NOISE) if bounds[1] < 1 else result.relevant
    return max(0, most - least + 1)
