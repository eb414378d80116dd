"""The search index on disk: the same bytes each time, whole, and a failure in plain words."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest
from building import search_records, snapshot
from library_world import library, public

from omi_build.processes import Ended, run
from omi_build.search import indexing, records
from omi_build.search.documents import documents
from omi_build.search.indexing import SearchError, write_index

if TYPE_CHECKING:
    from pathlib import Path


REFUSING = "import sys; sys.exit('No module named pagefind')"
"""What Python says where Pagefind isn't installed."""


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    """The documents of eight reports."""
    site = public(tmp_path / "content", library())
    return documents(records(site, {}), site.glossary.abbreviations)


def test_the_same_content_gives_the_same_bytes(pages: dict[str, str], tmp_path: Path) -> None:
    """Twice indexed, every file has the same name and the same bytes; with one word changed, not."""
    for name in ("one", "two", "three"):
        top = tmp_path / name
        top.mkdir()
        if name == "three":
            path = next(iter(pages))
            pages[path] = pages[path].replace("</body>", "<p>More</p></body>")
        write_index(pages, top)
    first = snapshot(tmp_path / "one")
    assert len(first) > len(pages)
    assert snapshot(tmp_path / "two") == first
    assert snapshot(tmp_path / "three") != first


def test_the_index_is_whole(pages: dict[str, str], tmp_path: Path) -> None:
    """Each document has its fragment with its facets, and nothing lies there that no page of ours uses."""
    size = write_index(pages, tmp_path)
    files = snapshot(tmp_path / "pagefind")
    assert size == sum(map(len, files.values()))
    found = search_records(files)
    assert {record["url"].lstrip("/") for record in found} == set(pages)
    assert all(record["filters"]["kind"] for record in found)
    assert {path.split("/")[0].split("_")[0].split(".")[0] for path in files} == {
        "filter", "fragment", "index", "pagefind", "pagefind-entry", "wasm", "words"
    }  # fmt: skip
    entry = json.loads(files["pagefind-entry.json"])
    assert f"pagefind.{entry['languages']['en']['hash']}.pf_meta" in files


def test_each_language_has_its_index(pages: dict[str, str], tmp_path: Path) -> None:
    """A record in Welsh is in an index of its own, which the search of an English page is led to as well."""
    path = next(iter(pages))
    pages[path] = pages[path].replace('lang="en"', 'lang="cy"')
    write_index(pages, tmp_path)
    languages = json.loads((tmp_path / "pagefind/pagefind-entry.json").read_text())["languages"]
    assert {name: about["page_count"] for name, about in languages.items()} == {"cy": 1, "en": len(pages) - 1}


def test_a_failure_is_told_in_plain_words(
    pages: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Pagefind isn't there, or loses a record, the message says what to do and shows no traceback."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(SearchError, match="the search index could not be made: "):
        write_index(pages, tmp_path)
    monkeypatch.undo()

    def failing(_: list[str], folder: Path, seconds: float) -> Ended:
        return run([sys.executable, "-c", REFUSING], folder, seconds=seconds)

    monkeypatch.setattr(indexing, "run", failing)
    with pytest.raises(SearchError, match=re.escape("No module named pagefind. Run “make ready” again")):
        write_index(pages, tmp_path)


def test_a_lost_record_is_noticed(pages: dict[str, str], tmp_path: Path) -> None:
    """An index that holds less than it was given is no index."""
    pages["empty/1.html"] = "<!doctype html><html lang=en><body><p>Nothing here is marked as text.</p></body></html>"
    with pytest.raises(SearchError, match="records; build again"):
        write_index(pages, tmp_path)
