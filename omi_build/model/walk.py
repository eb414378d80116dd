"""Walks the parts of the model, whatever they are: every text, table and figure inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from omi_build.model.common import EditorNote, Figure, FigureTable, Prose
from omi_build.model.inspection import CaseScores
from omi_build.model.record import History

_WHOLE = (CaseScores, History)
"""What is no text of the report as it stands: the answers, which are thousands, and what was published before."""


_NO_TEXT = (EditorNote, *_WHOLE)


def parts_of(part: Any) -> list[Any]:
    """Return a part of the model and every part inside it, in order; of case answers and what was published before only the whole."""
    found: list[Any] = []
    _collect(part, found)
    return found


def _collect(part: Any, found: list[Any]) -> None:
    found.append(part)
    if isinstance(part, tuple):
        for item in part:
            _collect(item, found)
    elif not isinstance(part, _WHOLE):
        for name in _names(part.__class__):
            value = getattr(part, name)
            if isinstance(value, tuple) or _names(value.__class__):
                _collect(value, found)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a type of the model in which parts can stand; none of other types."""
    return tuple(field.name for field in fields(kind) if field.name != "source") if is_dataclass(kind) else ()


def texts_of(part: Any) -> Iterator[Prose]:
    """Yield every text inside a part, editors' notes apart: they speak of the text, and quote its figures."""
    found: list[Prose] = []
    _collect_texts(part, found)
    yield from found


def _collect_texts(part: Any, found: list[Prose]) -> None:
    if isinstance(part, Prose):
        found.append(part)
    elif isinstance(part, tuple):
        for item in part:
            _collect_texts(item, found)
    elif not isinstance(part, _NO_TEXT):
        for name in _names(part.__class__):
            value = getattr(part, name)
            if isinstance(value, tuple) or _names(value.__class__):
                _collect_texts(value, found)


def tables_of(parts: Iterable[Any]) -> Iterator[FigureTable]:
    """Yield every table of figures among parts."""
    yield from (item for item in parts if isinstance(item, FigureTable))


def figures_of(parts: Iterable[Any]) -> Iterator[Figure]:
    """Yield every figure among parts."""
    yield from (item for item in parts if isinstance(item, Figure))


def strings_of(part: Any) -> Iterator[str]:
    """Yield every text, title and label inside a part, as plain strings."""
    found: list[str] = []
    _collect_strings(part, found)
    yield from found


def _collect_strings(part: Any, found: list[str]) -> None:
    if isinstance(part, str):
        found.append(part)
    elif isinstance(part, Prose):
        found.append(part.text)
    elif isinstance(part, (tuple, list)):
        for item in part:
            _collect_strings(item, found)
    elif not isinstance(part, _WHOLE):
        for name in _names(part.__class__):
            _collect_strings(getattr(part, name), found)


def words_of(part: Any) -> set[str]:
    """Return every word inside a part: runs of letters and digits, as they are written."""
    pieces = set("\n".join(strings_of(part)).split())  # most words stand there many times
    return set(re.findall(r"[A-Za-z0-9]+", "\n".join(pieces)))
