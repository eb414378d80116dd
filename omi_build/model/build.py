"""Makes the programme out of checked documents.

A key of a document is the field of the same name, so one function builds every type from its annotations; the few
names that Python or the field's own `source` forbid are in `RENAMED`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from omi_build.documents import translated_file
from omi_build.model.common import Prose
from omi_build.model.dates import PartialDate
from omi_build.model.framework import Framework
from omi_build.model.house_style import HouseStyle
from omi_build.model.inspection import (
    About,
    CaseScores,
    CriterionFindings,
    GoodPractice,
    Inspection,
    Narrative,
    Recommendation,
    TargetTable,
)
from omi_build.model.programme import Areas, EarlierVersion, Glossary, Programme, Themes
from omi_build.model.record import Version
from omi_build.model.redirects import Redirects
from omi_build.model.translation import RENAMED, words_of_translation
from omi_build.problems import Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from omi_build.documents import Document
    from omi_build.model.record import History


class _BadDate(ValueError):
    """A day that the calendar doesn't have; carries its place."""

    def __init__(self, text: object, source: Source) -> None:
        super().__init__(str(text))
        self.source = source


def version_of(document: Document) -> Version | Problem:
    """Return the version that a document states, or what is wrong with its date."""
    try:
        version: Version = _build(Version, document.value, document.source)
    except _BadDate as error:
        return _no_such_day(error)
    return version


def _no_such_day(error: _BadDate) -> Problem:
    return Problem(error.source, "OMI207", f"there is no such day as {error}", "Look the day up in a calendar.")


def build_programme(
    documents: Iterable[Document],
    broken: Iterable[str] = (),
    *,
    partial: bool = False,
    histories: Mapping[str, History] | None = None,
    base: Programme | None = None,
) -> tuple[Programme, list[Problem]]:
    """Return the programme that the documents state, and the dates among them that don't exist.

    `documents` have passed their schemas; `broken` are the paths of files that did not, so that nothing in them is
    taken for missing. A document with an impossible date is left out like a broken one. `partial` says that there are
    more inspections than these; `histories` holds what was published of each. A folder `<inspection>/<number>` is an
    earlier version. What all inspections share may be built already, and given as `base`.
    """
    problems: list[Problem] = []
    shared = base or Programme()
    bad = {*shared.unread, *broken}
    documents = list(documents)
    words = _words([document for document in documents if document.language], documents, problems, bad)
    frameworks = list(shared.frameworks)
    areas, glossary, themes, house_style = shared.areas, shared.glossary, shared.themes, shared.house_style
    redirects = shared.redirects
    folders: dict[str, dict[str, list[Any]]] = {}
    for document in (one for one in documents if not one.language):
        try:
            value = _from_document(document)
        except _BadDate as error:
            problems.append(_no_such_day(error))
            bad.add(document.source.path)
            continue
        if isinstance(value, Framework):
            frameworks.append(value)
        elif isinstance(value, Areas):
            areas = value
        elif isinstance(value, Glossary):
            glossary = value
        elif isinstance(value, Themes):
            themes = value
        elif isinstance(value, HouseStyle):
            house_style = value
        elif isinstance(value, Redirects):
            redirects = value
        else:
            folders.setdefault(document.folder, {}).setdefault(document.kind, []).append(value)
    known = histories or {}
    whole = {folder: parts for folder, parts in sorted(folders.items()) if "inspection" in parts}
    inspections = tuple(
        replace(_inspection(folder, parts, bad), history=known.get(folder))
        for folder, parts in whole.items()
        if "/" not in folder
    )
    programme = Programme(
        tuple(frameworks),
        areas,
        glossary,
        themes,
        inspections,
        frozenset(bad),
        partial,
        base,
        shared.judged,
        tuple(_earlier(folder, parts, known) for folder, parts in whole.items() if "/" in folder),
        house_style=house_style,
        redirects=redirects,
        words={**shared.words, **words},
    )
    return programme, problems


def _words(
    translations: Iterable[Document], documents: Iterable[Document], problems: list[Problem], broken: AbstractSet[str]
) -> dict[Source, Prose]:
    """Return what all translations have for places of their originals; append what doesn't fit to `problems`."""
    originals = {_file_of(document): document for document in documents if not document.language}
    words: dict[Source, Prose] = {}
    for translation in translations:
        folder, file = _file_of(translation)
        original = originals.get((folder, file))
        if original is not None:
            found, unfit = words_of_translation(original, translation)
            words |= found
            problems += unfit
        elif translated_file(translation.source.path) not in broken:
            message = f"there is no {file} that this could translate"
            problems.append(Problem(translation.source, "OMI901", message, "Rename it, or take it away."))
    return words


def _file_of(document: Document) -> tuple[str, str]:
    """Return the folder and the file that a document stands in, a translation as if it were its original."""
    path = str(document.source.pointer[-1]) if document.source.pointer else document.source.path
    return document.folder, translated_file(path) if document.language else path


def _from_document(document: Document) -> Any:
    kinds: dict[str, Any] = {
        "framework": Framework,
        "areas": Areas,
        "glossary": Glossary,
        "themes": Themes,
        "house_style": HouseStyle,
        "redirects": Redirects,
        "inspection": About,
        "narrative": Narrative,
        "findings": CriterionFindings,
        "case_scores": CaseScores,
    }
    lists: dict[str, tuple[str, Any]] = {
        "good_practice": ("good_practice", GoodPractice),
        "recommendations": ("recommendations", Recommendation),
        "targets": ("tables", TargetTable),
    }
    if document.kind in lists:
        key, kind = lists[document.kind]
        source = document.source.child(key)
        return tuple(_build(kind, part, source.child(n)) for n, part in enumerate(document.value[key]))
    return _build(kinds[document.kind], document.value, document.source)


def _earlier(folder: str, parts: dict[str, list[Any]], histories: Mapping[str, History]) -> EarlierVersion:
    name, _, number = folder.partition("/")
    version = next(one for one in histories[name].versions if str(one.version) == number)
    return EarlierVersion(version, _inspection(name, parts, set()))


def _inspection(folder: str, parts: dict[str, list[Any]], broken: set[str]) -> Inspection:
    def single(kind: str, default: Any) -> Any:
        return parts.get(kind, [default])[0]

    inside = [path for path in broken if f"/inspections/{folder}/" in path]
    return Inspection(
        id=folder,
        about=parts["inspection"][0],
        findings=tuple(parts.get("findings", ())),
        narrative=single("narrative", Narrative()),
        good_practice=single("good_practice", ()),
        recommendations=single("recommendations", ()),
        targets=single("targets", ()),
        case_scores=single("case_scores", None),
        unread=frozenset(
            path.rsplit("/", 1)[-1].removesuffix(".yaml").replace("-", ".") for path in inside if "/findings/" in path
        ),
        answers_unread=any("/case_scores." in path for path in inside),
        incomplete=bool(inside),
    )


Builder = Callable[[Any, Source], Any]
"""Makes a part of the model of a value and its place."""


def _build(kind: Any, value: Any, source: Source) -> Any:
    """Return `value` as the annotated type: a dataclass, enum, tuple, mapping, optional or plain value."""
    builder = _builder(kind)
    return builder(value, source) if builder else value


@cache
def _builder(kind: Any) -> Builder | None:
    """Return what builds an annotated type, made once a type; None for what stays as it is."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _builder(next(part for part in typing.get_args(kind) if part is not type(None)))
    if origin is tuple:
        return _tuple_builder(typing.get_args(kind)[0])
    if origin is dict:
        return _mapping_builder(typing.get_args(kind)[1])
    if kind is Prose:
        return lambda value, source: Prose(value.strip(), source=source)
    if kind is PartialDate:
        return _date
    if kind is int:
        return lambda value, _: int(value)  # to a schema 61.0 is a whole number too
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value, _: kind(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_builder(kind)
    return None


def _is_placeless(kind: Any) -> bool:
    """Say whether what builds an annotated type has no use for its place; of places there are thousands."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _is_placeless(next(part for part in typing.get_args(kind) if part is not type(None)))
    item = typing.get_args(kind)[-1 if origin is dict else 0] if origin in (dict, tuple) else kind
    return item in (int, str) or (isinstance(item, type) and issubclass(item, Enum))


def _tuple_builder(item: Any) -> Builder:
    builder = _builder(item)
    if builder is None:
        return lambda value, _: tuple(value)
    return lambda value, source: tuple(builder(part, source.child(n)) for n, part in enumerate(value))


def _mapping_builder(item: Any) -> Builder:
    if isinstance(item, type) and issubclass(item, Enum):  # of case answers there are thousands
        members = {member.value: member for member in item}
        return lambda value, _: dict(zip(value, map(members.__getitem__, value.values()), strict=True))
    builder = _builder(item)
    if builder is None:
        return lambda value, _: dict(value)
    return lambda value, source: {key: builder(part, source.child(key)) for key, part in value.items()}


def _date(value: Any, source: Source) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except ValueError:
        raise _BadDate(value, source) from None


def _dataclass_builder(kind: type[Any]) -> Builder:
    hints = typing.get_type_hints(kind)
    plain = [field for field in fields(kind) if field.name != "source"]
    named = [(field.name, RENAMED.get(field.name, field.name)) for field in plain]
    parts = [(name, key, _builder(hints[name]), _is_placeless(hints[name])) for name, key in named]
    needed = {field.name for field in plain if field.default is MISSING and field.default_factory is MISSING}
    placed = "source" in hints

    def build(value: dict[str, Any], source: Source) -> Any:
        arguments: dict[str, Any] = {"source": source} if placed else {}
        for name, key, builder, placeless in parts:
            if key in value:
                part = value[key]
                arguments[name] = builder(part, source if placeless else source.child(key)) if builder else part
        if not needed <= arguments.keys():
            lacking = min(needed - arguments.keys())
            message = f"{kind.__name__}.{lacking} is required, but the schema let {source} pass without it"
            raise TypeError(message)
        return kind(**arguments)

    return build
