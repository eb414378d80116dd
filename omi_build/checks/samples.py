"""Rules on the sample of cases: its size, and the types of case that the framework asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from omi_build.model.framework import SampleRule
from omi_build.model.inspection import Case
from omi_build.problems import Problem, Severity, nearest
from omi_build.scoring import ScoredReport


def unfitting_strata(report: ScoredReport) -> Iterator[Problem]:
    """OMI408: a case whose strata the framework's sample doesn't have, or that can't be together.

    Strata are counted to see whether the sample is what the framework asks for. Of the strata of one group, such as
    order and licence, each case belongs to exactly one. Judged where cases carry strata at all.

    Wrong: `strata: [order, licence]`. Right: `strata: [order, ppo]`.
    """
    rule, scores = report.framework.sample, report.inspection.case_scores
    if rule is None or scores is None or not any(case.strata for case in scores.cases):
        return
    known = [stratum.stratum for stratum in rule.strata]
    groups: dict[str, list[str]] = {}
    for stratum in rule.strata:
        if stratum.group:
            groups.setdefault(stratum.group, []).append(stratum.stratum)
    for case in scores.cases:
        for n, name in enumerate(case.strata):
            if name not in known:
                hint = nearest(name, known) or f"There are: {', '.join(known)}."
                message = f"{report.framework.short_title} has no stratum {name}"
                yield Problem(case.source.child("strata", n), "OMI408", message, hint)
        yield from _misgrouped(case, groups, known)


def _misgrouped(case: Case, groups: dict[str, list[str]], known: list[str]) -> Iterator[Problem]:
    if not set(case.strata) <= set(known):  # one slip, one message
        return
    for group in groups.values():
        mine = [stratum for stratum in group if stratum in case.strata]
        if len(mine) != 1:
            which = " and ".join(mine) if mine else f"neither {' nor '.join(group)}"
            message = f"case {case.case} is {which}; it must be one of {', '.join(group)}"
            yield Problem(case.source.child("strata"), "OMI408", message, "Look the case up.")


def miscounted_sample(report: ScoredReport) -> Iterator[Problem]:
    """OMI409: a number of cases that differs from what inspection.yaml says of the sample.

    The size of the sample is published; where answers are missing, or a case came in twice, scores are wrong.

    Wrong: `sample: {cases: 98}` where the answers are of 97 cases. Right: `sample: {cases: 97}`, or the missing case added.
    """
    scores, sample = report.inspection.case_scores, report.inspection.about.sample
    if scores is not None and scores.cases and sample is not None and sample.cases != len(scores.cases):
        message = f"the sample is said to have {sample.cases} cases, but there are answers on {len(scores.cases)}"
        source = report.inspection.about.source.child("sample", "cases")
        yield Problem(source, "OMI409", message, "Look for a missing or doubled case, or mend the number.")


def thin_sample(report: ScoredReport) -> Iterator[Problem]:
    """OMI410 (warning): a sample smaller than the framework asks for, as a whole or of a type of case.

    What is found then rests on few cases; there may be a reason, and a person must look. How many cases there are is not
    said here, since small numbers could tell of single people.

    To look at: fewer cases than `minimum_cases`. Right: as many cases of each stratum as its `minimum`.

    Source: appendix 2 of the reports; the numbers are the framework's.
    """
    rule, scores = report.framework.sample, report.inspection.case_scores
    if rule is None or scores is None or not scores.cases:
        return
    hint = "Look whether cases are missing; if the sample is meant so, say why in the note of the sample."
    if len(scores.cases) < rule.minimum_cases:
        message = (
            f"the sample has fewer cases than the {rule.minimum_cases} that {report.framework.short_title} asks for"
        )
        yield Problem(scores.source, "OMI410", message, hint, Severity.WARNING)
    if not any(case.strata for case in scores.cases):
        if any(stratum.minimum for stratum in rule.strata):
            message = "no case says which strata it belongs to, so the sample can't be held against the framework"
            yield Problem(scores.source, "OMI410", message, "Add the strata of each case.", Severity.WARNING)
        return
    yield from _thin_strata(report, rule, hint)


def _thin_strata(report: ScoredReport, rule: SampleRule, hint: str) -> Iterator[Problem]:
    scores = report.inspection.case_scores
    assert scores is not None
    there = Counter(stratum for case in scores.cases for stratum in set(case.strata))
    for stratum in rule.strata:
        if there[stratum.stratum] < stratum.minimum:
            message = f"the sample has fewer cases of {stratum.title} than the {stratum.minimum} asked for"
            yield Problem(scores.source, "OMI410", message, hint, Severity.WARNING)
