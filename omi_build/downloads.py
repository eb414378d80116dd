"""The public data of a report: `report.json`, whose schema is published beside it, and tables as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.citations import unlinked
from omi_build.model.framework import Assessment
from omi_build.words import file_size

if TYPE_CHECKING:
    from omi_build.model.common import EditorNote, FigureTable, NotAvailable
    from omi_build.model.inspection import Finding, TargetFigure
    from omi_build.publication import PublicCriterion, PublicReport, PublicScore
    from omi_build.targets import TargetStatus

LICENCE = "Open Government Licence v3.0"
SCHEMA_ADDRESS = "schemas/report.schema.json"
"""Where the schema of `report.json` is published, from the top of the site."""


@dataclass(frozen=True)
class Download:
    """A file to download."""

    name: str
    title: str
    format: str
    content: bytes

    @property
    def size(self) -> str:
        """Its size for a reader."""
        return file_size(len(self.content))


def downloads(report: PublicReport) -> tuple[Download, ...]:
    """Return every download of a report."""
    files = [
        Download("report.json", "The whole report as data", "JSON", _json(report_data(report))),
        Download("scores.csv", "Scores, conclusions and ratings by criterion", "CSV", _csv(*_scores(report))),
        Download("findings.csv", "Every finding with its address", "CSV", _csv(*_findings(report))),
        Download("recommendations.csv", "Recommendations and their criteria", "CSV", _csv(*_recommendations(report))),
    ]
    if report.targets:
        files.append(Download("targets.csv", "National targets and their status", "CSV", _csv(*_targets(report))))
    return tuple(files)


def report_data(report: PublicReport) -> dict[str, Any]:
    """Return the public data of a report, as `schemas/report.schema.json` describes it."""
    about = report.about
    return {
        "$schema": f"../../{SCHEMA_ADDRESS}",
        "id": report.id,
        "title": about.title,
        "area": {
            "id": report.area.id,
            "title": report.area.title,
            "region": report.region.title,
            "country": report.area.country,
        },
        "year": about.year,
        "framework": {"id": report.framework.id, "title": report.framework.title},
        "lead_body": about.lead_body,
        "fieldwork": about.fieldwork.iso(),
        "published": about.publication.date.iso() if about.publication.date else None,
        "licence": LICENCE,
        "caution": plain(report.framework.caution.text),
        "source_of_scores": plain(about.source_of_scores.text) if about.source_of_scores else None,
        "scores": {thread.thread.thread: thread.score.value for thread in report.threads},
        "not_available": _reasons(report),
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "assessment": section.assessment.value,
                "score": _value(section.score),
                "criteria": [_criterion(report, criterion) for criterion in section.criteria],
            }
            for section in report.sections
        ],
        "recommendations": [
            {"number": r.number, "text": plain(r.text.text), "criteria": list(r.criteria)} | _notes(r.editor_notes)
            for r in report.recommendations
        ],
        "good_practice": [
            {"title": g.title, "criterion": g.criterion, "text": plain(g.text.text), "names_changed": g.names_changed}
            | _figures(g.figures)
            | _notes(g.editor_notes)
            for g in report.good_practice
        ],
        "targets": [
            {
                "title": judged.table.title,
                "period": judged.table.period,
                "comparator": judged.table.comparator,
                "targets": [
                    {
                        "measure": t.target.measure,
                        "detail": t.target.detail,
                        "unit": t.target.unit.value,
                        "better": t.target.better,
                        "target": t.target.target,
                        "target_geography": t.target.target_geography,
                        "area": _target_figure(t.target.area, t.area),
                        "comparator_figure": _target_figure(t.target.comparator, t.comparator),
                    }
                    | _notes(t.target.editor_notes)
                    for t in judged.targets
                ],
            }
            | _notes(judged.table.editor_notes)
            for judged in report.targets
        ],
        "context": [_table(table) for table in about.context],
        "sample": {"cases": about.sample.cases, "note": about.sample.note} if about.sample else None,
        "isbn": {"print": about.publication.isbn_print or None, "pdf": about.publication.isbn_pdf or None},
        "team": [{"role": role.role, "members": [member.name for member in role.members]} for role in about.team],
        "abbreviations": [{"short": entry.short, "long": entry.long} for entry in report.abbreviations],
    } | _narrative(report)


def _narrative(report: PublicReport) -> dict[str, Any]:
    narrative = report.narrative
    foreword, thanks, steps = narrative.foreword, narrative.acknowledgements, narrative.next_steps
    summaries = [(str(one.section), one.text, one.editor_notes) for one in narrative.section_summaries]
    summaries += [(one.thread, one.text, one.editor_notes) for one in narrative.thread_summaries]
    return {
        "foreword": {"text": plain(foreword.text.text), "signed_by": foreword.signed_by, "role": foreword.role}
        if foreword
        else None,
        "acknowledgements": plain(thanks.text.text) if thanks else None,
        "summaries": [{"of": of, "text": plain(text.text)} | _notes(notes) for of, text, notes in summaries],
        "next_steps": {"text": plain(steps.text.text), "further_inspection": steps.further_inspection}
        if steps
        else None,
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "parts": [
                    {"title": part.title, "text": plain(part.text.text)}
                    | _figures(part.figures)
                    | _notes(part.editor_notes)
                    for part in chapter.parts
                ],
            }
            for chapter in narrative.chapters
        ],
    }


def plain(text: str) -> str:
    """Return prose with its lines joined: one line a paragraph or list entry, an empty line between paragraphs."""
    lines: list[str] = []
    for line in unlinked(text).splitlines():
        words = line.strip()
        begins = not words or words.startswith("- ") or not lines or not lines[-1]
        if begins:
            lines.append(words)
        else:
            lines[-1] += f" {words}"
    return "\n".join(lines)


def _criterion(report: PublicReport, criterion: PublicCriterion) -> dict[str, Any]:
    url = report.criterion_address(criterion.criterion.ref)

    def findings(kind: str, items: Sequence[Finding]) -> list[dict[str, Any]]:
        return [
            {"letter": f.letter, "text": plain(f.text.text), "url": f"{url}-{kind}-{f.letter}"}
            | _figures(f.figures)
            | _notes(f.editor_notes)
            for f in items
        ]

    return {
        "ref": criterion.criterion.ref,
        "title": criterion.criterion.title,
        "url": url,
        "score": _value(criterion.score),
        "score_origin": criterion.score.origin.value if criterion.score else None,
        "rating": criterion.rating.rating if criterion.rating else None,
        "conclusion": criterion.band.conclusion if criterion.band else None,
        "strengths": findings("strength", criterion.strengths),
        "areas_for_improvement": findings("improvement", criterion.areas_for_improvement),
        "comment": plain(criterion.comment.text) if criterion.comment else None,
    } | _notes(criterion.editor_notes)


def _reasons(report: PublicReport) -> list[dict[str, str]]:
    """Return what has no value, and why."""
    scores = [(f"section {section.number}", section.score) for section in report.sections]
    scores += [(f"criterion {ref}", criterion.score) for ref, (_, criterion) in report.criteria.items()]
    scores += [(thread.thread.thread, thread.score) for thread in report.threads]
    return [{"what": what, **_missing(score.missing)} for what, score in scores if score and score.missing]


def _missing(missing: NotAvailable) -> dict[str, str]:
    return {"shorthand": missing.shorthand, "reason": missing.reason}


def _value(score: PublicScore | None) -> int | None:
    return score.value if score else None


def _notes(notes: Iterable[EditorNote]) -> dict[str, Any]:
    return {"editor_notes": [plain(note.text.text) for note in notes]}


def _figures(tables: Iterable[FigureTable]) -> dict[str, Any]:
    return {"figures": [_table(table) for table in tables]}


def _table(table: FigureTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "as_at": table.as_at.iso() if table.as_at else None,
        "period": table.period or None,
        "rows": [
            {
                "label": row.label,
                "value": row.value,
                "unit": row.unit.value,
                "of": row.of,
                "measures": row.measures or None,
                "not_available": _missing(row.not_available) if row.not_available else None,
            }
            for row in table.rows
        ],
        "adds_up_to": table.adds_up_to,
        "note": table.note or None,
    } | _notes(table.editor_notes)


def _target_figure(figure: TargetFigure, status: TargetStatus | None) -> dict[str, Any]:
    return {
        "value": figure.value,
        "status": status.value if status else None,
        "as_at": figure.as_at.iso() if figure.as_at else None,
        "period": figure.period or None,
        "geography": figure.geography or None,
        "not_available": _missing(figure.not_available) if figure.not_available else None,
    }


Rows = tuple[Sequence[str], list[Sequence[object]]]


def _scores(report: PublicReport) -> Rows:
    header = (
        "report",
        "section",
        "criterion",
        "title",
        "score",
        "score_origin",
        "conclusion",
        "rating",
        "not_available",
    )
    rows: list[Sequence[object]] = []
    for section in report.sections:
        if section.assessment is Assessment.SCORED:
            rows.append(
                (
                    report.id,
                    section.number,
                    "",
                    section.title,
                    *_score_cells(section.score),
                    "",
                    "",
                    _why(section.score),
                )
            )
        for c in section.criteria:
            conclusion, rating = c.band.conclusion if c.band else "", c.rating.rating if c.rating else ""
            rows.append(
                (
                    report.id,
                    section.number,
                    c.criterion.ref,
                    c.criterion.title,
                    *_score_cells(c.score),
                    conclusion,
                    rating,
                    _why(c.score),
                )
            )
    rows += [
        (report.id, "", t.thread.thread, t.thread.title, *_score_cells(t.score), "", "", _why(t.score))
        for t in report.threads
    ]
    return header, rows


def _score_cells(score: PublicScore | None) -> tuple[object, object]:
    return ("", "") if score is None or score.value is None else (score.value, score.origin.value)


def _why(score: PublicScore | None) -> str:
    return f"[{score.missing.shorthand}] {score.missing.reason}" if score and score.missing else ""


def _findings(report: PublicReport) -> Rows:
    rows: list[Sequence[object]] = []
    for ref, (section, criterion) in report.criteria.items():
        data = _criterion(report, criterion)
        for kind in ("strengths", "areas_for_improvement"):
            rows += [(report.id, section.number, ref, kind, f["letter"], f["text"], f["url"]) for f in data[kind]]
    return ("report", "section", "criterion", "kind", "letter", "text", "url"), rows


def _recommendations(report: PublicReport) -> Rows:
    rows: list[Sequence[object]] = [
        (report.id, r.number, plain(r.text.text), " ".join(r.criteria)) for r in report.recommendations
    ]
    return ("report", "number", "text", "criteria"), rows


def _targets(report: PublicReport) -> Rows:
    header = (
        "report",
        "table",
        "period",
        "measure",
        "unit",
        "better",
        "target",
        "area",
        "area_status",
        "comparator",
        "comparator_status",
    )
    rows: list[Sequence[object]] = [
        (
            report.id,
            judged.table.title,
            judged.table.period,
            t.target.measure,
            t.target.unit.value,
            t.target.better,
            t.target.target,
            t.target.area.value,
            t.area.value if t.area else "",
            t.target.comparator.value,
            t.comparator.value if t.comparator else "",
        )
        for judged in report.targets
        for t in judged.targets
    ]
    return header, rows


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV (RFC 4180); text that a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    formula = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{value}" if formula else value
