"""The picture that stands for a report where it is linked to from elsewhere: its scores on a card of 1200 by 630."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from omi_build.charts import score_row
from omi_build.charts.drawing import INKS, across, down, layered, level_ink, values
from omi_build.charts.provenance import UNEVEN
from omi_build.languages import gettext as _
from omi_build.model.framework import Assessment

if TYPE_CHECKING:
    from omi_build.publication import PublicCriterion, PublicReport

WIDTH, HEIGHT = 1200, 630
"""What link previews show whole."""

MARGIN = 56
TOP, BOTTOM = 168, 556
"""Between them stand the bars."""
LABELS = 540
"""How much of the width the names of the criteria take."""

Weight = Literal[400, 600, 700]
Align = Literal["left", "center", "right"]


def scores_picture(report: PublicReport) -> dict[str, Any] | None:
    """Return the specification of a report's picture, or None if it has no score to show."""
    criteria = [c for s in report.sections if s.assessment is Assessment.SCORED for c in s.criteria]
    if not any(c.score and c.score.value is not None for c in criteria):
        return None
    step = min(44.0, (BOTTOM - TOP) / len(criteria))
    size = max(8.0, min(20.0, step * 0.66))
    bars = [_bar(report, criterion, TOP + n * step, step, size) for n, criterion in enumerate(criteria)]
    layers = [
        *_head(report),
        *_bars(bars, size),
        *_line(report, TOP + len(criteria) * step),
        _text([{"x": MARGIN, "y": HEIGHT - 30, "text": _(UNEVEN)}], 22, INKS["ink"], weight=600),
    ]
    return layered(
        layers,
        width=WIDTH,
        height=HEIGHT,
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
        background=INKS["paper"],
    )


def _head(report: PublicReport) -> list[alt.Chart]:
    head = [
        _text([{"x": MARGIN, "y": 62, "text": _fitting(report.name, 820, 52)}], 52, INKS["ink"], weight=700),
        _text([{"x": MARGIN, "y": 120, "text": _fitting(report.about.title, 1080, 26)}], 26, INKS["muted"]),
    ]
    if report.synthetic:
        at = WIDTH - MARGIN
        head.append(_text([{"x": at, "y": 62, "text": "Synthetic"}], 40, INKS["level-3"], weight=700, align="right"))
    return head


def _bar(report: PublicReport, criterion: PublicCriterion, top: float, step: float, size: float) -> dict[str, Any]:
    row = score_row(criterion, report)
    value = row["value"] or 0
    inside = value >= ROOM
    return {
        "x": MARGIN,
        "y": top + step / 2,
        "text": _fitting(f"{row['ref']} {row['title']}", LABELS - MARGIN - 16, size),
        "from": LABELS,
        "to": _reach(value),
        "top": top + step * 0.12,
        "bottom": top + step * 0.88,
        "ink": level_ink(row["level"]),
        "told": row["told"],
        "told_x": 10 + (LABELS if inside else _reach(value)),
        "told_ink": INKS["paper" if inside else "ink"],
    }


ROOM = 35
"""The score from which the longest words fit inside its bar."""


def _reach(value: int) -> float:
    return LABELS + (WIDTH - MARGIN - LABELS) * value / 100


def _bars(bars: list[dict[str, Any]], size: float) -> list[alt.Chart]:
    told = [{"x": bar["told_x"], "y": bar["y"], "text": bar["told"], "ink": bar["told_ink"]} for bar in bars]
    return [
        _text(bars, size, INKS["ink"]),
        alt.Chart(values(bars))
        .mark_bar()
        .encode(
            x=across("from", WIDTH),
            x2=alt.X2("to:Q"),
            y=down("top", HEIGHT),
            y2=alt.Y2("bottom:Q"),
            color=alt.Color("ink:N", scale=None),
        ),
        _text(told, size, "", weight=600),
    ]


def _line(report: PublicReport, bottom: float) -> list[alt.Chart]:
    line = report.framework.priority_line
    if line is None:
        return []
    at = _reach(line.at)
    rule = {"x": at, "top": TOP - 4, "bottom": bottom + 4}
    label = {"x": min(at, WIDTH - MARGIN - 170), "y": bottom + 20, "text": f"{line.title}: {line.at}%"}
    return [
        alt.Chart(values([rule]))
        .mark_rule(color=INKS["ink"], strokeDash=[7, 5], strokeWidth=2)
        .encode(x=across("x", WIDTH), y=down("top", HEIGHT), y2=alt.Y2("bottom:Q")),
        _text([label], 18, INKS["ink"], weight=600, align="center"),
    ]


def _text(  # a text whose ink is '' has an ink of its own in each row
    rows: list[dict[str, Any]], size: float, ink: str, *, weight: Weight = 400, align: Align = "left"
) -> alt.Chart:
    chart = alt.Chart(values(rows)).mark_text(align=align, baseline="middle", fontSize=size, fontWeight=weight)
    encoded: alt.Chart = chart.encode(
        x=across("x", WIDTH),
        y=down("y", HEIGHT),
        text=alt.Text("text:N"),
        color=alt.ColorValue(ink) if ink else alt.Color("ink:N", scale=None),
    )
    return encoded


def _fitting(text: str, width: float, size: float) -> str:
    """Return a text cut to a width; Vega's own cutting takes longer than all the rest of the drawing."""
    return textwrap.shorten(text, int(width / size / 0.52), placeholder="…")
