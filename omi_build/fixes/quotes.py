"""Curly quotation marks: a word processor sets them, YAML takes them for letters, and the site curls straight ones anew.

In prose they become straight where the page then reads the same. Around a key or a value that is no prose they were
meant as YAML's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from omi_build.documents import Fault, lines_of, parse
from omi_build.fixes.pages import Edit, Fix, Kind, mended
from omi_build.fixes.scalars import PLAIN, Scalar, scalars, with_words
from omi_build.fixes.typography import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omi_build.fixes.pages import Page

STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'"})

_CURLY = re.compile("[“”„‘’‚]")
_WHOLLY = re.compile('(?:[“”„]([^“”„"\\\\\r\n]+)[“”]|[‘’‚]([^“”„‘’‚\'"\\\\\r\n]+)[‘’])')
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_QUOTED_LINE = re.compile(r'[ ]*(?:- +)*(?:[\w.-]+|"[^"]*"): +([“”„][^“”„"\\]+[“”])[ \t]*')

MAX_LINES = 50
"""How many lines that can't be read are mended in one go."""


def readable(page: Page) -> tuple[Page, list[Fix]]:
    """Mend lines that can't be read because a whole value with a colon in it stands in curly quotation marks."""
    found: list[Fix] = []
    while page.fault is not None and len(found) < MAX_LINES:
        after, fix = _line_mended(page)
        if fix is None:
            break
        page, found = after, [*found, fix]
    return page, found


def _line_mended(page: Page) -> tuple[Page, Fix | None]:
    assert page.fault is not None
    number = page.fault.place.line - 1
    lines = lines_of(page.text)
    line = _QUOTED_LINE.fullmatch(lines[number]) if number < len(lines) else None
    if line is None:
        return page, None
    start = page.text.find(line[0], _offset(page.text, number))
    begin, end = start + line.start(1), start + line.end(1)
    edit = Edit(begin, end, f'"{line[1][1:-1]}"')
    after = page.with_text(page.text[:begin] + edit.new + page.text[end:])
    is_better = after.trouble[0] < page.trouble[0] or after.trouble[1] < page.trouble[1]
    return (after, Fix(Kind.QUOTED, (edit,))) if is_better else (page, None)


def _offset(text: str, number: int) -> int:
    """Return where a line begins."""
    breaks = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]").finditer(text)
    ends = [0, *(found.end() for found in breaks)]
    return ends[number]


def without_curly_quotes(page: Page) -> tuple[Page, list[Fix]]:
    """Take curly quotation marks from around keys and values, and make those in prose straight."""
    if not _CURLY.search(page.text):
        return page, []
    page, keys = mended(page, list(_keys(page)))
    page, values = mended(page, [fix for one in scalars(page) if (fix := _around(page, one))])
    page, marks = mended(page, [fix for one in scalars(page) if (fix := _in_prose(page, one))])
    return page, [*keys, *values, *marks]


def _keys(page: Page) -> Iterator[Fix]:
    assert page.parsed is not None
    spots = page.parsed.spots
    for pointer, spot in spots.items():
        key = pointer[-1] if pointer else ""
        found = _WHOLLY.fullmatch(key) if isinstance(key, str) else None
        shape = page.shape(pointer[:-1])
        if found is None or shape is None or not page.text.startswith(str(key), spot.key):
            continue
        plain = found[1] or found[2]
        if plain in shape.keys and (*pointer[:-1], plain) not in spots:
            edit = Edit(spot.key, spot.key + len(str(key)), plain)
            yield Fix(Kind.QUOTED, (edit,), renames=((pointer, plain),))


def _around(page: Page, scalar: Scalar) -> Fix | None:
    """Return the fix of a value that isn't prose and stands wholly in curly quotation marks."""
    shape = page.shape(scalar.pointer)
    if scalar.style != PLAIN or shape is None or shape.is_prose or not isinstance(scalar.value, str):
        return None
    found = _WHOLLY.fullmatch(scalar.value)
    if found is None or page.text[scalar.start : scalar.end] != scalar.value:
        return None
    inner = found[1] or found[2]
    edit = Edit(scalar.start, scalar.end, f'"{inner}"')
    # Single ones may be meant as part of a title.
    if shape.accepts(inner) and (found[1] or not shape.accepts(scalar.value)):
        return Fix(Kind.QUOTED, (edit,), sets=((scalar.pointer, inner),))
    bare = _bare(inner)
    if not isinstance(bare, str | None) and shape.accepts(bare):
        return Fix(Kind.QUOTED, (edit._replace(new=inner),), sets=((scalar.pointer, bare),))
    return None


def _bare(word: str) -> object:
    """Return what a word means without quotation marks: a number, true or false; itself where it can't stand so."""
    try:
        return parse(word).value
    except Fault:
        return word


def _in_prose(page: Page, scalar: Scalar) -> Fix | None:
    """Return the fix of the curly quotation marks in a text of prose."""
    shape = page.shape(scalar.pointer)
    if shape is None or not shape.is_prose or not isinstance(scalar.value, str):
        return None
    if not shape.accepts(scalar.value):  # far too long, and would take far too long to set
        return None
    within = list(_CURLY.finditer(scalar.value))
    written = list(_CURLY.finditer(page.text, scalar.body, scalar.words_end))
    if not within or len(within) != len(written):  # one may be written as an escape
        return None
    wanted = _straight(scalar.value)
    if wanted == scalar.value or shown(wanted) != shown(scalar.value):
        return None
    changes = [
        Edit(mark.start(), mark.end(), wanted[there.start()])
        for there, mark in zip(within, written, strict=True)
        if wanted[there.start()] != there[0]
    ]
    edits = with_words(page.text, scalar, changes, wanted)
    return Fix(Kind.MARKS, edits, sets=((scalar.pointer, wanted),), size=len(changes))


def _straight(text: str) -> str:
    """Return a text with straight marks, in each paragraph as many as can be without its reading otherwise."""
    parts, end = [], 0
    for found in [*_PARAGRAPH.finditer(text), None]:
        paragraph = text[end : found.start() if found else len(text)]
        tries = (paragraph.translate(STRAIGHT), _APOSTROPHE.sub("'", paragraph), paragraph)
        parts.append(next(one for one in tries if shown(one) == shown(paragraph)))
        if found:
            parts.append(found[0])
            end = found.end()
    return "".join(parts)
