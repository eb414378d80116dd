"""The pages across reports in a real browser: finding a report, phones, contrast, and no script at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import opened
from library_world import NAMES
from looks import CLASHES, CONTRASTS, OVERFLOWING
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser, Page

PAGES = [
    "",
    "reports/",
    "reports/by-date/",
    "reports/2040/",
    "areas/",
    "areas/mereham/",
    "regions/the-march/",
    "themes/",
    "themes/staff/",
    "good-practice/",
    "good-practice/themes/staff/",
    "recommendations/",
    "targets/",
    "targets/breach/",
    "frameworks/test-2040/1-1/",
    "frameworks/test-2040/2-1/",
    "reports/zedshire-2040/",
]
REAL_PAGES = ["areas/", "themes/victims/", "frameworks/omi-2006/1-2/", "good-practice/", "targets/sickness-absence/"]


def listed(page: Page) -> list[str]:
    return [str(words).split()[0] for words in page.locator("#reports-table tbody th").all_inner_texts()]


def test_a_report_is_found_by_area_region_year_and_standards(browser: Browser, shelf: Served) -> None:
    """Each control narrows the list, the number is announced, and the address holds the choice."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/")
        status = page.get_by_role("status")
        assert listed(page) == sorted(NAMES)
        page.get_by_label("Area").fill("mo")
        expect(status).to_have_text("One of 8 reports")
        assert listed(page) == ["Ashmoor"]
        assert page.url.endswith("/reports/?area=mo")
        page.get_by_label("Area").fill("")
        page.get_by_label("Region").select_option("The March")
        expect(status).to_have_text("Four of 8 reports")
        page.get_by_label("Year").select_option("2041")
        expect(status).to_have_text("No report matches")
        page.get_by_label("Standards").select_option("Test 2040")
        page.wait_for_url("**/reports/?region=the-march&year=2041&standards=test-2040")
        page.get_by_role("button", name="Show all reports").click()
        expect(status).to_have_text("")
        assert page.url.endswith("/reports/")
        assert listed(page) == sorted(NAMES)
        assert complaints == []


def test_a_search_can_be_sent_to_someone(browser: Browser, shelf: Served) -> None:
    """The address opens the same list in the same order, with the controls set; each row leads to its report."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/?year=2040&order=date")
        expect(page.get_by_role("status")).to_have_text("Four of 8 reports")
        assert page.get_by_label("Year").input_value() == "2040"
        assert listed(page) == ["Newholm", "Mereham", "Oldwold", "Zedshire"]
        assert "(synthetic)" in page.locator("#reports-table tbody th").last.inner_text()
        page.get_by_role("link", name="Mereham 2040").click()
        page.wait_for_url("**/reports/mereham-2040/")
        assert complaints == []


def test_a_search_that_finds_nothing_says_so(browser: Browser, shelf: Served) -> None:
    """No row, and the number."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/?area=nowhere")
        expect(page.get_by_role("status")).to_have_text("No report matches")
        assert listed(page) == []


def test_the_order_is_never_by_score(browser: Browser, shelf: Served) -> None:
    """The choice of order has two values: name and date."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/")
        assert page.get_by_label("Order").locator("option").all_inner_texts() == ["By name", "Published last first"]


def test_the_lists_work_without_script(browser: Browser, shelf: Served) -> None:
    """Without script no control stands about idle; the list, its other order, years and regions are links."""
    with opened(browser, javascript=False) as (context, complaints):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/")
        assert listed(page) == sorted(NAMES)
        assert page.locator("#find-reports").is_hidden()
        for link, first in (("by date", "Thornby"), ("by name", "Ashmoor"), ("2040", "Mereham")):
            page.locator("article").get_by_role("link", name=link, exact=True).first.click()
            assert listed(page)[0] == first
            page.goto(f"{shelf.url}reports/{'by-date/' if link == 'by date' else ''}")
        assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_across_reports_can_be_read(browser: Browser, shelf: Served, real: Served, scheme: str) -> None:
    """At 360, 768 and 1280 pixels no page is wider than its screen, and its text stands out from its ground."""
    addresses = [f"{shelf.url}{address}" for address in PAGES] + [f"{real.url}{address}" for address in REAL_PAGES]
    for width in (360, 768, 1280):
        with opened(browser, width, scheme) as (context, complaints):
            page = context.new_page()
            for address in addresses:
                page.goto(address)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
                assert page.evaluate(OVERFLOWING) == [], address
                if width != 768:
                    assert page.evaluate(CONTRASTS) == [], address
            assert complaints == []


def test_names_stay_inside_their_tiles(browser: Browser, real: Served, shelf: Served) -> None:
    """On the map and the histogram, wide and narrow, no two texts overlap and none leaves the drawing."""
    with opened(browser) as (context, _):
        page = context.new_page()
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for address in (f"{real.url}areas/", f"{shelf.url}areas/", f"{shelf.url}frameworks/test-2040/1-1/"):
                page.goto(address)
                assert page.locator("article figure svg:visible").count() == 1
                assert page.evaluate(CLASHES) == [], (address, width)


def test_the_banner_is_on_paper_too(browser: Browser, shelf: Served) -> None:
    """A printed page of a synthetic report says that it is made up."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{shelf.url}reports/zedshire-2040/")
        page.emulate_media(media="print")
        assert page.locator(".omi-banner").is_visible()
