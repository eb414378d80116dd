"""Builds projects for the tests of the whole site, and reads what was built as a browser would."""

from __future__ import annotations

import datetime
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from filelock import FileLock
from forked import can_follow, run_forked
from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pytest

REPOSITORY = Path(__file__).parents[1]
PARTS = ("mkdocs.yml", "schemas", "site_templates")
run_folder: Path | None = None
"""A folder that all processes of a run of the tests know; None where no test runs."""


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    code: int
    output: str
    """What it wrote to the terminal, errors included."""


@dataclass(frozen=True)
class HtmlPage:
    """A page of a built site."""

    path: str
    """From the top of the site, such as `glossary/index.html`."""
    text: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser reads it."""
        return LexborHTMLParser(self.text)

    @property
    def address(self) -> str:
        """Its address from the top of the site, such as `glossary/`."""
        return self.path.removesuffix("index.html")

    @cached_property
    def ids(self) -> list[str]:
        """Every id on the page, in order."""
        return [str(node.attributes["id"]) for node in self.tree.css("[id]")]

    @property
    def article(self) -> LexborNode:
        """What the page says, without the theme around it."""
        (found,) = self.tree.css("article.md-content__inner")
        return found

    @property
    def words(self) -> str:
        """The article's text, on one line."""
        return one_line(self.article.text())

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Yield (tag, attribute, address) of everything that the page refers to."""
        for attribute in ("href", "src", "poster", "data", "action"):
            for node in self.tree.css(f"[{attribute}]"):
                yield str(node.tag), attribute, str(node.attributes[attribute] or "")
        for node in self.tree.css("[srcset]"):
            for part in str(node.attributes["srcset"]).split(","):
                yield str(node.tag), "srcset", part.split()[0]


@dataclass(frozen=True)
class BuiltSite:
    """A site on disk, with the run that made it."""

    root: Path
    """The folder of the project."""
    run: Run

    @property
    def folder(self) -> Path:
        """The folder of the site."""
        return self.root / "site"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path from the top of the site."""
        return snapshot(self.folder)

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every page by its path."""
        return {path: HtmlPage(path, raw.decode()) for path, raw in self.files.items() if path.endswith(".html")}

    @cached_property
    def search(self) -> list[dict[str, Any]]:
        """Every record of the search index, as a browser gets it."""
        return search_records(self.files)

    def page(self, address: str) -> HtmlPage:
        """Return the page at an address such as `glossary/`."""
        return self.pages[f"{address}index.html"]

    def links_within(self) -> Iterator[tuple[HtmlPage, str, bool]]:
        """Yield each link of each page that leads into the site, and whether it and its anchor exist."""
        for page in self.pages.values():
            for _, _, link in page.links():
                if urlsplit(link).scheme or link.startswith("//"):
                    continue
                path, fragment = self.target(page, link)
                target = self.pages.get(path)
                yield page, link, path in self.files and not (fragment and target and fragment not in target.ids)

    def target(self, page: HtmlPage, link: str) -> tuple[str, str]:
        """Return the file that a link of a page leads to, and the fragment."""
        parts = urlsplit(urljoin(f"http://site.test/{page.path}", link))
        path = unquote(parts.path).lstrip("/")
        if not path or path.endswith("/"):
            path += "index.html"
        return path, unquote(parts.fragment)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def search_records(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the records of a search index; `page` is the address of a record's page, `index` the language of its index."""
    found = []
    for path, raw in files.items():
        if path.endswith(".pf_fragment"):
            record = json.loads(gzip.decompress(raw).removeprefix(b"pagefind_dcd"))
            page = record["url"].lstrip("/").rpartition("/")[0] + "/"
            found.append({**record, "page": page, "index": path.rpartition("/")[2].partition("_")[0]})
    return found


def words_of(text: str) -> str:
    """Return the words of a text alone: what stays the same through Markdown, quotation marks and a search index."""
    return " ".join(re.findall(r"\w+", text))


def make_project(root: Path, content: Mapping[str, Any] | None = None, *, own_cache: bool = False) -> Path:
    """Make a project with the repository's schemas, templates and configuration, and return its folder.

    `content` gives the content by the path of the file, as text or as the value of a YAML document; None takes the
    repository's own content. What one project of a run has compiled the others use too, and but with `own_cache` what it
    has drawn.
    """
    root.mkdir(parents=True, exist_ok=True)
    if run_folder is not None:
        (root / ".cache").mkdir(exist_ok=True)
        for kept in ("omi-templates",) if own_cache else ("omi-templates", "omi"):
            (run_folder / kept).mkdir(exist_ok=True)
            (root / ".cache" / kept).symlink_to(run_folder / kept, target_is_directory=True)
    for part in PARTS:
        source = REPOSITORY / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
    if content is None:
        shutil.copytree(REPOSITORY / "content", root / "content")
        return root
    (root / "content").mkdir()
    shutil.copy2(REPOSITORY / "content/about.md", root / "content/about.md")
    write(root / "content", content)
    return root


def write(folder: Path, files: Mapping[str, Any]) -> None:
    """Write files below a folder: a text as it is, any other value as YAML."""
    for path, value in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (
            value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)
        )
        file.write_text(text, encoding="utf-8")


def untraced() -> dict[str, str]:
    """Return this process's environment without what has coverage measured in a command; that slows it by half and more.

    It is for commands that run no line which no traced one runs, so that the figure stays what it is.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}


def environment(on: str = "", *, pdf: bool = False, traced: bool = True) -> dict[str, str]:
    """Return the environment of a command; `on` is the day (ISO) that it takes for today.

    PDFs are made for the tests of them alone: they would cost each site seconds.
    """
    given = os.environ if traced else untraced()
    kept = {name: value for name, value in given.items() if name != "SOURCE_DATE_EPOCH"}
    kept |= {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1", "OMI_PDF": str(int(pdf))}
    if on:
        kept["SOURCE_DATE_EPOCH"] = str(epoch(on))
    return kept


def epoch(on: str) -> int:
    """Return noon of a day (ISO), or a moment (ISO, with its offset), in seconds since 1970."""
    return int(datetime.datetime.fromisoformat(on if "T" in on else f"{on}T12:00+00:00").timestamp())


def run(root: Path, *command: str, on: str = "", fresh: bool = False, **variables: str) -> Run:
    """Run a command of this environment in a folder, such as `run(root, "mkdocs", "build")`, with environment variables.

    A build of MkDocs takes place in a process that has the program loaded (`forked`), where no coverage is measured: that
    takes a third of the time. With `fresh` the command itself is called, and its coverage measured, as with all others.
    """
    forked = command[:2] == ("mkdocs", "build") and not fresh
    env = environment(on, traced=not forked) | variables
    if forked and can_follow(env):
        return Run(*run_forked([*command], root, env))
    done = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=root,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=400,
        check=False,
    )
    return Run(done.returncode, done.stdout)


def build(root: Path, on: str = "", *, fresh: bool = False) -> BuiltSite:
    """Build a project as its users do; with `fresh` by the very command that they call."""
    return BuiltSite(root, run(root, "mkdocs", "build", "--strict", on=on, fresh=fresh))


def build_unguarded(root: Path, on: str = "") -> BuiltSite:
    """Build a project whose texts hold HTML, as if nobody had refused it."""
    return _build_with("unguarded.py", root, on)


def build_grouped(root: Path, on: str = "") -> BuiltSite:
    """Build a project with a search index for every two reports, as a large one has for many."""
    return _build_with("grouped.py", root, on)


def _build_with(change: str, root: Path, on: str) -> BuiltSite:
    script, env = str(REPOSITORY / "tests" / change), environment(on, traced=False)
    if can_follow(env):
        return BuiltSite(root, Run(*run_forked([script, "build", "--strict"], root, env)))
    return BuiltSite(root, run(root, "python", script, "build", "--strict", on=on))


def build_demo(root: Path) -> BuiltSite:
    """Build the site of the whole synthetic programme, as `make demo` does."""
    for part in PARTS:
        source = REPOSITORY / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
    made = run(REPOSITORY, "omi", "synth", "--areas", "42", "--seed", "1", "--out", str(root / "content"))
    assert made.code == 0, made.output
    return build(root, REAL_DAY)


REAL_DAY = "2026-06-30"
"""The day that the repository's own content is built for."""


def real_content(folders: pytest.TempPathFactory) -> BuiltSite:
    """Return the repository's own content, built."""
    return once("real", lambda: build(make_project(folders.mktemp("real")), REAL_DAY, fresh=True))


_kept: dict[str, BuiltSite] = {}


def once(name: str, make: Callable[[], BuiltSite]) -> BuiltSite:
    """Return a built site, built at most once in a run of the tests, by whichever process asks first.

    It is for looking at: a test that builds it again, or changes it, takes a copy (`copied`).
    """
    if name not in _kept:
        _kept[name] = make() if run_folder is None else _once_in_the_run(run_folder, name, make)
    return _kept[name]


def _once_in_the_run(folder: Path, name: str, make: Callable[[], BuiltSite]) -> BuiltSite:
    note = folder / f"{name}.json"
    with FileLock(folder / f"{name}.lock"):
        if not note.exists():
            site = make()
            note.write_text(json.dumps([str(site.root), site.run.code, site.run.output]), encoding="utf-8")
    root, code, output = json.loads(note.read_text(encoding="utf-8"))
    return BuiltSite(Path(root), Run(code, output))


def copied(site: BuiltSite, root: Path) -> BuiltSite:
    """Return a copy of a built site and its project, for a test to change or to build again."""
    return BuiltSite(shutil.copytree(site.root, root, symlinks=True), site.run)
