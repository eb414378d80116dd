"""Rules on scores, conclusions, ratings, answers and targets."""

from __future__ import annotations

from collections.abc import Iterator

from omi_build.model.framework import Assessment
from omi_build.model.inspection import CriterionFindings, Status
from omi_build.problems import Problem, Severity
from omi_build.schemas import nearest
from omi_build.scoring import Score, ScoredReport
from omi_build.sources import Source
from omi_build.targets import TargetStatus


def unfitting_assessment(report: ScoredReport) -> Iterator[Problem]:
    """OMI211: a score, conclusion or rating where the section has none, or none where it needs one.

    Wrong: `rating: well_met` in a section that is scored from cases. Right: `published_score` and `conclusion` there.
    """
    published = report.inspection.about.publication.status is Status.PUBLISHED
    for scored in report.criteria.values():
        findings = scored.findings
        if findings is None:
            continue
        assessment = scored.section.assessment
        allowed = {
            Assessment.SCORED: {"published_score", "score_not_available", "conclusion"},
            Assessment.RATED: {"rating"},
            Assessment.DESCRIBED: set(),
        }[assessment]
        present = _present(findings)
        for key in sorted(present - allowed):
            message = f"section {scored.section.number} is {assessment.value}: its criteria have no {key}"
            yield Problem(findings.source.child(key), "OMI211", message, f"Remove {key}.", at_key=True)
        if {"published_score", "score_not_available"} <= present:
            message = "published_score and score_not_available contradict each other"
            yield Problem(
                findings.source.child("score_not_available"), "OMI211", message, "Keep one of the two.", at_key=True
            )
        if published:
            yield from _lacking(findings, assessment, present, computed=scored.computed is not None)


def _present(findings: CriterionFindings) -> set[str]:
    values = {
        "published_score": findings.published_score is not None,
        "score_not_available": findings.score_not_available is not None,
        "conclusion": bool(findings.conclusion),
        "rating": bool(findings.rating),
    }
    return {key for key, there in values.items() if there}


def _lacking(
    findings: CriterionFindings, assessment: Assessment, present: set[str], *, computed: bool
) -> Iterator[Problem]:
    if assessment is Assessment.RATED and "rating" not in present:
        yield Problem(
            findings.source, "OMI211", f"criterion {findings.criterion} has no rating", "Add a line rating: …"
        )
    if assessment is Assessment.SCORED and not computed and not present & {"published_score", "score_not_available"}:
        hint = "Add published_score, or score_not_available with the reason."
        yield Problem(findings.source, "OMI211", f"criterion {findings.criterion} has no score", hint)


def conclusion_against_band(report: ScoredReport) -> Iterator[Problem]:
    """OMI401: a recorded conclusion that doesn't follow from the score.

    Wrong: 65% called good where good begins at 70. Right: 65% called a priority.
    """
    for scored in report.criteria.values():
        findings, score, band = scored.findings, scored.score, scored.band
        if findings is None or not findings.conclusion or score is None or score.whole is None or band is None:
            continue
        if _differ(scored.published, scored.computed):
            continue  # OMI404 tells of that slip; which conclusion follows is open until it is mended
        recorded = report.framework.band_named(findings.conclusion)
        if recorded is not None and recorded != band:
            message = f"a score of {score.whole}% is {band.conclusion}, not {findings.conclusion}"
            hint = f"{recorded.title} begins at {recorded.from_}%, {band.title} at {band.from_}%. Check score and conclusion."
            yield Problem(findings.source.child("conclusion"), "OMI401", message, hint)


def unknown_rating(report: ScoredReport) -> Iterator[Problem]:
    """OMI402: a rating that the framework's scale doesn't have.

    Wrong: `rating: well met`. Right: `rating: well_met`.
    """
    known = [rating.rating for rating in report.framework.ratings]
    for scored in report.criteria.values():
        findings = scored.findings
        if (
            findings
            and findings.rating
            and scored.section.assessment is Assessment.RATED
            and findings.rating not in known
        ):
            yield _unlisted(findings.source.child("rating"), "OMI402", "rating", findings.rating, known)


def unknown_conclusion(report: ScoredReport) -> Iterator[Problem]:
    """OMI403: a conclusion that is none of the framework's bands.

    Wrong: `conclusion: urgent`. Right: `conclusion: urgent_priority`.
    """
    known = [band.conclusion for band in report.framework.bands]
    for scored in report.criteria.values():
        findings = scored.findings
        if (
            findings
            and findings.conclusion
            and scored.section.assessment is Assessment.SCORED
            and findings.conclusion not in known
        ):
            yield _unlisted(findings.source.child("conclusion"), "OMI403", "conclusion", findings.conclusion, known)


def published_against_computed(report: ScoredReport) -> Iterator[Problem]:
    """OMI404: a published score that differs from the one that the case answers give.

    Wrong: 65% published where the answers give 64%. Both are named; one of them is wrong.
    """
    for scored in report.criteria.values():
        if scored.findings and _differ(scored.published, scored.computed):
            yield _difference(
                scored.findings.source.child("published_score"),
                f"criterion {scored.criterion.ref}",
                scored.published,
                scored.computed,
            )
    recorded = {score.thread: score.source for score in report.inspection.about.published_thread_scores}
    for thread in report.threads:
        if _differ(thread.published, thread.computed):
            yield _difference(
                recorded[thread.thread.thread].child("score"), thread.thread.title, thread.published, thread.computed
            )


def _differ(published: Score | None, computed: Score | None) -> bool:
    return bool(published and computed and published.whole is not None and published.whole != computed.whole)


def _difference(source: Source, what: str, published: Score | None, computed: Score | None) -> Problem:
    given = f"{computed.whole}%" if computed and computed.whole is not None else "no score"
    message = f"{what}: {published.whole if published else ''}% was published, but the case answers give {given}"
    return Problem(source, "OMI404", message, "Check the published score and the answers.")


def asterisk_against_status(report: ScoredReport) -> Iterator[Problem]:
    """OMI405: a target's printed asterisk that contradicts the status worked out from the figures.

    Wrong: 83% of a target of 100 with `asterisk: true`, where a near miss reaches to 10% below. Right: `asterisk: false`.
    """
    for table in report.targets:
        for judged in table.targets:
            sides: tuple[tuple[str, TargetStatus | None], ...] = (
                ("area", judged.area),
                ("comparator", judged.comparator),
            )
            for side, status in sides:
                figure = getattr(judged.target, side)
                if status is None or figure.asterisk is None or figure.asterisk == status.earns_asterisk:
                    continue
                message = (
                    f"{figure.value:g} against a target of {judged.target.target:g} ({judged.target.better} is better) is "
                    f"{status.title.lower()}, so the report {'marks' if status.earns_asterisk else 'does not mark'} it with an asterisk"
                )
                yield Problem(
                    figure.source.child("asterisk"), "OMI405", message, "Check the figure, the target and the asterisk."
                )


def unfitting_answers(report: ScoredReport) -> Iterator[Problem]:
    """OMI406: case answers that can't be counted.

    A question that the framework doesn't have, a case that stands twice, more sufficient than relevant cases, or both
    answers and counts.
    """
    scores = report.inspection.case_scores
    if scores is None:
        return
    if bool(scores.cases) == bool(scores.counts):
        message = "there are both cases and counts" if scores.cases else "there are neither cases nor counts"
        yield Problem(
            scores.source, "OMI406", message, "Give the answers of each case, or the counts of each question."
        )
    seen: set[str] = set()
    for case in scores.cases:
        if case.case in seen:
            yield Problem(
                case.source.child("case"),
                "OMI406",
                f"case {case.case} stands here a second time",
                "Each case stands once.",
            )
        seen.add(case.case)
        for ref in case.answers:
            if ref not in report.framework.questions:
                yield _no_question(report, case.source.child("answers", ref), ref)
    for ref, count in (scores.counts or {}).items():
        if ref not in report.framework.questions:
            yield _no_question(report, count.source, ref)
        if count.sufficient > count.relevant:
            message = f"{count.sufficient} sufficient of {count.relevant} relevant cases can't be"
            yield Problem(
                count.source.child("sufficient"), "OMI406", message, "Relevant counts the sufficient ones too."
            )


def _no_question(report: ScoredReport, source: Source, ref: str) -> Problem:
    hint = nearest(ref, report.framework.questions) or "Look at the questions of the framework."
    return Problem(source, "OMI406", f"{report.framework.short_title} has no question {ref}", hint, at_key=True)


def unanswered_urgency(report: ScoredReport) -> Iterator[Problem]:
    """OMI407 (warning): an urgent priority that no recommendation takes up.

    To look at: a criterion in a band with `needs_recommendation: true` whose number is in no recommendation.
    """
    if report.inspection.incomplete:
        return
    taken_up = {ref for recommendation in report.inspection.recommendations for ref in recommendation.criteria}
    for ref, scored in report.criteria.items():
        if scored.findings and scored.band and scored.band.needs_recommendation and ref not in taken_up:
            message = f"criterion {ref} is {scored.band.title.lower()}, but no recommendation takes it up"
            hint = f'Add "{ref}" to the criteria of a recommendation, or add a recommendation.'
            yield Problem(scored.findings.source.child("conclusion"), "OMI407", message, hint, Severity.WARNING)


def _unlisted(source: Source, code: str, what: str, value: str, known: list[str]) -> Problem:
    hint = nearest(value, known) or f"The framework has: {', '.join(known) or 'none'}."
    return Problem(source, code, f"`{value}` is no {what} of the framework", hint)
