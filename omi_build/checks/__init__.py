"""The rules: what a careful checker would catch. One function a rule, grouped by subject, listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from omi_build.checks import figures, language, scores, structure
from omi_build.model.common import EditorNote
from omi_build.model.programme import Programme
from omi_build.model.walk import parts_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source

ReportRule = Callable[[ScoredReport], Iterator[Problem]]
ProgrammeRule = Callable[[Programme, Sequence[ScoredReport]], Iterator[Problem]]

REPORT_RULES: tuple[ReportRule, ...] = (
    structure.unknown_criterion,
    structure.missing_criterion,
    structure.skipped_letter,
    structure.unknown_reference,
    structure.dates_out_of_order,
    structure.wrong_isbn,
    structure.skipped_number,
    figures.impossible_percentage,
    figures.contradictory_count,
    figures.parts_not_summing,
    figures.repeated_percentage,
    figures.count_above_base,
    scores.unfitting_assessment,
    scores.conclusion_against_band,
    scores.unknown_rating,
    scores.unknown_conclusion,
    scores.published_against_computed,
    scores.asterisk_against_status,
    scores.unfitting_answers,
    scores.unanswered_urgency,
    language.doubled_word,
    language.unexplained_name,
)
"""The rules on one report."""

PROGRAMME_RULES: tuple[ProgrammeRule, ...] = (
    structure.misnamed_file,
    structure.unknown_place,
    structure.unfitting_framework,
    language.undefined_abbreviation,
    language.unused_abbreviation,
)
"""The rules that span reports, or need the areas or the glossary."""


def check(programme: Programme, reports: Sequence[ScoredReport]) -> list[Problem]:
    """Return what every rule found, without what an editor's note explains."""
    found = [problem for report in reports for rule in REPORT_RULES for problem in rule(report)]
    found += [problem for rule in PROGRAMME_RULES for problem in rule(programme, reports)]
    return _without_explained(found, programme)


def _without_explained(found: Sequence[Problem], programme: Programme) -> list[Problem]:
    """Drop what an editor's note beside it explains; report a note that explains what nothing found (OMI505)."""
    kept = list(found)
    for inspection in programme.inspections:
        for place, code, source in _explanations(inspection):
            explained = [problem for problem in found if problem.code == code and place.holds(problem.source)]
            kept = [problem for problem in kept if problem not in explained]
            if not explained:
                message = f"this note explains {code}, but nothing beside it is reported under that code"
                kept.append(Problem(source, "OMI505", message, "Remove the code from explains.", Severity.WARNING))
    return kept


def _explanations(inspection: object) -> Iterator[tuple[Source, str, Source]]:
    """Yield (place that a note stands beside, code that it explains, place of the code)."""
    for part in parts_of(inspection):
        for note in getattr(part, "editor_notes", ()):
            assert isinstance(note, EditorNote)
            for n, code in enumerate(note.explains):
                yield part.source, code, note.source.child("explains", n)
