"""Indexes of groups that are kept by what they were made of, to be put into a site file by file."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from omi_build.fingerprint import digest, of_program
from omi_build.search.indexing import Head, head, index, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omi_build.cache import Cache, Entry


def key_of(of_documents: str) -> str:
    """Return the key under which the index of a group is kept, by a digest of its documents."""
    return digest("index", of_program(), of_documents)


def make_index(of_documents: str, documents: Mapping[str, str], cache: Cache) -> Entry:
    """Return the index of a group, its parts being the files by their path from the top of the site.

    Raises SearchError as `index` does.
    """
    made = index(documents)
    about = head(made)
    return cache.keep(key_of(of_documents), asdict(about), placed(made, about.folder))


def head_of(entry: Entry) -> Head:
    """Return what is told of an index that is kept."""
    return Head(**{field.name: entry.about[field.name] for field in fields(Head)})
