"""The search in a real browser: from the words of a finding to the finding, by keyboard, on a phone, and without script."""

from __future__ import annotations

import gzip
import json
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import REPORT, SECTION, improvements_on, opened
from building import words_of
from library_world import NAMES, SILENT
from looks import CONTRASTS, OVERFLOWING
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browsing import Served
    from playwright.sync_api import Browser, Locator, Page, Route

FIRST_QUERY = 200_000
"""How many bytes a first query may fetch on the site of one report, compressed; at 200 reports it is 265,000."""


def results(page: Page) -> Locator:
    """Return the results of the search's page, once the search has ended."""
    found = page.locator("#search-results .omi-result")
    found.first.wait_for()
    expect(page.locator("#search-results [role=status]")).not_to_have_text(re.compile(r"^Searching"))
    return found


def told(page: Page, within: str = "#search-results") -> str:
    """Return what the live region says, once the search has ended."""
    region = page.locator(f"{within} [role=status]")
    expect(region).not_to_have_text(re.compile(r"^(Searching.*)?$"))
    return region.inner_text()


def finding(served: Served, ref: str, number: int = 0) -> dict[str, str]:
    report = json.loads(served.site.files[f"{REPORT}report.json"])
    (criterion,) = [one for part in report["sections"] for one in part["criteria"] if one["ref"] == ref]
    found: dict[str, str] = criterion["areas_for_improvement"][number]
    return found


def test_a_finding_leads_to_its_place(browser: Browser, hosted: Served) -> None:
    """The words of a finding find it, marked and with its report and criterion; its link leads to its own place."""
    wanted = finding(hosted, "1.2", 1)
    words = [word for word in words_of(wanted["text"]).split() if re.fullmatch(r"[a-z]{5,}", word)][:5]
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(hosted.url)
        page.locator(".md-search__input").fill(" ".join(words))
        title = "Derbyshire 2007: 1.2 Assessment of Risk of Harm (b)"
        result = page.locator(".md-search .omi-result", has_text=title)
        result.wait_for()
        assert result.locator(".omi-result__kind").inner_text() == "Area for improvement"
        assert result.locator("a").inner_text() == title
        assert words_of(result.locator(".omi-result__text").inner_text())[:40] in words_of(wanted["text"])
        assert set(words) <= {mark.lower() for mark in result.locator("mark").all_inner_texts()}
        result.locator("a").click()
        page.wait_for_url(f"**/{wanted['url'].partition('#')[0]}#c1-2-improvement-b")
        assert page.locator(":target").is_visible()
        assert complaints == []


def test_the_keyboard_is_enough(browser: Browser, hosted: Served) -> None:
    """/ opens the box, arrows lead through the results and back, Escape closes it, Enter shows all, and Enter on a link opens it."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(hosted.url, wait_until="networkidle")
        page.keyboard.press("/")
        page.keyboard.type("victims")
        assert re.fullmatch(r"\d+ results", told(page, ".md-search"))
        page.keyboard.press("ArrowDown")
        first = page.evaluate("document.activeElement.href")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.href") != first
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.matches('.md-search__input')")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.textContent").startswith("All results")
        page.keyboard.press("Escape")
        assert page.locator(".md-search__output").is_hidden()
        assert not page.evaluate("document.querySelector('.md-search').contains(document.activeElement)")
        page.keyboard.press("/")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=victims")
        results(page)
        page.goto(hosted.url, wait_until="networkidle")
        page.keyboard.press("/")
        page.keyboard.type("victims")
        told(page, ".md-search")
        page.keyboard.press("ArrowDown")
        there = page.evaluate("document.activeElement.href")
        page.keyboard.press("Enter")
        page.wait_for_url(there)
        assert complaints == []


def test_the_key_can_be_switched_off(browser: Browser, hosted: Served) -> None:
    """Who types by voice switches / off on the search's page; it stays off on every page (WCAG 2.1.4)."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{hosted.url}search/")
        page.get_by_label("the key /").uncheck()
        page.goto(hosted.url, wait_until="networkidle")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement === document.body")


def test_facets_narrow_before_and_after_typing(browser: Browser, shelf: Served) -> None:
    """Without a word the facets give all that they fit, in the order of the reports; with words, less; all of it exact."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{shelf.url}search/")
        status = page.locator("#search-results [role=status]")
        assert page.locator(".omi-result").count() == 0
        page.get_by_label("Kind").select_option("strength")
        page.get_by_label("Criterion").select_option("test-2040/1.1")
        assert results(page).count() == 10
        page.get_by_role("button", name="Show more").click()
        page.locator(".omi-result").nth(10).wait_for()
        titles = [title.partition(":")[0] for title in results(page).locator("a").all_inner_texts()]
        assert told(page) == f"{len(titles)} results"
        assert titles == sorted(titles)
        assert len(set(titles)) == 8, "one of each report"
        assert set(page.locator(".omi-result__kind").all_inner_texts()) == {"Strength"}
        page.get_by_label("Area").select_option("mereham")
        page.wait_for_url("**area=mereham**")
        expect(page.locator("#search-results .omi-result a").filter(has_not_text=re.compile("^Mereham"))).to_have_count(
            0
        )
        assert parse_qs(urlsplit(page.url).query) == {
            "kind": ["strength"], "area": ["mereham"], "criterion": ["test-2040/1.1"]
        }  # fmt: skip
        assert told(page) == "2 results"
        page.get_by_label("Words").fill("mereham PSR")
        page.wait_for_url("**q=mereham**")
        expect(status).to_have_text("1 result")
        assert results(page).locator("a").all_inner_texts() == ["Mereham 2040: 1.1 Criterion 1.1 (a)"]
        page.get_by_label("Theme").select_option("staff")
        page.wait_for_url("**theme=staff**")
        expect(status).to_have_text("1 result")
        page.get_by_label("Criterion").select_option("test-2040/1.2")
        expect(status).to_have_text("Nothing found for “mereham PSR” with these choices")
        page.get_by_role("button", name="Clear").click()
        page.wait_for_url("**/search/")
        assert page.locator(".omi-result").count() == 0
        assert complaints == []


def test_a_theme_narrows_to_the_findings_that_have_it(browser: Browser, hosted: Served) -> None:
    """Findings under one heading have different themes: only those that are marked with the chosen one are shown."""
    marked = improvements_on(hosted.site, "victims")
    assert len(marked) > 2
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?kind=improvement&theme=victims")
        found = {link.get_attribute("href") or "" for link in results(page).locator("a").all()}
        assert {address.removeprefix(hosted.url) for address in found} == marked
        assert told(page) == f"{len(marked)} results"


def test_a_search_can_be_sent(browser: Browser, hosted: Served) -> None:
    """The address holds words and facets: opened elsewhere, it shows the same; a choice that is gone is left out."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q=victims&kind=improvement&area=gone")
        first = results(page).locator("a").all_inner_texts()
        assert page.get_by_label("Words").input_value() == "victims"
        assert page.get_by_label("Kind").input_value() == "improvement"
        assert page.get_by_label("Area").input_value() == ""
        assert set(page.locator(".omi-result__kind").all_inner_texts()) == {"Area for improvement"}
        page.goto(page.url)
        assert results(page).locator("a").all_inner_texts() == first
        assert complaints == []


@pytest.mark.parametrize("choices", ["had", "lost"])
def test_a_search_of_one_area_can_be_sent(browser: Browser, shelf: Served, choices: str) -> None:
    """The areas come in a file of their own: the one in the address is chosen when they are there, and without them too."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        if choices == "lost":
            page.route("**/search/areas.json", lambda route: route.abort())
        page.goto(f"{shelf.url}search/?kind=strength&area=mereham")
        found = results(page).locator("a").all_inner_texts()
        assert page.get_by_label("Area").input_value() == "mereham"
        assert found
        assert all(one.startswith("Mereham") for one in found)
        assert urlsplit(page.url).query == "kind=strength&area=mereham"
        if choices == "had":
            areas = page.get_by_label("Area").locator("option").all_inner_texts()
            assert areas == ["All areas", *sorted([*NAMES, SILENT])]
            assert complaints == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("recomendation", "recommendation"), ("domestic abuse childrn", "domestic abuse children")]
)
def test_a_typing_error_is_mended_and_told(browser: Browser, hosted: Served, typed: str, meant: str) -> None:
    """The nearest word is searched for, and the page says so."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q={typed}")
        results(page)
        assert (
            page.locator("#search-results .omi-results__note").inner_text()
            == f"Nothing found for “{typed}”. Showing results for “{meant}”"
        )
        assert complaints == []


def test_abbreviations_are_found_both_ways(browser: Browser, hosted: Served) -> None:
    """Who asks for 'pre-sentence report' finds what says PSR, and who asks for RoH what says risk of harm."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q=pre-sentence report&kind=strength")
        texts = [text for text in results(page).locator(".omi-result__text").all_inner_texts() if "PSR" in text]
        assert texts
        assert page.locator(".omi-result__also").first.inner_text().startswith("PSR: Pre-sentence report")
        page.goto(f"{hosted.url}search/?q=RoH&kind=theme")
        assert results(page).locator("a").all_inner_texts() == ["Risk of Harm"]


@pytest.mark.parametrize("asked", ["q=xyzzyqua", "q=victims&year=2007&kind=theme&area=kent"])
def test_nothing_found_is_said(browser: Browser, hosted: Served, asked: str) -> None:
    """The live region says that there is nothing, and no result stands there."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?{asked}")
        assert told(page).startswith("Nothing found")
        assert page.locator(".omi-result").count() == 0
        assert complaints == []


def test_a_number_with_a_point_is_that_number(browser: Browser, hosted: Served) -> None:
    """1.2 finds what says 1.2, not what says 12."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q=1.2")
        for text in results(page).all_inner_texts():
            assert "1.2" in text


def test_more_results_come_by_a_button(browser: Browser, hosted: Served) -> None:
    """Ten are shown; the button adds the next ones and leads the keyboard to the first of them."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q=offender")
        assert results(page).count() == 10
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".omi-result")).to_have_count(20)
        assert page.evaluate("document.activeElement === document.querySelectorAll('.omi-result a')[10]")
        links = [link.get_attribute("href") for link in page.locator(".omi-result a").all()]
        places = [
            f"{link} {text}" for link, text in zip(links, page.locator(".omi-result").all_inner_texts(), strict=True)
        ]
        assert len(set(places)) == 20
        assert complaints == []


def test_without_script_a_link_leads_to_everything(browser: Browser, hosted: Served) -> None:
    """No box stands about idle: a link leads to the list of everything, which leads to each report and criterion."""
    with opened(browser, javascript=False) as (context, complaints):
        page = context.new_page()
        page.goto(f"{hosted.url}{REPORT}")
        assert page.locator(".md-search").is_hidden()
        assert page.locator(".omi-search__open").is_hidden()
        page.get_by_role("link", name="Browse everything").first.click()
        links = {link.get_attribute("href") or "" for link in page.locator("article a").all()}
        for way in (
            "../reports/",
            "../areas/",
            "../themes/",
            "../good-practice/",
            "../recommendations/",
            "../targets/",
            "../glossary/",
            "../frameworks/omi-2006/1-2/",
            f"../{SECTION}",
        ):
            assert way in links
        page.goto(f"{hosted.url}search/")
        assert page.locator("#search-all").is_hidden()
        assert page.get_by_role("link", name="Browse everything by kind").is_visible()
        assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_can_be_read(browser: Browser, hosted: Served, scheme: str) -> None:
    """From 320 to 1280 pixels nothing is wider than the screen, and the text of results stands out from its ground."""
    for width in (320, 768, 1280):
        with opened(browser, width, scheme) as (context, complaints):
            page = context.new_page()
            page.goto(f"{hosted.url}search/?q=victims")
            results(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(OVERFLOWING) == []
            assert page.evaluate(CONTRASTS) == []
            page.goto(hosted.url)
            if page.locator(".omi-search__open").is_visible():
                page.locator(".omi-search__open").click()
            page.locator(".md-search__input").fill("victims")
            page.locator(".md-search .omi-result").first.wait_for()
            page.wait_for_timeout(400)
            assert page.evaluate(CONTRASTS) == []
            box = page.locator(".md-search__scrollwrap").bounding_box() or {}
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width + 1
            assert complaints == []


def test_what_several_indexes_have_is_found(browser: Browser, grouped: Served) -> None:
    """One search asks them all: each report's finding is there once, and the number is exact."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{grouped.url}search/?q=PSR&kind=strength&criterion=test-2040/1.1")
        expect(page.locator("#search-results [role=status]")).to_have_text("5 results")
        titles = results(page).locator("a").all_inner_texts()
        assert sorted(title.partition(" 20")[0] for title in titles) == sorted(NAMES[:5])
        assert complaints == []


def test_a_reader_sees_what_there_is_while_further_indexes_are_asked(browser: Browser, grouped: Served) -> None:
    """Words that stand together in one report alone: what has some of them comes at once, and the report when it is found."""
    groups = json.loads(grouped.site.files["pagefind/groups.json"])
    assert len(groups) > 3
    # The first two are asked first; the last is the site's own, which knows of all areas.
    (last,) = groups[2:-1]
    area = next(name for name in NAMES if name.lower() in last["area"])
    held: list[Route] = []
    free = threading.Event()

    def hold(route: Route) -> None:
        if free.is_set():
            route.continue_()
        else:
            held.append(route)

    with opened(browser) as (context, _):
        page = context.new_page()
        page.route(f"**/pagefind/groups/{last['folder']}/**", hold)
        page.goto(f"{grouped.url}search/?q={area}+PSR&kind=strength")
        note, status = page.locator("#search-results .omi-results__note"), page.locator("#search-results [role=status]")
        expect(note).to_have_text("Nothing so far has all these words in one place; these have some of them")
        expect(status).to_have_text(re.compile("still searching$"))
        assert area not in "".join(results(page).locator("a").all_inner_texts())
        page.wait_for_timeout(1200)  # the reader has begun to read
        free.set()
        for route in held:
            route.continue_()
        page.get_by_role("button", name="Show the most relevant first").click()
        expect(note).to_be_hidden()
        assert results(page).locator("a").first.inner_text().startswith(area)


def test_what_stands_first_is_shown_while_the_rest_comes(browser: Browser, hosted: Served) -> None:
    """The first results don't wait for the last record; how many there are is told when that has come."""
    held: list[Route] = []
    free = threading.Event()
    first = threading.Event()

    def hold(route: Route) -> None:
        if free.is_set() or not first.is_set():
            first.set()
            route.continue_()
        else:
            held.append(route)

    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.route("**/*.pf_fragment", hold)
        page.goto(f"{hosted.url}search/")
        page.locator("#search-q").fill("victims")
        shown, status = page.locator("#search-results .omi-result"), page.locator("#search-results [role=status]")
        shown.first.wait_for()
        early = shown.all_inner_texts()
        assert status.inner_text().startswith("Searching")
        free.set()
        for route in held:
            route.continue_()
        expect(status).to_have_text(re.compile(r"\d+ results"))
        settled = results(page).all_inner_texts()
        assert settled[: len(early)] == early
        assert len(settled) > len(early)
        assert complaints == []


def test_a_first_query_is_light(browser: Browser, hosted: Served, say: Callable[[str], None]) -> None:
    """Nothing of the search is fetched before somebody turns to it; the first query fetches little."""
    asked: list[str] = []
    with opened(browser) as (context, _):
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(hosted.url, wait_until="networkidle")
        assert not [url for url in asked if "pagefind" in url]
        page.locator(".md-search__input").fill("risk of harm")
        page.locator(".md-search .omi-result").first.wait_for()
        page.wait_for_load_state("networkidle")
    sizes = {}
    for url in asked:
        path = urlsplit(url).path.lstrip("/")
        if path.startswith("pagefind/"):
            raw = hosted.site.files[path]
            sizes[path] = len(raw) if raw.startswith(b"\x1f\x8b") else len(gzip.compress(raw, 6))
    say(f"first query: {sum(sizes.values()) / 1000:.0f} KB in {len(sizes)} files")
    assert any(path.endswith(".pf_index") for path in sizes)
    assert sum(sizes.values()) < FIRST_QUERY


def test_a_site_without_its_index_says_so(browser: Browser, hosted: Served) -> None:
    """Where the index can't be fetched, the reader is told, and led to the list of everything."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.route("**/pagefind/**", lambda route: route.abort())
        page.goto(f"{hosted.url}search/?q=victims")
        assert told(page) == "The search can’t be loaded just now"
        assert (page.locator("#search-results a").get_attribute("href") or "").endswith("/browse/")


def test_a_term_leads_to_its_meaning(browser: Browser, hosted: Served) -> None:
    """A term of the glossary is found by its name and leads to its own place there."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{hosted.url}search/?q=unpaid work&kind=glossary")
        results(page).locator("a", has_text="Unpaid work").click()
        page.wait_for_url("**/glossary/#*")
        assert "Unpaid work" in page.locator(":target").inner_text()
