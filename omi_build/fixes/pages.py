"""A file while it is mended: its text, what was read of it, and the net that no fix falls through.

A fix is some edits of the raw text and what they make of the value. Edits are made on offsets of the text as it was
written, never by writing the YAML anew, so that everything untouched stays byte for byte. After them the text is read
again: it must have the expected value and all its comments, or the fix is left out.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from omi_build.documents import Fault, Parsed, parse
from omi_build.documents.tables import parse_table
from omi_build.fixes.typography import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from omi_build.fixes.shapes import Shape, Shapes
    from omi_build.sources import Key

TRIALS = 60
"""How many times a text is read again to find out which of many fixes is not safe."""

_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")


class Kind(Enum):
    """A kind of fix, in the words that it is counted in."""

    BLANKS = ("line had spaces at its end", "lines had spaces at their end")
    END = ("file didn’t end with one line break", "files didn’t end with one line break")
    INDENTATION = (
        "line was indented by no-break spaces or tabs",
        "lines were indented by no-break spaces or tabs",
    )
    MARKS = (
        "curly quotation mark or apostrophe is now straight",
        "curly quotation marks or apostrophes are now straight",
    )
    QUOTED = ("key or value stood in curly quotation marks", "keys or values stood in curly quotation marks")
    TEXT = (
        "number (or true, or false) that must be a text stands now in quotation marks",
        "numbers (or true, or false) that must be texts stand now in quotation marks",
    )
    LETTER = ("finding has a new letter", "findings have new letters")
    NUMBER = ("recommendation has a new number", "recommendations have new numbers")
    RULE = ("text follows what a rule says", "texts follow what a rule says")
    ORDER = ("group of keys stands now in the usual order", "groups of keys stand now in the usual order")


class Edit(NamedTuple):
    """A stretch of the text, and what stands there instead."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Fix:
    """One thing that is mended."""

    kind: Kind
    edits: tuple[Edit, ...]
    sets: tuple[tuple[tuple[Key, ...], Any], ...] = ()
    """The values that it changes: (pointer, what is there now)."""
    renames: tuple[tuple[tuple[Key, ...], str], ...] = ()
    """The keys that it changes: (pointer, the key now)."""
    size: int = 1
    """How many it counts for: the marks of a text, say."""


@dataclass(frozen=True)
class Page:
    """A file: its text and, where it can be read, its value and places."""

    text: str
    kind: str
    """The kind of document, which names its schema."""
    ending: str
    """yaml, json or csv."""
    shapes: Shapes
    parsed: Parsed | None
    fault: Fault | None
    """Why it can't be read."""

    @classmethod
    def of(cls, text: str, kind: str, ending: str, shapes: Shapes) -> Page:
        """Read a text; places are kept of YAML alone, in which alone values are mended."""
        try:
            is_yaml = ending == "yaml"
            parsed = parse_table(text) if ending == "csv" else parse(text, json_text=not is_yaml, spots=is_yaml)
        except Fault as fault:
            return cls(text, kind, ending, shapes, None, fault)
        return cls(text, kind, ending, shapes, parsed, None)

    def with_text(self, text: str) -> Page:
        """Return the same file with another text."""
        return self.of(text, self.kind, self.ending, self.shapes)

    @property
    def is_sound(self) -> bool:
        """Whether it could be read, and has no doubled or unseen keys."""
        return self.parsed is not None and not self.parsed.faults

    @property
    def value(self) -> Any:
        """What was read; only of a page that could be."""
        assert self.parsed is not None
        return self.parsed.value

    def shape(self, pointer: tuple[Key, ...]) -> Shape | None:
        """Return what the schema wants at a place."""
        return self.shapes.at(self.kind, pointer)

    @property
    def trouble(self) -> tuple[int, int, int]:
        """How much of it can't be read, to be compared: the less the better, and the later the better."""
        if self.parsed is None:
            place = self.fault.place if self.fault else None
            return (2, -place.line, -place.column) if place else (2, 0, 0)
        return (1, len(self.parsed.faults), 0) if self.parsed.faults else (0, 0, 0)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which must not overlap."""
    parts, end = [], 0
    for edit in sorted(edits):
        parts += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join([*parts, text[end:]])


def mended(page: Page, fixes: Sequence[Fix], *, blanks: bool = False) -> tuple[Page, list[Fix]]:
    """Return a sound page with those of the fixes made that are safe, and which these are.

    With `blanks`, prose may change in what no reader sees: spaces at the ends of its lines. Where all together are not
    safe, they are tried by halves; where two touch the same place, the second is left out.
    """
    kept: list[Fix] = []
    queue = [_apart(fixes)]
    for _ in range(TRIALS):
        if not queue:
            break
        batch = queue.pop()
        if not batch:
            continue
        after = _made(page, [*kept, *batch], blanks=blanks)
        if after is not None:
            kept += batch
        elif len(batch) > 1:
            middle = len(batch) // 2
            queue += [batch[middle:], batch[:middle]]
    after = _made(page, kept, blanks=blanks) if kept else page
    return (after, kept) if after else (page, [])


def _apart(fixes: Sequence[Fix]) -> list[Fix]:
    """Return the fixes without those that overlap with an earlier one."""
    taken: list[tuple[int, int]] = []
    kept = []
    for fix in sorted(fixes, key=lambda one: min(one.edits)):
        end = taken[-1][1] if taken else 0
        if min(fix.edits).start >= end:
            taken.append((min(fix.edits).start, max(edit.end for edit in fix.edits)))
            kept.append(fix)
    return kept


def _made(page: Page, fixes: Sequence[Fix], *, blanks: bool) -> Page | None:
    """Return the page with the fixes made, or None if it isn't what was expected."""
    after = page.with_text(edited(page.text, (edit for fix in fixes for edit in fix.edits)))
    if not after.is_sound:
        return None
    wanted = expected(page.value, fixes)
    if not _same(wanted, after.value, (), page.shape if blanks else None):
        return None
    if page.ending == "yaml" and comments(page.text) != comments(after.text):
        return None
    return after


def expected(value: Any, fixes: Sequence[Fix]) -> Any:
    """Return a value as it must be after the fixes."""
    changed = copy.deepcopy(value)
    for fix in fixes:
        for pointer, new in fix.sets:
            if not pointer:
                changed = new
                continue
            _inside(changed, pointer[:-1])[pointer[-1]] = new
    renames = [rename for fix in fixes for rename in fix.renames]
    for pointer, key in sorted(renames, key=lambda rename: -len(rename[0])):  # the innermost first
        mapping = _inside(changed, pointer[:-1])
        renamed = {key if old == pointer[-1] else old: inner for old, inner in mapping.items()}
        mapping.clear()
        mapping.update(renamed)
    return changed


def _inside(value: Any, pointer: tuple[Key, ...]) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _same(
    wanted: Any, found: Any, pointer: tuple[Key, ...], shape: Callable[[tuple[Key, ...]], Shape | None] | None
) -> bool:
    """Say whether two values are the same, the order of keys apart; 1, 1.0 and true are three values."""
    if type(wanted) is not type(found):
        return False
    if isinstance(wanted, dict):
        return wanted.keys() == found.keys() and all(
            _same(inner, found[key], (*pointer, key), shape) for key, inner in wanted.items()
        )
    if isinstance(wanted, list):
        return len(wanted) == len(found) and all(
            _same(inner, other, (*pointer, n), shape)
            for n, (inner, other) in enumerate(zip(wanted, found, strict=True))
        )
    if wanted == found:
        return True
    wants = shape(pointer) if shape and isinstance(wanted, str) else None
    if wants is None or not wants.is_prose or not wants.accepts(wanted):
        return False
    return shown(wanted) == shown(found)


def comments(text: str) -> Counter[str]:
    """Return how often each comment stands in a YAML text, without blanks at its end."""
    found: Counter[str] = Counter()
    end = 0
    for token in yaml.scan(text, yaml.CSafeLoader):
        # Comments are what lies between tokens, and what may stand behind the sign of a block of text.
        gap = text[end : token.start_mark.index]
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            gap += re.split(r"[\r\n]", text[token.start_mark.index : token.end_mark.index], maxsplit=1)[0]
        found.update(comment.rstrip() for comment in _COMMENT.findall(gap))
        end = max(end, token.end_mark.index)
    found.update(comment.rstrip() for comment in _COMMENT.findall(text[end:]))
    return found
