"""Mends many files together: again and again, until the rules find nothing more that has one right answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.documents import Fault, kind_of, parse
from omi_build.fixes.one_file import Fixed, fix_file
from omi_build.model.inspection import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from omi_build.fixes.pages import Kind
    from omi_build.fixes.shapes import Shapes
    from omi_build.problems import Problem

    Check = Callable[[Mapping[str, str]], Sequence[Problem]]

ROUNDS = 8
"""How often rules are asked again: a file that can be read only now is judged only now."""

DATA_ABOUT_PEOPLE = "case_scores"
"""The kind of document whose lines are about people: they are not shown."""

_UNREAD = ("OMI0", "OMI1")
"""Codes of what reading and the schemas refuse: while a file has one, rules don't see it."""


@dataclass(frozen=True)
class Mended:
    """What became of the files."""

    texts: dict[str, str]
    """The files that changed, by path, with their new text."""
    counts: Counter[Kind]
    """How many fixes of each kind were made."""
    problems: tuple[Problem, ...]
    """What is still wrong: for a person to decide."""


def mend(texts: Mapping[str, str], chosen: Collection[str], check: Check, shapes: Shapes) -> Mended:
    """Mend the chosen files of a content.

    `texts` are the data files that could be read as text, by path, which begins with the folder of the content. `check`
    returns every problem of the content with some files replaced: {} for the content as it is. A file in which a rule
    finds something that wasn't there before stays as it was, and so do one whose rules contradict each other and one that
    could name a person.
    """
    before = problems = check({})
    open_to = set(chosen) - {problem.source.path for problem in before if problem.confidential}
    unfit = {problem.source.path for problem in before if problem.code.startswith(_UNREAD)}
    current = dict(texts)
    counts: dict[str, Counter[Kind]] = {path: Counter() for path in open_to}
    for n in range(ROUNDS):
        moving = {path: fixed for path in sorted(open_to) if (fixed := _fixed(path, current, problems, shapes)).counts}
        if not moving:
            break
        for path, fixed in moving.items():
            current[path] = fixed.text
            counts[path] += fixed.counts
        problems = check(_changed(texts, current))
        worse = (_worse(before, problems) & _changed(texts, current).keys()) - unfit
        if n == ROUNDS - 1:  # two rules that contradict each other would go on for ever
            worse |= moving.keys()
        if worse:
            current.update((path, texts[path]) for path in worse)
            open_to -= worse
            problems = check(_changed(texts, current))
    kept = _changed(texts, current)
    return Mended(kept, sum((counts[path] for path in kept), Counter()), tuple(problems))


def _fixed(path: str, current: Mapping[str, str], problems: Iterable[Problem], shapes: Shapes) -> Fixed:
    kind = kind_of(path.partition("/")[2])
    assert kind is not None
    own = [problem for problem in problems if problem.source.path == path and problem.fix is not None]
    ending = path.rpartition(".")[2]
    return fix_file(current[path], kind, ending, shapes, own, is_published=_is_published(path, current))


def _is_published(path: str, texts: Mapping[str, str]) -> bool:
    """Say whether a file belongs to a report that is published, or of which that isn't certain."""
    root, _, inside = path.partition("/")
    parts = inside.split("/")
    if parts[0] != "inspections":
        return True
    try:
        value = parse(texts.get(f"{root}/inspections/{parts[1]}/inspection.yaml", "")).value
    except Fault:
        return True
    publication = value.get("publication") if isinstance(value, dict) else None
    status = publication.get("status") if isinstance(publication, dict) else None
    return status not in {one.value for one in Status if not one.is_final}


def _changed(texts: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in current.items() if text != texts[path]}


def _worse(before: Iterable[Problem], after: Iterable[Problem]) -> set[str]:
    """Return the files in which more is complained of than before under one code."""
    told = [Counter((problem.source.path, problem.code) for problem in problems) for problems in (before, after)]
    return {path for path, _ in told[1] - told[0]}
