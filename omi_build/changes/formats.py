"""Puts changes into words: plain text, JSON, and Markdown for a comment on a pull request.

Whatever comes from the content is taken for hostile in Markdown: it shows as it was written, and does nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from omi_build.changes.told import Kind
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omi_build.changes.told import Change, Comparison, Edit, Group

MAX_COMMENT = 60_000
"""How many characters of Markdown are made at most: GitHub takes 65,536, and the comment has a line of its own."""

MAX_EDITS = 6
"""How many edits of one text are shown."""

NOTHING = "Nothing changed in what the reports say."

_UNSEEN = "\u200b"
"""A space of no width, which keeps apart what GitHub would make a link of."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINKED = re.compile(r"(?<=[@#:])(?=\S)|(?<=\bgh)(?=-)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)


def as_text(comparison: Comparison) -> str:
    """Return changes for a terminal: each inspection, and below it a line a change with the words that changed."""
    lines = []
    for group in comparison.groups:
        lines.append(_title(group))
        for change in group.changes:
            lines.append(f"  {change.part}: {change.what}")
            lines += [f"      {line}" for line in _edits_as_text(change)]
        lines.append("")
    lines += [
        *(f"Not compared: {reason}." for reason in comparison.uncompared),
        *([""] if comparison.uncompared else []),
    ]
    return "\n".join([*lines, summary(comparison)]) + "\n"


def as_json(comparison: Comparison) -> str:
    """Return changes as JSON: `groups` with `inspection`, `title` and `changes`, and `uncompared`."""
    return json.dumps(
        asdict(comparison),
        indent=1,
        ensure_ascii=False,
        default=lambda value: value.value if isinstance(value, Kind) else str(value),
    )


TOLD = 20
"""How many files that could not be compared a comment names."""


def as_markdown(comparison: Comparison, limit: int = MAX_COMMENT) -> str:
    """Return changes as Markdown of at most `limit` characters; what is left out is counted in its last lines."""
    head = f"## What changes in the reports\n\n{escaped(summary(comparison))}\n"
    notes = "".join(f"\nNot compared: {escaped(reason)}.\n" for reason in comparison.uncompared[:TOLD])
    if len(comparison.uncompared) > TOLD:
        notes += (
            f"\n… and {counted(len(comparison.uncompared) - TOLD, 'file', 'files')} more that could not be compared.\n"
        )
    left = sum(len(group.changes) for group in comparison.groups)
    room = limit - len(head) - len(notes) - 200
    blocks: list[str] = []
    for group, change, first in _changes(comparison):
        block = (f"\n### {escaped(_title(group))}\n\n" if first else "") + _as_item(change)
        room -= len(block)
        if room < 0:
            break
        blocks.append(block)
        left -= 1
    more = f"\n… and {left:,} more. `omi diff` shows them all.\n" if left else ""
    return "".join([head, *blocks, more, notes])


def summary(comparison: Comparison) -> str:
    """Return how much changed in a sentence."""
    changes = sum(len(group.changes) for group in comparison.groups)
    if not changes:
        return NOTHING
    inspections = sum(bool(group.inspection) for group in comparison.groups)
    where = f" in {counted(inspections, 'inspection', 'inspections')}" if inspections else ""
    shared = " and in what all share" if inspections and not comparison.groups[0].inspection else ""
    told = counted(changes, "change", "changes")
    return f"{told[0].upper()}{told[1:]}{where}{shared}."


def escaped(text: str) -> str:
    """Return a text of the content as Markdown that shows it and does nothing else.

    It makes no markup, link, picture or HTML, mentions nobody and refers to no issue or commit: punctuation is escaped, and
    what GitHub links after Markdown was read (`@name`, `#12`, `GH-12`, addresses, hashes) is kept apart unseen.
    """
    apart = _LINKED.sub(_UNSEEN, " ".join(text.split()))
    apart = _COMMIT.sub(lambda found: re.sub(r"(.{6})(?=.)", rf"\1{_UNSEEN}", found.group()), apart)
    return _PUNCTUATION.sub(r"\\\1", apart)


def _title(group: Group) -> str:
    return f"{group.title} ({group.inspection})" if group.inspection else group.title


def _changes(comparison: Comparison) -> Iterator[tuple[Group, Change, bool]]:
    for group in comparison.groups:
        for n, change in enumerate(group.changes):
            yield group, change, n == 0


def _edits_as_text(change: Change) -> Iterator[str]:
    for edit in change.edits[:MAX_EDITS]:
        if change.kind is not Kind.ADDED:
            yield f"was: {_around(edit, edit.removed)}"
        if change.kind is not Kind.REMOVED:
            yield f"now: {_around(edit, edit.added)}"
    if len(change.edits) > MAX_EDITS:
        yield f"… and {counted(len(change.edits) - MAX_EDITS, 'edit', 'edits')} more"


def _around(edit: Edit, words: str) -> str:
    return " ".join(part for part in (edit.before, words, edit.after) if part)


def _as_item(change: Change) -> str:
    lines = [f"- **{escaped(change.part)}:** {escaped(change.what)}"]
    for edit in change.edits[:MAX_EDITS]:
        parts = [
            escaped(edit.before),
            f"<del>{escaped(edit.removed)}</del>" if edit.removed else "",
            f"<ins>{escaped(edit.added)}</ins>" if edit.added else "",
            escaped(edit.after),
        ]
        lines.append(f"  - {' '.join(part for part in parts if part)}")
    if len(change.edits) > MAX_EDITS:
        lines.append(f"  - … and {counted(len(change.edits) - MAX_EDITS, 'edit', 'edits')} more")
    return "\n".join(lines) + "\n"
