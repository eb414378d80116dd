"""Other engines over the same pages: MkDocs Material as it comes, Zensical, and Hugo with a bare layout.

They get what `omi render` writes: pages as Markdown, with charts and downloads beside. Reading, checking and scoring the
data, drawing and writing the downloads is done for them; ours does all that within its time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, own_program, program, run
from benchmarks.setting_up import Bench

MATERIAL = {
    "site_name": "Probation inspections",
    "site_url": "https://probation-inspections.example/",
    "docs_dir": "docs",
    "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
    "plugins": ["search"],
    "markdown_extensions": ["attr_list", {"toc": {"toc_depth": "2-3"}}],
}
"""The settings of MkDocs Material, and of Zensical, which reads the same file: the extensions are those of the site."""

BARE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></nav>
<main>{{ .Content }}</main>
</body>
</html>
"""
"""Hugo's layout for every page."""


@dataclass(frozen=True)
class Peer:
    """An engine to compare with."""

    name: str
    prepare: Callable[[Path, Path], None]
    """Makes its project in a folder, out of the rendered pages."""
    command: Callable[[], list[str]]
    does: str
    """What it does of what ours does."""

    def build(self, bench: Bench) -> Cost:
        """Build the site once from nothing. Raises NotMeasured where the engine can't."""
        folder = bench.folder / self.name
        if not folder.is_dir():
            self.prepare(bench.docs, folder)
        for made in ("site", ".cache"):
            shutil.rmtree(folder / made, ignore_errors=True)
        return run(self.command(), folder)


def _for_material(docs: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "docs").symlink_to(docs, target_is_directory=True)
    # JSON is YAML too.
    (folder / "mkdocs.yml").write_text(json.dumps(MATERIAL, indent=1), encoding="utf-8")


def _for_zensical(docs: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copytree(docs, folder / "docs")
    (folder / "mkdocs.yml").write_text(json.dumps(MATERIAL, indent=1), encoding="utf-8")


def _for_hugo(docs: Path, folder: Path) -> None:
    """Give pages the names that Hugo wants for pages with others below them, and lay all else beside as it is."""
    for file in docs.rglob("*"):
        if file.is_file():
            path = file.relative_to(docs)
            if path.suffix == ".md":
                path = Path("content", path.with_name("_index.md") if path.name == "index.md" else path)
            else:
                path = Path("static", path)
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, folder / path)
    layouts = folder / "layouts"
    layouts.mkdir()
    for name in ("home", "list", "single", "section", "page"):
        (layouts / f"{name}.html").write_text(BARE, encoding="utf-8")
    settings = {
        "baseURL": MATERIAL["site_url"],
        "title": MATERIAL["site_name"],
        "disableKinds": ["taxonomy", "term", "RSS"],
        "markup": {"goldmark": {"renderer": {"unsafe": True}, "parser": {"attribute": {"block": True, "title": True}}}},
        # The headings and front matter are another engine's; what Hugo makes of them is no matter here.
        "frontmatter": {"date": [":fileModTime"]},
    }
    (folder / "hugo.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


STOCK = "mkdocs-material"

PEERS = (
    Peer(
        STOCK,
        _for_material,
        lambda: [program("mkdocs"), "build", "--quiet"],
        "the theme as it comes, with navigation.prune and its own search",
    ),
    Peer(
        "zensical",
        _for_zensical,
        lambda: [own_program("zensical"), "build", "--clean"],
        "the same settings, with its own search",
    ),
    Peer(
        "hugo",
        _for_hugo,
        lambda: [own_program("hugo"), "build", "--quiet", "--destination", "site"],
        "a bare layout: no theme, no navigation, no search",
    ),
)
