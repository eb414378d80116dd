"""`mkdocs serve` follows every edit, and survives the broken ones."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import environment, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 30.0
FINDING = "content/inspections/northmoor-2040/findings/2-1.yaml"
SECTION = "/reports/northmoor-2040/2-work-on-supervision/"
DATA = "/reports/northmoor-2040/report.json"
CRITERION = f"/frameworks/{synthetic_world.FRAMEWORK_ID}/2-1/"


@dataclass(frozen=True)
class Preview:
    """A running preview."""

    root: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, address: str) -> str:
        """Return what is served at an address, '' where nothing is or while the server rebuilds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            return answer.read().decode() if answer.status == http.client.OK else ""
        except ConnectionError:
            return ""
        finally:
            connection.close()

    def wait(self, address: str, there: Callable[[str], bool]) -> str:
        """Return a page once it is as expected; fail if that takes too long or the server has ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            page = self.get(address)
            if there(page):
                return page
            time.sleep(0.1)
        pytest.fail(f"{address} did not follow in {PATIENCE} s:\n{self.log.read_text()}")

    @property
    def builds(self) -> int:
        """How often the whole site was built again."""
        return self.log.read_text().count("Reloading browsers")

    def rest(self) -> int:
        """Wait until all that was edited is built, and return how often the whole site was."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(0.5)
            if self.builds == self.log.read_text().count("Detected file changes"):
                return self.builds
        pytest.fail(f"it was not built in {PATIENCE} s:\n{self.log.read_text()}")

    def epoch(self, known: int = 0) -> int:
        """Return what tells an open page that the site has changed, once it is another than it knows."""
        return int(self.get(f"/livereload/{known}/1"))

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a file as an editor does."""
        file = self.root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def previewing(root: Path) -> Iterator[Preview]:
    """Run a preview of a project on a free port of this machine alone."""
    port, log = free_port(), root / "log.txt"
    command = [Path(sys.executable).with_name("mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=root, env=environment("2040-06-30"), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield Preview(root, port, process, log)
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The synthetic world, previewed."""
    with previewing(make_project(tmp_path_factory.mktemp("preview"), synthetic_world.world())) as running:
        running.wait(SECTION, lambda page: "the plans were clear" in page)
        yield running


def test_an_edited_finding_is_shown(preview: Preview) -> None:
    """Saving a finding brings its new words to the page."""
    preview.edit(FINDING, "Under 2.1 in the SYN, the plans were clear", "Under 2.1 the plans were mended by hand")
    preview.wait(SECTION, lambda page: "Under 2.1 the plans were mended by hand" in page)


def test_an_edited_finding_is_shown_before_all_else(preview: Preview) -> None:
    """Whoever has it open gets the new words before the whole site is built, the report's data too, and no second time."""
    before, known = preview.rest(), preview.epoch()
    preview.edit(FINDING, "mended by hand", "mended and shown first")
    shown = preview.epoch(known)
    assert "mended and shown first" in preview.get(SECTION)
    assert "mended and shown first" in preview.get(DATA)
    assert preview.builds == before
    assert preview.rest() > before
    assert preview.epoch(known) == shown, "the page that is open is the same as it was"
    assert "mended and shown first" in preview.get(CRITERION)


def test_a_page_that_follows_from_an_edited_finding_is_shown_when_all_is_built(preview: Preview) -> None:
    """Who has another page open, to which the finding comes later, gets that page anew too."""
    preview.rest()
    known = preview.epoch()
    preview.edit(FINDING, "mended and shown first", "mended by hand")
    shown = preview.epoch(known)
    assert "mended by hand" not in preview.get(CRITERION)
    assert preview.epoch(shown) > shown
    assert "mended by hand" in preview.get(CRITERION)


def test_nothing_is_built_while_nobody_writes(preview: Preview) -> None:
    """The system tells of files that are read too, and a build reads them all: it must not be followed by another."""
    preview.rest()
    built = preview.log.read_text().count("Detected file changes")
    time.sleep(3)
    assert preview.log.read_text().count("Detected file changes") == built


def test_the_search_follows_an_edited_finding(preview: Preview) -> None:
    """The page doesn't wait for the index; what is searched for is the new text a little later."""
    groups = preview.wait("/pagefind/groups.json", lambda text: '"folder"' in text)
    preview.edit(FINDING, "mended by hand", "mended and sought")
    preview.wait(SECTION, lambda page: "mended and sought" in page)
    preview.wait("/pagefind/groups.json", lambda text: '"folder"' in text and text != groups)


def test_an_edited_template_is_shown(preview: Preview) -> None:
    """Saving a template changes the pages made of it."""
    preview.edit("site_templates/pages/glossary.md", '## {{ _("Terms") }}', "## Words of the trade")
    preview.wait("/glossary/", lambda page: "Words of the trade" in page)


def test_an_edited_schema_is_followed(preview: Preview) -> None:
    """Saving a schema publishes it and checks the content by it."""
    preview.edit("schemas/report.schema.json", "The public data of one inspection report.", "All that is public.")
    preview.wait("/schemas/report.schema.json", lambda text: "All that is public." in text)


def test_a_slip_is_shown_and_mended(preview: Preview) -> None:
    """A broken file shows its problem on every page and in the terminal; the server lives, and mending brings all back."""
    preview.edit(FINDING, "strengths:", "strenghts:")
    page = preview.wait(SECTION, lambda page: "strenghts" in page)
    assert "strenghts" in preview.get("/")
    assert f"{FINDING}:2:1: error OMI101 unknown key" in page
    assert "Did you mean" in page
    assert f"{FINDING}:2:1: error OMI101 unknown key `strenghts`" in preview.log.read_text()
    preview.edit(FINDING, "strenghts:", "strengths:")
    preview.wait("/", lambda page: "Latest reports" in page and "strenghts" not in page)
    preview.wait(SECTION, lambda page: "2.1 Keeping others safe" in page)


def test_a_broken_template_is_shown_and_mended(preview: Preview) -> None:
    """A slip in a template shows on the page as well; the server lives, and mending brings all back."""
    preview.edit("site_templates/pages/home.md", "{% if latest %}", "{% if latest")
    page = preview.wait("/", lambda page: "Problems" in page)
    assert "site_templates/pages/home.md" in page
    preview.edit("site_templates/pages/home.md", "{% if latest", "{% if latest %}")
    preview.wait("/", lambda page: "Latest reports" in page)
    assert "Traceback" not in preview.log.read_text()


def test_a_preview_can_start_on_broken_content(tmp_path: Path) -> None:
    """A preview that is started while something is wrong says so, and follows when it is mended."""
    root = make_project(tmp_path / "project", synthetic_world.world())
    file = root / FINDING
    good = file.read_text()
    file.write_text(good.replace("strengths:", "strenghts:"))
    with previewing(root) as preview:
        preview.wait("/reports/", lambda page: "strenghts" in page)
        file.write_text(good)
        preview.wait(SECTION, lambda page: "the plans were clear" in page)
