"""The picture of a report for previews of links, as what stands where on it."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import pytest
import small_world
from public_world import public_site
from small_world import INSPECTION

from omi_build.charts.drawing import Box
from omi_build.charts.picture import HEIGHT, WIDTH, scores_picture
from omi_build.pages.metadata import picture, report_terms

if TYPE_CHECKING:
    from pathlib import Path


def drawn(folder: Path, **about: Any) -> list[str]:
    """Return the texts of the picture of the small world's report."""
    files = small_world.world()
    files[f"{INSPECTION}/inspection.yaml"] |= about
    (report,) = public_site(folder, files).reports
    drawing = scores_picture(report)
    assert drawing is not None
    return [" ".join(text.lines) for text in drawing.texts]


def test_it_says_what_was_inspected_when_and_how_it_did(tmp_path: Path) -> None:
    """Area, year, title, each criterion with its score and conclusion in words, and the caution."""
    assert drawn(tmp_path) == [
        "Testshire 2040",
        "A synthetic report",
        "1.1 Criterion 1.1",
        "72% good",
        "1.2 Criterion 1.2",
        "58% urgent priority",
        "Samples differ: do not rank areas by score.",
    ]


def test_what_is_made_up_is_called_so_in_the_picture(tmp_path: Path) -> None:
    """A picture is passed on without its page."""
    assert "Synthetic" in drawn(tmp_path / "one", synthetic=True)
    assert "Synthetic" not in drawn(tmp_path / "other")


def test_a_long_title_is_cut(tmp_path: Path) -> None:
    """No text runs over the edge."""
    (title,) = [text for text in drawn(tmp_path, title=" ".join(["A report of many words"] * 6)) if text.endswith("…")]
    assert 60 < len(title) < 90


@pytest.mark.parametrize("criteria", [1, 14, 60])
def test_all_bars_stand_on_the_card(tmp_path: Path, criteria: int) -> None:
    """However many criteria a framework has, each has a bar between the title and the caution."""
    files = small_world.world()
    framework = files["frameworks/test-2040.yaml"]
    framework["sections"][0]["criteria"] = [small_world.criterion(f"1.{n}") for n in range(1, criteria + 1)]
    finding = files.pop(f"{INSPECTION}/findings/1-1.yaml")
    files.pop(f"{INSPECTION}/findings/1-2.yaml")
    files[f"{INSPECTION}/recommendations.yaml"]["recommendations"][0]["criteria"] = ["1.1"]
    for n in range(1, criteria + 1):
        files[f"{INSPECTION}/findings/1-{n}.yaml"] = {**finding, "criterion": f"1.{n}"}
    (report,) = public_site(tmp_path, files).reports
    drawing = scores_picture(report)
    assert drawing is not None
    assert (drawing.width, drawing.height) == (WIDTH, HEIGHT) == (1200, 630)
    bars = [mark for layer in drawing.layers for mark in layer if isinstance(mark, Box)]
    assert len({bar.top for bar in bars}) == criteria
    assert all(150 < bar.top < bar.bottom < 560 for bar in bars)


def test_a_report_without_scores_has_no_picture(tmp_path: Path) -> None:
    """Where nothing is scored there is nothing to draw, and previews do without."""
    files = small_world.world()
    lost = {"shorthand": "x", "reason": "It was lost."}
    for ref in ("1-1", "1-2"):
        found = files[f"{INSPECTION}/findings/{ref}.yaml"]
        del found["published_score"], found["conclusion"]
        found["score_not_available"] = lost
    (report,) = public_site(tmp_path, files).reports
    assert picture(report) is None


def test_terms_tell_corrections_and_what_is_made_up(tmp_path: Path) -> None:
    """A corrected report has its date and its corrections; a synthetic one says that it is."""
    files = small_world.world()
    about = files[f"{INSPECTION}/inspection.yaml"]
    about["synthetic"] = True
    about["publication"]["corrections"] = [
        {"date": "2040-09-02", "text": "A count was wrong."},
        {"date": "2041-02-02", "text": "Not yet."},
    ]
    (report,) = public_site(tmp_path, files, datetime.date(2041, 1, 1).isoformat()).reports
    terms = report_terms(report, "Found.", "")
    assert terms["dateModified"] == "2040-09-02"
    assert terms["correction"] == ["2 September 2040: A count was wrong."]
    assert terms["disambiguatingDescription"].startswith("Synthetic")
    assert "Not yet" not in json.dumps(terms)
