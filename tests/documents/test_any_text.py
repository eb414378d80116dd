"""Whatever stands in a file, reading it gives values or a Fault with a place, and nothing else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from omi_build.documents import Fault, Parsed, lines_of, locate, parse, read_text
from omi_build.documents.signs import UNFIT
from omi_build.problems import Place, Problem
from omi_build.sources import Source

SCRAPS = ["a", "b: ", "c:", "- ", "-", "  ", "\n", "\n  ", "\t", "'", '"', "[", "]", "{", "}", ", ", ":", "#", "&x", "*x",
          "!", "|-", ">", "%", "@", "---", "...", "? ", "\\", "“", "\xa0", "\r", "é", "😀", "1", "1.10", "null", "<<"]  # fmt: skip
"""What YAML is made of, and what gets into it."""

slips = st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)
texts = st.one_of(st.text(), slips)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).filter(lambda text: not UNFIT.search(text))
keys = st.from_regex(r"[a-z][a-z0-9_.]{0,6}", fullmatch=True)
plain = st.one_of(st.none(), st.booleans(), st.integers(-(10**14), 10**14), words)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3))


def outcome(text: str, *, json_text: bool, spots: bool = True) -> Parsed | Fault:
    """Return what reading gives; any exception but a Fault goes through."""
    try:
        return parse(text, json_text=json_text, spots=spots)
    except Fault as fault:
        return fault


def told(result: Parsed | Fault) -> list[Fault]:
    """Return every fault of an outcome."""
    return [result] if isinstance(result, Fault) else result.faults


def inside(text: str, place: Place) -> bool:
    """Say whether a place lies in a text, or right behind the end of one of its lines."""
    lines = lines_of(text)
    return 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


@settings(max_examples=400)
@given(text=texts, json_text=st.booleans())
@example(text="a: \ud800", json_text=False)
@example(text="a: [\n", json_text=False)
@example(text="\ufeff\ufeffa: [", json_text=False)
@example(text="? 0\n \xa0", json_text=False)
@example(text="a: 1\na: 2\nb: [", json_text=False)
@example(text="a: 1\n---\nb: 2", json_text=False)
@example(text="{[a]: 1}", json_text=False)
@example(text="[1e400]", json_text=True)
@example(text='{"a": 1, "a": ":"}', json_text=True)
@example(text='{"a": "\\ud800"}', json_text=True)
def test_any_text_gives_values_or_a_fault(text: str, *, json_text: bool) -> None:
    """A fault has words and a place in the text; values have places in it, and both are the same without asking for them."""
    result = outcome(text, json_text=json_text)
    faults = told(result)
    assert [vars(fault) for fault in faults] == [
        vars(one) for one in told(outcome(text, json_text=json_text, spots=False))
    ]
    assert all(str(fault) and fault.code.startswith("OMI00") for fault in faults)
    if not text.startswith("\ufeff"):  # read_text takes the mark away
        assert all(inside(text, fault.place) for fault in faults)
    if isinstance(result, Parsed):
        name = "x.json" if json_text else "x.yaml"
        assert repr(parse(text, json_text=json_text).value) == repr(result.value)
        for pointer in result.spots:
            place = locate(text, Problem(Source(name, pointer), "OMI000", "", at_key=True))
            assert text.startswith("\ufeff") or inside(text, place)


@settings(max_examples=300)
@given(st.one_of(st.binary(), texts.map(lambda text: text.encode("utf-8", "replace"))))
@example(b"\xef\xbb\xbf\xff")
@example(b"\r\n\x00")
def test_any_bytes_give_a_text_or_a_fault(raw: bytes) -> None:
    """What is read of a file can be parsed to values or a Fault, and shown."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        file.write_bytes(raw)
        try:
            text = read_text(file, Path(folder))
        except Fault:
            return
    assert text.encode() == raw.removeprefix(b"\xef\xbb\xbf")
    outcome(text, json_text=False)
    outcome(text, json_text=True)


@settings(max_examples=200)
@given(values)
def test_what_yaml_and_json_write_is_read_back(value: Any) -> None:
    """Values written by the libraries come back as they were, from both formats alike."""
    written = yaml.safe_dump(value, allow_unicode=True)
    assert read_back(written) == value
    assert parse(json.dumps(value), json_text=True).value == value
    assert parse(json.dumps(value, ensure_ascii=False), json_text=True, spots=True).faults == []


def read_back(written: str) -> Any:
    """Return the value of a text."""
    return parse(written).value


@settings(max_examples=200)
@given(values)
def test_every_value_stands_where_it_is_said_to(value: Any) -> None:
    """The text at a value's place, in flow style, is the value."""
    written = json.dumps(value, ensure_ascii=False)
    for pointer, spot in parse(written, json_text=True, spots=True).spots.items():
        part = value
        for step in pointer:
            part = part[step]
        assert json.loads(written[spot.start : spot.end]) == part
