"""The chart of growth: seconds of a cold build against the number of reports, a line for each engine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import altair as alt
import vl_convert

from benchmarks import builds
from benchmarks.goals import told
from benchmarks.measuring import OURS, Book
from benchmarks.peers import PEERS

WIDTH, HEIGHT = 620, 380
APART = 0.055
"""How far apart two labels stand at the least, as a part of the height."""

SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])


def growth(book: Book) -> tuple[str, str] | None:
    """Return the chart as SVG and what it says in words, or None where no engine was measured at two sizes.

    Lines differ by their dashes and points, and each bears its name: it can be read in black and white.
    """
    lines = lines_of(book)
    if not any(len(points) > 1 for points in lines.values()):
        return None
    rows: list[dict[str, Any]] = [
        {"engine": engine, "reports": reports, "seconds": seconds}
        for engine, points in lines.items()
        for reports, seconds in points
    ]
    ends = {engine: points[-1] for engine, points in lines.items()}
    heights = spread({engine: math.log10(seconds) for engine, (_, seconds) in ends.items()}, _room(rows))
    labels = [
        {"engine": engine, "reports": reports, "seconds": 10 ** heights[engine]}
        for engine, (reports, _) in ends.items()
    ]
    engines = list(lines)
    x = alt.X("reports:Q", title="Public reports (each step to the right is a multiple)").scale(type="log", nice=False)
    x = x.axis(values=sorted({row["reports"] for row in rows}), format=",.0f", grid=False)
    y = alt.Y("seconds:Q", title="Seconds of a cold build (each step up is a multiple)").scale(type="log")
    y = y.axis(values=[0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000], format="~g")
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    dash = alt.StrokeDash("engine:N", legend=None).scale(domain=engines, range=list(DASHES[: len(engines)]))
    shape = alt.Shape("engine:N", legend=None).scale(domain=engines, range=list(SHAPES[: len(engines)]))
    chart = alt.layer(
        base.mark_line(color="black", strokeWidth=1.5).encode(strokeDash=dash, detail="engine:N"),
        base.mark_point(color="black", filled=True, size=60, opacity=1).encode(shape=shape),
        alt.Chart(alt.Data(values=labels))
        .mark_text(align="left", dx=9, fontSize=13)
        .encode(x="reports:Q", y="seconds:Q", text="engine:N"),
    )
    words = in_words(lines)
    chart = chart.properties(
        width=WIDTH,
        height=HEIGHT,
        background="white",
        padding={"left": 5, "top": 10, "right": 110, "bottom": 5},
    ).configure(font="sans-serif")
    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict())
    # Whoever opens the drawing alone hears what it shows too.
    return f"{drawn.replace('>', f'><title>{escape(words)}</title>', 1)}\n", words


def lines_of(book: Book) -> dict[str, list[tuple[float, float]]]:
    """Return for each engine (public reports, seconds of a cold build) at each size, in order."""
    found: dict[str, list[tuple[float, float]]] = {}
    for engine in (OURS, *(peer.name for peer in PEERS)):
        for areas in book.sizes(builds.COLD, engine):
            reports, seconds = book.median("public reports", OURS, areas), book.median(builds.COLD, engine, areas)
            if reports and seconds:
                found.setdefault(engine, []).append((reports, seconds))
    return found


def in_words(lines: dict[str, list[tuple[float, float]]]) -> str:
    """Return what the chart shows as a sentence for each engine."""
    sentences = []
    for engine, points in lines.items():
        (first, early), (last, late) = points[0], points[-1]
        start = f"{engine} takes {told(early, 's')} for {told(first, '')} reports"
        sentences.append(f"{start} and {told(late, 's')} for {told(last, '')}." if len(points) > 1 else f"{start}.")
    return " ".join(sentences)


def spread(places: dict[str, float], apart: float) -> dict[str, float]:
    """Return the places moved as little upwards as leaves that much room between any two."""
    moved: dict[str, float] = {}
    last = -math.inf
    for name, place in sorted(places.items(), key=lambda one: one[1]):
        last = max(place, last + apart)
        moved[name] = last
    return moved


def _room(rows: Sequence[Mapping[str, Any]]) -> float:
    seconds = [math.log10(row["seconds"]) for row in rows]
    return max(max(seconds) - min(seconds), 1.0) * APART
