"""What an area's caseload is made of: of the figures that describe an area, those that are parts of one whole.

A table of one figure is no chart, and figures of several kinds share no scale. Shares are drawn against the whole that
they are of, counts against the largest of them, and each says its figure.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from omi_build.charts import Chart, Table
from omi_build.charts.drawing import (
    BAR,
    CHARACTER,
    LINE,
    NARROW,
    WIDE,
    Box,
    Drawing,
    Layout,
    Mark,
    Place,
    Text,
    text,
)
from omi_build.charts.provenance import source_of
from omi_build.downloads import tables
from omi_build.languages import gettext as _
from omi_build.model.common import Unit
from omi_build.model.figures import WHOLE, exact
from omi_build.words import listed, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omi_build.model.common import Figure, FigureTable
    from omi_build.publication import PublicReport

ROUNDING = 1
"""How far rounded shares may be from 100 together."""


def composition_chart(report: PublicReport) -> Chart | None:
    """Return the chart of the tables that can be drawn; None if there are none."""
    parts = [table for table in report.about.context if _is_shares(table) or _is_counts(table)]
    if not parts:
        return None
    rows = [(table, row) for table in parts for row in table.rows]
    told = [f"{table.title}{_when(table)}: {listed([_told(table, row) for row in table.rows])}." for table in parts]
    return Chart(
        id="chart-composition",
        title=_title([table for table in parts if _is_shares(table)][:2] or parts[:1]),
        alternative=" ".join([_("Bar chart."), *told]),
        wide=_drawing(parts, Layout(WIDE, 200)),
        narrow=_drawing(parts, Layout(NARROW, 0)),
        table=Table(
            (_("Figure"), _("Of"), _("When"), _("Value")),
            tuple((row.label, table.title, _when(table).lstrip(", "), _told_value(row)) for table, row in rows),
        ),
        address=f"{report.address}charts/context",
        source=source_of(report),
        data=tables.Table(
            "context",
            "Figures that describe the area",
            "",
            (
                tables.REPORT,
                tables.Field("table", "string", "Table", "The title of the table."),
                tables.Field("as_at", "string", "As at", "The day or month that the figures are of."),
                tables.Field("period", "string", "Period", "The time that the figures count."),
                tables.Field("label", "string", "Label", "What is counted."),
                tables.Field("value", "number", "Value", "The figure."),
                tables.Field("unit", "string", "Unit", "What the figure counts."),
                tables.SYNTHETIC,
            ),
            tuple(
                {
                    "report": report.id,
                    "table": table.title,
                    "as_at": table.as_at.iso() if table.as_at else "",
                    "period": table.period,
                    "label": row.label,
                    "value": row.value,
                    "unit": row.unit.value,
                    "synthetic": report.synthetic,
                }
                for table, row in rows
            ),
        ),
    )


def _is_of_one_kind(table: FigureTable, unit: Unit) -> bool:
    return len(table.rows) > 1 and all(row.unit is unit and row.value is not None for row in table.rows)


def _is_shares(table: FigureTable) -> bool:
    """Say whether a table's rows are all the shares of one whole."""
    if not _is_of_one_kind(table, Unit.PER_CENT):
        return False
    shares = [exact(row.value or 0) for row in table.rows]
    return abs(sum(shares, Fraction(0)) - WHOLE) <= ROUNDING and all(share >= 0 for share in shares)


def _is_counts(table: FigureTable) -> bool:
    return _is_of_one_kind(table, Unit.COUNT) and any(row.value for row in table.rows)


def _when(table: FigureTable) -> str:
    return f", {table.as_at}" if table.as_at else f", {table.period}" if table.period else ""


def _told_value(row: Figure) -> str:
    return quantity(row.value or 0, row.unit)


def _told(table: FigureTable, row: Figure) -> str:
    told = f"{row.label} {_told_value(row)}"
    if table.adds_up_to and row.unit is Unit.COUNT:
        return _("%(figure)s of %(number)s", figure=told, number=quantity(table.adds_up_to, row.unit))
    return told


def _title(parts: list[FigureTable]) -> str:
    """Return the largest part of each whole: 'Caseload by ethnicity: 91.6% White; caseload by gender: 88.1% Male'."""
    told: list[str] = []
    for table in parts:
        largest = max(table.rows, key=lambda row: row.value or 0)
        name = table.title if not told or table.title[1:2].isupper() else table.title[:1].lower() + table.title[1:]
        told.append(f"{name}: {_told_value(largest)} {largest.label}")
    return "; ".join(told)


def _drawing(parts: list[FigureTable], layout: Layout) -> Drawing:
    """Return the drawing: a heading a table, below it a bar a figure; shares stand before their whole."""
    left, right = layout.label_width, layout.width - 90
    bars: list[Mark] = []
    wholes: list[Mark] = []
    texts: list[Text] = []
    places: list[Place] = []
    y = 0.0
    for table in parts:
        y += 12 if y else 0
        whole = float(WHOLE) if _is_shares(table) else max(row.value or 0 for row in table.rows)
        heading = layout.heading(f"{table.title}{_when(table)}")
        texts.append(text(0, y + 7, heading, size=14, weight=700, line=LINE + 2))
        y += (LINE + 2) * len(heading) + 7
        for top, middle, label, row in _rows(table, layout, y):
            end = left + (right - left) * (row.value or 0) / whole
            texts.append(text(0, top + (6 if layout.above else 8), label))
            bars.append(Box(left, middle - BAR / 2, end, middle + BAR / 2, fill="level-1"))
            if _is_shares(table):
                wholes.append(Box(left, middle - BAR / 2, right, middle + BAR / 2, stroke="muted"))
            shown = _told_value(row)
            fits = right - end > CHARACTER * len(shown) + 8 or not _is_shares(table)
            texts.append(text(end + 6 if fits else right + 6, middle, shown, size=12, weight=600))
            y = middle + BAR / 2 + 8
            places.append(Place(-3, top - 2, layout.width + 3, y - 5, f"{table.title}: {_told(table, row)}"))
    whole_and_numbers = _("outline: the whole, 100%% · no outline: numbers")
    legend = whole_and_numbers if len(wholes) < len(bars) else _("outline: the whole, 100%%")
    if wholes:
        texts.append(text(0, y + 10, legend, size=12, ink="muted"))
    height = y + (20 if wholes else 0)
    return Drawing(layout.width, height, (tuple(wholes), tuple(bars)), tuple(texts), tuple(places))


def _rows(table: FigureTable, layout: Layout, y: float) -> Iterator[tuple[float, float, list[str], Figure]]:
    """Yield the top, the middle of the bar, the label in lines, and the figure of each row."""
    for row in table.rows:
        label = layout.wrapped(row.label)
        high = LINE * len(label)
        middle = y + high + 2 + BAR / 2 if layout.above else y + max(high, BAR) / 2
        yield y, middle, label, row
        y = (middle + BAR / 2 if layout.above else y + max(high, BAR)) + 8
