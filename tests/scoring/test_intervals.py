"""How sure a figure is: intervals from published tables, and from drawing the cases again."""

from __future__ import annotations

import pytest
from factories import by_letters, cases, criterion, framework, section
from scipy.stats import binomtest

from omi_build.intervals import NONE, Interval
from omi_build.model.figures import outward
from omi_build.resampling import resampled, wilson

RULES = framework(section(1, criterion("1.1", 2, "harm"), criterion("1.2", 2)), threads=["harm"])


@pytest.mark.parametrize(
    ("sufficient", "relevant", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998), table I, method 3, rounded outwards; the last is a mirror image
        (81, 263, 25, 37),
        (15, 148, 6, 17),
        (0, 20, 0, 17),
        (1, 29, 0, 18),
        (20, 20, 83, 100),
    ],
)
def test_the_interval_of_a_proportion_is_wilsons(sufficient: int, relevant: int, low: int, high: int) -> None:
    """The examples of Newcombe's comparison of seven methods."""
    assert wilson(sufficient, relevant) == Interval(low, high)


@pytest.mark.parametrize("relevant", [1, 2, 7, 20, 61, 100, 137])
def test_it_is_the_interval_that_scipy_has(relevant: int) -> None:
    """For every number of sufficient cases, the ends among them."""
    for sufficient in range(relevant + 1):
        other = binomtest(sufficient, relevant).proportion_ci(0.95, method="wilson")
        assert wilson(sufficient, relevant) == Interval(*outward(other.low, other.high))


def test_scores_have_intervals_by_drawing_cases_again() -> None:
    """Criterion, section and thread; each encloses the score, and is the same whenever it is worked out."""
    drawn = cases(*by_letters({"1.1.1": "ssi" * 20, "1.1.2": "ssi" * 20, "1.2.1": "si" * 30, "1.2.2": "si" * 30}))
    found = resampled(drawn, RULES)
    assert found == resampled(drawn, RULES)
    assert found.criteria["1.1"].low < 67 < found.criteria["1.1"].high
    assert found.criteria["1.2"].low < 50 < found.criteria["1.2"].high
    assert found.sections[1].low < 58 < found.sections[1].high
    assert found.threads["harm"].low < 67 < found.threads["harm"].high


def test_more_cases_make_a_score_surer() -> None:
    """Four times as many cases halve the width, or nearly so."""
    widths = []
    for times in (10, 40):
        interval = resampled(cases(*by_letters({"1.1.1": "si" * times, "1.1.2": "si" * times})), RULES).criteria["1.1"]
        widths.append(interval.high - interval.low)
    assert widths[1] < widths[0] * 0.65


def test_cases_that_all_agree_leave_nothing_open() -> None:
    """Where every case is sufficient every draw is."""
    assert resampled(cases(*by_letters({"1.1.1": "s" * 9, "1.1.2": "s" * 9})), RULES).criteria["1.1"] == Interval(
        100, 100
    )


def test_what_has_no_score_has_no_interval() -> None:
    """A criterion without a summary answer, and the section that it belongs to."""
    found = resampled(cases(*by_letters({"1.1.1": "sis", "1.1.2": "nnn", "1.2.1": "sis", "1.2.2": "sis"})), RULES)
    assert set(found.criteria) == {"1.2"}
    assert found.sections == {}


def test_without_case_answers_there_are_none() -> None:
    """Published scores and counts by question can't be drawn again."""
    assert resampled(None, RULES) == NONE


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.25, 0.75, (25, 75)), (0.2501, 0.7499, (25, 75)), (0.2499, 0.7501, (24, 76)), (-0.1, 1.1, (0, 100))],
)
def test_intervals_are_rounded_outwards(low: float, high: float, shown: tuple[int, int]) -> None:
    """So that what is shown never claims more than was found."""
    assert outward(low, high) == shown
