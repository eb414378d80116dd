"""A hand-written page whose source looks like text to one reader of Markdown and like HTML to another does nothing."""

from __future__ import annotations

import pytest
import synthetic_world
from building import BuiltSite, make_project, run

from omi_build.render import sanitised

FENCE = "# About this site\n\nWords.\n\n```\n<script>zq7x()</script>\n\n<img src=x onerror=zq7x()>\n"
"""Code that is never closed: to the end of the page for CommonMark, and HTML for MkDocs."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with such a page, and with one whose title is hostile."""
    files = synthetic_world.world()
    files["about.md"] = FENCE
    files["visits.md"] = (
        "---\ntitle: '\"><script>zq7x()</script> & </title>'\n---\n\ntemplate: 404.html\n\n# Visits &lt;b&gt;\n"
    )
    root = tmp_path_factory.mktemp("pages")
    # A page that no navigation names is only warned of.
    make_project(root, files)
    built = BuiltSite(root, run(root, "mkdocs", "build", "--no-strict", on="2040-06-30"))
    assert built.run.code == 0, built.run.output
    return built


def test_html_that_the_reader_of_the_source_missed_is_taken_out(site: BuiltSite) -> None:
    """The page is published without its script and without the handler."""
    article = site.page("about/").article
    assert not article.css("script, [onerror]")
    assert "Words." in article.text()


def test_a_hostile_title_is_read_and_does_nothing(site: BuiltSite) -> None:
    """In the tab, in previews and on the page it is text; its first lines choose no template."""
    page = site.page("visits/")
    title = page.tree.css("title")[0].text()
    assert title.startswith('"><script>zq7x()</script> & </title>')
    assert not [script for script in page.tree.css("script") if "zq7x" in script.text()]
    assert page.article.css("h1")[0].text().startswith("Visits <b>")


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ("<script>x()</script><p>a</p>", "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript&colon;x()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<img src="https://elsewhere.test/x.png" alt="a">', '<img alt="a">'),
        ('<img src="//elsewhere.test/x.png" alt="a">', '<img alt="a">'),
        ('<img src="data:image/svg+xml,x" alt="a">', '<img alt="a">'),
        ('<img src="../assets/x.png" alt="a">', '<img src="../assets/x.png" alt="a">'),
        ('<iframe src="x"></iframe><form action="x"><input></form>', ""),
        ("<style>p{}</style><p style='x'>a</p>", "<p>a</p>"),
        ('<h2 id="a">A<a class="headerlink other" href="#a">¶</a></h2>', '<h2 id="a">A<a class="headerlink" href="#a">¶</a></h2>'),
        ("<svg><script>x()</script></svg><math></math>", ""),
        ("<!-- a --><p>b</p>", "<p>b</p>"),
    ],
)  # fmt: skip
def test_the_sanitiser_lets_text_through_and_nothing_else(page: str, left: str) -> None:
    """Elements of Markdown stay; handlers, scripts, styles, forms, frames and what is fetched from elsewhere go."""
    assert sanitised(page) == left
