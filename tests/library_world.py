"""Several synthetic reports made from the small world's one, for the pages that stand across reports."""

from __future__ import annotations

import copy
import datetime
from typing import TYPE_CHECKING, Any

from building import REPOSITORY, BuiltSite, build, make_project, once, write
from small_world import INSPECTION, world

from omi_build.checking import check_content
from omi_build.project import Project
from omi_build.publication import PublicSite, publish

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMES = ["Zedshire", "Ashmoor", "Oldwold", "Bexfen", "Mereham", "Quarrydale", "Newholm", "Thornby"]
"""Areas with one report each, in no order."""

SCORES = [72, 64, 90, 81, 78, 100, 61, 75]
"""What each scored on 1.1."""

SILENT = "Nethermere"
"""An area that was never inspected."""


def area_of(name: str, n: int, **more: Any) -> dict[str, Any]:
    """Return an area with a tile of its own."""
    region = "the-region" if n % 2 else "the-march"
    tile = {"column": 1 + n % 3, "row": 1 + n // 3}
    return {"id": name.lower(), "title": name, "region": region, "country": "England", "tile": tile, **more}


def library(number: int = len(NAMES), *, synthetic: int = 0) -> dict[str, Any]:
    """Return the small world with so many reports, the first `synthetic` of them labelled so, and one area without."""
    files = world()
    report = {path: files.pop(path) for path in list(files) if path.startswith(f"{INSPECTION}/")}
    names = [*NAMES[:number], *(f"Place{n:03}" for n in range(number - len(NAMES)))]
    files["areas.yaml"] = {
        "regions": [{"id": "the-region", "title": "The Region"}, {"id": "the-march", "title": "The March"}],
        "areas": [area_of(name, n) for n, name in enumerate([*names, SILENT])],
    }
    files["themes.yaml"]["themes"].append({"id": "unused", "title": "Nobody’s subject", "about": "Marked by none."})
    for n, name in enumerate(names):
        year = 2040 + n % 2
        for path, value in copy.deepcopy(report).items():
            files[path.replace("testshire-2040", f"{name.lower()}-{year}")] = value
        folder = f"inspections/{name.lower()}-{year}"
        files[f"{folder}/inspection.yaml"] |= {
            "area": name.lower(),
            "year": year,
            "title": f"Inspection of {name}",
            "fieldwork": f"{year - 1}-12",
            "publication": {"status": "published", "date": f"{year}-{1 + n % 12:02}-10"},
            "synthetic": n < synthetic,
        }
        files[f"{folder}/inspection.yaml"].pop("context")
        score = SCORES[n % len(SCORES)]
        findings = files[f"{folder}/findings/1-1.yaml"]
        findings |= {"published_score": score, "conclusion": "good" if score >= 70 else "priority"}
        findings["strengths"][0] |= {"text": f"A PSR was there in {name}.", "themes": ["staff"]}
        files[f"{folder}/good_practice.yaml"]["good_practice"][0] |= {"title": f"A form of {name}", "themes": ["staff"]}
        files[f"{folder}/recommendations.yaml"]["recommendations"][0] |= {"themes": ["staff"]}
    return files


def mixed_library(folders: pytest.TempPathFactory) -> BuiltSite:
    """Return the site of eight reports, two of them labelled synthetic, built."""
    files = library(synthetic=2)
    return once("mixed", lambda: build(make_project(folders.mktemp("mixed"), files), "2045-01-01", fresh=True))


def public(folder: Path, files: dict[str, Any], on: str = "2045-01-01") -> PublicSite:
    """Return what the public may see of a world on a day; a problem in it fails the test."""
    write(folder / "content", files)
    day = datetime.date.fromisoformat(on)
    checked = check_content(Project(folder / "content", REPOSITORY / "schemas", REPOSITORY / "site_templates", day))
    assert checked.problems == ()
    return publish(checked.programme, checked.reports, day)
