"""The site under its own Content-Security-Policy, in a real browser: nothing is stopped, and everything works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_world
from browsing import REPORT, SECTION, opened, search, serving
from building import build, make_project, once
from hosting import Host

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser, Page

LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', e => window.refused.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
"""


def refused(page: Page) -> list[str]:
    """Return what the policy stopped on a page since it was opened."""
    found: list[str] = page.evaluate("window.refused")
    return found


@pytest.mark.parametrize("address", ["", REPORT, SECTION, f"{REPORT}targets/", "reports/", "areas/", "glossary/"])
def test_the_policy_stops_nothing_of_a_page(browser: Browser, hosted: Served, address: str) -> None:
    """Each of these pages loads whole, in its colours, without a violation or a word in the console."""
    with opened(browser) as (context, complaints):
        context.add_init_script(LISTEN)
        page = context.new_page()
        answer = page.goto(f"{hosted.url}{address}", wait_until="networkidle")
        assert answer
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert refused(page) == []
        assert complaints == []
        for drawing in page.locator("article svg.omi-drawing:visible").all():
            assert drawing.evaluate("e => getComputedStyle(e).maxWidth") != "none", "its style attributes hold"


def test_search_and_colours_work_under_the_policy(browser: Browser, hosted: Served) -> None:
    """The search's program starts and finds; the scheme that is chosen holds on the next page, before it is painted."""
    with opened(browser) as (context, complaints):
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(f"{hosted.url}{SECTION}", wait_until="networkidle")
        search(page, "sentence plan")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Dark colours").click()
        page.locator("body[data-md-color-scheme=slate]").wait_for()
        assert refused(page) == []
        page.goto(f"{hosted.url}glossary/", wait_until="networkidle")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert refused(page) == []
        assert complaints == []


def test_a_missing_address_is_told_at_any_depth(browser: Browser, hosted: Served) -> None:
    """The page for it has its styles and its search wherever the address would have been."""
    with opened(browser) as (context, complaints):
        context.add_init_script(LISTEN)
        page = context.new_page()
        answer = page.goto(f"{hosted.url}reports/never/was/here/", wait_until="networkidle")
        assert answer
        assert answer.status == 404
        assert page.locator("h1").inner_text() == "There is no page here"
        search(page, "sentence plan")
        assert refused(page) == []
        assert [line for line in complaints if "404" not in line] == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_that_moved_leads_on(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, *, javascript: bool
) -> None:
    """A reader of an old address arrives at the new one, under the policy, with and without scripts."""
    moves = {"redirects": [{"from": "reports/old/", "to": "glossary/"}]}
    files = small_world.world() | {"redirects.yaml": moves}
    site = once("moved in browser", lambda: build(make_project(tmp_path_factory.mktemp("moved"), files), "2041-01-01"))
    with serving(site, Host) as served, opened(browser, javascript=javascript) as (context, complaints):
        page = context.new_page()
        page.goto(f"{served.url}reports/old/")
        page.wait_for_url(f"{served.url}glossary/")
        assert page.locator("h1").inner_text() == "Glossary"
        assert complaints == []


@pytest.mark.parametrize("served", ["hosted", "real"])
def test_a_script_that_got_into_a_page_does_not_run(
    browser: Browser, served: str, request: pytest.FixtureRequest
) -> None:
    """Neither with the header nor, on a host without it, with the policy that the page itself brings."""
    site: Served = request.getfixturevalue(served)
    with opened(browser) as (context, _):
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(site.url, wait_until="networkidle")
        page.evaluate("""() => {
          const added = document.createElement('script');
          added.textContent = 'window.ran = true';
          document.body.append(added);
          document.body.insertAdjacentHTML('beforeend', '<button id="trap" onclick="window.ran = true">x</button>');
          document.querySelector('#trap').click();
        }""")
        assert page.evaluate("window.ran === undefined")
        assert {line.split()[0] for line in refused(page)} == {"script-src-elem", "script-src-attr"}
