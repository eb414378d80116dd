"""What has changed in one inspection, in the order in which its report is read.

Scores are compared as a reader sees them: in whole per cent, with the conclusion that follows. What the case answers
say is not told, only how many changed, and which scores followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from omi_build.changes.parts import (
    AREA_FOR_IMPROVEMENT,
    STRENGTH,
    Where,
    fields_changed,
    items_changed,
    items_of,
    shown,
    value_changed,
)
from omi_build.changes.told import Change, Kind
from omi_build.model.inspection import CaseScores, CriterionFindings, Recommendation, Target, TargetTable
from omi_build.scoring import Origin
from omi_build.targets import judge
from omi_build.words import counted, listed

if TYPE_CHECKING:
    from omi_build.changes.parts import Item
    from omi_build.model.framework import TargetRule
    from omi_build.model.inspection import Inspection, Publication, SectionSummary, ThreadSummary
    from omi_build.scoring import Score, ScoredCriterion, ScoredReport

T = TypeVar("T")

Readable = Callable[[str], bool]
"""Says whether a file of the inspection could be read in both versions: `findings/1-2.yaml`, or `case_scores`."""

_NOWHERE = CriterionFindings(criterion="", strengths=(), areas_for_improvement=())

_CAME_FROM = {
    Origin.CASES: "computed from the case answers",
    Origin.PUBLISHED: "recorded as the report published it",
    Origin.MEAN: "the mean of the criterion scores",
}


@dataclass(frozen=True)
class Version:
    """An inspection as it stands in one version of the content."""

    inspection: Inspection
    scored: ScoredReport | None
    """Its scores; None where its framework isn't there."""


def inspection_changes(before: Version, after: Version, readable: Readable) -> Iterator[Change]:
    """Yield what differs between two versions of one inspection, but for the files that could not be read."""
    old, new = before.inspection, after.inspection
    yield from _publication(old.about.publication, new.about.publication)
    elsewhere = ("publication", "published_thread_scores", "team", "context")
    yield from fields_changed(Where("inspection"), old.about, new.about, elsewhere)
    yield from _entries("team", old.about.team, new.about.team)
    if readable("case_scores"):
        yield from _answers(old.case_scores, new.case_scores, moved_scores(before.scored, after.scored))
    yield from _headline_scores(before, after, readable)
    if readable("narrative.yaml"):
        yield from _narrative(before, after)
    if readable("recommendations.yaml"):
        yield from items_changed(Where(), items_of(old.recommendations), items_of(new.recommendations), _recommendation)
    if readable("good_practice.yaml"):
        yield from items_changed(Where(), items_of(old.good_practice), items_of(new.good_practice))
    if readable("narrative.yaml"):
        yield from items_changed(Where(), items_of(old.narrative.chapters), items_of(new.narrative.chapters))
    yield from _criteria(before, after, readable)
    if readable("targets.yaml"):
        yield from _targets(before, after)
    yield from _entries("context figures", old.about.context, new.about.context)


def moved_scores(before: ScoredReport | None, after: ScoredReport | None) -> list[str]:
    """Return the names of the criteria, sections and threads whose score is shown otherwise, in the order of a report."""
    old, new = (_shown_scores(scored) if scored else {} for scored in (before, after))
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _shown_scores(scored: ScoredReport) -> dict[str, str]:
    scores = {ref: criterion.score for ref, criterion in scored.criteria.items()}
    scores |= {f"section {section.section.number}": section.score for section in scored.sections}
    scores |= {thread.thread.title: thread.score for thread in scored.threads}
    return {name: _shown_score(score) for name, score in scores.items() if score}


def _shown_score(score: Score | None) -> str:
    if score is None:
        return ""
    return "no score" if score.whole is None else f"{score.whole}%"


def _publication(before: Publication, after: Publication) -> Iterator[Change]:
    if (before.status, before.date) != (after.status, after.date):
        what = shown(after.status)
        if before.status != after.status:
            what = f"{shown(before.status)} → {what}"
            dated = f", dated {after.date.iso()}" if after.date else ""
        else:
            dates = [date.iso() if date else "no date" for date in (before.date, after.date)]
            dated = f", dated {dates[0]} → {dates[1]}"
        yield Change("status", f"{what}{dated}")
    yield from fields_changed(Where("publication"), before, after, ("status", "date"))


def _entries(part: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    if before != after:
        yield from items_changed(Where(part), items_of(before), items_of(after))


def _answers(before: CaseScores | None, after: CaseScores | None, moved: list[str]) -> Iterator[Change]:
    """Yield how many cases and answers changed, never which, and what scores followed."""
    if before == after:
        return
    part = "case answers"
    follows = "no score that is shown changed"
    if moved:
        follows = f"the {'score' if len(moved) == 1 else 'scores'} of {listed(moved)} changed with them"
    if before is None or after is None:
        kind = Kind.ADDED if before is None else Kind.REMOVED
        yield Change(part, f"{_size(before or after or CaseScores())} {kind.value}; {follows}", kind)
    else:
        told = ", ".join(_answers_told(before, after)) or "only the order of the cases changed"
        yield Change(part, f"{told}; {follows}")


def _answers_told(before: CaseScores, after: CaseScores) -> Iterator[str]:
    """Yield how the answers differ, in numbers alone."""
    if _size(before) != _size(after):
        yield f"{_size(before)} → {_size(after)}"
    cases = [*_paired(before.cases, after.cases, lambda case: case.case)]
    both = [(old, new) for _, old, new in cases if old and new]
    for number, what in (
        (sum(old is None for _, old, _ in cases), "new"),
        (sum(new is None for _, _, new in cases), "gone"),
    ):
        if number:
            yield f"{number} {what}"
    for field, what in (("answers", "answers"), ("strata", "types")):
        if number := sum(getattr(old, field) != getattr(new, field) for old, new in both):
            yield f"{what} of {counted(number, 'case', 'cases')} changed"
    counts = _paired((before.counts or {}).items(), (after.counts or {}).items(), lambda item: item[0])
    if number := sum(old != new for _, old, new in counts):
        yield f"counts of {counted(number, 'question', 'questions')} changed"
    if before.synthetic != after.synthetic:
        yield f"made up: {shown(before.synthetic)} → {shown(after.synthetic)}"


def _paired(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], str]
) -> Iterator[tuple[str, T | None, T | None]]:
    """Yield what has the same key in both versions, with its key; None where a version has none."""
    old, new = ({key(one): one for one in version} for version in (before, after))
    yield from ((name, old.get(name), new.get(name)) for name in {**old, **new})


def _size(answers: CaseScores) -> str:
    if answers.counts is not None:
        return f"counts of {counted(len(answers.counts), 'question', 'questions')}"
    return f"{len(answers.cases)} {'case' if len(answers.cases) == 1 else 'cases'}"


def _headline_scores(before: Version, after: Version, readable: Readable) -> Iterator[Change]:
    """Yield the scores of threads and sections that changed, and published scores of threads that aren't shown."""
    threads: set[str] = set()
    if before.scored and after.scored and readable("case_scores"):
        for name, old, new in _paired(before.scored.threads, after.scored.threads, lambda one: one.thread.thread):
            if old and new:
                yield from _score(new.thread.title, old.score, new.score)
                if all(one.published in (None, one.score) for one in (old, new)):
                    threads.add(name)
        sections = _paired(before.scored.sections, after.scored.sections, lambda one: str(one.section.number))
        for name, one, other in sections:
            if one and other and all(readable(_file(criterion.criterion.ref)) for criterion in other.criteria):
                yield from _score(f"section {name}", one.score, other.score)
    recorded = [
        tuple(one for one in version.inspection.about.published_thread_scores if one.thread not in threads)
        for version in (before, after)
    ]
    yield from _entries("published scores", *recorded)


def _file(ref: str) -> str:
    """Return the file that holds the findings of a criterion."""
    return f"findings/{ref.replace('.', '-')}.yaml"


def _score(part: str, before: Score | None, after: Score | None, suffix: str = "") -> Iterator[Change]:
    old, new = _shown_score(before), _shown_score(after)
    if old != new:
        if old and new:
            reason = f" ({after.missing.reason})" if after and after.missing else ""
            yield Change(part, f"score {old} → {new}{reason}{suffix}")
        else:
            yield Change(part, f"score {old or new} {'removed' if old else 'added'}{suffix}")
    elif before and after and before.missing != after.missing:
        yield from value_changed(Where(part), "reason why there is no score", before.missing, after.missing)
    elif before and after and before.origin is not after.origin:
        yield Change(part, f"score still {new}, but now {_CAME_FROM[after.origin]}")


def _narrative(before: Version, after: Version) -> Iterator[Change]:
    old, new = before.inspection.narrative, after.inspection.narrative
    for name in ("foreword", "acknowledgements", "next_steps"):
        values = getattr(old, name), getattr(new, name)
        part = name.replace("_", " ")
        if values[0] is None or values[1] is None:
            if values[0] is not values[1]:
                kind = Kind.ADDED if values[0] is None else Kind.REMOVED
                yield Change(part, kind.value, kind)
        elif values[0] != values[1]:
            yield from fields_changed(Where(part), *values)
    titles = {
        thread.thread.thread: thread.thread.title
        for version in (before, after)
        for thread in (version.scored.threads if version.scored else ())
    }
    for number, *summaries in _paired(old.section_summaries, new.section_summaries, lambda one: str(one.section)):
        yield from _summary(f"section {number}", *summaries)
    for thread, *about in _paired(old.thread_summaries, new.thread_summaries, lambda one: one.thread):
        yield from _summary(titles.get(thread, thread), *about)


def _summary(
    part: str, before: SectionSummary | ThreadSummary | None, after: SectionSummary | ThreadSummary | None
) -> Iterator[Change]:
    if before is None or after is None:
        kind = Kind.ADDED if before is None else Kind.REMOVED
        yield Change(part, f"summary {kind.value}", kind)
    elif before != after:
        yield from fields_changed(Where(part, "summary"), before, after)


def _recommendation(where: Where, before: Recommendation, after: Recommendation) -> Iterator[Change]:
    came = [ref for ref in after.criteria if ref not in before.criteria]
    went = [ref for ref in before.criteria if ref not in after.criteria]
    if came:
        yield where.change(f"now answers {listed(came)} too")
    if went:
        yield where.change(f"no longer answers {listed(went)}")
    yield from fields_changed(where, before, after, ("number", "criteria") if came or went else ("number",))


def _criteria(before: Version, after: Version, readable: Readable) -> Iterator[Change]:
    old, new = before.inspection.by_criterion, after.inspection.by_criterion
    scored = [version.scored.criteria if version.scored else {} for version in (before, after)]
    for ref in sorted({**scored[0], **scored[1], **old, **new}, key=_in_order):
        if readable(_file(ref)):
            part = f"criterion {ref}"
            scores = readable("case_scores") and ref in scored[0] and ref in scored[1]
            judged = (scored[0][ref], scored[1][ref]) if scores else None
            yield from _criterion(part, old.get(ref), new.get(ref), judged)


def _in_order(ref: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdecimal() else (0, step) for step in ref.split(".")]


def _criterion(
    part: str,
    before: CriterionFindings | None,
    after: CriterionFindings | None,
    judged: tuple[ScoredCriterion, ScoredCriterion] | None,
) -> Iterator[Change]:
    """Yield how a criterion was judged, then what was found, its comment and the notes."""
    elsewhere = {"criterion", "strengths", "areas_for_improvement"}
    if before is None and after is not None:
        yield Change(part, f"findings added: {_found(after)}", Kind.ADDED)
    if after is None and before is not None:
        yield Change(part, f"findings removed: {_found(before)}", Kind.REMOVED)
    old, new = before or _NOWHERE, after or _NOWHERE
    if judged:
        yield from _judged(part, *judged)
        elsewhere |= _told_by_judgement(old, new, *judged)
    if before and after:
        yield from fields_changed(Where(part), old, new, tuple(elsewhere))
        yield from items_changed(Where(part), _findings(old), _findings(new))


def _found(findings: CriterionFindings) -> str:
    strengths = counted(len(findings.strengths), STRENGTH.noun, STRENGTH.nouns)
    areas = counted(len(findings.areas_for_improvement), AREA_FOR_IMPROVEMENT.noun, AREA_FOR_IMPROVEMENT.nouns)
    return f"{strengths}, {areas}"


def _findings(findings: CriterionFindings) -> list[Item]:
    return [
        *((STRENGTH, finding) for finding in findings.strengths),
        *((AREA_FOR_IMPROVEMENT, finding) for finding in findings.areas_for_improvement),
    ]


def _judged(part: str, before: ScoredCriterion, after: ScoredCriterion) -> Iterator[Change]:
    bands = [one.band.title if one.band else "" for one in (before, after)]
    still = f", still ‘{bands[1]}’" if bands[0] == bands[1] and bands[1] else ""
    yield from _score(part, before.score, after.score, still)
    ratings = [one.rating.title if one.rating else "" for one in (before, after)]
    for name, (old, new) in (("conclusion", bands), ("rating", ratings)):
        if old != new:
            yield Change(
                part, f"{name} changed from {f'‘{old}’' if old else 'none'} to {f'‘{new}’' if new else 'none'}"
            )


def _told_by_judgement(
    before: CriterionFindings, after: CriterionFindings, scored_before: ScoredCriterion, scored_after: ScoredCriterion
) -> set[str]:
    """Return the fields whose change has been told as that of a score, conclusion or rating."""
    scores = [one.score for one in (scored_before, scored_after)]
    fields = {
        "published_score": [score.whole if score else None for score in scores],
        "score_not_available": [score.missing if score else None for score in scores],
        "conclusion": [one.band.conclusion if one.band else "" for one in (scored_before, scored_after)],
        "rating": [one.rating.rating if one.rating else "" for one in (scored_before, scored_after)],
    }
    return {name for name, values in fields.items() if values == [getattr(before, name), getattr(after, name)]}


def _targets(before: Version, after: Version) -> Iterator[Change]:
    rules = [version.scored.framework.targets if version.scored else None for version in (before, after)]
    old, new = before.inspection.targets, after.inspection.targets
    several = max(len(old), len(new)) > 1

    def in_table(where: Where, one: TargetTable, other: TargetTable) -> Iterator[Change]:
        yield from fields_changed(where, one, other, ("title", "targets"))
        for change in items_changed(Where(), items_of(one.targets), items_of(other.targets), in_target):
            yield replace(change, part=f"{change.part} of ‘{other.title}’") if several else change

    def in_target(where: Where, one: Target, other: Target) -> Iterator[Change]:
        yield from _target(where, (one, rules[0]), (other, rules[1]))

    yield from items_changed(Where(), items_of(old), items_of(new), in_table)
    if rules[0] != rules[1]:
        yield from _judged_otherwise(before, after)


def _target(
    where: Where, before: tuple[Target, TargetRule | None], after: tuple[Target, TargetRule | None]
) -> Iterator[Change]:
    (old, old_rule), (new, new_rule) = before, after
    yield from fields_changed(where, old, new, ("measure", "detail", "area", "comparator"))
    for name in ("area", "comparator"):
        figures = getattr(old, name), getattr(new, name)
        statuses = judge(old, figures[0], old_rule), judge(new, figures[1], new_rule)
        words = [status.title.lower() if status else "" for status in statuses]
        follows = f", {f'still {words[1]}' if words[0] == words[1] else f'now {words[1]}'}" if words[1] else ""
        label = f"{name} figure"
        if figures[0].value != figures[1].value:
            for change in value_changed(where, label, figures[0].value, figures[1].value, (old.unit, new.unit)):
                yield replace(change, what=f"{change.what}{follows}")
        elif words[0] != words[1]:
            yield where.change(f"{label} {words[0] or 'not judged'} → {words[1] or 'not judged'}")
        yield from fields_changed(where.inside(label), *figures, ("value",), new.unit)


def _judged_otherwise(before: Version, after: Version) -> Iterator[Change]:
    """Yield the targets that stayed as they are, and are judged otherwise by another rule."""
    judged = [
        [one for table in version.scored.targets for one in table.targets] if version.scored else []
        for version in (before, after)
    ]
    known = {one.target: one for one in judged[0]}
    for one in judged[1]:
        old = known.get(one.target)
        if old and old.area != one.area:
            words = [status.title.lower() if status else "not judged" for status in (old.area, one.area)]
            yield Change(f"target ‘{one.target.measure}’", f"area figure {words[0]} → {words[1]}")
