"""What stops the reading of a file, and lines and columns out of offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from omi_build.problems import Place, Problem
from omi_build.sources import Source

LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


class Fault(Exception):
    """A file can't be read on from here; carries what to tell, without the path."""

    def __init__(self, code: str, message: str, hint: str, place: Place, *, confidential: bool = False) -> None:
        """Take the parts of the problem."""
        super().__init__(message)
        self.code, self.message, self.hint, self.place = code, message, hint, place
        self.confidential = confidential

    def problem(self, path: str) -> Problem:
        """Return the problem for the file at `path`."""
        return Problem(
            Source(path), self.code, self.message, self.hint, place=self.place, confidential=self.confidential
        )


@lru_cache(maxsize=2)  # a file with many problems is asked for many lines
def lines_of(text: str) -> tuple[str, ...]:
    """Split a text into its lines, as the YAML reader counts them."""
    return tuple(LINE_BREAK.split(text))


def place_of(text: str, offset: int) -> Place:
    """Return the line and column of a character."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Place(line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=2)
def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in LINE_BREAK.finditer(text))]
