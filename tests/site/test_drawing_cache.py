"""Drawings are kept between builds, and never trusted blindly."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import BuiltSite, build, copied, environment, make_project

from omi_build.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path

DRAW = """
import sys
from omi_build.render import draw
before, = sys.argv[1:]
bars = {"mark": "bar", "data": {"values": [{"a": "x", "b": 3}, {"a": "y", "b": 5}]},
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"},
                     "color": {"field": "b", "type": "quantitative"}}}
for n in range(int(before)):
    draw(bars, f"another-{n}", "Another", "Another one.")
sys.stdout.write(draw(bars, "chart-wide", "Bars <b>", "x: 3; y: 5."))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The synthetic world, built with an empty cache."""
    root = tmp_path_factory.mktemp("drawn") / "project"
    site = build(make_project(root, synthetic_world.world(), own_cache=True), "2040-06-30")
    assert site.run.code == 0, site.run.output
    assert site.files
    return site


@pytest.fixture
def made(built: BuiltSite, tmp_path: Path) -> BuiltSite:
    """A copy of it with its cache, for one test to change and to build again."""
    site = copied(built, tmp_path / "project")
    assert site.files
    return site


def kept(site: BuiltSite) -> list[Path]:
    return sorted((site.root / ".cache/omi").iterdir())


def test_a_damaged_entry_is_noticed_and_made_again(made: BuiltSite) -> None:
    """A drawing that was cut off or changed on disk never reaches a page."""
    every = kept(made)
    assert len(every) == 9  # the picture for previews, and four charts in their two forms
    entries = [
        *(entry for entry in every if b"<svg" not in entry.read_bytes()),
        *(entry for entry in every if b"chart-scores-" in entry.read_bytes()),
    ]
    whole = [entry.read_bytes() for entry in entries]
    assert len(whole) == 3
    entries[0].write_bytes(whole[0].replace(b"A", b"B"))
    entries[1].write_bytes(whole[1][:-100])
    entries[2].write_bytes(whole[2].replace(b"73%", b"99%"))
    again = build(made.root, "2040-06-30")
    assert again.files == made.files
    assert [entry.read_bytes() for entry in entries] == whole


def test_a_kept_drawing_is_used(made: BuiltSite) -> None:
    """What is kept whole isn't drawn again, and the page is the same."""
    times = [entry.stat().st_mtime_ns for entry in kept(made)]
    assert build(made.root, "2040-06-30").files == made.files
    assert [entry.stat().st_mtime_ns for entry in kept(made)] == times


def test_a_changed_score_makes_another_drawing(made: BuiltSite) -> None:
    """Content that changes what a chart shows never gets the old drawing."""
    scores = made.root / "content/inspections/northmoor-2040/case_scores.yaml"
    scores.write_text(
        scores.read_text()
        .replace("2.3.2: insufficient", "2.3.2: sufficient")
        .replace("'2.3.2': insufficient", "'2.3.2': sufficient")
    )
    page = build(made.root, "2040-06-30").page("reports/northmoor-2040/")
    drawn = " ".join(text.text() for text in page.tree.css("#chart-scores svg text"))
    assert "78% sound" in drawn
    assert "32% failing" not in drawn


def test_a_cache_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    """Where a folder can't be made, results are made each time."""
    (tmp_path / "file").write_text("in the way")
    assert [Cache(tmp_path / "file/cache").get("inputs", lambda: "made") for _ in range(2)] == ["made", "made"]


def test_a_drawing_is_the_same_in_every_process() -> None:
    """The bytes of a drawing don't depend on what was drawn before it, or on the process."""
    drawn = [
        subprocess.run(
            [sys.executable, "-c", DRAW, before],
            env=environment() | {"PYTHONHASHSEED": before},
            capture_output=True,
            check=True,
        ).stdout
        for before in ("0", "3")
    ]
    assert drawn[0] == drawn[1]
    assert b"chart-wide-0" in drawn[0]
    assert b"Bars &lt;b&gt;" in drawn[0]
