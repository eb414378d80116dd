"""What a run needs before it measures: the tools of the others, a made-up programme, and a project to build it in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.measuring import REPOSITORY, WORK, NotMeasured, environment, program

LOCK = Path(__file__).with_name("requirements.lock")
PARTS = ("mkdocs.yml", "schemas", "site_templates")


def make_environment() -> None:
    """Make the benchmark's own environment out of its lock file, unless it is there.

    Raises NotMeasured where a package can't be had.
    """
    folder = WORK / "venv"
    ready = folder / "ready"
    wanted = LOCK.read_text(encoding="utf-8")
    if ready.is_file() and ready.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    _call([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _call([*pip, "--no-deps", "--require-hashes", "--requirement", str(LOCK)])
    ready.write_text(wanted, encoding="utf-8")


@dataclass(frozen=True)
class Bench:
    """A made-up programme of one size, with the project that it is built in. Everything lies below `folder`."""

    areas: int

    @property
    def folder(self) -> Path:
        """The folder of this size."""
        return WORK / f"areas-{self.areas}"

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.folder / "project"

    @property
    def content(self) -> Path:
        """The content."""
        return self.root / "content"

    @property
    def cache(self) -> Path:
        """What the project keeps between builds."""
        return self.root / ".cache"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"

    @property
    def docs(self) -> Path:
        """The same pages and files as Markdown, for the others."""
        return self.folder / "docs"

    def make(self) -> None:
        """Make the programme up anew, and the project around it with this checkout's schemas, templates and settings."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        _call([program("omi"), "synth", "--areas", str(self.areas), "--seed", "1", "--out", str(self.content)])
        for part in PARTS:
            source = REPOSITORY / part
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, self.root / part)

    def make_docs(self) -> None:
        """Write the pages and files of the site for the others, once; the search index is each engine's own affair."""
        shutil.rmtree(self.docs, ignore_errors=True)
        _call([program("omi"), "render", "--out", str(self.docs)], self.root)
        shutil.rmtree(self.docs / "pagefind", ignore_errors=True)

    def clear(self) -> None:
        """Take away what was built and kept: the next build is a cold one."""
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.site, ignore_errors=True)

    def edit(self, word: str) -> str:
        """Change one sentence of a finding, to one with this word in it, and return what it now begins with."""
        text = self.finding.read_text(encoding="utf-8")
        start = f"As the {word} reader put it"
        changed, number = _SENTENCE.subn(
            lambda found: f"{found[1]}{start}, {found[2].lower()}{found[3]}", text, count=1
        )
        if not number:
            raise NotMeasured("no finding of the made-up report has a sentence that can be changed")
        self.finding.write_text(changed, encoding="utf-8")
        return start

    @cached_property
    def finding(self) -> Path:
        """The file of a finding of a published report; the first that has a plain sentence."""
        for about in sorted(self.content.glob("inspections/*/inspection.yaml")):
            if "status: published" in about.read_text(encoding="utf-8"):
                for file in sorted(about.parent.glob("findings/*.yaml")):
                    if _SENTENCE.search(file.read_text(encoding="utf-8")):
                        return file
        raise NotMeasured("the made-up programme has no published finding")


_SENTENCE = re.compile(r"(?m)^( {2}text: )(?:As the \w+ reader put it, )?([A-Za-z])([a-z].*)$")
"""The beginning of a finding's text."""

WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
"""One for each edit, so that no cache has seen it."""


def _call(command: Sequence[str], folder: Path = REPOSITORY) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotMeasured(f"{Path(command[0]).name} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
