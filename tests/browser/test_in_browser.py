"""The site in a real browser: on phones and screens, in both colour schemes, with and without scripts."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from browsing import REPORT, SECTION, opened, search
from building import words_of
from hostile_world import MARK
from looks import CLASHES, CONTRASTS, OVERFLOWING

if TYPE_CHECKING:
    from collections.abc import Callable

    from browsing import Served
    from playwright.sync_api import Browser

PAGES = ["", REPORT, SECTION, f"{REPORT}targets/", "glossary/"]
BUDGET = 150_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_pages_fit_the_screen(browser: Browser, real: Served, width: int, scheme: str) -> None:
    """No page is wider than its screen, none complains in the console, none asks another host for anything."""
    with opened(browser, width, scheme) as (context, complaints):
        page = context.new_page()
        for address in PAGES:
            page.goto(f"{real.url}{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert page.evaluate(OVERFLOWING) == [], address
        assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, real: Served, scheme: str) -> None:
    """Text has a contrast of 4.5, large text of 3 (WCAG 1.4.3), in charts too, in both colour schemes."""
    with opened(browser, 1280, scheme) as (context, _):
        page = context.new_page()
        for address in PAGES:
            page.goto(f"{real.url}{address}")
            scheme_of_page = page.evaluate("document.body.getAttribute('data-md-color-scheme')")
            assert scheme_of_page == ("slate" if scheme == "dark" else "default")
            assert page.evaluate(CONTRASTS) == [], address


def test_texts_of_charts_stay_inside_and_apart(browser: Browser, real: Served) -> None:
    """In each drawing no text leaves the drawing, and no two texts overlap."""
    with opened(browser) as (context, _):
        page = context.new_page()
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for address in (REPORT, f"{REPORT}targets/"):
                page.goto(f"{real.url}{address}")
                assert page.evaluate(CLASHES) == [], (address, width)


def test_the_overview_is_light(browser: Browser, real: Served, say: Callable[[str], None]) -> None:
    """The first visit to a report's overview transfers less than 150 KB, compressed as a server would."""
    sizes: dict[str, int] = {}
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}", wait_until="networkidle")
        loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
        for url in {f"{real.url}{REPORT}", *loaded}:
            path = url.removeprefix(real.url).split("?")[0].split("#")[0]
            path = f"{path}index.html" if path.endswith("/") or not path else path
            sizes[path] = len(gzip.compress(real.site.files[path], 6))
    say(f"overview: {sum(sizes.values()) / 1000:.0f} KB compressed: {json.dumps(sizes)}")
    assert f"{REPORT}index.html" in sizes
    assert len(sizes) > 4
    assert sum(sizes.values()) < BUDGET


def test_charts_can_be_read_without_scripts(browser: Browser, real: Served) -> None:
    """With JavaScript off, the drawing for this width and its table are on the page."""
    for width, form in ((320, "narrow"), (1280, "wide")):
        with opened(browser, width, javascript=False) as (context, complaints):
            page = context.new_page()
            for address in (REPORT, f"{REPORT}targets/"):
                page.goto(f"{real.url}{address}")
                drawings = page.locator("figure svg:visible").all()
                assert len(drawings) == page.locator("figure").count() > 0
                for drawing in drawings:
                    assert (drawing.get_attribute("aria-labelledby") or "").split("-")[-2] == form
                    assert (drawing.bounding_box() or {})["height"] > 100
                assert page.locator("article table:visible").count() >= 1
            assert complaints == []


def test_the_search_box_finds_a_finding(browser: Browser, real: Served) -> None:
    """Typing the words of a finding leads to the page that it stands on."""
    report = json.loads(real.site.files[f"{REPORT}report.json"])
    (found,) = [one for one in report["sections"][0]["criteria"] if one["ref"] == "1.2"]
    words = words_of(found["areas_for_improvement"][0]["text"]).split()
    typed = " ".join(word for word in words if re.fullmatch(r"[a-z]{5,}", word))[:60].rsplit(" ", 1)[0]
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(real.url)
        search(page, typed)
        # The list of results changes while the words are typed: it is waited for, not read once.
        page.locator(f'.md-search .omi-result a[href*="{SECTION}#c1-2-improvement-a"]').first.wait_for(state="attached")
        assert complaints == []


def test_search_shows_hostile_text_as_text(browser: Browser, hostile: Served) -> None:
    """Results that hold hostile text run nothing and fetch nothing, and neither do the pages they come from."""
    with opened(browser) as (context, complaints):
        context.add_init_script(f"window.{MARK} = () => console.log('hostile text was run')")
        page = context.new_page()
        for path in hostile.site.pages:
            if path != "404.html":
                page.goto(f"{hostile.url}{path.removesuffix('index.html')}")
        for words in (MARK, "synthetic inspection standards", "northmoor"):
            page.goto(hostile.url)
            search(page, words)
            page.wait_for_timeout(300)
            assert page.locator(".md-search .omi-result :is(script, img, b, u, svg[onload])").count() == 0
            page.goto(f"{hostile.url}search/?q={words}")
            page.locator("#search-results .omi-result a").first.wait_for()
            assert page.locator("#search-results :is(script, img, b, u, svg[onload])").count() == 0
        assert complaints == []
