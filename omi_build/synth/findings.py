"""The findings of a made-up report: prose that agrees with the answers on its cases.

What a finding says of a question hangs on whether its figures may be told: counts and percentages where they may, words
alone where they are withheld. Some figures stand as citations (`[[count 1.2.3]]`), which the
publication replaces from the answers; `citation` is the one place that writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from omi_build.model.figures import whole_per_cent
from omi_build.synth.words import capital, filled, in_words, words

if TYPE_CHECKING:
    from random import Random

    from omi_build.model.framework import Criterion
    from omi_build.scoring import QuestionResult
    from omi_build.synth.cases import MadeUpCases

GOOD = 0.67
"""The share from which work is called a strength …"""
JUDGEMENT = 0.05
"""… give or take so much, for it is a judgement."""

OFTEN = {
    "silent": 0.03,
    "count": 0.4,
    "remark": 0.4,
    "cite": 0.25,
    "evidence": 0.6,
    "themes": 0.7,
    "score": 0.08,
    "note": 0.02,
    "table": 0.12,
}
"""How often findings do what they may do but needn't."""

ROUGHLY = ((0.85, "nearly all"), (0.55, "most"), (0.4, "about half of"), (0, "a minority of"))
"""What a share is called where no figure may be given."""

Lists = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""Strengths and areas for improvement."""


@dataclass(frozen=True)
class Writer:
    """What the findings of one report rest on."""

    cases: MadeUpCases
    area: str
    random: Random
    citations: bool
    """Whether figures may be cited instead of typed."""

    def scored(self, criterion: Criterion) -> Lists:
        """Return the findings of a criterion that is scored from cases: about one a question."""
        results = [self.cases.results[question.ref] for question in criterion.questions]
        remarks = self._remarks("scored", criterion.ref)
        lists: Lists = ([], [])
        for result in results:
            share = result.proportion
            if share is None or self._often("silent"):
                continue
            good = share >= GOOD + self.random.uniform(-JUDGEMENT, JUDGEMENT)
            told = result.question.ref not in self.cases.withheld
            cited = self.citations and told and self._often("cite")
            finding = self._on_question(result, good=good, cited=cited)
            mine = remarks[not good]
            if mine and self._often("remark"):
                finding["text"] += f" {filled(mine.pop(), self.area, self.random)}"
            if self._often("note"):
                finding["editor_notes"] = [self.random.choice(words("parts")["notes"]["finding"])]
            lists[not good].append(finding)
        if self.citations:
            lists[1 if lists[1] else 0].extend(self._on_scores(criterion))
        told_of = [result for result in results if result.question.ref not in self.cases.withheld]
        if told_of and self._often("table"):
            self._add_table(lists, max(told_of, key=smaller_side))
        return _lettered(lists)

    def judged(self, criterion: Criterion, share: float) -> Lists:
        """Return the findings of a criterion that is not scored; `share` of what there is to say is good."""
        good, poor = self._remarks("rated", criterion.ref)
        lists = (
            [{"text": filled(text, self.area, self.random)} for text in good[: max(1, round(len(good) * share))]],
            [{"text": filled(text, self.area, self.random)} for text in poor[: max(1, round(len(poor) * (1 - share)))]],
        )
        return _lettered(lists)

    def _on_question(self, result: QuestionResult, *, good: bool, cited: bool) -> dict[str, Any]:
        """Return a finding on one question, without its letter."""
        ref = result.question.ref
        hint = words("questions").get(ref) or _from_text(result.question.text)
        clause = hint["met"] if good else hint["unmet"]
        where = self._where(result, hint.get("cases", "relevant cases"), good=good, cited=cited)
        pause = "," if "cases" in hint else ""  # after a longer phrase
        found = "Inspectors found that" if good else "We saw that"
        order = self.random.randrange(3)
        text = (
            f"In {where}{pause} {clause}."
            if order == 0
            else f"{capital(clause)} in {where}."
            if order == 1
            else f"{found} in {where}{pause} {clause}."
        )
        finding: dict[str, Any] = {}
        if cited or self._often("evidence"):
            finding["evidence"] = [ref]
        if "themes" in hint and self._often("themes"):
            finding["themes"] = hint["themes"]
        return {**finding, "text": text}

    def _where(self, result: QuestionResult, cases: str, *, good: bool, cited: bool) -> str:
        """Return in which cases something was so: `eight out of 11 cases (73%)`, or less where less may be told."""
        count, relevant = (result.sufficient if good else result.relevant - result.sufficient), result.relevant
        counted = self._often("count")
        if cited:
            what = f"{'' if good else 'not '}{result.question.ref}"
            return citation("count", what) if counted else f"{citation('share', what)} of {cases}"
        share = Fraction(count, relevant)
        if result.question.ref in self.cases.withheld:
            return f"{next(word for least, word in ROUGHLY if share >= least)} {cases}"
        if counted:
            return f"{in_words(count)} out of {relevant} {cases} ({whole_per_cent(share)}%)"
        return f"{whole_per_cent(share)}% of {cases}"

    def _on_scores(self, criterion: Criterion) -> list[dict[str, Any]]:
        """Return findings that cite the score of the criterion, or of a thread that runs through it."""
        findings = []
        if self._often("score"):
            findings.append({"text": f"Taken together, this comes to a score of {citation('score', criterion.ref)}."})
        for thread in self.cases.framework.threads:
            marked = any(thread.thread in question.threads for question in criterion.questions)
            if marked and self._often("score"):
                text = f"The score for {thread.title}, {citation('score', thread.thread)}, rests on this work too."
                findings.append({"text": text})
        return findings

    def _add_table(self, lists: Lists, result: QuestionResult) -> None:
        """Set a table of counts beside the first finding that names the question as its evidence."""
        told = words("parts")["figures"]
        sides = (
            ("sufficient", result.sufficient, "met"),
            ("insufficient", result.relevant - result.sufficient, "not_met"),
        )
        rows = [
            {"label": told[side], "value": count, "unit": "count", "of": result.relevant, "measures": measures}
            for side, count, measures in sides
        ]
        for finding in (*lists[0], *lists[1]):
            if finding.get("evidence") == [result.question.ref]:
                notes = {"editor_notes": finding.pop("editor_notes")} if "editor_notes" in finding else {}
                finding["figures"] = [{"title": told["title"], "rows": rows, "adds_up_to": result.relevant}]
                finding.update(notes)  # notes stand last
                return

    def _remarks(self, kind: str, ref: str) -> tuple[list[str], list[str]]:
        """Return what can be remarked under a criterion, good and poor, in an order of the report's own."""
        pool = words("remarks")[kind].get(ref, {})
        lists = (list(pool.get("strengths", ())), list(pool.get("areas_for_improvement", ())))
        for remarks in lists:
            self.random.shuffle(remarks)
        return lists

    def _often(self, what: str) -> bool:
        return self.random.random() < OFTEN[what]


def citation(what: str, of: str) -> str:
    """Return what stands in prose for a figure: `what` is share, count or score, `of` a number or `not` and a number."""
    return f"[[{what} {of}]]"


def smaller_side(result: QuestionResult) -> int:
    """Return how many cases were sufficient or insufficient, whichever is fewer."""
    return min(result.sufficient, result.relevant - result.sufficient)


def _from_text(text: str) -> dict[str, Any]:
    """Return the clauses for a question that the word list doesn't have."""
    asked = text.rstrip("?")
    return {
        "met": f"the question ‘{asked}’ was answered well",
        "unmet": f"the question ‘{asked}’ was not answered well",
    }


def _lettered(lists: Lists) -> Lists:
    strengths, improvements = (
        [{"letter": letter, **finding} for letter, finding in zip(ascii_lowercase, findings, strict=False)]
        for findings in lists
    )
    return strengths, improvements
