"""The arrows of the house: which room may import which. CONTRIBUTING.md shows the same as a picture."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "omi_build"

ROOMS = [
    {"sources", "languages", "fingerprint"},
    {"problems", "cache", "beside", "placing", "processes", "project", "workers"},
    {"documents", "schemas", "misfits", "model", "words", "dictionary", "git", "deployment"},
    {"targets"},
    {"scoring"},
    {"intervals", "resampling", "disclosure", "parts"},
    {"citations"},
    {"checks", "imports", "publication", "redirects", "skeleton", "synth"},
    {"history"},
    {"checking", "fixes", "overview", "progress"},
    {"charts", "downloads", "aspects"},
    {"pages"},
    {"render", "reporting", "scan", "search"},
    {"changes", "pdf"},
    {"across"},
    {"site", "editor", "release"},
    {"doors"},
    {"plugin", "cli"},
]
"""Storeys from the ground up: a room imports from its own storey or from below, never from above."""

ALONE = {
    "mkdocs": "plugin",
    "babel": "languages",
    "jinja2": "render plugin",
    "PIL": "charts scan",
    "pypdfium2": "scan",
    "feedgenerator": "downloads",
    "click": "cli",
    "hunspell": "dictionary",
    "cbor2": "search",
    "typst": "pdf",
    "pikepdf": "pdf",
    "markdown": "pdf",
    "selectolax": "pdf",
    "subprocess": "processes",
}
"""Libraries that one room alone may know; pictures are drawn in one and looked through in another."""


@functools.cache
def imports(file: Path) -> frozenset[str]:
    """Return the modules that a file imports, dotted."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(found)


def files() -> list[Path]:
    return [file for file in sorted(PACKAGE.rglob("*.py")) if file != PACKAGE / "__init__.py"]


def room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_lies_below_it(file: Path) -> None:
    """Nothing imports from a higher storey, so nothing imports a door."""
    storeys = {name: n for n, rooms in enumerate(ROOMS) for name in rooms}
    here = room(file)
    assert here in storeys, f"{here} is a new room: give it a storey here and in CONTRIBUTING.md"
    for module in imports(file):
        if module.startswith("omi_build."):
            other = module.split(".")[1]
            assert storeys[other] <= storeys[here], f"{here} imports {other}, which lies above it"


@pytest.mark.parametrize(("library", "knowing"), ALONE.items())
def test_a_library_is_known_to_one_room(library: str, knowing: str) -> None:
    """Swapping the engine, the templates, the charts or the command line touches one room."""
    rooms = {room(file) for file in files() if any(module.split(".")[0] == library for module in imports(file))}
    assert rooms == set(knowing.split())
