"""A framework: one version of the inspection standards, as data. No code knows how many sections or bands it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from omi_build.model.common import Prose, Sourced, Unit
from omi_build.model.dates import PartialDate


class Assessment(Enum):
    """How the criteria of a section are assessed."""

    SCORED = "scored"
    """From the answers on cases."""
    RATED = "rated"
    """By the inspectors' judgement, on the scale of ratings."""
    DESCRIBED = "described"
    """By findings alone."""


@dataclass(frozen=True)
class Question(Sourced):
    """An item of the case assessment tool."""

    ref: str
    text: str
    threads: tuple[str, ...] = ()
    """The threads that it counts for."""
    summary: bool = False
    """Whether it is the summary question of its criterion."""


@dataclass(frozen=True)
class Criterion(Sourced):
    """A general criterion."""

    ref: str
    title: str
    statement: Prose
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Section(Sourced):
    """A section and its criteria."""

    number: int
    title: str
    assessment: Assessment
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Band(Sourced):
    """A conclusion and the whole per cent that it begins at."""

    conclusion: str
    title: str
    from_: int
    statement: str
    short_title: str = ""
    """A title for narrow places, such as the bars of a chart."""
    needs_recommendation: bool = False


@dataclass(frozen=True)
class Rating(Sourced):
    """One step of the scale of ratings."""

    rating: str
    title: str
    about: str


@dataclass(frozen=True)
class Thread(Sourced):
    """A headline score over the questions that are marked with it."""

    thread: str
    title: str
    about: Prose


@dataclass(frozen=True)
class ScoringRule(Sourced):
    """How a criterion score is made: weights in per cent."""

    questions_weight: int
    summary_weight: int
    about: Prose


@dataclass(frozen=True)
class Stratum(Sourced):
    """A type of case that a sample needs."""

    stratum: str
    title: str
    minimum: int = 0
    """How many such cases a sample should hold at least."""
    group: str = ""
    """Of the strata with the same group, each case belongs to exactly one."""


@dataclass(frozen=True)
class SampleRule(Sourced):
    """The rules for the sample of cases."""

    about: Prose
    minimum_cases: int
    strata: tuple[Stratum, ...] = ()


@dataclass(frozen=True)
class DisclosureRule(Sourced):
    """Which counts are too small to be published."""

    minimum_count: int
    """A count of cases under it is withheld, and one whose complement is under it."""
    note: Prose


@dataclass(frozen=True)
class PriorityLine(Sourced):
    """The line on the score chart, in whole per cent."""

    at: int
    title: str
    note: Prose


@dataclass(frozen=True)
class TargetRule:
    """How targets are judged."""

    near_miss_tolerance: float
    """How far short of a target is still a near miss, in per cent of the target."""
    note: Prose


@dataclass(frozen=True)
class SharedText(Sourced):
    """A text that every report under the framework shares."""

    id: str
    title: str
    text: Prose


@dataclass(frozen=True)
class OutlineChapter:
    """A chapter that every report has."""

    id: str
    title: str


@dataclass(frozen=True)
class OutlineRow:
    """A row of a table that describes an area, without its figure."""

    label: str
    unit: Unit


@dataclass(frozen=True)
class OutlineTable:
    """A table that describes an area, without its figures."""

    title: str
    rows: tuple[OutlineRow, ...]


@dataclass(frozen=True)
class Outline:
    """What a report holds beside its criteria; in titles `{area}` stands for the name of the area."""

    title: str
    roles: tuple[str, ...] = ()
    chapters: tuple[OutlineChapter, ...] = ()
    context: tuple[OutlineTable, ...] = ()


@dataclass(frozen=True)
class Framework(Sourced):
    """One version of the inspection standards."""

    id: str
    title: str
    short_title: str
    inspectorate: str
    in_use_from: PartialDate
    about: Prose
    caution: Prose
    sections: tuple[Section, ...]
    texts: tuple[SharedText, ...]
    scoring: ScoringRule | None = None
    sample: SampleRule | None = None
    disclosure: DisclosureRule | None = None
    priority_line: PriorityLine | None = None
    bands: tuple[Band, ...] = ()
    bands_note: Prose | None = None
    ratings: tuple[Rating, ...] = ()
    ratings_note: Prose | None = None
    threads: tuple[Thread, ...] = ()
    targets: TargetRule | None = None
    reconstruction: Prose | None = None
    outline: Outline | None = None

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its ref, in order."""
        return {criterion.ref: criterion for section in self.sections for criterion in section.criteria}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each criterion, by the criterion's ref."""
        return {criterion.ref: section for section in self.sections for criterion in section.criteria}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its ref, in order."""
        return {question.ref: question for criterion in self.criteria.values() for question in criterion.questions}

    def band(self, score: int) -> Band | None:
        """Return the band that a displayed score (whole per cent) lies in, or None if it lies below them all."""
        return next((band for band in sorted(self.bands, key=lambda band: -band.from_) if score >= band.from_), None)

    def band_named(self, conclusion: str) -> Band | None:
        """Return the band with this conclusion."""
        return next((band for band in self.bands if band.conclusion == conclusion), None)

    def rating_named(self, rating: str) -> Rating | None:
        """Return the step of the scale with this key."""
        return next((step for step in self.ratings if step.rating == rating), None)
