"""How a page arrives: light, without a jump, and readable before any script has run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import MAIN, REPORT, opened
from looks import CONTRASTS

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser, Route

PAGES = [*MAIN, f"{REPORT}targets/", "areas/", "search/", "search/?q=victims"]

SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifts.push(
  `${one.value.toFixed(4)} ${one.sources.map(source => source.node?.outerHTML?.slice(0, 80)).join(' | ')}`);
}).observe({type: 'layout-shift', buffered: true});
"""
"""Keeps in `window.shifts` what moved after it had been painted."""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_jumps(browser: Browser, compressed: Served, width: int, scheme: str) -> None:
    """While a page arrives nothing that is there already moves, though its scripts come late."""

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    with opened(browser, width, scheme) as (context, _):
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.route("**/bundle*.js", late)
        for address in PAGES:
            page.goto(f"{compressed.url}{address}", wait_until="networkidle")
            assert page.evaluate("window.shifts") == [], address
        page.evaluate("document.querySelector('main').style.marginTop = '200px'")
        page.wait_for_function("window.shifts.length")  # so that silence means something


def test_a_page_can_be_read_before_its_scripts_run(browser: Browser, compressed: Served) -> None:
    """Where no script ever arrives, words, figures and drawings are painted all the same, in the light colours and to be read."""
    with opened(browser, 360, "dark") as (context, _):
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        for address in PAGES:
            page.goto(f"{compressed.url}{address}")
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length === 1")
            assert page.get_by_role("heading", level=1).is_visible(), address
            assert page.evaluate("document.body.dataset.mdColorScheme") == "default", address
            assert page.evaluate(CONTRASTS) == [], address
            for drawing in page.locator("article figure").all():
                assert drawing.locator("svg:visible").count() == 1, address
