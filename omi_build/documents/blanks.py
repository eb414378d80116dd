"""Leaves out of a draft what isn't written yet, so that a form with blanks passes as the draft that it is.

An inspection begins as a form: every key in place, nothing behind it. A key with nothing behind it says nothing; a part
whose text is blank isn't there yet. Places stay those of the file. Only drafts are read so: in a published report a
blank is a slip, and its schema says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omi_build.documents.files import Document
    from omi_build.sources import Pointer

ESSENCE = ("members", "name", "parts", "rows", "text", "to", "value")
"""The keys for whose sake a part is there: while one of them is blank, the part isn't."""

_BLANK = object()


def without_blanks(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield documents as they are, but those of drafts without their blanks; case answers have none."""
    documents = list(documents)
    drafts = {d.folder for d in documents if d.kind == "inspection" and not d.language and not is_published(d.value)}
    for document in documents:
        if document.folder not in drafts or document.kind == "case_scores":
            yield document
            continue
        kept: dict[Pointer, tuple[int, ...]] = {}
        value = _filled(document.value, (), kept)
        # A file of nothing but blanks is still a file.
        written = {} if value is _BLANK and isinstance(document.value, dict) else value
        if written is not _BLANK:
            yield replace(document, value=written, form=document.value, source=replace(document.source, kept=kept))


def is_published(about: Any) -> bool:
    """Say whether an `inspection.yaml`, whatever it holds, says that its report is published, or was."""
    publication = about.get("publication") if isinstance(about, dict) else None
    return isinstance(publication, dict) and publication.get("status") in {"published", "withdrawn"}


def _filled(value: Any, pointer: Pointer, kept: dict[Pointer, tuple[int, ...]]) -> Any:
    """Return a value without its blanks, or `_BLANK`; note in `kept` which entries of a list remain."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return _BLANK
    if isinstance(value, dict):
        filled = {key: _filled(part, (*pointer, key), kept) for key, part in value.items()}
        lacks = any(filled.get(key) is _BLANK or filled.get(key) == [] for key in ESSENCE if key in value)
        there = {key: part for key, part in filled.items() if part is not _BLANK}
        return _BLANK if (value and not there) or (pointer and lacks) else there
    if isinstance(value, list):
        parts = [_filled(part, (*pointer, n), kept) for n, part in enumerate(value)]
        remaining: tuple[int, ...] = tuple(n for n, part in enumerate(parts) if part is not _BLANK)
        if len(remaining) < len(value):
            kept[pointer] = remaining
        return [parts[n] for n in remaining]
    return value
