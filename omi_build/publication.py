"""What may be seen on a date: (scored report, date) → `PublicReport`, the only thing that pages are made of.

A public report holds no draft and no case answers: scores, conclusions, prose, and the counts of questions that are large
enough. It is made here and nowhere else, so that a leak is a type error.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from omi_build.citations import cited_questions, filled
from omi_build.disclosure import ScoreKey, Withheld, withhold
from omi_build.intervals import Interval, Intervals, intervals_of
from omi_build.languages import ENGLISH, WELSH, Line, in_folder, original_of, speaking, spoken
from omi_build.languages import gettext as _
from omi_build.model.common import EditorNote, NotAvailable, Prose
from omi_build.model.dates import PartialDate, day_of, moment
from omi_build.model.framework import Assessment, Band, Criterion, Framework, Question, Rating, Section, Thread
from omi_build.model.inspection import (
    About,
    CaseScores,
    CriterionFindings,
    Finding,
    GoodPractice,
    Inspection,
    Narrative,
    Publication,
    Recommendation,
    Status,
    ThreadSummary,
)
from omi_build.model.programme import Abbreviation, Area, Glossary, Programme, Region, Theme, Themes
from omi_build.model.record import Version
from omi_build.model.translation import Words, foreign, in_language
from omi_build.model.walk import words_of
from omi_build.scoring import (
    Edge,
    Origin,
    QuestionResult,
    Score,
    ScoredCriterion,
    ScoredReport,
    ScoredSection,
    ScoredThread,
    nearest_edges,
    score_inspection,
)
from omi_build.targets import ScoredTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class PublicScore:
    """A score as readers see it."""

    value: int | None
    """A whole per cent."""
    origin: Origin
    missing: NotAvailable | None
    """Why there is no value."""
    interval: Interval | None = None
    """How sure it is; None where there are no case answers."""
    exact: Fraction | None = None
    """From 0 to 1; None where it would give a withheld count away, or was published as a whole per cent."""


@dataclass(frozen=True)
class PublicQuestion:
    """A question about cases with its counts, or the reason why they are not shown."""

    question: Question
    weight: Fraction | None
    """Its share of the criterion's score, from 0 to 1; None where it takes no part."""
    sufficient: int | None
    relevant: int | None
    interval: Interval | None
    missing: NotAvailable | None

    @property
    def proportion(self) -> Fraction | None:
        """Sufficient out of relevant, exact; None where there are no counts."""
        return Fraction(self.sufficient, self.relevant) if self.relevant and self.sufficient is not None else None

    @property
    def anchor(self) -> str:
        """Its place on the page of its section."""
        return f"q{self.question.ref.replace('.', '-')}"


@dataclass(frozen=True)
class PublicCriterion:
    """A criterion, how it did, and what was found."""

    criterion: Criterion
    score: PublicScore | None
    """None for a criterion that is not scored."""
    band: Band | None
    rating: Rating | None
    questions: tuple[PublicQuestion, ...]
    """What its score was made from; none where only the score is known."""
    edges: tuple[Edge, ...]
    """How far its score stands from the next bands; none where that would give a withheld count away."""
    published: PublicScore | None
    """The score as the report published it, where it did."""
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
        return section_slug(self)


@dataclass(frozen=True)
class PublicThread:
    """A thread with its score and its summary."""

    thread: Thread
    score: PublicScore
    questions: tuple[PublicQuestion, ...]
    """What its score was made from; the weights are those within the thread."""
    summary: ThreadSummary | None

    @property
    def anchor(self) -> str:
        """The place of its working on the overview."""
        return f"working-{self.thread.thread.replace('_', '-')}"


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
    unpublished: str = ""
    """Why it is not public yet, in a preview; '' in every report that is."""
    version: int = 0
    """The number of a version that a correction has overtaken; 0 for the report as it stands."""
    earlier: tuple[PublicReport, ...] = ()
    """The versions that corrections have overtaken, the first one first."""
    language: str = ENGLISH
    """The language that it is told in here."""
    languages: tuple[str, ...] = (ENGLISH,)
    """Every language that the report is published in."""
    lacking: int = 0
    """How many of its texts have no words in this language, and are told in the other."""

    @property
    def synthetic(self) -> bool:
        """Whether the area or the inspection is made up; every page and list says so."""
        return self.area.synthetic or self.about.synthetic

    @property
    def name(self) -> str:
        """Area and year, as lists and breadcrumbs show it."""
        version = _(", version %(number)s", number=self.version) if self.version else ""
        return f"{self.area.title} {self.about.year}{version}"

    @property
    def address(self) -> str:
        """The address of its overview, from the top of the site; never changes once published."""
        return report_address(self.id, self.version, self.language)

    @property
    def current_address(self) -> str:
        """The address of the report as it stands, for a version that was overtaken too."""
        return report_address(self.id, language=self.language)

    @cached_property
    def criteria(self) -> dict[str, tuple[PublicSection, PublicCriterion]]:
        """Every criterion with its section, by ref, in order."""
        return {c.criterion.ref: (section, c) for section in self.sections for c in section.criteria}

    def question_address(self, criterion: PublicCriterion, question: PublicQuestion) -> str:
        """Return the address of the working of a question from the top of the site."""
        section, _ = self.criteria[criterion.criterion.ref]
        return f"{self.address}{section.slug}/#{question.anchor}"

    def criterion_address(self, ref: str) -> str:
        """Return the address of a criterion from the top of the site."""
        section, criterion = self.criteria[ref]
        return f"{self.address}{section.slug}/#{criterion.anchor}"

    def themes_of(self, part: Finding | GoodPractice | Recommendation) -> tuple[Theme, ...]:
        """Return the themes that a part of the report is marked with; one that the programme doesn't list is left out."""
        return tuple(theme for theme in self.themes if theme.id in part.themes)


@dataclass(frozen=True)
class WithdrawnReport:
    """All that is public of a report that was taken back."""

    id: str
    area: Area
    year: int
    title: str
    lead_body: str
    published: PartialDate
    withdrawn: PartialDate
    reason: Prose
    synthetic: bool

    @property
    def name(self) -> str:
        """Area and year, as lists show it."""
        return f"{self.area.title} {self.year}"

    @property
    def address(self) -> str:
        """The address at which the report was, and its notice is."""
        return report_address(self.id)


@dataclass(frozen=True)
class Overtaken:
    """A version of a report that a correction has overtaken, scored."""

    version: Version
    scored: ScoredReport


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
    preview: bool = False
    """Whether reports that aren't public are shown too: then this is no public site, and says so."""
    withdrawn: tuple[WithdrawnReport, ...] = ()
    """Reports that were public and are no longer, by area and year."""
    language: str = ENGLISH
    """The language that the site is told in; a report that isn't published in it is there in the other."""
    in_welsh: PublicSite | None = None
    """The site in Welsh; None of the Welsh one itself."""

    @property
    def every_telling(self) -> tuple[PublicReport, ...]:
        """Every report in each of its languages."""
        in_welsh = self.in_welsh.reports if self.in_welsh else ()
        return (
            *(report for report in self.reports if report.language == ENGLISH),
            *(report for report in in_welsh if report.language == WELSH),
        )

    @property
    def told_in_it(self) -> PublicSite:
        """The site with those reports alone that are told in its own language."""
        return replace(self, reports=tuple(one for one in self.reports if one.language == self.language))

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


def publish(
    programme: Programme,
    scored: Sequence[ScoredReport],
    on: datetime.date,
    *,
    overtaken: Sequence[Overtaken] = (),
    preview: bool = False,
) -> PublicSite:
    """Return what the public may see at a moment, or on a day as a whole; as a preview, if every report were published.

    `overtaken` are the earlier versions of the reports.
    """
    parts = [public_parts(one, programme, on, overtaken=overtaken, preview=preview) for one in scored]
    return public_site(programme, parts, preview=preview)


@dataclass(frozen=True)
class PublicParts:
    """What of one inspection is public."""

    tellings: Mapping[str, PublicReport]
    """Its report in each language that it is published in; none where it isn't public."""
    withdrawn: Mapping[str, WithdrawnReport]
    """In the language of each site, what is told of a report that was taken back."""


def public_parts(
    scored: ScoredReport,
    programme: Programme,
    on: datetime.date,
    *,
    overtaken: Sequence[Overtaken] = (),
    preview: bool = False,
) -> PublicParts:
    """Return what the public may see of one inspection; `overtaken` are the earlier versions of reports."""
    own = public_report(scored, programme, on, overtaken=overtaken, preview=preview)
    tellings = {own.language: own} if own else {}
    if own and own.languages == (ENGLISH, WELSH):
        other = public_report(scored, programme, on, overtaken=overtaken, preview=preview, language=WELSH)
        tellings |= {other.language: other} if other else {}
    withdrawn: dict[str, WithdrawnReport] = {}
    for language, of_language in ((ENGLISH, programme), (WELSH, programme.in_welsh)):
        with speaking(language):
            taken_back = withdrawn_report(_told(scored.inspection, programme.words), of_language, on)
        withdrawn |= {language: taken_back} if taken_back else {}
    return PublicParts(tellings, withdrawn)


def public_site(programme: Programme, parts: Sequence[PublicParts], *, preview: bool = False) -> PublicSite:
    """Return the public site of what of each inspection is public."""
    english = _site(programme, parts, preview=preview)
    with speaking(WELSH):
        return replace(english, in_welsh=_site(programme.in_welsh, parts, preview=preview))


def turning_points(scored: ScoredReport) -> tuple[datetime.date, ...]:
    """Return the moments and days at which what is public of a report changes, as `has_come` takes them."""
    publication = scored.inspection.about.publication
    history = scored.inspection.history
    due = publication.due()
    days = [
        *(correction.date.first_day() for correction in publication.corrections),
        *([publication.withdrawn.date.first_day()] if publication.withdrawn else []),
        *(one.date.first_day() for one in (history.versions if history else ())),
    ]
    return (*([due] if due else []), *days)


def has_come(point: datetime.date, on: datetime.date) -> bool:
    """Say whether a moment has come, or a day has begun, at the moment that a site is published for."""
    return point <= moment(on) if isinstance(point, datetime.datetime) else point <= day_of(on)


def _listed(report: PublicReport, programme: Programme) -> PublicReport:
    """Return a report as the lists of a site have it: in another language than theirs it keeps its title, marked so."""
    if report.language == spoken():
        return report
    about = report.about
    area = programme.area_by_id[about.area]
    framework = programme.framework_by_id[report.framework.id]
    return replace(
        report,
        about=replace(about, title=Line(about.title, report.language, about.title)),
        area=area,
        region=programme.region_by_id[area.region],
        framework=replace(report.framework, title=framework.title, short_title=framework.short_title),
    )


def _site(programme: Programme, parts: Sequence[PublicParts], *, preview: bool) -> PublicSite:
    """Return the public site in the language that is spoken; a report that isn't told in it is there in the other."""
    own = [one.tellings.get(spoken()) or next(iter(one.tellings.values())) for one in parts if one.tellings]
    reports = tuple(
        sorted((_listed(one, programme) for one in own), key=lambda report: (report.area.title, report.about.year))
    )
    used = {report.framework.id for report in reports}
    frameworks = tuple(framework for framework in programme.frameworks if framework.id in used)
    marked = {theme.id for report in reports for theme in report.themes}
    taken_back = [one.withdrawn[spoken()] for one in parts if spoken() in one.withdrawn]
    return PublicSite(
        reports,
        frameworks,
        _public_glossary(programme.glossary, reports, frameworks),
        tuple(sorted(programme.areas.areas, key=lambda area: area.title)),
        tuple(sorted(programme.areas.regions, key=lambda region: region.title)),
        tuple(theme for theme in programme.themes.themes if theme.id in marked),
        preview,
        tuple(sorted(taken_back, key=lambda one: (one.area.title, one.year))),
        spoken(),
    )


def is_public(about: About, on: datetime.date) -> bool:
    """Say whether a report is published, its moment has come, and it was not taken back.

    One dated by a month is due when the month is over.
    """
    publication = about.publication
    due = publication.due()
    return publication.status.is_final and due is not None and due <= moment(on) and not _is_withdrawn(publication, on)


def withdrawn_report(inspection: Inspection, programme: Programme, on: datetime.date) -> WithdrawnReport | None:
    """Return what is public of a report that was public and is taken back by that moment; None of any other."""
    about = inspection.about
    publication = about.publication
    due = publication.due()
    if not _is_withdrawn(publication, on) or publication.date is None or publication.withdrawn is None:
        return None
    if due is None or due > moment(on) or about.area not in programme.area_by_id:
        return None
    return WithdrawnReport(
        inspection.id,
        programme.area_by_id[about.area],
        about.year,
        about.title,
        about.lead_body,
        publication.date,
        publication.withdrawn.date,
        publication.withdrawn.reason,
        about.synthetic or programme.area_by_id[about.area].synthetic,
    )


def _is_withdrawn(publication: Publication, on: datetime.date) -> bool:
    withdrawn = publication.withdrawn
    return publication.status is Status.WITHDRAWN and withdrawn is not None and withdrawn.date.first_day() <= day_of(on)


def why_not_public(about: About, on: datetime.date) -> str:
    """Return why a report is not public on a date, to stand behind 'this report'; '' if it is."""
    if is_public(about, on):
        return ""
    return {
        Status.IN_PREPARATION: _("is in preparation"),
        Status.WITH_AREA: _("is a draft, with the area for comment"),
        Status.PUBLISHED: _("is to be published: %(when)s", when=about.publication.when),
        Status.WITHDRAWN: _("is withdrawn"),
    }[about.publication.status]


def public_report(
    scored: ScoredReport,
    programme: Programme,
    on: datetime.date,
    *,
    overtaken: Sequence[Overtaken] = (),
    preview: bool = False,
    language: str = "",
) -> PublicReport | None:
    """Return the public part of a report, or None if it isn't public at that moment and this is no preview.

    A correction has its day too: before it, the version that it overtakes is the report. It is told in `language` where
    it is published in that, and else in its own.
    """
    about = scored.inspection.about
    with speaking(language if language in about.languages else about.language):
        if spoken() == ENGLISH:
            return _public_report(scored, programme, on, overtaken, preview=preview)
        in_welsh = [replace(o, scored=_scored_in_welsh(o.scored, programme)) for o in overtaken if _is_of(o, scored)]
        told = _scored_in_welsh(scored, programme)
        return _public_report(told, programme.in_welsh, on, in_welsh, preview=preview)


def _scored_in_welsh(scored: ScoredReport, programme: Programme) -> ScoredReport:
    """Return a report with its words in Welsh; what has none stays in English, marked as such."""
    inspection = _told(scored.inspection, programme.words)
    return score_inspection(inspection, programme.in_welsh.framework_by_id[scored.framework.id])


def _told(inspection: Inspection, words: Words) -> Inspection:
    """Return an inspection in the language that is spoken, as far as it has words in it."""
    return (
        in_language(inspection, words, WELSH)
        if (inspection.about.language, spoken()) == (ENGLISH, WELSH)
        else inspection
    )


def _public_report(
    scored: ScoredReport,
    programme: Programme,
    on: datetime.date,
    overtaken: Sequence[Overtaken],
    *,
    preview: bool,
) -> PublicReport | None:
    """Return the public part of a report in the language that is spoken."""
    unpublished = why_not_public(scored.inspection.about, on)
    if unpublished and not preview:
        return None
    history = scored.inspection.history
    versions = [(one.version.version, one.version.date, one.scored) for one in overtaken if _is_of(one, scored)]
    if history is not None and history.versions:
        versions.append((history.versions[-1].version, history.versions[-1].date, scored))
    versions.sort(key=lambda version: version[0])
    begun = [one for n, (_, date, one) in enumerate(versions) if not n or date.first_day() <= day_of(on)]
    shown = begun[-1] if begun and not preview else scored
    earlier = tuple(
        _public(one, programme, on, version=number, answers=shown.inspection.case_scores)
        for number, _, one in versions
        if one in begun and one is not shown
    )
    return replace(_public(shown, programme, on), unpublished=unpublished, earlier=earlier)


def _is_of(overtaken: Overtaken, scored: ScoredReport) -> bool:
    return overtaken.scored.inspection.id == scored.inspection.id


def _public(
    scored: ScoredReport,
    programme: Programme,
    on: datetime.date,
    *,
    version: int = 0,
    answers: CaseScores | None = None,
) -> PublicReport:
    """Return the public part of a report; of an overtaken version, `answers` are those of the report as it stands.

    Where they differ, the overtaken version shows no counts: what lies between two counts tells of single cases.
    """
    area = programme.area_by_id[scored.inspection.about.area]
    asked = [result for criterion in scored.criteria.values() for result in criterion.questions]
    held = withhold(scored, cited_questions(scored))
    if version and answers != scored.inspection.case_scores:
        held = replace(held, questions=frozenset(q.question.ref for q in asked))
    inspection = filled(scored.inspection, scored, held, lambda what: _address(scored, what, version))
    counts = _Counts(scored, held, intervals_of(asked, inspection.case_scores, scored.framework))
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
                counts.section_score(section),
                summary.text if summary else None,
                summary.editor_notes if summary else (),
                tuple(
                    counts.criterion(criterion, inspection.by_criterion.get(criterion.criterion.ref))
                    for criterion in section.criteria
                ),
            )
        )
    return PublicReport(
        inspection.id,
        area,
        programme.region_by_id[area.region],
        _public_about(inspection.about, on),
        scored.framework,
        tuple(sections),
        tuple(counts.thread(thread, thread_summaries.get(thread.thread.thread)) for thread in scored.threads),
        inspection.narrative,
        inspection.good_practice,
        inspection.recommendations,
        scored.targets,
        _used(programme.glossary, replace(inspection, case_scores=None)),
        _marked(programme.themes, inspection),
        version=version,
        language=spoken(),
        languages=inspection.about.languages,
        lacking=sum(1 for _text in foreign(inspection, spoken())),
    )


@dataclass(frozen=True)
class _Counts:
    """Makes scores and questions public: with their intervals, and without what is withheld."""

    report: ScoredReport
    held: Withheld
    intervals: Intervals

    def section_score(self, section: ScoredSection) -> PublicScore | None:
        number = section.section.number
        return self._score(section.score, ("section", str(number)), self.intervals.sections.get(number))

    def criterion(self, scored: ScoredCriterion, findings: CriterionFindings | None) -> PublicCriterion:
        ref = scored.criterion.ref
        key = ("criterion", ref)
        computed = scored.computed
        score = self._score(scored.score, key, self.intervals.criteria.get(ref))
        settled = score is not None and score.exact is not None
        return PublicCriterion(
            scored.criterion,
            score,
            None if key in self.held.scores else scored.band,
            scored.rating,
            self._questions(scored.questions, computed),
            nearest_edges(scored.questions, computed, self.report.framework) if settled and computed else (),
            _public_score(scored.published),
            findings.strengths if findings else (),
            findings.areas_for_improvement if findings else (),
            findings.comment if findings else None,
            findings.editor_notes if findings else (),
        )

    def thread(self, scored: ScoredThread, summary: ThreadSummary | None) -> PublicThread:
        name = scored.thread.thread
        score = self._score(scored.score, ("thread", name), self.intervals.threads.get(name))
        assert score is not None
        return PublicThread(scored.thread, score, self._questions(scored.questions, scored.computed), summary)

    def _score(self, score: Score | None, key: ScoreKey, interval: Interval | None) -> PublicScore | None:
        if key in self.held.scores and score is not None:
            reason = _("The score is withheld: from it the answers on single cases could be worked out.")
            return PublicScore(None, score.origin, NotAvailable("c", reason))
        public = _public_score(score)
        if public is None or score is None or not score.weights:
            return public
        exact = None if self.held.rests_on(score.weights) else score.proportion
        return replace(public, interval=interval, exact=exact)

    def _questions(self, results: Iterable[QuestionResult], score: Score | None) -> tuple[PublicQuestion, ...]:
        return tuple(self._question(result, score) for result in results)

    def _question(self, result: QuestionResult, score: Score | None) -> PublicQuestion:
        ref = result.question.ref
        weight = score.weights.get(ref) if score else None
        if ref in self.held.questions:
            reason = _("Withheld, because small numbers of cases could tell of single people.")
            missing = NotAvailable("c", reason)
            return PublicQuestion(result.question, weight, None, None, None, missing)
        if not result.relevant:
            missing = NotAvailable("z", _("No case in the sample was relevant."))
            return PublicQuestion(result.question, weight, None, None, None, missing)
        interval = self.intervals.questions.get(ref)
        return PublicQuestion(result.question, weight, result.sufficient, result.relevant, interval, None)


def _address(scored: ScoredReport, what: str, version: int) -> str:
    """Return the address, from the top of the site, of what a citation is of."""
    kind, _, name = what.partition(" ")
    report = report_address(scored.inspection.id, version, spoken())
    if kind == "thread":
        thread = next(one for one in scored.threads if one.thread.thread == name)
        return f"{report}#working-{name.replace('_', '-')}" if thread.questions else f"{report}#at-a-glance"
    for section in scored.sections:
        page = f"{report}{section_slug(section.section)}/"
        if kind == "section" and str(section.section.number) == name:
            return page
        for criterion in section.criteria:
            if kind == "criterion" and criterion.criterion.ref == name:
                return f"{page}#c{name.replace('.', '-')}"
            if any(result.question.ref == name for result in criterion.questions):
                return f"{page}#q{name.replace('.', '-')}"
    return report


def report_address(report_id: str, version: int = 0, language: str = ENGLISH) -> str:
    """Return the address of a report, or of one of its versions, from the top of the site; it never changes."""
    address = f"reports/{report_id}/versions/{version}/" if version else f"reports/{report_id}/"
    return in_folder(address, language)


def section_slug(section: Section | PublicSection) -> str:
    """Return the part of the address that is a section's: number and title."""
    return f"{section.number}-{slug(section.title)}"


def slug(title: str) -> str:
    """Return a title as part of an address: small letters, digits and hyphens. It is the same in every language."""
    return re.sub(r"[^a-z0-9]+", "-", original_of(title).lower()).strip("-")


def _public_about(about: About, on: datetime.date) -> About:
    """Return it without the corrections whose date has not begun, and without who was to write what."""
    corrections = tuple(c for c in about.publication.corrections if c.date.first_day() <= day_of(on))
    publication = replace(about.publication, corrections=corrections, factual_accuracy=None, withdrawn=None)
    return replace(about, publication=publication, assignments=())


def _public_score(score: Score | None) -> PublicScore | None:
    return None if score is None else PublicScore(score.whole, score.origin, score.missing)


def _public_glossary(
    glossary: Glossary, reports: Iterable[PublicReport], frameworks: tuple[Framework, ...]
) -> Glossary:
    """Return the glossary with the abbreviations that reports and frameworks use."""
    used = {entry.short for report in reports for entry in report.abbreviations}
    used |= {entry.short for entry in _used(glossary, frameworks)}
    kept = (entry for entry in glossary.abbreviations if entry.short in used)
    return Glossary(tuple(sorted(kept, key=lambda entry: entry.short.lower())), glossary.terms)


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
