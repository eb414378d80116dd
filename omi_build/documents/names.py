"""Names that a file of the content may have, so that it is the same file on every computer.

Windows and macOS take `Findings` and `findings` for one folder, and drop a full stop at the end of a name; Windows can't
write `aux.yaml` at all. A checkout there would lose a file in silence, or fail.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from omi_build.documents.signs import UNFIT, name_of
from omi_build.problems import Place, Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_NAME = 100

_PORTABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)")
_RESERVED = re.compile(r"(?:aux|con|nul|prn|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_ALLOWED = "Names have letters from A to Z, digits, hyphens, full stops and low lines"


def unfit_name(path: str, inside: str) -> Problem | None:
    """Return what is wrong with the name of a file or of a folder that it lies in, or None.

    `path` is how the file is told, `inside` its path in the content as it is on disk.
    """
    for name in inside.split("/"):
        if message := _unfit(name):
            return Problem(Source(path), "OMI009", message, f"{_ALLOWED}: rename it.", place=Place(1, 1))
    return None


def twins(root: str, names: Iterable[str]) -> Iterator[Problem]:
    """Yield each file or folder whose path differs from another's in capitals alone: many computers would keep only one."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for inside in sorted(names):
        parts = inside.split("/")
        for depth in range(1, len(parts) + 1):
            part = "/".join(parts[:depth])
            other = first.setdefault(part.casefold(), part)
            if other != part and part not in told:
                told.add(part)
                message = (
                    f"this name differs from {root}/{other} in capitals alone, and many computers would keep only one"
                )
                hint = "Rename or delete one of the two."
                yield Problem(Source(f"{root}/{part}"), "OMI009", message, hint, place=Place(1, 1))
            if other != part:
                break


@lru_cache(maxsize=1024)  # inspections have files of the same names
def _unfit(name: str) -> str:
    if hidden := UNFIT.search(name):
        return f"this name has an invisible character, {name_of(hidden.group())}"
    if _RESERVED.fullmatch(name):
        return f"a file can't be called {name} on Windows"
    if name.endswith((".", " ")):
        return f"this name ends in a {'full stop' if name.endswith('.') else 'space'}, which some computers drop"
    if len(name) > MAX_NAME:
        return f"this name is longer than {MAX_NAME} characters"
    if not _PORTABLE.fullmatch(name):
        odd = next((sign for sign in name if not re.match("[A-Za-z0-9_.-]", sign)), name[0])
        return f"this name has a sign that not every computer can write: {odd!r}"
    return ""
