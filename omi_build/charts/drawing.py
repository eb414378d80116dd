"""What all drawings share: inks, measures, texts and the places that a reader can explore.

Vega draws the marks. Texts stand in the specification's `usermeta`, each at its place, and so do the places to explore:
`render` writes them into the drawing. Vega would measure each text as it draws, which takes ten times as long as all
else, and would repeat the typeface in each.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    return INKS[f"level-{min(level, LEVELS)}"]


def values(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Return rows as the data of a layer."""
    return alt.InlineData(values=list(rows))


def down(field: str, height: float) -> alt.Y:
    """Return a position counted in pixels from the top."""
    return alt.Y(
        f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    )


def across(field: str, width: float) -> alt.X:
    """Return a position counted in pixels from the left."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False))


def text(  # each is a property of the text
    x: float,
    middle: float,
    lines: str | Sequence[str],
    *,
    size: float = 13,
    weight: int = REGULAR,
    ink: str = "ink",
    anchor: str = "start",
    italic: bool = False,
    line: float = LINE,
) -> dict[str, Any]:
    """Return a text for `finished`; `middle` is the middle of its first line, counted from the top."""
    return {
        "x": round(x, 1),
        "y": round(middle + size * 0.35, 1),
        "lines": [lines] if isinstance(lines, str) else list(lines),
        "size": size,
        "weight": weight,
        "ink": ink,
        "anchor": anchor,
        "italic": italic,
        "line": line,
    }


def place(left: float, top: float, right: float, bottom: float, words: str) -> dict[str, Any]:
    """Return a place of a drawing that a reader can explore, with its words, for `finished`."""
    return {"box": [round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)], "words": words}


def finished(
    layers: Sequence[alt.Chart],
    width: float,
    height: float,
    texts: Iterable[dict[str, Any]] = (),
    places: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the whole specification of a drawing."""
    return layered(
        layers,
        width=width,
        height=height,
        padding=4,
        background="transparent",
        usermeta={"texts": list(texts), "places": list(places)},
    )


def layered(layers: Iterable[alt.Chart], **properties: Any) -> dict[str, Any]:
    """Return the specification of layers on one another, with properties of the whole.

    It is what `alt.layer(*layers)` would say. That copies each layer four times over, which took most of a chart's time;
    so the layers are written one by one into the frame of a chart without any.
    """
    datasets: dict[str, Any] = {}
    context = {"top_level": False, "datasets": datasets}
    drawn = [layer.to_dict(validate=False, context=context) for layer in layers]
    frame: dict[str, Any] = (
        alt.LayerChart(layer=[])
        .properties(**properties)
        .configure(font=FONT, view=alt.ViewConfig(stroke=None))
        .to_dict(validate=False)
    )
    return frame | {"layer": drawn, "datasets": datasets}
