"""The site by keyboard alone, enlarged, with the reader's own spacing and colours, without movement and without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import opened
from kinds import kinds
from test_axe import resize, still, unfold, violations
from test_in_browser import CONTRASTS

if TYPE_CHECKING:
    from conftest import Served
    from playwright.sync_api import Browser, Page

REPORT = "reports/derbyshire-2007/"
SECTION = f"{REPORT}1-assessment-and-sentence-planning/"
MAIN = ["", REPORT, SECTION, "reports/"]
"""The pages that most readers see."""

STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))"""
"""What the Tab key reaches, in the order of the page."""

UNSEEN_FOCUS = (
    """() => {
  const parse = text => { const n = (text.match(/[\\d.]+/g) || []).map(Number); return text.startsWith('color(') ? [...n.slice(0, 3).map(v => v * 255), n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const apart = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const ground = one => { for (let p = one.parentElement; p; p = p.parentElement) { const c = parse(getComputedStyle(p).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const out = [];
  for (const one of (STOPS)()) {
    one.focus();
    const name = one.outerHTML.slice(0, 140);
    if (document.activeElement !== one) { out.push(`can't be focused: ${name}`); continue; }
    // What shows the focus of a field may be drawn around the form that it stands in.
    const lines = [one, one.closest('form')].filter(Boolean).flatMap(marked => {
      const style = getComputedStyle(marked);
      const shadow = style.boxShadow.match(/^(rgba?|color)\\([^)]*\\)/)?.[0];
      return [...(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5 ? [style.outlineColor] : []), ...(shadow ? [shadow] : [])];
    });
    if (!lines.some(line => { const c = parse(line); return c[3] > .5 && apart(c, ground(one)) >= 3; })) out.push(`its focus can't be seen: ${name} ${lines}`);
    const boxes = [...one.getClientRects()].filter(box => box.width && box.height);
    const seen = boxes.some(box => [[.5, .5], [.1, .5], [.9, .5]].some(([x, y]) => {
      const there = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return there && (one.contains(there) || there.contains(one) || there.closest('label')?.control === one);
    }));
    if (!seen) out.push(`hidden while it has the focus: ${name}`);
  }
  return out;
}"""
).replace("STOPS", STOPS)
"""Puts the focus on each stop in turn; returns those that don't show it, with a contrast of 3, or are covered by something."""

SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""Sets the spacing that WCAG 1.4.12 lets every reader set."""

CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(one => {
  if (one.closest('svg, pre, .omi-unseen, [hidden]') || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) return false;
  for (let box = one; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box), across = /hidden|clip/.test(style.overflowX), down = /hidden|clip/.test(style.overflowY);
    if (style.clipPath !== 'none') return false;
    if (across && box.scrollWidth > box.clientWidth + 2 || down && box.scrollHeight > box.clientHeight + 2) return box.clientWidth > 2;
  }
  return false;
}).map(one => one.outerHTML.slice(0, 140))"""
"""Returns what holds text of which a part is cut off."""

MOVING = """() => [
  ...document.getAnimations().map(one => `${one.animationName || one.transitionProperty} runs`),
  ...[...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].filter(part => {
    const style = getComputedStyle(one, part || null);
    return style.animationName !== 'none' || style.scrollBehavior === 'smooth' || style.transitionDuration.split(',').some(time => parseFloat(time) > .01);
  }).map(part => `${one.outerHTML.slice(0, 100)} ${part}`)),
]"""
"""Returns what moves, or would."""


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
    """On each kind of page, wide and narrow, whatever has the focus shows it and is covered by nothing."""
    with opened(browser, scheme=scheme) as (context, _):
        page = context.new_page()
        still(page)
        for address in kinds(real.site):
            at(page, real, address)
            unfold(page)
            for width in (1280, 320):
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
            # What the open menu covers in part is small only until it closes.
            assert violations(page, without=("target-size",)) == [], address
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
    """With reduced motion asked for, no page animates anything, nor scrolls smoothly."""
    with opened(browser) as (context, _):
        page = context.new_page()
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
