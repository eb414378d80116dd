"""How a score came about: the table of its questions and the sum, so that a reader can redo it with a pocket calculator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.model.figures import decimals
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.model.framework import Framework
    from omi_build.publication import PublicCriterion, PublicQuestion, PublicScore, PublicSection, PublicThread

PLACES = 2
"""Decimal places of what the reader adds up: enough for the sum to come out at the whole per cent that is shown."""


@dataclass(frozen=True)
class WorkingRow:
    """A question as its row shows it."""

    question: PublicQuestion
    share: str
    weight: str
    """'' where it takes no part."""


@dataclass(frozen=True)
class Working:
    """How one score came about."""

    rows: tuple[WorkingRow, ...]
    sum: str
    """The sum in a sentence, or why it can't be shown."""
    edges: str = ""
    """How few other answers would have led to another conclusion."""
    published: str = ""
    """The score as the report published it, beside this one."""

    @property
    def withheld(self) -> int:
        """How many questions have their counts withheld."""
        return sum(_lacks(row.question, "c") for row in self.rows)

    @property
    def unasked(self) -> int:
        """How many questions had no relevant case."""
        return sum(_lacks(row.question, "z") for row in self.rows)


def criterion_working(criterion: PublicCriterion, framework: Framework) -> Working | None:
    """Return the working of a criterion score; None where only the score is known."""
    if not criterion.questions or criterion.score is None:
        return None
    published = criterion.published
    return Working(
        _rows(criterion.questions),
        _criterion_sum(criterion, framework, criterion.score),
        _edges(criterion),
        _("The report published %(score)s%%.", score=published.value)
        if published and published.value is not None
        else "",
    )


def thread_working(thread: PublicThread) -> Working | None:
    """Return the working of a thread's score; None where only the score is known."""
    if not thread.questions:
        return None
    return Working(_rows(thread.questions), _thread_sum(thread))


def section_sum(section: PublicSection) -> str:
    """Return the sum of a section score in a sentence; '' where its criteria were not scored from cases."""
    score = section.score
    if score is None or score.value is None or not any(criterion.questions for criterion in section.criteria):
        return ""
    parts = [criterion.score.exact for criterion in section.criteria if criterion.score]
    exact = [part for part in parts if part is not None]
    if score.exact is None or len(exact) < len(parts):
        return _("The mean of the criterion scores, worked out before they were rounded to whole per cents.")
    terms = " + ".join(_hundred(part) for part in exact)
    return _(
        "The mean of the criterion scores: (%(terms)s) ÷ %(number)s = %(exact)s from the counts, shown as %(score)s%%.",
        terms=terms,
        number=len(exact),
        exact=_hundred(score.exact),
        score=score.value,
    )


def _lacks(question: PublicQuestion, shorthand: str) -> bool:
    return question.missing is not None and question.missing.shorthand == shorthand


def _rows(questions: Sequence[PublicQuestion]) -> tuple[WorkingRow, ...]:
    return tuple(
        WorkingRow(
            question,
            "" if question.proportion is None else f"{_hundred(question.proportion)}%",
            "" if question.weight is None else f"{_hundred(question.weight)}%",
        )
        for question in questions
    )


def _criterion_sum(criterion: PublicCriterion, framework: Framework, score: PublicScore) -> str:
    rule = framework.scoring
    if score.missing is not None or rule is None:
        return score.missing.reason if score.missing else ""
    if score.exact is None:
        return _hidden(criterion.questions)
    shares = [question.proportion for question in criterion.questions if question.proportion is not None]
    summaries = [q.proportion for q in criterion.questions if q.question.summary and q.proportion is not None]
    mean, summary = _mean(shares), _mean(summaries)
    return _(
        "The mean of the %(number)s is %(mean)s%%; the summary question has %(summary)s%%. %(weight)s%% of the one and "
        "%(other)s%% of the other: %(sum)s = %(exact)s from the counts, shown as %(score)s%%.",
        number=counted(len(shares), "percentage", "percentages"),
        mean=_hundred(mean),
        summary=_hundred(summary),
        weight=rule.questions_weight,
        other=rule.summary_weight,
        sum=f"{_share(rule.questions_weight)} × {_hundred(mean)} + {_share(rule.summary_weight)} × {_hundred(summary)}",
        exact=_hundred(score.exact),
        score=score.value,
    )


def _thread_sum(thread: PublicThread) -> str:
    score = thread.score
    if score.missing is not None:
        return score.missing.reason
    if score.exact is None:
        return _hidden(thread.questions)
    shares = [question.proportion for question in thread.questions if question.proportion is not None]
    return _(
        "The mean of the %(number)s: %(sum)s ÷ %(count)s = %(exact)s from the counts, shown as %(score)s%%.",
        number=counted(len(shares), "percentage", "percentages"),
        sum=_hundred(sum(shares, Fraction(0))),
        count=len(shares),
        exact=_hundred(score.exact),
        score=score.value,
    )


def _hidden(questions: Sequence[PublicQuestion]) -> str:
    hidden = sum(_lacks(question, "c") for question in questions)
    counts = counted(hidden, "question has its counts", "questions have their counts").capitalize()
    return _(
        "%(counts)s withheld, so the sum can’t be redone here; the score was worked out from all of them, and is shown "
        "in whole per cent only.",
        counts=counts,
    )


def _edges(criterion: PublicCriterion) -> str:
    """Return how few other answers could have led to the next band on either side."""
    if criterion.band is None or not criterion.edges:
        return ""
    parts = []
    for n, edge in enumerate(criterion.edges):
        answers = (
            counted(edge.answers, "more sufficient answer", "more sufficient answers")
            if edge.more
            else counted(edge.answers, "sufficient answer fewer", "sufficient answers fewer")
        )
        whole = edge.more or not n
        parts.append(
            _("%(answers)s could have made it ‘%(conclusion)s’", answers=answers, conclusion=edge.band.title)
            if whole
            else f"{answers} ‘{edge.band.title}’"
        )
    told = "; ".join(parts)
    conclusion = _("The conclusion is ‘%(conclusion)s’.", conclusion=criterion.band.title)
    return f"{conclusion} {told[:1].upper()}{told[1:]}."


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _hundred(proportion: Fraction) -> str:
    return decimals(proportion * 100, PLACES)


def _share(weight: int) -> str:
    return decimals(Fraction(weight, 100), PLACES)
