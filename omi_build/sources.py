"""Where a value stands: a file and a JSON pointer in it. Lines and columns are found only when a problem is shown."""

from __future__ import annotations

from dataclasses import dataclass

Key = str | int
"""One step of a pointer: the key of a mapping or the index of a list."""


@dataclass(frozen=True, order=True)
class Source:
    """The place of a value in the content."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    pointer: tuple[Key, ...] = ()
    """The steps from the top of the file to the value."""

    def child(self, *steps: Key) -> Source:
        """Return the place of a value inside this one."""
        return Source(self.path, (*self.pointer, *steps))

    def holds(self, other: Source) -> bool:
        """Say whether `other` is this place or lies inside it."""
        return self.path == other.path and other.pointer[: len(self.pointer)] == self.pointer
