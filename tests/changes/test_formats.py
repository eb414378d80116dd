"""How changes are shown: as text, as JSON, and as Markdown in which the content can do nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from versions import INSPECTION, Files, difference

from omi_build.changes import Change, Comparison, Edit, Group, Kind
from omi_build.changes.formats import as_json, as_markdown, as_text, escaped

if TYPE_CHECKING:
    from pathlib import Path

EDITED = Change("criterion 1.2", "strength (b) changed", Kind.CHANGED, (Edit("In", "79%", "78%", "of the 50 …"),))
ADDED = Change("criterion 1.2", "strength (c) added", Kind.ADDED, (Edit("", "", "It was clear.", ""),))
REMOVED = Change("criterion 1.3", "strength (a) removed", Kind.REMOVED, (Edit("", "It was late.", "", ""),))
COMPARISON = Comparison(
    (
        Group("", "What all inspections share", (Change("themes", "‘Staff’ removed", Kind.REMOVED),)),
        Group("testshire-2040", "Testshire 2040", (EDITED, ADDED, REMOVED)),
    ),
    ("content/areas.yaml can’t be read as it is now, so what it says is not compared",),
)

OURS = {"h2", "h3", "p", "ul", "li", "strong", "del", "ins", "html", "head", "body"}
"""The elements that the Markdown makes of itself."""

LINKED = re.compile(r"@\w|#\w|\bgh-\d|\w://|\bwww\.|\b[0-9a-f]{7,40}\b|:\w+:", re.IGNORECASE)
"""What GitHub makes a mention, a reference, a link or a picture of, after Markdown was read."""


def read(markdown: str) -> LexborHTMLParser:
    """Return Markdown as GitHub reads it: HTML in it counts, and so do tables and deleted text."""
    return LexborHTMLParser(
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    )


def seen(tree: LexborHTMLParser) -> str:
    """Return the text of a page without what keeps it apart unseen."""
    assert tree.body is not None
    return " ".join(tree.body.text().replace("\u200b", "").split())


def test_text_shows_each_change_under_its_inspection() -> None:
    """A line a change, what it was and what it is now below it, then what could not be compared, and how many."""
    assert as_text(COMPARISON) == (
        "What all inspections share\n"
        "  themes: ‘Staff’ removed\n"
        "\n"
        "Testshire 2040 (testshire-2040)\n"
        "  criterion 1.2: strength (b) changed\n"
        "      was: In 79% of the 50 …\n"
        "      now: In 78% of the 50 …\n"
        "  criterion 1.2: strength (c) added\n"
        "      now: It was clear.\n"
        "  criterion 1.3: strength (a) removed\n"
        "      was: It was late.\n"
        "\n"
        "Not compared: content/areas.yaml can’t be read as it is now, so what it says is not compared.\n"
        "\n"
        "Four changes in one inspection and in what all share.\n"
    )


def test_no_change_is_a_sentence() -> None:
    """Silence would leave a reviewer wondering."""
    assert as_text(Comparison(())) == "Nothing changed in what the reports say.\n"
    assert "Nothing changed in what the reports say" in as_markdown(Comparison(()))


def test_json_holds_the_same() -> None:
    """Groups, their changes with kind and edits, and the reasons for what could not be compared."""
    data = json.loads(as_json(COMPARISON))
    assert [group["inspection"] for group in data["groups"]] == ["", "testshire-2040"]
    assert data["groups"][1]["changes"][0] == {
        "part": "criterion 1.2",
        "what": "strength (b) changed",
        "kind": "changed",
        "edits": [{"before": "In", "removed": "79%", "added": "78%", "after": "of the 50 …"}],
    }
    assert data["uncompared"] == list(COMPARISON.uncompared)


def test_markdown_shows_the_same() -> None:
    """Headings for inspections, an item a change, and the words taken out and put in marked as such."""
    tree = read(as_markdown(COMPARISON))
    assert [node.text() for node in tree.css("h3")] == ["What all inspections share", "Testshire 2040 (testshire-2040)"]
    assert [node.text() for node in tree.css("ul ul li")] == ["In 79% 78% of the 50 …", "It was clear.", "It was late."]
    assert [node.text() for node in tree.css("del")] == ["79%", "It was late."]
    assert [node.text() for node in tree.css("ins")] == ["78%", "It was clear."]


HOSTILE = [
    "@everyone and @org/team, see #12, GH-12, org/repo#3 and a@b.org",
    "https://example.org www.example.org HTTP://EXAMPLE.ORG ftp://example.org javascript:alert(1)",
    "<img src=x onerror=alert(1)> <!-- --> </del></li></ul><h1>x</h1> &lt;b&gt; &#64;someone",
    "![p](x.png) [l](x) [l]: x <http://example.org> [[x]] [^1]",
    "**b** __b__ ~~d~~ `code` ``` | a | b | \\",
    "# heading", "- item", "1. item", "> quote", "---", "===", "+ x", "* x",
    "0123456789abcdef0123456789abcdef01234567 and deadbeef",
    ":smile: :+1: $x^2$ {{ x }} ${{ secrets.TOKEN }}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_the_content_shows_as_written_and_does_nothing(text: str, tmp_path: Path) -> None:
    """In titles, values and prose: no mention, link, picture, HTML, reference or heading comes of it."""

    def change(files: Files) -> None:
        files[f"{INSPECTION}/findings/1-1.yaml"]["strengths"][0]["text"] = text
        files[f"{INSPECTION}/inspection.yaml"]["lead_body"] = text
        files[f"{INSPECTION}/good_practice.yaml"]["good_practice"][0]["title"] = text
        files["areas.yaml"]["areas"][0]["title"] = text

    comparison = difference(tmp_path, change)
    markdown = as_markdown(comparison)
    tree = read(markdown)
    assert {str(node.tag) for node in tree.css("*")} <= OURS
    assert not any(node.attributes for node in tree.css("*"))
    assert not LINKED.search(tree.text())
    assert seen(tree).count(" ".join(text.split())) >= 3, markdown


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u200b")))
def test_any_text_can_be_shown(text: str) -> None:
    """Whatever a text is made of, Markdown gives back its words, inside a sentence and marked as added."""
    tree = read(f"- **x:** a {escaped(text)} b\n  - <ins>{escaped(text)}</ins>\n")
    words = " ".join(text.split())
    assert seen(tree) == " ".join(f"x: a {words} b {words}".split())
    assert {str(node.tag) for node in tree.css("*")} <= OURS


def test_a_comment_stays_within_what_github_takes() -> None:
    """What doesn't fit is counted, not lost in silence, however long the texts and however many the changes."""
    many = tuple(
        Change(f"criterion 1.{n}", "strength (a) added", Kind.ADDED, (Edit("", "", "Long & wide. " * 20, ""),))
        for n in range(2000)
    )
    reasons = tuple(f"content/{n}.yaml can’t be read as it is now, so what it says is not compared" for n in range(500))
    markdown = as_markdown(Comparison((Group("testshire-2040", "Testshire 2040", many),), reasons))
    items = markdown.count("strength")
    assert len(markdown) < 65_000
    assert 50 < items < 2000
    assert f"… and {2000 - items:,} more. `omi diff` shows them all." in markdown
    assert "… and 480 files more that could not be compared." in markdown


def test_many_edits_of_one_text_are_counted() -> None:
    """The first few are shown, and how many more there are."""
    edit = Edit("a", "b", "c", "d")
    group = Group("testshire-2040", "Testshire 2040", (Change("foreword", "text changed", Kind.CHANGED, (edit,) * 9),))
    assert "… and three edits more" in as_text(Comparison((group,)))
    assert read(as_markdown(Comparison((group,)))).css("ul ul li")[-1].text() == "… and three edits more"
