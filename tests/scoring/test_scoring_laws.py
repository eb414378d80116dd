"""What holds for any answers: bounds, direction, order, and agreement with a second, naive way of working it out."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from factories import ANSWERS, cases, criterion, framework, inspection, section
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from omi_build.model.figures import whole_per_cent
from omi_build.scoring import ScoredReport, score_inspection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.model.framework import Framework

Given = dict[str, str]
"""The answers on a case, s, i or n, by question."""

THREADS = ("roh", "lor")
FRAME = framework(
    section(1, criterion("1.1", 1, "roh"), criterion("1.2", 3, "roh", "lor")),
    section(2, criterion("2.1", 2), criterion("2.2", 2, "lor")),
    threads=THREADS,
)
REFS = list(FRAME.questions)

case_answers = st.dictionaries(st.sampled_from(REFS), st.sampled_from("sin"))
samples = st.lists(case_answers, max_size=6)
weights = st.tuples(st.integers(0, 100), st.integers(0, 100)).filter(any)


def scored(given_cases: Sequence[Given], frame: Framework = FRAME) -> ScoredReport:
    return score_inspection(inspection(case_scores=cases(*given_cases)), frame)


def proportions(report: ScoredReport) -> dict[str, Fraction | None]:
    """Return every score of a report: criteria, sections and threads."""
    found = {ref: one.score for ref, one in report.criteria.items()}
    found |= {f"section {one.section.number}": one.score for one in report.sections}
    found |= {one.thread.thread: one.score for one in report.threads}
    return {name: score.proportion if score else None for name, score in found.items()}


def shown(report: ScoredReport) -> dict[str, int | None]:
    return {name: None if value is None else whole_per_cent(value) for name, value in proportions(report).items()}


def naive(given_cases: Sequence[Given], weighing: tuple[int, int]) -> dict[str, Decimal | None]:
    """Return every score in per cent by decimal arithmetic, with loops, from nothing but answers and refs."""

    def percentage(ref: str) -> Decimal | None:
        letters = [one[ref] for one in given_cases if one.get(ref) in ("s", "i")]
        return Decimal(100 * letters.count("s")) / Decimal(len(letters)) if letters else None

    def mean(values: list[Decimal]) -> Decimal | None:
        return sum(values, Decimal(0)) / len(values) if values else None

    scores: dict[str, Decimal | None] = {}
    by_criterion = {"1.1": 1, "1.2": 3, "2.1": 2, "2.2": 2}
    for ref, questions in by_criterion.items():
        each = [percentage(f"{ref}.{n}") for n in range(1, questions + 1)]
        average, summary = mean([one for one in each if one is not None]), each[-1]
        if average is None or summary is None:
            scores[ref] = None
        else:
            scores[ref] = (weighing[0] * average + weighing[1] * summary) / sum(weighing)
    for number, refs in {"1": ("1.1", "1.2"), "2": ("2.1", "2.2")}.items():
        inside = [scores[ref] for ref in refs]
        scores[f"section {number}"] = mean([one for one in inside if one is not None]) if None not in inside else None
    marked = {"roh": ("1.1", "1.2"), "lor": ("1.2", "2.2")}
    for thread, refs in marked.items():
        every = [percentage(f"{ref}.{n}") for ref in refs for n in range(1, by_criterion[ref] + 1)]
        scores[thread] = mean([one for one in every if one is not None])
    return scores


@settings(max_examples=300)
@given(samples, weights)
def test_a_second_way_of_working_it_out_agrees(given_cases: list[Given], weighing: tuple[int, int]) -> None:
    """Decimals to fifty places give the same per cents, and the same where there is none."""
    assert FRAME.scoring is not None
    rule = replace(FRAME.scoring, questions_weight=weighing[0], summary_weight=weighing[1])
    report = scored(given_cases, replace(FRAME, scoring=rule))
    with localcontext(prec=50):
        expected = naive(given_cases, weighing)
        for name, proportion in proportions(report).items():
            value = expected[name]
            if proportion is None or value is None:
                assert (proportion, value) == (None, None), name
                continue
            exact = Decimal(proportion.numerator) / Decimal(proportion.denominator)
            assert abs(exact * 100 - value) < Decimal("1e-40")
            rounded = value.quantize(Decimal("1e-30")).quantize(Decimal(1), ROUND_HALF_UP)
            assert shown(report)[name] == int(rounded)


@given(samples)
def test_every_score_lies_between_nought_and_a_hundred(given_cases: list[Given]) -> None:
    """Or has a reason; and the band is that of the whole per cent that is shown."""
    report = scored(given_cases)
    assert all(value is None or 0 <= value <= 1 for value in proportions(report).values())
    assert all(value is None or 0 <= value <= 100 for value in shown(report).values())
    for one in report.criteria.values():
        assert one.score is not None
        assert (one.score.proportion is None) is (one.score.missing is not None)
        assert one.band == (None if one.score.whole is None else FRAME.band(one.score.whole))


@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_cases_and_of_answers_does_not_matter(given_cases: list[Given], shuffler: random.Random) -> None:
    """Nor do the scores depend on which case an answer stands in."""
    before = proportions(scored(given_cases))
    turned = [dict(shuffler.sample(list(one.items()), len(one))) for one in given_cases]
    shuffler.shuffle(turned)
    assert proportions(scored(turned)) == before
    apart = [{ref: letter} for one in given_cases for ref, letter in one.items()]
    assert proportions(scored(apart)) == before


@given(samples, st.lists(st.sets(st.sampled_from(REFS)), max_size=4))
def test_answers_that_do_not_apply_change_no_score(given_cases: list[Given], idle: list[set[str]]) -> None:
    """Whether they are said to not apply, or left out; and so a case with no other answer."""
    before = proportions(scored(given_cases))
    assert proportions(scored([*given_cases, *(dict.fromkeys(refs, "n") for refs in idle)])) == before
    assert proportions(scored([dict.fromkeys(REFS, "n") | one for one in given_cases])) == before
    assert proportions(scored([{r: a for r, a in one.items() if a != "n"} for one in given_cases])) == before


def no_lower(before: ScoredReport, after: ScoredReport) -> None:
    """Assert that no score has fallen, exact or as shown; a score that was missing may appear."""
    for old, new in ((proportions(before), proportions(after)), (shown(before), shown(after))):
        for name, value in old.items():
            now = new[name]
            if value is not None:
                assert now is not None, name
                assert now >= value, name


@given(samples, st.data())
def test_an_insufficient_answer_turned_sufficient_lowers_no_score(
    given_cases: list[Given], data: st.DataObject
) -> None:
    """Better work never scores worse."""
    weak = [(n, ref) for n, one in enumerate(given_cases) for ref, letter in one.items() if letter == "i"]
    assume(weak)
    turned_case, ref = data.draw(st.sampled_from(weak))
    after = [one | ({ref: "s"} if n == turned_case else {}) for n, one in enumerate(given_cases)]
    no_lower(scored(given_cases), scored(after))


@given(samples, st.sampled_from(REFS))
def test_one_more_sufficient_answer_lowers_no_score(given_cases: list[Given], ref: str) -> None:
    """To a question that was answered before: to one that was not, it brings a new proportion into the mean, of 100."""
    no_lower(scored(given_cases), scored([*given_cases, {ref: "s"}]))


@given(samples)
def test_all_sufficient_is_a_hundred_and_all_insufficient_nought(given_cases: list[Given]) -> None:
    """Whatever the numbers of cases."""
    for letter, expected in (("s", Fraction(1)), ("i", Fraction(0))):
        alike = [{ref: letter if answer != "n" else "n" for ref, answer in one.items()} for one in given_cases]
        assert set(proportions(scored(alike)).values()) <= {expected, None}


@given(samples, st.integers(2, 4))
def test_doubling_every_case_changes_no_score(given_cases: list[Given], times: int) -> None:
    """Scores are of proportions, not of numbers."""
    assert proportions(scored(given_cases * times)) == proportions(scored(given_cases))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_halves_are_rounded_up(numerator: int, denominator: int) -> None:
    """The whole per cent shown is at most half below the exact one, and less than half above it."""
    proportion = Fraction(numerator, denominator)
    above = whole_per_cent(proportion) - proportion * 100
    assert Fraction(-1, 2) < above <= Fraction(1, 2)


def test_the_letters_stand_for_every_answer() -> None:
    """The laws are told in s, i and n."""
    assert sorted(ANSWERS) == ["i", "n", "s"]
