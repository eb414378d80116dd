"""Made-up cases and their answers.

Whether a case is answered sufficient hangs on the area, the criterion, the question and the case itself, each with an
ability of its own in log odds: so the answers on one case go together, and some criteria come out better than others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from omi_build.disclosure import withhold
from omi_build.model.dates import PartialDate
from omi_build.model.inspection import About, CaseScores, Count, Inspection, Publication, Status
from omi_build.scoring import QuestionResult, score_inspection
from omi_build.synth.words import words

if TYPE_CHECKING:
    from random import Random

    from omi_build.model.framework import Framework, Question, SampleRule

SUFFICIENT, INSUFFICIENT, NOT_APPLICABLE = "sufficient", "insufficient", "not_applicable"

USUAL = 0.8
"""Log odds of a sufficient answer where nothing else is known: scores then lie about 67%."""

SPREAD = {"area": 0.35, "criterion": 0.4, "question": 0.35, "case": 0.7}
"""How far abilities lie apart, as standard deviations in log odds."""

NEARLY_ALL = 0.96
"""In what part of the cases a question applies of which the word list says nothing."""

MARGIN = 3
"""How many more cases than the least of a stratum a sample holds."""

LARGEST = 130
"""Cases of the largest sample."""


@dataclass(frozen=True)
class MadeUpCases:
    """The cases of one inspection with their answers."""

    strata: tuple[tuple[str, ...], ...]
    """The types that each case belongs to."""
    answers: dict[str, tuple[str, ...]]
    """The answers to each question, one a case in the same order."""
    framework: Framework

    @property
    def number(self) -> int:
        """How many cases there are."""
        return len(self.strata)

    @cached_property
    def results(self) -> dict[str, QuestionResult]:
        """The counts of each question."""
        questions = self.framework.questions
        return {
            ref: QuestionResult(questions[ref], sufficient, sufficient + answers.count(INSUFFICIENT))
            for ref, answers in self.answers.items()
            for sufficient in [answers.count(SUFFICIENT)]
        }

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Refs of the questions whose figures may not be told."""
        return withhold(score_inspection(self._inspection, self.framework)).questions

    @property
    def _inspection(self) -> Inspection:
        counts = {ref: Count(result.sufficient, result.relevant) for ref, result in self.results.items()}
        publication = Publication(Status.PUBLISHED)
        about = About("synthetic", 2040, self.framework.id, "Synthetic", "Synthetic", PartialDate(2040), publication)
        return Inspection("synthetic-2040", about, case_scores=CaseScores(counts=counts))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts of each question as case_scores files have them."""
        return {
            ref: {"sufficient": result.sufficient, "relevant": result.relevant} for ref, result in self.results.items()
        }


def made_up_cases(framework: Framework, random: Random) -> MadeUpCases:
    """Return a sample that keeps to the framework's rules, with an answer to every question for every case."""
    strata = _sample(framework.sample, random)
    hints = words("questions")
    ability = USUAL + random.gauss(0, SPREAD["area"])
    offsets = [math.exp(random.gauss(0, SPREAD["case"])) for _ in strata]
    draw = random.random
    answers = {}
    for criterion in framework.criteria.values():
        base = ability + random.gauss(0, SPREAD["criterion"])
        for question in criterion.questions:
            hint = hints.get(question.ref, {})
            share, only = hint.get("share", NEARLY_ALL), hint.get("only")
            odds = math.exp(base + hint.get("ease", 0) + random.gauss(0, _spread(question)))
            answers[question.ref] = tuple(
                NOT_APPLICABLE
                if draw() >= share or (only and only not in types)
                # Drawing under p is the same as odds above draw / (1 - draw), which spares a division.
                else (SUFFICIENT if (1 - (chance := draw())) * odds * offset > chance else INSUFFICIENT)
                for types, offset in zip(strata, offsets, strict=True)
            )
    return MadeUpCases(strata, answers, framework)


def _spread(question: Question) -> float:
    """Return how far a question may lie from its criterion; the summary question follows the others."""
    return SPREAD["question"] / 2 if question.summary else SPREAD["question"]


def _sample(rule: SampleRule | None, random: Random) -> tuple[tuple[str, ...], ...]:
    """Return the strata of each case: one of each group, and of every other stratum somewhat more than the least."""
    least = max(rule.minimum_cases if rule else 0, 100)
    number = random.randint(least, max(least, LARGEST))
    if rule is None:
        return ((),) * number
    groups: dict[str, list[str]] = {}
    for stratum in rule.strata:
        if stratum.group:
            groups.setdefault(stratum.group, []).append(stratum.stratum)
    cases: list[set[str]] = [{random.choice(group) for group in groups.values()} for _ in range(number)]
    for stratum in rule.strata:
        if not stratum.group:
            most = max(stratum.minimum + MARGIN, round(number * 0.16))
            for case in random.sample(cases, random.randint(stratum.minimum + MARGIN, most)):
                case.add(stratum.stratum)
    order = [stratum.stratum for stratum in rule.strata]
    return tuple(tuple(name for name in order if name in case) for case in cases)


def case_file(cases: MadeUpCases, *, counts_only: bool) -> tuple[str, Any]:
    """Return the name and the value of the file of case answers, or of their counts."""
    if counts_only:
        return "case_scores.json", {"synthetic": True, "counts": cases.counts()}
    references = [f"C{n:03}" for n in range(1, cases.number + 1)]
    rows = [
        {
            "case": reference,
            "strata": list(cases.strata[n]),
            "answers": {ref: answers[n] for ref, answers in cases.answers.items()},
        }
        for n, reference in enumerate(references)
    ]
    return "case_scores.json", {"synthetic": True, "cases": rows}
