"""Line and column of a problem, found from its pointer and the words that it quotes."""

from __future__ import annotations

import time
from typing import Any

import pytest

from omi_build.documents import lines_of, locate
from omi_build.problems import Place, Problem
from omi_build.reporting import located
from omi_build.sources import Key, Source

TEXT = """\
# a comment
criterion: "1.3"
strengths:
  - letter: a
    text: |-
      In 47% of cases the plan was clear. In 7% of
      cases it was "very good", as the offender's file said.

      A second paragraph, with 1.7% and 7%.
  - letter: b
    text: >-
      A folded text that goes on
      over two lines.
  - {letter: c, text: 'It''s the offender''s plan'}
  - letter: d
    text: "She said \\"well done\\" and
      left\\nat once. It cost £5 — 😀 then 12%."
empty:
areas_for_improvement: []
"""


def found(pointer: tuple[Key, ...], text: str = TEXT, **about: Any) -> tuple[int, int]:
    """Return line and column of a problem at a pointer."""
    place = locate(text, Problem(Source("content/x.yaml", pointer), "OMI000", "", **about))
    return place.line, place.column


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("criterion",), (2, 12), (2, 1)),
        (("strengths",), (4, 3), (3, 1)),
        (("strengths", 0), (4, 5), (4, 5)),
        (("strengths", 0, "letter"), (4, 13), (4, 5)),
        (("strengths", 0, "text"), (5, 11), (5, 5)),
        (("strengths", 2, "text"), (14, 23), (14, 17)),
        (("empty",), (18, 7), (18, 1)),
        (("areas_for_improvement",), (19, 24), (19, 1)),
    ],
)
def test_a_value_and_its_key_are_found(pointer: tuple[Key, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    """A problem stands at the value, or at the key where it is about the key."""
    assert found(pointer) == value
    assert found(pointer, at_key=True) == key


@pytest.mark.parametrize(
    ("pointer", "quote", "place"),
    [
        (("strengths", 0, "text"), "47%", (6, 10)),
        (("strengths", 0, "text"), "7%", (6, 46)),
        (("strengths", 0, "text"), "7% of cases", (6, 46)),
        (("strengths", 0, "text"), 'was "very good", as', (7, 16)),
        (("strengths", 0, "text"), "the offender's file", (7, 36)),
        (("strengths", 0, "text"), "and 7%", (9, 37)),
        (("strengths", 0, "text"), "file said. A second", (7, 51)),
        (("strengths", 1, "text"), "goes on over two", (12, 26)),
        (("strengths", 2, "text"), "the offender's plan", (14, 30)),
        (("strengths", 3, "text"), 'said "well done" and left', (16, 16)),
        (("strengths", 3, "text"), "left at once.", (17, 7)),
        (("strengths", 3, "text"), "12%", (17, 42)),
        (("strengths", 0), "7%", (6, 46)),
        (("strengths", 0, "text"), "not there", (5, 11)),
        (("strengths", 0, "text"), "(.*)", (5, 11)),
        (("strengths", 0, "text"), "", (5, 11)),
    ],
)
def test_quoted_words_are_found_as_they_are_written(
    pointer: tuple[Key, ...], quote: str, place: tuple[int, int]
) -> None:
    """Literal, folded and quoted texts wrap, indent and escape the words; a number is not found inside another."""
    assert found(pointer, quote=quote) == place


def test_part_of_a_number_is_found_where_nothing_else_is() -> None:
    """Rather a place inside a longer word than none."""
    assert found(("a",), "a: about 47%\n", quote="7%") == (1, 11)


def test_a_word_is_found_apart_before_it_is_found_in_a_longer_one() -> None:
    """What is put right there must be the word that was meant, not the beginning of another."""
    assert found(("a",), "a: a percentage, per-cent-like, not percent or per-cent\n", quote="percent") == (1, 37)
    assert found(("a",), "a: a percentage, per-cent-like, not percent or per-cent\n", quote="per-cent") == (1, 48)
    assert found(("a",), "a: a well-managd plan\n", quote="managd") == (1, 11)


def test_what_is_missing_is_shown_at_the_nearest_that_is_there() -> None:
    """A pointer to what doesn't exist leads to the value around it, not to that one's key."""
    assert found(("strengths", 1, "figures", 0, "title")) == (10, 5)
    assert found(("nothing",), at_key=True) == (2, 1)
    assert found(("nothing",), "") == (1, 1)


def test_a_known_place_is_kept() -> None:
    """A file that can't be read has no pointers; its problem brings its place along."""
    assert found((), "{", place=Place(7, 8)) == (7, 8)


def test_a_text_that_can_no_longer_be_read_shows_where() -> None:
    """Between reading and showing the file may have been saved anew."""
    assert found(("a",), "a: 1\nb: [\n") == (2, 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_count_characters_whatever_the_line_ends(end: str) -> None:
    """An é or an emoji is one column wide, and a line end of two characters is one."""
    text = end.join(["é: 1", "b: {é😀: 'x', c: 7}", ""])
    assert found(("b", "c"), text) == (2, 17)
    assert found(("b", "c"), text, at_key=True) == (2, 14)


def test_lines_are_counted_as_the_yaml_reader_counts_them() -> None:
    """Each of YAML's line breaks begins a line."""
    assert lines_of("a\nb\r\nc\rd\u2028e\u2029f\x85g") == tuple("abcdefg")
    assert found(("g",), "a: 1\nb: 1\r\nc: 1\rd: 1\u2028e: 1\u2029f: 1\x85g: 1") == (7, 4)


def test_many_problems_of_one_file_are_shown_quickly() -> None:
    """A case file with a slip in each of 4,000 answers is read once for all of them, not once for each."""
    text = "cases:\n" + "".join(
        f"  - case: C{n}\n    answers:\n" + "".join(f'      "1.1.{q}": yes\n' for q in range(40)) for n in range(100)
    )
    pointers = [("cases", n, "answers", f"1.1.{q}") for n in range(100) for q in range(40)]
    start = time.monotonic()
    shown = located((Problem(Source("x.yaml", pointer), "OMI104", "No.") for pointer in pointers), lambda _: text)
    assert time.monotonic() - start < 5
    assert (shown[0].place, shown[0].line) == (Place(4, 16), '      "1.1.0": yes')
    assert (shown[-1].place, shown[-1].line) == (Place(4201, 17), '      "1.1.39": yes')
