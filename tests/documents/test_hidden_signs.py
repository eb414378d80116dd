"""What a reader can't see, or reads otherwise than it is written, is refused wherever it stands."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

from omi_build.documents import Fault, parse, read_content, read_own_pages, read_text

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = {
    "\u202a": "U+202A (left-to-right embedding)",
    "\u202e": "U+202E (right-to-left override)",
    "\u2066": "U+2066 (left-to-right isolate)",
    "\u2069": "U+2069 (pop directional isolate)",
    "\u200b": "U+200B (zero width space)",
    "\u200d": "U+200D (zero width joiner)",
    "\u200f": "U+200F (right-to-left mark)",
    "\u061c": "U+061C (arabic letter mark)",
    "\u00ad": "U+00AD (soft hyphen)",
    "\u2060": "U+2060 (word joiner)",
    "\ufeff": "U+FEFF (zero width no-break space)",
    "\ufe0f": "U+FE0F (variation selector-16)",
    "\u3164": "U+3164 (hangul filler)",
    "\U000e0041": "U+E0041 (tag latin capital letter a)",
    "\U000e0100": "U+E0100 (variation selector-17)",
    "\U000e0000": "U+E0000",
}
HINT = "Delete it; it often comes along when text is pasted. No text needs one."


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{ord(sign):04X}")
def test_a_hidden_sign_in_a_file_is_told_by_name_and_place(tmp_path: Path, sign: str) -> None:
    """In data, in a table, in a comment and in a hand-written page, in its line and column."""
    for name in ("a.yaml", "a.csv", "a.json"):
        file = tmp_path / name
        file.write_text(f"first\n# ab{sign}c\n", encoding="utf-8")
        with pytest.raises(Fault) as caught:
            read_text(file, tmp_path)
        fault = caught.value
        assert str(fault) == f"an invisible character, {SIGNS[sign]}, stands here"
        assert (fault.code, fault.place.line, fault.place.column, fault.hint) == ("OMI006", 2, 5, HINT)
    (tmp_path / "about.md").write_text(f"# A\n\nab{sign}c\n", encoding="utf-8")
    pages, (problem,) = read_own_pages(tmp_path)
    assert pages == {}
    assert problem.place
    assert (SIGNS[sign] in problem.message, problem.place.line, problem.place.column) == (True, 3, 3)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{ord(sign):04X}")
def test_a_hidden_sign_written_as_an_escape_is_told(sign: str) -> None:
    """An escape of YAML or JSON is no way around it."""
    escaped = f"\\U{ord(sign):08x}"
    for text, json_text in ((f'a: 1\nb: "x {escaped}"\n', False), (json.dumps({"a": f"x {sign}"}), True)):
        with pytest.raises(Fault) as caught:
            parse(text, json_text=json_text)
        assert str(caught.value) == f"an invisible character, {SIGNS[sign]}, stands here"


def test_what_can_be_seen_is_read() -> None:
    """Letters of every script, spaces that don't break, dashes, quotation marks and signs of money are no threat."""
    text = "Ŵŷ é Ж 中 ש 😀 a\u00a0b\u202fc\u2009d non\u2011breaking – — “ ” ‘ ’ … £ € ½ ×"
    assert parse(f"a: {text}").value == {"a": text}


def test_every_sign_of_format_is_refused() -> None:
    """Whatever Unicode counts as a sign of format is refused, but what is drawn: around a number, or between pictures."""
    drawn = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    formats = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) == "Cf"]
    assert all(unicodedata.name(sign).startswith(drawn) for sign in formats if _passes(sign))


def _passes(sign: str) -> bool:
    try:
        parse(f'"{sign}x"')
    except Fault:
        return False
    return True


def test_a_hidden_sign_in_a_file_name_is_told(tmp_path: Path) -> None:
    """The message shows that there is one, and where the name is told nothing of it acts."""
    folder = tmp_path / "content" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "omi\u202e2006.yaml").write_text("a: 1", encoding="utf-8")
    (problem,) = read_content(tmp_path / "content").problems
    assert problem.source.path == "content/frameworks/omi\ufffd2006.yaml"
    assert "U+202E (right-to-left override)" in problem.message
