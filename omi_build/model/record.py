"""What was published, as it was: the versions of a report, and how the content of today differs from the last of them.

`omi publish` and `omi correct` write a version; nobody writes one by hand. It holds the files of the inspection as they
were, and a digest of what they say. What isn't said to readers takes no part in the digest: who was to write what, the
log of corrections, and where the report stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from omi_build.model.common import Sourced
from omi_build.model.dates import PartialDate
from omi_build.sources import Pointer

_NOT_SAID = ("assignments",)
_NOT_SAID_OF_PUBLICATION = ("corrections", "status", "withdrawn")


@dataclass(frozen=True)
class Version(Sourced):
    """One version of a report, as it was published (`versions/1.json`)."""

    version: int
    """Counted from 1."""
    date: PartialDate
    """The day from which it is the current one."""
    by: str
    """The role of who published it."""
    corrections: int
    """How many corrections the report had by then."""
    digest: str
    """Of what its documents say, as `digest_of` gives it."""
    documents: dict[str, str]
    """The text of each file of the inspection, by its path in the folder."""
    scores: dict[str, int] = field(default_factory=dict)
    """The scores that followed, in whole per cent: by `criterion 1.2`, `section 1`, `thread risk_of_harm`."""


@dataclass(frozen=True)
class History:
    """The versions of a report beside the content of today."""

    versions: tuple[Version, ...]
    """By number."""
    differences: tuple[tuple[str, Pointer], ...] = ()
    """Where the content of today differs from the last version: file in the folder, pointer to the value."""
    altered: tuple[int, ...] = ()
    """Numbers of versions whose documents are not what was recorded."""


def canonical(documents: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the documents of an inspection say to readers, by file; the form of the case answers doesn't matter.

    `documents` are plain values by the path of the file in the inspection's folder.
    """
    said: dict[str, Any] = {}
    for file, value in documents.items():
        name = "case_scores" if file.startswith("case_scores.") else file
        said[name] = _said(value) if file == "inspection.yaml" and isinstance(value, dict) else value
    return said


def digest_of(documents: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what the documents of an inspection say, whatever the order of their keys."""
    told = json.dumps(canonical(documents), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Pointer]]:
    """Yield (file, pointer) of the first value in each file of an inspection that is another than before."""
    old, new = canonical(before), canonical(after)
    for file in sorted({*old, *new}):
        if file not in new or file not in old:
            yield file, ()
        elif (place := _first_difference(old[file], new[file], ())) is not None:
            yield file, place


def _said(about: dict[str, Any]) -> dict[str, Any]:
    said = {key: value for key, value in about.items() if key not in _NOT_SAID}
    if isinstance(publication := said.get("publication"), dict):
        said["publication"] = {k: v for k, v in publication.items() if k not in _NOT_SAID_OF_PUBLICATION}
    return said


def _first_difference(old: Any, new: Any, pointer: Pointer) -> Pointer | None:
    """Return the place in `new` of the first difference, or None."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            if key not in old:
                return (*pointer, key)
            if key not in new:
                return pointer
            if (place := _first_difference(old[key], new[key], (*pointer, key))) is not None:
                return place
        return None
    if isinstance(old, list) and isinstance(new, list):
        for n, (one, other) in enumerate(zip(old, new, strict=False)):
            if (place := _first_difference(one, other, (*pointer, n))) is not None:
                return place
        if len(old) == len(new):
            return None
        return (*pointer, len(old)) if len(new) > len(old) else pointer
    return None if old == new else pointer
