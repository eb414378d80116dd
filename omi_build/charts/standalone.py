"""A chart as a picture that stands alone: inks of paper on white, its title above, its source below."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING

from omi_build.charts.drawing import FONT, INKS

if TYPE_CHECKING:
    from omi_build.charts import Chart

MARGIN = 20
PADDING = 4
"""What a drawing for the page has around it."""
TITLE, SMALL = 18, 12
"""The size of the title and of the source."""

_STYLE = re.compile(r' style="((?:(?:fill|stroke):var\(--omi-[a-z0-9-]+,#[0-9a-f]{6}\);?)+)"')
_PART = re.compile(r"(fill|stroke):var\(--omi-[a-z0-9-]+,(#[0-9a-f]{6})\)")
_PLACES = re.compile(r'<g class="omi-places">.*?</g>', re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SIGNS = str.maketrans("◂▸◇", "◄►◊")
"""What the faces of many machines lack: one lacking sign would change a whole line's face."""
_WORDS = re.compile(r"<(title|desc) id=\"[^\"]*\">.*?</\1>", re.DOTALL)


def standalone(drawing: str, chart: Chart) -> str:
    """Return a drawing for the page as SVG that needs no page: the theme's variables become the inks on paper."""
    size = _SIZE.search(drawing)
    assert size is not None
    width, height = float(size.group(1)) + 2 * (MARGIN - PADDING), float(size.group(2))
    inner = _WORDS.sub("", _PLACES.sub("", drawing.partition(">")[2])).removesuffix("</svg>")
    inner = _STYLE.sub(lambda style: "".join(f' {a}="{ink}"' for a, ink in _PART.findall(style.group(1))), inner)
    inner = inner.translate(_SIGNS)
    above = _lines([chart.title], TITLE, width)
    below = _lines(chart.source, SMALL, width)
    top = MARGIN + len(above) * (TITLE + 6) + 10
    whole = top + height + 14 + len(below) * (SMALL + 5) + MARGIN - 8
    title, words = html.escape(chart.title), html.escape(chart.alternative)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{whole:g}" viewBox="0 0 {width:g} {whole:g}"'
        f' role="img" font-family="{FONT}"><title>{title}</title><desc>{words}</desc>'
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        f"{_written(above, TITLE, MARGIN + TITLE - 4, 'ink', 700)}"
        f'<g transform="translate({MARGIN - PADDING},{top:g})">{inner}</g>'
        f"{_written(below, SMALL, top + height + 14 + SMALL, 'muted', 400)}</svg>\n"
    )


def _lines(texts: list[str] | tuple[str, ...], size: int, width: float) -> list[str]:
    return [
        line
        for text in texts
        for line in textwrap.wrap(text, int((width - 2 * MARGIN) / (size * (0.55 if size == TITLE else 0.5))))
    ]


def _written(lines: list[str], size: int, first: float, ink: str, weight: int) -> str:
    step = size + (6 if size == TITLE else 5)
    return "".join(
        f'<text x="{MARGIN}" y="{first + n * step:g}" font-size="{size}" font-weight="{weight}" fill="{INKS[ink]}">'
        f"{html.escape(line)}</text>"
        for n, line in enumerate(lines)
    )
