"""The chart of what a caseload is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from drawn_world import CONTEXT, INSPECTION, marks, report, texts, world

from omi_build.charts.composition import composition_chart
from omi_build.charts.drawing import Box

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.charts import Chart

SHARES, COUNTS, SINGLE = CONTEXT


def chart(folder: Path, *context: dict[str, Any]) -> Chart | None:
    """Return the chart of a report with these tables."""
    files = world()
    files[f"{INSPECTION}/inspection.yaml"]["context"] = list(context)
    return composition_chart(report(folder, files))


def share(label: str, value: float, unit: str = "per_cent") -> dict[str, Any]:
    return {"label": label, "value": value, "unit": unit}


def test_shares_and_counts_are_drawn_and_single_figures_are_not(tmp_path: Path) -> None:
    """Each bar says its figure; the title says the largest share."""
    made = chart(tmp_path, *CONTEXT)
    assert made is not None
    assert made.title == "Caseload by gender: 88.1% Male"
    for drawing in (made.wide, made.narrow):
        assert {"88.1%", "11.9%", "1,200", "300", "Caseload by gender, 30 September 2039"} <= set(texts(drawing))
        assert "1,500" not in texts(drawing)
    assert [row["label"] for row in made.data.rows] == ["Male", "Female", "Level 1", "Level 2"]
    assert [row[3] for row in made.table.rows] == ["88.1%", "11.9%", "1,200", "300"]


def test_bars_are_as_long_as_their_figures(tmp_path: Path) -> None:
    """From nought: a fourth of the count has a fourth of the length, and shares are drawn against their whole."""
    made = chart(tmp_path, SHARES, COUNTS)
    assert made is not None
    lengths = [box.right - box.left for box in marks(made.wide, Box)]
    whole, bars = lengths[0], lengths[2:]
    assert bars == pytest.approx([whole * 0.881, whole * 0.119, whole, whole / 4])


def test_two_wholes_are_told_in_one_title(tmp_path: Path) -> None:
    """The second begins with a small letter."""
    other = {"title": "Caseload by ethnicity", "rows": [share("White", 91.6), share("Minority ethnic", 8.4)]}
    made = chart(tmp_path, SHARES, other)
    assert made is not None
    assert made.title == "Caseload by gender: 88.1% Male; caseload by ethnicity: 91.6% White"


@pytest.mark.parametrize(
    "spoilt",
    [
        SINGLE,
        {"title": "Shares of several wholes", "rows": [share("In time", 80), share("In full", 70)]},
        {"title": "Figures of two kinds", "rows": [share("In time", 80), share("Cases", 20, "count")]},
        {"title": "Nothing at all", "rows": [share("One", 0, "count"), share("Two", 0, "count")]},
        {
            "title": "A part is missing",
            "rows": [
                share("One", 3, "count"),
                {"label": "Two", "unit": "count", "not_available": {"shorthand": "x", "reason": "It was lost."}},
            ],
        },
    ],
    ids=lambda spoilt: spoilt["title"],
)
def test_what_can_not_be_drawn_honestly_is_not_drawn(tmp_path: Path, spoilt: dict[str, Any]) -> None:
    """Single figures, shares that are of no one whole, figures that share no scale: the tables tell them."""
    assert chart(tmp_path, spoilt) is None
