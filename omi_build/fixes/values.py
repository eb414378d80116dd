"""Values that have one right form: numbers that must be texts, letters and numbers that run on, what a rule says."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any

from omi_build.fixes.pages import Edit, Fix, Kind, mended
from omi_build.fixes.scalars import PLAIN, Scalar, as_whole, scalars, with_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omi_build.fixes.pages import Page
    from omi_build.problems import Problem
    from omi_build.sources import Key

LETTERED = ("strengths", "areas_for_improvement")
"""The lists of a findings file."""

_GAP_IN_VALUE = r"(?:[ \t]+|[ \t]*\n[ \t]*(?!\n))"
"""What stands between two words of one paragraph."""
_GAP_AS_WRITTEN = r"(?:\s|\\[nrt\r\n ])+"
"""The same in the text of the file, where the words may be wrapped, and in double quotation marks by an escape."""


def as_texts(page: Page) -> tuple[Page, list[Fix]]:
    """Put quotation marks around numbers, true and false where the schema wants a text: as they are written, 1.10."""
    return mended(page, [fix for one in scalars(page) if (fix := _as_text(page, one))])


def _as_text(page: Page, scalar: Scalar) -> Fix | None:
    shape = page.shape(scalar.pointer)
    written = page.text[scalar.start : scalar.end]
    if scalar.style != PLAIN or isinstance(scalar.value, str | None) or shape is None or not shape.is_text:
        return None
    if not shape.accepts(written):
        return None
    return Fix(Kind.TEXT, (Edit(scalar.start, scalar.end, f'"{written}"'),), sets=((scalar.pointer, written),))


def running_on(page: Page) -> tuple[Page, list[Fix]]:
    """Let the letters of findings and the numbers of recommendations run on; only for a report not yet published."""
    fixes: list[Fix] = []
    value = page.value if isinstance(page.value, dict) else {}
    standing = {scalar.pointer: scalar for scalar in scalars(page)}
    if page.kind == "findings":
        for name in LETTERED:
            fixes += _renamed(value.get(name), (name,), "letter", string.ascii_lowercase, standing)
    elif page.kind == "recommendations":
        name, wanted = "recommendations", range(1, len(value.get("recommendations") or ()) + 1)
        fixes += _renamed(value.get(name), (name,), "number", wanted, standing)
    return mended(page, fixes)


def _renamed(
    items: Any, pointer: tuple[Key, ...], key: str, wanted: Sequence[Any], standing: dict[tuple[Key, ...], Scalar]
) -> Iterator[Fix]:
    """Yield the fix of each entry of a list whose letter or number is not the one of its place."""
    if not isinstance(items, list) or len(items) > len(wanted):
        return
    of_its_type = [isinstance(item, dict) and type(item.get(key)) is type(wanted[0]) for item in items]
    if not all(of_its_type):  # one that has none may stand for any
        return
    for n, (item, right) in enumerate(zip(items, wanted, strict=False)):
        scalar = standing.get((*pointer, n, key))
        if item[key] == right or scalar is None:
            continue
        kind = Kind.LETTER if key == "letter" else Kind.NUMBER
        edit = Edit(scalar.start, scalar.end, str(right)) if isinstance(right, int) else as_whole(scalar, str(right))
        if edit is not None:
            yield Fix(kind, (edit,), sets=((scalar.pointer, right),))


def as_rules_say(page: Page, problems: Sequence[Problem]) -> tuple[Page, list[Fix]]:
    """Put what a rule says for the words that it quotes, or without any for the whole value."""
    standing = {scalar.pointer: scalar for scalar in scalars(page)}
    fixes: list[Fix] = []
    for pointer in dict.fromkeys(problem.source.pointer for problem in problems):
        scalar = standing.get(pointer)
        asked = [problem for problem in problems if problem.source.pointer == pointer and problem.fix is not None]
        asked = [problem for problem in asked if not problem.at_key and not problem.confidential]
        if scalar is None:
            continue
        fixes += _by_quotes(page, scalar, [problem for problem in asked if problem.quote])
        fixes += [fix for problem in asked if not problem.quote and (fix := _by_whole(page, scalar, str(problem.fix)))]
    return mended(page, fixes)


def _by_quotes(page: Page, scalar: Scalar, problems: Sequence[Problem]) -> Iterator[Fix]:
    """Yield one fix of a text for all words of it that rules quote; the words of two that overlap wait for the next round."""
    if not isinstance(scalar.value, str):
        return
    within: list[Edit] = []
    written: list[Edit] = []
    for problem in problems:
        fix = str(problem.fix)
        there = [Edit(*found.span(), fix) for found in _quoted(problem.quote, _GAP_IN_VALUE, scalar.value)]
        raw = [
            Edit(*found.span(), fix)
            for found in _quoted(problem.quote, _GAP_AS_WRITTEN, page.text, scalar.body, scalar.words_end)
        ]
        is_plain_word = not any(character.isdigit() for character in problem.quote)
        if len(there) != len(raw) or not there or (len(there) > 1 and not is_plain_word):
            continue
        if not any(_overlap(new, old) for new in there for old in within):
            within += there
            written += raw
    if not within:
        return
    wanted, end = "", 0
    for edit in sorted(within):
        wanted += scalar.value[end : edit.start] + edit.new
        end = edit.end
    wanted += scalar.value[end:]
    if wanted != scalar.value:
        edits = with_words(page.text, scalar, written, wanted)
        yield Fix(Kind.RULE, edits, sets=((scalar.pointer, wanted),))


def _by_whole(page: Page, scalar: Scalar, words: str) -> Fix | None:
    """Return the fix that puts other words for a whole value: a text for a text, else what the words mean bare."""
    shape = page.shape(scalar.pointer)
    if isinstance(scalar.value, str) or (shape is not None and shape.is_text):
        edit = as_whole(scalar, words)
        return Fix(Kind.RULE, (edit,), sets=((scalar.pointer, words),)) if edit and words != scalar.value else None
    meaning = page.with_text(words)
    if meaning.parsed is None or isinstance(meaning.value, str | dict | list) or meaning.value == scalar.value:
        return None
    return Fix(Kind.RULE, (Edit(scalar.start, scalar.end, words),), sets=((scalar.pointer, meaning.value),))


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _quoted(quote: str, gap: str, text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """Return where words stand as words: 7% not in 47%, `percent` not in `percentage`, 5 not in 5%, 1.5 or 5-year."""
    as_written = gap == _GAP_AS_WRITTEN
    words = gap.join(_written(word) if as_written else re.escape(word) for word in quote.split())
    before = r"(?<![\w])(?<![\w][.,'’-])" if quote[:1].isalnum() else ""
    after = r"(?![\w%]|[.,'’-]\w)" if quote[-1:].isalnum() else ""
    return list(re.compile(f"{before}{words}{after}").finditer(text, start, len(text) if end is None else end))


def _written(word: str) -> str:
    return re.escape(word).replace("'", "''?").replace('"', r'\\?"')
