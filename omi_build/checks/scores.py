"""Rules on scores, conclusions, ratings, answers and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from omi_build.checks.figures import plain
from omi_build.model.figures import exact
from omi_build.model.framework import Assessment
from omi_build.model.inspection import Count, CriterionFindings, TargetFigure
from omi_build.problems import Problem, Severity, nearest
from omi_build.schemas import show
from omi_build.scoring import Score, ScoredCriterion, ScoredReport
from omi_build.sources import Source
from omi_build.targets import TargetStatus


def unfitting_assessment(report: ScoredReport) -> Iterator[Problem]:
    """OMI211: a score, conclusion or rating where the section has none, or none where it needs one.

    How a section is assessed is the framework's: scored from cases, with a conclusion that follows; rated by judgement;
    or told in findings alone. A published report gives what is due, or the reason why it can't.

    Wrong: `rating: well_met` in a section that is scored from cases. Right: `published_score` and `conclusion` there.

    Source: the domain, 'conclusion' and 'rating'.
    """
    published = report.inspection.about.publication.status.is_final
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
        unfitting = sorted(present - allowed)
        for key in unfitting:
            message = f"section {scored.section.number} is {assessment.value}: its criteria have no {key}"
            yield Problem(findings.source.child(key), "OMI211", message, f"Remove {key}.", at_key=True)
        if {"published_score", "score_not_available"} <= present:
            message = "published_score and score_not_available contradict each other"
            yield Problem(
                findings.source.child("score_not_available"), "OMI211", message, "Keep one of the two.", at_key=True
            )
        if (
            published and not unfitting and not report.inspection.answers_unread
        ):  # else what is due was most likely written under another key
            yield from _lacking(scored, findings, present)


def _present(findings: CriterionFindings) -> set[str]:
    values = {
        "published_score": findings.published_score is not None,
        "score_not_available": findings.score_not_available is not None,
        "conclusion": bool(findings.conclusion),
        "rating": bool(findings.rating),
    }
    return {key for key, there in values.items() if there}


def _lacking(scored: ScoredCriterion, findings: CriterionFindings, present: set[str]) -> Iterator[Problem]:
    """Yield what a published report should give and doesn't, in one message."""
    lacking: dict[str, str] = {}
    if scored.section.assessment is Assessment.RATED and "rating" not in present:
        lacking["rating"] = "rating: …"
    if scored.section.assessment is Assessment.SCORED:
        if scored.computed is None and not present & {"published_score", "score_not_available"}:
            lacking["score"] = "published_score: …, or score_not_available with the reason"
        # From answers the conclusion follows by itself, or there is none; a published score is held against the
        # recorded one (OMI401).
        if "conclusion" not in present and scored.computed is None:
            lacking["conclusion"] = "conclusion: …"
    if lacking:
        message = f"criterion {findings.criterion} has no {' and no '.join(lacking)}"
        hint = f"Add {'; and '.join(lacking.values())}."
        yield Problem(findings.source, "OMI211", message, hint)


def conclusion_against_band(report: ScoredReport) -> Iterator[Problem]:
    """OMI401: a recorded conclusion that doesn't follow from the score.

    A conclusion is read off the score that the reader sees, by the bands of the framework; it is no judgement of its
    own, so where they disagree one of them is a slip.

    Wrong: 65% called good where good begins at 70. Right: 65% called a priority.

    Source: the domain, 'scoring'; the edges of the bands are inferred, and data of the framework.
    """
    in_doubt = _in_doubt(report)
    for ref, scored in report.criteria.items():
        findings, score, band = scored.findings, scored.score, scored.band
        if findings is None or score is None or score.whole is None or band is None or ref in in_doubt:
            continue
        recorded = report.framework.band_named(findings.conclusion)
        if recorded is not None and recorded != band:
            message = f"a score of {score.whole}% is {band.conclusion}, not {findings.conclusion}"
            hint = f"{recorded.title} begins at {recorded.from_}%, {band.title} at {band.from_}%. Check score and conclusion."
            yield Problem(findings.source.child("conclusion"), "OMI401", message, hint)


def unknown_rating(report: ScoredReport) -> Iterator[Problem]:
    """OMI402: a rating that the framework's scale doesn't have.

    Each framework has a scale of its own; a word outside it means nothing to the reader.

    Wrong: `rating: well met`. Right: `rating: well_met`.
    """
    known = [rating.rating for rating in report.framework.ratings]
    for scored in report.criteria.values():
        findings = scored.findings
        if (
            known  # else OMI212 says that the framework has no scale
            and findings
            and findings.rating
            and scored.section.assessment is Assessment.RATED
            and findings.rating not in known
        ):
            yield _unlisted(findings.source.child("rating"), "OMI402", "rating", findings.rating, known)


def unknown_conclusion(report: ScoredReport) -> Iterator[Problem]:
    """OMI403: a conclusion that is none of the framework's bands.

    Whether it agrees with the score (OMI401) can be told only when it is one of them.

    Wrong: `conclusion: urgent`. Right: `conclusion: urgent_priority`.
    """
    known = [band.conclusion for band in report.framework.bands]
    for scored in report.criteria.values():
        findings = scored.findings
        if (
            known  # else OMI212 says that the framework has no bands
            and findings
            and findings.conclusion
            and scored.section.assessment is Assessment.SCORED
            and findings.conclusion not in known
        ):
            yield _unlisted(findings.source.child("conclusion"), "OMI403", "conclusion", findings.conclusion, known)


def published_against_computed(report: ScoredReport) -> Iterator[Problem]:
    """OMI404: a published score that differs from the one that the case answers give.

    Where a report has both, they are one fact written down twice: both are named, and one of them is wrong. Compared
    once the answers can be counted (OMI406), as whole per cents.

    Wrong: 65% published where the answers give 64%. Right: 64% published where the answers give 64%.

    Source: appendix 3 of the reports for the score; the domain, 'scoring'.
    """
    if not _countable(report):
        return
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

    The reports mark with an asterisk what was met or nearly met. Where the mark and the figures disagree, the figure,
    the target or the mark is a slip.

    Wrong: 83% of a target of 100 with `asterisk: true`, where a near miss reaches to 10% below. Right: `asterisk: false`.

    Source: the 35 cells of the reference report; the tolerance is inferred from them, and data of the framework.
    """
    for table in report.targets:
        for judged in table.targets:
            sides: tuple[tuple[str, TargetStatus | None], ...] = (
                ("area", judged.area),
                ("comparator", judged.comparator),
            )
            for side, status in sides:
                figure: TargetFigure = getattr(judged.target, side)
                if figure.value is None:
                    continue
                if status is None or figure.asterisk is None or figure.asterisk == status.earns_asterisk:
                    continue
                message = (
                    f"{plain(exact(figure.value))} against a target of {plain(exact(judged.target.target))} "
                    f"({judged.target.better} is better) is {status.title.lower()}, which "
                    f"{'earns' if status.earns_asterisk else 'does not earn'} an asterisk, but here asterisk is "
                    f"{show(figure.asterisk)}"
                )
                yield Problem(
                    figure.source.child("asterisk"), "OMI405", message, "Check the figure, the target and the asterisk."
                )


def unfitting_answers(report: ScoredReport) -> Iterator[Problem]:
    """OMI406: case answers that can't be counted.

    A question that the framework doesn't have, a case that stands twice, more sufficient than relevant cases, or both
    answers and counts (or neither): a score made of them would be wrong. A question is told once, with the number of
    the cases that answer it, since a wrong heading of an export is one slip.

    Wrong: `sufficient: 50` with `relevant: 48`. Right: `sufficient: 48` with `relevant: 50`.

    Source: appendix 3 of the reports.
    """
    scores = report.inspection.case_scores
    if scores is None:
        return
    if bool(scores.cases) == bool(scores.counts):
        message = "there are both cases and counts" if scores.cases else "there are neither cases nor counts"
        yield Problem(
            scores.source, "OMI406", message, "Give the answers of each case, or the counts of each question."
        )
    questions = report.framework.questions.keys()
    seen: set[str] = set()
    unknown: dict[str, list[Source]] = {}
    for case in scores.cases:
        if case.case in seen:
            message = f"case {case.case} stands here a second time"
            yield Problem(case.source.child("case"), "OMI406", message, "Each case stands once.")
        seen.add(case.case)
        for ref in () if case.answers.keys() <= questions else case.answers:
            if ref not in questions:
                unknown.setdefault(ref, []).append(case.source.child("answers", ref))
    for ref, places in unknown.items():
        yield _no_question(report, places[0], ref, f" ({len(places)} cases answer it)" if len(places) > 1 else "")
    yield from _uncountable(report, scores.counts or {})


def _uncountable(report: ScoredReport, counts: Mapping[str, Count]) -> Iterator[Problem]:
    for ref, count in counts.items():
        if ref not in report.framework.questions:
            yield _no_question(report, count.source, ref)
        if count.sufficient > count.relevant:
            message = f"{count.sufficient} sufficient of {count.relevant} relevant cases can't be"
            yield Problem(
                count.source.child("sufficient"), "OMI406", message, "Relevant counts the sufficient ones too."
            )


def _no_question(report: ScoredReport, source: Source, ref: str, times: str = "") -> Problem:
    hint = nearest(ref, report.framework.questions) or "Look at the questions of the framework."
    message = f"{report.framework.short_title} has no question {ref}{times}"
    return Problem(source, "OMI406", message, hint, at_key=True)


@lru_cache(maxsize=2)  # three rules ask
def _countable(report: ScoredReport) -> bool:
    return next(unfitting_answers(report), None) is None


def _in_doubt(report: ScoredReport) -> set[str]:
    """Return the refs of criteria with whose score another rule finds fault; what follows from it is open till then."""
    countable = _countable(report)
    return {
        ref
        for ref, scored in report.criteria.items()
        if _differ(scored.published, scored.computed) or (scored.computed is not None and not countable)
    }


def unanswered_urgency(report: ScoredReport) -> Iterator[Problem]:
    """OMI407 (warning): an urgent priority that no recommendation takes up.

    The area answers recommendations, and what none takes up is left as it is. It may be meant; a person must look.
    Not judged where a recommendation names a criterion that there isn't (OMI204), or the score itself is in doubt.

    To look at: a criterion in a band with `needs_recommendation: true` whose number is in no recommendation. Right: its
    number in the `criteria` of one.

    Source: the reference report, where an urgent priority is taken up by none.
    """
    taken_up = {ref for recommendation in report.inspection.recommendations for ref in recommendation.criteria}
    if report.inspection.incomplete or not taken_up <= report.criteria.keys():
        return
    settled = taken_up | _in_doubt(report)
    misjudged = {problem.source for problem in conclusion_against_band(report)}
    for ref, scored in report.criteria.items():
        if ref in settled or scored.findings is None or scored.findings.source.child("conclusion") in misjudged:
            continue
        if scored.band and scored.band.needs_recommendation:
            message = f"criterion {ref} is {scored.band.title.lower()}, but no recommendation takes it up"
            hint = f'Add "{ref}" to the criteria of a recommendation, or add a recommendation.'
            yield Problem(scored.findings.source.child("conclusion"), "OMI407", message, hint, Severity.WARNING)


def _unlisted(source: Source, code: str, what: str, value: str, known: list[str]) -> Problem:
    hint = nearest(value, known) or f"The framework has: {', '.join(known) or 'none'}."
    return Problem(source, code, f"`{value}` is no {what} of the framework", hint)
