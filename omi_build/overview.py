"""The check of a whole project, inspection by inspection, each kept by what it was made of.

Where nothing has changed, no part of the program is loaded that reads or judges content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build import fingerprint
from omi_build.cache import Cache
from omi_build.problems import packed, unpacked
from omi_build.project import Inputs

if TYPE_CHECKING:
    from collections.abc import Collection

    from omi_build.problems import Problem
    from omi_build.project import Project


@dataclass(frozen=True)
class Overview:
    """What the check of a whole project found."""

    problems: tuple[Problem, ...]
    drafts: tuple[str, ...]
    """The ids of the inspections whose reports aren't final."""


def overview_of(project: Project, only: Collection[str] | None = None) -> Overview:
    """Return what every rule found in all of the content, or in the inspections in `only` and what all share.

    Of all of it, what hasn't changed since it was last checked isn't read again; it finds what `check_content` finds, and
    raises the same errors.
    """
    cache, inputs = Cache(project.cache), Inputs.of(project)
    key = fingerprint.digest("checked", inputs.shared, fingerprint.of_files(inputs.own))
    entry = cache.load(key) if only is None else None
    if entry is not None:
        problems, drafts = entry.about
        return Overview(tuple(map(unpacked, problems)), tuple(drafts))
    from omi_build import checking  # noqa: PLC0415  # 0.5 seconds, which a check that finds nothing new is spared

    if only is not None:
        verdict = checking.verdict_on(checking.check_content(project, only))
        return Overview(verdict.problems, verdict.drafts)
    found, drafts = checking.check_each(project, inputs, cache)
    cache.keep(key, [list(map(packed, found)), drafts], {})
    return Overview(found, drafts)
