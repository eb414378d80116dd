"""The parts that a report is written in, and how far each of them is.

Nothing is ticked off by hand: a part is written when what belongs to it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from omi_build.model.framework import Assessment
from omi_build.model.inspection import Narrative
from omi_build.scoring import ScoredCriterion, ScoredReport
from omi_build.words import listed


class State(Enum):
    """How far a part is."""

    WRITTEN = "written"
    BEGUN = "begun"
    """Something is there, and something is missing."""
    BLANK = "not begun"


@dataclass(frozen=True)
class Part:
    """A part of a report."""

    name: str
    """What `assignments` calls it: the ref of a criterion, or a word."""
    title: str
    file: str
    """The file that it is written in, inside the inspection's folder."""
    state: State
    missing: str = ""
    """What it lacks, in words."""
    needed: bool = True
    """Whether a report can't do without it."""
    to: tuple[str, ...] = ()
    """Who has it."""


def parts_of_report(report: ScoredReport) -> tuple[Part, ...]:
    """Return the parts of a report in the order in which `omi status` lists them."""
    have = _holders(report)
    return tuple(replace(part, to=have.get(part.name, ())) for part in _parts(report))


def _holders(report: ScoredReport) -> Mapping[str, tuple[str, ...]]:
    have: dict[str, tuple[str, ...]] = {}
    for assignment in report.inspection.about.assignments:
        for name in assignment.parts:
            have[name] = (*have.get(name, ()), assignment.to)
    return have


def _parts(report: ScoredReport) -> Iterator[Part]:
    inspection = report.inspection
    about, narrative = inspection.about, inspection.narrative
    lacking = [
        what
        for what, there in (
            ("month or day of the fieldwork", about.fieldwork.month is not None),
            ("size of the sample", about.sample is not None),
            ("team", bool(about.team)),
        )
        if not there
    ]
    yield Part("about", "What was inspected, when and by whom", "inspection.yaml", *_lacks(lacking, of=3))
    for scored in report.criteria.values():
        yield _criterion(scored)
    if report.framework.questions:
        answered = inspection.case_scores is not None or any(c.published for c in report.criteria.values())
        yield _single("answers", "Case answers", "case_scores.csv", there=answered)
    yield from _prose(report, narrative)
    yield _single("recommendations", "Recommendations", "recommendations.yaml", there=bool(inspection.recommendations))
    practice = bool(inspection.good_practice)
    yield _single("good-practice", "Good practice", "good_practice.yaml", there=practice, needed=False)
    yield _single("targets", "National targets", "targets.yaml", there=bool(inspection.targets), needed=False)
    yield _single("context", "Figures on the area", "inspection.yaml", there=bool(about.context), needed=False)


def _prose(report: ScoredReport, narrative: Narrative) -> Iterator[Part]:
    file = "narrative.yaml"
    yield _single("foreword", "Foreword", file, there=narrative.foreword is not None)
    thanks = narrative.acknowledgements is not None
    yield _single("acknowledgements", "Acknowledgements", file, there=thanks, needed=False)
    sections = {summary.section for summary in narrative.section_summaries}
    for section in report.framework.sections:
        title = f"Summary: {section.title}"
        yield _single(f"summary-{section.number}", title, file, there=section.number in sections)
    threads = {summary.thread for summary in narrative.thread_summaries}
    for thread in report.framework.threads:
        name = f"summary-{thread.thread.replace('_', '-')}"
        yield _single(name, f"Summary: {thread.title}", file, there=thread.thread in threads)
    yield _single("next-steps", "Next steps", file, there=narrative.next_steps is not None)
    chapters = {chapter.id: chapter.title for chapter in narrative.chapters}
    planned = (
        {chapter.id: chapter.title for chapter in report.framework.outline.chapters} if report.framework.outline else {}
    )
    for name, title in {**planned, **chapters}.items():
        shown = title.replace("{area}", "the area")
        yield _single(name, f"Chapter: {shown}", file, there=name in chapters, needed=False)


def _criterion(scored: ScoredCriterion) -> Part:
    criterion, findings = scored.criterion, scored.findings
    file = f"findings/{criterion.ref.replace('.', '-')}.yaml"
    lacking = []
    due = 2
    if findings is None or not (findings.strengths or findings.areas_for_improvement or findings.comment):
        lacking.append("findings")
    if scored.section.assessment is Assessment.RATED:
        lacking += [] if findings and findings.rating else ["rating"]
    if scored.section.assessment is Assessment.SCORED and scored.computed is None:
        due = 3
        scores = findings and (findings.published_score is not None or findings.score_not_available is not None)
        lacking += [] if scores else ["score"]
        lacking += [] if findings and findings.conclusion else ["conclusion"]
    state, missing = _lacks(lacking, due)
    return Part(criterion.ref, criterion.title, file, state, missing)


def _single(name: str, title: str, file: str, *, there: bool, needed: bool = True) -> Part:
    return Part(name, title, file, State.WRITTEN if there else State.BLANK, needed=needed)


def _lacks(lacking: Sequence[str], of: int) -> tuple[State, str]:
    if not lacking:
        return State.WRITTEN, ""
    return State.BLANK if len(lacking) == of else State.BEGUN, f"no {listed(lacking)}"


def unwritten_parts(report: ScoredReport) -> tuple[Part, ...]:
    """Return the parts that a report needs and that aren't written yet."""
    return tuple(part for part in parts_of_report(report) if part.needed and part.state is not State.WRITTEN)
