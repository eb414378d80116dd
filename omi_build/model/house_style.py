"""How the inspectorate writes (`house_style.yaml`): words, numbers, abbreviations, spelling. All of it is optional."""

from __future__ import annotations

from dataclasses import dataclass

from omi_build.model.common import Sourced
from omi_build.model.dates import PartialDate


@dataclass(frozen=True)
class Wording(Sourced):
    """What is written instead of what: plain words, never patterns."""

    write: str
    instead_of: tuple[str, ...]
    why: str
    safe: bool = False
    """Whether `write` is the one right answer wherever one of the others stands."""


@dataclass(frozen=True)
class NumberStyle(Sourced):
    """How numbers are written in sentences."""

    words_below: int = 0
    """Counts below it are written in words; 0 judges none."""
    per_cent_sign: bool = False
    """Whether a figure takes the sign % instead of the words."""


@dataclass(frozen=True)
class AbbreviationStyle(Sourced):
    """How abbreviations are brought in."""

    from_: PartialDate
    """The fieldwork from which reports write each out at its first use."""
    as_they_are: tuple[str, ...] = ()
    """Abbreviations that need no writing out."""


@dataclass(frozen=True)
class SpellingStyle(Sourced):
    """How words are spelt."""

    right: tuple[str, ...] = ()
    """Words that the dictionary lacks and that are right."""
    ise: bool = False
    """Whether organise is written, not organize."""


@dataclass(frozen=True)
class HouseStyle(Sourced):
    """The house style."""

    words: tuple[Wording, ...] = ()
    numbers: NumberStyle | None = None
    abbreviations: AbbreviationStyle | None = None
    spelling: SpellingStyle | None = None
    """Without it spelling isn't judged."""
