"""Which words of a text have changed, and which texts of two lists are the same one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Generic, TypeVar

from omi_build.changes.told import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

AROUND = 4
"""How many words are shown on either side of an edit."""

LONGEST = 24
"""Of longer runs of words only the beginning and the end are shown."""

LONGEST_WORD = 80
"""Of longer words only the beginning is shown."""

ALIKE = 0.6
"""How like two texts must be, from 0 to 1, to be told as one that was edited."""


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return the words that were taken out of a text and put into it, in order; none where only line breaks differ.

    Edits with at most `AROUND` words between them are told as one.
    """
    old, new = before.split(), after.split()
    runs: list[list[int]] = []
    for same, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if same == "equal":
            continue
        if runs and start - runs[-1][1] <= AROUND:
            runs[-1][1], runs[-1][3] = end, new_end
        else:
            runs.append([start, end, new_start, new_end])
    return tuple(
        Edit(
            _leading(old[:start]),
            shortened(old[start:end]),
            shortened(new[new_start:new_end]),
            _trailing(old[end:]),
        )
        for start, end, new_start, new_end in runs
    )


def shortened(words: Sequence[str]) -> str:
    """Return words as text, the middle of a long run left out, and the end of a word that is none."""
    words = [word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…" for word in words]
    if len(words) <= LONGEST:
        return " ".join(words)
    half = LONGEST // 2
    return " ".join([*words[:half], "…", *words[-half:]])


def _leading(words: Sequence[str]) -> str:
    return shortened([*(["…"] if len(words) > AROUND else []), *words[-AROUND:]])


def _trailing(words: Sequence[str]) -> str:
    return shortened([*words[:AROUND], *(["…"] if len(words) > AROUND else [])])


@dataclass(frozen=True)
class Matching(Generic[T]):
    """What became of the items of a list: those that stayed, by pairs of places, and those that came or went."""

    pairs: tuple[tuple[int, int], ...]
    """Places before and after, in the order of the list as it is now."""
    removed: tuple[int, ...]
    added: tuple[int, ...]


def match(
    before: Sequence[T], after: Sequence[T], *, key: Callable[[T], str], text: Callable[[T], str] | None
) -> Matching[T]:
    """Return which item is which: by the same text first, then by likeness of texts, last by the same key.

    So an item that was put in isn't told as a change of all that follow it, though their letters moved on. Items without
    `text` are known by their key alone.
    """
    pairs: dict[int, int] = {}
    steps = [_same(before, after, lambda item: (key(item), text(item) if text else ""))]
    if text:
        steps = [*steps, _same(before, after, text), _alike(before, after, key, text)]
    for step in [*steps, _same(before, after, key)]:
        pairs |= step(
            [n for n in range(len(before)) if n not in pairs],
            [n for n in range(len(after)) if n not in pairs.values()],
        )
    return Matching(
        tuple(sorted(pairs.items(), key=lambda pair: pair[1])),
        tuple(n for n in range(len(before)) if n not in pairs),
        tuple(n for n in range(len(after)) if n not in pairs.values()),
    )


def _same(before: Sequence[T], after: Sequence[T], told: Callable[[T], object]) -> Callable[..., dict[int, int]]:
    """Return a step that pairs what is left of both lists where `told` gives the same."""

    def step(old: list[int], new: list[int]) -> dict[int, int]:
        places: dict[object, list[int]] = {}
        for place in new:
            places.setdefault(told(after[place]), []).append(place)
        found = {}
        for place in old:
            if there := places.get(told(before[place])):
                found[place] = there.pop(0)
        return found

    return step


def _alike(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], str], text: Callable[[T], str]
) -> Callable[..., dict[int, int]]:
    """Return a step that pairs what is left of both lists where the texts are alike, the likest first."""

    def step(old: list[int], new: list[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        likeness = sorted(
            (
                (-ratio, key(before[one]) != key(after[other]), one, other)
                for other in new
                for one, ratio in _ratios(text(after[other]), [(place, text(before[place])) for place in old])
            ),
        )
        for _, _, one, other in likeness:
            if one not in found and other not in found.values():
                found[one] = other
        return found

    return step


def _ratios(wanted: str, texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, float]]:
    matcher = SequenceMatcher(None, autojunk=True)
    matcher.set_seq2(wanted.split())
    for place, text in texts:
        matcher.set_seq1(text.split())
        # The first two are quick upper bounds of the third.
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            yield place, matcher.ratio()
