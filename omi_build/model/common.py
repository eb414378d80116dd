"""Parts that several kinds of document share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from omi_build.model.dates import PartialDate
from omi_build.sources import Source

NOWHERE = Source("")
"""The place of what no file states."""


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """A part that knows where it stands in the content."""

    source: Source = field(default=NOWHERE, compare=False, repr=False)
    """Its place; it takes no part in comparisons."""


@dataclass(frozen=True)
class Prose(Sourced):
    """Text of the content: a little Markdown, never HTML."""

    text: str
    language: str = ""
    """The language that it is in, where a part of the content is had in another than its own."""

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
class EditorNote(Sourced):
    """A public note by the editor beside a text."""

    text: Prose
    explains: tuple[str, ...] = ()
    """Codes of the checks that it answers, for what it stands beside."""


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
class Figure(Sourced):
    """One figure of a table."""

    label: str
    unit: Unit
    value: float | None = None
    not_available: NotAvailable | None = None
    of: int | None = None
    """The base that it is a count or percentage of."""
    measures: str = ""
    """`met` or `not_met`: whether it counts what was done, or what was not."""


@dataclass(frozen=True)
class FigureTable(Sourced):
    """A small table of figures."""

    title: str
    rows: tuple[Figure, ...]
    as_at: PartialDate | None = None
    period: str = ""
    adds_up_to: float | None = None
    """The total that the report states for the rows."""
    note: str = ""
    editor_notes: tuple[EditorNote, ...] = ()
