"""The programme: every framework, area and inspection of a content folder."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from omi_build.languages import WELSH
from omi_build.model.common import Prose, Sourced
from omi_build.model.framework import Framework
from omi_build.model.house_style import HouseStyle
from omi_build.model.inspection import Inspection
from omi_build.model.record import Version
from omi_build.model.redirects import Redirects
from omi_build.model.translation import Words, in_language


@dataclass(frozen=True)
class Region(Sourced):
    """A region of probation areas."""

    id: str
    title: str


@dataclass(frozen=True)
class Tile:
    """A place on the tile map, counted from 1 in the north-west."""

    column: int
    row: int


@dataclass(frozen=True)
class Area(Sourced):
    """A probation area."""

    id: str
    title: str
    region: str
    country: str
    tile: Tile | None = None
    synthetic: bool = False
    """Whether the area is made up."""
    short_title: str = ""
    """A name for narrow places, such as the map on a phone."""


@dataclass(frozen=True)
class Areas(Sourced):
    """The areas and their regions (`areas.yaml`)."""

    regions: tuple[Region, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Abbreviation(Sourced):
    """An abbreviation and what it stands for."""

    short: str
    long: str
    also: tuple[str, ...] = ()
    about: str = ""

    def stands_in(self, words: AbstractSet[str]) -> bool:
        """Say whether a set of words (as `model.walk.words_of` gives it) has one of its forms, plural or not."""
        forms = [re.findall(r"[A-Za-z0-9]+", form) for form in (self.short, *self.also)]
        return any(all(word in words or f"{word}s" in words for word in form) for form in forms)


@dataclass(frozen=True)
class Term(Sourced):
    """A word with a meaning of its own in inspections."""

    term: str
    means: Prose


@dataclass(frozen=True)
class Glossary(Sourced):
    """Abbreviations and terms (`glossary.yaml`)."""

    abbreviations: tuple[Abbreviation, ...] = ()
    terms: tuple[Term, ...] = ()

    @cached_property
    def expansions(self) -> dict[str, str]:
        """What each form of each abbreviation stands for."""
        return {form: entry.long for entry in self.abbreviations for form in (entry.short, *entry.also)}

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each term of several words means, on one line.

        Texts mark these where they stand. A single word (strength, target, licence) is everyday English as often as not.
        """
        return {entry.term: " ".join(entry.means.text.split()) for entry in self.terms if len(entry.term.split()) > 1}


@dataclass(frozen=True)
class Theme(Sourced):
    """A subject that findings, good practice and recommendations are marked with."""

    id: str
    title: str
    about: Prose


@dataclass(frozen=True)
class Themes(Sourced):
    """The themes (`themes.yaml`)."""

    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True)
class EarlierVersion:
    """A version of a report that a correction has overtaken, whole."""

    version: Version
    inspection: Inspection


@dataclass(frozen=True)
class Programme:
    """All that the content says, typed."""

    frameworks: tuple[Framework, ...] = ()
    areas: Areas = field(default_factory=Areas)
    glossary: Glossary = field(default_factory=Glossary)
    themes: Themes = field(default_factory=Themes)
    inspections: tuple[Inspection, ...] = ()
    unread: frozenset[str] = frozenset()
    """Paths of files that are there but could not be read; no rule takes what they would say for missing."""
    partial: bool = False
    """Whether there are more inspections than these; rules that look for what none uses hold their peace."""
    base: Programme | None = None
    """What all inspections share, where that was built by itself."""
    judged: bool = False
    """Whether what all inspections share was judged by itself, so that rules look at the inspections alone."""
    earlier: tuple[EarlierVersion, ...] = ()
    """Versions of published reports that a correction has overtaken."""
    house_style: HouseStyle = field(default_factory=HouseStyle)
    """How texts are written; what it doesn't say isn't judged."""
    redirects: Redirects = field(default_factory=Redirects)
    """Addresses that moved."""
    words: Words = field(default_factory=dict)
    """What stands in Welsh for texts of all of it, reports among them."""

    @cached_property
    def in_welsh(self) -> Programme:
        """What all reports share, in Welsh: frameworks, areas, glossary and themes."""
        if self.base is not None:
            told = self.base.in_welsh
            return replace(
                self, frameworks=told.frameworks, areas=told.areas, glossary=told.glossary, themes=told.themes
            )
        return replace(
            self,
            frameworks=in_language(self.frameworks, self.words, WELSH),
            areas=in_language(self.areas, self.words, WELSH),
            glossary=in_language(self.glossary, self.words, WELSH),
            themes=in_language(self.themes, self.words, WELSH),
        )

    @property
    def shared_texts(self) -> tuple[Sourced, ...]:
        """The parts with texts that all inspections share, as far as they are still to be judged."""
        return () if self.judged else (*self.frameworks, self.glossary, self.themes)

    def lacks(self, name: str) -> bool:
        """Say whether a file, or one of a folder (`frameworks/`), could not be read."""
        return any(f"/{name}" in f"/{path}" for path in self.unread)

    @cached_property
    def framework_by_id(self) -> dict[str, Framework]:
        """The frameworks by identifier."""
        return {framework.id: framework for framework in self.frameworks}

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        """The areas by identifier."""
        return {area.id: area for area in self.areas.areas}

    @cached_property
    def region_by_id(self) -> dict[str, Region]:
        """The regions by identifier."""
        return {region.id: region for region in self.areas.regions}
