"""Aids for reading in a real browser: links and citations to copy, words of the glossary, tables to sort."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import rispy
from browsing import REPORT, opened, serving
from building import build, make_project, once, one_line
from looks import violations
from playwright.sync_api import expect
from pybtex.database import parse_string
from worked_example import worked_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Served
    from playwright.sync_api import Browser, BrowserContext, Page

SECTION = f"{REPORT}2-implementation-of-interventions/"
FINDING = "c2-2-improvement-a"
SITE = "https://probation-inspections.example/"
SAID = ".omi-said"


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The worked example, whose scores have their questions, served."""
    root = tmp_path_factory.mktemp("worked")
    with serving(once("worked", lambda: build(make_project(root, worked_example()), "2041-01-01"))) as served:
        yield served


def clipboard(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def kept(page: Page) -> str:
    """Return what was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def on_stop(page: Page) -> str:
    """Return what has the focus, as a screen reader names it."""
    return str(
        page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()")
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_a_link_to_each_part_can_be_copied(browser: Browser, real: Served, width: int) -> None:
    """A finding, a criterion, a recommendation, the report: the button says what it copies and what was done."""
    parts = [
        (SECTION, "Copy link to 2.2 area for improvement a", f"{SECTION}#{FINDING}", "2.2 area for improvement a"),
        (SECTION, "Copy link to 2.2 strength a", f"{SECTION}#c2-2-strength-a", "2.2 strength a"),
        (SECTION, "Copy link to 2.2", f"{SECTION}#c2-2", "2.2"),
        (REPORT, "Copy link to recommendation 3", f"{REPORT}#recommendation-3", "recommendation 3"),
        (REPORT, "Copy link to this report", REPORT, "this report"),
    ]
    with opened(browser, width) as (context, complaints):
        clipboard(context)
        page = context.new_page()
        for address, name, link, what in parts:
            page.goto(f"{real.url}{address}?h=search#at-a-glance")
            button = page.get_by_role("button", name=name, exact=True)
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
            assert 0 <= box["x"] <= width - box["width"]
            expect(button).to_be_visible()
            button.click()
            expect(page.locator(SAID)).to_have_text(f"Copied: link to {what}")
            assert page.locator(SAID).get_attribute("aria-live") == "polite"
            assert kept(page) == f"{real.url}{link}"
        assert complaints == []


def test_a_link_can_be_copied_where_the_newer_way_is_not_allowed(browser: Browser, real: Served) -> None:
    """An older browser copies too; where nothing works, the link is shown."""
    with opened(browser) as (context, complaints):
        clipboard(context)
        page = context.new_page()
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
        page.goto(f"{real.url}{SECTION}")
        button = page.get_by_role("button", name="Copy link to 2.2 strength a", exact=True)
        button.press("Enter")
        expect(page.locator(SAID)).to_have_text("Copied: link to 2.2 strength a")
        assert kept(page) == f"{real.url}{SECTION}#c2-2-strength-a"
        expect(button).to_be_focused()
        page.evaluate("document.execCommand = () => false")
        button.press("Enter")
        expect(page.locator(SAID)).to_have_text(f"Not copied. Here it is: {real.url}{SECTION}#c2-2-strength-a")
        assert complaints == []


def test_a_finding_is_cited_with_the_keyboard_alone(browser: Browser, real: Served) -> None:
    """From the finding's letter to its citation in three forms, copied, and back to where one was."""
    with opened(browser) as (context, complaints):
        clipboard(context)
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        page.locator(f"#{FINDING} .omi-letter").focus()
        page.keyboard.press("Tab")
        assert on_stop(page) == "Copy link to 2.2 area for improvement a"
        page.keyboard.press("Tab")
        assert on_stop(page) == "Cite 2.2 area for improvement a"
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Cite 2.2 area for improvement a")
        expect(dialog).to_be_visible()
        copied = {}
        for form in ("Text", "BibTeX", "RIS"):
            while on_stop(page) != f"Copy: {form}":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(dialog.locator("[aria-live]")).to_have_text(f"Copied: {form}")
            copied[form] = kept(page)
            expect(dialog.get_by_role("textbox", name=form, exact=True)).to_have_value(
                copied[form].replace("\r\n", "\n")
            )
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert on_stop(page) == "Cite 2.2 area for improvement a"
        assert complaints == []
    files = {end: real.site.files[f"{REPORT}cite-findings.{end}"].decode() for end in ("bib", "ris")}
    (key, entry), *_ = parse_string(copied["BibTeX"], "bibtex").entries.items()
    full = parse_string(files["bib"], "bibtex").entries[key]
    assert {name: full.fields[name] for name in entry.fields} == dict(entry.fields)
    assert set(full.fields) - set(entry.fields) == {"abstract"}
    (record,) = rispy.loads(copied["RIS"].replace("\r\n", "\n"))
    url = f"{SITE}{SECTION}#{FINDING}"
    assert entry.fields["url"] == url
    assert {
        k: v for k, v in next(r for r in rispy.loads(files["ris"]) if r["urls"] == [url]).items() if k != "abstract"
    } == record
    assert copied["Text"] == (
        "HM Inspectorate of Probation (2007) Offender management in Derbyshire, criterion 2.2, area for improvement (a)."
        f" Published August 2007. ISBN 978-1-84726-357-5. {url}"
    )


def test_a_report_is_cited_from_its_own_page(browser: Browser, real: Served) -> None:
    """What is copied there is what the files hold."""
    with opened(browser, 320) as (context, complaints):
        clipboard(context)
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        page.get_by_role("link", name="Cite this report").last.click()
        page.wait_for_url("**/cite/")
        for form, file in (("BibTeX", "cite.bib"), ("RIS", "cite.ris")):
            page.get_by_role("button", name=f"Copy: {form}").click()
            expect(page.locator(SAID)).to_have_text(f"Copied: {form}")
            assert one_line(kept(page)) == one_line(real.site.files[f"{REPORT}{file}"].decode())
        page.get_by_role("button", name="Copy: Text").click()
        assert kept(page) == page.locator(".omi-citation").first.inner_text()
        assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_the_aids_come(browser: Browser, real: Served, width: int) -> None:
    """Their room is kept by the style sheet: to the pixel, and but for the heads of sorted tables to the last fraction."""
    with opened(browser, width) as (context, _):
        before = context.new_page()
        before.route("**/assets/reading.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        after = context.new_page()
        for address in (SECTION, f"{REPORT}cite/", REPORT):
            tops = []
            for page in (before, after):
                page.goto(f"{real.url}{address}")
                tops.append(
                    page.evaluate(
                        "[...document.querySelectorAll('article :is(h1, h2, h3, li, p.omi-verdict, p.omi-evidence)')].map(e => e.getBoundingClientRect().top)"
                    )
                )
            assert len(tops[0]) > 3
            # The heads of two tables grow by 0.44 pixels each where they get their buttons.
            slack = 0.875 if (address, width) == (REPORT, 1280) else 0
            assert tops[0] == pytest.approx(tops[1], abs=slack, rel=0), address
            assert before.locator(".omi-aid, .omi-copy").count() == 0 < after.locator(".omi-aid, .omi-copy").count()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_word_of_the_glossary_is_explained_on_focus(browser: Browser, real: Served, width: int) -> None:
    """Inside the screen, to a screen reader too; Escape puts the tip away, and Enter leads to the entry."""
    with opened(browser, width) as (context, complaints):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        tip = page.locator(".omi-tip")
        words = page.locator("article a.omi-term").all()[:25]
        assert len(words) == 25
        for word in words:
            word.focus()
            expect(tip).to_be_visible()
            means = tip.locator("p").inner_text()
            described = word.evaluate("e => document.getElementById(e.getAttribute('aria-describedby')).textContent")
            assert described == means
            box = tip.bounding_box()
            assert box
            assert 0 <= box["x"] <= width - box["width"]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.keyboard.press("Escape")
            expect(tip).to_be_hidden()
            expect(word).to_be_focused()
        word = page.locator("#c2-2 + .omi-criterion a.omi-term", has_text="RoH").first
        word.focus()
        assert tip.locator("p").inner_text() == "Risk of Harm"
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary/#roh")
        assert page.locator(":target").inner_text().startswith("RoH")
        assert complaints == []


def test_a_tip_can_be_pointed_at_and_put_away(browser: Browser, real: Served) -> None:
    """It stays while the mouse is on it, goes when the mouse does, and with Escape while it is there (WCAG 1.4.13)."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        tip = page.locator(".omi-tip")
        word = page.locator("#c2-2 + .omi-criterion a.omi-term", has_text="relevant cases").first
        word.hover()
        expect(tip).to_contain_text("The cases in the sample to which a question applies.")
        more = tip.get_by_role("link", name="More in the glossary")
        more.hover()
        page.wait_for_timeout(600)
        expect(tip).to_be_visible()
        page.mouse.move(0, 0)
        expect(tip).to_be_hidden()
        word.hover()
        expect(tip).to_be_visible()
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        page.mouse.move(0, 0)
        word.hover()
        more.click()
        page.wait_for_url("**/glossary/#term-relevant-cases")
        assert complaints == []


def test_a_touch_explains_and_a_second_one_leads_on(browser: Browser, real: Served) -> None:
    """On a phone there is no hover: the first touch stays on the page and says it, one elsewhere puts the tip away."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{real.url}{SECTION}")
    tip = page.locator(".omi-tip")
    word = page.locator("#c2-2 + .omi-criterion a.omi-term", has_text="RoH").first
    word.tap()
    expect(tip).to_be_visible()
    expect(page.locator(SAID)).to_have_text("Risk of Harm")
    assert page.url.endswith(SECTION)
    page.locator("#c2-2").tap()
    expect(tip).to_be_hidden()
    word.tap()
    expect(tip).to_be_visible()
    word.tap()
    page.wait_for_url("**/glossary/#roh")
    context.close()


def cells(page: Page, column: int) -> list[str]:
    rows = page.locator("table[data-sortable]").first.locator("tbody tr")
    return [one_line(str(text)) for text in rows.locator(f"> :nth-child({column})").all_inner_texts()]


def test_a_table_of_questions_is_sorted(browser: Browser, worked: Served) -> None:
    """By numbers, up, down, and back as it stood; the head and a voice say so."""
    with opened(browser) as (context, complaints):
        page = context.new_page()
        page.goto(f"{worked.url}reports/testshire-2040/1-cases/")
        page.locator("details.omi-working").evaluate_all("all => all.forEach(one => { one.open = true; })")
        table = page.locator("table[data-sortable]").first
        stood = cells(page, 1)
        button = table.get_by_role("button", name="Per cent")
        button.focus()
        page.keyboard.press("Enter")
        head = table.get_by_role("columnheader", name="Per cent", exact=True)
        expect(head).to_have_attribute("aria-sort", "ascending")
        expect(page.locator(SAID)).to_have_text("Sorted: Per cent, lowest first")
        rising = [float(text.rstrip("%")) for text in cells(page, 4) if text[0].isdigit()]
        assert rising == sorted(rising)
        assert len(set(rising)) > 1
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "descending")
        assert [float(text.rstrip("%")) for text in cells(page, 4) if text[0].isdigit()] == rising[::-1]
        page.keyboard.press("Enter")
        assert table.locator("[aria-sort]").count() == 0
        assert cells(page, 1) == stood
        assert complaints == []


MADE_UP = """<div class="omi-table"><table data-sortable><caption>Made up</caption>
<thead><tr><th scope="col">Question</th><th scope="col">Score</th><th scope="col">Weight</th></tr></thead><tbody>
<tr><th scope="row">1.10 Tenth</th><td>9%</td><td>none</td></tr>
<tr><th scope="row">1.9 Ninth</th><td>[c]<span class="omi-missing__mark">[c]</span></td><td>1,200</td></tr>
<tr><th scope="row">1.2 Second</th><td>100%</td><td>30.5</td></tr>
<tr><th scope="row">1.1 First</th><td>80%</td><td></td></tr></tbody></table></div>"""


@pytest.mark.parametrize("width", [360, 1280])
def test_numbers_refs_and_gaps_are_sorted_as_people_count(browser: Browser, real: Served, width: int) -> None:
    """1.10 comes behind 1.9, 100 behind 9, and what is missing last; on a phone a list of choices does it."""
    orders = {
        "Question, in order": ["1.1", "1.2", "1.9", "1.10"],
        "Question, in reverse order": ["1.10", "1.9", "1.2", "1.1"],
        "Score, lowest first": ["1.10", "1.1", "1.2", "1.9"],
        "Score, highest first": ["1.2", "1.1", "1.10", "1.9"],
        "Weight, lowest first": ["1.2", "1.9", "1.10", "1.1"],
        "Weight, highest first": ["1.9", "1.2", "1.10", "1.1"],
    }
    with opened(browser, width) as (context, complaints):
        page = context.new_page()
        page.route(
            f"**/{REPORT}",
            lambda route: route.fulfill(
                body=real.site.page(REPORT).text.replace(
                    '<div class="omi-glance">', f'{MADE_UP}<div class="omi-glance">', 1
                ),
                content_type="text/html",
            ),
        )
        page.goto(f"{real.url}{REPORT}")
        for how, expected in orders.items():
            column = how.split(",")[0]
            if width < 720:
                page.get_by_label("Sort by").first.select_option(label=how)
            else:
                page.locator("table[data-sortable]").first.get_by_role("button", name=column).click()
            expect(page.locator(SAID)).to_have_text(f"Sorted: {how}")
            assert [text.split()[0] for text in cells(page, 1)] == expected
        assert complaints == []


def test_sections_keep_their_criteria_together(browser: Browser, real: Served) -> None:
    """In the table of scores each section stays under its own line."""
    report = json.loads(real.site.files[f"{REPORT}report.json"])
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        table = page.locator("table", has_text="Scores by criterion")
        table.get_by_role("button", name="Score").click()
        # Criteria of the fourth section are rated, in a table of their own.
        for section, body in zip(report["sections"][:3], table.locator("tbody").all(), strict=True):
            rows = body.locator("tr").evaluate_all(
                "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
            )
            (first, *_), *rest = rows
            assert first.startswith(f"{section['number']}. ")
            scores = [c["score"] for c in section["criteria"]]
            known = sorted(score for score in scores if score is not None)
            told = [*(f"{score}%" for score in known), *["not available [x]"] * scores.count(None)]
            assert [one_line(row[1]) for row in rest] == told


def test_lists_of_areas_cannot_be_sorted_by_score(real: Served) -> None:
    """Only tables of one report are marked."""
    marked = {page.address for page in real.site.pages.values() if page.tree.css("[data-sortable]")}
    assert marked
    assert [address for address in marked if not re.match(r"reports/[a-z-]+-\d{4}/", address)] == []


def test_without_a_script_everything_is_still_there(browser: Browser, real: Served) -> None:
    """Letters are links, words lead to the glossary and say what they mean, and a page says how to cite."""
    for width in (320, 1280):
        with opened(browser, width, javascript=False) as (context, complaints):
            page = context.new_page()
            page.goto(f"{real.url}{SECTION}")
            assert page.locator(".omi-aid, .omi-sort, .omi-sort-by").count() == 0
            word = page.locator("#c2-2 + .omi-criterion a.omi-term", has_text="RoH").first
            page.locator(f"#{FINDING} .omi-letter").focus()
            word.focus()
            assert word.locator("abbr").get_attribute("title") == "Risk of Harm"
            word.click()
            page.wait_for_url("**/glossary/#roh")
            page.go_back()
            page.locator(f"#{FINDING} .omi-letter").click()
            page.wait_for_url(f"**#{FINDING}")
            page.get_by_role("link", name="Cite 2.2").click()
            page.wait_for_url("**/cite/")
            expect(page.get_by_role("heading", name="Cite a finding")).to_be_visible()
            assert page.locator("article a[download]").count() == 4
            assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_script_adds_has_no_fault_that_axe_knows(browser: Browser, real: Served, scheme: str) -> None:
    """The aids themselves, an open tip, the dialog, a sorted table and the page of citations."""
    with opened(browser, 1280, scheme) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{SECTION}")
        page.locator("a.omi-term").nth(2).focus()
        expect(page.locator(".omi-tip")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Cite 2.2 strength a", exact=True).click()
        expect(page.get_by_role("dialog", name="Cite 2.2 strength a")).to_be_visible()
        assert violations(page) == []
        page.goto(f"{real.url}{REPORT}")
        page.locator("table", has_text="Scores by criterion").get_by_role("button", name="Score").click()
        assert violations(page) == []
        page.goto(f"{real.url}{REPORT}cite/")
        assert page.locator(".omi-copy").count() == 3
        assert violations(page) == []


def test_paper_has_the_order_that_was_chosen_and_no_aids(browser: Browser, real: Served) -> None:
    """A printed table is as the reader sorted it; buttons and tips stay off the paper."""
    with opened(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{real.url}{REPORT}")
        table = page.locator("table", has_text="Scores by criterion")
        table.get_by_role("button", name="Score").click()
        order = table.locator("tbody th").all_inner_texts()
        page.emulate_media(media="print")
        assert table.locator("tbody th").all_inner_texts() == order
        assert page.locator(".omi-aid:visible, .omi-said:visible, .omi-tip:visible").count() == 0
