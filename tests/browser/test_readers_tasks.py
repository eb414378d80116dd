"""What readers come for, from the home page on a phone: in how many steps, and for how many kilobytes of their data."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from browsing import REPORT, improvements_on, opened
from looks import sheets
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browsing import Served
    from playwright.sync_api import Browser, Locator, Page, Request


class Journey:
    """A reader's way through the site: each click, word typed or key pressed is a step."""

    def __init__(self, page: Page, start: str, say: Callable[[str], None]) -> None:
        """Begin at the home page, with nothing kept from an earlier visit."""
        self.page = page
        self.say = say
        self.steps = 0
        self.answers: list[Request] = []
        page.on("requestfinished", self._answered)
        page.goto(start, wait_until="networkidle")

    def _answered(self, request: Request) -> None:
        self.answers.append(request)

    def click(self, what: Locator) -> None:
        """Click on something that can be seen."""
        self.steps += 1
        what.locator("visible=true").first.click()

    def choose(self, field: str, option: str) -> None:
        """Choose from a list."""
        self.steps += 1
        self.page.get_by_label(field, exact=True).select_option(option)

    @property
    def kilobytes(self) -> float:
        """What has come over the line so far, compressed, with its headers."""
        self.page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in self.answers]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) / 1000

    def ends(self, task: str, *, steps: int, kilobytes: int) -> None:
        """Say what it took, and hold it to that."""
        took = self.kilobytes
        self.say(f"{task}: {self.steps} steps, {took:.0f} KB")
        assert self.steps <= steps
        assert 10 < took < kilobytes


@pytest.fixture
def journey(browser: Browser, compressed: Served, say: Callable[[str], None]) -> Iterator[Journey]:
    """A reader on a phone, at the home page."""
    with opened(browser, 360) as (context, complaints):
        yield Journey(context.new_page(), compressed.url, say)
        assert complaints == []


def test_the_risk_of_harm_score_of_an_area(journey: Journey) -> None:
    """A magistrate opens the report of the area and has the score in front of them, without scrolling."""
    page = journey.page
    journey.click(page.get_by_role("link", name=re.compile("Derbyshire")))
    page.wait_for_url(f"**/{REPORT}")
    tile = page.get_by_role("heading", name="Risk of Harm", exact=True).first.locator("..")
    expect(tile).to_contain_text("64%")
    expect(tile).to_be_in_viewport()
    journey.ends("Risk of Harm score of an area", steps=1, kilobytes=170)


def test_all_areas_for_improvement_on_a_theme(journey: Journey) -> None:
    """A researcher finds every area for improvement on victims through the lists, which need no script."""
    page = journey.page
    journey.click(page.get_by_role("link", name="Themes"))
    journey.click(page.get_by_role("article").get_by_role("link", name="Victims", exact=True))
    page.wait_for_url("**/themes/victims/")
    expect(page.get_by_role("heading", name=re.compile("^Areas for improvement"))).to_be_visible()
    journey.ends("All areas for improvement on victims, by lists", steps=2, kilobytes=200)


def test_all_areas_for_improvement_on_a_theme_by_search(journey: Journey, compressed: Served) -> None:
    """The same through the search and its choices: what is shown is of that kind and on that theme."""
    page = journey.page
    journey.click(page.get_by_role("button", name="Search"))
    journey.steps += 2  # a word, and Enter
    page.keyboard.type("victims")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    if not page.get_by_label("Kind", exact=True).is_visible():
        journey.click(page.get_by_text("Narrow the search"))
    journey.choose("Kind", "Area for improvement")
    journey.choose("Theme", "Victims")
    page.wait_for_url("**kind=improvement&theme=victims**")
    expect(page.locator("#search-results [role=status]")).to_have_text(re.compile(r"^\d+ results$"))
    assert set(page.locator(".omi-result__kind").all_inner_texts()) == {"Area for improvement"}
    shown = {
        str(link.get_attribute("href")).removeprefix(compressed.url) for link in page.locator(".omi-result a").all()
    }
    assert len(shown) > 2
    assert shown <= improvements_on(compressed.site, "victims")
    journey.ends("All areas for improvement on victims, by search", steps=6, kilobytes=400)


def test_the_data_of_a_report_into_a_spreadsheet(journey: Journey) -> None:
    """A journalist takes the scores as a file that a spreadsheet opens."""
    page = journey.page
    journey.click(page.get_by_role("link", name=re.compile("Derbyshire")))
    journey.click(page.get_by_text("In this report", exact=True))
    journey.click(page.get_by_role("link", name="Data", exact=True))
    journey.steps += 1
    with page.expect_download() as taken:
        page.get_by_role("link", name="scores.csv").first.click()
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert {row["criterion"]: row["score"] for row in rows}["2.2"] == "58"
    journey.ends("The data of a report into a spreadsheet", steps=4, kilobytes=200)


def test_a_report_is_printed(journey: Journey) -> None:
    """A manager prints the overview of a report: what the screen needs stays off the paper."""
    page = journey.page
    journey.click(page.get_by_role("link", name=re.compile("Derbyshire")))
    page.wait_for_url(f"**/{REPORT}")
    journey.steps += 1  # the browser's own print
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_text("Menu", exact=True).is_hidden()
    printed = sheets(page)
    assert 1 < len(printed) < 20
    assert "Offender management in Derbyshire" in printed[0]
    journey.ends("A report is printed", steps=2, kilobytes=200)


def test_a_link_to_a_finding_is_sent(journey: Journey, browser: Browser) -> None:
    """An inspector copies the address of 2.2 (d); the colleague who opens it sees that finding."""
    page = journey.page
    journey.click(page.get_by_role("link", name=re.compile("Derbyshire")))
    journey.click(page.get_by_role("link", name="2.2", exact=True))
    journey.click(page.get_by_role("link", name="Link to 2.2, areas for improvement, (d)"))
    page.wait_for_url("**#c2-2-improvement-d")
    with opened(browser, 360) as (context, _):
        colleague = context.new_page()
        colleague.goto(page.url)
        expect(colleague.locator("#c2-2-improvement-d")).to_be_in_viewport()
    journey.ends("A link to a finding is sent", steps=3, kilobytes=220)
