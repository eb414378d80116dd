"""HTML in a text of the data is refused where it stands; a sign that is only a sign is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_world
from small_world import INSPECTION, problems_of

from omi_build.documents.markup import markup_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was <b>good</b>.", "<b>"),
        ("It was </p>.", "</p>"),
        ("<script>alert(1)</script>", "<script>"),
        ("<img/src=x onerror=alert(1)>", "<img/src=x"),
        ("an end <svg", "<svg"),
        ("<!-- hidden -->", "<!--"),
        ("<!DOCTYPE html>", "<!DOCTYPE"),
        ("<?php echo 1 ?>", "<?php"),
        ("<a@b.test>", "<a@b.test>"),
        ("caf&eacute;", "&eacute;"),
        ("1 &lt; 2", "&lt;"),
        ("&#60;script>", "&#60;"),
        ("&#x3C script>", "&#x3C"),
    ],
)
def test_what_a_browser_would_take_for_html_is_found(text: str, found: str) -> None:
    """A tag, open or closed or cut off; a comment; an entity by name or number."""
    assert markup_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "in <5 cases",
        "a < b and b > a",
        "between 5 & 10",
        "R&D; AT&T; P&L; then",
        "scores of <= 50% or <-5",
        "a->b <- c",
        "5<6>4",
        "“A <” B",
        "#1 & #2; &c.",
    ],
)
def test_a_sign_is_text(text: str) -> None:
    """Less than, and, arrows: nothing in a browser begins with them."""
    assert markup_in(text) == ""


@pytest.mark.parametrize(
    ("path", "key", "value", "line", "column", "hint"),
    [
        (f"{INSPECTION}/findings/1-2.yaml", "comment", "It was <b>late</b>.", 8, 17, "Texts are Markdown; write **words**."),
        (f"{INSPECTION}/inspection.yaml", "title", "A <!-- b --> c", 4, 10, "Texts are Markdown, and HTML is not understood. Leave it out; write “less than” where < is meant."),
        ("glossary.yaml", "terms", [{"term": "Base", "means": "Caf&eacute;."}], 6, 13, "Type the sign itself: “é” instead of an entity, “and” or & instead of &amp;."),
    ],
)  # fmt: skip
def test_html_in_the_content_is_told_with_its_place(
    tmp_path: Path, path: str, key: str, value: object, *, line: int, column: int, hint: str
) -> None:
    """In prose and in titles, in a report and in what all reports share; the message says what to write instead."""
    files = small_world.world()
    files[path][key] = value
    (found,) = [one for one in problems_of(tmp_path, files) if one.problem.code == "OMI011"]
    assert (one_place := (found.place.line, found.place.column)) == (line, column), one_place
    assert found.problem.hint == hint
