"""What isn't public on the day of the build is nowhere in the site."""

from __future__ import annotations

import datetime
import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import BuiltSite, build, make_project, once

from omi_build.doors import project_of
from omi_build.site import build_site

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2040-06-15"

HIDDEN = {
    "eastfen": {"status": "in_preparation", "date": ""},
    "westwold": {"status": "with_area", "date": "2040-05-01"},
    "southmere": {"status": "published", "date": "2040-06-16"},
    "midholme": {"status": "published", "date": "2040-06"},
}
"""By area, which no other report uses: a draft, one with the area, one dated tomorrow, one dated by this month."""


def secret(area: str) -> str:
    return f"xylophones of {area} rang thrice"


def theme(area: str) -> str:
    return f"quills-of-{area}"


def short(area: str) -> str:
    return f"ZQ{area[:5].upper()}X"


def content() -> dict[str, object]:
    """Return the synthetic world with four reports more, none of them public."""
    files = synthetic_world.world()
    files["themes.yaml"] = {"themes": []}
    for area, state in HIDDEN.items():
        files |= synthetic_world.inspection(
            area, title=f"Unseen account of {area.capitalize()}", words=secret(area), **state
        )
        files["glossary.yaml"]["abbreviations"].append({"short": short(area), "long": f"Quorum for {area} alone"})
        about = files[f"inspections/{area}-2040/inspection.yaml"]
        about["team"] = [{"role": "Inspectors", "members": [{"name": f"Quillon {area[::-1].capitalize()}"}]}]
        path = f"inspections/{area}-2040/findings/1-1.yaml"
        files[path]["comment"] = f"The {short(area)} was consulted."
        files[path]["strengths"][0]["themes"] = [theme(area)]
        files["themes.yaml"]["themes"].append({"id": theme(area), "title": f"Quills in {area}", "about": "Made up."})
    return files


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with one public report out of five."""
    return once("unpublished", lambda: build(make_project(tmp_path_factory.mktemp("unpublished"), content()), TODAY))


@pytest.mark.parametrize("area", HIDDEN)
def test_a_report_that_is_not_public_leaves_no_trace(site: BuiltSite, area: str) -> None:
    """No byte of any file tells of it: its title, its words, its people, its themes, its abbreviations or its files.

    That there is such an area is public knowledge; that it has a report is not.
    """
    assert site.run.code == 0, site.run.output
    assert "1 public report" in site.run.output
    traces = [
        f"{area}-2040",
        f"{area} 2040",
        theme(area),
        f"Quills in {area}",
        secret(area),
        "xylophones",
        "Unseen account",
        f"Quillon {area[::-1]}",
        short(area),
        f"Quorum for {area}",
    ]
    for path, raw in site.files.items():
        everything = f"{path}\n".encode() + (gzip.decompress(raw) if path.endswith(".gz") else raw)
        found = [trace for trace in traces if trace.lower().encode() in everything.lower()]
        assert not found, path


def test_drafts_change_no_byte_of_the_site(site: BuiltSite, tmp_path: Path) -> None:
    """With four unpublished reports in the content the site is the very same as if they had never been begun."""
    files = content()
    begun = {path for path in files if any(path.startswith(f"inspections/{area}-") for area in HIDDEN)}
    never = make_project(tmp_path / "never", {path: value for path, value in files.items() if path not in begun})
    on = datetime.date.fromisoformat(TODAY)
    with_drafts, without = (build_site(project_of(root, on=on)).files for root in (site.root, never))
    assert with_drafts == without
    assert len(begun) > 30
    assert "No report on this area has been published" in without["areas/eastfen/index.md"].decode()


def test_the_public_report_beside_them_is_whole(site: BuiltSite) -> None:
    """The one that is public can be read, and the list says that there is one."""
    assert "the plans were clear" in site.page("reports/northmoor-2040/2-work-on-supervision/").words
    assert "One report, by area and year." in site.page("reports/").words
    assert [link.attributes["href"] for link in site.page("").article.css(".omi-reports a")] == [
        "reports/northmoor-2040/"
    ]


def test_only_the_data_files_of_the_public_report_are_published(site: BuiltSite) -> None:
    """The data folder holds files of five inspections; the site has downloads of one."""
    lists = {"index.html", "index.json", "by-date", "2040"}
    assert {path.split("/")[1] for path in site.files if path.startswith("reports/")} == {"northmoor-2040", *lists}


def test_lists_and_feeds_name_the_public_report_alone(site: BuiltSite) -> None:
    """The list of reports, both feeds, the tables, the packages and the sitemap know of one report."""
    assert [one["id"] for one in json.loads(site.files["data/reports.json"])["reports"]] == ["northmoor-2040"]
    assert len(json.loads(site.files["feed.json"])["items"]) == site.files["feed.xml"].count(b"<entry>") == 1
    assert len(json.loads(site.files["data/datapackage.json"])["sources"]) == 1
    for path, raw in site.files.items():
        if path.startswith("data/") and path.endswith(".csv") and path != "data/reports.csv":
            assert {row.partition(",")[0] for row in raw.decode().splitlines()[1:]} <= {"northmoor-2040"}, path
    listed = set(re.findall(rb"/reports/([^/<\"]+)/", site.files["sitemap.xml"]))
    assert listed == {b"northmoor-2040", b"by-date", b"2040"}


@pytest.mark.parametrize(
    ("area", "on", "public"),
    [
        ("southmere", "2040-06-15", False),
        ("southmere", "2040-06-16", True),
        ("midholme", "2040-06-29", False),
        ("midholme", "2040-07-01", True),
        ("eastfen", "2099-01-01", False),
        ("westwold", "2099-01-01", False),
    ],
)
def test_a_report_appears_when_its_date_has_come(site: BuiltSite, area: str, on: str, *, public: bool) -> None:
    """A day's report appears on that day, a month's when the month is over, a draft never."""
    files = build_site(project_of(site.root, on=datetime.date.fromisoformat(on))).files
    name = f"{area}-2040"
    assert any(name in path or name.encode() in raw.lower() for path, raw in files.items()) is public
