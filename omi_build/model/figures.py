"""Proportions and per cents. The only place of the project that rounds."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

WHOLE = 100
"""What the shares of one whole add up to, in per cent."""


def whole_per_cent(proportion: Fraction) -> int:
    """Return a proportion (0 to 1, exact) as a whole per cent, halves rounded up: 1/8 is 13."""
    return half_up(proportion * 100)


def half_up(value: Fraction) -> int:
    """Return the nearest whole number to an exact value, halves rounded up."""
    return int((2 * value + 1) // 2)


def exact(number: float) -> Fraction:
    """Return a number of the content as it was written: 11.3 is 113/10, not its binary neighbour."""
    return Fraction(str(number))


def decimals(value: Fraction, places: int) -> str:
    """Return an exact value with so many decimal places, halves rounded up, and commas between thousands."""
    scaled = Decimal(half_up(value * 10**places)).scaleb(-places)
    return f"{scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"


def counts_giving(per_cent: Fraction, base: int) -> list[int]:
    """Return the counts out of `base` that display as this per cent, at the decimals that it has.

    `per_cent` is a number such as 79 or 91.6; a whole one is compared after rounding to a whole, one with a decimal
    after rounding to as many places. A base of 0 gives none.
    """
    if not base:
        return []
    places = 0
    while (per_cent * 10**places).denominator != 1:
        places += 1
    half = Fraction(1, 2 * 10**places)
    first, beyond = (math.ceil((per_cent + edge) * base / 100) for edge in (-half, half))
    return list(range(max(0, first), min(base + 1, beyond)))


def shown(count: int, base: int, places: int = 0) -> Fraction:
    """Return the per cent of `count` out of `base` as displayed with so many decimal places."""
    return Fraction(half_up(Fraction(count * 100, base) * 10**places), 10**places)


def outward(low: float, high: float) -> tuple[int, int]:
    """Return two proportions (0 to 1) as whole per cents that enclose them; noise of the arithmetic is passed over."""
    noise = 1e-7
    return max(0, math.floor(low * 100 + noise)), min(100, math.ceil(high * 100 - noise))
