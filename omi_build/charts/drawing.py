"""What all drawings share: inks, measures, marks, texts and the places that a reader can explore.

A drawing says what stands where, in pixels, as data; `svg` writes it. No library of charts takes part: each place is
worked out here, because labels wrap and rows are as high as their labels, and a library that is told every place has
nothing left to do but to take its time.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

INKS = {
    "ink": "#1b2a33",
    "muted": "#51626c",
    "rule": "#c9d2d6",
    "level-1": "#1f6f6b",
    "level-2": "#965d12",
    "level-3": "#9c2f3f",
    "level-4": "#5b2a55",
    "paper": "#fdfdfc",
}
"""The inks of the drawings by the name of the theme's variable (`--omi-<name>`); the value is the one on paper."""

LEVELS = 4
"""How many steps of a scale have an ink of their own; further ones share the last."""

FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

WIDE, NARROW = 760, 330
CHARACTER = 7.4
"""How many pixels a character takes at most, to tell whether a text fits: readers' fonts differ."""

BOLD = 9.2
"""The same of a heading's characters."""

REGULAR = 400
"""The weight of type that needs no word in a drawing."""

LINE, BAR = 15, 16
"""The height of a line of text and of a bar, in pixels."""

Shape = Literal["circle", "square", "triangle", "diamond"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    ink: str
    width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Box:
    """A rectangle, filled or as an outline."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str = ""
    """The ink inside; '' for none."""
    stroke: str = ""
    """The ink of the outline; '' for none."""
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Point:
    """A mark of one value; its shape tells what its ink tells."""

    x: float
    y: float
    shape: Shape
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 1


Mark = Rule | Box | Point


@dataclass(frozen=True)
class Text:
    """A text of one or more lines."""

    x: float
    middle: float
    """The middle of the first line."""
    lines: tuple[str, ...]
    size: float
    weight: int
    ink: str
    anchor: Anchor
    italic: bool
    line: float
    """From one line to the next."""


@dataclass(frozen=True)
class Place:
    """A part of a drawing that a reader can explore, and what is said of it."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """A drawing: layers of marks on one another, and texts above them; all is counted from the left and the top."""

    width: float
    height: float
    layers: tuple[tuple[Mark, ...], ...]
    """The lowest first; the marks of one are of one kind."""
    texts: tuple[Text, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in pixels."""

    width: int
    label_width: int
    """How much of the width the labels take; 0 puts them above the bars."""

    @property
    def above(self) -> bool:
        """Whether labels stand above what they name."""
        return self.label_width == 0

    def wrapped(self, label: str) -> list[str]:
        """Return a label in lines that fit beside, or above, what it names."""
        return textwrap.wrap(label, int((self.label_width or self.width) / CHARACTER)) or [""]

    def heading(self, title: str) -> list[str]:
        """Return a heading, which has the whole width and bold letters, in lines."""
        return textwrap.wrap(title, int(self.width / BOLD)) or [""]


def level_ink(level: int) -> str:
    """Return the ink of a step of a scale, counted from 1 for the best."""
    return f"level-{min(level, LEVELS)}"


def text(  # each is a property of the text
    x: float,
    middle: float,
    lines: str | Sequence[str],
    *,
    size: float = 13,
    weight: int = REGULAR,
    ink: str = "ink",
    anchor: Anchor = "start",
    italic: bool = False,
    line: float = LINE,
) -> Text:
    """Return a text; `middle` is the middle of its first line."""
    told = (lines,) if isinstance(lines, str) else tuple(lines)
    return Text(x, middle, told, size, weight, ink, anchor, italic, line)


def per_cent(share: float, left: float, right: float) -> float:
    """Return where a share in per cent lies, between where 0 and 100 do."""
    return left + (right - left) * share / 100
