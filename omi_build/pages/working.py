"""How a score came about: the table of its questions and the sum, so that a reader can redo it with a pocket calculator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

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
        f"The report published {published.value}%." if published and published.value is not None else "",
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
        return "The mean of the criterion scores, worked out before they were rounded to whole per cents."
    terms = " + ".join(_hundred(part) for part in exact)
    return f"The mean of the criterion scores: ({terms}) ÷ {len(exact)} = {_hundred(score.exact)} from the counts, shown as {score.value}%."


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
    return (
        f"The mean of the {counted(len(shares), 'percentage', 'percentages')} is {_hundred(mean)}%; the summary question has "
        f"{_hundred(summary)}%. {rule.questions_weight}% of the one and {rule.summary_weight}% of the other: "
        f"{_share(rule.questions_weight)} × {_hundred(mean)} + {_share(rule.summary_weight)} × {_hundred(summary)} = "
        f"{_hundred(score.exact)} from the counts, shown as {score.value}%."
    )


def _thread_sum(thread: PublicThread) -> str:
    score = thread.score
    if score.missing is not None:
        return score.missing.reason
    if score.exact is None:
        return _hidden(thread.questions)
    shares = [question.proportion for question in thread.questions if question.proportion is not None]
    return (
        f"The mean of the {counted(len(shares), 'percentage', 'percentages')}: {_hundred(sum(shares, Fraction(0)))} ÷ "
        f"{len(shares)} = {_hundred(score.exact)} from the counts, shown as {score.value}%."
    )


def _hidden(questions: Sequence[PublicQuestion]) -> str:
    hidden = sum(_lacks(question, "c") for question in questions)
    counts = counted(hidden, "question has its counts", "questions have their counts").capitalize()
    return (
        f"{counts} withheld, so the sum can’t be redone here; the score was worked out from all of them, and is shown "
        "in whole per cent only."
    )


def _edges(criterion: PublicCriterion) -> str:
    """Return how few other answers could have led to the next band on either side."""
    if criterion.band is None or not criterion.edges:
        return ""
    parts = [
        f"{counted(edge.answers, 'more sufficient answer', 'more sufficient answers')} could have made it ‘{edge.band.title}’"
        if edge.more
        else f"{counted(edge.answers, 'sufficient answer fewer', 'sufficient answers fewer')} ‘{edge.band.title}’"
        for edge in criterion.edges
    ]
    if not criterion.edges[0].more:
        parts[0] = parts[0].replace(" ‘", " could have made it ‘", 1)
    told = "; ".join(parts)
    return f"The conclusion is ‘{criterion.band.title}’. {told[:1].upper()}{told[1:]}."


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _hundred(proportion: Fraction) -> str:
    return decimals(proportion * 100, PLACES)


def _share(weight: int) -> str:
    return decimals(Fraction(weight, 100), PLACES)
