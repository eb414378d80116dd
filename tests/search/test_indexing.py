"""The search index on disk: the same bytes each time, whole, and a failure in plain words."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from building import search_records, snapshot
from grouped import gathered
from library_world import library, public

from omi_build.deployment import cache_control
from omi_build.processes import Ended, run
from omi_build.search import indexing, records_of_report, records_of_site
from omi_build.search.documents import documents
from omi_build.search.indexing import SearchError, index, joined, write_index

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.publication import PublicSite

REFUSING = "import sys; sys.exit('No module named pagefind')"
"""What Python says where Pagefind isn't installed."""


@pytest.fixture
def shelf(tmp_path: Path) -> PublicSite:
    """Eight reports."""
    return public(tmp_path / "content", library())


@pytest.fixture
def pages(shelf: PublicSite) -> dict[str, str]:
    """The documents of one report."""
    return documents(records_of_report(shelf.reports[0]), shelf.glossary.abbreviations)


@pytest.fixture
def several(shelf: PublicSite) -> tuple[dict[str, str], ...]:
    """The documents of eight reports in groups of at most three, and those of the site itself."""
    of_reports = {one.id: documents(records_of_report(one), shelf.glossary.abbreviations) for one in shelf.reports}
    own = documents(records_of_site(shelf, {}), shelf.glossary.abbreviations)
    return gathered(of_reports, own, most=3)


def listed(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the list of the groups that the search begins with."""
    found: list[dict[str, Any]] = json.loads(files["pagefind/groups.json"])
    return found


def test_the_same_content_gives_the_same_bytes(several: tuple[dict[str, str], ...]) -> None:
    """Twice indexed, every file has the same name and the same bytes."""
    first = joined(map(index, several))
    assert joined(map(index, several)) == first


def test_a_change_in_one_group_leaves_the_others(several: tuple[dict[str, str], ...]) -> None:
    """With one word changed, the folder of its group has another name, and every file of the others stays."""
    before = joined(map(index, several))
    path = next(iter(several[1]))
    several[1][path] = several[1][path].replace("</body>", "<p>More</p></body>")
    after = joined(map(index, several))
    folders = [[group["folder"] for group in listed(files)] for files in (before, after)]
    assert [n for n, (one, other) in enumerate(zip(*folders, strict=True)) if one != other] == [1]
    stay = {path for path in before if not path.endswith((".json", "words.txt")) and f"/{folders[0][1]}/" not in path}
    assert {path: before[path] for path in stay} == {path: after[path] for path in stay}


def test_the_index_is_whole(several: tuple[dict[str, str], ...], tmp_path: Path) -> None:
    """Each document has its fragment with its facets, and nothing lies there that no page of ours uses."""
    top = tmp_path / "site"
    size = write_index(several, top)
    files = snapshot(top)
    assert size == sum(map(len, files.values()))
    found = search_records(files)
    assert sorted(record["url"].lstrip("/") for record in found) == sorted(path for group in several for path in group)
    assert all(record["filters"]["kind"] for record in found)
    assert {path for path in files if "/groups/" not in path} == {
        "pagefind/groups.json", "pagefind/pagefind.js", "pagefind/wasm.en.pagefind", "pagefind/wasm.unknown.pagefind",
        "pagefind/words.txt",
    }  # fmt: skip
    groups = listed(files)
    assert [group["languages"]["en"] for group in groups] == [len(documents) for documents in several]
    for group in groups:
        top = f"pagefind/groups/{group['folder']}/"
        entry = json.loads(files[f"{top}pagefind-entry.json"])["languages"]["en"]
        assert f"{top}pagefind.{entry['hash']}.pf_meta" in files
        assert urljoin(f"/{top}", f"wasm.{entry['wasm']}.pagefind") == "/pagefind/wasm.en.pagefind"


def test_what_a_group_holds_is_kept_for_good_and_the_list_is_not(several: tuple[dict[str, str], ...]) -> None:
    """The list of the groups is asked for anew, and leads to names that say what is there."""
    files = joined(map(index, several))
    short = {path for path in files if "immutable" not in cache_control(path)}
    assert short == {path for path in files if not path.startswith("pagefind/groups/")}
    assert len(short) < len(files)


def test_the_list_tells_what_can_be_found_where(several: tuple[dict[str, str], ...], shelf: PublicSite) -> None:
    """Each report is in the group that names its area, region and year, so no other has to be asked for it."""
    groups = listed(joined(map(index, several)))
    for report in shelf.reports:
        holding = [n for n, group in enumerate(several) if any(path.startswith(report.address) for path in group)]
        telling = [
            n
            for n, group in enumerate(groups[:-1])
            if report.area.id in group["area"]
            and report.region.id in group["region"]
            and str(report.about.year) in group["year"]
        ]
        assert holding == telling


def test_each_language_has_its_index(pages: dict[str, str]) -> None:
    """A record in Welsh is in an index of its own, which the search of an English page is led to as well."""
    path = next(iter(pages))
    pages[path] = pages[path].replace('lang="en"', 'lang="cy"')
    files = joined([index(pages)])
    (group,) = listed(files)
    assert group["languages"] == {"cy": 1, "en": len(pages) - 1}
    entry = json.loads(files[f"pagefind/groups/{group['folder']}/pagefind-entry.json"])
    assert {language: about["page_count"] for language, about in entry["languages"].items()} == group["languages"]


def test_a_failure_is_told_in_plain_words(
    pages: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Pagefind isn't there, or loses a record, the message says what to do and shows no traceback."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(SearchError, match="the search index could not be made: "):
        index(pages)
    monkeypatch.undo()

    def failing(_: list[str], folder: Path, seconds: float) -> Ended:
        return run([sys.executable, "-c", REFUSING], folder, seconds=seconds)

    monkeypatch.setattr(indexing, "run", failing)
    with pytest.raises(SearchError, match=re.escape("No module named pagefind. Run “make ready” again")):
        index(pages)


def test_a_lost_record_is_noticed(pages: dict[str, str]) -> None:
    """An index that holds less than it was given is no index."""
    pages["empty/1.html"] = "<!doctype html><html lang=en><body><p>Nothing here is marked as text.</p></body></html>"
    with pytest.raises(SearchError, match="records; build again"):
        index(pages)
