"""Drawings as SVG: in a page, where the theme gives the inks, and as pictures that stand alone on paper."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from omi_build.charts.drawing import FONT, INKS, REGULAR, Box, Point, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from omi_build.charts import Chart
    from omi_build.charts.drawing import Drawing, Mark, Place, Text

PADDING = 4
"""What a drawing has around it, so that marks at its edge are whole."""
MARGIN = 20
"""What a picture has around its drawing."""
TITLE, SMALL = 18, 12
"""The size of the title and of the source below a picture."""

_SIGNS = str.maketrans("◂▸◇", "◄►◊")
"""What the faces of many machines lack: one lacking sign would change a whole line's face."""

Inked = Callable[[str, str], str]
"""(fill ink, stroke ink) → attributes; '' is no ink."""


def inline(drawing: Drawing, name: str, title: str, alternative: str) -> str:
    """Return a drawing for a page, whose scheme of colours it follows; `name` is unique on the page."""
    width, height = drawing.width + 2 * PADDING, drawing.height + 2 * PADDING
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" class="omi-drawing" role="img"'
        f' aria-labelledby="{name}-title {name}-desc" font-family="{FONT}" style="max-width:{_n(width)}px">'
        f'<title id="{name}-title">{html.escape(title)}</title><desc id="{name}-desc">{html.escape(alternative)}</desc>'
        f'<g fill="none" transform="translate({PADDING},{PADDING})">'
        f'<g class="omi-marks">{_layers(drawing, _by_theme)}</g>{_texts(drawing.texts, _by_theme)}'
        f"{_places(drawing.places)}</g></svg>"
    )


def standalone(chart: Chart) -> str:
    """Return a chart as SVG that needs no page: inks of paper on white, its title above, its source below."""
    drawing = chart.wide
    width = drawing.width + 2 * MARGIN
    above = _lines([chart.title], TITLE, width)
    below = _lines(chart.source, SMALL, width)
    top = MARGIN + len(above) * (TITLE + 6) + 10
    foot = top + drawing.height + 2 * PADDING + 14
    whole = foot + len(below) * (SMALL + 5) + MARGIN - 8
    inner = f"{_layers(drawing, _on_paper)}{_texts(drawing.texts, _on_paper)}".translate(_SIGNS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(whole)}"'
        f' viewBox="0 0 {_n(width)} {_n(whole)}" role="img" font-family="{FONT}">'
        f"<title>{html.escape(chart.title)}</title><desc>{html.escape(chart.alternative)}</desc>"
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        f"{_paragraph(above, TITLE, MARGIN + TITLE - 4, 'ink', 700)}"
        f'<g fill="none" transform="translate({MARGIN},{_n(top + PADDING)})">{inner}</g>'
        f"{_paragraph(below, SMALL, foot + SMALL, 'muted', 400)}</svg>\n"
    )


def _by_theme(fill: str, stroke: str) -> str:
    inks = (("fill", fill), ("stroke", stroke))
    style = ";".join(f"{name}:var(--omi-{ink},{INKS[ink]})" for name, ink in inks if ink)
    return f' style="{style}"'


def _on_paper(fill: str, stroke: str) -> str:
    return "".join(f' {name}="{INKS[ink]}"' for name, ink in (("fill", fill), ("stroke", stroke)) if ink)


def _layers(drawing: Drawing, inked: Inked) -> str:
    return "".join(_layer(layer, inked) for layer in drawing.layers if layer)


def _layer(marks: Sequence[Mark], inked: Inked) -> str:
    """Return marks in a group, which says once what all of them look like."""
    looks = [_look(mark, inked) for mark in marks]
    shared = [look if len({other[n] for other in looks}) == 1 else "" for n, look in enumerate(looks[0])]
    drawn = (
        f"<{_form(mark)}{''.join(part for part, same in zip(look, shared, strict=True) if not same)}/>"
        for mark, look in zip(marks, looks, strict=True)
    )
    return f"<g{''.join(shared)}>{''.join(drawn)}</g>"


def _look(mark: Mark, inked: Inked) -> tuple[str, str, str]:
    """Return the attributes for inks, the width of strokes and their dashes."""
    if isinstance(mark, Rule):
        return inked("", mark.ink), _width(mark.width), _dash(mark.dash)
    if isinstance(mark, Box):
        return inked(mark.fill, mark.stroke), "", _dash(mark.dash)
    return inked(mark.fill, mark.stroke), _width(mark.width), ""


def _form(mark: Mark) -> str:
    """Return the element of a mark without its brackets."""
    if isinstance(mark, Rule):
        (x1, y1), (x2, y2) = mark.start, mark.end
        return f'line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    if isinstance(mark, Box):
        return _rect(mark.left, mark.top, mark.right, mark.bottom)
    return _point(mark)


def _point(mark: Point) -> str:
    x, y, r = mark.x, mark.y, mark.radius
    if mark.shape == "circle":
        return f'circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"'
    if mark.shape == "square":
        return _rect(x - r, y - r, x + r, y + r)
    if mark.shape == "triangle":
        half = r * 3**0.5 / 2
        return f'path d="M{_n(x)},{_n(y - half)}L{_n(x - r)},{_n(y + half)}L{_n(x + r)},{_n(y + half)}Z"'
    return f'path d="M{_n(x - r)},{_n(y)}L{_n(x)},{_n(y - r)}L{_n(x + r)},{_n(y)}L{_n(x)},{_n(y + r)}Z"'


def _rect(left: float, top: float, right: float, bottom: float) -> str:
    return f'rect x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}"'


def _width(width: float) -> str:
    return "" if width == 1 else f' stroke-width="{_n(width)}"'


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{",".join(map(_n, dash))}"' if dash else ""


def _texts(texts: Iterable[Text], inked: Inked) -> str:
    """Return the texts of a drawing; those that look alike share what says so."""
    looks: dict[str, list[str]] = {}
    for text in texts:
        anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
        slant = ' font-style="italic"' if text.italic else ""
        weight = "" if text.weight == REGULAR else f' font-weight="{text.weight}"'
        look = f' font-size="{_n(text.size)}"{weight}{slant}{anchor}{inked(text.ink, "")}'
        x, y = _n(text.x), _n(text.middle + text.size * 0.35)
        first, *more = (html.escape(line) for line in text.lines)
        lines = "".join(f'<tspan x="{x}" dy="{_n(text.line)}">{line}</tspan>' for line in more)
        looks.setdefault(look, []).append(f'<text x="{x}" y="{y}">{first}{lines}</text>')
    return "".join(f"<g{look}>{''.join(same)}</g>" for look, same in looks.items())


def _places(places: Iterable[Place]) -> str:
    """Return the places of a drawing that can be explored, unseen until a reader asks for it."""
    boxes = "".join(
        f'<{_rect(place.left, place.top, place.right, place.bottom)} data-omi="{html.escape(place.words)}"/>'
        for place in places
    )
    return f'<g class="omi-places">{boxes}</g>' if boxes else ""


def _lines(texts: Iterable[str], size: int, width: float) -> list[str]:
    """Return texts in lines that fit a picture of a width."""
    fitting = int((width - 2 * MARGIN) / (size * (0.55 if size == TITLE else 0.5)))
    return [line for text in texts for line in textwrap.wrap(text, fitting)]


def _paragraph(lines: Sequence[str], size: int, first: float, ink: str, weight: int) -> str:
    step = size + (6 if size == TITLE else 5)
    return "".join(
        f'<text x="{MARGIN}" y="{_n(first + n * step)}" font-size="{size}" font-weight="{weight}" fill="{INKS[ink]}">'
        f"{html.escape(line)}</text>"
        for n, line in enumerate(lines)
    )


def _n(value: float) -> str:
    """Return a number of pixels; nobody sees less than a tenth of one."""
    return f"{value:.1f}".removesuffix(".0")
