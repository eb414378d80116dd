"""The files of a chart: a picture that stands alone, and what it shows as data."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from building import REPOSITORY, write
from drawn_world import INSPECTION, world
from lxml import etree

from omi_build.project import Project
from omi_build.site import build_site

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
FOLDER = "reports/northmoor-2040/charts/"


def site(folder: Path, files: dict[str, Any], on: str = "2040-06-30") -> dict[str, bytes]:
    """Return the files of the site of a world."""
    write(folder / "content", files)
    day = datetime.date.fromisoformat(on)
    templates = REPOSITORY / "site_templates"
    return build_site(Project(folder / "content", REPOSITORY / "schemas", templates, day, pdf=False)).files


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a site as it is published."""
    spoilt = world(smallest=2)
    spoilt[f"{INSPECTION}/inspection.yaml"] |= {"synthetic": True, "title": "Work & supervision"}
    spoilt[f"{INSPECTION}/inspection.yaml"]["context"][1]["rows"][0] |= {"label": "=1+1"}
    return site(tmp_path_factory.mktemp("files"), spoilt)


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode())))


def test_each_chart_has_its_picture_and_its_data(files: dict[str, bytes]) -> None:
    """SVG and CSV, each linked to from the page of the chart and from nowhere that isn't there."""
    found = {path.removeprefix(FOLDER) for path in files if path.startswith(FOLDER)}
    assert {path.partition(".")[0] for path in found} == {"scores", "2-1", "context"}
    assert len(found) == 6
    linked = set()
    for page in (raw.decode() for path, raw in files.items() if path.endswith(".md")):
        linked |= set(re.findall(r'href="[^"]*charts/([^"]+)"', page))
    assert linked == found


def test_a_picture_stands_alone(files: dict[str, bytes]) -> None:
    """White ground, inks of paper, its title and its source; nothing of the page that it stands on."""
    for path, raw in files.items():
        if not (path.startswith(FOLDER) and path.endswith(".svg")):
            continue
        root = etree.fromstring(raw)
        assert root[2].attrib == {"width": "100%", "height": "100%", "fill": "#ffffff"}
        words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        title = root.findtext(f"{SVG}title")
        assert title
        assert title in words
        assert "Synthetic: the area, its cases and all findings are made up." in words
        assert "Source: Work & supervision, report on Northmoor 2040," in words
        assert "Open Government Licence v3.0." in words
        for strange in (b"var(", b"data-omi", b" style=", b'class="omi', b"href"):
            assert strange not in raw, (path, strange)


def test_data_holds_what_the_chart_shows(files: dict[str, bytes]) -> None:
    """The counts of each question, without what is withheld, each row with its report and the caution."""
    one = table(files[f"{FOLDER}2-1.csv"])
    assert [(row["question"], row["sufficient"], row["relevant"], row["percentage"]) for row in one] == [
        ("2.1.1", "", "", ""),
        ("2.1.2", "", "", ""),
        ("2.1.3", "16", "20", "80.0"),
    ]
    assert {(row["report"], row["synthetic"], row["note"]) for row in one} == {
        ("northmoor-2040", "true", "Samples differ: do not rank areas")
    }
    scores = table(files[f"{FOLDER}scores.csv"])
    assert [(row["criterion"], row["score"]) for row in scores] == [("2.1", "73"), ("2.2", ""), ("2.3", "32")]


def test_no_cell_is_a_formula(files: dict[str, bytes]) -> None:
    """What a spreadsheet would work out is marked as text."""
    assert [row["label"] for row in table(files[f"{FOLDER}context.csv"])] == ["Male", "Female", "'=1+1", "Level 2"]


def test_what_is_not_public_has_no_files(tmp_path: Path) -> None:
    """Before its day a report has no charts, and neither has one that was taken back."""
    assert not [path for path in site(tmp_path / "early", world(), "2040-03-14") if "/charts/" in path]
    withdrawn = world()
    withdrawn[f"{INSPECTION}/inspection.yaml"]["publication"] |= {
        "status": "withdrawn",
        "withdrawn": {"date": "2040-05-01", "reason": "It was wrong."},
    }
    made = site(tmp_path / "late", withdrawn)
    assert "reports/northmoor-2040/index.md" in made
    assert not [path for path in made if "/charts/" in path]
