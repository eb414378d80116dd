"""A text made to break its reader is refused, quickly and with a place."""

from __future__ import annotations

import json
import time

import pytest

from omi_build.documents import MAX_DEPTH, MAX_DIGITS, Fault, parse

DEEP = f"this is nested more than {MAX_DEPTH} levels deep"
DIGITS = f"this number has more than {MAX_DIGITS} digits"
ALIAS_BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def control(code: str) -> str:
    """Return the message about a control character."""
    return f"an invisible control character (code {code}) stands here"


HOSTILE = [
    (ALIAS_BOMB, "OMI003", (1, 4), "an anchor (a word after &) stands here; they are not used"),
    ("a: *a\n", "OMI003", (1, 4), "an alias (a word after *) stands here; they are not used"),
    ("[" * 200_000, "OMI005", (1, MAX_DEPTH + 1), DEEP),
    ("[" * 31 + "]" * 31, "OMI005", (1, MAX_DEPTH + 1), DEEP),
    ("{a: " * 200_000, "OMI005", (1, 121), DEEP),
    ("- " * 200_000, "OMI005", (1, 61), DEEP),
    ("\n".join(f"{' ' * n}a:" for n in range(50)), "OMI005", (31, 31), DEEP),
    ("? " * 200_000, "OMI001", (1, 3), "a list or mapping stands where a key should be"),
    ("a: " + "9" * 1_000_000, "OMI005", (1, 4), DIGITS),
    ("a: 1" + "0" * MAX_DIGITS, "OMI005", (1, 4), DIGITS),
    ("a: 0." + "1" * MAX_DIGITS, "OMI005", (1, 4), DIGITS),
    ("a: '" + "b" * 4_000_000, "OMI001", (1, 4), "the quotation mark that opens here is never closed"),
    ("b" * 2_000 + ": a\n", "OMI001", (1, 1), "this line is indented too far"),
    ("a: b\n\0", "OMI006", (2, 1), control("0x0")),
    ("a: \ud800", "OMI006", (1, 4), control("0xd800")),
    ('a: "\\0"', "OMI006", (1, 4), control("0x0")),
    ('a: "\\x1b[31m"', "OMI006", (1, 4), control("0x1b")),
    ('b: 1\n"\\a": 1', "OMI006", (2, 1), control("0x7")),
]


@pytest.mark.parametrize(("text", "code", "place", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_refused_quickly(text: str, code: str, place: tuple[int, int], message: str) -> None:
    """Neither depth, nor size, nor an alias, nor a character that can't be shown gets past the reader."""
    start = time.monotonic()
    with pytest.raises(Fault) as caught:
        parse(text)
    assert time.monotonic() - start < 5
    fault = caught.value
    assert (fault.code, (fault.place.line, fault.place.column), str(fault)) == (code, place, message)


HOSTILE_JSON = [
    ("[" * 200_000, "OMI005", (1, MAX_DEPTH + 1), DEEP),
    ("[" * 31 + "]" * 31, "OMI005", (1, MAX_DEPTH + 1), DEEP),
    ('{"a": ' * 900 + "1" + "}" * 900, "OMI005", (1, 181), DEEP),
    ('{"a": ' + "9" * 10_000 + "}", "OMI005", (1, 7), DIGITS),
    ("[1,\n 9999999999999999]", "OMI005", (2, 2), DIGITS),
    ("[1e999]", "OMI005", (1, 2), DIGITS),
    ("[1E-999]", "OMI005", (1, 2), DIGITS),
    ("[1, NaN]", "OMI005", (1, 5), "`NaN` is not a number of JSON"),
    ("[-Infinity]", "OMI005", (1, 2), "`-Infinity` is not a number of JSON"),
    ('["\\ud83d"]', "OMI006", (1, 2), control("0xd83d")),
    ('["\\u0000"]', "OMI006", (1, 2), control("0x0")),
    ('{"a": 1, "\\u001b": 2}', "OMI006", (1, 10), control("0x1b")),
]


@pytest.mark.parametrize(("text", "code", "place", "message"), HOSTILE_JSON, ids=range(len(HOSTILE_JSON)))
def test_hostile_json_is_refused_as_yaml_is(text: str, code: str, place: tuple[int, int], message: str) -> None:
    """JSON is no way around the limits."""
    with pytest.raises(Fault) as caught:
        parse(text, json_text=True)
    fault = caught.value
    assert (fault.code, (fault.place.line, fault.place.column), str(fault)) == (code, place, message)


def test_what_lies_at_the_limit_is_read() -> None:
    """Thirty levels and fifteen digits are fine."""
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse(deep).value == parse(deep, json_text=True).value == json.loads(deep)
    assert parse("9" * MAX_DIGITS).value == parse("9" * MAX_DIGITS, json_text=True).value == 10**MAX_DIGITS - 1


def test_a_large_text_block_is_read() -> None:
    """Four megabytes of text are a value like another."""
    assert len(parse("a: |-\n" + "  some words\n" * 300_000).value["a"]) == 300_000 * 11 - 1
