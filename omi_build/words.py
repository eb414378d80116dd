"""Words for pages: numbers in house style, lists, units, file sizes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from omi_build.model.common import Unit
from omi_build.model.figures import decimals, exact

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""House style writes numbers below ten in words."""

SHORTHANDS = {"x": "not available", "c": "withheld for confidentiality", "z": "not applicable"}
"""The shorthand for a value that can't be given, in brackets in tables, and what it means."""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: 'three criteria', '12 criteria'."""
    return f"{SMALL[number] if number < len(SMALL) else number} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def quantity(value: float, unit: Unit) -> str:
    """Return a figure with its unit: '98%', '11.3 days', '£11.090 million', '3,734'."""
    number = exact(value)
    places = 0 if number.denominator == 1 else len(str(value).rpartition(".")[2])
    if unit.is_share:
        return f"{decimals(number, places)}%"
    if unit is Unit.MILLION_POUNDS:
        return f"£{decimals(number, 3)} million"
    plain = decimals(number, places)
    if unit is Unit.COUNT:
        return plain
    return f"{plain} {unit.value.replace('_', ' ')}"


def file_size(size: int) -> str:
    """Return a size in bytes for a reader, in the nearest unit: '12 KB'."""
    for unit, width in (("MB", 1_000_000), ("KB", 1000)):
        if size >= width:
            return f"{decimals(Fraction(size, width), 1 if unit == 'MB' else 0)} {unit}"
    return f"{size} bytes"
