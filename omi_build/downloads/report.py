"""The whole of a report as data: `report.json`, whose schema is published beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from omi_build.citations import unlinked
from omi_build.downloads.files import LICENCE, REPORT_SCHEMA
from omi_build.model.figures import decimals

if TYPE_CHECKING:
    from fractions import Fraction

    from omi_build.model.common import EditorNote, FigureTable, NotAvailable
    from omi_build.model.inspection import Finding, TargetFigure
    from omi_build.publication import PublicCriterion, PublicQuestion, PublicReport, PublicScore
    from omi_build.targets import TargetStatus


def report_data(report: PublicReport) -> dict[str, Any]:
    """Return the public data of a report, as `schemas/report.schema.json` describes it."""
    about, rule = report.about, report.framework.scoring
    return {
        "$schema": f"{'../' * report.address.count('/')}{REPORT_SCHEMA}",
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
        "corrections": [{"date": c.date.iso(), "text": plain(c.text.text)} for c in about.publication.corrections],
        "version": report.version or None,
        "language": report.language,
        "languages": list(report.languages),
        "synthetic": report.synthetic,
        "licence": LICENCE,
        "caution": plain(report.framework.caution.text),
        "source_of_scores": plain(about.source_of_scores.text) if about.source_of_scores else None,
        "scores": {thread.thread.thread: thread.score.value for thread in report.threads},
        "ranges": {thread.thread.thread: _range(thread.score) for thread in report.threads},
        "scoring": {"questions_weight": rule.questions_weight, "summary_weight": rule.summary_weight} if rule else None,
        "not_available": _reasons(report),
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "assessment": section.assessment.value,
                "score": _value(section.score),
                "range": _range(section.score),
                "criteria": [_criterion(report, criterion) for criterion in section.criteria],
            }
            for section in report.sections
        ],
        "recommendations": [
            {
                "number": r.number,
                "text": plain(r.text.text),
                "criteria": list(r.criteria),
                "themes": list(r.themes),
            }
            | _notes(r.editor_notes)
            for r in report.recommendations
        ],
        "good_practice": [
            {
                "title": g.title,
                "criterion": g.criterion,
                "text": plain(g.text.text),
                "names_changed": g.names_changed,
                "themes": list(g.themes),
            }
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
            {
                "letter": f.letter,
                "text": plain(f.text.text),
                "url": f"{url}-{kind}-{f.letter}",
                "evidence": list(f.evidence),
                "themes": list(f.themes),
            }
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
        "range": _range(criterion.score),
        "rating": criterion.rating.rating if criterion.rating else None,
        "conclusion": criterion.band.conclusion if criterion.band else None,
        "questions": [_question(report, criterion, question) for question in criterion.questions],
        "strengths": findings("strength", criterion.strengths),
        "areas_for_improvement": findings("improvement", criterion.areas_for_improvement),
        "comment": plain(criterion.comment.text) if criterion.comment else None,
    } | _notes(criterion.editor_notes)


def _question(report: PublicReport, criterion: PublicCriterion, question: PublicQuestion) -> dict[str, Any]:
    asked = question.question
    return {
        "ref": asked.ref,
        "text": asked.text,
        "url": report.question_address(criterion, question),
        "summary": asked.summary,
        "threads": list(asked.threads),
        "sufficient": question.sufficient,
        "relevant": question.relevant,
        "percentage": per_cent(question.proportion, 2),
        "weight": per_cent(question.weight, 6),
        "range": {"low": question.interval.low, "high": question.interval.high} if question.interval else None,
        "not_available": _missing(question.missing) if question.missing else None,
    }


def _range(score: PublicScore | None) -> dict[str, int] | None:
    return {"low": score.interval.low, "high": score.interval.high} if score and score.interval else None


def per_cent(proportion: Fraction | None, places: int) -> float | None:
    """Return a proportion (0 to 1) in per cent with so many decimal places."""
    return None if proportion is None else float(decimals(proportion * 100, places))


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
