"""JSON, as exports write it: case scores come as JSON too."""

from __future__ import annotations

from typing import Any

import pytest

from omi_build.documents import Fault, locate, parse
from omi_build.problems import Problem
from omi_build.sources import Source

BROKEN = [
    ('{"a": 1 "b": 2}', 1, 9, "a comma or a closing bracket is missing before this"),
    ('{"a": 1,\n "b": 2', 2, 8, "a comma or a closing bracket is missing before this"),
    ("{a: 1}", 1, 2, "a key in double quotation marks must stand here"),
    ('{"a" 1}', 1, 6, "a colon must stand here, after the key"),
    ('{"a": }', 1, 7, "a value must stand here"),
    ("{\"a\": 'b'}", 1, 7, "a value must stand here"),
    ('{"a": 010}', 1, 8, "a comma or a closing bracket is missing before this"),
    ("", 1, 1, "a value must stand here"),
    ("{}\n{}", 2, 1, "there is more text here after the end of the data"),
    ('{"a": "b}', 1, 7, "the quotation mark that opens here is never closed"),
    ('{"a": "b\n"}', 1, 9, "a line break or tab stands here inside quotation marks"),
    ('{"a": "C:\\Users"}', 1, 10, "this backslash starts a code that JSON doesn't have"),
    ('{"a": 1,\r\n"b": ]}', 2, 6, "a value must stand here"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), BROKEN)
def test_what_is_not_json_is_told_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    """The place, what is missing there, and the two rules that are broken most."""
    with pytest.raises(Fault) as caught:
        parse(text, json_text=True)
    fault = caught.value
    assert (fault.code, fault.place.line, fault.place.column) == ("OMI001", line, column)
    assert str(fault) == f"this is not JSON: {message}"
    assert fault.hint == (
        "JSON needs double quotation marks around every text and a comma between entries, but none after the last."
    )


def test_a_comma_after_the_last_entry_is_told() -> None:
    """Python 3.13 tells it as such, older ones miss a key."""
    with pytest.raises(Fault, match=r"a key in double quotation marks must stand here|a comma here after the last"):
        parse('{"a": 1,}', json_text=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('{"a": [1, 2.5, true, false, null, "x", -3, 1e2]}', {"a": [1, 2.5, True, False, None, "x", -3, 100.0]}),
        ('{"a": "no", "b": "010"}', {"a": "no", "b": "010"}),
        ('"\\ud83d\\ude00 \\u00e9 \\/ \\""', '😀 é / "'),
        ("[]", []),
        ('{\n\t"a": 1\n}', {"a": 1}),
    ],
)
def test_json_gives_plain_values(text: str, meant: Any) -> None:
    """It means what JSON means, whether places are asked for or not."""
    assert parse(text, json_text=True).value == meant
    assert parse(text, json_text=True, spots=True).value == meant


def test_every_doubled_key_of_json_is_told_with_both_lines() -> None:
    """Tabs, escapes and long keys, which YAML reads otherwise, don't hide one."""
    long = "k" * 2_000
    text = f'{{\n\t"a": "\\ud83d\\ude00",\n\t"a": 2,\n"{long}": 1,\n"{long}": 2, "\\u0061": 3}}'
    told = [(fault.code, fault.place.line, fault.place.column) for fault in parse(text, json_text=True).faults]
    assert told == [("OMI002", 3, 2), ("OMI002", 5, 1), ("OMI002", 5, 2008)]
    first = parse('{"a": 1,\n"a": 2}', json_text=True).faults[0]
    assert str(first) == "the key `a` stands here a second time; the first is in line 1"


@pytest.mark.parametrize(
    ("pointer", "at_key", "line", "column"),
    [
        ((), False, 1, 1),
        (("cases",), True, 2, 3),
        (("cases",), False, 2, 12),
        (("cases", 0), False, 2, 13),
        (("cases", 0, "case"), False, 2, 22),
        (("cases", 1, "answers", "1.1.2"), False, 4, 51),
        (("cases", 1, "answers", "1.1.2"), True, 4, 42),
    ],
)
def test_a_value_of_json_is_found(pointer: tuple[str | int, ...], *, at_key: bool, line: int, column: int) -> None:
    """Line and column are those of the value, or of its key."""
    text = (
        "{\n"
        '  "cases": [{"case": "\\ud83d\\ude00", "answers": {}},\n'
        "\n"
        '    {"case": "C2", "answers": {"1.1": 1, "1.1.2": "no"}}]\n'
        "}\n"
    )
    place = locate(text, Problem(Source("case_scores.json", pointer), "OMI000", "", at_key=at_key))
    assert (place.line, place.column) == (line, column)
