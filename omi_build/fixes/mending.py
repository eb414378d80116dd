"""Mends many files together: again and again, until the rules find nothing more that has one right answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.documents import Fault, kind_of, parse
from omi_build.fixes.one_file import fix_file
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
    finds something that wasn't there before stays as it was, and so does one that could name a person: it must go.
    """
    before = problems = check({})
    chosen = sorted(set(chosen) - {problem.source.path for problem in before if problem.confidential})
    current = dict(texts)
    counts: dict[str, Counter[Kind]] = {path: Counter() for path in chosen}
    unfit = {problem.source.path for problem in before if problem.code.startswith(_UNREAD)}
    for _ in range(ROUNDS):
        after = {path: _fixed(path, current, problems, shapes, counts[path]) for path in chosen}
        if all(after[path] == current[path] for path in chosen):
            break
        current.update(after)
        problems = check(_changed(texts, current))
        worse = _worse(before, problems) & (_changed(texts, current).keys() - unfit)
        if worse:
            for path in worse:
                current[path], counts[path] = texts[path], Counter()
            chosen = [path for path in chosen if path not in worse]
            problems = check(_changed(texts, current))
    return Mended(_changed(texts, current), sum(counts.values(), Counter()), tuple(problems))


def _fixed(
    path: str, current: Mapping[str, str], problems: Iterable[Problem], shapes: Shapes, counts: Counter[Kind]
) -> str:
    inside = path.partition("/")[2]
    kind = kind_of(inside)
    assert kind is not None
    own = [problem for problem in problems if problem.source.path == path and problem.fix is not None]
    ending = path.rpartition(".")[2]
    fixed = fix_file(current[path], kind, ending, shapes, own, is_published=_is_published(path, current))
    counts.update(fixed.counts)
    return fixed.text


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
    return status not in {one.value for one in Status if one is not Status.PUBLISHED}


def _changed(texts: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in current.items() if text != texts[path]}


def _worse(before: Iterable[Problem], after: Iterable[Problem]) -> set[str]:
    """Return the files in which more is complained of than before under one code."""
    told = [Counter((problem.source.path, problem.code) for problem in problems) for problems in (before, after)]
    return {path for path, _ in told[1] - told[0]}
