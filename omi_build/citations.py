"""Figures that prose cites instead of typing them, so that they can't go stale.

The notation is four words and nothing that runs: `[[share 1.2.3]]` is the percentage of a question, `[[count 1.2.3]]`
its count in house style, both with `not` for what was not done (`[[share not 1.2.3]]`), and `[[score 1.2]]`,
`[[score section 1]]` and `[[score risk_of_harm]]` the score of a criterion, a section or a thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, cast

from omi_build.languages import ENGLISH, spoken
from omi_build.languages import gettext as _
from omi_build.model.common import Prose
from omi_build.model.figures import whole_per_cent
from omi_build.words import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from omi_build.disclosure import Withheld
    from omi_build.scoring import QuestionResult, Score, ScoredReport

T = TypeVar("T")

_BRACKETS = re.compile(r"\[\[([^\[\]\n]{0,80})\]\]")
_QUESTION = re.compile(r"\s*(share|count)\s+(not\s+)?([0-9]+(?:\.[0-9]+)*)\s*")
_SCORE = re.compile(r"\s*score\s+(section\s+)?([0-9]+(?:\.[0-9]+)*|[a-z][a-z0-9_]*)\s*")

LINKED = re.compile("\x02([^\x02\x03\x1f]*)\x1f([^\x02\x03\x1f]*)\x03")
"""Linked words as `linked` writes them: address and words."""

FORMS = "[[share 1.2.3]], [[count 1.2.3]], [[share not 1.2.3]], [[count not 1.2.3]], [[score 1.2]], [[score section 1]], [[score risk_of_harm]]"
"""What can be cited, as hints show it."""


@dataclass(frozen=True)
class Citation:
    """A figure cited in a text."""

    written: str
    """As it stands there, brackets and all."""
    start: int
    form: str
    """`share`, `count`, `score`, or '' for what can't be read."""
    of: str
    """The ref of a question or criterion, the number of a section, or the key of a thread."""
    negated: bool = False
    """Whether it is about what was not done."""
    section: bool = False


def citations(text: str) -> Iterator[Citation]:
    """Yield every citation of a text, those that can't be read among them."""
    for found in _BRACKETS.finditer(text):
        if of_question := _QUESTION.fullmatch(found[1]):
            form, negated, ref = of_question.groups()
            yield Citation(found[0], found.start(), form, ref, bool(negated))
        elif of_score := _SCORE.fullmatch(found[1]):
            yield Citation(found[0], found.start(), "score", of_score[2], section=bool(of_score[1]))
        else:
            yield Citation(found[0], found.start(), "", found[1].strip())


def cited_questions(report: ScoredReport) -> frozenset[str]:
    """Return the refs of the questions that the prose of a report cites."""
    return frozenset(
        citation.of
        for one in report.parts
        if isinstance(one, Prose)
        for citation in citations(one.text)
        if citation.form in {"share", "count"}
    )


def question_of(report: ScoredReport, citation: Citation) -> QuestionResult | None:
    """Return the counts of the question that a citation names, or None where there are none."""
    for scored in report.criteria.values():
        for result in scored.questions:
            if result.question.ref == citation.of:
                return result
    return None


def score_of(report: ScoredReport, citation: Citation) -> tuple[Score | None, str]:
    """Return the score that a citation names and its anchor; None where there is no such score."""
    if citation.section:
        for section in report.sections:
            if str(section.section.number) == citation.of:
                return section.score, f"section {citation.of}"
        return None, ""
    if citation.of in report.criteria:
        return report.criteria[citation.of].score, f"criterion {citation.of}"
    for thread in report.threads:
        if thread.thread.thread == citation.of:
            return thread.score, f"thread {citation.of}"
    return None, ""


def words_for(result: QuestionResult, citation: Citation, *, begins: bool) -> str:
    """Return the figure of a question in house style: `73%`, or `eight out of 11 cases (73%)`.

    `begins` says whether it begins a sentence, which then begins with a capital letter.
    """
    count = result.relevant - result.sufficient if citation.negated else result.sufficient
    share = whole_per_cent(Fraction(count, result.relevant)) if result.relevant else 0
    if citation.form == "share":
        return f"{share}%"
    words = _(
        "%(count)s out of %(relevant)s cases (%(share)s%%)",
        count=number_word(count) if count else _("none"),
        relevant=number_word(result.relevant),
        share=share,
    )
    return words[:1].upper() + words[1:] if begins else words


def number_word(number: int) -> str:
    """Return a number in house style: in words below ten."""
    return SMALL[number] if number < len(SMALL) and spoken() == ENGLISH else f"{number:,}"


def begins_sentence(text: str, start: int) -> bool:
    """Say whether what stands at `start` begins a sentence."""
    # By hand: a pattern with two runs of white space would take hours over a text of line breaks.
    before = text[:start]
    told = before.rstrip()
    return not told or told.endswith((".", "!", "?", ":", "\n-")) or before.count("\n", len(told)) > 1


def linked(words: str, address: str) -> str:
    """Return words that lead to an address of the site, as the renderer reads them.

    Content can't write this: control characters are refused where it is read.
    """
    return f"\x02{address}\x1f{words}\x03"


def unlinked(text: str) -> str:
    """Return a text with the words of its links alone."""
    return LINKED.sub(r"\2", text)


def filled(part: T, report: ScoredReport, withheld: Withheld, address: Callable[[str], str]) -> T:
    """Return a part of the model with every citation in its prose replaced by what it cites, linked to its working.

    `address(what)` gives the address of `question 1.2.3`, `criterion 1.2`, `section 1` or `thread risk_of_harm`. What
    is withheld is `[c]` and what isn't there `[x]`; the rules have said so by then.
    """

    def fill(text: str) -> str:
        out, end = [], 0
        for citation in citations(text):
            out += [text[end : citation.start], _filling(citation, text, report, withheld, address)]
            end = citation.start + len(citation.written)
        return "".join([*out, text[end:]])

    return cast("T", _mapped(part, fill))


def _filling(
    citation: Citation, text: str, report: ScoredReport, withheld: Withheld, address: Callable[[str], str]
) -> str:
    if citation.form == "score":
        score, what = score_of(report, citation)
        if score is None or score.whole is None:
            return "[x]"
        kind, _, name = what.partition(" ")
        return "[c]" if (kind, name) in withheld.scores else linked(f"{score.whole}%", address(what))
    result = question_of(report, citation)
    if result is None or not result.relevant:
        return "[x]"
    if citation.of in withheld.questions:
        return "[c]"
    words = words_for(result, citation, begins=begins_sentence(text, citation.start))
    return linked(words, address(f"question {citation.of}"))


def _mapped(part: Any, fill: Callable[[str], str]) -> Any:
    """Return a part of the model with the text of every prose in it replaced; what has none comes back as it is."""
    if isinstance(part, Prose):
        return replace(part, text=fill(part.text)) if "[[" in part.text else part
    if isinstance(part, tuple):
        items = tuple(_mapped(item, fill) for item in part)
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if is_dataclass(part) and not isinstance(part, type):
        new = {field.name: _mapped(getattr(part, field.name), fill) for field in fields(part)}
        changed = {name: value for name, value in new.items() if value is not getattr(part, name)}
        return replace(part, **changed) if changed else part
    return part
