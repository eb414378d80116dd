"""The order of keys: that of the schema, so that one looks for the same thing in the same place.

Only groups of keys on lines of their own are put in order, and only where it is certain what belongs to which key.
A comment directly above a key, or behind its value, moves with it; blank lines stay where they are, and so do the
comments at the top of a file. `{a: 1, b: 2}` stays as it is written: it is read at one glance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.documents import lines_of
from omi_build.fixes.pages import Edit, Fix, Kind, mended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omi_build.documents import Spot
    from omi_build.fixes.pages import Page
    from omi_build.sources import Key

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class _Entry:
    """A key with what belongs to it, as it is written."""

    key: str
    above: tuple[str, ...]
    """The comments directly above it, a line each, without their indentation."""
    text: str
    """From the key to the end of the last line of its value."""


def in_order(page: Page) -> tuple[Page, list[Fix]]:
    """Put the keys of a sound page in the order of its schema, the outermost groups first."""
    found: list[Fix] = []
    depth = 0
    while page.parsed is not None:
        spots = page.parsed.spots
        children = _children(spots)
        if not any(len(pointer) >= depth for pointer in children):
            break
        ends = _ends(spots)
        fixes = [
            fix
            for pointer, keys in children.items()
            if len(pointer) == depth and (fix := _ordered(page, pointer, keys, ends))
        ]
        page, kept = mended(page, fixes)
        found += kept
        depth += 1
    return page, found


def _children(spots: Mapping[tuple[Key, ...], Spot]) -> dict[tuple[Key, ...], list[str]]:
    """Return the keys of each mapping in the order of the text."""
    found: dict[tuple[Key, ...], list[str]] = {}
    for pointer, _ in sorted(spots.items(), key=lambda item: (item[1].key, len(item[0]))):
        if pointer and isinstance(pointer[-1], str):
            found.setdefault(pointer[:-1], []).append(pointer[-1])
    return found


def _ends(spots: Mapping[tuple[Key, ...], Spot]) -> dict[tuple[Key, ...], int]:
    """Return where the last single value inside each value ends: the end of a group itself lies behind its comments."""
    parents = {pointer[:-1] for pointer in spots if pointer}
    ends: dict[tuple[Key, ...], int] = {}
    for pointer in sorted(spots, key=len, reverse=True):
        if pointer not in parents:
            ends[pointer] = spots[pointer].end
        if pointer:
            ends[pointer[:-1]] = max(ends.get(pointer[:-1], 0), ends[pointer])
    return ends


def _ordered(
    page: Page, pointer: tuple[Key, ...], keys: Sequence[str], ends: Mapping[tuple[Key, ...], int]
) -> Fix | None:
    """Return the fix that puts one group in order, or None where it is, or where it isn't certain what belongs where."""
    assert page.parsed is not None
    spots, text = page.parsed.spots, page.text
    shape = page.shape(pointer)
    if shape is None or text[spots[pointer].start : spots[pointer].start + 1] == "{":
        return None
    wanted = [key for key in shape.keys if key in keys]
    if wanted == list(keys) or len(wanted) != len(keys):
        return None
    starts = [spots[(*pointer, key)].key for key in keys]
    column = _column(text, starts[0])
    if any(_before(text, start) != " " * column for start in starts[1:]):
        return None
    entries: list[_Entry] = []
    blanks: list[str] = []
    for n, key in enumerate(keys):
        begin = _line_end(text, ends[(*pointer, keys[n - 1])], starts[n - 1]) if n else starts[0]
        gap = _gap(text[begin : starts[n] - column], column) if n else ("", "", ())
        if gap is None:
            return None
        belongs, blank, above = gap
        if n:
            entries[-1] = _Entry(entries[-1].key, entries[-1].above, entries[-1].text + belongs)
            blanks.append(blank)
        entries.append(_Entry(key, above, text[starts[n] : _line_end(text, ends[(*pointer, key)], starts[n])]))
    end = _line_end(text, ends[(*pointer, keys[-1])], starts[-1])
    behind = _deeper(text, end, column)
    if behind is None and wanted[-1] != keys[-1]:
        return None
    if behind:
        entries[-1] = _Entry(entries[-1].key, entries[-1].above, entries[-1].text + behind)
        end += len(behind)
    if not all(entry.text.endswith(("\n", "\r")) for entry in entries):
        return None
    moved = _moved(text, starts[0], entries, blanks, wanted)
    return None if moved is None else Fix(Kind.ORDER, (Edit(starts[0], end, moved),))


def _moved(
    text: str, start: int, entries: Sequence[_Entry], blanks: Sequence[str], wanted: Sequence[str]
) -> str | None:
    """Return the entries of a group as one text in the wanted order, or None where a comment would come loose."""
    by_key = {entry.key: entry for entry in entries}
    first = by_key[wanted[0]]
    indent = " " * _column(text, start)
    stands_alone = _before(text, start) == indent
    is_below_comment = indent and lines_of(text[:start].rstrip())[-1].lstrip().startswith("#")
    if (first.above and not stands_alone) or (is_below_comment and stands_alone and first != entries[0]):
        return None
    slots = ["", *(f"{blank}{indent}" for blank in blanks)]
    return "".join(
        slot + indent.join([*by_key[key].above, by_key[key].text]) for slot, key in zip(slots, wanted, strict=True)
    )


def _gap(text: str, column: int) -> tuple[str, str, tuple[str, ...]] | None:
    """Take apart what stands between a value and the next key: what belongs to the value, blank lines, comments above.

    None where it isn't certain: a comment that stands apart from the key by a blank line, or further left than it.
    """
    lines = [line[0] for line in _LINE.finditer(text) if line[0]]
    belongs, blank, above = "", "", list[str]()
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            if above:
                return None
            blank += line
        elif not line.lstrip(" ").startswith("#") or indent < column:
            return None
        elif indent > column:
            if blank or above:
                return None
            belongs += line
        else:
            above.append(line[column:])
    return belongs, blank, tuple(above)


def _deeper(text: str, start: int, column: int) -> str | None:
    """Return the comments below the last value that stand further right than its key, and so belong to the value.

    None where one stands in the column of the keys: it may be about the value above or about all of them.
    """
    belongs = ""
    blank = False
    for line in _LINE.finditer(text, start):
        indent = len(line[0]) - len(line[0].lstrip(" "))
        if line[0].strip() and not line[0].lstrip(" ").startswith("#"):
            break
        if not line[0]:
            break
        if not line[0].strip():
            blank = True
        elif indent == column or (blank and indent > column):
            return None
        elif indent < column:
            break
        else:
            belongs += line[0]
    return belongs


def _column(text: str, start: int) -> int:
    return start - max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) - 1


def _before(text: str, start: int) -> str:
    """Return what stands before a place in its line."""
    return text[start - _column(text, start) : start]


def _line_end(text: str, end: int, start: int) -> int:
    """Return where the last line of a value ends, its break included: blank lines behind a block of text not."""
    stripped = start + len(text[start:end].rstrip())
    found = _LINE.match(text, stripped)
    assert found is not None
    return found.end()
