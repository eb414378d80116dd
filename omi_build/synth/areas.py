"""Made-up areas: their names, regions and places on the tile map. Area k is the same however many there are.

The tiles fill a square from its north-western corner, shell by shell, so that any number of them is compact. Regions
are the sectors seen from that corner, which keeps the areas of a region together.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from omi_build.synth.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTED, VALLEY, JOINED = 0.25, 0.4, 0.55
"""Up to which draw a name is one such as North Curlewshire, Teasel Vale, or two counties; the rest are a county alone."""


@dataclass(frozen=True)
class MadeUpArea:
    """A made-up area."""

    number: int
    """From 0."""
    id: str
    title: str
    region: str
    country: str
    column: int
    row: int

    def value(self) -> dict[str, Any]:
        """Return its entry in areas.yaml."""
        return {
            "id": self.id,
            "title": self.title,
            "region": self.region,
            "country": self.country,
            "synthetic": True,
            "tile": {"column": self.column, "row": self.row},
        }


def made_up_areas(number: int, seed: int) -> list[MadeUpArea]:
    """Return so many areas; those of a smaller number are the first of a larger."""
    regions = words("places")["regions"]
    english, welsh = _english_names(Random(f"{seed}/english")), _welsh_names(Random(f"{seed}/welsh"))
    areas = []
    for n in range(number):
        column, row = tile(n)
        sector = int(math.atan2(row - 0.5, column - 0.5) / (math.pi / 2) * len(regions))
        region = regions[sector]
        title = next(welsh if region.get("wales") else english)
        country = "Wales" if region.get("wales") else "England"
        areas.append(MadeUpArea(n, _identifier(title), title, region["id"], country, column, row))
    return areas


def regions() -> list[dict[str, Any]]:
    """Return the made-up regions as areas.yaml lists them."""
    return [{"id": region["id"], "title": region["title"]} for region in words("places")["regions"]]


def tile(number: int) -> tuple[int, int]:
    """Return column and row of the tile of this number (from 0): down the new column, then back along the new row."""
    shell = math.isqrt(number)
    along = number - shell * shell
    return (shell + 1, along + 1) if along <= shell else (2 * shell + 1 - along, shell + 1)


def _english_names(random: Random) -> Iterator[str]:
    """Yield names in the ways that real areas have them: a county, a part of one, two together, a valley.

    A stem comes again only when every other has had its turn, so that the names of a small programme differ well.
    """
    places = words("places")
    stems = _turns(places["stems"].split(), random)
    told: set[str] = set()
    while True:
        county = next(stems) + random.choice(places["counties"])
        draw = random.random()
        name = (
            f"{random.choice(places['directions'])} {county}"
            if draw < DIRECTED
            else f"{next(stems)} {random.choice(places['valleys'])}"
            if draw < VALLEY
            else " and ".join(sorted([county, next(stems) + random.choice(places["counties"])]))
            if draw < JOINED
            else county
        )
        if name not in told:
            told.add(name)
            yield name


def _turns(names: list[str], random: Random) -> Iterator[str]:
    """Yield the names again and again, each time in another order."""
    while True:
        yield from random.sample(names, len(names))


def _welsh_names(random: Random) -> Iterator[str]:
    """Yield names of two made-up words."""
    places = words("places")
    names = [" ".join(pair) for pair in product(places["welsh_first"], places["welsh_second"].split())]
    random.shuffle(names)
    yield from names


def _identifier(title: str) -> str:
    """Return a name as part of an address: letters without their accents, in small."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
