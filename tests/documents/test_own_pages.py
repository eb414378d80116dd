"""Hand-written pages come by pull request too: they are text, and nothing in them can act."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data

from omi_build.documents import read_own_pages

PNG = b"\x89PNG\r\n\x1a\nthe rest of a picture"


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
        ("## A {.md-banner}\n", 1, "sets an attribute"),
        ("## A {#__drawer}\n", 1, "sets an attribute"),
        ("## A { a {#b} onclick=x }\n", 1, "sets an attribute"),
        ("# A\n\n{{ config.extra }}\n", 3, "{{ config.extra }} sets an attribute"),
        ("# A\n\n<!-- words -->\n", 3, "HTML stands here: <!--"),
        ("![x](https://elsewhere.test/pixel.png)\n", 1, "this picture is not one of the site"),
        ("![x](//elsewhere.test/pixel.png)\n", 1, "this picture is not one of the site"),
        ("![x](assets/../../secret.png)\n", 1, "this picture is not one of the site"),
        ("---\ntitle: A\ntemplate: 404.html\n---\n", 3, "`template` can't stand at the top"),
        ("---\r\ntitle: A\r\nhide: [toc]\r\n---\r\n", 3, "`hide` can't stand at the top"),
        ("---\nsearch: {exclude: true}\n---\n", 2, "`search` can't stand at the top"),
        ("---\nlinked_data: '</script><script>'\n---\n", 2, "`linked_data` can't stand at the top"),
        ("---\nscript: ../x.js\n---\n", 2, "`script` can't stand at the top"),
        ("---\ntitle: [A]\n---\n", 2, "`title` must be a text of one line"),
        ("---\ntitle: |\n  A\n  B\n---\n", 2, "`title` must be a text of one line"),
        ("---\n- title\n---\n", 2, "are no keys with a text each"),
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
    assert (pages, problems) == ({"about.md": f'---\ntitle: "A"\n---\n{text}'.encode()}, [])


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: &a [*a]\n---\n",
        "---\ntitle: !!python/object/apply:os.system [x]\n---\n",
        "---\ntitle: A\n...\ntemplate: 404.html\n---\n",
        "---\ntitle: A\ntitle: B\n---\n",
        "---\n" + "[" * 50_000 + "\n---\n",
        "# A\n\n" + "words " * 20_000,
    ],
    ids=["anchor", "tag", "second document", "doubled key", "deep", "long"],
)
def test_what_is_unsafe_to_read_is_refused(tmp_path: Path, text: str) -> None:
    """The top of a page is read as carefully as data, and a page has its size."""
    pages, problems = read_own_pages(content(tmp_path, about=text))
    assert pages == {}
    assert problems


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: 'A </title><script>x</script> \"b\"'\n---\n# C\n", "A &lt;/title&gt;&lt;script&gt;x&lt;/script&gt; &quot;b&quot;"),
        ("# A &lt;b&gt; {#a}\n", "A &lt;b&gt;"),
        ("template: 404.html\n\n# A\n", "A"),
        ("words\n", "About"),
        ("---\n---\n# A\n", "A"),
    ],
)  # fmt: skip
def test_a_page_reaches_the_engine_with_a_title_that_is_text(tmp_path: Path, text: str, title: str) -> None:
    """Whatever stands at the top of a page, what MkDocs finds there is ours: one title, escaped, and no other key."""
    pages, problems = read_own_pages(content(tmp_path, about=text))
    assert problems == []
    _, meta = get_data(pages["about.md"].decode())
    assert meta == {"title": title}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reports", "the site has something else at the address reports"),
        ("index", "the site has something else at the address index"),
        ("readme", "the site has something else at the address readme"),
        ("README", "the name of this page can't become an address"),
        ("About", "the name of this page can't become an address"),
        ("a b", "this name has a sign that not every computer can write: ' '"),
        ("a:b", "this name has a sign that not every computer can write: ':'"),
        ("aux", "a file can't be called aux.md on Windows"),
        ("cafe\u0301", "this name has a sign that not every computer can write"),
        ("caf\u00e9", "this name has a sign that not every computer can write"),
        ("a\u202eb", "this name has an invisible character, U+202E (right-to-left override)"),
        ("a\nb", "this name has a sign that not every computer can write: '\\n'"),
        ("a" * 101, "this name is longer than 100 characters"),
    ],
)
def test_a_page_has_a_name_that_can_be_an_address(tmp_path: Path, name: str, words: str) -> None:
    """No page takes the place of one of the site, and each is the same file on every computer."""
    pages, (problem,) = read_own_pages(content(tmp_path, **{name: "# A\n"}))
    assert (pages, problem.code) == ({}, "OMI009")
    assert words in problem.message
    assert "\n" not in problem.source.path


@pytest.mark.parametrize("link", ["again", "assets/again", "assets", "other/again", ".hidden/again"])
def test_a_link_to_a_folder_is_told(tmp_path: Path, link: str) -> None:
    """MkDocs would follow two of them round in circles until the day ends."""
    root = tmp_path / "content"
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(root, target_is_directory=True)
    _, (problem,) = read_own_pages(root)
    assert problem.code == "OMI008"


@pytest.mark.parametrize(
    "name", ["Inspections/a-2040/inspection.yaml", "Frameworks/a.yaml", "ASSETS/a.png", "Areas.yaml"]
)
def test_a_name_in_capitals_is_not_left_out_in_silence(tmp_path: Path, name: str) -> None:
    """Where capitals count it would not be read; where they don't it would be."""
    root = content(tmp_path)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(PNG)
    _, (problem,) = read_own_pages(root)
    assert problem.message == "this name has capitals, so it would not be read"


def test_pictures_that_some_computers_take_for_one_are_told(tmp_path: Path) -> None:
    """Capitals alone don't make two files."""
    root = content(tmp_path)
    for name in ("Map.png", "map.png"):
        (root / "assets" / name).write_bytes(PNG)
    _, (problem,) = read_own_pages(root)
    assert problem.message.startswith("this name differs from content/assets/Map.png in capitals alone")


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
    for name in ("a.png", "b.svg", "c.js", "d.pdf", "e.html", "f.svg.gz", "g"):
        (root / "assets" / name).write_bytes(PNG)
    pages, problems = read_own_pages(root)
    assert list(pages) == ["assets/a.png"]
    assert [problem.source.path for problem in problems] == [
        f"content/assets/{name}" for name in ("b.svg", "c.js", "d.pdf", "e.html", "f.svg.gz", "g")
    ]


@pytest.mark.parametrize("name", ["a.png", "a.gif", "a.jpg", "a.jpeg", "a.webp", "a.avif", "a.PNG"])
def test_a_picture_is_what_its_name_says(tmp_path: Path, name: str) -> None:
    """A page or a drawing with script isn't published under the name of a picture."""
    root = content(tmp_path)
    (root / "assets" / name).write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>")
    pages, (problem,) = read_own_pages(root)
    assert (pages, problem.message) == ({}, f"this is not a picture of the kind {Path(name).suffix.lower()}")


def test_a_picture_without_words_is_refused(tmp_path: Path) -> None:
    """Who can't see a picture is told what it shows; one that has words is published."""
    _, (problem,) = read_own_pages(content(tmp_path / "mute", about="# A\n\n![ ](assets/map.png)\n"))
    assert (problem.code, problem.place.line if problem.place else 0) == ("OMI015", 3)
    pages, problems = read_own_pages(content(tmp_path / "told", about="# A\n\n![A map](assets/map.png)\n"))
    assert (list(pages), problems) == (["about.md"], [])
