"""How a single value is written in YAML, and how other words are written in its place in the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.documents import Fault, parse
from omi_build.fixes.pages import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omi_build.fixes.pages import Page
    from omi_build.sources import Key

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED = "", "'", '"', "|", ">"


@dataclass(frozen=True)
class Scalar:
    """A value that is no list and no mapping, as it is written."""

    pointer: tuple[Key, ...]
    value: Any
    style: str
    """The quotation mark or sign that it begins with; '' for a plain one."""
    start: int
    end: int
    body: int
    """Where its words begin: behind the quotation mark, below the line of the sign."""
    in_brackets: bool
    """Whether it stands in [ ] or { }, where a comma or a bracket ends a plain text."""

    @property
    def words_end(self) -> int:
        """Where its words end: before the closing quotation mark."""
        return self.end - 1 if self.style in {SINGLE, DOUBLE} else self.end


def scalars(page: Page) -> Iterator[Scalar]:
    """Yield every value of a sound page that is no list and no mapping, in the order of the text."""
    assert page.parsed is not None
    spots = page.parsed.spots
    for pointer, spot in sorted(spots.items(), key=lambda item: item[1].start):
        value = page.value
        for step in pointer:
            value = value[step]
        if isinstance(value, dict | list) or spot.start == spot.end:
            continue
        around = (spots[pointer[:n]].start for n in range(len(pointer)) if pointer[:n] in spots)
        in_brackets = any(page.text[start : start + 1] in {"[", "{"} for start in around)
        yield scalar_at(page.text, pointer, value, (spot.start, spot.end), in_brackets=in_brackets)


def scalar_at(text: str, pointer: tuple[Key, ...], value: Any, span: tuple[int, int], *, in_brackets: bool) -> Scalar:
    """Return the value that stands in a span of the text."""
    start, end = span
    sign = text[start : start + 1]
    style = sign if sign and sign in "'\"|>" else PLAIN
    body = start
    if style in {SINGLE, DOUBLE}:
        body = start + 1
    elif style in {LITERAL, FOLDED}:
        header = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)").match(text, start)
        body = min(header.end() if header else start, end)
    return Scalar(pointer, value, style, start, end, body, in_brackets)


def with_words(text: str, scalar: Scalar, changes: Sequence[Edit], wanted: str) -> tuple[Edit, ...]:
    """Return the edits that put words in place of others inside a text, each written as the style of the text asks.

    The changes stand inside the words of the text. A plain text that can't stay plain, such as one that would begin
    with a quotation mark, is put in quotation marks. `wanted` is the text as it must then be read.
    """
    if scalar.style != PLAIN:
        return tuple(Edit(start, end, _written(words, scalar.style)) for start, end, words in changes)
    raw, end = "", scalar.start
    for change in sorted(changes):
        raw += text[end : change.start] + change.new
        end = change.end
    raw += text[end : scalar.end]
    if _reads_as(raw, wanted, in_brackets=scalar.in_brackets):
        return tuple(changes)
    return (Edit(scalar.start, scalar.end, quoted(raw)),)


def as_whole(scalar: Scalar, words: str) -> Edit | None:
    """Return the edit that puts one line of text in place of a whole value; None for a block of text."""
    if scalar.style in {LITERAL, FOLDED}:
        return None
    if scalar.style != PLAIN:
        return Edit(scalar.body, scalar.words_end, _written(words, scalar.style))
    stays = isinstance(scalar.value, str) and _reads_as(words, words, in_brackets=scalar.in_brackets)
    return Edit(scalar.start, scalar.end, words if stays else quoted(words))


def quoted(raw: str) -> str:
    """Return a plain text in quotation marks: double ones, or where it holds such single ones."""
    if '"' in raw or "\\" in raw:
        return f"'{_written(raw, SINGLE)}'"
    return f'"{raw}"'


def _written(words: str, style: str) -> str:
    if style == SINGLE:
        return words.replace("'", "''")
    return words.replace("\\", "\\\\").replace('"', '\\"') if style == DOUBLE else words


def _reads_as(raw: str, wanted: str, *, in_brackets: bool) -> bool:
    """Say whether a plain text is read as it is meant, where it stands."""
    try:
        found = parse(f"[{raw}]" if in_brackets else f"- {raw}").value
    except Fault:
        return False
    return bool(found == [wanted])
