"""Where a value stands: a file and a JSON pointer in it. Lines and columns are found only when a problem is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = str | int
"""One step of a pointer: the key of a mapping or the index of a list."""

Pointer = tuple[Key, ...]
"""The steps from the top of a file to a value."""


@dataclass(frozen=True, order=True)
class Source:
    """The place of a value in the content."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    pointer: Pointer = ()
    """The steps from the top of the file to the value."""
    kept: Mapping[Pointer, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    """Of lists whose blank entries were left out, by their pointer: the indices in the file of the entries that remain."""

    def child(self, *steps: Key) -> Source:
        """Return the place of a value inside this one; an index counts the entries that were not left out."""
        pointer = self.pointer
        if not self.kept:
            return Source(self.path, (*pointer, *steps), self.kept)
        for step in steps:
            kept = self.kept.get(pointer)
            pointer = (*pointer, kept[step] if kept is not None and isinstance(step, int) else step)
        return Source(self.path, pointer, self.kept)

    def holds(self, other: Source) -> bool:
        """Say whether `other` is this place or lies inside it."""
        return self.path == other.path and other.pointer[: len(self.pointer)] == self.pointer
