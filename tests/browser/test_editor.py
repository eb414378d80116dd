"""The browser editor, driven as an inspector drives it: open, change, be told of a mistake, mend it, save."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import npm
import pytest
from building import REPOSITORY, environment, make_project, run
from repositories import commit_all, git

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.timeout(180)

FINDINGS = "content/inspections/derbyshire-2007/findings/1-3.yaml"
WRONG, RIGHT = (
    "In 79% of the 50 reports the offence was analysed.",
    "In 78% of the 50 reports the offence was analysed.",
)


@dataclass
class Editor:
    """A running editor with its page."""

    root: Path
    url: str
    page: Page
    elsewhere: list[str] = field(default_factory=list)
    """What the page asked of other hosts."""
    complaints: list[str] = field(default_factory=list)
    """What it wrote to the console as an error."""

    def open(self, form: str) -> None:
        """Open a form by its address, as a link would."""
        self.page.goto(f"{self.url}#/collections/derbyshire-2007/entries/{form}")
        self.page.get_by_text("Criterion", exact=True).wait_for()

    def finding(self, number: int) -> Locator:
        """Open a finding of the form and return its text."""
        finding = self.page.locator("[class*='SortableListItem']").nth(number)
        finding.get_by_role("button", name=re.compile(r"^Open \(")).click()
        return finding.locator("textarea").first

    def save(self) -> None:
        """Press Save, and what it offers."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        if (now := self.page.get_by_role("menuitem", name="Save now")).count():
            now.click()

    @property
    def told(self) -> Locator:
        """What the page says is wrong."""
        return self.page.get_by_role("alert")


@contextmanager
def editing(browser: Browser, root: Path, *arguments: str) -> Iterator[Editor]:
    """Run the editor for a copy of the repository's content, and open its page."""
    npm.node_modules()
    make_project(root)
    (root / "editor").symlink_to(REPOSITORY / "editor")
    (root / ".gitignore").write_text("/editor\n/.cache/\n", encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "config", "user.name", "A synthetic person")
    git(root, "config", "user.email", "person@example.org")
    commit_all(root)
    command = [str(Path(sys.executable).with_name("omi")), "edit", "--port", "0", *arguments]
    process = subprocess.Popen(command, cwd=root, env=environment("2026-06-30"), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        url = re.search(r"http://\S+", process.stdout.readline())
        assert url
        editor = Editor(root, url[0], context.new_page())
        editor.page.on(
            "request",
            lambda r: None if r.url.startswith((url[0], "data:", "blob:")) else editor.elsewhere.append(r.url),
        )
        editor.page.on("console", lambda m: editor.complaints.append(m.text) if m.type == "error" else None)
        editor.page.on("pageerror", lambda error: editor.complaints.append(str(error)))
        yield editor
    finally:
        context.close()
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_a_finding_is_changed_checked_mended_and_saved(browser: Browser, tmp_path: Path) -> None:
    """An impossible percentage is told with the way to it, and not saved; mended, only the lines of its text change."""
    with editing(browser, tmp_path / "project") as editor:
        editor.open("1-3")
        text = editor.finding(0)
        text.fill(WRONG)
        editor.save()
        editor.told.get_by_role("heading", name="Not saved: 1 thing to mend").wait_for()
        assert "79% of 50 can't be: 39 is 78%, 40 is 80%" in editor.told.inner_text()
        assert "Check the percentage against the count" in editor.told.inner_text()
        assert git(editor.root, "diff") == ""

        editor.told.get_by_role("button", name="Strengths (a) → Text").click()
        editor.page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
        selected = "(({value, selectionStart, selectionEnd}) => value.slice(selectionStart, selectionEnd))(document.activeElement)"
        assert editor.page.evaluate(selected) == "79% of the 50"

        assert all(
            "something to mend" in one or one == "Object" for one in editor.complaints
        )  # Decap notes the refusal
        editor.complaints.clear()
        text.fill(RIGHT)
        editor.save()
        editor.page.get_by_text("Changes saved").first.wait_for()
        editor.page.wait_for_function("!document.getElementById('omi-problems')")
        changed = git(editor.root, "diff", "--unified=0")
        assert [line for line in changed.splitlines() if line.startswith("+")] == [
            f"+++ b/{FINDINGS}",
            f"+      {RIGHT}",
        ]
        assert all(re.match(r"-(--|      )", line) for line in changed.splitlines() if line.startswith("-"))
        assert git(editor.root, "diff", "--name-only").split() == [FINDINGS]
        checked = run(editor.root, "omi", "check", FINDINGS)
        assert (checked.code, "No problems found." in checked.output) == (0, True)
        assert (editor.elsewhere, editor.complaints) == ([], [])


def test_an_empty_text_is_not_saved(browser: Browser, tmp_path: Path) -> None:
    """A finding without words is marked, and the file stays as it was."""
    with editing(browser, tmp_path / "project") as editor:
        editor.open("1-3")
        editor.finding(0).fill("")
        editor.save()
        editor.page.get_by_text("Not saved: a field that is needed is empty").first.wait_for()
        assert git(editor.root, "diff") == ""


def test_by_git_saving_makes_a_branch_with_that_change_alone(browser: Browser, tmp_path: Path) -> None:
    """What becomes a pull request on a server is a branch of one commit here; the branch that it is for stays as it was."""
    with editing(browser, tmp_path / "project", "--git") as editor:
        editor.open("1-3")
        editor.finding(0).fill(RIGHT)
        editor.save()
        editor.page.get_by_text("Changes saved").first.wait_for()
        (branch,) = [name.strip(" *") for name in git(editor.root, "branch", "--list", "cms/*").splitlines()]
        assert git(editor.root, "rev-list", "--count", f"main..{branch}").strip() == "1"
        changed = git(editor.root, "diff", "--unified=0", f"main...{branch}")
        assert [line for line in changed.splitlines() if line.startswith("+")] == [
            f"+++ b/{FINDINGS}",
            f"+      {RIGHT}",
        ]
        assert git(editor.root, "status", "--porcelain") == ""


def test_the_page_for_a_web_host_needs_no_other_host(browser: Browser, tmp_path: Path) -> None:
    """Its files are all there, its settings lead to the repository with pull requests, and nothing is loaded from elsewhere."""
    npm.node_modules()
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
