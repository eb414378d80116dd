"""The layout of a file: ends of lines, the end of the file, indentation. Works on a file that can't be read, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from omi_build.fixes.pages import Edit, Fix, Kind, edited, mended
from omi_build.fixes.typography import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omi_build.fixes.pages import Page

WIDTHS = (2, 4, 8, 1, 3, 5, 6, 7)
"""How many spaces a tab may have stood for, the likeliest first."""

_BREAK = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"[ \t]+(?=[\r\n])")
_ODD_SPACE = "\xa0\u2007\u202f"
_ODD_INDENT = re.compile(rf"(?:(?<=\n)|(?<=\r)|\A)[ ]*[{_ODD_SPACE}][ {_ODD_SPACE}]*(?=[^\s])")
_TAB_INDENT = re.compile(r"(?:(?<=\n)|(?<=\r)|\A) *\t[ \t]*(?=[^\s])")


def with_layout(page: Page) -> tuple[Page, list[Fix]]:
    """Return a file with its layout mended, and what was mended."""
    found: list[Fix] = []
    steps = (_indentation_by_odd_spaces, _indentation_by_tabs, _blanks) if page.ending == "yaml" else (_blanks,)
    for step in steps:
        page, fixes = step(page)
        found += fixes
    return page, found


def _blanks(page: Page) -> tuple[Page, list[Fix]]:
    """Take away spaces at the ends of lines, and end the file with one line break."""
    text = page.text
    body = len(text.rstrip(" \t\r\n"))
    if not body:
        return page, []
    fixes = []
    if page.ending != "csv":  # where an empty last column may stand behind a tab
        fixes = [
            Fix(Kind.BLANKS, (Edit(found.start(), found.end(), ""),))
            for found in _BLANKS.finditer(text, 0, body)
            if page.is_sound or text[found.start() - 1 : found.start()] != "\\"  # it may mean that blank
        ]
    tail = text[body:]
    breaks = _BREAK.findall(tail)
    end = breaks[0] if breaks else first[0] if (first := _BREAK.search(text)) else "\n"
    if tail != end:
        kind = Kind.BLANKS if len(breaks) == 1 and tail.endswith(end) else Kind.END
        fixes.append(Fix(kind, (Edit(body, len(text), end),)))
    if page.is_sound:
        return mended(page, fixes, blanks=True)
    return _where_unread(page, fixes, at_least=True)


def _where_unread(page: Page, fixes: Sequence[Fix], *, at_least: bool) -> tuple[Page, list[Fix]]:
    """Return a file that can't be read with all the fixes made, if more of it can be read then.

    With `at_least` it is enough that no less can be read.
    """
    if not fixes:
        return page, []
    after = page.with_text(edited(page.text, (edit for fix in fixes for edit in fix.edits)))
    is_better = after.trouble <= _as_lines(page.trouble) if at_least else after.trouble < page.trouble
    return (after, list(fixes)) if is_better else (page, [])


def _as_lines(trouble: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return a trouble as no earlier than its line."""
    return (trouble[0], trouble[1], 0)


def _indentation_by_odd_spaces(page: Page) -> tuple[Page, list[Fix]]:
    """Put spaces where no-break spaces indent a line; inside a block of text they may be meant, and stay."""
    blocks = _blocks(page) if page.parsed else []
    fixes = []
    for found in _ODD_INDENT.finditer(page.text):
        if not any(start <= found.start() < end for start, end in blocks):
            spaces = re.sub(rf"[{_ODD_SPACE}]", " ", found[0])
            fixes.append(Fix(Kind.INDENTATION, (Edit(found.start(), found.end(), spaces),)))
    if page.is_sound:
        return mended(page, fixes, blanks=True)
    return _where_unread(page, fixes, at_least=False)


def _blocks(page: Page) -> list[tuple[int, int]]:
    """Return where the blocks of text, behind | and >, stand."""
    return [
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(page.text, yaml.CSafeLoader)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}
    ]


def _indentation_by_tabs(page: Page) -> tuple[Page, list[Fix]]:
    """Put spaces for tabs where one width alone makes a file that fits its schema.

    Widths that differ only in blanks that no reader sees are one. Where two would do, the writer must say which is
    meant.
    """
    lines = list(_TAB_INDENT.finditer(page.text))
    shape = page.shape(())
    if page.parsed is not None or not lines or shape is None:
        return page, []
    fitting: list[tuple[Page, list[Fix]]] = []
    for width in WIDTHS:
        fixes = [Fix(Kind.INDENTATION, (Edit(line.start(), line.end(), line[0].expandtabs(width)),)) for line in lines]
        after = page.with_text(edited(page.text, (edit for fix in fixes for edit in fix.edits)))
        if after.is_sound and shape.accepts(after.value):
            fitting.append((after, fixes))
    meanings = {repr(list(_seen(after.value))) for after, _ in fitting}
    return _most_usual(page, fitting) if len(meanings) == 1 else (page, [])


def _most_usual(page: Page, fitting: Sequence[tuple[Page, list[Fix]]]) -> tuple[Page, list[Fix]]:
    """Return the one whose lines are indented as others of the file are."""
    usual = {len(found[0]) for found in re.finditer(r"(?m)^ *(?=[^\s])", page.text)}
    return max(fitting, key=lambda one: sum(len(fix.edits[0].new) in usual for fix in one[1]))


def _seen(value: object) -> Iterator[object]:
    """Yield what a value consists of, texts as a reader sees them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _seen(inner)
        yield "}"
    elif isinstance(value, list):
        for inner in value:
            yield from _seen(inner)
        yield "]"
    else:
        yield shown(value) if isinstance(value, str) else value
