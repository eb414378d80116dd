"""A browser, and sites that are served as a web server would."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import hostile_world
import pytest
from browsing import ARGUMENTS, CHROME, serving
from building import build_grouped, build_unguarded, make_project, once, real_content
from hosting import Compressing, Host
from library_world import library, mixed_library
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browsing import Served


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The repository's own content, served."""
    with serving(real_content(tmp_path_factory)) as served:
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
    with serving(mixed_library(tmp_path_factory)) as served:
        yield served


@pytest.fixture(scope="session")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Five reports whose search has several indexes, served."""
    root = tmp_path_factory.mktemp("grouped")
    with serving(once("grouped", lambda: build_grouped(make_project(root, library(5)), "2045-01-01"))) as served:
        yield served


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Shows a measurement on the terminal, whether or not its test passes."""

    def show(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return show


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROME names."""
    if not CHROME:
        pytest.skip("no browser: apt-get install chromium, or set CHROME to the path of Chrome or Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROME, args=ARGUMENTS)
        yield chromium
        chromium.close()
