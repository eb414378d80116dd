"""The tables of the open data, each with the meaning of its columns, over one report or over many.

A column is added at the end and never taken away or renamed: people's programs read them by name and by place.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from omi_build.downloads.files import CAUTION, corrected
from omi_build.downloads.report import per_cent, plain
from omi_build.languages import marked
from omi_build.model.common import Unit
from omi_build.model.framework import Assessment
from omi_build.scoring import Origin
from omi_build.targets import TargetStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from omi_build.intervals import Interval
    from omi_build.publication import PublicReport, PublicScore

    Reports = Sequence[PublicReport]
    Row = Mapping[str, object]


@dataclass(frozen=True)
class Field:
    """A column, as Table Schema describes one."""

    name: str
    type: str
    title: str
    description: str
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table: what it is, its columns and its rows."""

    name: str
    """The name of its file, without the ending."""
    title: str
    description: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    """Each by the names of the columns; None and '' are missing values."""
    primary_key: tuple[str, ...] = ()


REQUIRED = {"required": True}
PARTIAL_DATE = {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}
SHARE = {"minimum": 0, "maximum": 100}

REPORT = Field("report", "string", "Report", "The identifier of the report: area and year.", REQUIRED)
CRITERION = Field("criterion", "string", "Criterion", "The number of the criterion.", REQUIRED)
SECTION = Field("section", "integer", "Section", "The number of the section.", REQUIRED)
SYNTHETIC = Field("synthetic", "boolean", "Synthetic", "Whether the area or the inspection is made up.", REQUIRED)
NOTE = Field("note", "string", "Note", "What to heed wherever figures of several areas meet.", REQUIRED)
RANGE = tuple(
    Field(f"range_{end}", "integer", f"Range, {end}", "Where it would fall 95 times in 100 with other cases.", SHARE)
    for end in ("low", "high")
)
THEMES = Field("themes", "string", "Themes", "The subjects that it is marked with, with spaces between.")


def reports(reports: Reports) -> Table:
    """Return a row for each report."""
    return Table(
        "reports",
        "The list of reports, as a table",
        "One row for each report: what was inspected, when, and where its pages and data are.",
        (
            Field("id", "string", "Identifier", "Area and year; the last part of the report’s address.", REQUIRED),
            Field("title", "string", "Title", "The title of the report.", REQUIRED),
            Field("area", "string", "Area", "The area inspected.", REQUIRED),
            Field("region", "string", "Region", "The region of the area.", REQUIRED),
            Field("country", "string", "Country", "The country of the area.", REQUIRED),
            Field("year", "integer", "Year", "The year of the inspection.", REQUIRED),
            Field("framework", "string", "Framework", "The identifier of the inspection standards.", REQUIRED),
            Field("fieldwork", "string", "Fieldwork", "When inspectors were there: year, month or day.", PARTIAL_DATE),
            Field("published", "string", "Published", "When it was published: year, month or day.", PARTIAL_DATE),
            Field("corrected", "string", "Corrected", "When it was last corrected, if it was.", PARTIAL_DATE),
            SYNTHETIC,
            Field("url", "string", "Address", "The address of its overview, from the top of the site.", REQUIRED),
            Field(
                "report_json", "string", "Data", "The address of its report.json, from the top of the site.", REQUIRED
            ),
            Field("languages", "string", "Languages", "The languages that it is published in (en, cy), with spaces."),
        ),
        tuple(_report_row(report) for report in reports),
        ("id",),
    )


def scores(reports: Reports) -> Table:
    """Return a row for each criterion, scored section and thread."""
    return Table(
        "scores",
        marked("Scores, conclusions and ratings by criterion"),
        "One row for each criterion, and for each section and thread that has a score. Samples of cases differ in size"
        " and in the profile of their cases: a lower score than another area’s may say nothing about the work.",
        (
            REPORT,
            Field("section", "integer", "Section", "The number of the section; empty for a thread."),
            Field("criterion", "string", "Criterion", "Its number, or the key of a thread; empty for a section."),
            Field("title", "string", "Title", "The title of the criterion, section or thread.", REQUIRED),
            Field("score", "integer", "Score", "In whole per cent; empty where there is none.", SHARE),
            Field("score_origin", "string", "Origin of the score", "Where the score comes from.", _one_of(Origin)),
            Field("conclusion", "string", "Conclusion", "What follows from the score, by the framework’s bands."),
            Field("rating", "string", "Rating", "The inspectors’ judgement, on the framework’s scale."),
            Field("not_available", "string", "Not available", "The shorthand [x], [c] or [z], and why no score is."),
            SYNTHETIC,
            NOTE,
            *RANGE,
        ),
        tuple(row for report in reports for row in _score_rows(report)),
    )


def questions(reports: Reports) -> Table:
    """Return a row for each question about cases of each report that has its counts."""
    return Table(
        "questions",
        marked("Every question with its counts and its weight"),
        "One row for each question about cases: in how many relevant cases the work was sufficient, and what share of the"
        " criterion’s score it carries. Numbers of cases that could tell of single people are withheld.",
        (
            REPORT,
            SECTION,
            CRITERION,
            Field("question", "string", "Question", "The number of the question.", REQUIRED),
            Field("text", "string", "Text", "Its wording.", REQUIRED),
            Field("summary", "boolean", "Summary", "Whether it is the criterion’s summary question.", REQUIRED),
            Field("threads", "string", "Threads", "The threads that it counts for, with spaces between."),
            Field("sufficient", "integer", "Sufficient", "How many relevant cases were sufficient.", {"minimum": 0}),
            Field("relevant", "integer", "Relevant", "How many cases it was relevant to.", {"minimum": 0}),
            Field("percentage", "number", "Per cent", "Sufficient out of relevant, with two decimals.", SHARE),
            Field("weight", "number", "Weight", "Its share of the criterion’s score, in per cent.", SHARE),
            Field("not_available", "string", "Not available", "The shorthand [c] or [z], and why no count is."),
            SYNTHETIC,
            NOTE,
            *RANGE,
        ),
        tuple(row for report in reports for row in _question_rows(report)),
        ("report", "question"),
    )


def findings(reports: Reports) -> Table:
    """Return a row for each finding."""
    return Table(
        "findings",
        marked("Every finding with its address"),
        "One row for each strength and each area for improvement.",
        (
            REPORT,
            SECTION,
            CRITERION,
            Field(
                "kind",
                "string",
                "Kind",
                "A strength or an area for improvement.",
                REQUIRED | {"enum": ["strengths", "areas_for_improvement"]},
            ),
            Field("letter", "string", "Letter", "Its letter, which never changes once published.", REQUIRED),
            Field("text", "string", "Text", "What was found.", REQUIRED),
            Field("url", "string", "Address", "Its address, from the top of the site.", REQUIRED),
            Field("evidence", "string", "Evidence", "The refs of the questions that it rests on, with spaces between."),
            THEMES,
            SYNTHETIC,
        ),
        tuple(row for report in reports for row in _finding_rows(report)),
        ("url",),
    )


def recommendations(reports: Reports) -> Table:
    """Return a row for each recommendation."""
    return Table(
        "recommendations",
        marked("Recommendations and their criteria"),
        "One row for each recommendation.",
        (
            REPORT,
            Field("number", "integer", "Number", "The number of the recommendation.", REQUIRED),
            Field("text", "string", "Text", "What must improve.", REQUIRED),
            Field("criteria", "string", "Criteria", "The criteria that it answers, with spaces between."),
            THEMES,
            SYNTHETIC,
        ),
        tuple(
            {
                "report": report.id,
                "number": r.number,
                "text": plain(r.text.text),
                "criteria": " ".join(r.criteria),
                "themes": " ".join(r.themes),
                "synthetic": report.synthetic,
            }
            for report in reports
            for r in report.recommendations
        ),
        ("report", "number"),
    )


def targets(reports: Reports) -> Table:
    """Return a row for each target."""
    statuses = _one_of(TargetStatus)
    return Table(
        "targets",
        marked("National targets and their status"),
        "One row for each national target: its figure, the area’s, a comparator’s, and whether each met it.",
        (
            REPORT,
            Field("table", "string", "Table", "The title of the table of targets.", REQUIRED),
            Field("period", "string", "Period", "The time that the figures count."),
            Field("measure", "string", "Measure", "What is measured.", REQUIRED),
            Field("unit", "string", "Unit", "What the figures count.", REQUIRED | _one_of(Unit)),
            Field(
                "better",
                "string",
                "Better",
                "Which direction is better.",
                REQUIRED | {"enum": ["higher", "lower"]},
            ),
            Field("target", "number", "Target", "The figure to be reached.", REQUIRED),
            Field("area", "number", "Area", "The area’s figure; empty where there is none."),
            Field(
                "area_status", "string", "Status of the area", "How the area’s figure stands to the target.", statuses
            ),
            Field("comparator", "number", "Comparator", "The figure that the area is held against."),
            Field(
                "comparator_status",
                "string",
                "Status of the comparator",
                "How the comparator’s figure stands to the target.",
                statuses,
            ),
            SYNTHETIC,
            NOTE,
        ),
        tuple(row for report in reports for row in _target_rows(report)),
    )


def good_practice(reports: Reports) -> Table:
    """Return a row for each example of good practice."""
    return Table(
        "good-practice",
        marked("Examples of good practice"),
        "One row for each example of good practice.",
        (
            REPORT,
            CRITERION,
            Field("title", "string", "Title", "The title of the example.", REQUIRED),
            Field("text", "string", "Text", "What was seen.", REQUIRED),
            Field("names_changed", "boolean", "Names changed", "Whether names in it were changed.", REQUIRED),
            THEMES,
            SYNTHETIC,
        ),
        tuple(
            {
                "report": report.id,
                "criterion": g.criterion,
                "title": g.title,
                "text": plain(g.text.text),
                "names_changed": g.names_changed,
                "themes": " ".join(g.themes),
                "synthetic": report.synthetic,
            }
            for report in reports
            for g in report.good_practice
        ),
    )


TABLES: tuple[Callable[[Reports], Table], ...] = (
    scores,
    questions,
    findings,
    recommendations,
    targets,
    good_practice,
)
"""The tables that a report has and the whole site has, in the order that pages list them."""


_FORMULA = re.compile(r"""[\s'"“”‘’]*[=+\-@＝＋－＠]|[\t\r\n]""")
"""What a spreadsheet may take for a formula: some drop spaces and quotation marks before it, or read wide signs alike."""


def as_csv(table: Table) -> bytes:
    """Return a table as CSV (RFC 4180); text that a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.fields)
    writer.writerows([_cell(row[column.name]) for column in table.fields] for row in table.rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _one_of(kind: type[Origin | TargetStatus | Unit]) -> dict[str, Any]:
    return {"enum": [member.value for member in kind]}


def _report_row(report: PublicReport) -> Row:
    published, last = report.about.publication.date, corrected(report)
    return {
        "id": report.id,
        "title": report.about.title,
        "area": report.area.title,
        "region": report.region.title,
        "country": report.area.country,
        "year": report.about.year,
        "framework": report.framework.id,
        "fieldwork": report.about.fieldwork.iso(),
        "published": published.iso() if published else None,
        "corrected": last.iso() if last else None,
        "synthetic": report.synthetic,
        "url": report.address,
        "report_json": f"{report.address}report.json",
        "languages": " ".join(report.languages),
    }


def _score_rows(report: PublicReport) -> list[Row]:
    def row(section: int | None, criterion: str, title: str, score: PublicScore | None, **judged: str) -> Row:
        told: dict[str, object] = {
            "report": report.id,
            "section": section,
            "criterion": criterion,
            "title": title,
            "score": score.value if score else None,
            "score_origin": score.origin.value if score and score.value is not None else None,
            "conclusion": judged.get("conclusion"),
            "rating": judged.get("rating"),
            "not_available": f"[{score.missing.shorthand}] {score.missing.reason}" if score and score.missing else "",
            "synthetic": report.synthetic,
            "note": CAUTION,
        }
        return told | _range(score.interval if score else None)

    rows: list[Row] = []
    for section in report.sections:
        if section.assessment is Assessment.SCORED:
            rows.append(row(section.number, "", section.title, section.score))
        for c in section.criteria:
            judged = {"conclusion": c.band.conclusion} if c.band else {}
            judged |= {"rating": c.rating.rating} if c.rating else {}
            rows.append(row(section.number, c.criterion.ref, c.criterion.title, c.score, **judged))
    rows += [row(None, thread.thread.thread, thread.thread.title, thread.score) for thread in report.threads]
    return rows


def _question_rows(report: PublicReport) -> list[Row]:
    return [
        {
            "report": report.id,
            "section": section.number,
            "criterion": ref,
            "question": one.question.ref,
            "text": one.question.text,
            "summary": one.question.summary,
            "threads": " ".join(one.question.threads),
            "sufficient": one.sufficient,
            "relevant": one.relevant,
            "percentage": per_cent(one.proportion, 2),
            "weight": per_cent(one.weight, 6),
            "not_available": f"[{one.missing.shorthand}] {one.missing.reason}" if one.missing else "",
            "synthetic": report.synthetic,
            "note": CAUTION,
        }
        | _range(one.interval)
        for ref, (section, criterion) in report.criteria.items()
        for one in criterion.questions
    ]


def _range(interval: Interval | None) -> dict[str, object]:
    return {"range_low": interval.low if interval else None, "range_high": interval.high if interval else None}


def _finding_rows(report: PublicReport) -> list[Row]:
    return [
        {
            "report": report.id,
            "section": section.number,
            "criterion": ref,
            "kind": kind,
            "letter": finding.letter,
            "text": plain(finding.text.text),
            "url": f"{report.criterion_address(ref)}-{anchor}-{finding.letter}",
            "evidence": " ".join(finding.evidence),
            "themes": " ".join(finding.themes),
            "synthetic": report.synthetic,
        }
        for ref, (section, criterion) in report.criteria.items()
        for kind, anchor, found in (
            ("strengths", "strength", criterion.strengths),
            ("areas_for_improvement", "improvement", criterion.areas_for_improvement),
        )
        for finding in found
    ]


def _target_rows(report: PublicReport) -> list[Row]:
    return [
        {
            "report": report.id,
            "table": judged.table.title,
            "period": judged.table.period,
            "measure": t.target.measure,
            "unit": t.target.unit.value,
            "better": t.target.better,
            "target": t.target.target,
            "area": t.target.area.value,
            "area_status": t.area.value if t.area else "",
            "comparator": t.target.comparator.value,
            "comparator_status": t.comparator.value if t.comparator else "",
            "synthetic": report.synthetic,
            "note": CAUTION,
        }
        for judged in report.targets
        for t in judged.targets
    ]
