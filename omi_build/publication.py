"""What may be seen on a date: (scored report, date) → `PublicReport`, the only thing that pages are made of.

A public report holds no draft and no case answers: scores, conclusions and prose alone. It is made here and nowhere
else, so that a leak is a type error.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from omi_build.model.common import EditorNote, NotAvailable, Prose
from omi_build.model.framework import Assessment, Band, Criterion, Framework, Rating, Thread
from omi_build.model.inspection import (
    About,
    Finding,
    GoodPractice,
    Inspection,
    Narrative,
    Recommendation,
    Status,
    ThreadSummary,
)
from omi_build.model.programme import Abbreviation, Area, Glossary, Programme, Region, Theme, Themes
from omi_build.model.walk import words_of
from omi_build.scoring import Origin, Score, ScoredCriterion, ScoredReport
from omi_build.targets import ScoredTable

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class PublicScore:
    """A score as readers see it."""

    value: int | None
    """A whole per cent."""
    origin: Origin
    missing: NotAvailable | None
    """Why there is no value."""


@dataclass(frozen=True)
class PublicCriterion:
    """A criterion, how it did, and what was found."""

    criterion: Criterion
    score: PublicScore | None
    """None for a criterion that is not scored."""
    band: Band | None
    rating: Rating | None
    strengths: tuple[Finding, ...]
    areas_for_improvement: tuple[Finding, ...]
    comment: Prose | None
    editor_notes: tuple[EditorNote, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page of its section; never changes once published."""
        return f"c{self.criterion.ref.replace('.', '-')}"


@dataclass(frozen=True)
class PublicSection:
    """A section with its score, if it has one."""

    number: int
    title: str
    assessment: Assessment
    score: PublicScore | None
    summary: Prose | None
    summary_notes: tuple[EditorNote, ...]
    criteria: tuple[PublicCriterion, ...]

    @property
    def slug(self) -> str:
        """Its part of the address: number and title."""
        return f"{self.number}-{slug(self.title)}"


@dataclass(frozen=True)
class PublicThread:
    """A thread with its score and its summary."""

    thread: Thread
    score: PublicScore
    summary: ThreadSummary | None


@dataclass(frozen=True)
class PublicReport:
    """A report that is public on the date of the build."""

    id: str
    area: Area
    region: Region
    about: About
    framework: Framework
    sections: tuple[PublicSection, ...]
    threads: tuple[PublicThread, ...]
    narrative: Narrative
    good_practice: tuple[GoodPractice, ...]
    recommendations: tuple[Recommendation, ...]
    targets: tuple[ScoredTable, ...]
    abbreviations: tuple[Abbreviation, ...]
    """Those that the report uses, in alphabetical order."""
    themes: tuple[Theme, ...] = ()
    """Those that something in the report is marked with, in the order of the programme."""

    @property
    def synthetic(self) -> bool:
        """Whether the area or the inspection is made up; every page and list says so."""
        return self.area.synthetic or self.about.synthetic

    @property
    def name(self) -> str:
        """Area and year, as lists and breadcrumbs show it."""
        return f"{self.area.title} {self.about.year}"

    @property
    def address(self) -> str:
        """The address of its overview, from the top of the site; never changes once published."""
        return f"reports/{self.id}/"

    @cached_property
    def criteria(self) -> dict[str, tuple[PublicSection, PublicCriterion]]:
        """Every criterion with its section, by ref, in order."""
        return {c.criterion.ref: (section, c) for section in self.sections for c in section.criteria}

    def criterion_address(self, ref: str) -> str:
        """Return the address of a criterion from the top of the site."""
        section, criterion = self.criteria[ref]
        return f"{self.address}{section.slug}/#{criterion.anchor}"

    def themes_of(self, part: Finding | GoodPractice | Recommendation) -> tuple[Theme, ...]:
        """Return the themes that a part of the report is marked with; one that the programme doesn't list is left out."""
        return tuple(theme for theme in self.themes if theme.id in part.themes)


@dataclass(frozen=True)
class PublicSite:
    """All that the public site is made of."""

    reports: tuple[PublicReport, ...]
    """By area and year."""
    frameworks: tuple[Framework, ...]
    """Those that a public report was made under."""
    glossary: Glossary
    """The terms, and those abbreviations that something public uses."""
    areas: tuple[Area, ...] = ()
    """Every area of the programme by name, inspected or not: nothing here tells of a report that isn't public."""
    regions: tuple[Region, ...] = ()
    themes: tuple[Theme, ...] = ()
    """Those that something public is marked with, in the order of the programme."""

    @property
    def synthetic(self) -> bool:
        """Whether every report is made up, and with them the whole site."""
        return bool(self.reports) and all(report.synthetic for report in self.reports)

    def of_area(self, area: Area) -> tuple[PublicReport, ...]:
        """Return the reports on an area, by year."""
        return self._by_area.get(area.id, ())

    def counting(self, framework: Framework) -> tuple[PublicReport, ...]:
        """Return the reports under a framework that national figures count: no synthetic one beside real ones."""
        return tuple(
            report
            for report in self.reports
            if report.framework.id == framework.id and (self.synthetic or not report.synthetic)
        )

    @cached_property
    def _by_area(self) -> dict[str, tuple[PublicReport, ...]]:
        reports: dict[str, tuple[PublicReport, ...]] = {}
        for report in self.reports:
            reports[report.area.id] = (*reports.get(report.area.id, ()), report)
        return reports


def publish(programme: Programme, scored: Sequence[ScoredReport], on: datetime.date) -> PublicSite:
    """Return what the public may see on a date."""
    reports = tuple(
        sorted(
            (report for one in scored if (report := public_report(one, programme, on)) is not None),
            key=lambda report: (report.area.title, report.about.year),
        )
    )
    used = {report.framework.id for report in reports}
    frameworks = tuple(framework for framework in programme.frameworks if framework.id in used)
    marked = {theme.id for report in reports for theme in report.themes}
    return PublicSite(
        reports,
        frameworks,
        _public_glossary(programme.glossary, (*reports, *frameworks)),
        tuple(sorted(programme.areas.areas, key=lambda area: area.title)),
        tuple(sorted(programme.areas.regions, key=lambda region: region.title)),
        tuple(theme for theme in programme.themes.themes if theme.id in marked),
    )


def is_public(about: About, on: datetime.date) -> bool:
    """Say whether a report is published and its date has come; one dated by a month is due when the month is over."""
    publication = about.publication
    due = publication.date is not None and publication.date.due() <= on
    return publication.status is Status.PUBLISHED and due


def public_report(scored: ScoredReport, programme: Programme, on: datetime.date) -> PublicReport | None:
    """Return the public part of a report, or None if it isn't public on that date."""
    inspection = scored.inspection
    if not is_public(inspection.about, on):
        return None
    area = programme.area_by_id[inspection.about.area]
    summaries = {summary.section: summary for summary in inspection.narrative.section_summaries}
    thread_summaries = {summary.thread: summary for summary in inspection.narrative.thread_summaries}
    sections = []
    for section in scored.sections:
        summary = summaries.get(section.section.number)
        sections.append(
            PublicSection(
                section.section.number,
                section.section.title,
                section.section.assessment,
                _public_score(section.score),
                summary.text if summary else None,
                summary.editor_notes if summary else (),
                tuple(_public_criterion(criterion) for criterion in section.criteria),
            )
        )
    threads = []
    for thread in scored.threads:
        score = _public_score(thread.score)
        assert score is not None
        threads.append(PublicThread(thread.thread, score, thread_summaries.get(thread.thread.thread)))
    return PublicReport(
        inspection.id,
        area,
        programme.region_by_id[area.region],
        inspection.about,
        scored.framework,
        tuple(sections),
        tuple(threads),
        inspection.narrative,
        inspection.good_practice,
        inspection.recommendations,
        scored.targets,
        _used(programme.glossary, inspection),
        _marked(programme.themes, inspection),
    )


def slug(title: str) -> str:
    """Return a title as part of an address: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _public_score(score: Score | None) -> PublicScore | None:
    return None if score is None else PublicScore(score.whole, score.origin, score.missing)


def _public_criterion(scored: ScoredCriterion) -> PublicCriterion:
    findings = scored.findings
    return PublicCriterion(
        scored.criterion,
        _public_score(scored.score),
        scored.band,
        scored.rating,
        findings.strengths if findings else (),
        findings.areas_for_improvement if findings else (),
        findings.comment if findings else None,
        findings.editor_notes if findings else (),
    )


def _public_glossary(glossary: Glossary, parts: tuple[object, ...]) -> Glossary:
    return Glossary(_used(glossary, parts), glossary.terms)


def _marked(themes: Themes, inspection: Inspection) -> tuple[Theme, ...]:
    findings = (f for c in inspection.findings for f in (*c.strengths, *c.areas_for_improvement))
    parts: tuple[Finding | GoodPractice | Recommendation, ...] = (
        *findings,
        *inspection.good_practice,
        *inspection.recommendations,
    )
    marks = {theme for part in parts for theme in part.themes}
    return tuple(theme for theme in themes.themes if theme.id in marks)


def _used(glossary: Glossary, part: object) -> tuple[Abbreviation, ...]:
    words = words_of(part)
    used = (entry for entry in glossary.abbreviations if entry.stands_in(words))
    return tuple(sorted(used, key=lambda entry: entry.short.lower()))
