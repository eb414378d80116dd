"""An inspection: one area inspected in one fieldwork week, with all that its report says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from zoneinfo import ZoneInfo

from omi_build.languages import ENGLISH
from omi_build.model.common import EditorNote, FigureTable, NotAvailable, Prose, Sourced, Unit
from omi_build.model.dates import LONDON, PartialDate
from omi_build.model.record import History


class Status(Enum):
    """Where a report stands."""

    IN_PREPARATION = "in_preparation"
    """Being written."""
    WITH_AREA = "with_area"
    """A draft, with the area for comment."""
    PUBLISHED = "published"
    """Public from its date on."""
    WITHDRAWN = "withdrawn"
    """Was public, and is no longer: its address says why."""

    @property
    def is_final(self) -> bool:
        """Whether the report was finished, so that what it lacks is a fault and not work still to do."""
        return self in {Status.PUBLISHED, Status.WITHDRAWN}


@dataclass(frozen=True)
class Correction(Sourced):
    """What was changed after publication."""

    date: PartialDate
    text: Prose


@dataclass(frozen=True)
class SignOff(Sourced):
    """Who agreed that the facts of a report are right, and when; or why that is not known."""

    date: PartialDate | None = None
    by: str = ""
    """The role of the person, not the name."""
    not_available: NotAvailable | None = None


@dataclass(frozen=True)
class Withdrawal(Sourced):
    """When a report was taken back, and why."""

    date: PartialDate
    reason: Prose


@dataclass(frozen=True)
class Publication(Sourced):
    """Where a report stands, and when it appears."""

    status: Status
    date: PartialDate | None = None
    time: str = ""
    """The hour of the embargo, such as 09:30; '' for the first moment of the day."""
    time_zone: str = LONDON
    """Where that hour is told, as the IANA names it."""
    factual_accuracy: SignOff | None = None
    withdrawn: Withdrawal | None = None
    corrections: tuple[Correction, ...] = ()
    isbn_print: str = ""
    isbn_pdf: str = ""

    def due(self) -> datetime.datetime | None:
        """Return the moment from which it is public, or None without a date.

        What is dated by a month is due when the month is over. In a time zone that doesn't exist no moment comes; a rule
        tells of it, as of an hour without a day.
        """
        if self.date is None:
            return None
        hour = datetime.time.fromisoformat(self.time) if self.date.day and self.time else datetime.time()
        try:
            return datetime.datetime.combine(self.date.due(), hour, ZoneInfo(self.time_zone))
        except (KeyError, ValueError, OSError):
            return None

    @property
    def when(self) -> str:
        """The date and hour of publication for a reader, or ''."""
        if self.date is None:
            return ""
        place = "" if self.time_zone == LONDON else f" ({self.time_zone})"
        return f"{self.date}, {self.time}{place}" if self.time else str(self.date)


@dataclass(frozen=True)
class Sample:
    """The sample of cases."""

    cases: int
    note: str = ""


@dataclass(frozen=True)
class Member:
    """A person of the inspection team."""

    name: str


@dataclass(frozen=True)
class Role:
    """A role in the inspection team, and who held it."""

    role: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class ThreadScore(Sourced):
    """The score of a thread as the report published it, in whole per cent."""

    thread: str
    score: int | None = None
    not_available: NotAvailable | None = None


@dataclass(frozen=True)
class Assignment(Sourced):
    """Who writes which parts of the report. Never published."""

    to: str
    """The name of the person."""
    parts: tuple[str, ...]
    """Refs of criteria and names of other parts, as `progress` has them."""


@dataclass(frozen=True)
class About(Sourced):
    """What was inspected, when and by whom, and the figures that describe the area (`inspection.yaml`)."""

    area: str
    year: int
    framework: str
    title: str
    lead_body: str
    fieldwork: PartialDate
    publication: Publication
    sample: Sample | None = None
    source_of_scores: Prose | None = None
    published_thread_scores: tuple[ThreadScore, ...] = ()
    team: tuple[Role, ...] = ()
    context: tuple[FigureTable, ...] = ()
    synthetic: bool = False
    """Whether the inspection is made up."""
    assignments: tuple[Assignment, ...] = ()
    """Who writes what. Never published."""
    languages: tuple[str, ...] = (ENGLISH,)
    """The languages of the report: that of its files first; the other's words are in the folder `cy`."""
    complete_in_welsh: bool = False
    """Whether every text has its words in Welsh, so that one which has none is a fault."""

    @property
    def language(self) -> str:
        """The language that its files are written in."""
        return self.languages[0]


@dataclass(frozen=True)
class Foreword:
    """The foreword, signed."""

    text: Prose
    signed_by: str
    role: str


@dataclass(frozen=True)
class Acknowledgements:
    """The thanks."""

    text: Prose


@dataclass(frozen=True)
class SectionSummary(Sourced):
    """The summary of a section."""

    section: int
    text: Prose
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class ThreadSummary(Sourced):
    """The summary of a thread."""

    thread: str
    text: Prose
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class NextSteps:
    """What follows the report."""

    text: Prose
    further_inspection: bool


@dataclass(frozen=True)
class Part(Sourced):
    """A part of a chapter."""

    text: Prose
    title: str = ""
    figures: tuple[FigureTable, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class Chapter(Sourced):
    """A chapter beside the criteria."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Narrative(Sourced):
    """The prose of a report outside its criteria (`narrative.yaml`)."""

    section_summaries: tuple[SectionSummary, ...] = ()
    thread_summaries: tuple[ThreadSummary, ...] = ()
    foreword: Foreword | None = None
    acknowledgements: Acknowledgements | None = None
    next_steps: NextSteps | None = None
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True)
class Finding(Sourced):
    """A lettered paragraph under a criterion: a strength or an area for improvement."""

    letter: str
    text: Prose
    evidence: tuple[str, ...] = ()
    """Refs of the questions that it rests on."""
    themes: tuple[str, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class CriterionFindings(Sourced):
    """What was found under one criterion (`findings/<ref>.yaml`)."""

    criterion: str
    strengths: tuple[Finding, ...]
    areas_for_improvement: tuple[Finding, ...]
    published_score: int | None = None
    score_not_available: NotAvailable | None = None
    conclusion: str = ""
    rating: str = ""
    comment: Prose | None = None
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class GoodPractice(Sourced):
    """A titled example that belongs to one criterion."""

    title: str
    criterion: str
    text: Prose
    names_changed: bool = False
    themes: tuple[str, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class Recommendation(Sourced):
    """A numbered improvement, and the criteria that it answers."""

    number: int
    text: Prose
    criteria: tuple[str, ...]
    themes: tuple[str, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class TargetFigure(Sourced):
    """The figure of the area, or of its comparator, for one target."""

    value: float | None = None
    not_available: NotAvailable | None = None
    asterisk: bool | None = None
    """Whether the report marks it: met, or near miss."""
    as_at: PartialDate | None = None
    period: str = ""
    geography: str = ""


@dataclass(frozen=True)
class Target(Sourced):
    """A national performance measure."""

    measure: str
    unit: Unit
    better: str
    """`higher` or `lower`."""
    target: float
    area: TargetFigure
    comparator: TargetFigure
    detail: str = ""
    target_geography: str = ""
    editor_notes: tuple[EditorNote, ...] = ()


@dataclass(frozen=True)
class TargetTable(Sourced):
    """A table of targets over one period."""

    title: str
    period: str
    comparator: str
    targets: tuple[Target, ...]
    editor_notes: tuple[EditorNote, ...] = ()


class Answer(Enum):
    """The answer to a question about a case."""

    SUFFICIENT = "sufficient"
    """Above the line."""
    INSUFFICIENT = "insufficient"
    """Below the line."""
    NOT_APPLICABLE = "not_applicable"
    """The question does not apply to the case."""


@dataclass(frozen=True)
class Case(Sourced):
    """The answers about one case, by the ref of the question. Never leaves the build."""

    case: str
    answers: dict[str, Answer]
    strata: tuple[str, ...] = ()
    """The types of case that it belongs to, as the framework's sample names them."""


@dataclass(frozen=True)
class Count(Sourced):
    """How many cases a question was relevant to, and how many of them were sufficient."""

    sufficient: int
    relevant: int


@dataclass(frozen=True)
class CaseScores(Sourced):
    """The case answers of an inspection, or their counts by question (`case_scores.yaml`, `.json` or `.csv`)."""

    cases: tuple[Case, ...] = ()
    counts: dict[str, Count] | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class Inspection:
    """One inspection, whole."""

    id: str
    """The name of its folder: `<area>-<year>`."""
    about: About
    findings: tuple[CriterionFindings, ...] = ()
    narrative: Narrative = Narrative()
    good_practice: tuple[GoodPractice, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    targets: tuple[TargetTable, ...] = ()
    case_scores: CaseScores | None = None
    history: History | None = None
    """What was published of it; None where no publication is recorded."""
    unread: frozenset[str] = frozenset()
    """Refs of criteria whose file is there but could not be read; no rule calls them missing."""
    answers_unread: bool = False
    """Whether the case answers are there but could not be read; no rule calls them missing."""
    incomplete: bool = False
    """Whether a file of the inspection could not be read; rules that look for what is unused hold their peace."""

    @cached_property
    def by_criterion(self) -> dict[str, CriterionFindings]:
        """The findings by the ref of their criterion."""
        return {findings.criterion: findings for findings in self.findings}
