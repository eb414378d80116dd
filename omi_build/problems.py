"""What is wrong with the content, and where. A problem is a value in a stream: nothing here prints or exits."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Severity(Enum):
    """How much a problem weighs."""

    ERROR = "error"
    """It must be wrong: nothing is published until it is mended."""
    WARNING = "warning"
    """It may be right: a person must look."""


@dataclass(frozen=True)
class Place:
    """A line and a column, both counted from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    source: Source
    """The file and the value that it is about."""
    code: str
    """A stable code, such as OMI301; it never changes its meaning."""
    message: str
    """What is wrong, with the value, in the words of the person who wrote it."""
    hint: str = ""
    """What to do about it."""
    severity: Severity = Severity.ERROR
    quote: str = ""
    """The words in question, for a column inside prose."""
    at_key: bool = False
    """Whether it is about the key rather than about its value."""
    confidential: bool = False
    """Whether its line must not be shown: it may name a person."""
    fix: str | None = None
    """What must stand instead of the quoted words, or without any instead of the whole value: set only where there is one
    right answer."""
    place: Place | None = None
    """The exact place, where it is known already (a file that can't be read has no pointers)."""


def packed(problem: Problem) -> list[Any]:
    """Return a problem as values of JSON."""
    values = {name: getattr(problem, name) for name in _PLAIN}
    place = [problem.place.line, problem.place.column] if problem.place else None
    return [problem.source.path, list(problem.source.pointer), problem.severity.value, place, values]


def unpacked(values: Sequence[Any]) -> Problem:
    """Return the problem that was packed."""
    path, pointer, severity, place, plain = values
    return Problem(
        source=Source(path, tuple(pointer)),
        severity=Severity(severity),
        place=Place(*place) if place else None,
        **plain,
    )


_PLAIN = ("code", "message", "hint", "quote", "at_key", "confidential", "fix")


class OmiError(Exception):
    """The family of errors that a user can cause; their text is for the user."""


class ContentError(OmiError):
    """The content can't be published as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, errors and warnings alike, for the door to show."""
        super().__init__(count(problems))
        self.problems = tuple(problems)


class UsageError(OmiError):
    """The command, or the place it was run in, is wrong."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a publication."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def count(problems: Iterable[Problem]) -> str:
    """Say how many errors and warnings there are: '2 errors, 1 warning'."""
    found = list(problems)
    if not found:
        return "no problems"
    parts = []
    for severity in Severity:
        number = sum(problem.severity is severity for problem in found)
        if number:
            parts.append(f"{number} {severity.value}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def summary(problems: Sequence[Problem]) -> str:
    """Return the last line of a report: how many problems in how many files."""
    if not problems:
        return "No problems found."
    files = len({problem.source.path for problem in problems})
    words = count(problems)
    return f"{words} in {files} {'file' if files == 1 else 'files'}."


SMART_QUOTES = str.maketrans({"“": "", "”": "", "‘": "", "’": "", "„": ""})
"""Takes away the quotation marks that a word processor puts around a word."""


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one, or ''."""
    plain = word.translate(SMART_QUOTES).strip(" -").lower()
    return next(iter(difflib.get_close_matches(plain, list(known), n=1, cutoff=0.6)), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return 'Did you mean `x`?' for the known word most like this one, or ''."""
    close = closest(word, known)
    return f"Did you mean `{close}`?" if close else ""
