"""Small frameworks and inspections with defaults, so that a test shows only what its claim is about."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from omi_build.model.common import NotAvailable, Prose
from omi_build.model.dates import PartialDate
from omi_build.model.framework import (
    Assessment,
    Band,
    Criterion,
    DisclosureRule,
    Framework,
    Question,
    Rating,
    ScoringRule,
    Section,
    TargetRule,
    Thread,
)
from omi_build.model.inspection import (
    About,
    Answer,
    Case,
    CaseScores,
    Count,
    CriterionFindings,
    Inspection,
    Publication,
    Status,
    ThreadScore,
)
from omi_build.scoring import QuestionResult, ScoredReport, score_inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = Prose("Words.")
ANSWERS = {"s": Answer.SUFFICIENT, "i": Answer.INSUFFICIENT, "n": Answer.NOT_APPLICABLE}
BANDS = {"good": 70, "priority": 60, "urgent_priority": 0}


def question(ref: str, *threads: str, summary: bool = False) -> Question:
    return Question(ref, "Was it done?", threads, summary)


def criterion(ref: str, questions: int = 2, *threads: str) -> Criterion:
    """Return a criterion with so many questions, all of the threads, the last of them its summary question."""
    asked = [question(f"{ref}.{n}", *threads, summary=n == questions) for n in range(1, questions + 1)]
    return Criterion(ref, f"Criterion {ref}", WORDS, tuple(asked))


def section(number: int, *criteria: Criterion, assessment: Assessment = Assessment.SCORED) -> Section:
    return Section(number, f"Section {number}", assessment, criteria)


def framework(
    *sections: Section,
    weights: tuple[int, int] | None = (80, 20),
    bands: Mapping[str, int] | None = None,
    threads: Iterable[str] = (),
    minimum: int | None = None,
) -> Framework:
    """Return a framework of these sections; by default the weights and bands of 2006."""
    return Framework(
        id="f",
        title="F",
        short_title="F",
        inspectorate="I",
        in_use_from=PartialDate(2040),
        about=WORDS,
        caution=WORDS,
        sections=sections,
        texts=(),
        scoring=ScoringRule(*weights, WORDS) if weights else None,
        bands=tuple(Band(name, name, at, "") for name, at in (BANDS if bands is None else bands).items()),
        ratings=(Rating("well_met", "Well met", ""),),
        threads=tuple(Thread(thread, thread, WORDS) for thread in threads),
        targets=TargetRule(10, WORDS),
        disclosure=None if minimum is None else DisclosureRule(minimum, WORDS),
    )


def cases(*answers: Mapping[str, str]) -> CaseScores:
    """Return cases with the answers s, i and n, by the ref of the question."""
    return CaseScores(
        cases=tuple(
            Case(f"C{n}", {ref: ANSWERS[letter] for ref, letter in given.items()})
            for n, given in enumerate(answers, start=1)
        )
    )


def by_letters(answers: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the answers of each case, given a letter a case by the ref of the question."""
    return [dict(zip(answers, letters, strict=True)) for letters in zip(*answers.values(), strict=True)]


def counts(**by_question: tuple[int, int]) -> CaseScores:
    """Return counts, (sufficient, relevant), by ref with `_` for its points: `q1_2_1`."""
    named = {ref.removeprefix("q").replace("_", "."): Count(*count) for ref, count in by_question.items()}
    return CaseScores(counts=named)


def findings(
    ref: str,
    published: int | None = None,
    *,
    conclusion: str = "",
    rating: str = "",
    not_available: str = "",
) -> CriterionFindings:
    missing = NotAvailable("x", not_available) if not_available else None
    return CriterionFindings(ref, (), (), published, missing, conclusion, rating)


def inspection(
    *found: CriterionFindings, case_scores: CaseScores | None = None, threads: Iterable[ThreadScore] = ()
) -> Inspection:
    about = About(
        area="northmoor",
        year=2040,
        framework="f",
        title="T",
        lead_body="I",
        fieldwork=PartialDate(2040, 1),
        publication=Publication(Status.IN_PREPARATION),
        published_thread_scores=tuple(threads),
    )
    return Inspection("northmoor-2040", about, found, case_scores=case_scores)


def counted_report(rules: Framework, counted: Mapping[str, tuple[int, int]]) -> ScoredReport:
    """Return a scored report with these counts, (sufficient, relevant), by the ref of the question."""
    given = CaseScores(counts={ref: Count(*count) for ref, count in counted.items()})
    return score_inspection(inspection(case_scores=given), rules)


def result(sufficient: int, relevant: int, *, summary: bool = False) -> QuestionResult:
    return QuestionResult(question("1.1.1", summary=summary), sufficient, relevant)


def per_cent(value: str) -> Fraction:
    """Return a proportion written as a per cent: '61.5' is 123/200."""
    return Fraction(value) / 100
