"""What is read out of prose as a count or a percentage of a base."""

from __future__ import annotations

import time

import pytest

from omi_build.checks.claims import counts, number, shares

COUNTS = [
    ("five out of 36 (15%)", [("five", "36", "15")]),
    ("Five out of 36 relevant high risk cases (15%)", [("Five", "36", "15")]),
    ("33 of the 50 reports (66%)", [("33", "50", "66")]),
    ("1,204 of 3,734 (32.2%)", [("1,204", "3,734", "32.2")]),
    ("11 (21%) out of 53", [("11", "53", "21")]),
    ("66% (33 of 50)", [("33", "50", "66")]),
    ("66% of reports (33 out of the 50)", [("33", "50", "66")]),
    ("twenty-nine out of all these 58", [("twenty-nine", "58", "")]),
    ("five out\nof 36 cases\n(15%)", [("five", "36", "15")]),
    ("Two of the four; 12 out of 11.", [("Two", "four", ""), ("12", "11", "")]),
    ("five of 36 wards", []),
    ("12-15 out of 36 (40%)", []),
    ("0.5 out of 36 (40%)", []),
    ("£5 out of 36 (40%)", []),
    ("one hundred and five out of 200 (53%)", []),
    ("five out of 36 million (15%)", []),
    ("five out of 36.5 (15%)", []),
    ("page 15 out of 12", []),
    ("In 2007 of the 98 cases", []),
]
SHARES = [
    ("79% of the 50 reports", [("79", "50")]),
    ("91.6% of all 3,734 cases.", [("91.6", "3,734")]),
    ("79% of\nthe fifty", [("79", "fifty")]),
    ("79% of cases", []),
    ("50% of one team", []),
    ("40% of 16 to 18 year olds", []),
    ("40% of 16-18s", []),
    ("40% of 12 months", []),
    ("10% of the 20% target", []),
    ("33% of the three teams’ work", []),
    ("5% of 3 million", []),
]


@pytest.mark.parametrize(("text", "found"), COUNTS, ids=range(len(COUNTS)))
def test_counts_are_read_and_nothing_else(text: str, found: list[tuple[str, str, str]]) -> None:
    """A count of a base is read in each of its four orders; what only looks like one is not."""
    assert [(claim.count, claim.base, claim.per_cent) for claim in counts(text)] == found


@pytest.mark.parametrize(("text", "found"), SHARES, ids=range(len(SHARES)))
def test_percentages_of_a_number_are_read_and_nothing_else(text: str, found: list[tuple[str, str]]) -> None:
    """A percentage of a stated number is read; one of an age, a time, a percentage or a pronoun is not."""
    assert [(claim.per_cent, claim.base) for claim in shares(text)] == found


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,204", 1204), ("one", 1), ("Twelve", 12), ("TWENTY", 20), ("Twenty-nine", 29), ("ninety nine", 99), ("0", 0)],
)
def test_numbers_are_read_in_digits_and_words(words: str, value: int) -> None:
    """Words up to ninety-nine, in any case, with a hyphen or without."""
    assert number(words) == value


@pytest.mark.parametrize(
    "piece", ["1 ", "1,111,", "99% of the ", "five out of ", "a ", "66% a b c d (33 of 50 ", "seventy-", " "]
)
def test_the_longest_text_takes_no_time(piece: str) -> None:
    """Texts of 20,000 characters made to mislead a pattern are read in well under a second."""
    text = f"5 out of 36{piece * 20_000}"[:20_000]
    start = time.perf_counter()
    list(counts(text))
    list(shares(text))
    assert time.perf_counter() - start < 1
