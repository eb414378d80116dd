"""Rules on figures that prose cites from the case answers, or types although it names the questions it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from omi_build.checks.claims import counts, number, percentages
from omi_build.citations import FORMS, Citation, citations, cited_questions, number_word, question_of, score_of
from omi_build.disclosure import withhold
from omi_build.model.common import Prose
from omi_build.model.figures import whole_per_cent
from omi_build.model.inspection import Finding
from omi_build.problems import Problem, Severity, nearest
from omi_build.scoring import QuestionResult, ScoredReport


def unknown_citation(report: ScoredReport) -> Iterator[Problem]:
    """OMI306: a citation of a figure that isn't there.

    What stands in double square brackets is filled in from the data: `[[share 1.2.3]]`, `[[count 1.2.3]]`, both with
    `not`, `[[score 1.2]]`, `[[score section 1]]`, `[[score risk_of_harm]]`. A warning where the report is in preparation
    and its case answers have not come yet.

    Wrong: `[[share 1.2.33]]` where the questions of 1.2 end with 1.2.11. Right: `[[share 1.2.3]]`.
    """
    if report.inspection.answers_unread:
        return
    early = report.inspection.case_scores is None and not report.inspection.about.publication.status.is_final
    for text in _proses(report):
        for citation in citations(text.text):
            if found := _unfillable(report, citation):
                message, hint = found
                awaited = early and citation.form in {"share", "count"} and citation.of in report.framework.questions
                severity = Severity.WARNING if awaited else Severity.ERROR
                yield Problem(text.source, "OMI306", message, hint, severity, citation.written)
    for part in report.parts:
        if isinstance(part, Finding):
            for n, ref in enumerate(part.evidence):
                if ref not in report.framework.questions:
                    message = f"{report.framework.short_title} has no question {ref}"
                    yield Problem(part.source.child("evidence", n), "OMI306", message, _meant(report, ref))


def _unfillable(report: ScoredReport, citation: Citation) -> tuple[str, str] | None:
    """Return what is wrong with a citation and what to do, or None."""
    if not citation.form:
        return f"{citation.written} is not a citation that can be read", f"Write one of: {FORMS}."
    if citation.form == "score":
        score, what = score_of(report, citation)
        if not what:
            hint = f"Write one of: {FORMS}."
            return f"{report.framework.short_title} has no criterion, section or thread {citation.of}", hint
        if score is None or score.whole is None:
            why = score.missing.reason if score and score.missing else "It is not scored."
            return f"{what} has no score to cite", why
        return None
    if citation.of not in report.framework.questions:
        return f"{report.framework.short_title} has no question {citation.of}", _meant(report, citation.of)
    result = question_of(report, citation)
    if result is None:
        hint = "Add the case answers, or type the figure and what it is of."
        return f"{citation.written} can't be filled in: the inspection has no case answers", hint
    if not result.relevant:
        return f"question {citation.of} has no relevant case, so there is no figure to cite", "Say so in words."
    return None


def typed_against_evidence(report: ScoredReport) -> Iterator[Problem]:
    """OMI307 (warning): a typed figure that none of the questions named as its evidence gives.

    A finding that names its questions (`evidence`) rests on their answers; a percentage or count typed in it should be
    one of theirs, or of what they leave (what was not done). It may come from elsewhere; a person must look.

    To look at: `74% of cases` with `evidence: ["1.2.3"]`, which gives 73%. Right: `[[share 1.2.3]] of cases`.
    """
    for finding, results in _with_evidence(report):
        shares = {share for result in results for share in _shares(result)}
        pairs = {pair for result in results for pair in _pairs(result)}
        given = "; ".join(_told(result) for result in results)
        hint = "Check the figure, or cite it: [[share …]] or [[count …]] is filled in from the answers."
        for share in dict.fromkeys(percentages(finding.text.text)):
            if share not in shares:
                message = f"{share}% stands here, but {given}"
                yield Problem(finding.text.source, "OMI307", message, hint, Severity.WARNING, f"{share}%")
        for claim in counts(finding.text.text):
            if (number(claim.count), number(claim.base)) not in pairs:
                message = f"{claim.count} out of {claim.base} stands here, but {given}"
                yield Problem(finding.text.source, "OMI307", message, hint, Severity.WARNING, claim.quote)


def withheld_figure(report: ScoredReport) -> Iterator[Problem]:
    """OMI308: a figure in prose whose count is withheld, because few cases could tell of single people.

    A cited one can't be filled in. A typed one that agrees with the withheld count of its evidence is a warning: it may
    give the count away.

    Wrong: `[[count 2.6.7]]` where three cases were relevant. Right: words that give no number.

    Source: Code of Practice for Statistics, T6; the minimum is the framework's.
    """
    if not _results(report):
        return
    withheld = withhold(report, cited_questions(report)).questions
    hint = "Say it in words that give no number away."
    for text in _proses(report):
        for citation in citations(text.text):
            if citation.form in {"share", "count"} and citation.of in withheld:
                message = f"the count of question {citation.of} is withheld, so it can't be cited"
                yield Problem(text.source, "OMI308", message, hint, quote=citation.written)
    for finding, evidence in _with_evidence(report):
        hidden = [result for result in evidence if result.question.ref in withheld]
        pairs = {pair: result for result in hidden for pair in _pairs(result)}
        shares = {share: result for result in hidden for share in _shares(result)}
        typed = [
            (claim.quote, pairs.get((number(claim.count), number(claim.base)))) for claim in counts(finding.text.text)
        ]
        told = "".join(quote for quote, _ in typed)
        typed += [
            (f"{share}%", shares.get(share)) for share in percentages(finding.text.text) if f"{share}%" not in told
        ]
        for quote, result in typed:
            if result:
                message = f"the count of question {result.question.ref} is withheld, but this gives it away"
                yield Problem(finding.text.source, "OMI308", message, hint, Severity.WARNING, quote)


def _proses(report: ScoredReport) -> Iterator[Prose]:
    """Yield every text of a report, editors' notes among them."""
    yield from (part for part in report.parts if isinstance(part, Prose))


def _with_evidence(report: ScoredReport) -> Iterator[tuple[Finding, list[QuestionResult]]]:
    """Yield each finding that names its questions, with their counts, where every one of them has some."""
    known = _results(report)
    for part in report.parts:
        if isinstance(part, Finding) and part.evidence:
            results = [known[ref] for ref in part.evidence if ref in known and known[ref].relevant]
            if len(results) == len(part.evidence):
                yield part, results


def _results(report: ScoredReport) -> dict[str, QuestionResult]:
    """Return the counts of every question by its ref; of a ref that stands twice in the framework the first."""
    questions = [result for scored in report.criteria.values() for result in scored.questions]
    return {result.question.ref: result for result in reversed(questions)}


def _shares(result: QuestionResult) -> set[str]:
    return {_share(count, base) for count, base in _pairs(result)}


@lru_cache(maxsize=16384)
def _share(count: int, base: int) -> str:
    return str(whole_per_cent(Fraction(count, base)))


def _pairs(result: QuestionResult) -> set[tuple[int, int]]:
    return {(result.sufficient, result.relevant), (result.relevant - result.sufficient, result.relevant)}


def _told(result: QuestionResult) -> str:
    share = whole_per_cent(Fraction(result.sufficient, result.relevant))
    of = f"{number_word(result.sufficient)} out of {number_word(result.relevant)}"
    return f"question {result.question.ref} gives {share}% ({of})"


def _meant(report: ScoredReport, ref: str) -> str:
    criterion = ref.rpartition(".")[0]
    near = [one for one in report.framework.questions if one.rpartition(".")[0] == criterion]
    return (
        f"Its questions are {near[0]} to {near[-1]}."
        if near
        else nearest(ref, report.framework.questions) or ("Look at the questions of the framework.")
    )
