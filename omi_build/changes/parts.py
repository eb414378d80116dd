"""What has changed between two versions of any part of the model.

Every field of a part is compared, so nothing that a part may come to hold is passed over in silence; `LISTED` says how
the items of each kind of list are called and told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from omi_build.changes.texts import edits, match, shortened
from omi_build.changes.told import Change, Edit, Kind
from omi_build.model.common import EditorNote, Figure, FigureTable, NotAvailable, Prose, Unit
from omi_build.model.dates import PartialDate
from omi_build.model.framework import Band, Criterion, Question, Rating, Section, SharedText, Stratum, Thread
from omi_build.model.inspection import (
    Chapter,
    Correction,
    GoodPractice,
    Member,
    Part,
    Recommendation,
    Role,
    SectionSummary,
    Target,
    TargetTable,
    ThreadScore,
    ThreadSummary,
)
from omi_build.model.programme import Abbreviation, Area, Region, Term, Theme
from omi_build.words import counted, listed, quantity


@dataclass(frozen=True)
class Where:
    """The part of a report that a change is told of, and the way inside it."""

    part: str = ""
    """Such as `criterion 1.2`; '' where each thing inside is a part of its own."""
    path: str = ""
    """Such as `strength (b)`; '' for the part itself."""

    def inside(self, name: str) -> Where:
        """Return where the thing of this name inside it stands."""
        if not self.part:
            return Where(name)
        return Where(self.part, f"{self.path}, {name}" if self.path and name else self.path or name)

    def change(self, what: str, kind: Kind = Kind.CHANGED) -> Change:
        """Return the change of something in it: `strength (b): evidence 1.2.3 added`."""
        return Change(self.part, f"{self.path}: {what}" if self.path else what, kind)

    def became(self, what: str, kind: Kind = Kind.CHANGED, edits: tuple[Edit, ...] = ()) -> Change:
        """Return the change of this itself: `strength (b) added`."""
        return Change(self.part, f"{self.path} {what}".strip(), kind, edits)


@dataclass(frozen=True)
class Listed:
    """How the items of a list are told."""

    noun: str
    """What one is called, such as `strength`; '' where its mark says all."""
    keys: tuple[str, ...] = ()
    """The fields that tell one from another, and name it; none where only its text does."""
    text: str = ""
    """The field by which an item is known again when its keys are others; '' where there is none."""
    quoted: bool = True
    """Whether the keys are words of the content, rather than a letter or a number."""
    plural: str = ""
    """What several are called, where that is not the noun with an s."""

    @property
    def nouns(self) -> str:
        """What several are called."""
        return self.plural or (f"{self.noun}s" if self.noun else "entries")

    def mark(self, item: Any) -> str:
        """Return what tells an item from others, as written: its letter, number or title; '' without any."""
        values = [getattr(item, key) for key in self.keys]
        return ", ".join(v.iso() if isinstance(v, PartialDate) else str(v) for v in values if v not in ("", None))

    def words(self, item: Any) -> str:
        """Return the text by which an item is known again."""
        return str(getattr(item, self.text))

    def name(self, item: Any) -> str:
        """Return what an item is called in a line: its noun and its mark."""
        mark = self.shown(self.mark(item))
        return f"{self.noun} {mark}".strip()

    def shown(self, mark: str) -> str:
        """Return a mark as it is shown: a letter in brackets, words in quotation marks."""
        if not mark:
            return ""
        return f"‘{mark}’" if self.quoted else f"({mark})" if mark.isalpha() else mark


STRENGTH = Listed("strength", ("letter",), "text", quoted=False)
AREA_FOR_IMPROVEMENT = Listed("area for improvement", ("letter",), "text", quoted=False, plural="areas for improvement")

LISTED: dict[type, Listed] = {
    Abbreviation: Listed("", ("short",)),
    Area: Listed("", ("title",), "id"),
    Band: Listed("band", ("title",), "conclusion"),
    Chapter: Listed("chapter", ("title",), "id"),
    Correction: Listed("correction of", ("date",), "text", quoted=False, plural="corrections of"),
    Criterion: Listed("criterion", ("ref",), quoted=False, plural="criteria"),
    EditorNote: Listed("editor’s note", (), "text"),
    Figure: Listed("row", ("label",)),
    FigureTable: Listed("table", ("title",)),
    GoodPractice: Listed("good practice", ("title",), "text", plural="good practice"),
    Member: Listed("", ("name",)),
    Part: Listed("part", ("title",), "text"),
    Question: Listed("question", ("ref",), "text", quoted=False),
    Rating: Listed("rating", ("title",), "rating"),
    Recommendation: Listed("recommendation", ("number",), "text", quoted=False),
    Region: Listed("region", ("title",), "id"),
    Role: Listed("", ("role",)),
    Section: Listed("section", ("number",), quoted=False),
    SectionSummary: Listed("summary of section", ("section",), quoted=False, plural="summaries of sections"),
    SharedText: Listed("text", ("title",), "id"),
    Stratum: Listed("type of case", ("title",), "stratum", plural="types of case"),
    Target: Listed("target", ("measure", "detail"), "measure"),
    TargetTable: Listed("table of targets", ("title",), plural="tables of targets"),
    Term: Listed("", ("term",)),
    Theme: Listed("", ("title",), "id"),
    Thread: Listed("thread", ("title",), "thread"),
    ThreadScore: Listed("published score of", ("thread",), plural="published scores of"),
    ThreadSummary: Listed("summary of", ("thread",), plural="summaries of"),
}
"""How each kind of list is told, by the type of its items."""

NAMES = {
    "about": "description",
    "at": "line",
    "from_": "lower edge",
    "isbn_pdf": "ISBN of the PDF",
    "long": "stands for",
    "isbn_print": "ISBN of the print",
    "of": "base",
    "published_thread_scores": "published scores",
    "source_of_scores": "source of the scores",
}
"""Fields that aren't called in words as they are in code."""


def name_of(field: str) -> str:
    """Return what a field is called in words."""
    return NAMES.get(field, field.replace("_", " "))


def fields_changed(
    where: Where, before: Any, after: Any, passed_over: Sequence[str] = (), unit: Unit | None = None
) -> Iterator[Change]:
    """Yield what differs between two versions of one part, field by field, but for the fields `passed_over`.

    `unit` is that of the figures where the fields don't say it.
    """
    units = [getattr(version, "unit", unit) for version in (before, after)]
    for field in fields(before):
        values = getattr(before, field.name), getattr(after, field.name)
        if field.compare and values[0] != values[1] and field.name not in passed_over:
            yield from value_changed(where, name_of(field.name), *values, units)


def value_changed(
    where: Where, name: str, before: Any, after: Any, units: Sequence[Unit | None] = (None, None)
) -> Iterator[Change]:
    """Yield what differs between two values of one field, which do differ."""
    if isinstance(before, Prose) or isinstance(after, Prose):
        yield text_changed(where if name == "text" and where.path else where.inside(name), before, after)
    elif isinstance(before, tuple) or isinstance(after, tuple):
        yield from list_changed(where, name, before or (), after or ())
    elif _is_part(before) and _is_part(after):
        yield from fields_changed(where.inside(name), before, after, unit=units[0])
    else:
        old, new = shown(before, units[0]), shown(after, units[1])
        if not old or not new:
            kind = Kind.REMOVED if old else Kind.ADDED
            yield where.change(f"{name} {old or new} {kind.value}", kind)
        else:
            yield where.change(f"{name} {old} → {new}")


def text_changed(where: Where, before: Prose | None, after: Prose | None) -> Change:
    """Return what changed in a text, or that it is new or gone."""
    old, new = str(before or ""), str(after or "")
    if not old or not new:
        kind = Kind.ADDED if new else Kind.REMOVED
        return where.became(kind.value, kind, whole(new or old, kind))
    changed = edits(old, new)
    return where.became("changed" if changed else "changed in its line breaks alone", edits=changed)


def list_changed(where: Where, name: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    """Yield what differs between two lists: items added, removed, moved and changed, or their order."""
    if type((before or after)[0]) in LISTED:
        yield from items_changed(where, items_of(before), items_of(after))
        return
    came = [shown(item) for item in after if item not in before]
    went = [shown(item) for item in before if item not in after]
    parts = [f"{listed(words)} {kind.value}" for words, kind in ((came, Kind.ADDED), (went, Kind.REMOVED)) if words]
    yield where.change(f"{name}: {', '.join(parts) or 'another order'}")


Item = tuple[Listed, Any]
"""An item of a list, with how it is told."""

Inside = Callable[[Where, Any, Any], Iterator[Change]]
"""What tells the changes inside an item that stayed: given where it stands, and both its versions."""


def items_of(items: Sequence[Any]) -> list[Item]:
    """Return items of one type with how they are told."""
    return [(LISTED[type(item)], item) for item in items]


def items_changed(
    where: Where, before: Sequence[Item], after: Sequence[Item], inside: Inside | None = None
) -> Iterator[Change]:
    """Yield what differs between two lists of items, which may be of several kinds (strengths, areas for improvement).

    Changes inside an item are told by `inside`, or else field by field.
    """
    known = all(listing.text for listing, _ in (*before, *after))
    found = match(before, after, key=_name, text=_words if known else None)
    for kind, places, items in ((Kind.REMOVED, found.removed, before), (Kind.ADDED, found.added, after)):
        for n in places:
            yield where.inside(_name(items[n])).became(kind.value, kind, _text(items[n], kind))
    moved = [(one, other) for one, other in found.pairs if _name(before[one]) != _name(after[other])]
    yield from _moved(where, before, after, moved)
    for one, other in found.pairs:
        old, (listing, new) = before[one][1], after[other]
        if old != new:
            here = where.inside(listing.name(new))
            yield from inside(here, old, new) if inside else fields_changed(here, old, new, listing.keys)
    stayed = [one for one, _ in found.pairs]
    if stayed != sorted(stayed) and not moved:
        nouns = listed(sorted({listing.nouns for listing, _ in before}))
        yield where.inside(f"order of the {nouns}").became("changed")


def _name(item: Item) -> str:
    return item[0].name(item[1])


def _words(item: Item) -> str:
    return item[0].words(item[1])


def _text(item: Item, kind: Kind) -> tuple[Edit, ...]:
    """Return the text of an item that came or went, where it has one."""
    listing, value = item
    return whole(_words(item), kind) if listing.text and isinstance(getattr(value, listing.text), Prose) else ()


def _moved(
    where: Where, before: Sequence[Item], after: Sequence[Item], moved: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """Yield the items that are called otherwise; those that moved on together are told as one."""
    runs: list[list[tuple[int, int]]] = []
    for one, other in moved:
        kinds = (before[one][0], after[other][0])
        follows = runs and runs[-1][-1] == (one - 1, other - 1) and not kinds[0].quoted
        if follows and (before[one - 1][0], after[other - 1][0]) == kinds:
            runs[-1].append((one, other))
        else:
            runs.append([(one, other)])
    for run in runs:
        olds, news = [before[one] for one, _ in run], [after[other] for _, other in run]
        new = _called(news)
        if olds[0][0] is news[0][0]:
            new = new.removeprefix(f"{news[0][0].noun if len(run) == 1 else news[0][0].nouns} ")
        yield where.inside(_called(olds)).became(f"{'is' if len(run) == 1 else 'are'} now {new}")


def _called(items: Sequence[Item]) -> str:
    """Return what one item is called, or several in a row: `strengths (b) to (e)`."""
    if len(items) == 1:
        return _name(items[0])
    listing = items[0][0]
    first, last = (listing.shown(listing.mark(item)) for _, item in (items[0], items[-1]))
    return f"{listing.nouns} {first} {'to' if items[1:-1] else 'and'} {last}"


def whole(text: str, kind: Kind) -> tuple[Edit, ...]:
    """Return the beginning and the end of a text that was added or removed, as an edit."""
    words = shortened(text.split())
    return (Edit("", "", words, ""),) if kind is Kind.ADDED else (Edit("", words, "", ""),)


def shown(value: Any, unit: Unit | None = None) -> str:
    """Return a value for a reader; '' where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return quantity(value, unit) if unit else str(value)
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, NotAvailable):
        return f"[{value.shorthand}] ({value.reason})"
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, dict):
        return counted(len(value), "entry", "entries")
    if is_dataclass(value):
        stated = [getattr(value, field.name) for field in fields(value) if field.compare]
        return " ".join(text for text in (shown(one, unit) for one in stated) if text)
    if isinstance(value, tuple):
        return listed([shown(one, unit) for one in value])
    return f"‘{shortened(str(value).split())}’"


def _is_part(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, NotAvailable | PartialDate)
