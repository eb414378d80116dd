"""The tables of the data: the same columns for one report and for all, each told, and the cautions inside."""

from __future__ import annotations

import copy
import csv
import datetime
import io
from typing import TYPE_CHECKING, Any

import pytest
import small_world
from public_world import public_site
from small_world import INSPECTION

from omi_build.downloads import cite, criterion_downloads, downloads, reports_data, site_downloads
from omi_build.downloads.tables import TABLES, Field, Table, as_csv, reports
from omi_build.pages.overview import describe

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.publication import PublicSite


def two_reports() -> dict[str, Any]:
    """Return the small world with a second, made-up area and its report beside the first."""
    files = small_world.world()
    files["areas.yaml"]["areas"].append(
        {"id": "madeshire", "title": "Madeshire", "region": "the-region", "country": "Wales", "synthetic": True}
    )
    good, poor = {"sufficient": 36, "relevant": 50}, {"sufficient": 29, "relevant": 50}
    counts = {"1.1.1": good, "1.1.2": {**good}, "1.2.1": poor, "1.2.2": {**poor}}
    files[f"{INSPECTION}/case_scores.yaml"] = {"synthetic": True, "counts": counts}
    del files[f"{INSPECTION}/inspection.yaml"]["published_thread_scores"]
    for path in [path for path in files if path.startswith(INSPECTION)]:
        files[path.replace("testshire", "madeshire")] = copy.deepcopy(files[path])
    files[f"{INSPECTION.replace('testshire', 'madeshire')}/inspection.yaml"]["area"] = "madeshire"
    about = files[f"{INSPECTION}/inspection.yaml"]
    about["publication"]["corrections"] = [
        {"date": "2040-10", "text": "A count."},
        {"date": "2040-09-02", "text": "A name."},
    ]
    found = files[f"{INSPECTION}/findings/1-1.yaml"]["strengths"][0]
    found |= {"evidence": ["1.1.1", "1.1.2"], "themes": ["staff"]}
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublicSite:
    """Two public reports, one of them made up."""
    return public_site(tmp_path_factory.mktemp("two"), two_reports())


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        *((f"{sign}1+1", True) for sign in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")),
        *((f"{ahead}=1+1", True) for ahead in (" ", "\u00a0", "'", '"', ' "', "“", "\n ")),
        *((text, False) for text in ("1-1", "a=b", "a@b", "“Words” - and more", "–5", "", "5 + 5")),
    ],
)
def test_no_text_is_a_formula_in_a_spreadsheet(written: str, *, marked: bool) -> None:
    """Behind spaces and quotation marks neither; a text that begins as a word is left as it is."""
    table = Table("t", "T", "T.", (Field("a", "string", "A", "A."),), ({"a": written},))
    ((_, (cell,))) = list(csv.reader(io.StringIO(as_csv(table).decode(), newline="")))
    assert cell == (f"'{written}" if marked else written)


@pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
def test_a_table_over_all_reports_is_the_tables_of_each(site: PublicSite, make: Any) -> None:
    """The same columns, and the rows of one report after those of the other."""
    whole = rows(as_csv(make(site.reports)))
    each = [row for report in site.reports for row in rows(as_csv(make((report,))))]
    assert whole == each
    assert {row["report"] for row in whole} == {"madeshire-2040", "testshire-2040"}


@pytest.mark.parametrize("make", [*TABLES, reports], ids=lambda make: make.__name__)
def test_every_column_is_told_and_has_a_value_in_each_row(site: PublicSite, make: Any) -> None:
    """A column has a type, a title and a sentence; a row has exactly the columns of its table."""
    table = make(site.reports)
    names = [column.name for column in table.fields]
    assert len(set(names)) == len(names)
    assert all(column.title and column.description.endswith(".") for column in table.fields)
    assert table.rows
    assert all(set(row) == set(names) for row in table.rows)
    assert set(table.primary_key) <= set(names)


@pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
def test_what_is_made_up_is_called_so_in_every_row(site: PublicSite, make: Any) -> None:
    """A table is passed on without its page: each row says whether its report is synthetic."""
    for row in rows(as_csv(make(site.reports))):
        assert row["synthetic"] == ("true" if row["report"] == "madeshire-2040" else "false")


@pytest.mark.parametrize("name", ["scores", "targets"])
def test_the_caution_stands_beside_the_figures(site: PublicSite, name: str) -> None:
    """Each row of figures says that areas are not to be ranked."""
    (make,) = [make for make in TABLES if make.__name__ == name]
    assert {row["note"] for row in rows(as_csv(make(site.reports)))} == {"Samples differ: do not rank areas"}


def test_evidence_and_themes_of_a_finding_are_told(site: PublicSite) -> None:
    """With spaces between, as the criteria of a recommendation are."""
    (make,) = [make for make in TABLES if make.__name__ == "findings"]
    told = {row["url"]: (row["evidence"], row["themes"]) for row in rows(as_csv(make(site.reports)))}
    assert told["reports/testshire-2040/1-cases/#c1-1-strength-a"] == ("1.1.1 1.1.2", "staff")


def test_the_list_of_reports_tells_when_each_was_corrected(site: PublicSite) -> None:
    """The last correction counts, whatever the order that they are written in."""
    listed = {report["id"]: report for report in reports_data(site, "https://inspections.example/")["reports"]}
    assert {key: report["corrected"] for key, report in listed.items()} == {
        "madeshire-2040": None,
        "testshire-2040": "2040-10",
    }
    assert listed["testshire-2040"]["country"] == "England"


def test_a_criterion_has_its_own_tables_over_all_reports(site: PublicSite) -> None:
    """Every area's 1.2 in three files: its rows of the tables of all reports, by area and never by score."""
    (framework,) = site.frameworks
    offered = {
        ref: criterion_downloads(site, framework, ref, f"frameworks/f/{ref.replace('.', '-')}/")
        for ref in framework.criteria
    }
    assert list(offered) == ["1.1", "1.2", "2.1"]
    whole = {file.name: file for file in site_downloads(site, describe, {}, datetime.date(2041, 1, 1))}
    assert [file.address for file in offered["1.2"]] == [
        f"frameworks/f/1-2/{name}.csv" for name in ("scores", "questions", "findings")
    ]
    for ref, files in offered.items():
        for file in files:
            told = rows(file.content)
            assert told == [row for row in rows(whole[file.name].content) if row["criterion"] == ref]
            assert [row["report"] for row in told] == sorted(row["report"] for row in told)
    assert [file.name for file in offered["2.1"]] == ["scores.csv", "findings.csv"]


def test_a_table_that_a_report_has_nothing_for_is_left_out(tmp_path: Path) -> None:
    """No empty table of targets or good practice; the site's tables are always there."""
    files = small_world.world()
    del files[f"{INSPECTION}/targets.yaml"], files[f"{INSPECTION}/good_practice.yaml"]
    site = public_site(tmp_path, files)
    (report,) = site.reports
    assert [file.name for file in downloads(report) if file.format not in cite.FORMATS] == [
        "report.json",
        "scores.csv",
        "findings.csv",
        "recommendations.csv",
        "datapackage.json",
    ]
    names = [file.name for file in site_downloads(site, describe, {}, report.about.fieldwork.last_day())]
    assert {"targets.csv", "good-practice.csv"} <= set(names)
