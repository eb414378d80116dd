"""Finds the line and column that a problem stands at, when it is shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from omi_build.documents.faults import Fault, lines_of, place_of
from omi_build.documents.reading import Spot, parse
from omi_build.documents.tables import parse_table
from omi_build.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omi_build.sources import Key

__all__ = ["lines_of", "locate"]

_GAP = r"(?:\s|\\[nrt\r\n ])+"
"""What may stand between two words of a quoted text: a space, a line break, or in double quotes an escaped one."""


def locate(text: str, problem: Problem) -> Place:
    """Return where in the text of its file a problem stands: the quoted words, else the value or its key."""
    if problem.place is not None:
        return problem.place
    try:
        spots = _spots(text, problem.source.path.rpartition(".")[2])
    except Fault as fault:
        return fault.place
    pointer = problem.source.pointer
    while pointer and pointer not in spots:
        pointer = pointer[:-1]
    if pointer not in spots:
        return Place(1, 1)
    spot = spots[pointer]
    if problem.quote and (offset := _quoted_words(text, spot, problem.quote)) is not None:
        return place_of(text, offset)
    at_key = problem.at_key and pointer == problem.source.pointer
    return place_of(text, spot.key if at_key else spot.start)


@lru_cache(maxsize=2)  # a file with many problems is read once for all of them
def _spots(text: str, ending: str) -> Mapping[tuple[Key, ...], Spot]:
    return parse_table(text).spots if ending == "csv" else parse(text, json_text=ending == "json", spots=True).spots


def _quoted_words(text: str, spot: Spot, quote: str) -> int | None:
    """Return the offset of words of a value in its text as written: wrapped, indented, its quotation marks escaped."""
    words = _GAP.join(_written(word) for word in quote.split())
    begins, ends = quote[:1].isalnum(), quote[-1:].isalnum()
    whole = rf"(?<![\w.,]){words}" if begins else words  # 7% does not stand in 47%, nor in 1.7%
    apart = rf"(?<![\w.,‑-]){words}" if begins else words
    apart += r"(?![\w‑-])" if ends else ""  # percent does not stand in percentage
    for pattern in (apart, whole, words):
        if found := re.compile(pattern).search(text, spot.start, spot.end):
            return found.start()
    return None


def _written(word: str) -> str:
    return re.escape(word).replace("'", "''?").replace('"', r'\\?"')
