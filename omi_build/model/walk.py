"""Walks the parts of the model, whatever they are: every text, table and figure inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from omi_build.model.common import EditorNote, Figure, FigureTable, Prose


def parts_of(part: Any) -> Iterator[Any]:
    """Yield a part of the model and every part inside it, in order."""
    yield part
    if isinstance(part, tuple):
        for item in part:
            yield from parts_of(item)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if is_dataclass(value) or isinstance(value, tuple):
                yield from parts_of(value)


def texts_of(part: Any) -> Iterator[Prose]:
    """Yield every text inside a part, editors' notes apart: they speak of the text, and quote its figures."""
    if isinstance(part, Prose):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from texts_of(item)
    elif is_dataclass(part) and not isinstance(part, EditorNote):
        for field in fields(part):
            yield from texts_of(getattr(part, field.name))


def tables_of(part: Any) -> Iterator[FigureTable]:
    """Yield every table of figures inside a part."""
    yield from (item for item in parts_of(part) if isinstance(item, FigureTable))


def figures_of(part: Any) -> Iterator[Figure]:
    """Yield every figure inside a part."""
    yield from (item for item in parts_of(part) if isinstance(item, Figure))


def strings_of(part: Any) -> Iterator[str]:
    """Yield every text, title and label inside a part, as plain strings."""
    if isinstance(part, Prose):
        yield part.text
    elif isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for item in part:
            yield from strings_of(item)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name != "source":
                yield from strings_of(getattr(part, field.name))


def words_of(part: Any) -> set[str]:
    """Return every word inside a part: runs of letters and digits, as they are written."""
    return {word for text in strings_of(part) for word in re.findall(r"[A-Za-z0-9]+", text)}
