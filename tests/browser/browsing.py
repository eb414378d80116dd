"""Sites that are served as a web server would, a fresh profile of a browser, and the pages that most tests open."""

from __future__ import annotations

import functools
import json
import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from building import BuiltSite
    from playwright.sync_api import Browser, BrowserContext, Page

CHROME = os.environ.get("CHROME") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)
"""The browser; the first is Chromium without what draws its window, which takes half of the time."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

REPORT = "reports/derbyshire-2007/"
SECTION = f"{REPORT}1-assessment-and-sentence-planning/"
MAIN = ["", REPORT, SECTION, "reports/"]
"""The pages that most readers see."""


@dataclass(frozen=True)
class Served:
    """A site with its address."""

    url: str
    site: BuiltSite


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder as it is."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: BuiltSite, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[Served]:
    """Serve a site on a free port of this machine alone."""
    assert site.run.code == 0, site.run.output
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site.folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.server_port}/", site)
        server.shutdown()
        thread.join()


@contextmanager
def opened(
    browser: Browser, width: int = 1280, scheme: str = "light", *, javascript: bool = True
) -> Iterator[tuple[BrowserContext, list[str]]]:
    """Open a fresh profile; the list receives each console message, error, and request to another host."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=javascript,
    )
    complaints: list[str] = []
    context.on(
        "console", lambda message: complaints.append(f"{message.page.url if message.page else ''}: {message.text}")
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    context.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else complaints.append(f"{asked.url} is asked for")
        ),
    )
    # Leaving a page stops what it was still loading.
    context.on(
        "requestfailed",
        lambda asked: None if asked.failure == "net::ERR_ABORTED" else complaints.append(f"{asked.url} fails"),
    )
    yield context, complaints
    context.close()


def improvements_on(site: BuiltSite, theme: str) -> set[str]:
    """Return the addresses of the report's areas for improvement that are marked with a theme."""
    report = json.loads(site.files[f"{REPORT}report.json"])
    criteria = [criterion for section in report["sections"] for criterion in section["criteria"]]
    return {
        one["url"].lstrip("/")
        for criterion in criteria
        for one in criterion["areas_for_improvement"]
        if theme in one["themes"]
    }


def search(page: Page, words: str) -> None:
    """Type into the box of the page's head, and wait for the first result."""
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    page.locator(".md-search .omi-result a").first.wait_for()
