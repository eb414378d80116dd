"""Charts as Altair specifications, each with the title, the text alternative and the table that stand beside it.

A chart is drawn twice, for wide screens and paper and for phones. Its inks are the keys of `INKS`: `render` turns
them into the theme's variables, so that the drawing follows the colour scheme. What a band or status is, is told by
words and by the weight of the ink, never by colour alone.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
from altair.utils import schemapi

from omi_build.model.figures import exact, half_up
from omi_build.model.framework import Assessment
from omi_build.words import SHORTHANDS, counted, quantity

if TYPE_CHECKING:
    from omi_build.model.inspection import TargetFigure
    from omi_build.publication import PublicCriterion, PublicReport
    from omi_build.targets import ScoredTable, ScoredTarget, TargetStatus

# Altair would hold every part of every chart against its schema as it is made, which takes longer than all else; the
# tests hold the whole specifications against it.
schemapi.disable_debug_mode()

INKS = {
    "ink": "#1b2a33",
    "muted": "#51626c",
    "rule": "#c9d2d6",
    "level-1": "#1f6f6b",
    "level-2": "#b3721d",
    "level-3": "#9c2f3f",
    "level-4": "#5b2a55",
    "paper": "#fdfdfc",
}
"""The inks of the drawings by the name of the theme's variable (`--omi-<name>`); the value is the one on paper."""

LEVELS = 4
"""How many steps of a scale have an ink of their own; further ones share the last."""

FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

WIDE, NARROW = 760, 330
CHARACTER = 7.4
"""How many pixels a character takes at most, to tell whether a text fits: readers' fonts differ."""

LINE, BAR = 15, 16
"""The height of a line of text and of a bar, in pixels."""


@dataclass(frozen=True)
class Table:
    """A table of words: what a chart shows, for those who would rather read it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart with everything that stands beside it."""

    id: str
    """Unique on its page."""
    title: str
    """The message of the chart, as a sentence."""
    alternative: str
    """What the drawing shows, for those who don't see it."""
    wide: dict[str, Any]
    """Its Vega-Lite specification for wide screens and paper."""
    narrow: dict[str, Any]
    """The same for phones."""
    table: Table


@dataclass(frozen=True)
class _Layout:
    """The measures of one drawing, in pixels."""

    width: int
    label_width: int
    """How much of the width the labels take; 0 puts them above the bars."""

    @property
    def above(self) -> bool:
        return self.label_width == 0

    def wrapped(self, label: str) -> list[str]:
        return textwrap.wrap(label, int((self.label_width or self.width) / CHARACTER)) or [""]


def level_ink(level: int) -> str:
    """Return the ink of a step of a scale, counted from 1 for the best."""
    return INKS[f"level-{min(level, LEVELS)}"]


def scores_chart(report: PublicReport) -> Chart | None:
    """Return chart 1, the scores of the criteria by section with the line of priority; None if nothing is scored."""
    criteria = [c for s in report.sections if s.assessment is Assessment.SCORED for c in s.criteria]
    if not any(c.score and c.score.value is not None for c in criteria):
        return None
    rows = [_score_row(criterion, report) for criterion in criteria]
    line = report.framework.priority_line
    below = [c for c in criteria if line and c.score and c.score.value is not None and c.score.value < line.at]
    title = f"Scores of {report.name} by criterion"
    if line:
        scored = sum(c.score is not None and c.score.value is not None for c in criteria)
        number = counted(len(below), "criterion", "criteria").split()[0].capitalize()
        title = f"{number} of the {scored} criteria with a score {'falls' if len(below) == 1 else 'fall'} below the {_lower(line.title)}"
    return Chart(
        id="chart-scores",
        title=title,
        alternative=_score_words(rows, line.at if line else None),
        wide=_scores(report, rows, _Layout(WIDE, 360)),
        narrow=_scores(report, rows, _Layout(NARROW, 0)),
        table=Table(
            ("Criterion", "Score", "Conclusion"),
            tuple((f"{r['ref']} {r['title']}", r["shown"], r["conclusion"]) for r in rows),
        ),
    )


def targets_chart(report: PublicReport, table: ScoredTable, number: int) -> Chart:
    """Return the chart of a table of targets: how far each figure stands from its target, on its better side or not."""
    rows = [row for target in table.targets for row in _target_rows(report, table, target)]
    judged = [target.area for target in table.targets if target.area]
    met = sum(status.earns_asterisk for status in judged)
    return Chart(
        id=f"chart-targets-{number}",
        title=f"{report.area.title} met or nearly met {counted(met, 'target', 'targets').split()[0]} of its {counted(len(judged), 'target', 'targets')}",
        alternative=" ".join(str(row["sentence"]) for row in rows if row["of_area"]),
        wide=_targets(report, table, rows, _Layout(WIDE, 370)),
        narrow=_targets(report, table, rows, _Layout(NARROW, 0)),
        table=Table(
            (
                "Measure",
                "Target",
                report.area.title,
                "Status",
                table.table.comparator,
                f"Status, {table.table.comparator}",
            ),
            tuple(_target_cells(target) for target in table.targets),
        ),
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _score_row(criterion: PublicCriterion, report: PublicReport) -> dict[str, Any]:
    assert criterion.score is not None
    value, missing = criterion.score.value, criterion.score.missing
    levels = {band.conclusion: n for n, band in enumerate(report.framework.bands, 1)}
    shown = f"{value}%" if value is not None else f"[{missing.shorthand if missing else 'x'}]"
    conclusion = criterion.band.title if criterion.band else ""
    return {
        "ref": criterion.criterion.ref,
        "title": criterion.criterion.title,
        "value": value,
        "shown": shown,
        "conclusion": conclusion,
        "told": f"{shown} {_short(criterion).lower()}" if value is not None else f"{shown} {SHORTHANDS[shown[1]]}",
        "level": levels.get(criterion.band.conclusion, 1) if criterion.band else 1,
        "section": report.criteria[criterion.criterion.ref][0].title,
    }


def _short(criterion: PublicCriterion) -> str:
    band = criterion.band
    return (band.short_title or band.title) if band else ""


def _score_words(rows: list[dict[str, Any]], line: int | None) -> str:
    words = [f"{row['ref']} {row['title']}: {row['told']}" for row in rows]
    at = f" The line of priority for improvement stands at {line}%." if line is not None else ""
    return f"Bar chart of {len(rows)} criteria. {'; '.join(words)}.{at}"


def _scores(report: PublicReport, rows: list[dict[str, Any]], layout: _Layout) -> dict[str, Any]:
    """Return the specification: a row a criterion, below a heading for each section."""
    data: list[dict[str, Any]] = []
    y = 0.0
    for n, row in enumerate(rows):
        if n == 0 or row["section"] != rows[n - 1]["section"]:
            y += 8 if n else 0
            data.append({"kind": "heading", "top": y, "text": [row["section"]]})
            y += 24
        label = layout.wrapped(f"{row['ref']} {row['title']}")
        bar_top = y + (LINE * len(label) + 2 if layout.above else 1)
        length = (row["value"] or 0) / 100 * (layout.width - layout.label_width)
        data.append(
            {
                "kind": "missing" if row["value"] is None else "bar",
                "top": y if layout.above else y + 2,
                "text": label,
                "bar_top": bar_top,
                "bar_bottom": bar_top + BAR,
                "middle": bar_top + BAR / 2 + 1,
                "value": row["value"] or 0,
                "told": row["told"],
                "ink": level_ink(row["level"]),
                "inside": length > CHARACTER * len(row["told"]) + 12,
            }
        )
        y = bar_top + BAR + 9 if layout.above else y + max(BAR, LINE * len(label)) + 7
    height = y + 24
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, 100], range=[layout.label_width, layout.width]))
    base = alt.Chart(_values(data))
    bars = base.transform_filter("datum.kind == 'bar'")
    label_marks = [
        base.transform_filter(f"datum.kind {'==' if heading else '!='} 'heading'")
        .mark_text(
            align="left",
            baseline="top",
            lineHeight=LINE,
            fontSize=14 if heading else 13,
            fontWeight=700 if heading else 400,
            color=INKS["ink"],
        )
        .encode(x=alt.XValue(0), y=_y("top", height), text=alt.Text("text:N"))
        for heading in (True, False)
    ]
    bar_texts = [
        bars.transform_filter("datum.inside" if inside else "!datum.inside")
        .mark_text(
            align="left",
            dx=6,
            fontSize=12,
            fontWeight=600,
            color=INKS["paper" if inside else "ink"],
        )
        .encode(x=alt.XValue(layout.label_width) if inside else x, y=_y("middle", height), text=alt.Text("told:N"))
        for inside in (True, False)
    ]
    layers = [
        *label_marks,
        bars.mark_bar().encode(
            x=x,
            x2=alt.X2Datum(0),
            y=_y("bar_top", height),
            y2=alt.Y2("bar_bottom:Q"),
            color=alt.Color("ink:N", scale=None),
        ),
        *bar_texts,
        base.transform_filter("datum.kind == 'missing'")
        .mark_text(align="left", fontSize=12, fontStyle="italic", color=INKS["muted"])
        .encode(x=alt.XValue(layout.label_width), y=_y("middle", height), text=alt.Text("told:N")),
        *_priority_line(report, data, height, layout),
    ]
    return _finished(alt.layer(*layers), layout.width, height)


def _priority_line(report: PublicReport, data: list[dict[str, Any]], height: float, layout: _Layout) -> list[alt.Chart]:
    """Return the line and its label; where labels stand above the bars it crosses the bars only."""
    line = report.framework.priority_line
    if line is None:
        return []
    spans = [(row["bar_top"] - 2, row["bar_bottom"] + 2) for row in data if row["kind"] != "heading"]
    if not layout.above:
        spans = [(spans[0][0], spans[-1][1])]
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, 100], range=[layout.label_width, layout.width]))
    words = f"{line.title}: {line.at}%"
    label = {"at": line.at, "text": words, "top": height - 8}
    right_of_line = (layout.width - layout.label_width) * (100 - line.at) / 100
    centred = not layout.above and right_of_line >= CHARACTER * len(words) / 2
    rule = alt.Chart(_values([{"at": line.at, "top": top, "bottom": bottom} for top, bottom in spans]))
    return [
        rule.mark_rule(color=INKS["ink"], strokeDash=[4, 3], strokeWidth=1.5).encode(
            x=x, y=_y("top", height), y2=alt.Y2("bottom:Q")
        ),
        alt.Chart(_values([label]))
        .mark_text(align="center" if centred else "right", fontSize=12, fontWeight=600, color=INKS["ink"])
        .encode(x=x if centred else alt.XValue(layout.width), y=_y("top", height), text=alt.Text("text:N")),
    ]


def _values(rows: list[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _y(field: str, height: float) -> alt.Y:
    """Return a position counted in pixels from the top."""
    return alt.Y(
        f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    )


def _finished(chart: alt.LayerChart | alt.FacetChart, width: int, height: float) -> dict[str, Any]:
    spec: dict[str, Any] = (
        chart.properties(width=width, height=height, padding=4, background="transparent")
        .configure(font=FONT, view=alt.ViewConfig(stroke=None))
        .to_dict(validate=False)
    )
    return spec


def _target_rows(report: PublicReport, table: ScoredTable, target: ScoredTarget) -> list[dict[str, Any]]:
    """Return a row for the area and, where it has a figure, one for the comparator."""
    goal = quantity(target.target.target, target.target.unit)
    rows = []
    sides: tuple[tuple[bool, str, TargetFigure, TargetStatus | None], ...] = (
        (True, report.area.title, target.target.area, target.area),
        (False, table.table.comparator, target.target.comparator, target.comparator),
    )
    for of_area, name, figure, status in sides:
        if figure.value is None or status is None:
            continue
        told = quantity(figure.value, target.target.unit)
        rows.append(
            {
                "measure": target.target.measure,
                "goal": goal,
                "of_area": of_area,
                "lead": _lead(target, figure),
                "told": f"{told}, {status.title.lower()}" if of_area else told,
                "status": status,
                "sentence": f"{target.target.measure}: {name} {told}, target {goal}, {status.title.lower()}.",
            }
        )
    return rows


def _lead(target: ScoredTarget, figure: TargetFigure) -> float:
    """Return how far a figure is on the better side of its target, in per cent of it; minus is the worse side."""
    assert figure.value is not None
    goal, value = exact(target.target.target), exact(figure.value)
    ahead = value - goal if target.target.better == "higher" else goal - value
    return float(half_up(ahead / goal * 1000)) / 10 if goal else 0.0


def _target_cells(target: ScoredTarget) -> tuple[str, ...]:
    def cells(figure: TargetFigure, status: TargetStatus | None) -> tuple[str, str]:
        if figure.value is None:
            shorthand = f"[{figure.not_available.shorthand}]" if figure.not_available else "[x]"
            return shorthand, ""
        extra = ", ".join(filter(None, (figure.geography, figure.period, f"at {figure.as_at}" if figure.as_at else "")))
        told = quantity(figure.value, target.target.unit)
        return f"{told} ({extra})" if extra else told, status.title if status else ""

    goal = quantity(target.target.target, target.target.unit)
    goal = f"{goal} or {'more' if target.target.better == 'higher' else 'less'}"
    if target.target.target_geography:
        goal = f"{goal} ({target.target.target_geography})"
    detail = f": {target.target.detail}" if target.target.detail else ""
    return (
        f"{target.target.measure}{detail}",
        goal,
        *cells(target.target.area, target.area),
        *cells(target.target.comparator, target.comparator),
    )


def _targets(report: PublicReport, table: ScoredTable, rows: list[dict[str, Any]], layout: _Layout) -> dict[str, Any]:
    """Return the specification: a row a measure; the area a filled mark, the comparator an open one."""
    data: list[dict[str, Any]] = []
    shapes = {"met": "circle", "near_miss": "triangle-up", "missed": "square"}
    levels = {"met": 1, "near_miss": 2, "missed": 3}
    middles: dict[str, float] = {}
    y = 26.0
    for row in rows:
        if row["measure"] not in middles:
            label = layout.wrapped(f"{row['measure']} (target {row['goal']})")
            data.append({"kind": "label", "y": y, "text": label})
            text_height = LINE * len(label)
            middles[row["measure"]] = y + (text_height + 9 if layout.above else text_height / 2 - 1)
            y += text_height + (26 if layout.above else 11)
        status = row["status"].value
        data.append(
            {
                "kind": "area" if row["of_area"] else "comparator",
                "y": middles[row["measure"]],
                "told": row["told"],
                "lead": row["lead"],
                "shape": shapes[status],
                "ink": level_ink(levels[status]),
            }
        )
    height = y + 22
    reach = max(20.0, *(row["lead"] for row in rows)) * 1.25 if rows else 20.0
    worst = max(20.0, *(-row["lead"] for row in rows)) * 1.25 if rows else 20.0
    left = layout.label_width + 10
    scale = alt.Scale(domain=[-worst, reach], range=[left, layout.width - 140])
    base = alt.Chart(_values(data))
    x = alt.X("lead:Q", axis=None, scale=scale)
    spans = [(y - 9, y + 9) for y in middles.values()] if layout.above else [(20, height - 22)]
    zero = alt.Chart(_values([{"lead": 0, "top": top, "bottom": bottom} for top, bottom in spans]))
    sides: tuple[tuple[Literal["right", "left"], int, str], ...] = (
        ("right", -6, "◂ worse" if layout.above else "◂ worse than target"),
        ("left", 6, "better ▸" if layout.above else "better than target ▸"),
    )
    ends = [
        alt.Chart(_values([{"lead": 0, "text": words}]))
        .mark_text(align=side, dx=dx, fontSize=12, color=INKS["muted"])
        .encode(x=x, y=alt.YValue(12), text=alt.Text("text:N"))
        for side, dx, words in sides
    ]
    layers = [
        zero.mark_rule(color=INKS["ink"], strokeDash=[5, 3], strokeWidth=1.5).encode(
            x=x, y=_y("top", height), y2=alt.Y2("bottom:Q")
        ),
        *ends,
        base.transform_filter("datum.kind == 'label'")
        .mark_text(align="left", baseline="top", lineHeight=LINE, fontSize=13, color=INKS["ink"])
        .encode(x=alt.XValue(0), y=_y("y", height), text=alt.Text("text:N")),
        base.transform_filter("datum.kind == 'comparator'")
        .mark_point(shape="diamond", size=70, filled=False, strokeWidth=1.5, color=INKS["muted"])
        .encode(x=x, y=_y("y", height)),
        base.transform_filter("datum.kind == 'area'")
        .mark_point(size=95, filled=True, opacity=1)
        .encode(x=x, y=_y("y", height), shape=alt.Shape("shape:N", scale=None), color=alt.Color("ink:N", scale=None)),
        base.transform_filter("datum.kind == 'area'")
        .mark_text(align="right", fontSize=12, fontWeight=600, color=INKS["ink"])
        .encode(x=alt.XValue(layout.width), y=_y("y", height), text=alt.Text("told:N")),
        alt.Chart(_values([{"text": f"filled: {report.area.title} · ◇ {table.table.comparator}"}]))
        .mark_text(align="left", fontSize=12, color=INKS["muted"])
        .encode(x=alt.XValue(0 if layout.above else left), y=alt.YValue(height - 8), text=alt.Text("text:N")),
    ]
    return _finished(alt.layer(*layers), layout.width, height)
