"""Answers → proportions → criterion, section and thread scores, each with its working.

Total: what is missing gives a score with no value and the reason, never an exception, so that it is safe on content
that no rule has seen yet. Exact (rationals) up to `Score.whole`, the whole per cent that the reader sees; the band is
read off that, so that a page can't contradict itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain, compress
from operator import is_
from typing import TYPE_CHECKING, Any

from omi_build.languages import gettext as _
from omi_build.languages import ngettext
from omi_build.model.common import NotAvailable, Prose
from omi_build.model.figures import whole_per_cent
from omi_build.model.framework import Assessment, Band, Criterion, Framework, Question, Rating, Section, Thread
from omi_build.model.inspection import Answer, Case, CaseScores, CriterionFindings, Inspection
from omi_build.model.walk import parts_of, texts_of
from omi_build.targets import ScoredTable, judge_table
from omi_build.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Origin(Enum):
    """Where a score comes from."""

    CASES = "cases"
    """Computed from the answers on cases."""
    PUBLISHED = "published"
    """Recorded as the report published it."""
    MEAN = "mean"
    """The mean of the criterion scores."""


@dataclass(frozen=True)
class Score:
    """A score, or the reason why there is none."""

    origin: Origin
    proportion: Fraction | None = None
    """Exact, from 0 to 1."""
    missing: NotAvailable | None = None
    weights: Mapping[str, Fraction] = field(default_factory=dict, compare=False, repr=False)
    """The share of the score (0 to 1) that each answered question carries, by its ref; they add up to 1."""

    @property
    def whole(self) -> int | None:
        """The score as shown: a whole per cent, halves rounded up."""
        return None if self.proportion is None else whole_per_cent(self.proportion)


@dataclass(frozen=True)
class QuestionResult:
    """The counts of one question."""

    question: Question
    sufficient: int
    relevant: int
    """How many cases it was answered sufficient or insufficient for."""

    @property
    def proportion(self) -> Fraction | None:
        """Sufficient out of relevant; None without a relevant case, since 0 of 0 is not 0."""
        return Fraction(self.sufficient, self.relevant) if self.relevant else None


@dataclass(frozen=True)
class Edge:
    """A neighbouring band, and how few answers would have led into it."""

    band: Band
    answers: int
    """How many answers would have had to be another, at the least."""
    more: bool
    """Whether more of them sufficient, or fewer."""


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion with what was found and how it did."""

    criterion: Criterion
    section: Section
    findings: CriterionFindings | None
    questions: tuple[QuestionResult, ...]
    computed: Score | None
    """From the answers on cases, where the inspection has them."""
    published: Score | None
    """As the report published it, where it did."""
    score: Score | None
    """The one that is shown; None for a criterion that is not scored."""
    band: Band | None
    """The band that the shown score lies in, or that the report states where the score is not available."""
    rating: Rating | None


@dataclass(frozen=True)
class ScoredSection:
    """A section with its score, if its criteria are scored."""

    section: Section
    score: Score | None
    criteria: tuple[ScoredCriterion, ...]


@dataclass(frozen=True)
class ScoredThread:
    """A thread with its score."""

    thread: Thread
    questions: tuple[QuestionResult, ...]
    computed: Score | None
    published: Score | None
    score: Score


@dataclass(frozen=True, eq=False)
class ScoredReport:
    """An inspection with every score that follows from it; each is itself alone, so that what follows can be kept by it."""

    inspection: Inspection
    framework: Framework
    sections: tuple[ScoredSection, ...]
    threads: tuple[ScoredThread, ...]
    targets: tuple[ScoredTable, ...]

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        """Every part of the inspection, walked once for all that look for one kind."""
        return tuple(parts_of(self.inspection))

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """Every text of the inspection, editors' notes apart."""
        return tuple(texts_of(self.inspection))

    @cached_property
    def criteria(self) -> dict[str, ScoredCriterion]:
        """Every criterion of the framework by its ref, in order."""
        return {criterion.criterion.ref: criterion for section in self.sections for criterion in section.criteria}


def score_inspection(inspection: Inspection, framework: Framework) -> ScoredReport:
    """Return the inspection scored by the rules of its framework."""
    counts = count_answers(inspection.case_scores, framework) if inspection.case_scores else None
    sections = []
    for section in framework.sections:
        criteria = tuple(
            _scored_criterion(criterion, section, framework, inspection, counts) for criterion in section.criteria
        )
        scored = section.assessment is Assessment.SCORED
        score = score_section([(c.criterion.ref, c.score) for c in criteria if c.score]) if scored else None
        sections.append(ScoredSection(section, score, criteria))
    threads = tuple(_scored_thread(thread, framework, inspection, counts) for thread in framework.threads)
    targets = tuple(judge_table(table, framework.targets) for table in inspection.targets)
    return ScoredReport(inspection, framework, tuple(sections), threads, targets)


def count_answers(case_scores: CaseScores, framework: Framework) -> dict[str, QuestionResult]:
    """Return the counts of every question of the framework, by its ref.

    Answers to questions that the framework doesn't have are passed over; a rule reports them.
    """
    # Each kind of answer is counted in one go: a programme has millions of them.
    sufficient = _times(case_scores.cases, Answer.SUFFICIENT)
    relevant = sufficient + _times(case_scores.cases, Answer.INSUFFICIENT)
    for ref, count in (case_scores.counts or {}).items():
        relevant[ref] += count.relevant
        sufficient[ref] += count.sufficient
    return {
        ref: QuestionResult(question, sufficient[ref], relevant[ref]) for ref, question in framework.questions.items()
    }


def _times(cases: Iterable[Case], wanted: Answer) -> Counter[str]:
    """Return for how many cases each question was answered so, by its ref."""
    is_wanted = partial(is_, wanted)
    return Counter(chain.from_iterable(compress(case.answers, map(is_wanted, case.answers.values())) for case in cases))


def score_criterion(questions: Sequence[QuestionResult], framework: Framework) -> Score:
    """Return the score of a criterion from the counts of its questions.

    The mean over its questions of (sufficient ÷ relevant), and the same proportion for its summary question, in the
    framework's weights (appendix 3 of the reports: 80 and 20). A question with no relevant case takes no part.
    """
    if framework.scoring is None:
        return _missing(_("The framework has no scoring rule."))
    answered = [result for result in questions if result.relevant]
    summaries = [result for result in answered if result.question.summary]
    if not answered:
        return _missing(_("No question of this criterion was answered for any case."))
    if not summaries:
        return _missing(_("The summary question of this criterion was not answered for any case."))
    rule = framework.scoring
    total = rule.questions_weight + rule.summary_weight
    if not total:
        return _missing(_("The weights of the framework are both 0."))
    weights = {result.question.ref: Fraction(rule.questions_weight, total * len(answered)) for result in answered}
    for result in summaries:
        weights[result.question.ref] += Fraction(rule.summary_weight, total * len(summaries))
    parts = rule.questions_weight * _proportions(answered) + rule.summary_weight * _proportions(summaries)
    return Score(Origin.CASES, parts / total, weights=weights)


def nearest_edges(questions: Sequence[QuestionResult], score: Score, framework: Framework) -> tuple[Edge, ...]:
    """Return the bands next to that of a criterion score, each with the fewest answers that would have led into it.

    Answers to questions that weigh most for a single case are changed first. A band that no change of answers reaches is
    left out, and so is all where the score does not come from the questions.
    """
    band = None if score.whole is None else framework.band(score.whole)
    if band is None or score.proportion is None or not score.weights:
        return ()
    bands = sorted(framework.bands, key=lambda one: one.from_)
    place = bands.index(band)
    edges = []
    if place + 1 < len(bands):
        better = bands[place + 1]
        steps = [(_step(result, score), result.relevant - result.sufficient) for result in questions]
        # Half a per cent below its edge a score is shown as the edge.
        answers = _fewest(steps, _shown_from(better) - score.proportion, beyond=False)
        edges += [Edge(better, answers, more=True)] if answers else []
    if place:
        steps = [(_step(result, score), result.sufficient) for result in questions]
        answers = _fewest(steps, score.proportion - _shown_from(band), beyond=True)
        edges += [Edge(bands[place - 1], answers, more=False)] if answers else []
    return tuple(edges)


def _shown_from(band: Band) -> Fraction:
    """Return the exact score from which a band is shown."""
    return (band.from_ - Fraction(1, 2)) / 100


def _step(result: QuestionResult, score: Score) -> Fraction:
    """Return by how much one answer to a question moves the score."""
    return score.weights.get(result.question.ref, Fraction(0)) / result.relevant if result.relevant else Fraction(0)


def _fewest(steps: Iterable[tuple[Fraction, int]], distance: Fraction, *, beyond: bool) -> int | None:
    """Return the fewest answers that cover a distance, or go beyond it, given (step, how many answers) a question."""
    answers = 0
    for step, there in sorted(steps, reverse=True):
        if not step:
            break
        needed = int(distance // step) + 1 if beyond else -int(-distance // step)
        if needed <= there:
            return answers + needed
        answers += there
        distance -= there * step
    return None


def score_section(criteria: Sequence[tuple[str, Score]]) -> Score:
    """Return the score of a section, the mean of its criteria's, given as (ref, score).

    Where a criterion has no score the section has none either: nothing is averaged over what is missing.
    """
    missing = [ref for ref, score in criteria if score.proportion is None]
    proportions = [score.proportion for _, score in criteria if score.proportion is not None]
    if missing or not proportions:
        reason = _("No criterion has a score.")
        if missing:
            reason = ngettext(
                "There is no section score, because criterion %(refs)s has no score.",
                "There is no section score, because criteria %(refs)s have no score.",
                len(missing),
                refs=listed(missing),
            )
        return Score(Origin.MEAN, missing=NotAvailable("x", reason))
    weights: dict[str, Fraction] = {}
    if all(score.weights for _, score in criteria):
        weights = {ref: weight / len(criteria) for _, score in criteria for ref, weight in score.weights.items()}
    return Score(Origin.MEAN, _mean(proportions), weights=weights)


def score_thread(questions: Iterable[QuestionResult]) -> Score:
    """Return the score of a thread: the mean over its questions of (sufficient ÷ relevant)."""
    answered = [result for result in questions if result.relevant]
    if not answered:
        return _missing(_("No question of this thread was answered for any case."))
    weights = {result.question.ref: Fraction(1, len(answered)) for result in answered}
    return Score(Origin.CASES, _proportions(answered), weights=weights)


def _scored_criterion(
    criterion: Criterion,
    section: Section,
    framework: Framework,
    inspection: Inspection,
    counts: Mapping[str, QuestionResult] | None,
) -> ScoredCriterion:
    findings = inspection.by_criterion.get(criterion.ref)
    questions = tuple(counts[question.ref] for question in criterion.questions) if counts else ()
    if section.assessment is not Assessment.SCORED:
        rating = framework.rating_named(findings.rating) if findings else None
        return ScoredCriterion(criterion, section, findings, questions, None, None, None, None, rating)
    computed = score_criterion(questions, framework) if counts else None
    published = None
    if findings and findings.published_score is not None:
        published = Score(Origin.PUBLISHED, Fraction(findings.published_score, 100))
    elif findings and findings.score_not_available:
        published = Score(Origin.PUBLISHED, missing=findings.score_not_available)
    score = computed or published or _missing(_("The inspection has no case answers and no published score."))
    if score.whole is not None:
        band = framework.band(score.whole)
    else:
        band = framework.band_named(findings.conclusion) if findings else None
    return ScoredCriterion(criterion, section, findings, questions, computed, published, score, band, None)


def _scored_thread(
    thread: Thread, framework: Framework, inspection: Inspection, counts: Mapping[str, QuestionResult] | None
) -> ScoredThread:
    questions = tuple(
        counts[ref] for ref, question in framework.questions.items() if counts and thread.thread in question.threads
    )
    recorded = next((s for s in inspection.about.published_thread_scores if s.thread == thread.thread), None)
    published = None
    if recorded and recorded.score is not None:
        published = Score(Origin.PUBLISHED, Fraction(recorded.score, 100))
    elif recorded and recorded.not_available:
        published = Score(Origin.PUBLISHED, missing=recorded.not_available)
    computed = score_thread(questions) if counts else None
    score = computed or published or _missing(_("The inspection has no case answers and no published score."))
    return ScoredThread(thread, questions, computed, published, score)


def _missing(reason: str) -> Score:
    return Score(Origin.CASES, missing=NotAvailable("x", reason))


def _proportions(answered: Sequence[QuestionResult]) -> Fraction:
    return _mean([Fraction(result.sufficient, result.relevant) for result in answered])


def _mean(proportions: Sequence[Fraction]) -> Fraction:
    return sum(proportions, Fraction(0)) / len(proportions)


def scores_shown(report: ScoredReport) -> dict[str, int]:
    """Return every score that a reader sees, in whole per cent, by `criterion 1.2`, `section 1` or `thread <key>`."""
    scores = {f"criterion {ref}": criterion.score for ref, criterion in report.criteria.items()}
    scores |= {f"section {section.section.number}": section.score for section in report.sections}
    scores |= {f"thread {thread.thread.thread}": thread.score for thread in report.threads}
    return {name: score.whole for name, score in scores.items() if score and score.whole is not None}
