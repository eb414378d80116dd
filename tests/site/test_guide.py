"""The guide for inspectors is followed to the letter: what it says to type is typed, and what it shows is what comes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import REPOSITORY, BuiltSite, build, environment, make_project
from repositories import commit_all, git

GUIDE = REPOSITORY / "site_templates/pages/guide.md"
ASSETS = REPOSITORY / "site_templates/theme/assets"
BY_HAND = ("make ready", ". .venv/bin/activate", "make serve", "omi edit")
"""What sets up an environment or stays open; the tests have one, and look at the preview by building it."""


@dataclass(frozen=True)
class Block:
    """A grey box of the guide."""

    kind: str
    text: str
    before: str
    """What the guide says between the box before and this one."""


def blocks() -> list[Block]:
    parts = re.split(r"^```(\w*)\n(.*?)^```\n", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [Block(parts[n + 1], parts[n + 2], parts[n]) for n in range(0, len(parts) - 1, 3)]


class Inspector:
    """Does what the guide says, in a project with a server to push to."""

    def __init__(self, root: Path) -> None:
        self.root = make_project(root / "project")
        shutil.copy2(REPOSITORY / ".gitignore", self.root)
        git(root, "init", "--quiet", "--bare", str(root / "server"))
        git(self.root, "init", "--quiet")
        git(self.root, "remote", "add", "origin", str(root / "server"))
        commit_all(self.root)
        git(self.root, "push", "--quiet", "origin", "main")
        self.file = Path()
        self.typed: list[str] = []
        self.output = ""
        self.to_replace = ""

    def follow(self, block: Block) -> None:
        """Do what one box says."""
        if opened := re.findall(r"Open `(content/\S+)`", block.before):
            self.file = self.root / opened[-1]
        if block.kind == "sh":
            self.output = "".join(self.type(line) for line in block.text.splitlines() if line not in BY_HAND)
        elif block.kind == "text":
            assert block.text in self.output, f"the guide shows\n{block.text}\nbut there came\n{self.output}"
        elif block.kind == "yaml" and not self.to_replace:
            self.to_replace = block.text
        elif block.kind == "yaml":
            text = self.file.read_text(encoding="utf-8")
            old, new = self.to_replace.rstrip("\n"), block.text.rstrip("\n")
            assert text.count(old) == 1, f"{self.file} doesn't say\n{old}"
            # What is typed takes the place of the empty line that waits for it.
            old = f"{old}\n\n" if f"{old}\n\n" in text else old
            self.file.write_text(text.replace(old, f"{new}\n" if old.endswith("\n") else new), encoding="utf-8")
            self.to_replace = ""

    def type(self, line: str) -> str:
        """Type a line in the terminal and return what comes."""
        self.typed.append(line)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        person = {"GIT_AUTHOR_NAME": "A synthetic person", "GIT_AUTHOR_EMAIL": "person@example.org"}
        person |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in person.items()}
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.root,
            env=environment("2026-06-30") | person | {"PATH": path, "GIT_CONFIG_GLOBAL": os.devnull},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=100,
            check=False,
        )
        return done.stdout


@pytest.fixture(scope="module")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> Inspector:
    """Someone who has followed the whole guide."""
    made = Inspector(tmp_path_factory.mktemp("guide"))
    for block in blocks():
        made.follow(block)
    return made


def test_the_guide_leads_from_an_empty_folder_to_a_pushed_branch(inspector: Inspector) -> None:
    """Every box was typed, every output came as shown, and the branch with the findings is on the server."""
    assert inspector.typed[0] == "git switch --create kent-2008"
    assert "omi new Kent 2008" in inspector.typed
    assert inspector.to_replace == ""
    pushed = git(inspector.root, "show", "origin/kent-2008:content/inspections/kent-2008/findings/1-2.yaml")
    assert "five out of 36 plans (14%)" in pushed
    assert not git(inspector.root, "status", "--porcelain")


def test_the_preview_shows_what_was_written(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both findings, in the report of Kent, which says that it is a draft."""
    monkeypatch.setenv("OMI_PREVIEW", "1")
    site: BuiltSite = build(inspector.root, "2026-06-30")
    assert site.run.code == 0, site.run.output
    page = site.page("reports/kent-2008/1-assessment-and-sentence-planning/")
    assert "in 91% of cases a RoH screening had been completed on time" in page.words
    assert "“only” five out of 36 plans (14%) were comprehensive" in page.words
    assert "this report is in preparation" in page.tree.css(".omi-banner")[0].text()


def test_every_command_and_picture_of_the_guide_is_there() -> None:
    """Commands are commands of omi, make targets are in the Makefile, and pictures lie in the assets."""
    text = GUIDE.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)$", text, re.MULTILINE)) <= set(targets)
    pictures = re.findall(r'\{\{ picture\("(\S+)", "[A-Z]', text)
    assert pictures
    for picture in pictures:
        assert (ASSETS / picture).is_file(), picture
