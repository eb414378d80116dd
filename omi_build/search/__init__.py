"""What readers can search for, as data: public site in, records out. No disk, no JavaScript.

A record is what one report says under one heading of one kind (the strengths under 1.2, a recommendation, a chapter), or
one thing of the whole site (a criterion, a term, an area, a page). Its entries are what is found: each finding has its own
words and its own place. A record for each finding would be simpler, but whoever searches fetches nine bytes for each record
of a group of reports before it can be asked, and a report has 180 findings under 40 headings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from omi_build.languages import ENGLISH, speaking
from omi_build.languages import gettext as _
from omi_build.model.common import EditorNote, FigureTable, Prose
from omi_build.pages import across_reports, good_practice, measures, overview
from omi_build.pages.searching import Kind, criterion_value, section_value
from omi_build.render import glossary_anchor
from omi_build.words import SHORTHANDS, counted, listed, quantity

if TYPE_CHECKING:
    from omi_build.model.framework import Criterion, Framework, Section
    from omi_build.model.inspection import Finding
    from omi_build.publication import PublicCriterion, PublicReport, PublicSection, PublicSite
    from omi_build.targets import ScoredTarget


@dataclass(frozen=True)
class Entry:
    """A text that can be found by itself, with its place."""

    texts: tuple[Prose | str, ...]
    """Its paragraphs."""
    anchor: str = ""
    """Its place on the page; '' for the page."""
    label: str = ""
    """What it is called beside its record's title, such as '(a)'."""
    themes: tuple[str, ...] = ()
    """Ids of the themes that it is marked with."""


@dataclass(frozen=True)
class Record:
    """What stands under one heading and can be found."""

    kind: Kind
    title: str
    address: str
    """Of its page, from the top of the site."""
    entries: tuple[Entry, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each facet except kind and theme, the values that it has."""
    language: str = ENGLISH
    headed: bool = False
    """Whether its title says what it is about, and counts for more than its text."""
    report: str = ""
    """The id of the report that says it; '' for what the site says itself."""

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that one of its entries is marked with, each once."""
        return tuple(dict.fromkeys(theme for entry in self.entries for theme in entry.themes))


def records_of_report(report: PublicReport) -> tuple[Record, ...]:
    """Return what can be searched for in a report, in its language."""
    return tuple(record for record in _spoken(report) if record.entries)


def records_of_site(site: PublicSite, pages: Mapping[str, str]) -> tuple[Record, ...]:
    """Return what can be searched for beside the reports; `pages` are the pages that people wrote, Markdown by address."""
    return tuple(
        record
        for record in (
            *_across(site),
            *(record for framework in site.frameworks for record in _of_framework(framework)),
            *_of_glossary(site),
            *(record for address, text in pages.items() for record in of_page(address, text)),
        )
        if record.entries
    )


def _spoken(report: PublicReport) -> tuple[Record, ...]:
    """Return what a report says in its language; a text that has no words in it is found in the other one."""
    with speaking(report.language):
        return tuple(
            replace(record, entries=tuple(entry for entry in record.entries if not _is_foreign(entry, report.language)))
            for record in of_report(report)
        )


def _is_foreign(entry: Entry, language: str) -> bool:
    return any(isinstance(text, Prose) and text.language not in {"", language} for text in entry.texts)


def of_report(report: PublicReport) -> Iterator[Record]:
    """Yield what a report says."""
    for section in report.sections:
        if section.summary:
            entry = Entry((section.summary, *_notes(section.summary_notes)), f"summary-{section.number}")
            yield _record(
                report, Kind.SUMMARY, _("summary of %(what)s", what=section.title), "", (entry,), section=section
            )
        for criterion in section.criteria:
            yield from _of_criterion(report, section, criterion)
    yield from _of_overview(report)
    for number, example in enumerate(report.good_practice, 1):
        section, criterion = report.criteria[example.criterion]
        entry = Entry(
            (example.title, example.text, *_figures(example.figures), *_notes(example.editor_notes)),
            good_practice.anchor(number, example),
            themes=_themes(report, example.themes),
        )
        title = _("good practice under %(criterion)s", criterion=_name(criterion.criterion))
        yield _record(
            report, Kind.GOOD_PRACTICE, title, "good-practice/", (entry,), section=section, criteria=(criterion,)
        )
    for number, table in enumerate(report.targets, 1):
        entries = tuple(Entry(tuple(_of_target(report, one)), f"table-{number}") for one in table.targets)
        yield _record(report, Kind.TARGET, f"{table.table.title}, {table.table.period}", "targets/", entries)
    for chapter in report.narrative.chapters:
        entries = tuple(
            Entry(
                (*filter(None, [part.title]), part.text, *_figures(part.figures), *_notes(part.editor_notes)),
                f"part-{number}" if part.title else "",
            )
            for number, part in enumerate(chapter.parts, 1)
        )
        yield _record(report, Kind.CHAPTER, chapter.title, f"{chapter.id}/", entries)
    figures = tuple(Entry(tuple(_figures([table]))) for table in report.about.context)
    yield _record(report, Kind.FIGURES, _("figures on the area"), "context/", figures)


def _of_criterion(report: PublicReport, section: PublicSection, criterion: PublicCriterion) -> Iterator[Record]:
    page = f"{section.slug}/"
    name = _name(criterion.criterion)
    for kind, items in (
        (Kind.STRENGTH, criterion.strengths),
        (Kind.IMPROVEMENT, criterion.areas_for_improvement),
    ):
        entries = tuple(_of_finding(report, criterion, kind, finding) for finding in items)
        yield _record(report, kind, name, page, entries, section=section, criteria=(criterion,))
    texts = ([criterion.comment] if criterion.comment else []) + list(_notes(criterion.editor_notes))
    comment = (Entry(tuple(texts), criterion.anchor),) if texts else ()
    yield _record(report, Kind.COMMENT, name, page, comment, section=section, criteria=(criterion,))


def _of_finding(report: PublicReport, criterion: PublicCriterion, kind: Kind, finding: Finding) -> Entry:
    return Entry(
        (finding.text, *_figures(finding.figures), *_notes(finding.editor_notes)),
        f"{criterion.anchor}-{kind.value}-{finding.letter}",
        f"({finding.letter})",
        _themes(report, finding.themes),
    )


def _of_overview(report: PublicReport) -> Iterator[Record]:
    for recommendation in report.recommendations:
        entry = Entry(
            (recommendation.text, *_notes(recommendation.editor_notes)),
            f"recommendation-{recommendation.number}",
            themes=_themes(report, recommendation.themes),
        )
        criteria = tuple(c for ref, (_section, c) in report.criteria.items() if ref in recommendation.criteria)
        yield _record(
            report,
            Kind.RECOMMENDATION,
            _("recommendation %(number)s", number=recommendation.number),
            "",
            (entry,),
            criteria=criteria,
        )
    threads = tuple(
        Entry(
            (thread.thread.title, thread.summary.text, *_notes(thread.summary.editor_notes)),
            thread.thread.thread.replace("_", "-"),
        )
        for thread in report.threads
        if thread.summary
    )
    yield _record(report, Kind.SUMMARY, _("summary"), "", threads)
    narrative = report.narrative
    if narrative.next_steps:
        yield _record(report, Kind.SUMMARY, _("next steps"), "", (Entry((narrative.next_steps.text,), "next-steps"),))
    opening = []
    if narrative.foreword:
        signed = f"{narrative.foreword.signed_by}, {narrative.foreword.role}"
        opening.append(Entry((narrative.foreword.text, signed), "foreword"))
    if narrative.acknowledgements:
        opening.append(Entry((narrative.acknowledgements.text,), "acknowledgements"))
    yield _record(report, Kind.FOREWORD, _("foreword and thanks"), "inspection/", tuple(opening))
    about = report.about
    inspected = _("Inspected by %(body)s; fieldwork %(date)s.", body=about.lead_body, date=about.fieldwork)
    told = (about.title, f"{overview.describe(report)} {inspected}")
    yield _record(report, Kind.REPORT, _("report"), "", (Entry(told),), headed=True)


def _record(
    report: PublicReport,
    kind: Kind,
    title: str,
    page: str,
    entries: tuple[Entry, ...],
    *,
    section: PublicSection | None = None,
    criteria: tuple[PublicCriterion, ...] = (),
    headed: bool = False,
) -> Record:
    framework = report.framework
    sections = [section] if section else [report.criteria[c.criterion.ref][0] for c in criteria]
    synthetic = " " + _("(synthetic)") if report.synthetic else ""
    return Record(
        kind,
        f"{report.name}{synthetic}: {title}",
        f"{report.address}{page}",
        entries,
        {
            "area": (report.area.id,),
            "region": (report.region.id,),
            "year": (str(report.about.year),),
            "section": tuple(dict.fromkeys(section_value(framework, one.number) for one in sections)),
            "criterion": tuple(criterion_value(framework, c.criterion.ref) for c in criteria),
        },
        language=report.language,
        headed=headed,
        report=report.id,
    )


def _themes(report: PublicReport, marks: Iterable[str]) -> tuple[str, ...]:
    """Return the themes that readers know of."""
    known = {theme.id for theme in report.themes}
    return tuple(mark for mark in marks if mark in known)


def _of_target(report: PublicReport, one: ScoredTarget) -> Iterator[str]:
    target = one.target
    yield _("%(measure)s: target %(figure)s.", measure=target.measure, figure=quantity(target.target, target.unit))
    if target.detail:
        yield target.detail
    if target.area.value is not None:
        judged = f", {one.area.title.lower()}" if one.area else ""
        yield f"{report.area.title}: {quantity(target.area.value, target.unit)}{judged}."
    elif target.area.not_available:
        yield f"{report.area.title}: {SHORTHANDS[target.area.not_available.shorthand]}"


def _notes(notes: Iterable[EditorNote]) -> Iterator[Prose]:
    for note in notes:
        yield note.text


def _figures(tables: Iterable[FigureTable]) -> Iterator[str]:
    """Yield tables of figures as lines of text, each label with its figure."""
    for table in tables:
        rows = [
            f"{row.label} {quantity(row.value, row.unit)}{' ' + _('of %(number)s', number=row.of) if row.of else ''}"
            if row.value is not None
            else row.label
            for row in table.rows
        ]
        yield f"{table.title}: {'; '.join(rows)}"
        if table.note:
            yield table.note


def _across(site: PublicSite) -> Iterator[Record]:
    regions = {region.id: region for region in site.regions}
    for area in site.areas:
        region = regions.get(area.region)
        years = [str(report.about.year) for report in site.of_area(area)]
        told = f"{area.title}{f', {region.title} region' if region else ''}"
        reports = f"Reports: {listed(years)}" if years else "No report is published."
        yield Record(
            Kind.AREA,
            area.title,
            f"areas/{area.id}/",
            (Entry((told, reports)),),
            {"area": (area.id,), "region": (area.region,)},
            headed=True,
        )
    for region in site.regions:
        areas = [area.title for area in site.areas if area.region == region.id]
        yield Record(
            Kind.AREA,
            f"{region.title} region",
            f"regions/{region.id}/",
            (Entry((f"Areas: {listed(areas)}",)),) if areas else (),
            {"region": (region.id,)},
            headed=True,
        )
    for theme in site.themes:
        entry = Entry((theme.about,), themes=(theme.id,))
        yield Record(Kind.THEME, theme.title, f"themes/{theme.id}/", (entry,), headed=True)
    for measure in measures.measures_of(site):
        number = counted(len(measure.figures), "figure", "figures")
        figures = Entry((f"{number}, by area".capitalize(), *measure.details))
        yield Record(Kind.TARGET, f"National target: {measure.title}", measure.address, (figures,), headed=True)


def _of_framework(framework: Framework) -> Iterator[Record]:
    for section in framework.sections:
        for criterion in section.criteria:
            yield _of_bank(framework, section, criterion)
    address = f"frameworks/{framework.id}/"
    yield Record(Kind.PAGE, framework.title, address, (Entry((framework.about,)),), headed=True)
    for text in framework.texts:
        yield Record(Kind.PAGE, f"{framework.short_title}: {text.title}", address, (Entry((text.text,), text.id),))
    scores: list[Prose | str] = [framework.scoring.about] if framework.scoring else []
    bands: list[Prose | str] = [f"{band.title}: from {band.from_}%." for band in framework.bands]
    ratings: list[Prose | str] = [f"{rating.title}: {rating.about}" for rating in framework.ratings]
    for title, texts in (
        ("scores", [*scores, *(thread.about for thread in framework.threads)]),
        ("conclusions", [*bands, *filter(None, [framework.bands_note])]),
        ("ratings", [*ratings, *filter(None, [framework.ratings_note])]),
    ):
        if texts:
            yield Record(Kind.PAGE, f"{framework.short_title}: {title}", address, (Entry(tuple(texts), title),))


def _of_bank(framework: Framework, section: Section, criterion: Criterion) -> Record:
    questions = tuple(f"{question.ref} {question.text}" for question in criterion.questions)
    return Record(
        Kind.CRITERION,
        f"{_name(criterion)} ({framework.short_title})",
        across_reports.criterion_address(framework, criterion.ref),
        (Entry((criterion.statement,)), *([Entry(questions, "questions")] if questions else [])),
        {
            "section": (section_value(framework, section.number),),
            "criterion": (criterion_value(framework, criterion.ref),),
        },
        headed=True,
    )


def _of_glossary(site: PublicSite) -> Iterator[Record]:
    for term in site.glossary.terms:
        entry = Entry((term.means,), glossary_anchor(term.term, "term"))
        yield Record(Kind.GLOSSARY, term.term, "glossary/", (entry,), headed=True)
    for one in site.glossary.abbreviations:
        name = ", ".join((one.short, *one.also))
        entry = Entry((f"{name}: {one.long}", *filter(None, [one.about])), glossary_anchor(one.short))
        yield Record(Kind.GLOSSARY, one.short, "glossary/", (entry,), headed=True)


_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,3} +(.+?) *(?:\{#([\w-]+)[^}]*\})?$", re.MULTILINE)
_FENCE = re.compile(r"^```[^\n]*\n?", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)|`|^>+ ?|^ *[-*] (?=\S)", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")


def of_page(address: str, text: str) -> Iterator[Record]:
    """Yield what a page in Markdown says, an entry for each heading with an id; others belong to what stands above."""
    front = _FRONT.match(text)
    title = _TITLE.search(front[1]) if front else None
    body = text[front.end() :] if front else text
    entries: list[Entry] = []
    anchor, end, heading = "", 0, ""
    for found in [*_HEADING.finditer(body), None]:
        told = _plain(body[end : found.start() if found else None])
        if told:
            entries.append(Entry((*filter(None, [heading]), told), anchor))
        if found:
            anchor, end = found[2] or anchor, found.end()
            heading = _plain(found[1]) if not found[0].startswith("# ") else ""
    name = _plain(title[1].strip().strip("\"'")) if title else address.strip("/").replace("-", " ").capitalize()
    yield Record(Kind.PAGE, name, address, tuple(entries), headed=True)


def _plain(markdown: str) -> str:
    """Return the words of a piece of Markdown with HTML, on one line."""
    words = _SIGNS.sub("", _LINK.sub(r"\1", _FENCE.sub("", _TAG.sub(" ", markdown))))
    return " ".join(html.unescape(words).split())


def _name(criterion: Criterion) -> str:
    return f"{criterion.ref} {criterion.title}"
