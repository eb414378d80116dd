"""What a report gives to the pages across reports, in parts that can be kept and had again one by one.

A page across reports needs little of each report: its name and scores, or what stands under one criterion. So a public
report is taken apart into aspects, each kept by itself, and put together again of those that a page needs. What all reports
share (the questions of a framework, the areas, the themes) is kept as a reference to the programme's own.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from omi_build.languages import ENGLISH, WELSH
from omi_build.model.common import NOWHERE
from omi_build.model.inspection import Narrative
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from omi_build.model.programme import Programme
    from omi_build.publication import PublicCriterion, PublicReport, PublicSection

CARD = "card"
"""What lists say of a report: no text of its findings, but its scores and conclusions."""

ENTRIES = "entries"
"""Its examples of good practice and its recommendations."""

TARGETS = "targets"

WITHDRAWN = "withdrawn"
"""The notice of a report that was taken back: all that is left of it."""

ROWS = "rows"
"""Its rows in the tables of all reports."""

_MODEL = ("omi_build.model.", "omi_build.publication", "omi_build.scoring", "omi_build.targets", "omi_build.intervals")
_OTHERS = {
    ("omi_build.scan", "Hiding"),
    ("omi_build.disclosure", "Withheld"),
    ("omi_build.languages", "Line"),
    ("fractions", "Fraction"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("builtins", "frozenset"),
}


def criterion(ref: str) -> str:
    """Return the name of the aspect that is a criterion: its questions and its findings."""
    return f"criterion {ref}"


def of_theme(identifier: str) -> str:
    """Return the name of the aspect that is a theme: the criteria with those findings alone that are marked with it."""
    return f"theme {identifier}"


def aspects_of(report: PublicReport) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each aspect of a report."""
    yield CARD, _card(report)
    yield ENTRIES, (report.good_practice, report.recommendations)
    yield TARGETS, report.targets
    for ref, (_section, one) in report.criteria.items():
        yield criterion(ref), one
    for theme in report.themes:
        yield of_theme(theme.id), tuple(_marked(report, theme.id))


def put_together(card: PublicReport, aspects: Mapping[str, Any]) -> PublicReport:
    """Return a report with those of its aspects that are given; what belongs to others is empty."""
    good_practice, recommendations = aspects.get(ENTRIES, ((), ()))

    criteria = {one.criterion.ref: one for name, one in aspects.items() if name.startswith(criterion(""))}
    criteria |= {
        one.criterion.ref: one for name, many in aspects.items() if name.startswith(of_theme("")) for one in many
    }

    def whole(section: PublicSection) -> PublicSection:
        return replace(section, criteria=tuple(criteria.get(one.criterion.ref, one) for one in section.criteria))

    return replace(
        card,
        good_practice=good_practice,
        recommendations=recommendations,
        targets=aspects.get(TARGETS, ()),
        sections=tuple(map(whole, card.sections)),
    )


def _card(report: PublicReport) -> PublicReport:
    return replace(
        report,
        about=replace(report.about, context=(), team=()),
        sections=tuple(
            replace(section, summary=None, summary_notes=(), criteria=tuple(map(_bare, section.criteria)))
            for section in report.sections
        ),
        threads=tuple(replace(thread, questions=(), summary=None) for thread in report.threads),
        narrative=Narrative(chapters=tuple(replace(chapter, parts=()) for chapter in report.narrative.chapters)),
        good_practice=(),
        recommendations=(),
        targets=(),
        earlier=tuple(map(_card, report.earlier)),
    )


def _marked(report: PublicReport, theme: str) -> Iterator[PublicCriterion]:
    """Yield the criteria that have findings with a theme, with those alone."""
    for _section, one in report.criteria.values():
        strengths = tuple(finding for finding in one.strengths if theme in finding.themes)
        improvements = tuple(finding for finding in one.areas_for_improvement if theme in finding.themes)
        if strengths or improvements:
            yield replace(_bare(one), strengths=strengths, areas_for_improvement=improvements)


def _bare(one: PublicCriterion) -> PublicCriterion:
    return replace(one, questions=(), edges=(), strengths=(), areas_for_improvement=(), comment=None, editor_notes=())


class Shared:
    """What all reports share of a programme, each part with a name under which it is kept."""

    def __init__(self, programme: Programme) -> None:
        """Take the programme; its Welsh words are a part of it."""
        self._parts: dict[str, Any] = {}
        for language, told in ((ENGLISH, programme), (WELSH, programme.in_welsh)):
            for name in ("frameworks", "areas", "glossary", "themes"):
                self._note(f"{language}/{name}", getattr(told, name))
        # In Welsh most parts are the same ones; each has the first name that it was met under.
        self._names: dict[int, str] = {}
        for name, part in self._parts.items():
            self._names.setdefault(id(part), name)

    def _note(self, name: str, part: Any) -> None:
        if isinstance(part, tuple):
            for n, item in enumerate(part):
                self._note(f"{name}/{n}", item)
        elif inside := _fields(part.__class__):
            self._parts[name] = part
            for field in inside:
                self._note(f"{name}/{field}", getattr(part, field))

    def packed(self, value: Any) -> bytes:
        """Return a value of the model as bytes; the same value gives the same bytes.

        Where its parts stand in the content is left out: it matters to no page, and an edit above a text would change
        what is kept of it.
        """
        out = io.BytesIO()
        _Pickler(out, self._names).dump(value)
        return out.getvalue()

    def unpacked(self, raw: bytes) -> Any:
        """Return the value that was packed; raises pickle.UnpicklingError where other things than the model's stand in it."""
        return _Unpickler(io.BytesIO(raw), self._parts).load()


class _Pickler(pickle.Pickler):
    def __init__(self, out: io.BytesIO, names: Mapping[int, str]) -> None:
        super().__init__(out, protocol=5)
        # Whether two equal texts are one object in memory is chance, and must not show.
        self.fast = True
        self._names = names

    def persistent_id(self, obj: Any) -> str | None:
        if obj.__class__ is Source:
            return "nowhere"
        return self._names.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of the model: whoever puts a file into the cache runs no code by it."""

    def __init__(self, raw: io.BytesIO, parts: Mapping[str, Any]) -> None:
        super().__init__(raw)
        self._parts = parts

    def persistent_load(self, pid: Any) -> Any:
        return NOWHERE if pid == "nowhere" else self._parts[pid]

    def find_class(self, module: str, name: str) -> type:
        # It is asked for with each value that is had again.
        found = _FOUND.get((module, name))
        return self._found(module, name) if found is None else found

    def _found(self, module: str, name: str) -> type:
        if (module, name) in _OTHERS or module.startswith(_MODEL):
            found = super().find_class(module, name)
            if isinstance(found, type):
                _FOUND[module, name] = found
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of the model")


_FOUND: dict[tuple[str, str], type] = {}
"""Classes of the model by module and name, as far as they were asked for."""


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name != "source") if is_dataclass(kind) else ()
