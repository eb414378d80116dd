"""The pages across reports as a visitor gets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from building import BuiltSite, build, make_project, once, one_line
from library_world import NAMES, SILENT, library, mixed_library

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SYNTHETIC = NAMES[:2]
BANNER = "Synthetic: "


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Eight reports, two of them labelled synthetic."""
    site = mixed_library(tmp_path_factory)
    assert site.run.code == 0, site.run.output
    return site


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Five reports, all synthetic."""
    root, files = tmp_path_factory.mktemp("made-up"), library(5, synthetic=5)
    site = once("made-up", lambda: build(make_project(root, files), "2045-01-01"))
    assert site.run.code == 0, site.run.output
    return site


def banners(node: LexborNode) -> list[str]:
    return [one_line(banner.text()) for banner in node.css(".omi-banner")]


def test_every_link_across_reports_leads_somewhere(mixed: BuiltSite) -> None:
    """Each link and anchor of a site with several reports exists."""
    assert [(page.path, link) for page, link, alive in mixed.links_within() if not alive] == []


def test_every_page_across_reports_is_reached_by_links(mixed: BuiltSite) -> None:
    """From the home page a visitor gets to every page of the site by links alone."""
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        page = mixed.pages[ahead.pop()]
        for tag, _, link in page.links():
            path, _ = mixed.target(page, link)
            if tag == "a" and path in mixed.pages and path not in reached:
                reached.add(path)
                ahead.append(path)
    assert mixed.pages.keys() - reached == {"404.html"}


def test_titles_tell_the_pages_apart(mixed: BuiltSite) -> None:
    """No two pages have the same title in the browser's tab."""
    titles = [page.tree.css("title")[0].text() for page in mixed.pages.values()]
    assert sorted(set(titles)) == sorted(titles)


def test_the_list_for_the_search_says_what_the_table_says(mixed: BuiltSite) -> None:
    """`reports/index.json` has the reports of the table in the same order, with addresses that exist."""
    index = json.loads(mixed.files["reports/index.json"])["reports"]
    page = mixed.page("reports/")
    rows = [one_line(cell.text()) for cell in page.article.css("#reports-table tbody th")]
    assert [f"{one['name']}{' (synthetic)' if one['synthetic'] else ''}" for one in index] == rows
    assert all(f"{one['address']}index.html" in mixed.files for one in index)
    assert [name.split()[0] for name in rows] == sorted(NAMES)


def test_the_map_and_the_list_beside_it_say_the_same(mixed: BuiltSite) -> None:
    """The words of each tile, year or none, are those of the area's row in the list below."""
    page = mixed.page("areas/")
    told = {}
    for row in page.article.css("table tbody tr"):
        (name,), cells = row.css("th"), row.css("td")
        told[one_line(name.text())] = one_line(cells[0].text())
    assert len(told) == len(NAMES) + 1
    assert told[SILENT] == "no report yet"
    wide = page.article.css("#map-areas .omi-chart__wide svg")[0]
    description = one_line(wide.css("desc")[0].text())
    for area, words in told.items():
        assert (f"{area}, {words}" if area != SILENT else f"Without: {SILENT}.") in description


def test_an_area_without_a_report_says_so(mixed: BuiltSite) -> None:
    """Its page is there, and says that no report has been published; not whether one was made."""
    words = mixed.page(f"areas/{SILENT.lower()}/").words
    assert "No report on this area has been published under this programme yet." in words
    assert "inspected" not in words


def test_nobody_is_named_beside_the_national_picture(mixed: BuiltSite) -> None:
    """Between the heading of the national picture and the next one no area stands."""
    page = mixed.page("frameworks/test-2040/1-1/")
    text = page.words
    shown = text[text.index("In all reports") : text.index("Questions")]
    assert "Six reports have a score on this criterion. Synthetic reports are left out." in shown
    assert not [name for name in NAMES if name in shown]


def test_the_caution_stands_where_figures_of_several_areas_do(mixed: BuiltSite) -> None:
    """Pages of criteria, themes and targets carry the framework's caution."""
    for address in ("frameworks/test-2040/1-1/", "frameworks/test-2040/2-1/", "themes/staff/", "targets/breach/"):
        (caution,) = mixed.page(address).article.css(".omi-caution")
        assert "Compare nothing." in caution.text()


def test_a_target_is_told_in_words(mixed: BuiltSite) -> None:
    """Each area's row has its figure and its status."""
    rows = mixed.page("targets/breach/").article.css("tbody tr")
    assert [one_line(row.css("th")[0].text()).split()[0] for row in rows] == sorted(NAMES)
    assert {one_line(row.css("td")[-1].text()) for row in rows} == {"Near miss"}


def test_what_is_made_up_is_marked_in_every_list(mixed: BuiltSite) -> None:
    """Wherever a list names a synthetic report, the word stands beside it; beside a real one it never does."""
    for address in (
        "reports/",
        "reports/by-date/",
        "reports/2040/",
        "areas/",
        "regions/the-march/",
        "good-practice/",
        "recommendations/",
        "targets/breach/",
        "areas/zedshire/",
    ):
        for item in mixed.page(address).article.css("tbody tr, .omi-reports > li"):
            words = one_line(item.text())
            named = [
                name for name in NAMES if f"{name} 20" in words or words.startswith((name, f"Inspection of {name}"))
            ]
            if named and "no report yet" not in words:
                assert ("(synthetic)" in words) is (named[0] in SYNTHETIC), (address, words)
    for address in ("themes/staff/", "frameworks/test-2040/1-1/"):
        headings = [one_line(heading.text()) for heading in mixed.page(address).article.css("h2, h3")]
        named = [heading for heading in headings if heading.split()[0] in NAMES]
        assert len(named) == len(NAMES)
        assert {heading.split()[0] for heading in named if "(synthetic)" in heading} == set(SYNTHETIC)


def test_every_page_of_a_synthetic_report_says_so_at_its_top(mixed: BuiltSite) -> None:
    """The pages of the two synthetic reports carry the banner, no other page does."""
    folders = tuple(f"reports/{name.lower()}-{2040 + n}/" for n, name in enumerate(SYNTHETIC))
    for path, page in mixed.pages.items():
        found = banners(page.tree.css("body")[0])
        expected = ["Synthetic: this area, its cases and all findings are made up."] if path.startswith(folders) else []
        assert found == expected, path


def test_a_site_of_made_up_reports_says_so_on_every_page(made_up: BuiltSite) -> None:
    """The pages of reports, lists, standards and glossary, the hand-written one and the one for a missing address."""
    assert {"404.html", "about/index.html"} < made_up.pages.keys()
    for path, page in made_up.pages.items():
        (banner,) = banners(page.tree.css("body")[0])
        assert banner.startswith("Synthetig: " if path.startswith("cy/") else BANNER), path


def test_a_finding_across_reports_leads_to_itself(mixed: BuiltSite) -> None:
    """The letter beside a finding is a link to that very finding in its report."""
    page = mixed.page("frameworks/test-2040/1-1/")
    items = page.article.css(".omi-findings__list li")
    assert len(items) == 2 * len(NAMES)
    for item in items:
        path, fragment = mixed.target(page, str(item.css("a.omi-letter")[0].attributes["href"]))
        (found,) = mixed.pages[path].tree.css(f"#{fragment}")
        assert one_line(found.css("p")[0].text()) == one_line(item.css("p")[0].text())


def test_reports_lead_to_what_stands_across_them(mixed: BuiltSite) -> None:
    """The overview leads to its area, a criterion to its page, an example and a recommendation to their theme."""

    def links(address: str) -> set[str]:
        page = mixed.page(address)
        return {mixed.target(page, str(link.attributes["href"]))[0] for link in page.article.css("a[href]")}

    assert {"areas/mereham/index.html", "themes/staff/index.html"} <= links("reports/mereham-2040/")
    assert "themes/staff/index.html" in links("reports/mereham-2040/good-practice/")
    assert "frameworks/test-2040/1-1/index.html" in links("reports/mereham-2040/1-cases/")


def test_search_does_not_find_a_finding_twice(mixed: BuiltSite) -> None:
    """A finding is in the search at the page of its report alone; lists across reports repeat it unsearched."""
    places = [record["page"] for record in mixed.search if "A PSR was there in Mereham" in record["content"]]
    assert places == ["reports/mereham-2040/1-cases/"]
