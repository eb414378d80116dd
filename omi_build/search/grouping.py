"""Which reports share an index: the index of a group is made again when a report in it changes, and no other.

Pure: ids in, groups out. Where a group begins depends on digests of the ids around it, so a new report moves no border
far from it, and every machine draws the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST = 80
"""How many reports a group has at the most; of many groups the mean is half of it.

What a browser loads before it can ask a group grows with it, 48 KB at 80 reports; what it loads to ask all of them grows
with the number of groups.
"""


def groups(ids: Iterable[str], most: int = MOST) -> tuple[tuple[str, ...], ...]:
    """Return the ids in order, cut into runs of at most `most`."""
    return tuple(tuple(run) for run in _cut(sorted(ids), most))


def _cut(ids: Sequence[str], most: int) -> list[Sequence[str]]:
    """Return a run as it is, or cut before the id with the smallest digest, as often as it takes."""
    if len(ids) <= most:
        return [ids] if ids else []
    at = min(range(1, len(ids)), key=lambda place: digest(ids[place]))
    return [*_cut(ids[:at], most), *_cut(ids[at:], most)]


def with_own(runs: Sequence[Sequence[str]], own: Mapping[str, str]) -> list[tuple[Sequence[str], Mapping[str, str]]]:
    """Return the groups with the documents beside those of their reports: the site's own.

    They are a group of their own, the last, but where all reports fit into one they stand in it with them.
    """
    if len(runs) == 1:
        return [(runs[0], own)]
    return [*((run, {}) for run in runs), *([((), own)] if own else [])]
