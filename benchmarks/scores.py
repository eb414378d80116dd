"""Scores and intervals of 1,000 inspections, made up in memory: no file is read, and nothing but scoring is timed."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier

from benchmarks.measuring import OURS, Book, Figure
from omi_build.intervals import intervals_of
from omi_build.model.common import Prose
from omi_build.model.dates import PartialDate
from omi_build.model.framework import (
    Assessment,
    Band,
    Criterion,
    Framework,
    Question,
    ScoringRule,
    Section,
    TargetRule,
    Thread,
)
from omi_build.model.inspection import About, Answer, Case, CaseScores, Inspection, Publication, Status
from omi_build.scoring import score_inspection

INSPECTIONS, CASES, QUESTIONS = 1000, 100, 120

SCORES = "scores and intervals, all cores"
SCORES_ONE = "scores and intervals, one core"

_NOTHING = Prose("Synthetic.")


def measure_scores(book: Book, *, quick: bool) -> None:
    """Score them in as many processes as there are cores, as builds do, and in one."""
    number = INSPECTIONS // 10 if quick else INSPECTIONS
    rounds = 1 if quick else 3
    note = f"{number} synthetic inspections of {CASES} cases and {QUESTIONS} questions"
    cores = os.cpu_count() or 1
    for what, processes in ((SCORES, cores), (SCORES_ONE, 1)):
        book.add(Figure(what, OURS, 0, "s", tuple(_scored(number, processes) for _ in range(rounds)), note))


def _scored(number: int, processes: int) -> float:
    """Return the seconds from the moment that every process has its inspections until all are scored."""
    ready = multiprocessing.Barrier(processes + 1)
    workers = [
        multiprocessing.Process(target=_score, args=(range(number)[part::processes], ready), daemon=True)
        for part in range(processes)
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    started = time.perf_counter()
    ready.wait()
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return seconds


def _score(numbers: Sequence[int], ready: Barrier) -> None:
    framework = made_up_framework()
    inspections = [made_up_inspection(number, framework) for number in numbers]
    ready.wait()
    for inspection in inspections:
        scored = score_inspection(inspection, framework)
        asked = [question for criterion in scored.criteria.values() for question in criterion.questions]
        intervals_of(asked, inspection.case_scores, framework)
    ready.wait()


def made_up_framework() -> Framework:
    """Return a framework of two scored sections, with five criteria of twelve questions each, and a thread through them."""
    sections = tuple(
        Section(
            number,
            f"Synthetic section {number}",
            Assessment.SCORED,
            tuple(_criterion(f"{number}.{place}") for place in range(1, 6)),
        )
        for number in (1, 2)
    )
    return Framework(
        id="synthetic",
        title="Synthetic",
        short_title="Synthetic",
        inspectorate="Synthetic",
        in_use_from=PartialDate(2040),
        about=_NOTHING,
        caution=_NOTHING,
        sections=sections,
        texts=(),
        scoring=ScoringRule(80, 20, _NOTHING),
        bands=(Band("good", "Good", 70, ""), Band("priority", "Priority", 60, ""), Band("urgent", "Urgent", 0, "")),
        ratings=(),
        threads=(Thread("risk_of_harm", "Risk of harm", _NOTHING),),
        targets=TargetRule(10, _NOTHING),
        disclosure=None,
    )


def _criterion(ref: str) -> Criterion:
    last = QUESTIONS // 10
    questions = tuple(
        Question(f"{ref}.{n}", "Was it done?", ("risk_of_harm",) if n % 3 == 0 else (), n == last)
        for n in range(1, last + 1)
    )
    return Criterion(ref, f"Synthetic criterion {ref}", _NOTHING, questions)


def made_up_inspection(number: int, framework: Framework) -> Inspection:
    """Return an inspection whose answers are drawn by chance, the same for the same number."""
    chance = random.Random(number)
    refs = list(framework.questions)
    answers = [Answer.SUFFICIENT, Answer.INSUFFICIENT, Answer.NOT_APPLICABLE]
    cases = tuple(
        Case(f"C{case}", dict(zip(refs, chance.choices(answers, (60, 30, 10), k=len(refs)), strict=True)))
        for case in range(CASES)
    )
    about = About(
        "synthetic", 2040, framework.id, "Synthetic", "Synthetic", PartialDate(2040), Publication(Status.PUBLISHED)
    )
    return Inspection(f"synthetic-{number}", about, case_scores=CaseScores(cases=cases))
