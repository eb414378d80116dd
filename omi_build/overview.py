"""The check of a whole project, inspection by inspection, each kept by what it was made of.

Where nothing has changed, no part of the program is loaded that reads or judges content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build import fingerprint
from omi_build.cache import Cache
from omi_build.problems import unpacked
from omi_build.project import Inputs

if TYPE_CHECKING:
    from omi_build.problems import Problem
    from omi_build.project import Project


@dataclass(frozen=True)
class Overview:
    """What the check of a whole project found."""

    problems: tuple[Problem, ...]
    drafts: tuple[str, ...]
    """The ids of the inspections whose reports aren't final."""


def check_all(project: Project) -> Overview:
    """Return what every rule found in all of the content; what hasn't changed since it was last checked isn't read again.

    It finds what `check_content` finds, with the inspections spread over the cores, and raises the same errors.
    """
    cache, inputs = Cache(project.cache), Inputs.of(project)
    key = fingerprint.digest("checked", inputs.shared, fingerprint.of_files(inputs.own))
    entry = cache.load(key)
    if entry is not None:
        problems, drafts = entry.about
        return Overview(tuple(map(unpacked, problems)), tuple(drafts))
    return _anew(project, cache, inputs, key)


def _anew(project: Project, cache: Cache, inputs: Inputs, key: str) -> Overview:
    from omi_build.checking import Verdict, check_content, problems_of_all, read_ground, verdict_on  # noqa: PLC0415
    from omi_build.problems import packed  # noqa: PLC0415
    from omi_build.workers import spread  # noqa: PLC0415

    ground = read_ground(project)
    judged_ground = ground.judged
    keys = {name: inputs.of_one(name, "verdict") for name in inputs.own}
    kept = {name: cache.load(one) for name, one in keys.items()}
    missing = [name for name, one in kept.items() if one is None]

    def judged(name: str) -> Any:
        verdict = verdict_on(check_content(project, (name,), ground=judged_ground)).packed()
        cache.keep(keys[name], verdict, {})
        return verdict

    made = dict(zip(missing, spread(judged, missing), strict=True))
    verdicts = [Verdict.unpacked(one.about if one else made[name]) for name, one in kept.items()]
    found = problems_of_all(check_content(project, (), ground=ground), verdicts)
    drafts = [name for verdict in verdicts for name in verdict.drafts]
    cache.keep(key, [list(map(packed, found)), drafts], {})
    return Overview(found, tuple(drafts))
