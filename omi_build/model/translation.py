"""The words of a part of the content in another language.

A translation is a file of the same form beside the original, in a folder `cy`: the same keys, and under them the words
in Welsh. It is held against the original, whose schema so is its own: what it names must be there, what isn't words must
be the same or left out, and what it leaves out isn't translated yet. What comes of it is one mapping from places in the
originals to words, from which any part of the model can be had in Welsh, with the original's words, marked as such,
where there are no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from omi_build.languages import ENGLISH, WELSH, Line
from omi_build.model.common import Prose, Sourced
from omi_build.model.inspection import CaseScores
from omi_build.model.record import History
from omi_build.model.walk import parts_of
from omi_build.problems import Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from omi_build.documents import Document

T = TypeVar("T")

Words = Mapping[Source, Prose]
"""What stands in another language for the text at a place of the original; each text knows its own place."""

LINES = frozenset(
    "title short_title about note statement label reason long term role detail comparator period measure geography "
    "target_geography lead_body inspectorate text".split()
)
"""Keys under which a line of text is words, and no name, identifier or figure."""

WORDS = LINES | frozenset("means comment caution bands_note ratings_note source reconstruction signed_by".split())
"""Keys under which words stand in the documents."""

KEYS = ("id", "ref", "letter", "number", "section", "thread", "short", "conclusion", "rating", "stratum", "shorthand")
"""Keys that say which entry of a list is meant; where entries have none of them, their order does."""

HINT = "A file in cy has the keys of the file that it translates: copy that file, and put the words into Welsh."


def words_of_translation(original: Document, translation: Document) -> tuple[dict[Source, Prose], list[Problem]]:
    """Return the words that a translation has for places of its original, and where the two don't fit each other."""
    words: dict[Source, Prose] = {}
    problems: list[Problem] = []
    for place, source, text in _held(original.value, translation.value, original.source, translation.source, problems):
        words[place] = Prose(text.strip(), source=source, language=translation.language)
    return words, problems


def in_language(part: T, words: Words, language: str, original: str = ENGLISH) -> T:
    """Return a part of the model in a language; a text that has no words in it stays, marked as of the `original`'s."""
    return cast("T", _spoken(part, Source(""), words, language, original))


def with_words(value: Any, at: Source, words: Words) -> Any:
    """Return the plain value of a document with the words of another language in the places of its own."""
    if at in words:
        return words[at].text
    if isinstance(value, dict):
        return {key: with_words(part, at.child(key), words) for key, part in value.items()}
    if isinstance(value, list):
        return [with_words(part, at.child(n), words) for n, part in enumerate(value)]
    return value


def untranslated(part: Any, words: Words) -> Iterator[Prose]:
    """Yield each text of a part of the model that has no words in the other language."""
    yield from foreign(in_language(part, words, WELSH), WELSH)


def foreign(part: Any, language: str) -> Iterator[Prose]:
    """Yield each text inside a part of the model that is in another language than this."""
    yield from (text for text in parts_of(part) if isinstance(text, Prose) and text.language not in {"", language})


def _held(
    old: Any, new: Any, at: Source, source: Source, problems: list[Problem]
) -> Iterator[tuple[Source, Source, str]]:
    """Yield (place in the original, place in the translation, words) of each text; append what doesn't fit."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key not in old:
                message = f"the file that this translates has no {key} here"
                problems.append(Problem(source.child(key), "OMI901", message, HINT, at_key=True))
            elif key in WORDS and isinstance(old[key], str) and isinstance(value, str):
                yield at.child(key), source.child(key), value
            else:
                yield from _held(old[key], value, at.child(key), source.child(key), problems)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _held_in_list(old, new, at, source, problems)
    elif type(old) is not type(new) or old != new:
        told = f"`{old}`" if isinstance(old, str | int | float) else "something else"
        message = f"here stands {told} in the file that this translates, and only words may differ"
        problems.append(Problem(source, "OMI902", message, "Write the same, or leave the key out."))


def _held_in_list(
    old: list[Any], new: list[Any], at: Source, source: Source, problems: list[Problem]
) -> Iterator[tuple[Source, Source, str]]:
    key = _key(old)
    if not key and len(old) != len(new):
        message = f"{len(new)} {'stands' if len(new) == 1 else 'stand'} here and {len(old)} in the file that this translates, so nobody knows which is which"
        hint = "Give as many, in the same order; leave the words out of those that aren't translated."
        problems.append(Problem(source, "OMI901", message, hint))
        return
    places = {item[key]: n for n, item in enumerate(old)} if key else {}
    for n, item in enumerate(new):
        name = item.get(key) if key and isinstance(item, dict) else None
        place = places.get(name) if key else n
        if place is None:
            message = f"the file that this translates has no {key} {name} here" if name else f"this has no {key}"
            where = source.child(n, key) if name else source.child(n)
            problems.append(Problem(where, "OMI901", message, HINT))
            continue
        yield from _held(old[place], item, at.child(place), source.child(n), problems)


def _key(items: Iterable[Any]) -> str:
    """Return the key by which the entries of a list are told from each other, or ''."""
    listed = list(items)
    if not listed or not all(isinstance(item, dict) for item in listed):
        return ""
    return next((key for key in KEYS if len({item.get(key) for item in listed} - {None}) == len(listed)), "")


def _spoken(part: Any, at: Source, words: Words, language: str, original: str) -> Any:
    if isinstance(part, Prose):
        found = words.get(at)
        text = found.text if found else part.text
        return Prose(text, source=found.source if found else part.source, language=language if found else original)
    if isinstance(part, tuple):
        return tuple(_spoken(item, _place(item, at.child(n)), words, language, original) for n, item in enumerate(part))
    if not is_dataclass(part) or isinstance(part, type | CaseScores | History):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        place = at.child(RENAMED.get(field.name, field.name))
        if isinstance(value, str) and field.name in LINES and value:
            found = words.get(place)
            changed[field.name] = Line(found.text if found else value, language if found else original, value)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[field.name] = _spoken(value, _place(value, place), words, language, original)
    return replace(cast("Any", part), **changed) if changed else part


def _place(part: Any, otherwise: Source) -> Source:
    """Return where a part stands: as it says itself, or where its whole says."""
    return part.source if isinstance(part, Sourced) and part.source.path else otherwise


RENAMED = {"from_": "from", "source_of_scores": "source"}
"""Fields whose key in the documents is another."""

_FIGURE = re.compile(r"[0-9][0-9,.]*(?<![.,])%?")


def figures_in(text: str) -> list[str]:
    """Return the figures of a text in digits, sorted: what must be the same in every language."""
    return sorted(figure.replace(",", "") for figure in _FIGURE.findall(text))
