"""Rules on figures: percentages and counts that can't be, in prose and in tables. `claims` reads them from the prose."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from omi_build.checks.claims import counts, number, percentages, shares
from omi_build.model.common import FigureTable, Unit
from omi_build.model.figures import WHOLE, counts_giving, decimals, exact, half_up, shown
from omi_build.model.walk import figures_of, tables_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source


def impossible_percentage(report: ScoredReport) -> Iterator[Problem]:
    """OMI301: a percentage that no whole number of its stated base can give.

    Cases, reports and people come in whole numbers, so of a small base only some percentages can be: the percentage is
    a slip, or it was taken of another number than the text says. Read in prose as `P% of the N things`, and in tables
    from a figure in per cent with its `of`. Decimals are respected: 91.6 must come out at one place.

    Wrong: `79% of the 50 reports`, for 39 is 78% and 40 is 80%. Right: `78% of the 50 reports`.

    Source: the reference report, which gives 79% of 50 reports under 1.1.
    """
    for text in report.texts:
        for claim in shares(text.text):
            share, base = Fraction(claim.per_cent), number(claim.base)
            if base and share <= WHOLE and not can_be(share, base):  # a prison can be 120% full
                yield _impossible(text.source, share, _places(claim.per_cent), base, claim.quote)
    for figure in figures_of(report.parts):
        if figure.unit is Unit.PER_CENT and figure.value is not None and figure.of:
            share = exact(figure.value)
            if not can_be(share, figure.of):
                yield _impossible(figure.source.child("value"), share, _decimal_places(share), figure.of, "")


def contradictory_count(report: ScoredReport) -> Iterator[Problem]:
    """OMI302: a count and a percentage of the same thing that disagree.

    Both are stated, so a reader can work one out from the other and finds that one is wrong. Halves round up, and the
    percentage is compared at the decimals that it has. Read as `n out of N (P%)`, `n of the N things (P%)`,
    `n (P%) out of N` and `P% (n of N)`, with numbers in digits or words.

    Wrong: `five out of 36 (15%)`, which is 14%. Right: `five out of 36 (14%)`.

    Source: the domain, 'scoring', for the rounding.
    """
    for text in report.texts:
        for claim in counts(text.text):
            if not claim.per_cent:
                continue
            count, base, share = number(claim.count), number(claim.base), Fraction(claim.per_cent)
            places = _places(claim.per_cent)
            if not base or count > base or shown(count, base, places) == share:
                continue
            true = decimals(shown(count, base, places), places)
            fitting = half_up(share * base / WHOLE)
            would = fitting <= base and shown(fitting, base, places) == share
            other = f"; {claim.per_cent}% would be {fitting} of {base}" if would else ""
            message = f"{claim.count} out of {claim.base} is {true}%, not {claim.per_cent}%"
            hint = f"Check the count and the percentage: one of them must change{other}."
            yield Problem(text.source, "OMI302", message, hint, quote=claim.quote)


def parts_not_summing(report: ScoredReport) -> Iterator[Problem]:
    """OMI303: the rows of a table that don't add up to the total it states.

    Counts and days must add up exactly. Percentages and millions of pounds are rounded, each row by up to half of its
    last shown decimal, and may miss the total by as much. A table with a row that is not available is not judged.

    Wrong: rows 61, 6 and 46 with `adds_up_to: 118`. Right: 67%, 21% and 13% with `adds_up_to: 100`.

    Source: the reference report, whose 118 enrolled are 113.
    """
    for table in tables_of(report.parts):
        values = [exact(row.value) for row in table.rows if row.value is not None]
        if table.adds_up_to is None or len(values) != len(table.rows):
            continue
        total, stated = sum(values, Fraction(0)), exact(table.adds_up_to)
        places = max((_decimal_places(value) for value in values), default=0)
        tolerance = Fraction(len(values), 2 * 10**places) if _is_rounded(table) else Fraction(0)
        if abs(total - stated) > tolerance:
            words = " + ".join(plain(value) for value in values)
            most = max(places, _decimal_places(stated))
            message = f"{words} is {decimals(total, most)}, not {plain(stated)}"
            hint = "Check each row and the total; if the report prints it so, say so in an editor's note."
            yield Problem(table.source.child("adds_up_to"), "OMI303", message, hint)


def repeated_percentage(report: ScoredReport) -> Iterator[Problem]:
    """OMI304 (warning): the same percentage twice in one finding.

    It may be right, or a slip of the copier; a person must look. Told once for each percentage.

    To look at: `It was done in 44% of cases and reviewed in 44%.` Right: `It was done in 44% of cases and reviewed in 41%.`

    Source: the reference report (44 and 44; 51 and 51).
    """
    for findings in report.inspection.findings:
        for finding in (*findings.strengths, *findings.areas_for_improvement):
            for share, times in Counter(percentages(finding.text.text)).items():
                if times > 1:
                    message = f"{share}% stands here {times} times"
                    hint = "Look whether both are right, or one was copied by mistake."
                    yield Problem(finding.text.source, "OMI304", message, hint, Severity.WARNING, quote=f"{share}%")


def count_above_base(report: ScoredReport) -> Iterator[Problem]:
    """OMI305: a count larger than its base.

    A part can't be more than the whole: one of the two numbers is a slip, or they are swapped. Case answers have a
    code of their own, OMI406.

    Wrong: `12 out of 11 cases`. Right: `11 out of 12 cases`.
    """
    for text in report.texts:
        for claim in counts(text.text):
            if number(claim.count) > number(claim.base):
                message = f"{claim.count} out of {claim.base} can't be: the count is larger than its base"
                hint = "A part can't be more than the whole: check both numbers, or swap them."
                yield Problem(text.source, "OMI305", message, hint, quote=claim.quote)
    for figure in figures_of(report.parts):
        if figure.unit is Unit.COUNT and figure.value is not None and figure.of is not None:
            value = exact(figure.value)
            if value > figure.of:
                message = f"{plain(value)} of {figure.of:,} can't be: the count is larger than its base"
                yield Problem(figure.source.child("value"), "OMI305", message, "Check both numbers.")


def plain(value: Fraction) -> str:
    """Return a number of the content as a reader writes it: 1,204 or 91.6."""
    return decimals(value, _decimal_places(value))


def can_be(share: Fraction, base: int) -> bool:
    """Say whether some count out of a base displays as this per cent, at the decimals that it has."""
    if not 0 <= share <= WHOLE:
        return False
    # From 100 of a kind on every whole per cent can be; `counts_giving` would list each of millions of counts.
    return base >= WHOLE * 10 ** _decimal_places(share) or bool(counts_giving(share, base))


def _impossible(source: Source, share: Fraction, places: int, base: int, quote: str) -> Problem:
    below = math.floor(share * base / WHOLE)
    nearest = sorted({min(max(n, 0), base) for n in (below, below + 1)})
    words = ", ".join(f"{n} is {decimals(shown(n, base, places), places)}%" for n in nearest)
    message = f"{decimals(share, places)}% of {base} can't be: {words}"
    hint = "Check the percentage against the count, or name the number that it was taken of."
    return Problem(source, "OMI301", message, hint, quote=quote)


def _is_rounded(table: FigureTable) -> bool:
    return any(row.unit.is_share or row.unit is Unit.MILLION_POUNDS for row in table.rows)


def _places(written: str) -> int:
    """Return how many decimal places a number is written with."""
    return len(written.partition(".")[2])


def _decimal_places(value: Fraction) -> int:
    """Return how many decimal places an exact value of the content needs."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places
