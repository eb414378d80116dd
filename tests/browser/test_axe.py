"""Nothing of WCAG 2.2 AA that a machine can tell is broken: axe looks at each kind of page in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import opened, serving
from building import build, make_project, once, run
from kinds import kind, kinds
from library_world import library
from looks import resize, still, unfold, violations
from recorded import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browsing import Served
    from building import BuiltSite
    from playwright.sync_api import Browser

OF_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules whose outcome depends on the colour scheme. They take most of the time."""


def with_a_past(root: Path) -> BuiltSite:
    """Return a site of two synthetic reports: one was corrected, the other withdrawn."""
    files = library(2, synthetic=2)
    corrected, withdrawn = (f"inspections/{one}/" for one in ("zedshire-2040", "ashmoor-2041"))
    files[f"{withdrawn}inspection.yaml"]["publication"] = {
        "status": "withdrawn",
        "date": "2041-02-10",
        "withdrawn": {"date": "2041-08-01", "reason": "The sample was wrong."},
    }
    make_project(root, recorded(files, corrected.rstrip("/")))
    score = root / "content" / corrected / "findings/1-1.yaml"
    score.write_text(score.read_text().replace("A PSR was there", "A full PSR was there"))
    by = ("--by", "Synthetic publications team", "--text", "A word was missing in 1.1.")
    told = run(root, "omi", "correct", "zedshire-2040", *by, "--date", "2041-03-01", on="2041-03-01")
    assert told.code == 0, told.output
    return build(root, "2045-01-01")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A corrected report with its earlier version, and the notice of a withdrawn one, served."""
    with serving(once("past", lambda: with_a_past(tmp_path_factory.mktemp("past") / "project"))) as served:
        yield served


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_search_breaks_no_rule(browser: Browser, real: Served, width: int, scheme: str) -> None:
    """Neither before anything is typed, nor with results, nor where nothing is found."""
    found = []
    with opened(browser, width, scheme) as (context, _):
        page = context.new_page()
        still(page)
        page.goto(f"{real.url}reports/derbyshire-2007/")
        page.keyboard.press("/")
        found += violations(page)
        page.keyboard.type("victims")
        page.locator(".md-search .omi-result a").first.wait_for()
        found += violations(page)
        page.keyboard.press("Control+a")
        page.keyboard.type("qqqqzzzz")
        page.locator(".md-search").get_by_text("Nothing found").first.wait_for()
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("address", ["reports/derbyshire-2007/", "cy/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_menu_breaks_no_rule(browser: Browser, real: Served, address: str, scheme: str) -> None:
    """The folded pages of the site, and those of the report, opened on a phone."""
    with opened(browser, 320, scheme) as (context, _):
        page = context.new_page()
        still(page)
        page.goto(f"{real.url}{address}")
        menus = page.locator("details.omi-menu, .omi-where details").all()
        assert menus
        for menu in menus:
            menu.locator("summary").click()
            assert menu.locator("a").first.is_visible()
            assert violations(page) == []
            # It covers what lies below it.
            menu.locator("summary").click()


@pytest.mark.timeout(300)  # on a busy machine the first run waits for two sites
@pytest.mark.parametrize("half", [0, 1])
def test_no_page_breaks_a_rule(browser: Browser, real: Served, shelf: Served, past: Served, half: int) -> None:
    """On each kind of page, on phones and screens, light and dark, as it comes and unfolded, axe finds nothing.

    Colours take most of the time. Each page is looked at in both schemes, in one of them as on the narrowest screen and in
    the other as on the widest, and its neighbour the other way round: what all pages have is looked at in all four ways.
    """
    pages: dict[str, str] = {}
    for served in (real, past, shelf):
        pages = {kind(one): f"{served.url}{one}" for one in kinds(served.site)} | pages
    # The two reports with a past have addresses like any other's.
    pages |= {one: f"{past.url}reports/{one}/" for one in ("zedshire-2040", "ashmoor-2041")}
    found = []
    with opened(browser) as (context, _):
        page = context.new_page()
        still(page)
        for place, address in enumerate(sorted(pages.values())[half::2]):
            page.emulate_media(color_scheme="light")
            page.goto(address)
            for width in (1280, 768, 360):
                resize(page, width, 800)
                found += [f"{address} {width}: {one}" for one in violations(page, without=OF_COLOUR)]
            unfold(page)
            light, dark = (320, 1280) if place % 2 else (1280, 320)
            for width in (dark, light):
                resize(page, width, 800)
                without = OF_COLOUR if width == dark else ()
                found += [f"{address} {width}, unfolded: {one}" for one in violations(page, without=without)]
            page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
            page.emulate_media(color_scheme="dark")
            resize(page, dark, 800)
            found += [f"{address} {dark}, dark: {one}" for one in violations(page, only=OF_COLOUR)]
    assert found == []
