"""The editor in a real browser, from opening a form to the lines that change in the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import opened
from building import PARTS, REPOSITORY, make_project, run
from npm import node_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

FOLDER = "content/inspections/derbyshire-2007"
FILE = f"{FOLDER}/findings/1-3.yaml"
OLD = "completed in 79% of cases."
IMPOSSIBLE = "completed in 79% of the 50 reports."
RIGHT = "completed in 78% of the 50 reports."

DECAPS_OWN = (
    "decap-cms",  # it tells its versions
    "CMS_MANUAL_INIT",
    "There is something to mend first",  # it logs why it does not save,
    ": undefined",  # and lets the refusal run on as an error
    ": Object",
    "404 (Not Found)",  # it asks for a branch to learn that there is none
)
"""What of the console's lines is Decap's way, and no fault."""


@dataclass(frozen=True)
class Running:
    """An editor that somebody has started in a project's folder."""

    url: str
    root: Path

    def git(self, *arguments: str) -> str:
        """Return what git says in the project."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def editing(root: Path, *options: str) -> Iterator[Running]:
    """Start `omi edit` in a copy of the project that git knows, and stop it as Ctrl+C does."""
    node_modules()
    for part in (*PARTS, "content"):
        source = REPOSITORY / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
    (root / "editor").symlink_to(REPOSITORY / "editor")
    (root / ".gitignore").write_text("/editor\n/.cache/\n", encoding="utf-8")
    (root / FILE).write_text(
        (root / FILE).read_text(encoding="utf-8").replace("areas_for", "# Kept where it is.\nareas_for", 1), "utf-8"
    )
    project = Running("", root)
    project.git("init", "--quiet", "--initial-branch", "main")
    for key, value in (("user.name", "An Inspector"), ("user.email", "inspector@example.org")):
        project.git("config", key, value)
    project.git("add", "--all")
    project.git("commit", "--quiet", "--message", "Begin")
    omi = str(Path(sys.executable).with_name("omi"))
    command = [omi, "edit", "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            said = process.stdout.readline()
            assert said.startswith("The editor is at http://127.0.0.1:"), said
            yield Running(said.split()[4], root)
        finally:
            process.send_signal(2)
            assert process.wait(20) == 0


def open_finding(page: Page, url: str) -> None:
    """Open the form of criterion 1.3 and its first strength, as a person does."""
    page.goto(url)
    page.get_by_role("link", name="1.3 Assessment of likelihood of reoffending").click()
    page.get_by_text("(a) An OASys assessment").click()


def rewrite(page: Page, old: str, new: str) -> None:
    """Write something else into the text of the open finding."""
    field = page.get_by_label("Text", exact=True).first
    field.fill(field.input_value().replace(old, new))
    page.get_by_text("Not saved yet").wait_for()


def save(page: Page) -> None:
    """Save into the files of this machine."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("menuitem", name="Save now").click()


def ours(complaints: list[str]) -> list[str]:
    """Return the complaints that are no way of Decap's."""
    return [line for line in complaints if not any(words in f": {line}" for words in DECAPS_OWN)]


def test_a_mistake_is_told_mended_and_saved_without_touching_another_line(browser: Browser, tmp_path: Path) -> None:
    """An empty text and an impossible percentage are refused, the way to the place works, and only its lines change."""
    with editing(tmp_path) as editor, opened(browser) as (context, complaints):
        page = context.new_page()
        open_finding(page, editor.url)
        whole = page.get_by_label("Text", exact=True).first.input_value()
        assert "\n" not in whole  # a paragraph is one line in the form, however the file wraps it

        page.get_by_label("Text", exact=True).first.fill("")
        save(page)
        page.get_by_text("Text is empty; it needs something.").wait_for()

        page.get_by_label("Text", exact=True).first.fill(whole.replace(OLD, IMPOSSIBLE))
        save(page)
        told = page.get_by_role("alert", name="Not saved: 1 thing to mend")
        told.wait_for()
        assert "79% of 50 can't be: 39 is 78%, 40 is 80%" in told.inner_text()
        assert "Check the percentage against the count" in told.inner_text()
        assert "OMI301" in told.inner_text()
        assert editor.git("diff") == ""
        told.get_by_role("button", name="Strengths (a) → Text").click()
        marked = "() => { const e = document.activeElement; return e.value?.slice(e.selectionStart, e.selectionEnd); }"
        page.wait_for_function(f"({marked})() === '79% of the 50'")

        rewrite(page, IMPOSSIBLE, RIGHT)
        save(page)
        page.get_by_text("Changes saved").wait_for()
        assert page.get_by_role("alert", name="Not saved").count() == 0
        assert editor.git("diff", "--numstat").split() == ["2", "2", FILE]
        assert "# Kept where it is." in (editor.root / FILE).read_text(encoding="utf-8")
        assert RIGHT in " ".join((editor.root / FILE).read_text(encoding="utf-8").split())
        assert ours(complaints) == []
    # The report is published: what is left to do is to say so, in a correction.
    checked = run(tmp_path, "omi", "check").output
    assert "OMI702" in checked
    assert "1 error in 1 file." in checked


def test_a_draft_is_saved_though_much_of_it_is_blank(browser: Browser, tmp_path: Path) -> None:
    """One finding written in the form of a new inspection is saved; what is blank stays blank, comments and all."""
    with editing(tmp_path) as editor, opened(browser) as (context, complaints):
        assert run(tmp_path, "omi", "new", "Kent", "2008").code == 0
        form = tmp_path / "content/inspections/kent-2008/findings/1-2.yaml"
        before = form.read_text(encoding="utf-8")
        page = context.new_page()
        page.goto(f"{editor.url}#/collections/kent-2008")
        page.get_by_role("link", name="1.2 Assessment of Risk of Harm").click()
        page.get_by_role("button", name="Open (a)").first.click()
        page.get_by_label(re.compile("^Text")).first.fill("Screenings were on time.")
        save(page)
        page.get_by_text("Changes saved").wait_for()
        after = form.read_text(encoding="utf-8")
        assert after.replace("      Screenings were on time.\n", "").split() == before.split()
        assert "    text: |-\n      Screenings were on time.\n" in after
        assert ours(complaints) == []
    assert run(tmp_path, "omi", "check").code == 0


def test_with_git_saving_makes_a_branch_of_one_change(browser: Browser, tmp_path: Path) -> None:
    """The folder stays on its branch without a change; the new branch has one commit with the changed lines alone."""
    with editing(tmp_path, "--git") as editor, opened(browser) as (context, complaints):
        page = context.new_page()
        open_finding(page, editor.url)
        rewrite(page, "79%", "82%")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Changes saved").wait_for()
        page.get_by_text("Status: Draft").wait_for()
        branch = "cms/derbyshire-2007/1-3"
        assert editor.git("branch", "--list", "--format", "%(refname:short)").split() == [branch, "main"]
        assert editor.git("log", "--format=%an", f"main..{branch}").splitlines() == ["An Inspector"]
        assert editor.git("diff", "--numstat", f"main..{branch}").split() == ["1", "1", FILE]
        assert editor.git("status", "--porcelain") == ""
        assert editor.git("branch", "--show-current").strip() == "main"
        assert ours(complaints) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_fits_the_screen_and_its_controls_have_names(browser: Browser, tmp_path: Path, width: int) -> None:
    """On a phone nothing is cut off, and whoever hears the page is told what each button of a list does."""
    with editing(tmp_path) as editor, opened(browser, width) as (context, complaints):
        page = context.new_page()
        open_finding(page, editor.url)
        assert page.evaluate("document.querySelector('[class*=EditorContainer]').scrollWidth") <= width
        for name in ("Close (a) An OASys", "Open (b) Inspectors found", "Remove (c) For six", "Back to the list"):
            assert page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).count() == 1, name
        unnamed = page.evaluate(
            "[...document.querySelectorAll('#nc-root button')].filter(e => e.checkVisibility() && "
            "!e.textContent.trim() && !e.getAttribute('aria-label')).length"
        )
        assert unnamed == 0
        page.get_by_text("What it asks for").click()
        assert page.get_by_text("1.3.1").first.is_visible()
        assert ours(complaints) == []


def test_without_a_service_the_schemas_are_held_against_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    """On a web host, where nothing can run the checks, a group that is begun and not finished is refused all the same."""
    with editing(tmp_path) as editor, opened(browser) as (context, _):
        page = context.new_page()

        def hosted(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json={**answer.json(), "checks": False})

        page.route("**/settings.json", hosted)
        page.goto(editor.url)
        page.get_by_role("link", name="1.3 Assessment of likelihood of reoffending").click()
        page.get_by_role("button", name="Open or close Not available").click()
        page.get_by_label("Shorthand").fill("with")
        page.keyboard.press("Enter")
        save(page)
        told = page.get_by_role("alert", name="Not saved: 1 thing to mend")
        told.wait_for()
        assert "Reason is empty" in told.inner_text()
        assert editor.git("diff") == ""


def test_the_page_for_a_web_host_needs_no_other_host(browser: Browser, tmp_path: Path) -> None:
    """Its files are all there, its settings lead to the repository with pull requests, and nothing is loaded from elsewhere."""
    node_modules()
    root = make_project(tmp_path / "project")
    (root / "editor").symlink_to(REPOSITORY / "editor")
    where = ["--repository", "inspectorate/reports", "--auth-url", "https://sign-in.example/auth"]
    written = run(root, "omi", "edit", "--out", "hosted", *where)
    assert written.code == 0, written.output
    files = {file.name for file in (root / "hosted").iterdir()}
    assert {"index.html", "editor.js", "editor.css", "decap-cms.js", "settings.json"} <= files
    settings = (root / "hosted/settings.json").read_text(encoding="utf-8")
    assert '"publish_mode":"editorial_workflow"' in settings
    assert '"repo":"inspectorate/reports"' in settings
    assert "case_scores" not in settings.replace("case_scores.schema.json", "")
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((root / "hosted/index.html").as_uri())
    assert asked
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)
    page.close()
