"""What a change is: values that the formats put into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What has happened."""

    ADDED = "added"
    """It is new."""
    REMOVED = "removed"
    """It is gone."""
    CHANGED = "changed"
    """It says something else, or stands elsewhere."""


@dataclass(frozen=True)
class Edit:
    """Words of a text that gave way to others, with a few words of what stands around them."""

    before: str
    removed: str
    added: str
    after: str


@dataclass(frozen=True)
class Change:
    """One thing that has changed."""

    part: str
    """The part of the report, such as `criterion 1.2`."""
    what: str
    """What has happened to it, such as `score 65% → 64%`."""
    kind: Kind = Kind.CHANGED
    edits: tuple[Edit, ...] = ()
    """What changed in its text; of an added or removed text its beginning."""


@dataclass(frozen=True)
class Group:
    """The changes of one inspection, or of what all inspections share."""

    inspection: str
    """The folder of the inspection, or '' for what all share."""
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """All that changed, in the order of the report, and what could not be compared."""

    groups: tuple[Group, ...]
    uncompared: tuple[str, ...] = ()
    """The reasons, each a sentence that names the file."""
