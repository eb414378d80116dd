"""Finds in the texts of data what a browser would take for HTML. Texts are Markdown; nothing of HTML is understood there."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Any

from omi_build.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omi_build.documents.files import Document
    from omi_build.sources import Pointer

_MARKUP = re.compile(
    r"</?[A-Za-z][^\s<>]{0,40}>?|<[!?][^\s<>]{0,40}|&#[xX]?[0-9A-Fa-f]{1,8};?|&[A-Za-z][A-Za-z0-9]{1,31};"
)

INSTEAD = {"b": "**words**", "strong": "**words**", "i": "*words*", "em": "*words*", "li": "- words"}
"""What Markdown has for a tag."""


def markup_problems(documents: Iterable[Document]) -> Iterator[Problem]:
    """Yield a problem for each text that has a tag, a comment or an entity of HTML in it; `<5` and `R&D` are text."""
    for document in documents:
        for pointer, text in _texts(document.value) if not document.bare and _has_signs(document.value) else ():
            if found := markup_in(text):
                message = f"HTML stands here: {found}"
                yield Problem(document.source.child(*pointer), "OMI011", message, _hint(found), quote=found)


def markup_in(text: str) -> str:
    """Return the first piece of a text that a browser would take for HTML, or ''."""
    for found in _MARKUP.finditer(text) if "<" in text or "&" in text else ():
        piece = found[0]
        if piece.startswith(("<", "&#")) or piece[1:] in html5:
            return piece
    return ""


def _hint(piece: str) -> str:
    if piece.startswith("&"):
        return "Type the sign itself: “é” instead of an entity, “and” or & instead of &amp;."
    if instead := INSTEAD.get(piece.strip("</>").lower()):
        return f"Texts are Markdown; write {instead}."
    return "Texts are Markdown, and HTML is not understood. Leave it out; write “less than” where < is meant."


def _has_signs(value: Any) -> bool:
    """Say whether any text inside a value has a sign with which HTML begins: most files have none, and are passed by."""
    if isinstance(value, str):
        return "<" in value or "&" in value
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return False
    try:
        return _has_signs("".join(value))  # case answers are thousands of words
    except TypeError:
        return any(map(_has_signs, value))


def _texts(value: Any) -> Iterator[tuple[Pointer, str]]:
    """Yield each text inside a value with the steps to it, in order."""
    waiting: list[tuple[Pointer, Any]] = [((), value)]
    while waiting:
        pointer, part = waiting.pop()
        if isinstance(part, str):
            yield pointer, part
        elif isinstance(part, dict):
            waiting += reversed([((*pointer, key), inner) for key, inner in part.items()])
        elif isinstance(part, list):
            waiting += reversed([((*pointer, n), inner) for n, inner in enumerate(part)])
