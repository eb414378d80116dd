"""The rules: what a careful checker would catch. One function a rule, grouped by subject, listed here.

A rule yields what it finds; it never raises on content that fits the schemas, prints nothing and drops nothing. Its
docstring is its page: what, why, an example that is wrong and one that is right, and the source. `claims` and `names`
read prose for the rules and judge nothing. What an editor's note explains is dropped here, once, for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from omi_build.checks import (
    cited,
    figures,
    language,
    languages,
    moved,
    record,
    samples,
    scores,
    spelling,
    structure,
    style,
)
from omi_build.dictionary import Dictionary
from omi_build.languages import ENGLISH
from omi_build.model.common import EditorNote
from omi_build.model.programme import Programme
from omi_build.model.walk import parts_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source

ReportRule = Callable[[ScoredReport], Iterator[Problem]]
ProgrammeRule = Callable[[Programme, Sequence[ScoredReport]], Iterator[Problem]]
SpellingRule = Callable[[Programme, Sequence[ScoredReport], Dictionary], Iterator[Problem]]

REPORT_RULES: tuple[ReportRule, ...] = (
    structure.unknown_criterion,
    structure.missing_criterion,
    structure.skipped_letter,
    structure.unknown_reference,
    structure.dates_out_of_order,
    structure.wrong_isbn,
    structure.skipped_number,
    structure.unwritten_criterion,
    structure.unknown_part,
    figures.impossible_percentage,
    figures.contradictory_count,
    figures.parts_not_summing,
    figures.repeated_percentage,
    figures.count_above_base,
    cited.unknown_citation,
    cited.typed_against_evidence,
    cited.withheld_figure,
    scores.unfitting_assessment,
    scores.conclusion_against_band,
    scores.unknown_rating,
    scores.unknown_conclusion,
    scores.published_against_computed,
    scores.asterisk_against_status,
    scores.unfitting_answers,
    scores.unanswered_urgency,
    samples.unfitting_strata,
    samples.miscounted_sample,
    samples.thin_sample,
    language.doubled_word,
    language.unexplained_name,
    record.impossible_embargo,
)
"""The rules on one report."""

PROGRAMME_RULES: tuple[ProgrammeRule, ...] = (
    structure.misnamed_file,
    structure.unknown_place,
    structure.unfitting_framework,
    structure.unknown_theme,
    language.undefined_abbreviation,
    record.changed_after_publication,
    record.unrecorded_correction,
    record.altered_version,
    record.moved_score,
    languages.differing_figures,
    languages.lacking_in_welsh,
    languages.incomplete_in_welsh,
    languages.unlisted_language,
)
"""The rules that span reports, or need the areas, the glossary or the house style."""

SHARED_RULES: tuple[ProgrammeRule, ...] = (
    language.unused_abbreviation,
    moved.unfit_address,
    moved.moved_twice,
    moved.moved_on,
    style.style_against_itself,
)
"""The rules on what all reports share."""

STYLE_RULES: tuple[ProgrammeRule, ...] = (
    style.house_word,
    style.words_for_per_cent,
    style.small_number_in_figures,
    style.abbreviation_before_its_words,
)
"""The rules of the house style, which is of English."""

SPELLING_RULES: tuple[SpellingRule, ...] = (spelling.misspelt_word, spelling.oxford_spelling)
"""The rules that look words up in the dictionary."""

RULES = (*REPORT_RULES, *PROGRAMME_RULES, *SHARED_RULES, *STYLE_RULES, *SPELLING_RULES)
"""Every rule."""


def check(programme: Programme, reports: Sequence[ScoredReport], dictionary: Dictionary | None = None) -> list[Problem]:
    """Return what every rule found, each thing once, without what an editor's note explains.

    `dictionary` may keep its answers between runs; without one a new one is asked, which keeps none.
    """
    found = [problem for report in reports for rule in REPORT_RULES for problem in rule(report)]
    shared = () if programme.judged else SHARED_RULES
    found += [problem for rule in (*PROGRAMME_RULES, *shared) for problem in rule(programme, reports)]
    english = [report for report in reports if report.inspection.about.language == ENGLISH]
    found += [problem for rule in STYLE_RULES for problem in rule(programme, english)]
    words = dictionary or Dictionary()
    found += [problem for rule in SPELLING_RULES for problem in rule(programme, english, words)]
    return without_explained(list(dict.fromkeys(found)), programme, reports)


def without_explained(found: Sequence[Problem], programme: Programme, reports: Sequence[ScoredReport]) -> list[Problem]:
    """OMI505 (warning): an editor's note that explains a code for which nothing beside it is reported.

    The text was mended and the note forgotten, or the code is another's. A note drops the problems of the codes that it
    explains inside the part that it stands with, and no others. Whether a note is idle is not judged where a file of
    the inspection or its framework can't be read, for then rules were silent.

    To look at: `explains: [OMI301]` beside a text without percentages. Right: a note without `explains`.
    """
    judged = {report.inspection.id for report in reports if not report.inspection.incomplete}
    walked = {report.inspection.id: report.parts for report in reports}
    dropped: set[Problem] = set()
    idle: list[Problem] = []
    for inspection in programme.inspections:
        parts = walked[inspection.id] if inspection.id in walked else parts_of(inspection)
        for place, code, source in _explanations(parts):
            explained = [problem for problem in found if problem.code == code and place.holds(problem.source)]
            dropped.update(explained)
            if not explained and inspection.id in judged:
                message = f"this note explains {code}, but nothing beside it is reported under that code"
                idle.append(Problem(source, "OMI505", message, "Remove the code from explains.", Severity.WARNING))
    return [*(problem for problem in found if problem not in dropped), *idle]


def _explanations(parts: Iterable[Any]) -> Iterator[tuple[Source, str, Source]]:
    """Yield (place that a note stands beside, code that it explains, place of the code)."""
    for part in parts:
        for note in getattr(part, "editor_notes", ()):
            assert isinstance(note, EditorNote)
            for n, code in enumerate(note.explains):
                yield part.source, code, note.source.child("explains", n)
