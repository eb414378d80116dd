"""What the pages across reports say, before they are rendered."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from library_world import NAMES, SCORES, SILENT, library, public

from omi_build.across import Beyond, batches
from omi_build.charts.across_reports import COLUMNS, MAPPED, NO_REPORT, areas_map, broken
from omi_build.charts.drawing import Box
from omi_build.model.programme import Tile
from omi_build.pages import Page, criteria, measures, paged, reports, themes
from omi_build.pages import across_reports as libraries
from omi_build.pages import areas as area_pages

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.charts.drawing import Mark
    from omi_build.pages.criteria import NationalPicture
    from omi_build.publication import PublicSite


@pytest.fixture
def shelf(tmp_path: Path) -> PublicSite:
    """Eight reports."""
    return public(tmp_path, library())


def at(pages: tuple[Page, ...], address: str) -> Page:
    (found,) = [page for page in pages if page.address == address]
    return found


def across(shelf: PublicSite) -> tuple[Page, ...]:
    """Return all pages across reports."""

    def marked_with(one: PublicSite, theme: str) -> list[tuple[int, int, int]]:
        (its,) = [its for its in one.themes if its.id == theme]
        return [numbers for report in one.reports if (numbers := themes.numbers_of(report, its))]

    beyond = Beyond(lambda _: b"", marked_with, {}, datetime.date(2045, 1, 1), "")
    return tuple(page for batch in batches(shelf, beyond) for page in batch.make(shelf, beyond).pages)


def picture(shelf: PublicSite, ref: str = "1.1") -> NationalPicture | None:
    framework = shelf.frameworks[0]
    return criteria.national_picture(shelf, framework, framework.section_of[ref], framework.criteria[ref])


# Paging


@pytest.mark.parametrize(
    ("items", "sizes", "addresses"),
    [
        (0, [0], ["list/"]),
        (3, [3], ["list/"]),
        (4, [3, 1], ["list/", "list/page-2/"]),
        (7, [3, 3, 1], ["list/", "list/page-2/", "list/page-3/"]),
    ],
)
def test_a_list_is_split_into_pages(items: int, sizes: list[int], addresses: list[str]) -> None:
    """Every item stands on one page, in order, none on more; titles and descriptions tell the pages apart."""
    pages = paged(Page("list/", "List", "A list.", "list"), "items", range(items), 3)
    assert [len(page.data["items"]) for page in pages] == sizes
    assert [item for page in pages for item in page.data["items"]] == list(range(items))
    assert [page.address for page in pages] == addresses
    assert len({page.title for page in pages}) == len({page.description for page in pages}) == len(pages)


def test_pages_of_a_list_lead_to_each_other() -> None:
    """The first has no page before it, the last none after it, and each later one leads back to the first."""
    pages = paged(Page("list/", "List", "A list.", "list"), "items", range(7), 3)
    ways = [(page.data["paging"].previous, page.data["paging"].next) for page in pages]
    assert ways == [(None, "list/page-2/"), ("list/", "list/page-3/"), ("list/page-2/", None)]
    assert [[link.address for link in page.trail] for page in pages] == [[], ["list/"], ["list/"]]


def test_no_list_of_reports_grows_without_bound(tmp_path: Path) -> None:
    """With 101 reports no list shows more than a hundred, and no page of findings more than twenty reports."""
    shelf = public(tmp_path, library(101))
    pages = across(shelf)
    assert len(at(pages, "reports/").data["reports"]) == 100
    assert len(at(pages, "reports/page-2/").data["reports"]) == 1
    assert len(at(pages, "reports/by-date/page-2/").data["reports"]) == 1
    assert len(at(pages, "areas/page-2/").data["areas"]) == 2
    assert len(at(pages, "targets/breach/page-2/").data["figures"]) == 1
    for address in ("frameworks/test-2040/1-1/", "themes/staff/"):
        assert len(at(pages, address).data["groups"]) == 20
        assert len(at(pages, f"{address}page-6/").data["groups"]) == 1
    for address in ("good-practice/", "good-practice/themes/staff/", "recommendations/criteria/test-2040/1-2/"):
        assert len(at(pages, address).data["entries"]) == 20
        assert len(at(pages, f"{address}page-6/").data["entries"]) == 1


# Order: by name or by date, never by score


def test_reports_stand_by_name_or_by_date(shelf: PublicSite) -> None:
    """The list is by area; its other order is the latest publication first. Neither is that of the scores."""
    pages = reports.compose(shelf)
    by_name = [report.area.title for report in at(pages, "reports/").data["reports"]]
    dates = [str(r.about.publication.date and r.about.publication.date.iso()) for r in reports.by_date(shelf)]
    assert by_name == sorted(NAMES)
    assert dates == sorted(dates, reverse=True)
    assert {page.address for page in pages} == {"reports/", "reports/by-date/", "reports/2040/", "reports/2041/"}


def test_reports_of_one_day_stand_by_name(tmp_path: Path) -> None:
    """Where the date says nothing, the name does."""
    files = library()
    for path, value in files.items():
        if path.endswith("inspection.yaml"):
            value["publication"]["date"] = "2042-01-01"
    assert [r.area.title for r in reports.by_date(public(tmp_path, files))] == sorted(NAMES)


def test_everything_across_reports_stands_by_area(shelf: PublicSite) -> None:
    """Findings, good practice, recommendations and targets are in the order of the areas' names, whatever the scores."""
    pages = across(shelf)
    for address, key in (
        ("frameworks/test-2040/1-1/", "groups"),
        ("themes/staff/", "groups"),
        ("good-practice/", "entries"),
        ("good-practice/criteria/test-2040/1-1/", "entries"),
        ("recommendations/themes/staff/", "entries"),
        ("targets/breach/", "figures"),
    ):
        assert [item.report.area.title for item in at(pages, address).data[key]] == sorted(NAMES), address
    assert [area.title for area in at(pages, "areas/").data["areas"]] == sorted([*NAMES, SILENT])


# Areas and the map


def test_the_map_and_its_list_say_the_same(shelf: PublicSite) -> None:
    """Each tile of both drawings has the year that the list has, and one without a report says so."""
    chart = areas_map(shelf)
    assert chart is not None
    told = dict(chart.table.rows)
    latest = {area.title: shelf.of_area(area) for area in shelf.areas}
    assert told == {title: str(found[-1].about.year) if found else NO_REPORT for title, found in latest.items()}
    for drawing, none in ((chart.wide, NO_REPORT), (chart.narrow, "none")):
        filled, dashed = (set(map(_middle, layer)) for layer in drawing.layers)
        tiles = list(zip(drawing.texts[::2], drawing.texts[1::2], strict=True))
        assert len(tiles) == len(told) == len(filled | dashed)
        for title, year in tiles:
            name = "".join(line.removesuffix("-") for line in title.lines)
            assert year.lines == (told[name] if told[name] != NO_REPORT else none,), name
            tile = next(at for at in filled | dashed if abs(at[0] - title.x) < 1 and at[1] <= title.middle <= at[2])
            assert (tile in filled) is (told[name] != NO_REPORT)
    for title, words in told.items():
        assert (f"{title}, {words}" in chart.alternative) is (words != NO_REPORT)
    assert f"Without: {SILENT}." in chart.alternative


def test_a_programme_too_large_for_one_map_has_one_for_each_region(shelf: PublicSite) -> None:
    """So no page grows with the number of areas; each area stands on the map of its region, which begins at the corner."""
    region = shelf.regions[0]
    a_few = tuple(area for area in shelf.areas if area.region == region.id)
    elsewhere = replace(region, id="elsewhere", title="Elsewhere")
    far = [
        replace(a_few[0], id=f"far-{n}", region="elsewhere", tile=Tile(50 + n % COLUMNS, 90 + n // COLUMNS))
        for n in range(MAPPED + 1)
    ]
    many = tuple(far[:MAPPED])
    large = replace(shelf, areas=(*shelf.areas, *many), regions=(*shelf.regions, elsewhere))
    assert areas_map(large) is None
    pages = area_pages.compose(large)
    assert at(pages, "areas/").charts == ()
    assert at(pages, "areas/").data["maps"]
    for of_region, areas in ((region, a_few), (elsewhere, many)):
        (chart,) = at(pages, f"regions/{of_region.id}/").charts
        assert [row[0] for row in chart.table.rows] == [area.title for area in areas]
        assert chart.address == f"regions/{of_region.id}/charts/map"
        assert min(place.left for place in chart.wide.places) == min(place.top for place in chart.wide.places) == 0
    wide = replace(far[0], id="wide", tile=Tile(50 + COLUMNS, 90))
    for one in (replace(large, areas=(*large.areas, far[MAPPED])), replace(large, areas=(*large.areas[:-1], wide))):
        assert at(area_pages.compose(one), "regions/elsewhere/").charts == (), "it could not be read"
    assert not any(page.charts for page in area_pages.compose(shelf) if page.address.startswith("regions/"))


def _middle(tile: Mark) -> tuple[float, float, float]:
    """Return where a tile is: its middle from the left, its top and its bottom."""
    assert isinstance(tile, Box)
    return (tile.left + tile.right) / 2, tile.top, tile.bottom


def test_the_map_is_not_coloured_by_score(tmp_path: Path) -> None:
    """Whatever the scores are, the drawing is the same."""
    files = library()
    before = areas_map(public(tmp_path / "one", files))
    for path, value in files.items():
        if path.endswith("findings/1-1.yaml"):
            value |= {"published_score": 99, "conclusion": "good"}
    assert areas_map(public(tmp_path / "two", files)) == before


def test_an_area_without_a_tile_is_in_the_list_alone(tmp_path: Path) -> None:
    """The map leaves it out; with no tile at all there is no map."""
    files = library()
    del files["areas.yaml"]["areas"][0]["tile"]
    shelf = public(tmp_path / "one", files)
    chart = areas_map(shelf)
    assert chart is not None
    assert NAMES[0] not in dict(chart.table.rows)
    assert NAMES[0] in [area.title for area in at(area_pages.compose(shelf), "areas/").data["areas"]]
    for area in files["areas.yaml"]["areas"]:
        area.pop("tile", None)
    assert areas_map(public(tmp_path / "two", files)) is None


@pytest.mark.parametrize(
    ("title", "width", "lines"),
    [
        ("Kent", 7, ["Kent"]),
        ("North Wales", 14, ["North Wales"]),
        ("North Wales", 7, ["North", "Wales"]),
        ("Dyfed-Powys", 7, ["Dyfed-", "Powys"]),
        ("Northumbria", 7, ["Northu-", "mbria"]),
        ("Leicestershire and Rutland", 14, ["Leicestershire", "and Rutland"]),
    ],
)
def test_names_are_broken_into_the_lines_of_a_tile(title: str, width: int, lines: list[str]) -> None:
    """Between words where that is enough, inside a word with a hyphen where it isn't."""
    assert broken(title, width) == lines


# The national picture


def test_the_national_picture_counts_reports_and_names_none(shelf: PublicSite) -> None:
    """How many reports are in each band and in each step of ten points; 100 stands with those from 90 on."""
    found = picture(shelf)
    assert found is not None
    assert found.chart is not None
    assert [(step.title, step.reports) for step in found.steps] == [
        ("Good", 6),
        ("Priority", 2),
        ("Urgent priority", 0),
    ]
    assert [rows for rows in found.chart.table.rows if rows[1] != "0"] == [
        ("60% to 69%", "2"),
        ("70% to 79%", "3"),
        ("80% to 89%", "1"),
        ("90% to 100%", "2"),
    ]
    assert found.chart.title == f"The 8 scores on 1.1 range from {min(SCORES)}% to {max(SCORES)}%"
    assert not re.search("|".join(NAMES), repr(found))


def test_a_rating_is_counted(shelf: PublicSite) -> None:
    """For a rated criterion: how many reports have each rating, and no chart of scores."""
    found = picture(shelf, "2.1")
    assert found is not None
    assert [(step.title, step.reports) for step in found.steps] == [("Well met", 8), ("Not met", 0)]
    assert found.chart is None


@pytest.mark.parametrize(("number", "shown"), [(1, False), (4, False), (5, True)])
def test_a_picture_of_few_is_not_shown(tmp_path: Path, number: int, *, shown: bool) -> None:
    """With fewer than five reports neither bands nor scores are counted: the page says how many there are."""
    for ref in ("1.1", "2.1"):
        found = picture(public(tmp_path / ref, library(number)), ref)
        assert found is not None
        assert found.reports == number
        assert bool(found.steps) is shown
        assert (found.chart is not None) is (shown and ref == "1.1")


def test_a_report_without_a_score_is_not_counted(tmp_path: Path) -> None:
    """Five reports of which one has lost its score give no picture."""
    files = library(5)
    path = next(path for path in files if path.endswith("findings/1-1.yaml"))
    del files[path]["published_score"]
    files[path]["score_not_available"] = {"shorthand": "x", "reason": "Lost."}
    found = picture(public(tmp_path, files))
    assert found is not None
    assert (found.reports, found.steps, found.chart) == (4, (), None)


def test_synthetic_reports_are_not_counted_beside_real_ones(tmp_path: Path) -> None:
    """Of eight reports, two synthetic: six are counted. Where all are synthetic, all are."""
    mixed, all_made_up = (public(tmp_path / str(n), library(synthetic=n)) for n in (2, 8))
    found = picture(mixed)
    assert found is not None
    assert (found.reports, found.left_out) == (6, 2)
    found = picture(all_made_up)
    assert found is not None
    assert (found.reports, found.left_out) == (8, 0)


# Themes, good practice, recommendations, targets


def test_a_theme_that_nothing_public_is_marked_with_is_not_shown(tmp_path: Path) -> None:
    """Neither in the list nor as a page, and nor is one that the programme doesn't list."""
    shelf = public(tmp_path, library())
    assert [theme.id for theme in shelf.themes] == ["staff"]
    assert [page.address for page in across(shelf) if page.address.startswith("themes/")] == [
        "themes/",
        "themes/staff/",
    ]
    assert [one.theme.id for one in at(across(shelf), "themes/").data["themes"]] == ["staff"]
    (_, criterion) = shelf.reports[0].criteria["1.1"]
    assert shelf.reports[0].themes_of(replace(criterion.strengths[0], themes=("nonsense",))) == ()


def test_a_theme_gathers_what_is_marked_with_it(shelf: PublicSite) -> None:
    """Findings with the place they have in their report, good practice and recommendations; nothing else."""
    page = at(themes.compose(shelf, shelf.themes[0]), "themes/staff/")
    first = page.data["groups"][0]
    assert [found.finding.text.text for found in first.strengths] == ["A PSR was there in Ashmoor."]
    assert [found.address for found in first.strengths] == ["reports/ashmoor-2041/1-cases/#c1-1-strength-a"]
    assert first.areas_for_improvement == ()
    assert [example.part.title for example in first.examples] == ["A form of Ashmoor"]
    assert page.data["summary"].told == (
        "eight findings, eight examples of good practice and eight recommendations in eight reports"
    )


def test_lists_by_theme_and_criterion_exist_where_there_is_something(shelf: PublicSite) -> None:
    """Good practice stands under 1.1 and the theme, recommendations under 1.2; no empty page is made."""
    assert {page.address for kind in libraries.KINDS for page in libraries.compose(shelf, kind)} == {
        "good-practice/",
        "good-practice/themes/staff/",
        "good-practice/criteria/test-2040/1-1/",
        "recommendations/",
        "recommendations/themes/staff/",
        "recommendations/criteria/test-2040/1-2/",
    }


def test_a_measure_has_an_address_however_it_is_called(tmp_path: Path) -> None:
    """Names that are long, or have no letter, or are spelt with other signs, each have a page of their own."""
    files = library(3)
    names = ["Breach; in time", "?!", "A measure " * 30]
    for (_, tables), name in zip(
        ((path, value) for path, value in files.items() if path.endswith("targets.yaml")), names, strict=True
    ):
        tables["tables"][0]["targets"][0]["measure"] = name.strip()
    found = measures.measures_of(public(tmp_path, files))
    assert len({measure.address for measure in found}) == 3
    assert all(re.fullmatch(r"targets/[a-z0-9-]{1,80}/", measure.address) for measure in found)
