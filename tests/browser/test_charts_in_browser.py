"""Charts in a real browser: read on every screen, explored by pointer and by keyboard, taken away as files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import drawn_world
import pytest
import synthetic_world
from browsing import opened, serving
from building import build, make_project, once
from looks import CLASHES
from lxml import etree
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Served
    from playwright.sync_api import Browser, Page

REPORT = "reports/northmoor-2040/"
SECTION = f"{REPORT}2-work-on-supervision/"
LONG = "Where there were signs that it was needed, was the work that this question asks about done by the agreed day?"
LAYER = "charts-explore.js"


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A report with every chart that a report has of its cases and its context, served."""
    files = drawn_world.world()
    (_, section, _) = files[f"frameworks/{synthetic_world.FRAMEWORK_ID}.yaml"]["sections"]
    section["criteria"][0]["questions"][1]["text"] = LONG
    for case in files[f"{drawn_world.INSPECTION}/case_scores.yaml"]["cases"]:
        case["answers"]["2.2.1"] = "not_applicable"
    root = tmp_path_factory.mktemp("drawn")
    with serving(once("drawn", lambda: build(make_project(root, files), "2040-06-30"))) as served:
        yield served


def explore(page: Page, chart: str) -> list[str]:
    """Begin to explore a chart by the keyboard, and return the words of its places."""
    page.locator(f"#{chart} .omi-chart__explore").focus()
    page.keyboard.press("Enter")
    page.locator(f"#{chart} .omi-chart__tip").wait_for()
    shown = page.locator(f"#{chart} .omi-chart__stage [data-omi]")
    return [str(place.get_attribute("data-omi")) for place in shown.all()]


def test_no_text_of_a_chart_leaves_it_or_lies_on_another(browser: Browser, drawn: Served) -> None:
    """On phones and on screens, with questions of two lines and a question without a relevant case."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for address, charts in ((SECTION, 3), (f"{REPORT}context/", 1), (REPORT, 1)):
                page.goto(f"{drawn.url}{address}")
                assert page.locator("article figure svg:visible").count() == charts
                assert page.evaluate(CLASHES) == [], (address, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert complaints == []


def test_without_script_the_table_is_there_and_nothing_stands_idle(browser: Browser, drawn: Served) -> None:
    """The way to the table opens it, and no button waits for a script that never comes."""
    with opened(browser, javascript=False) as (context, complaints):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        assert page.locator(".omi-chart__explore:visible").count() == 0
        assert page.get_by_role("button", name="PNG").count() == 0
        row = page.locator("#q2-1-1")
        assert row.is_hidden()
        page.locator("#chart-c2-1").get_by_role("link", name="View as table").click()
        assert row.is_visible()
        assert "15" in row.inner_text()
        assert complaints == []


def test_exploring_by_keyboard(browser: Browser, drawn: Served) -> None:
    """Arrow keys lead from mark to mark and are announced; Escape leads back to the button, and all is as it was."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        figure = page.locator("#chart-c2-1")
        drawing = figure.locator(".omi-chart__wide")
        before = drawing.evaluate("e => e.outerHTML")
        words = explore(page, "chart-c2-1")
        assert len(words) == 3
        assert words[0].endswith("Sufficient in 15 of 20 relevant cases, 75%; likely range 53% to 89%.")
        tip = figure.get_by_role("status")
        told = [tip.inner_text()]
        for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowUp", "Home", "ArrowLeft", "End"):
            page.keyboard.press(key)
            told.append(tip.inner_text())
        assert told == [words[n] for n in (0, 1, 2, 2, 1, 0, 0, 2)]
        assert figure.locator(".omi-here").count() == 1
        assert "Escape" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or "")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "Explore this chart"
        assert drawing.evaluate("e => e.outerHTML").replace(' class=""', "") == before
        assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_exploring_by_pointer(browser: Browser, drawn: Served, width: int) -> None:
    """What is pointed at says its words, inside the screen, and these cover nothing of what they tell of."""
    with opened(browser, width) as (context, complaints):
        page = context.new_page()
        page.goto(f"{drawn.url}{REPORT}context/")
        words = explore(page, "chart-composition")
        for place in page.locator("#chart-composition .omi-chart__stage [data-omi]").all():
            place.hover()
            tip = page.get_by_role("status")
            assert tip.inner_text() == place.get_attribute("data-omi")
            box, mark = tip.bounding_box(), place.bounding_box()
            assert box
            assert mark
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= mark["y"] or box["y"] >= mark["y"] + mark["height"]
        assert "Caseload by gender: Male 88.1%" in words
        page.keyboard.press("Escape")
        assert page.get_by_role("status").count() == 0
        assert complaints == []


def test_exploring_is_fetched_when_it_is_asked_for(browser: Browser, drawn: Served) -> None:
    """A reader who only reads pays nothing for it."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page.goto(f"{drawn.url}{SECTION}", wait_until="networkidle")
        assert "charts.js" in asked
        assert LAYER not in asked
        explore(page, "chart-c2-1")
        explore(page, "chart-c2-2")
        assert asked.count(LAYER) == 1
        assert complaints == []


def test_data_can_be_taken_away(browser: Browser, drawn: Served) -> None:
    """The file holds the numbers of the table on the page, and the picture is the one that the site keeps."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        figure = page.locator("#chart-c2-1")
        with page.expect_download() as waiting:
            figure.get_by_role("link", name="Download data").click()
        rows = list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8").splitlines()))
        page.locator("#c2-1-working summary").click()
        cells = page.locator("#c2-1-working tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].slice(1, 3).map(cell => cell.innerText))"
        )
        assert (
            [[row["sufficient"], row["relevant"]] for row in rows]
            == cells
            == [["15", "20"], ["10", "20"], ["16", "20"]]
        )
        with page.expect_download() as waiting:
            figure.get_by_role("link", name="SVG").click()
        assert waiting.value.suggested_filename == "2-1.svg"
        assert waiting.value.path().read_bytes() == drawn.site.files[f"{REPORT}charts/2-1.svg"]
        assert complaints == []


def test_a_picture_is_saved_as_png(browser: Browser, drawn: Served) -> None:
    """As the SVG is, at twice its size, on white, under the site's policy; made when somebody asks for it."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        with page.expect_download() as waiting:
            page.locator("#chart-c2-1").get_by_role("button", name="PNG").click()
        assert waiting.value.suggested_filename == "2-1.png"
        svg = etree.fromstring(drawn.site.files[f"{REPORT}charts/2-1.svg"])
        with Image.open(waiting.value.path()) as picture:
            assert picture.size == (2 * float(svg.attrib["width"]), 2 * float(svg.attrib["height"]))
            colours = {colour: number for number, colour in picture.convert("RGB").getcolors(picture.width**2) or []}
        assert max(colours, key=lambda colour: colours[colour]) == (255, 255, 255)
        assert {(0x1B, 0x2A, 0x33), (0x1F, 0x6F, 0x6B), (0x9C, 0x2F, 0x3F)} <= set(colours)
        assert complaints == []


def test_a_picture_that_can_not_be_saved_says_so(browser: Browser, drawn: Served) -> None:
    """Where the connection is lost, the button says it; nothing else changes."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        page.route("**/*.svg", lambda route: route.abort())
        page.locator("#chart-c2-1").get_by_role("button", name="PNG").click()
        page.locator("#chart-c2-1").get_by_role("button", name="PNG can’t be made just now").wait_for()


def test_on_paper_charts_are_wide_in_inks_of_paper_and_without_tools(browser: Browser, drawn: Served) -> None:
    """Whoever reads in the dark on a phone prints as everybody does."""
    with opened(browser, 360, "dark") as (context, _):
        page = context.new_page()
        page.goto(f"{drawn.url}{SECTION}")
        ink = "e => getComputedStyle(e).fill"
        label = page.locator("#chart-c2-1 .omi-chart__wide text").first
        in_the_dark = label.evaluate(ink)
        page.emulate_media(media="print")
        assert label.is_visible()
        assert page.locator("#chart-c2-1 .omi-chart__narrow").is_hidden()
        assert page.locator(".omi-chart__tools:visible").count() == 0
        assert label.evaluate(ink) != in_the_dark
        assert label.evaluate(ink) in {"rgb(27, 42, 51)", "rgb(81, 98, 108)"}


def test_with_colours_of_the_readers_own_charts_use_those(browser: Browser, drawn: Served) -> None:
    """In forced colours each mark and each text has the colour of text; what stands in a bar has that of the ground."""
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.goto(f"{drawn.url}{REPORT}")
        inks = page.evaluate(
            """() => {
              const probe = document.createElement('p'); document.body.append(probe);
              const colour = name => { probe.style.color = name; return getComputedStyle(probe).color; };
              const chart = document.querySelector('#chart-scores .omi-chart__wide'), bars = [...chart.querySelectorAll('.omi-marks rect')];
              const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
              const inside = text => bars.some(bar => within(text.getBoundingClientRect(), bar.getBoundingClientRect()));
              return [colour('CanvasText'), colour('Canvas'), [...bars, ...chart.querySelectorAll('text')].map(
                one => [one.textContent, one.tagName === 'text' && inside(one), getComputedStyle(one).fill])];
            }"""
        )
        text, ground, shown = inks
        assert text != ground
        assert sum(inside for _, inside, _ in shown) > 1
        assert [one for one in shown if one[2] != (ground if one[1] else text)] == []
    finally:
        context.close()
