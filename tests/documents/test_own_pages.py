"""Hand-written pages come by pull request too: they are text, and nothing in them can act."""

from __future__ import annotations

from pathlib import Path

import pytest

from omi_build.documents import read_own_pages


def content(folder: Path, **pages: str) -> Path:
    root = folder / "content"
    (root / "assets").mkdir(parents=True)
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# A\n\n<script>alert(1)</script>\n", 3, "HTML stands here: <script>"),
        ("# A\n\nSome <b onclick='x'>words</b>.\n", 3, "HTML stands here: <b onclick"),
        ("---\ntitle: A\n---\n\n[go](javascript:alert(1))\n", 5, "this link can't be published: javascript:"),
        ("[go][x]\n\n[x]: DATA:text/html,x\n", 1, "this link can't be published: DATA:"),
        ("![x](javascript:alert(1))\n", 1, "this link can't be published"),
        ("# A\n\nText\n{: onclick=alert(1) }\n", 4, "sets an attribute"),
        ("## A {#a onclick=alert(1)}\n", 1, "sets an attribute"),
    ],
)
def test_what_could_act_is_refused(tmp_path: Path, text: str, line: int, words: str) -> None:
    """HTML, attributes and links that run script give a problem in their line, and the page is not published."""
    pages, problems = read_own_pages(content(tmp_path, about=text))
    assert "about.md" not in pages
    first = problems[0]
    assert (first.code, first.place.line if first.place else 0) == ("OMI011", line)
    assert words in first.message


def test_a_page_of_text_and_links_is_published_as_it_is(tmp_path: Path) -> None:
    """Headings with a name, emphasis, and links within the site and to the web."""
    text = "# A {#a}\n\n*Some* [words](reports/index.md#x), [web](https://example.test/a:b), [mail](mailto:a@example.test).\n"
    pages, problems = read_own_pages(content(tmp_path, about=text))
    assert (pages, problems) == ({"about.md": text.encode()}, [])


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Neither a page nor a picture may be a link to a file elsewhere."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    root = content(tmp_path)
    (root / "assets" / "picture.png").symlink_to(secret)
    (root / "page.md").symlink_to(secret)
    pages, problems = read_own_pages(root)
    assert pages == {}
    assert [problem.code for problem in problems] == ["OMI008", "OMI008"]


def test_only_pictures_that_cannot_act_are_published(tmp_path: Path) -> None:
    """An SVG or a script among the assets is told, not published."""
    root = content(tmp_path)
    for name in ("a.png", "b.svg", "c.js"):
        (root / "assets" / name).write_bytes(b"x")
    pages, problems = read_own_pages(root)
    assert list(pages) == ["assets/a.png"]
    assert [problem.source.path for problem in problems] == ["content/assets/b.svg", "content/assets/c.js"]
