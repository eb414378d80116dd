"""Dates that may lack their day, exact figures, and the one place that rounds."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from omi_build.model.dates import PartialDate
from omi_build.model.figures import counts_giving, decimals, exact, half_up, shown, whole_per_cent


@pytest.mark.parametrize(
    ("written", "first", "last", "read", "iso"),
    [
        (2007, "2007-01-01", "2007-12-31", "2007", "2007"),
        ("2007", "2007-01-01", "2007-12-31", "2007", "2007"),
        ("2007-06", "2007-06-01", "2007-06-30", "June 2007", "2007-06"),
        ("2007-06-03", "2007-06-03", "2007-06-03", "3 June 2007", "2007-06-03"),
        ("2008-02", "2008-02-01", "2008-02-29", "February 2008", "2008-02"),
    ],
)
def test_a_date_may_lack_its_day(written: str | int, first: str, last: str, read: str, iso: str) -> None:
    """It means all the days that it may mean, and is written back as it was."""
    date = PartialDate.parse(written)
    assert (date.first_day(), date.last_day()) == tuple(datetime.date.fromisoformat(day) for day in (first, last))
    assert (str(date), date.iso()) == (read, iso)


@pytest.mark.parametrize(
    ("written", "due"),
    [("2007-06-03", "2007-06-03"), ("2007-06", "2007-07-01"), ("2007", "2008-01-01"), ("9999-12", "9999-12-31")],
)
def test_a_month_is_due_when_it_is_over(written: str, due: str) -> None:
    """What is dated by a day is public on that day; by a month or a year, on the first day after it."""
    assert PartialDate.parse(written).due() == datetime.date.fromisoformat(due)


@pytest.mark.parametrize(
    "written", ["2007-02-30", "2007-13", "2007-00", "2007-06-00", "0000", "2007-1-1-1", "June", "", "2007.0"]
)
def test_a_day_that_is_none_is_refused(written: str) -> None:
    """The calendar has no such day."""
    with pytest.raises((ValueError, TypeError)):
        PartialDate.parse(written)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0", 0), ("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("-0.5", 0), ("-0.6", -1), ("-1.5", -1)],
)
def test_halves_go_up(value: str, rounded: int) -> None:
    """Not to the even number, as Python's own `round` has it."""
    assert half_up(Fraction(value)) == rounded


@pytest.mark.parametrize(
    ("part", "per_cent"),
    [((1, 8), 13), ((1, 3), 33), ((2, 3), 67), ((129, 200), 65), ((1, 200), 1), ((1, 1), 100), ((0, 9), 0)],
)
def test_a_proportion_is_shown_as_a_whole_per_cent(part: tuple[int, int], per_cent: int) -> None:
    """Halves rounded up."""
    assert whole_per_cent(Fraction(*part)) == per_cent


def test_a_number_is_what_was_written() -> None:
    """11.3 is no binary neighbour of 113/10."""
    assert exact(11.3) == Fraction(113, 10)
    assert exact(90) == 90
    assert exact(1e-7) == Fraction(1, 10**7)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [("1234567", 0, "1,234,567"), ("0.05", 1, "0.1"), ("11.25", 1, "11.3"), ("2", 2, "2.00"), ("-3.5", 0, "-3")],
)
def test_decimals_are_written_for_a_reader(value: str, places: int, written: str) -> None:
    """With commas, and as many places as are asked for."""
    assert decimals(Fraction(value), places) == written


@pytest.mark.parametrize(
    ("per_cent", "base", "counts"),
    [
        ("79", 50, []),  # 39 is 78%, 40 is 80%: the slip of the Derbyshire report
        ("96", 50, [48]),
        ("66", 50, [33]),
        ("73", 11, [8]),
        ("19", 16, [3]),
        ("91.6", 12, []),
        ("91.7", 12, [11]),
        ("50", 1000, [495, 496, 497, 498, 499, 500, 501, 502, 503, 504]),
        ("0", 3, [0]),
        ("100", 3, [3]),
        ("100", 300, [299, 300]),
        ("120", 50, []),
        ("0", 0, []),
        ("33", 0, []),
    ],
)
def test_the_counts_behind_a_percentage_are_found(per_cent: str, base: int, counts: list[int]) -> None:
    """All that display so; of nothing there is none."""
    assert counts_giving(Fraction(per_cent), base) == counts
    assert all(shown(count, base, len(per_cent.partition(".")[2])) == Fraction(per_cent) for count in counts)
