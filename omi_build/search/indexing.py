"""The search index: Pagefind's command over the documents of each group, and the files of all groups together.

A group's files lie in a folder named after what they hold, all of which may be kept for good. Pagefind's program lies above
once for all of them. Its own pages, and the parts of it that no page here uses, are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from omi_build.deployment import SEARCH, SEARCH_GROUPS
from omi_build.fingerprint import digest
from omi_build.problems import OmiError
from omi_build.processes import run, told
from omi_build.search.documents import count_words, list_words
from omi_build.search.settled import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = f"{SEARCH}words.txt"
"""The words of the index, for mending typing errors."""

GROUPS = f"{SEARCH}groups.json"
"""The list of the groups: where each lies, how many records it has in which language, and what can be found in it."""

ENTRY = "pagefind-entry.json"
"""The file of a group that Pagefind loads first."""

ENGINE = ("pagefind.js", "wasm.*.pagefind")
"""Pagefind's program, the same for every group."""

UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js")
"""What Pagefind writes for pages other than ours."""

TELLING = ("area", "region", "year")
"""The facets whose values say in which groups a search can find anything."""

TIME = 1800
"""How many seconds a group may take; 80 reports take two or three."""


ROOM = 2**29
"""How many bytes must be free in memory before documents are laid there: a group takes a tenth of it."""


class SearchError(OmiError):
    """The search index could not be made."""


@dataclass(frozen=True)
class Index:
    """The index of one group."""

    files: Mapping[str, bytes]
    """By their path from the folder of the group."""
    engine: Mapping[str, bytes]
    """The files of Pagefind's program that it needs, by their name."""
    languages: Mapping[str, int]
    """How many records it has in each language."""
    facets: Mapping[str, tuple[str, ...]]
    """The values of each telling facet that its records have."""
    words: Mapping[str, int]
    """How often each word stands in it."""


def index(pages: Mapping[str, str]) -> Index:
    """Return the index of a group's pages, by the path that `documents` gives them.

    The same pages give the same bytes. Raises SearchError, in plain words, where Pagefind can't be run or fails.
    """
    with tempfile.TemporaryDirectory(prefix="omi-search-", dir=_place()) as folder:
        source, out = Path(folder, "pages"), Path(folder, "index")
        source.mkdir()
        for path, page in pages.items():
            file = source / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
        _run([sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(out), "--silent"], source)
        if not (out / ENTRY).is_file():
            raise SearchError("the search index is not there, though Pagefind told of no error")
        entry = json.loads((out / ENTRY).read_text(encoding="utf-8"))
        languages = {language: about["page_count"] for language, about in sorted(entry["languages"].items())}
        if sum(languages.values()) != len(pages):
            raise SearchError(f"the search index holds {sum(languages.values())} of {len(pages)} records; build again")
        for pattern in UNUSED:
            for file in out.glob(pattern):
                file.unlink()
        values = settle(out)
        engine = {file.name: file.read_bytes() for pattern in ENGINE for file in sorted(out.glob(pattern))}
        files = {
            file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()
        }
    return Index(
        {path: raw for path, raw in files.items() if path not in engine},
        engine,
        languages,
        {name: tuple(sorted(values[name])) for name in TELLING if name in values},
        count_words(pages.values()),
    )


@dataclass(frozen=True)
class Head:
    """What is told of an index beside its files."""

    folder: str
    """Where its files lie: a name that changes with what they hold."""
    languages: Mapping[str, int]
    facets: Mapping[str, tuple[str, ...]]
    words: Mapping[str, int]


def head(one: Index) -> Head:
    """Return what is told of an index."""
    name = digest(*(part for path, raw in one.files.items() for part in (path, raw)))[:12]
    return Head(name, dict(one.languages), dict(one.facets), dict(one.words))


def placed(one: Index, folder: str) -> dict[str, bytes]:
    """Return the files of an index, and of the program, by their path from the top of the site."""
    own = {f"{SEARCH_GROUPS}{folder}/{path}": raw for path, raw in one.files.items()}
    return own | {f"{SEARCH}{path}": raw for path, raw in one.engine.items()}


def lists(heads: Iterable[Head]) -> dict[str, bytes]:
    """Return the list of the groups and that of their words, by path; the heads are in the order of the groups."""
    listed = []
    words: Counter[str] = Counter()
    for one in heads:
        listed.append({"folder": one.folder, "languages": one.languages, **one.facets})
        words.update(one.words)
    told = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return {WORDS: list_words(words).encode(), GROUPS: told.encode()}


def joined(indexes: Iterable[Index]) -> dict[str, bytes]:
    """Return the files of the search by their path from the top of the site; the indexes are those of the groups in order."""
    files: dict[str, bytes] = {}
    heads = []
    for one in indexes:
        heads.append(head(one))
        files |= placed(one, heads[-1].folder)
    return files | lists(heads)


def write_index(groups: Iterable[Mapping[str, str]], top: Path) -> int:
    """Write the search of the groups of documents into a site's folder; return the size of its files in bytes.

    Raises SearchError as `index` does.
    """
    files = joined(map(index, groups))
    for path, raw in files.items():
        file = top / PurePosixPath(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    return sum(map(len, files.values()))


def _place() -> str | None:
    """Return where thousands of small files are written and read once; None for where the system has such things."""
    room = Path("/dev/shm")  # noqa: S108  # memory on Linux; the folder made in it is nobody else's
    return str(room) if room.is_dir() and os.access(room, os.W_OK) and shutil.disk_usage(room).free > ROOM else None


def _run(command: list[str], folder: Path) -> None:
    try:
        done = run(command, folder, seconds=TIME)
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from None
    if done.returncode:
        lines = (told(done) or done.stdout.decode("utf-8", "replace").strip()).splitlines()
        why = lines[-1] if lines else f"Pagefind ended with {done.returncode}"
        hint = "Run “make ready” again; if that doesn’t help, this machine may have no Pagefind (package pagefind-bin)."
        raise SearchError(f"the search index could not be made: {why}. {hint}")
