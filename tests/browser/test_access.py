"""The site by keyboard alone, enlarged, with the reader's own spacing and colours, without movement and without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import MAIN, REPORT, SECTION, opened
from kinds import kinds
from looks import CONTRASTS, CUT_OFF, MOVING, SPACE_OUT, STOPS, UNSEEN_FOCUS, resize, still, unfold, violations

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser, Page


def at(page: Page, served: Served, address: str) -> None:
    page.goto(f"{served.url}{address}")


def stops(page: Page) -> list[str]:
    """Return what the Tab key leads to, one after another, until it leaves the page; each as its place in the page's order."""
    page.evaluate(f"window.stops = ({STOPS})(), document.activeElement?.blur()")
    found: list[str] = []
    for _ in range(page.evaluate("window.stops.length") + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement === document.body ? '' : window.stops.indexOf(document.activeElement)"
        )
        if place == "" or place in found:
            break
        found.append(place)
    return found


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_key_goes_everywhere_in_order(browser: Browser, real: Served, width: int) -> None:
    """From the link that skips the head to the foot of the page, in the order of reading, without a trap."""
    with opened(browser, width) as (context, _):
        page = context.new_page()
        for address in MAIN:
            at(page, real, address)
            found = stops(page)
            assert found == list(range(page.evaluate("window.stops.length"))), address
            assert len(found) > 10, address


def test_the_head_of_a_page_is_skipped(browser: Browser, real: Served) -> None:
    """The first stop leads past the head: the next one after it stands in the content."""
    with opened(browser) as (context, _):
        page = context.new_page()
        for address in MAIN:
            at(page, real, address)
            page.keyboard.press("Tab")
            assert "skip" in page.evaluate("document.activeElement.textContent").lower()
            page.keyboard.press("Enter")
            page.wait_for_url("**/*#*")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('main article') !== null"), address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_can_always_be_seen(browser: Browser, real: Served, scheme: str) -> None:
    """On each kind of page whatever has the focus shows it and is covered by nothing.

    A page that is wide here is narrow in the other scheme, and its neighbour the other way round.
    """
    with opened(browser, scheme=scheme) as (context, _):
        page = context.new_page()
        still(page)
        for place, address in enumerate(kinds(real.site)):
            width = 1280 if (place % 2 == 0) == (scheme == "light") else 320
            at(page, real, address)
            unfold(page)
            resize(page, width, 640)
            page.keyboard.press("Shift")  # from a keyboard: browsers then show the focus
            assert page.evaluate(UNSEEN_FOCUS) == [], (address, width)


def test_the_menu_is_opened_by_keyboard(browser: Browser, real: Served) -> None:
    """On a phone with a keyboard, Enter opens the menu, and the next stop is its first page; going on or Escape closes it."""
    with opened(browser, 360) as (context, _):
        page = context.new_page()
        for address in MAIN:
            at(page, real, address)
            page.get_by_text("Menu", exact=True).focus()
            page.keyboard.press("Enter")
            listed = page.get_by_role("banner").get_by_role("link", name="Areas", exact=True)
            assert listed.count() == 1
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent.trim()") == "Reports"
            page.keyboard.press("Escape")
            assert page.evaluate("document.activeElement.textContent.trim()") == "Menu"
            assert listed.count() == 0
            page.keyboard.press("Enter")
            page.get_by_role("banner").get_by_role("link").last.focus()
            page.keyboard.press("Tab")
            assert listed.count() == 0, "it covers what has the focus"


def test_pages_can_be_enlarged_and_spaced_out(browser: Browser, real: Served) -> None:
    """At 400%, and with the spacing that WCAG lets a reader set, no text is cut off and nothing scrolls sideways."""
    with opened(browser) as (context, _):
        page = context.new_page()
        for address in kinds(real.site):
            at(page, real, address)
            unfold(page)
            for width, height, spaced in ((320, 256, False), (320, 256, True), (1280, 800, True)):
                resize(page, width, height)
                if spaced:
                    page.evaluate(SPACE_OUT)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width, spaced)
                assert page.evaluate(CUT_OFF) == [], (address, width, spaced)


def test_the_head_leaves_room_when_enlarged(browser: Browser, real: Served) -> None:
    """At 400% nothing that stays in its place while the page scrolls takes more than a third of the screen."""
    with opened(browser, 320) as (context, _):
        page = context.new_page()
        resize(page, 320, 256)
        for address in MAIN:
            at(page, real, address)
            page.evaluate("scrollTo(0, 900)")
            taken = page.evaluate("""() => [...document.querySelectorAll('body *')]
              .filter(one => /fixed|sticky/.test(getComputedStyle(one).position) && one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
              .map(one => one.getBoundingClientRect()).filter(box => box.top < 256 && box.bottom > 0 && box.right > 0 && box.left < 320)
              .map(box => Math.min(box.bottom, 256) - Math.max(box.top, 0))""")
            assert max([0, *taken]) <= 256 / 3, address


def test_nothing_moves_for_those_who_want_it_so(browser: Browser, real: Served) -> None:
    """With reduced motion asked for, no page animates anything, nor scrolls smoothly; without, something does."""
    with opened(browser) as (context, _):
        page = context.new_page()
        at(page, real, REPORT)
        assert page.evaluate(MOVING) != []
        still(page)
        for address in kinds(real.site):
            at(page, real, address)
            assert page.evaluate(MOVING) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_in_the_colours_of_the_reader(browser: Browser, real: Served, scheme: str) -> None:
    """With forced colours axe finds nothing, the focus is seen, marks and the words of charts stand out from their ground."""
    with opened(browser, scheme=scheme) as (context, _):
        page = context.new_page()
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        for address in [*MAIN, f"{REPORT}targets/", "areas/"]:
            at(page, real, address)
            assert violations(page, without=("color-contrast",)) == [], address
            assert [line for line in page.evaluate(CONTRASTS) if line.startswith("svg")] == [], address
            if address == REPORT:
                assert page.locator(".omi-step__mark:visible").count() > 4
            for mark in page.locator(".omi-step__mark:visible").all()[:8]:
                ground, inside = mark.evaluate(
                    "e => [getComputedStyle(document.body).backgroundColor, getComputedStyle(e).backgroundColor]"
                )
                assert inside not in (ground, "rgba(0, 0, 0, 0)"), address
            page.keyboard.press("Shift")
            assert page.evaluate(UNSEEN_FOCUS) == [], address


IDLE = """() => [...document.querySelectorAll('button, input, select, textarea, label')]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(one => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0; })
  .map(one => one.outerHTML.slice(0, 140))"""
"""Returns the controls that can be seen: without script they do nothing."""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_site_works_without_script(browser: Browser, real: Served, width: int) -> None:
    """With JavaScript off no control stands about idle on any kind of page, every page leads to the others, and the menu opens."""
    with opened(browser, width, javascript=False) as (context, complaints):
        page = context.new_page()
        for address in kinds(real.site):
            at(page, real, address)
            assert page.evaluate(IDLE) == [], address
            assert page.evaluate("document.querySelector('main article').innerText.trim().length") > 50, address
        at(page, real, SECTION)
        if width == 360:
            page.get_by_text("Menu", exact=True).click()
        page.get_by_role("link", name="Reports", exact=True).locator("visible=true").first.click()
        page.wait_for_url(f"{real.url}reports/")
        page.get_by_role("link", name=re.compile("Derbyshire")).first.click()
        page.wait_for_url(f"{real.url}{REPORT}")
        assert complaints == []
