"""A browser, and sites that are served as a web server would."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import hostile_world
import pytest
from building import REAL_DAY, BuiltSite, build, build_unguarded, make_project, once
from hosting import Compressing, Host
from library_world import library
from playwright.sync_api import Browser, BrowserContext, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROME = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Served:
    """A site with its address."""

    url: str
    site: BuiltSite


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: BuiltSite, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[Served]:
    """Serve a site on a free port of this machine alone."""
    assert site.run.code == 0, site.run.output
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site.folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.server_port}/", site)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The repository's own content, served."""
    with serving(
        once("real", lambda: build(make_project(tmp_path_factory.mktemp("real")), REAL_DAY, fresh=True))
    ) as served:
        yield served


@pytest.fixture(scope="session")
def hosted(real: Served) -> Iterator[Served]:
    """The same, served with the headers that the site brings."""
    with serving(real.site, Host) as served:
        yield served


@pytest.fixture(scope="session")
def compressed(real: Served) -> Iterator[Served]:
    """The same again, with texts compressed, for what is counted in kilobytes."""
    with serving(real.site, Compressing) as served:
        yield served


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The world with hostile text everywhere, served."""
    root, content = tmp_path_factory.mktemp("hostile"), hostile_world.world(hostile_world.HOSTILE)
    with serving(once("hostile", lambda: build_unguarded(make_project(root, content), "2040-06-30"))) as served:
        yield served


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Eight reports, two of them synthetic, served."""
    root = tmp_path_factory.mktemp("shelf")
    site = once("mixed", lambda: build(make_project(root, library(synthetic=2)), "2045-01-01"))
    with serving(site) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROME names."""
    if not CHROME:
        pytest.skip("no browser: apt-get install chromium, or set CHROME to the path of Chrome or Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROME, args=ARGUMENTS)
        yield chromium
        chromium.close()


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
