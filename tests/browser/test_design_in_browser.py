"""The design in a real browser: the answer first, the way through a report, paper, one identity, no letter that acts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import REPORT, SECTION, opened
from building import REPOSITORY, one_line
from looks import OVERFLOWING, sheets
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser, Locator, Route

ASSETS = REPOSITORY / "site_templates/theme/assets"
PRINTABLE = 665
"""How many pixels wide a sheet is within its margins."""


def bottom(found: Locator) -> float:
    box = found.bounding_box()
    assert box is not None
    assert box["height"] > 0
    return box["y"] + box["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_answer_stands_on_the_first_screen_of_a_phone(browser: Browser, real: Served, *, javascript: bool) -> None:
    """What was inspected, how it did, what must improve: within 360 by 800 pixels, each with a way to its evidence."""
    with opened(browser, 360, javascript=javascript) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        asked, glance, first = (
            page.locator(one) for one in (".omi-asked", ".omi-glance", ".omi-recommendations > li:first-child > p")
        )
        assert "98 cases" in asked.inner_text()
        assert "June 2007" in asked.inner_text()
        places = [
            bottom(one) for one in (page.locator("h1"), asked, glance, page.locator("h2#recommendations"), first.first)
        ]
        assert places == sorted(places)
        assert places[-1] <= 800
        tiles = glance.locator(".omi-tile").all()
        assert len(tiles) > 1
        for part in tiles:
            assert part.locator("a").count() > 0
        assert first.nth(1).locator("a").count() > 0


def test_each_score_at_a_glance_has_a_figure_a_word_and_a_mark(browser: Browser, real: Served) -> None:
    """Nobody needs to see colours to read how an area did, and the marks of two steps differ in shape."""
    with opened(browser, 360) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        lines = page.locator(".omi-tally > li").all()
        assert len(lines) > 4
        for line in lines:
            assert re.fullmatch(r"\d+", line.locator(".omi-figure").inner_text())
            assert re.search(r"[a-z]{3}", line.locator(".omi-step").inner_text())
            assert bottom(line.locator(".omi-step__mark")) > 0
        shapes = (
            page.locator(".omi-tally")
            .first.locator(".omi-step__mark")
            .evaluate_all(
                "marks => marks.map(m => { const s = getComputedStyle(m); return [s.borderRadius, s.clipPath, s.transform].join(); })"
            )
        )
        assert len(set(shapes)) == len(shapes) > 1


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_report_is_walked_through_without_script(browser: Browser, real: Served, width: int) -> None:
    """On a narrow screen the report's pages fold out above the text, and the site's below the name, without a script."""
    with opened(browser, width, javascript=False) as (context, complaints):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        fold = page.locator(".omi-fold")
        assert fold.locator("a:visible").count() == 0
        fold.locator("summary").click()
        assert fold.locator("[aria-current=page]").inner_text().startswith("1. ")
        fold.get_by_role("link", name="National targets").click()
        page.wait_for_url("**/targets/")
        page.locator(".omi-menu summary").click()
        assert page.locator(".omi-menu [aria-current=true]").inner_text() == "Reports"
        page.locator(".omi-menu").get_by_role("link", name="Glossary").click()
        page.wait_for_url("**/glossary/")
        assert complaints == []


def test_the_contents_stay_in_sight_on_a_wide_screen(browser: Browser, real: Served) -> None:
    """At 1280 pixels the report's pages and the parts of the page stand beside the text, however far one has read."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        beside = page.locator(".omi-beside")
        assert beside.count() == 2
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        for one in beside.all():
            expect(one).to_be_in_viewport()
        here = page.locator(".omi-beside--report [aria-current=page]")
        assert here.inner_text().startswith("1. ")
        assert page.locator(".omi-fold").is_hidden()
        assert page.locator(".omi-menu").is_hidden()


def test_the_printed_overview_is_made_for_paper(browser: Browser, real: Served) -> None:
    """No navigation, no button; every recommendation and every row of the tables is there; each sheet says whose it is."""
    with opened(browser, PRINTABLE, "dark") as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        rows = [one_line(text) for text in page.locator("article tbody th").all_inner_texts()]
        recommendations = [
            one_line(text) for text in page.locator(".omi-recommendations > li > p:first-child").all_inner_texts()
        ]
        printed = sheets(page)
        whole = "".join(" ".join(printed).split())
        assert len(rows) > 20
        assert len(recommendations) == 8
        assert [text for text in (*rows, *recommendations) if "".join(text.split()) not in whole] == []
        head = "Offender management in Derbyshire · Derbyshire 2007 - Probation inspections"
        assert [sheet[: len(head) + 2] for sheet in printed] == [f"{head} {n}" for n in range(1, len(printed) + 1)]
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator("nav:visible, header:visible, footer:visible, button:visible, input:visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= PRINTABLE
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("getComputedStyle(document.querySelector('article h1')).color") == "rgb(27, 42, 51)"


def test_a_long_table_has_its_head_on_each_sheet(browser: Browser, real: Served) -> None:
    """A table that goes on over the page repeats its head."""
    with opened(browser, PRINTABLE) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}targets/")
        printed = sheets(page)
        with_rows = [sheet for sheet in printed if "percentage of the target" in sheet]
        assert len(with_rows) > 1
        assert all("Measure Target Derbyshire Status" in sheet for sheet in with_rows)


def test_paper_says_where_links_to_elsewhere_lead(browser: Browser, real: Served) -> None:
    """The address of the licence is printed; links within the site are words alone."""
    with opened(browser, PRINTABLE) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}about/")
        (sheet,) = {text for text in sheets(page) if "Open Government Licence" in text}
        assert "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" in "".join(sheet.split())
        assert "127.0.0.1" not in sheet


def test_one_variable_changes_head_and_links(browser: Browser, real: Served) -> None:
    """Another inspectorate sets its colour in identity.css: the bar, the links and the foot follow."""
    theirs = re.sub(
        r"--omi-brand: #\w+;", "--omi-brand: #5a2a7a;", (ASSETS / "identity.css").read_text("utf-8"), count=1
    )
    purple = "rgb(90, 42, 122)"

    def answer(route: Route) -> None:
        route.fulfill(body=theirs, content_type="text/css")

    with opened(browser) as (context, _):
        page = context.new_page()
        page.route("**/assets/identity.css", answer)
        page.goto(f"{real.url}{REPORT}")
        for where, what in (
            (".omi-header", "borderTopColor"),
            (".omi-trail a", "color"),
            (".omi-footer", "backgroundColor"),
        ):
            assert page.locator(where).first.evaluate(f"e => getComputedStyle(e).{what}") == purple, where


def test_colours_stand_in_the_identity_alone() -> None:
    """No other style sheet of ours names a colour: whoever edits identity.css has changed them all."""
    named = re.compile(
        r":[^;{}]*?(#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab)\(|\b(?:white|black|red|green|blue|gr[ae]y)\b)"
    )
    for sheet in sorted(ASSETS.glob("*.css")):
        told = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        assert bool(named.findall(told)) == (sheet.name == "identity.css"), (sheet.name, named.findall(told))


def test_the_identity_holds_nothing_but_variables() -> None:
    """Each line of identity.css is a variable, each is used by another style sheet or another variable, and each but steps is told."""
    text = (ASSETS / "identity.css").read_text("utf-8")
    used = "".join(sheet.read_text("utf-8") for sheet in ASSETS.glob("*.css")) + "".join(
        file.read_text("utf-8") for file in (REPOSITORY / "omi_build").rglob("*.py")
    )
    names = set(re.findall(r"(--omi-[a-z0-9-]+):", text))
    assert len(names) > 20
    body = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert [d for d in re.findall(r"^\s+([a-z-]+):", body, flags=re.MULTILINE) if not d.startswith("--omi-")] == []
    inks = {f"--omi-level-{n}" for n in range(1, 5)}
    assert [name for name in names - inks if f"var({name}" not in used] == []
    light = text[: text.index("@media")]
    assert [line for line in light.splitlines() if re.match(r"\s+--omi-(?!level)", line) and "/*" not in line] == []


def test_no_letter_alone_leads_away(browser: Browser, real: Served) -> None:
    """The theme turns the page on n and p, and opens the search on f and s; here letters do nothing but be typed (WCAG 2.1.4)."""
    with opened(browser) as (context, _):
        page = context.new_page()
        for address in ("glossary/", SECTION):
            page.goto(f"{real.url}{address}", wait_until="networkidle")
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            for letter in "nfsp":
                page.keyboard.press(letter)
                page.wait_for_timeout(150)
            assert asked == []
            assert page.url == f"{real.url}{address}"
            assert page.evaluate("document.activeElement === document.body")
        page.goto(f"{real.url}reports/")
        page.get_by_label("Area").fill("")
        page.get_by_label("Area").press_sequentially("npfs")
        assert page.get_by_label("Area").input_value() == "npfs"


def test_a_dark_system_gets_dark_colours_before_the_scripts(browser: Browser, real: Served) -> None:
    """The first visit of someone with a dark system never flashes light: the scheme is set before the theme's script comes."""
    with opened(browser, scheme="dark") as (context, _):
        page = context.new_page()
        page.route("**/bundle.*.js", lambda route: route.abort())
        page.goto(f"{real.url}{REPORT}")
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_scripts_move_nothing(browser: Browser, real: Served, width: int) -> None:
    """Head, title and glance stand at the same place before the scripts at the end of the page have run and after."""
    later = re.compile(r"/assets/(?!theme-).*\.js$")
    places = []
    for come in (False, True):
        with opened(browser, width) as (context, _):
            page = context.new_page()
            if not come:
                page.route(later, lambda route: route.abort())
            page.goto(f"{real.url}{REPORT}", wait_until="networkidle")
            places.append(
                [page.locator(one).bounding_box() for one in (".omi-name span", "h1", ".omi-glance", "#scores")]
            )
    before, after = ([(box["x"], box["y"]) for box in one if box] for one in places)
    assert len(before) == 4
    assert before == after


def test_readers_choose_their_colours(browser: Browser, real: Served) -> None:
    """A button says whether the colours are dark; what it is set to holds on the next page, whatever the system has."""
    with opened(browser, scheme="dark") as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        button = page.get_by_role("button", name="Dark colours")
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        page.goto(f"{real.url}glossary/")
        expect(button).to_have_attribute("aria-pressed", "false")
        assert page.evaluate("document.body.dataset.mdColorScheme") == "default"


def test_targets_are_large_enough_to_hit(browser: Browser, real: Served) -> None:
    """What is clicked in head, menu, foot, contents and pager is at least 24 pixels high (WCAG 2.5.8)."""
    with opened(browser, 360) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        page.locator(".omi-fold summary").click()
        page.locator(".omi-menu summary").click()
        small = page.evaluate(
            """() => [...document.querySelectorAll('header a, header label, summary, .omi-fold a, .omi-footer li a, .omi-trail a, .omi-pager a')]
            .filter(e => e.checkVisibility()).map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 24)"""
        )
        assert small == []
