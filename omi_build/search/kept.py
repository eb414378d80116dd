"""Indexes of groups that are kept by what they were made of, and put into a site file by file."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from omi_build.fingerprint import digest, of_program
from omi_build.search.indexing import Head, head, index, placed
from omi_build.workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from omi_build.cache import Cache, Entry


def indexed(groups: Sequence[tuple[str, Callable[[], dict[str, str]]]], cache: Cache) -> list[Entry]:
    """Return the index of each group, its parts being the files by their path from the top of the site.

    A group is a digest of its documents, and what gives them. What isn't kept is made, spread over the cores; raises
    SearchError as `index` does.
    """
    keys = [digest("index", of_program(), of_documents) for of_documents, _ in groups]
    kept = [cache.load(key) for key in keys]

    def make(number: int) -> Entry:
        made = index(groups[number][1]())
        about = head(made)
        return cache.keep(keys[number], asdict(about) | {"name": f"index {number}"}, placed(made, about.folder))

    missing = [number for number, entry in enumerate(kept) if entry is None]
    new = dict(zip(missing, spread(make, missing), strict=True))
    return [entry or new[number] for number, entry in enumerate(kept)]


def head_of(entry: Entry) -> Head:
    """Return what is told of an index that is kept."""
    return Head(**{field.name: entry.about[field.name] for field in fields(Head)})
