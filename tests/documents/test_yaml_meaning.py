"""YAML means what was written: what its readers make of a word is a catalogue of surprises, and none of them is here."""

from __future__ import annotations

from typing import Any

import pytest

from omi_build.documents import parse

WORDS: list[tuple[str, Any]] = [
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("off", "off"),
    ("No", "No"),
    ("y", "y"),
    ("True", "True"),
    ("TRUE", "TRUE"),
    ("true", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
    ("Null", "Null"),
    ("NULL", "NULL"),
    ("2007-02-03", "2007-02-03"),
    ("2007-02", "2007-02"),
    ("2007-02-03T10:00:00Z", "2007-02-03T10:00:00Z"),
    ("12:30", "12:30"),
    ("12:30:45", "12:30:45"),
    ("010", "010"),
    ("-010", "-010"),
    ("1_000", "1_000"),
    ("1,000", "1,000"),
    ("0x1F", "0x1F"),
    ("0o17", "0o17"),
    ("0b1", "0b1"),
    ("1e3", "1e3"),
    ("+5", "+5"),
    (".5", ".5"),
    ("5.", "5."),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("1.2.3", "1.2.3"),
    ("٣", "٣"),
    ("<<", "<<"),
    ("=", "="),
    ("0", 0),
    ("-0", 0),
    ("7", 7),
    ("-7", -7),
    ("61", 61),
    ("11.3", 11.3),
    ("-0.5", -0.5),
    ("1.10", 1.1),
    ("999999999999999", 999999999999999),
    ("-999999999999999", -999999999999999),
    ('"61"', "61"),
    ("'61'", "61"),
    ('"true"', "true"),
    ("'null'", "null"),
    ('""', ""),
    ("'the offender''s'", "the offender's"),
    ("“smart”", "“smart”"),
    ("4.5 of 5", "4.5 of 5"),
    ("no # a comment", "no"),
]


@pytest.mark.parametrize(("written", "meant"), WORDS)
def test_a_word_means_what_was_written(written: str, meant: Any) -> None:
    """Only `true` and `false` are truth values, only plain decimal numbers are numbers, and the rest is text."""
    value = parse(f"key: {written}\n").value["key"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("|-\n  one\n  two\n", "one\ntwo"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
        ("|-\n  61\n", "61"),
        ("|-\n  true\n", "true"),
        ("one\n  two\n", "one two"),
        ('"one\n  two"\n', "one two"),
        ("|-\n  a: b\n  # no comment\n  - c\n", "a: b\n# no comment\n- c"),
    ],
)
def test_a_text_of_several_lines_is_text(written: str, meant: str) -> None:
    """A text block holds its lines as they are, whatever they look like."""
    assert parse(f"key: {written}").value == {"key": meant}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("---\nkey: 1\n", {"key": 1}),
        ("key: 1\n...\n", {"key": 1}),
        ("%YAML 1.2\n---\nkey: 1\n", {"key": 1}),
        ("\ufeffkey: 1\n", {"key": 1}),
        ("key: 1\r\nother: 2\r\n", {"key": 1, "other": 2}),
        ("- 1\n- [2, 3]\n- {a: 4}\n", [1, [2, 3], {"a": 4}]),
        ("1.10: 1\nno: 2\n2007-02-03: 3\n~: 4\n", {"1.10": 1, "no": 2, "2007-02-03": 3, "~": 4}),
        ("? key\n: value\n", {"key": "value"}),
        ("key: {value: 98, asterisk: true}\n", {"key": {"value": 98, "asterisk": True}}),
    ],
)
def test_a_file_gives_plain_values(text: str, meant: Any) -> None:
    """Keys are always text, and the mark at the start of a file and its line ends say nothing."""
    assert parse(text).value == meant


def test_every_doubled_key_is_told_with_both_lines() -> None:
    """A key that stands several times is a fault at each place but the first, in every group of the file."""
    text = "a: 1\nb:\n  - c: 1\n    c: 2\na: 2\na: 3\n'b': 4\n"
    told = [(fault.code, fault.place.line, fault.place.column, str(fault)) for fault in parse(text).faults]
    assert told == [
        ("OMI002", 4, 5, "the key `c` stands here a second time; the first is in line 3"),
        ("OMI002", 5, 1, "the key `a` stands here a second time; the first is in line 1"),
        ("OMI002", 6, 1, "the key `a` stands here a second time; the first is in line 1"),
        ("OMI002", 7, 1, "the key `b` stands here a second time; the first is in line 2"),
    ]


def test_the_same_key_in_two_groups_is_no_fault() -> None:
    """Each entry of a list has its own letter."""
    assert parse("- letter: a\n- letter: a\n").faults == []


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("s:\n\xa0\xa0- letter: a\n", 2, 1, "0xa0"),
        ("s:\n  - letter: a\n    te\u200bxt: b\n", 3, 7, "0x200b"),
        ('"\ufefftitle": b\n', 1, 2, "0xfeff"),
    ],
)
def test_an_invisible_character_in_a_key_is_shown(text: str, line: int, column: int, code: str) -> None:
    """A space that is none, pasted with a text, makes another key of it; nobody could see why."""
    (fault,) = parse(text).faults
    assert (fault.code, fault.place.line, fault.place.column) == ("OMI006", line, column)
    assert str(fault) == f"an invisible character (code {code}) stands in this key"
