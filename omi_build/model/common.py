"""Parts that several kinds of document share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from omi_build.model.dates import PartialDate
from omi_build.sources import Source

NOWHERE = Source("")
"""The place of what no file states."""


def source_field() -> Source:
    """Return the field that says where a part stands; it takes no part in comparisons."""
    value: Source = field(default=NOWHERE, compare=False, repr=False)
    return value


@dataclass(frozen=True)
class Prose:
    """Text of the content: a little Markdown, never HTML."""

    text: str
    source: Source = source_field()

    def __str__(self) -> str:
        """Return the text as written."""
        return self.text


@dataclass(frozen=True)
class NotAvailable:
    """A value that can't be given, and why."""

    shorthand: str
    """x not available, c withheld for confidentiality, z not applicable."""
    reason: str


@dataclass(frozen=True)
class EditorNote:
    """A public note by the editor beside a text."""

    text: Prose
    explains: tuple[str, ...] = ()
    """Codes of the checks that it answers, for what it stands beside."""
    source: Source = source_field()


class Unit(Enum):
    """What a figure counts."""

    COUNT = "count"
    PER_CENT = "per_cent"
    PER_CENT_OF_TARGET = "per_cent_of_target"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MILLION_POUNDS = "million_pounds"

    @property
    def is_share(self) -> bool:
        """Whether figures of this unit are rounded shares of something."""
        return self in {Unit.PER_CENT, Unit.PER_CENT_OF_TARGET}


@dataclass(frozen=True)
class Figure:
    """One figure of a table."""

    label: str
    unit: Unit
    value: float | None = None
    not_available: NotAvailable | None = None
    of: int | None = None
    """The base that it is a count or percentage of."""
    measures: str = ""
    """`met` or `not_met`: whether it counts what was done, or what was not."""
    source: Source = source_field()


@dataclass(frozen=True)
class FigureTable:
    """A small table of figures."""

    title: str
    rows: tuple[Figure, ...]
    as_at: PartialDate | None = None
    period: str = ""
    adds_up_to: float | None = None
    """The total that the report states for the rows."""
    note: str = ""
    editor_notes: tuple[EditorNote, ...] = ()
    source: Source = source_field()
