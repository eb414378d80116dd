"""The intervals of `intervals`, worked out: Wilson's of a proportion, and of a score by drawing the cases again.

NumPy takes a while to load. What needs no interval (`omi check`, a report of scores alone) does without it.
"""

from __future__ import annotations

from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from omi_build.intervals import NONE, Interval, Intervals
from omi_build.model.figures import outward
from omi_build.model.framework import Assessment
from omi_build.model.inspection import Answer

if TYPE_CHECKING:
    from omi_build.model.framework import Framework
    from omi_build.model.inspection import CaseScores

    Array = np.ndarray[Any, np.dtype[np.float64]]

K = TypeVar("K")

DRAWS = 1000
CONFIDENCE = 0.95
SEED = 20060501
"""Any number would do; it must only stay the same."""


@cache
def wilson(sufficient: int, relevant: int) -> Interval:
    """Return the Wilson score interval of sufficient out of relevant cases; there is at least one relevant case.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927), equation 2. SciPy
    has it too, but only with a test that takes fifty times as long.
    """
    share, z = sufficient / relevant, NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    middle = (share + z**2 / (2 * relevant)) / (1 + z**2 / relevant)
    half = z * sqrt(share * (1 - share) / relevant + (z / (2 * relevant)) ** 2) / (1 + z**2 / relevant)
    low = middle - half if sufficient else 0.0
    return _interval(low, middle + half if sufficient < relevant else 1.0)


def resampled(case_scores: CaseScores | None, framework: Framework) -> Intervals:
    """Return the intervals of every score, from DRAWS samples of as many cases, drawn with replacement.

    Without case answers (published scores only, or counts by question) there are none. A draw in which a score can't be
    made, since no case drawn answers its summary question, takes no part in the interval of that score.
    """
    if case_scores is None or not case_scores.cases or framework.scoring is None:
        return NONE
    refs = {ref: n for n, ref in enumerate(framework.questions)}
    # One by one they would be hashed by Python, a hundred thousand times in a report.
    answers = np.array([list(map(case.answers.get, refs)) for case in case_scores.cases], dtype=object)
    sufficient = (answers == Answer.SUFFICIENT).astype(np.float64)
    asked_of = sufficient + (answers == Answer.INSUFFICIENT)
    draws = _draws(len(case_scores.cases))
    relevant = draws @ asked_of
    with np.errstate(invalid="ignore"):
        proportions = (draws @ sufficient) / relevant

    rule = framework.scoring
    weights = (rule.questions_weight + rule.summary_weight) or 1
    criteria: dict[str, Array] = {}
    sections: dict[int, Array] = {}
    for section in framework.sections:
        if section.assessment is not Assessment.SCORED:
            continue
        for criterion in section.criteria:
            asked = [refs[question.ref] for question in criterion.questions]
            summary = [refs[question.ref] for question in criterion.questions if question.summary]
            criteria[criterion.ref] = (
                rule.questions_weight * _mean(proportions, asked) + rule.summary_weight * _mean(proportions, summary)
            ) / weights
        sections[section.number] = np.mean([criteria[criterion.ref] for criterion in section.criteria], axis=0)
    threads = {
        thread.thread: _mean(
            proportions,
            [refs[ref] for ref, question in framework.questions.items() if thread.thread in question.threads],
        )
        for thread in framework.threads
    }
    return Intervals(criteria=_quantiles(criteria), sections=_quantiles(sections), threads=_quantiles(threads))


@cache
def _draws(cases: int) -> Array:
    """Return how often each case is drawn (a row a draw, a column a case): the same for every inspection with as many cases."""
    return np.random.default_rng(SEED).multinomial(cases, np.full(cases, 1 / cases), size=DRAWS).astype(np.float64)


def _mean(proportions: Array, columns: list[int]) -> Array:
    """Return the mean over questions in each draw, passing over those without a relevant case; NaN without any."""
    chosen = proportions[:, columns]
    there = ~np.isnan(chosen)
    with np.errstate(invalid="ignore"):
        mean: Array = np.where(there, chosen, 0).sum(axis=1) / there.sum(axis=1)
    return mean


def _quantiles(scores: dict[K, Array]) -> dict[K, Interval]:
    tail = (1 - CONFIDENCE) / 2
    found = {}
    for key, draws in scores.items():
        made = draws[~np.isnan(draws)]
        if made.size:
            low, high = np.quantile(made, [tail, 1 - tail])
            found[key] = _interval(float(low), float(high))
    return found


def _interval(low: float, high: float) -> Interval:
    return Interval(*outward(low, high))
