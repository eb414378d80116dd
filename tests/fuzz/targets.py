"""What must hold whatever comes in: each target takes bytes, and raises where its law is broken."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import small_world
import yaml
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from omi_build.checking import check_content
from omi_build.citations import citations
from omi_build.documents import Fault, lines_of, parse, read_text
from omi_build.documents.own_pages import own_page
from omi_build.documents.tables import parse_table
from omi_build.project import Project
from omi_build.render import ProseRenderer, sanitised
from omi_build.reporting import as_github, as_json, as_text, located
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from omi_build.problems import Place

PROSE_ELEMENTS = {"a", "p", "em", "strong", "ul", "ol", "li", "abbr"}
PAGE_ELEMENTS = PROSE_ELEMENTS | set(
    "blockquote br code h1 h2 h3 h4 h5 h6 hr img pre table tbody td th thead tr".split()
)
ATTRIBUTES = {"href", "class", "title", "tabindex", "alt", "src", "start", "id"}
LINKS = ("omi:", "http:", "https:", "mailto:")

_prose = ProseRenderer({"PSR": 'Pre-"sentence" <report>', "Q<b>": "Quantity"})
_markdown = Markdown(extensions=["attr_list", "toc", "tables", "fenced_code"])


def text_of(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def inside(text: str, place: Place) -> None:
    """A place lies in a text, or right behind the end of one of its lines."""
    lines = lines_of(text)
    if not text.startswith("\ufeff"):
        assert 1 <= place.line <= len(lines), place
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, place


def data(raw: bytes, *, json_text: bool) -> None:
    """Any text, one of lone surrogates too, gives values or a fault with a place; the values have places too."""
    text = raw.decode("utf-8", "surrogateescape")
    try:
        faults = parse(text, json_text=json_text, spots=True).faults
    except Fault as fault:
        faults = [fault]
    for fault in faults:
        assert str(fault)
        inside(text, fault.place)


def yaml_text(raw: bytes) -> None:
    """Hold `data` for YAML."""
    data(raw, json_text=False)


def json_text(raw: bytes) -> None:
    """Hold `data` for JSON."""
    data(raw, json_text=True)


def table(raw: bytes) -> None:
    """Any table gives cases or faults with places in it."""
    text = text_of(raw)
    try:
        parsed = parse_table(text)
        faults = parsed.faults
        assert all(0 <= spot.start <= spot.end <= len(text) for spot in parsed.spots.values())
    except Fault as fault:
        faults = [fault]
    for fault in faults:
        inside(text, fault.place)


def prose(raw: bytes) -> None:
    """What a browser makes of any prose is text, emphasis, lists, and links and abbreviations of ours."""
    only(str(_prose.block(text_of(raw))), PROSE_ELEMENTS)


def page(raw: bytes) -> None:
    """Whatever is refused or not of a page, what the engine and the sanitiser make of it is text, links and pictures."""
    text = text_of(raw)
    made, problems = own_page(text, Source("content/about.md"))
    for problem in problems:
        assert problem.place
        inside(text.replace("\r\n", "\n").replace("\r", "\n"), problem.place)
    if not problems:
        top, _, body = made.decode().removeprefix("---\n").partition("\n---\n")
        meta = yaml.safe_load(top)
        assert set(meta) <= {"title", "description"}
        assert all(not set(value) & set("<>\"'\n") for value in meta.values())
        only(sanitised(_markdown.reset().convert(body)), PAGE_ELEMENTS)


def cited(raw: bytes) -> None:
    """A citation stands where it is said to stand."""
    text = text_of(raw)
    for citation in citations(text):
        assert text[citation.start : citation.start + len(citation.written)] == citation.written


def only(html: str, elements: set[str]) -> None:
    """A fragment has these elements alone, with harmless attributes."""
    root = LexborHTMLParser(f"<main>{html}</main>").css_first("main")
    assert root.parent is not None
    assert root.parent.tag == "body"
    assert root.next is None
    for node in root.css("main *"):
        assert node.tag in elements, node.html
        for name, value in node.attributes.items():
            assert name in ATTRIBUTES, node.html
            if name in {"href", "src"}:
                address = "".join((value or "").split()).lower()
                assert ":" not in address.split("/")[0].split("?")[0].split("#")[0] or address.startswith(LINKS), value
    assert "<!--" not in html


PLACES = (
    "areas.yaml",
    "glossary.yaml",
    "house_style.yaml",
    "themes.yaml",
    "about.md",
    "frameworks/test-2040.yaml",
    *(
        f"{small_world.INSPECTION}/{name}"
        for name in (
            "inspection.yaml",
            "narrative.yaml",
            "findings/1-1.yaml",
            "recommendations.yaml",
            "good_practice.yaml",
            "targets.yaml",
            "case_scores.csv",
            "case_scores.json",
            "case_scores.yaml",
        )
    ),
)
"""The files of a content folder of which one at a time is replaced."""


def folder(raw: bytes) -> None:
    """Any content in the place of one file gives a report or problems with places, and writes nothing."""
    place = PLACES[raw[0] % len(PLACES)] if raw else PLACES[0]
    told(place, raw[1:])


def told(place: str, raw: bytes) -> None:
    """Hold the law of `folder` for one file."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        content = root / "content"
        for path, value in small_world.world().items():
            file = content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
        (content / place).write_bytes(raw)
        before = sorted(root.rglob("*"))
        repository = small_world.REPOSITORY
        project = Project(content, repository / "schemas", repository / "site_templates", datetime.date(2041, 1, 1))

        def read(path: str) -> str:
            try:
                return read_text(root / path, content)
            except Fault:
                return ""

        found = located(check_content(project).problems, read)
        assert sorted(root.rglob("*")) == before
    for one in found:
        assert one.problem.message
        assert one.place.line >= 1
        assert one.place.column >= 1
    as_text(found)
    as_json(found).encode()
    assert all(line.startswith("::") for line in as_github(found).split("\n")[:-1])


def any_text(raw: bytes) -> None:
    """The first byte chooses which of the laws on texts is tried."""
    laws = (yaml_text, json_text, table, prose, page, cited)
    laws[raw[0] % len(laws) if raw else 0](raw[1:])


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml_text,
    "json": json_text,
    "table": table,
    "prose": prose,
    "page": page,
    "citations": cited,
    "texts": any_text,
    "folder": folder,
}
