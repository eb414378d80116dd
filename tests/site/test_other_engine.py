"""The pages don't hang on one engine: what `omi render` writes, another one builds to the same content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from building import REAL_DAY, BuiltSite, HtmlPage, make_project, run, snapshot
from mkdocs.utils import yaml_load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The repository's content, rendered to a folder and built by ProperDocs without the plugin."""
    root = make_project(tmp_path_factory.mktemp("other"))
    rendered = run(root, "omi", "render", "--out", "pages", on=REAL_DAY)
    assert rendered.code == 0, rendered.output
    config = yaml_load((root / "mkdocs.yml").read_text())
    config["docs_dir"] = "pages"
    config["plugins"].remove("omi")
    (root / "properdocs.yml").write_text(yaml.safe_dump(config))
    return BuiltSite(root, run(root, "properdocs", "build", on=REAL_DAY))


TRAIL = ('aria-label="Breadcrumb"', 'aria-label="Llwybr"')
"""The one thing in an article that the theme says: the plugin puts it into Welsh, which the other engine goes without."""


def body(page: HtmlPage) -> str:
    html = page.article.html or ""
    return html.replace(*TRAIL) if page.path.startswith("cy/") else html


def test_another_engine_builds_the_same_pages(real_site: BuiltSite, other: BuiltSite) -> None:
    """ProperDocs makes the same pages from the rendered folder, each with the same content in both languages, byte for byte."""
    assert other.run.code == 0, other.run.output
    assert other.pages.keys() == real_site.pages.keys()
    assert sum(path.startswith("cy/") for path in other.pages) > 50
    assert [path for path, page in other.pages.items() if body(page) != body(real_site.pages[path])] == []


def test_downloads_come_along(real_site: BuiltSite, other: BuiltSite) -> None:
    """Downloads and the schema are the same files."""
    downloads = {
        path: raw for path, raw in real_site.files.items() if path.endswith((".csv", "report.json", "schema.json"))
    }
    assert len(downloads) >= 6
    assert {path: other.files.get(path) for path in downloads} == downloads


def test_a_folder_in_use_is_not_written_to(real_site: BuiltSite, tmp_path: Path) -> None:
    """`omi render` never mixes its pages with what a folder already holds."""
    (tmp_path / "mine.txt").write_text("mine")
    refused = run(real_site.root, "omi", "render", "--out", str(tmp_path))
    assert refused.code == 2
    assert "is not empty" in refused.output
    assert snapshot(tmp_path) == {"mine.txt": b"mine"}
