"""Rules on figures: percentages and counts that can't be, in prose and in tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from omi_build.model.common import Unit
from omi_build.model.figures import counts_giving, decimals, exact, shown
from omi_build.model.walk import figures_of, tables_of, texts_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: n for n, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
NUMBER_WORDS |= {f"{tens}-{one}": NUMBER_WORDS[tens] + n for tens in _TENS for n, one in enumerate(_ONES[:9], 1)}
"""Numbers in words, up to ninety-nine."""

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}|\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b)"
_PER_CENT = r"(\d{1,3}(?:\.\d{1,3})?)%"
_OF = r"\s{1,4}(?:out\s{1,4})?of\s{1,4}(?:(?:the|all|these|those)\s{1,4}){0,2}"
_NOUNS = r"(?:\s{1,4}[A-Za-z/'’-]{1,30}){0,4}"
_COUNT_THEN_SHARE = re.compile(
    rf"(?<![\w.,])({_NUMBER}){_OF}({_NUMBER}){_NOUNS}\s{{0,4}}\({_PER_CENT}\)", re.IGNORECASE
)
_COUNT_SHARE_BASE = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s{{0,4}}\({_PER_CENT}\){_OF}({_NUMBER})(?![\w.,]*%)", re.IGNORECASE
)
_SHARE_THEN_COUNT = re.compile(
    rf"(?<![\w.]){_PER_CENT}{_NOUNS}\s{{0,4}}\(({_NUMBER}){_OF}({_NUMBER}){_NOUNS}\)", re.IGNORECASE
)
_SHARE_OF_BASE = re.compile(
    rf"(?<![\w.]){_PER_CENT}\s{{1,4}}of\s{{1,4}}(?:(?:the|all|these|those)\s{{1,4}}){{0,2}}({_NUMBER})(?![\d.,]*[\d%])",
    re.IGNORECASE,
)
_COUNT_OF_BASE = re.compile(
    rf"(?<![\w.,%])({_NUMBER})\s{{1,4}}out\s{{1,4}}of\s{{1,4}}(?:(?:the|all|these|those)\s{{1,4}}){{0,2}}({_NUMBER})(?![\d.,]*[\d%])",
    re.IGNORECASE,
)
WHOLE = 100
_ANY_SHARE = re.compile(rf"(?<![\w.]){_PER_CENT}")


def impossible_percentage(report: ScoredReport) -> Iterator[Problem]:
    """OMI301: a percentage that no whole number of its stated base can give.

    Wrong: `79% of the 50 reports`, for 39 is 78% and 40 is 80%. Right: `78% of the 50 reports`.
    """
    for text in texts_of(report.inspection):
        for found in _SHARE_OF_BASE.finditer(text.text):
            per_cent, base = Fraction(found[1]), number(found[2])
            if base and per_cent <= WHOLE and not counts_giving(per_cent, base):
                yield _impossible(text.source, found[1], base, found[0])
    for figure in figures_of(report.inspection):
        shares = figure.unit is Unit.PER_CENT and figure.value is not None and figure.of
        if shares and figure.value is not None and figure.of and not counts_giving(exact(figure.value), figure.of):
            yield _impossible(figure.source.child("value"), str(figure.value), figure.of, "")


def contradictory_count(report: ScoredReport) -> Iterator[Problem]:
    """OMI302: a count and a percentage of the same thing that disagree; halves round up.

    Wrong: `five out of 36 (15%)`, which is 14%. Right: `five out of 36 (14%)`.
    """
    orders = ((_COUNT_THEN_SHARE, (1, 2, 3)), (_COUNT_SHARE_BASE, (1, 3, 2)), (_SHARE_THEN_COUNT, (2, 3, 1)))
    for text in texts_of(report.inspection):
        for pattern, (count_at, base_at, share_at) in orders:
            for found in pattern.finditer(text.text):
                count, base, per_cent = number(found[count_at]), number(found[base_at]), Fraction(found[share_at])
                places = len(found[share_at].partition(".")[2])
                if not base or count > base or shown(count, base, places) == per_cent:
                    continue
                true = decimals(shown(count, base, places), places)
                fitting = counts_giving(per_cent, base)
                other = f"; {found[share_at]}% would be {fitting[0]} of {base}" if fitting else ""
                message = f"{found[count_at]} out of {found[base_at]} is {true}%, not {found[share_at]}%"
                hint = f"Check the count and the percentage: one of them must change{other}."
                yield Problem(text.source, "OMI302", message, hint, quote=found[0])


def parts_not_summing(report: ScoredReport) -> Iterator[Problem]:
    """OMI303: the rows of a table that don't add up to the total it states; shares may differ by their rounding.

    Wrong: rows 61, 6 and 46 with `adds_up_to: 118`. Right: 67%, 21% and 13% with `adds_up_to: 100`.
    """
    for table in tables_of(report.inspection):
        values = [exact(row.value) for row in table.rows if row.value is not None]
        if table.adds_up_to is None or len(values) != len(table.rows):
            continue
        total, stated = sum(values, Fraction(0)), exact(table.adds_up_to)
        places = max((_places(value) for value in values), default=0)
        shares = any(row.unit.is_share for row in table.rows)
        tolerance = Fraction(len(values), 2 * 10**places) if shares else Fraction(0)
        if abs(total - stated) > tolerance:
            words = " + ".join(decimals(value, _places(value)) for value in values)
            most = max(places, _places(stated))
            message = f"{words} is {decimals(total, most)}, not {decimals(stated, _places(stated))}"
            hint = "Check each row and the total; if the report prints it so, say so in an editor's note."
            yield Problem(table.source.child("adds_up_to"), "OMI303", message, hint)


def repeated_percentage(report: ScoredReport) -> Iterator[Problem]:
    """OMI304 (warning): the same percentage twice in one finding: right, or a slip of the copier.

    To look at: `44% were not balanced. In only 44% …`. Right: two different figures, or a note that both are meant.
    """
    for findings in report.inspection.findings:
        for finding in (*findings.strengths, *findings.areas_for_improvement):
            shares = _ANY_SHARE.findall(finding.text.text)
            for share, times in Counter(shares).items():
                if times > 1:
                    message = f"{share}% stands here {times} times"
                    hint = "Look whether both are right, or one was copied by mistake."
                    yield Problem(finding.text.source, "OMI304", message, hint, Severity.WARNING, quote=f"{share}%")


def count_above_base(report: ScoredReport) -> Iterator[Problem]:
    """OMI305: a count larger than its base.

    Wrong: `12 out of 11 cases`. Right: `11 out of 12 cases`.
    """
    for text in texts_of(report.inspection):
        for found in _COUNT_OF_BASE.finditer(text.text):
            if number(found[1]) > number(found[2]):
                message = f"{found[1]} out of {found[2]} can't be: the count is larger than its base"
                yield Problem(text.source, "OMI305", message, "Check both numbers.", quote=found[0])
    for figure in figures_of(report.inspection):
        if (
            figure.unit is Unit.COUNT
            and figure.value is not None
            and figure.of is not None
            and figure.value > figure.of
        ):
            message = f"{figure.value} of {figure.of} can't be: the count is larger than its base"
            yield Problem(figure.source.child("value"), "OMI305", message, "Check both numbers.")


def number(words: str) -> int:
    """Return a number written in digits or in words, such as `1,204` or `Twenty-nine`."""
    return NUMBER_WORDS.get(words.lower()) or int(words.replace(",", "") if words[0].isdigit() else 0)


def _impossible(source: Source, per_cent: str, base: int, quote: str) -> Problem:
    share = Fraction(per_cent)
    places = len(per_cent.partition(".")[2])
    below = int(share * base / 100)
    nearest = [n for n in (below, below + 1) if n <= base]
    words = ", ".join(f"{n} is {decimals(shown(n, base, places), places)}%" for n in nearest)
    hint = "Check the percentage against the count, or name the number that it was taken of."
    return Problem(source, "OMI301", f"{per_cent}% of {base} can't be: {words}", hint, quote=quote)


def _places(value: Fraction) -> int:
    return next(places for places in range(20) if (value * 10**places).denominator == 1)
