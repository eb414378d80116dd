"""Words for pages: numbers in house style, lists, units, file sizes."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from omi_build.languages import ENGLISH, marked, plural, spoken
from omi_build.languages import gettext as _
from omi_build.model.common import Unit
from omi_build.model.figures import decimals, exact

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""House style writes numbers below ten in words."""


class _Spoken(dict[str, str]):
    """Words that are found in the language that is spoken."""

    def __getitem__(self, key: str) -> str:
        return _(super().__getitem__(key))


SHORTHANDS = _Spoken(x=marked("not available"), c=marked("withheld for confidentiality"), z=marked("not applicable"))
"""The shorthand for a value that can't be given, in brackets in tables, and what it means."""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: 'three criteria', '12 criteria'."""
    noun = plural(one, many, number)
    if spoken() == ENGLISH:
        return f"{SMALL[number] if number < len(SMALL) else number} {noun}"
    return f"{number} {noun}" if number else " ".join([_("no"), noun])


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: 'a, b and c'."""
    *others, last = words or [""]
    return f"{', '.join(others)} {_and(last)} {last}" if others else last


def _and(following: str) -> str:
    """Return 'and' as it stands before a word; Welsh has another form of it before a vowel."""
    if spoken() == ENGLISH:
        return "and"
    return "ac" if re.match(r"[aeiouwyâêîôûŵŷ]|(?:1|8|11)(?![0-9])", following, re.IGNORECASE) else "a"


def quantity(value: float, unit: Unit) -> str:
    """Return a figure with its unit: '98%', '11.3 days', '£11.090 million', '3,734'."""
    number = exact(value)
    places = 0 if number.denominator == 1 else len(str(value).rpartition(".")[2])
    if unit.is_share:
        return f"{decimals(number, places)}%"
    if unit is Unit.MILLION_POUNDS:
        return _("£%(number)s million", number=decimals(number, 3))
    plain = decimals(number, places)
    if unit is Unit.COUNT:
        return plain
    return (
        _("%(number)s working days", number=plain) if unit is Unit.WORKING_DAYS else _("%(number)s days", number=plain)
    )


def file_size(size: int) -> str:
    """Return a size in bytes for a reader, in the nearest unit: '12 KB'."""
    for unit, width in (("MB", 1_000_000), ("KB", 1000)):
        if size >= width:
            return f"{decimals(Fraction(size, width), 1 if unit == 'MB' else 0)} {unit}"
    return _("%(number)s bytes", number=size)
