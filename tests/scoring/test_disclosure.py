"""No withheld count can be worked out again from what is published, by whatever means."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from factories import counted_report, criterion, framework, section
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from omi_build.disclosure import is_small, minimum_count, published_sums, withhold

if TYPE_CHECKING:
    from omi_build.disclosure import PublishedSum, Withheld
    from omi_build.scoring import QuestionResult, ScoredReport

RULES = framework(
    section(1, criterion("1.1", 8, "harm"), criterion("1.2", 6)),
    section(2, criterion("2.1", 10, "harm"), criterion("2.2", 1)),
    threads=["harm"],
)


def results(report: ScoredReport) -> dict[str, QuestionResult]:
    return {result.question.ref: result for one in report.criteria.values() for result in one.questions}


def attack(report: ScoredReport, withheld: Withheld) -> dict[str, int]:
    """Return how many counts a reader who knows all that is published must think possible, by withheld question.

    Such a reader solves the linear programme of all published scores at once, and knows how many cases were relevant.
    """
    sums: list[PublishedSum] = [one for one in published_sums(report) if one.key not in withheld.scores]
    found = results(report)
    hidden = sorted(withheld.questions)
    limits: list[list[float]] = []
    bounds: list[float] = []
    for one in sums:
        known = sum(
            weight * float(found[ref].proportion or 0) for ref, weight in one.weights.items() if ref not in hidden
        )
        row = [one.weights.get(ref, 0.0) for ref in hidden]
        limits += [row, [-weight for weight in row]]
        bounds += [one.bounds[1] - known + 1e-12, known - one.bounds[0] + 1e-12]
    possible = {}
    for n, ref in enumerate(hidden):
        goal = [float(n == other) for other in range(len(hidden))]
        low, high = (
            sign * linprog([sign * x for x in goal], A_ub=limits or None, b_ub=bounds or None, bounds=(0, 1)).fun
            for sign in (1, -1)
        )
        relevant = found[ref].relevant
        possible[ref] = sum(low - 1e-6 <= count / relevant <= high + 1e-6 for count in range(relevant + 1))
    return possible


COUNTS = st.fixed_dictionaries(
    {
        ref: st.integers(0, 40).flatmap(lambda relevant: st.tuples(st.integers(0, relevant), st.just(relevant)))
        for ref in RULES.questions
    }
)


@given(COUNTS)
@settings(max_examples=30)
def test_a_withheld_count_stays_open(counts: dict[str, tuple[int, int]]) -> None:
    """From every published score together, at least as many counts remain possible as the minimum."""
    report = counted_report(RULES, counts)
    withheld = withhold(report)
    minimum = minimum_count(RULES)
    for ref, possible in attack(report, withheld).items():
        assert possible >= min(minimum, results(report)[ref].relevant + 1), ref


@given(COUNTS)
@settings(max_examples=60)
def test_no_small_count_is_published(counts: dict[str, tuple[int, int]]) -> None:
    """A count under the minimum, or one whose complement is, is among the withheld ones; of no case nothing is told."""
    report = counted_report(RULES, counts)
    small = {ref for ref, result in results(report).items() if is_small(result, minimum_count(RULES))}
    assert small <= withhold(report).questions
    assert not any(counts[ref] == (0, 0) for ref in withhold(report).questions)


def test_a_single_small_count_takes_another_with_it() -> None:
    """Alone in its criterion it could be worked out from the score; the one with the fewest cases goes too."""
    counts = dict.fromkeys(RULES.questions, (20, 40)) | {"1.2.2": (37, 40), "1.2.5": (15, 30)}
    withheld = withhold(counted_report(RULES, counts))
    assert withheld.questions >= {"1.2.2", "1.2.5"}
    assert not withheld.scores


def test_of_two_that_would_do_the_cited_one_stays() -> None:
    """A figure that a finding cites is kept where another can be withheld in its place."""
    counts = dict.fromkeys(RULES.questions, (20, 40)) | {"1.2.2": (37, 40), "1.2.5": (15, 30)}
    withheld = withhold(counted_report(RULES, counts), keep={"1.2.5"})
    assert "1.2.5" not in withheld.questions
    assert len(withheld.questions) > 1


def test_a_score_that_is_a_single_question_is_withheld_with_it() -> None:
    """A criterion of one question has its proportion for a score: nothing else can hide it."""
    counts = dict.fromkeys(RULES.questions, (20, 40)) | {"2.2.1": (39, 40)}
    withheld = withhold(counted_report(RULES, counts))
    assert ("criterion", "2.2") in withheld.scores
    assert "2.2.1" in withheld.questions


def test_with_a_minimum_of_nothing_nothing_is_withheld() -> None:
    """A framework may say so."""
    rules = framework(section(1, criterion("1.1", 3)), minimum=0)
    assert withhold(counted_report(rules, {"1.1.1": (1, 1), "1.1.2": (0, 3), "1.1.3": (2, 2)})).questions == frozenset()


@pytest.mark.parametrize("seed", range(6))
def test_realistic_reports_lose_little(seed: int) -> None:
    """Of counts like those of a sample of 100 cases few are withheld, and no score."""
    source = random.Random(seed)  # made-up counts, which nobody need fear to be guessed
    counts = {}
    for ref in RULES.questions:
        relevant = source.choice([98, 90, 60, 45])
        counts[ref] = (round(relevant * source.uniform(0.5, 0.85)), relevant)
    withheld = withhold(counted_report(RULES, counts | {"2.2.1": (50, 98)}))
    assert not withheld.scores
    assert not withheld.questions
