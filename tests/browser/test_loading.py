"""How a page arrives: light, without a jump, and readable before any script has run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import opened

if TYPE_CHECKING:
    from conftest import Served
    from playwright.sync_api import Browser, Route

REPORT = "reports/derbyshire-2007/"
MAIN = [
    "",
    REPORT,
    f"{REPORT}1-assessment-and-sentence-planning/",
    "reports/",
    f"{REPORT}targets/",
    "areas/",
    "search/",
    "search/?q=victims",
]

SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifts.push(
  `${one.value.toFixed(4)} ${one.sources.map(source => source.node?.outerHTML?.slice(0, 80)).join(' | ')}`);
}).observe({type: 'layout-shift', buffered: true});
"""


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
        for address in MAIN:
            page.goto(f"{compressed.url}{address}", wait_until="networkidle")
            assert page.evaluate("window.shifts") == [], address


def test_a_page_can_be_read_before_its_scripts_run(browser: Browser, compressed: Served) -> None:
    """Where no script ever arrives, words, figures and drawings are painted all the same, in the right colours."""
    with opened(browser, 360, "dark") as (context, _):
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        for address in MAIN:
            page.goto(f"{compressed.url}{address}")
            painted = page.evaluate("performance.getEntriesByName('first-contentful-paint').length")
            assert page.get_by_role("heading", level=1).is_visible(), address
            assert painted or page.evaluate("document.visibilityState") == "visible"
            for drawing in page.locator("article figure").all():
                assert drawing.locator("svg:visible").count(), address
