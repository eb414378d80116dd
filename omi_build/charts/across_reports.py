"""Charts across reports: where reports have been published, and how scores are spread. None ranks or names an area by score."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build.charts import Chart, Table
from omi_build.charts.drawing import NARROW, WIDE, Box, Drawing, Mark, Place, Rule, Text, text
from omi_build.downloads import tables
from omi_build.downloads.files import CAUTION, LICENCE
from omi_build.languages import gettext as _
from omi_build.languages import in_folder, marked, ngettext, spoken
from omi_build.model.figures import WHOLE
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omi_build.model.framework import Criterion
    from omi_build.model.programme import Area, Region, Tile
    from omi_build.publication import PublicSite

BIN = 10
"""The width of a column of the histogram, in points."""

NO_REPORT = marked("no report yet")


@dataclass(frozen=True)
class _Tiles:
    """The measures of a drawing of the map, in pixels."""

    tile: float
    """How wide a tile is, its gap included."""
    size: int
    """The size of the names."""
    character: float
    """How wide a character of a name is at most."""
    narrow: bool

    gap = 3

    @property
    def line(self) -> int:
        return self.size + 3

    def name(self, area: Area) -> list[str]:
        fitting = int((self.tile - 2 * self.gap) / self.character)
        too_long = max(len(word) for word in re.split(r"[\s-]", area.title)) > fitting
        return broken(area.short_title if area.short_title and (self.narrow or too_long) else area.title, fitting)


MAPPED, COLUMNS = 100, 8
"""Up to so many areas stand on one map, and so many beside each other: on a phone a name takes 40 pixels to be read, and no
page is to grow with the programme."""


def areas_map(site: PublicSite, region: Region | None = None) -> Chart | None:
    """Return the tile map of all areas, or of a region: which have a report, and of which year the latest is.

    None if no area has a tile, or they are too many to be read.
    """
    tiles = _tiles_on_map(site, region)
    if not tiles:
        return None
    areas = [area for area in site.areas if area.id in tiles]
    columns = max(tile.column for tile in tiles.values())
    told = {area.id: _latest(site, area) for area in areas}
    reported = [area for area in areas if site.of_area(area)]
    number = counted(len(reported), "area", "areas").split()[0].capitalize()
    silent = [area.title for area in areas if area not in reported]
    sentences = [_("Tile map of %(areas)s, roughly as they lie.", areas=counted(len(areas), "area", "areas"))]
    if reported:
        sentences.append(_("With a report: %(areas)s.", areas="; ".join(f"{a.title}, {told[a.id]}" for a in reported)))
    if silent:
        sentences.append(_("Without: %(areas)s.", areas="; ".join(silent)))
    return Chart(
        id="map-areas",
        title=ngettext(
            "%(number)s of the %(areas)s areas on the map has a published report",
            "%(number)s of the %(areas)s areas on the map have a published report",
            len(reported),
            number=number,
            areas=len(areas),
        ),
        alternative=" ".join(sentences),
        wide=_map(site, areas, tiles, told, _Tiles(min(WIDE / columns, 112), 11, 6.8, narrow=False)),
        narrow=_map(site, areas, tiles, told, _Tiles(NARROW / columns, 10, 5.6, narrow=True)),
        table=Table((_("Area"), _("Latest report")), tuple((area.title, told[area.id]) for area in areas)),
        address=in_folder(f"regions/{region.id}/charts/map" if region else "areas/charts/map", spoken()),
        source=(
            _(
                "Each area is a tile, roughly as it lies: filled with the year of its latest report, dashed without one."
            ),
            _("It says nothing of how an area did. %(licence)s.", licence=_(LICENCE)),
        ),
        data=tables.Table(
            "map",
            "Areas and the year of their latest report",
            "",
            (
                tables.Field("area", "string", "Area", "The title of the area."),
                tables.Field("latest_report", "integer", "Latest report", "Its year; empty where there is none."),
                tables.SYNTHETIC,
            ),
            tuple(
                {
                    "area": area.title,
                    "latest_report": reports[-1].about.year if reports else None,
                    "synthetic": reports[-1].synthetic if reports else area.synthetic,
                }
                for area, reports in ((area, site.of_area(area)) for area in areas)
            ),
        ),
    )


def scores_histogram(criterion: Criterion, scores: Sequence[int], address: str, *, synthetic: bool = False) -> Chart:
    """Return how the scores (whole per cent) of several reports are spread, in steps of ten points.

    `address` is that of the page it stands on; `synthetic` says whether all of them are made up.
    """
    edges = range(0, WHOLE, BIN)
    # A score of 100 stands with those from 90 on.
    counts = [sum(min(score // BIN, len(edges) - 1) == n for score in scores) for n, _ in enumerate(edges)]
    labels = [f"{edge}% to {edge + BIN - (edge + BIN < WHOLE)}%" for edge in edges]
    low, high = min(scores), max(scores)
    span = f"{low}%" if low == high else f"from {low}% to {high}%"
    filled = [f"{label}: {count}" for label, count in zip(labels, counts, strict=True) if count]
    return Chart(
        id="chart-spread",
        title=f"The {len(scores)} scores on {criterion.ref} {'are' if low == high else 'range'} {span}",
        alternative=f"Histogram of {len(scores)} scores in steps of {BIN} points. {'; '.join(filled)}; none elsewhere.",
        wide=_histogram(counts, 560),
        narrow=_histogram(counts, NARROW),
        table=Table(("Score", "Reports"), tuple((x, str(n)) for x, n in zip(labels, counts, strict=True))),
        address=f"{address}charts/spread",
        source=(
            *(("Synthetic: all reports are made up.",) if synthetic else ()),
            f"{CAUTION} by score.",
            f"Source: {counted(len(scores), 'report', 'reports')} on {criterion.ref} {criterion.title}. {LICENCE}.",
        ),
        data=tables.Table(
            "spread",
            "Scores in steps of ten points",
            "",
            (
                tables.CRITERION,
                tables.Field("score_from", "integer", "Score from", "In whole per cent."),
                tables.Field("score_to", "integer", "Score to", "In whole per cent."),
                tables.Field("reports", "integer", "Reports", "How many reports have such a score."),
                tables.SYNTHETIC,
            ),
            tuple(
                {
                    "criterion": criterion.ref,
                    "score_from": edge,
                    "score_to": edge + BIN - (edge + BIN < WHOLE),
                    "reports": count,
                    "synthetic": synthetic,
                }
                for edge, count in zip(edges, counts, strict=True)
            ),
        ),
    )


def broken(title: str, width: int) -> list[str]:
    """Return a title in lines of so many characters; a longer word is broken with a hyphen."""
    width = max(width, 3)
    words: list[str] = []
    for word in title.split():
        rest = word
        while len(rest) > width and "-" not in rest[:width]:
            words.append(f"{rest[: width - 1]}-")
            rest = rest[width - 1 :]
        words.append(rest)
    return textwrap.wrap(" ".join(words), width) or [""]


def _latest(site: PublicSite, area: Area) -> str:
    reports = site.of_area(area)
    if not reports:
        return _(NO_REPORT)
    return f"{reports[-1].about.year}{' (synthetic)' if reports[-1].synthetic else ''}"


def has_map(site: PublicSite, region: Region | None = None) -> bool:
    """Say whether `areas_map` draws one."""
    return bool(_tiles_on_map(site, region))


def _tiles_on_map(site: PublicSite, region: Region | None) -> dict[str, Tile]:
    """Return the tile of each area on a map, by its id, in its first row and column; none where it could not be read."""
    there = {area.id: area.tile for area in site.areas if area.tile and (region is None or area.region == region.id)}
    left, top = (min((getattr(tile, edge) for tile in there.values()), default=1) - 1 for edge in ("column", "row"))
    tiles = {name: replace(tile, column=tile.column - left, row=tile.row - top) for name, tile in there.items()}
    fits = len(tiles) <= MAPPED and all(tile.column <= COLUMNS for tile in tiles.values())
    return tiles if fits else {}


def _map(
    site: PublicSite, areas: list[Area], places_of: Mapping[str, Tile], told: dict[str, str], tiles: _Tiles
) -> Drawing:
    """Return the drawing: a filled tile with its year, a dashed one without a report."""
    short = {_(NO_REPORT): _("none")} if tiles.narrow else {}
    texts = {
        area.id: (tiles.name(area), [s.strip("()") for s in short.get(told[area.id], told[area.id]).split(" (")])
        for area in areas
    }
    if tiles.narrow:
        texts = {key: (name, [s.replace("synthetic", "synth.") for s in said]) for key, (name, said) in texts.items()}
    tall = max(len(name) + len(said) for name, said in texts.values()) * tiles.line + 12
    filled: list[Mark] = []
    dashed: list[Mark] = []
    written: list[Text] = []
    places: list[Place] = []
    for area in areas:
        name, said = texts[area.id]
        place = places_of[area.id]
        left, top = (place.column - 1) * tiles.tile, (place.row - 1) * (tall + tiles.gap)
        right, bottom, middle = left + tiles.tile - tiles.gap, top + tall, left + (tiles.tile - tiles.gap) / 2
        reported = bool(site.of_area(area))
        if reported:
            filled.append(Box(left, top, right, bottom, "ink", "ink"))
        else:
            dashed.append(Box(left, top, right, bottom, "paper", "muted", (3, 3)))
        first = top + (tall - (len(name) + len(said)) * tiles.line) / 2 + 1
        for lines, at, ink, bold in (
            (name, first, "paper" if reported else "ink", reported and not tiles.narrow),
            (said, first + len(name) * tiles.line, "paper" if reported else "muted", False),
        ):
            written.append(
                text(
                    middle,
                    at + tiles.size * 0.45,
                    lines,
                    size=tiles.size,
                    weight=700 if bold else 400,
                    ink=ink,
                    anchor="middle",
                    line=tiles.line,
                )
            )
        places.append(Place(left, top, right, bottom, f"{area.title}: {told[area.id]}"))
    width, height = (max(getattr(place, edge) for place in places) for edge in ("right", "bottom"))
    return Drawing(round(width), height, (tuple(filled), tuple(dashed)), tuple(written), tuple(places))


def _histogram(counts: list[int], width: int) -> Drawing:
    """Return the drawing: a column for each step, its count above it, the scores below."""
    step, side = (width - 30) / len(counts), 10
    unit = 130 / max(*counts, 1)
    base = 170
    columns: list[Mark] = []
    texts: list[Text] = []
    places: list[Place] = []
    for n, count in enumerate(counts):
        if not count:
            continue
        left, right, top = side + n * step + 1, side + (n + 1) * step - 1, base - count * unit
        columns.append(Box(left, top, right, base, "muted"))
        texts.append(text((left + right) / 2, top - 8, str(count), size=12, weight=600, anchor="middle"))
        span = f"{n * BIN}% to {(n + 1) * BIN - (n + 1 < len(counts))}%"
        places.append(Place(left, top - 16, right, base, f"{span}: {counted(count, 'report', 'reports')}"))
    texts += [
        text(side + n * step, base + 12, f"{n * BIN}{'%' if n == len(counts) else ''}", size=12, anchor="middle")
        for n in range(len(counts) + 1)
    ]
    texts.append(text(side - 4, base + 30, "number of reports, by score in steps of 10 points", size=12, ink="muted"))
    ground = Rule((side, base), (width - 20, base), "ink")
    return Drawing(width, base + 40, (tuple(columns), (ground,)), tuple(texts), tuple(places))
