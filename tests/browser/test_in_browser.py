"""The site in a real browser: on phones and screens, in both colour schemes, with and without scripts."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from building import words_of
from conftest import opened
from hostile_world import MARK

if TYPE_CHECKING:
    from conftest import Served
    from playwright.sync_api import Browser, Page

REPORT = "reports/derbyshire-2007/"
SECTION = f"{REPORT}1-assessment-and-sentence-planning/"
PAGES = ["", REPORT, SECTION, f"{REPORT}targets/", "glossary/"]
BUDGET = 150_000

OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.md-search, .md-sidebar--primary, .md-header__title'))
    .filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.right > wide + 1 && getComputedStyle(e).visibility !== 'hidden'; })
    .filter(e => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX) && p !== document.body && p !== document.documentElement) return false; return true; })
    .map(e => e.outerHTML.slice(0, 120));
}"""

CONTRASTS = """() => {
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const parse = s => { const m = s.match(/[\\d.]+/g).map(Number); return s.startsWith('color(') ? [m[0] * 255, m[1] * 255, m[2] * 255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = e => { const layers = []; for (let p = e; p; p = p.parentElement) { const c = parse(getComputedStyle(p).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; } return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
  const poor = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || e.closest('script, style, svg, [hidden]') || !e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const box = e.getBoundingClientRect(); if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(e), under = ground(e), ink = over(parse(style.color), under);
    let opacity = 1; for (let p = e; p; p = p.parentElement) opacity *= Number(getComputedStyle(p).opacity);
    if (opacity === 0) continue;
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.set(`${e.tagName}.${e.className}`, `${ratio.toFixed(2)} ${walker.currentNode.textContent.trim().slice(0, 40)}`);
  }
  for (const e of document.querySelectorAll('article svg text')) {
    if (!e.checkVisibility()) continue;
    const on = e.getBoundingClientRect(); let under = ground(e.closest('svg'));
    for (const bar of e.closest('svg').querySelectorAll('.mark-rect path')) { const b = bar.getBoundingClientRect(); if (on.left >= b.left - 1 && on.right <= b.right + 1 && on.top >= b.top - 3 && on.bottom <= b.bottom + 3) under = parse(getComputedStyle(bar).fill); }
    const [a, b] = [light(parse(getComputedStyle(e).fill)), light(under)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.set(`svg ${e.textContent}`, ratio.toFixed(2));
  }
  return [...poor].map(pair => pair.join(': '));
}"""


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


CLASHES = """() => [...document.querySelectorAll('article svg')].filter(s => s.checkVisibility()).flatMap(svg => {
  const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = texts.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1 || b.bottom > frame.bottom + 1).map(([t, b]) => `${t} leaves the drawing: ${[b.left - frame.left, frame.right - b.right, frame.bottom - b.bottom]}`);
  const cut = 2, clash = texts.flatMap(([t, a], n) => texts.slice(n + 1).filter(([, b]) =>
    a.left + cut < b.right && b.left + cut < a.right && a.top + 2 * cut < b.bottom && b.top + 2 * cut < a.bottom).map(([u]) => `${t} and ${u} overlap`));
  return [...out, ...clash];
})"""


def test_the_overview_is_light(browser: Browser, real: Served, capsys: pytest.CaptureFixture[str]) -> None:
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
    with capsys.disabled():
        print(f"\noverview: {sum(sizes.values()) / 1000:.0f} KB compressed: {json.dumps(sizes)}")  # noqa: T201  # the measurement
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


def search(page: Page, words: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    page.locator(".md-search .omi-result a").first.wait_for()


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


def test_the_keyboard_reaches_the_content(browser: Browser, real: Served) -> None:
    """The first stop of the Tab key skips the navigation, and each stop on the way can be seen."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.md-skip')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/*#*")
        for _ in range(12):
            page.keyboard.press("Tab")
            box = page.evaluate(
                "(() => { const b = document.activeElement.getBoundingClientRect(); return [b.width, b.height]; })()"
            )
            assert min(box) > 0
