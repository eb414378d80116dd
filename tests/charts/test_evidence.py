"""The chart of the evidence behind a score."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from drawn_world import INSPECTION, marks, report, texts, world

from omi_build.charts.drawing import Point, Rule
from omi_build.charts.evidence import evidence_charts
from omi_build.charts.provenance import MADE_UP

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.charts import Chart
    from omi_build.charts.drawing import Drawing


def charts(folder: Path, files: dict[str, Any] | None = None) -> dict[str, Chart]:
    """Return the charts of the section that is scored from cases."""
    found = report(folder, files)
    (section,) = [section for section in found.sections if section.number == 2]
    return evidence_charts(found, section)


def shares(drawing: Drawing, *places: float) -> list[int]:
    """Return which shares in per cent stand at places, counted from the left, by the ground that each row stands on."""
    (left, _), (right, _) = next((rule.start, rule.end) for rule in marks(drawing, Rule) if rule.ink == "rule")
    return [round((place - left) / (right - left) * 100) for place in places]


def test_each_question_tells_its_share_its_cases_and_its_range(tmp_path: Path) -> None:
    """In both drawings, in the text alternative and in the table: 15 of 20 is 75%, and its Wilson interval 53% to 89%."""
    chart = charts(tmp_path)["2.1"]
    for drawing in (chart.wide, chart.narrow):
        assert {"15 of 20 · 75%", "10 of 20 · 50%", "16 of 20 · 80%"} <= set(texts(drawing))
        span = next(rule for rule in marks(drawing, Rule) if rule.ink == "muted")
        point = marks(drawing, Point)[0]
        assert shares(drawing, point.x, span.start[0], span.end[0]) == [75, 53, 89]
        assert point.y == span.start[1] == span.end[1]
    assert "done well? Sufficient in 15 of 20 relevant cases, 75%; likely range 53% to 89%." in chart.alternative
    question = "2.1.1 Was the work that question 2.1.1 asks about done well?"
    assert chart.table.rows[0] == (question, "15", "20", "75.00%", "53% to 89%")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (65, "2.1: work was sufficient in fewer than 65% of cases on one of the three questions"),
        (75, "2.1: work was sufficient in fewer than 75% of cases on one of the three questions"),
        (50, "2.1: work was sufficient in at least 50% of cases on all three questions"),
        (81, "2.1: work was sufficient in fewer than 81% of cases on all three questions"),
        (None, "2.1: work was sufficient in 50% to 80% of the relevant cases, by question"),
    ],
)
def test_its_title_is_its_message(tmp_path: Path, line: int | None, title: str) -> None:
    """How many questions fall below the line; one that stands on it doesn't."""
    assert charts(tmp_path, world(line=line))["2.1"].title == title


def test_what_falls_below_the_line_has_another_shape(tmp_path: Path) -> None:
    """Not by colour alone; and the line says what it is, and where."""
    for drawing in (charts(tmp_path / "one")["2.1"].wide, charts(tmp_path / "other")["2.1"].narrow):
        shapes = [(shares(drawing, point.x)[0] < 65, point.shape) for point in marks(drawing, Point)]
        assert set(shapes) == {(True, "square"), (False, "circle")}
        assert "Line of priority for improvement: 65%" in texts(drawing)
        assert "round: at or above 65% · square: below · bar: likely range" in texts(drawing)


def test_withheld_counts_are_said_in_words_and_nowhere_drawn(tmp_path: Path) -> None:
    """A question whose counts are withheld says so; no mark, text, table or data holds its numbers."""
    chart = charts(tmp_path, world(smallest=2))["2.1"]
    (held,) = [row for row in chart.table.rows if row[0].startswith("2.1.1")]
    assert held[1:] == (*["withheld for confidentiality"] * 3, "")
    for drawing in (chart.wide, chart.narrow):
        assert "withheld for confidentiality" in texts(drawing)
        assert shares(drawing, *(point.x for point in marks(drawing, Point))) == [80]
        assert "15 of 20" not in repr(drawing)
    (row,) = [row for row in chart.data.rows if row["question"] == "2.1.1"]
    assert [row[name] for name in ("sufficient", "relevant", "percentage", "range_low")] == [None] * 4
    assert str(row["not_available"]).startswith("[c]")
    assert chart.title == "2.1: work was sufficient in at least 65% of cases on the one question with figures"


def test_a_question_without_a_relevant_case_says_so(tmp_path: Path) -> None:
    """No relevant case is no evidence of anything."""
    files = world()
    for case in files[f"{INSPECTION}/case_scores.yaml"]["cases"]:
        case["answers"]["2.1.2"] = "not_applicable"
    chart = charts(tmp_path, files)["2.1"]
    assert "no relevant case" in texts(chart.wide)
    assert "done well? No relevant case." in chart.alternative
    assert chart.title.endswith("at least 65% of cases on all two questions with figures")


def test_a_criterion_with_nothing_to_show_has_no_chart(tmp_path: Path) -> None:
    """Where all counts are withheld the table says so; there is nothing to draw. What isn't scored has none either."""
    assert charts(tmp_path / "all", world(smallest=20)) == {}
    found = report(tmp_path / "some")
    assert [evidence_charts(found, section) for section in found.sections if section.number != 2] == [{}, {}]


def test_each_question_can_be_explored(tmp_path: Path) -> None:
    """One place a question, inside the drawing, apart from each other, with the words of the text alternative."""
    chart = charts(tmp_path, world(smallest=2))["2.1"]
    for drawing in (chart.wide, chart.narrow):
        assert len(drawing.places) == 3
        assert all(place.words in chart.alternative for place in drawing.places)
        assert all(one.bottom <= other.top for one, other in itertools.pairwise(drawing.places))
        assert drawing.places[-1].bottom < drawing.height


def test_its_files_are_the_reports(tmp_path: Path) -> None:
    """They stand below the report, and a picture of them says whose they are and not to rank by them."""
    files = world()
    files[f"{INSPECTION}/inspection.yaml"]["synthetic"] = True
    chart = charts(tmp_path, files)["2.1"]
    assert chart.address == "reports/northmoor-2040/charts/2-1"
    assert chart.source == (
        MADE_UP,
        "Samples differ: do not rank areas by score.",
        "Source: Supervision in Northmoor, report on Northmoor 2040, Synthetic Inspectorate. Open Government Licence v3.0.",
    )


def test_a_version_that_was_corrected_keeps_its_own_files(tmp_path: Path) -> None:
    """They stand below the version, and a picture of them says that the report was corrected."""
    found = replace(report(tmp_path), version=1)
    (section,) = [section for section in found.sections if section.number == 2]
    chart = evidence_charts(found, section)["2.1"]
    assert chart.address == "reports/northmoor-2040/versions/1/charts/2-1"
    assert chart.source[0] == "The report has been corrected since."
