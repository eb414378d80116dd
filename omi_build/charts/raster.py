"""Drawings as pictures of pixels: what previews of links show.

They are set in a face that comes as a package, so every machine makes the same picture.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from omi_build.charts.drawing import INKS, REGULAR, Box, Rule

if TYPE_CHECKING:
    from omi_build.charts.drawing import Drawing

_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_WEIGHTS = ((REGULAR, "Regular"), (600, "Semibold"), (700, "Bold"))


def png(drawing: Drawing) -> bytes:
    """Return a drawing of boxes, rules and texts as PNG of its own size, in inks of paper, on paper.

    Few inks make a small file: a palette holds them all, with the shades at the edges of letters.
    """
    picture = Image.new("RGB", (round(drawing.width), round(drawing.height)), INKS["paper"])
    draw = ImageDraw.Draw(picture)
    for mark in (mark for layer in drawing.layers for mark in layer):
        if isinstance(mark, Box):
            draw.rectangle(tuple(map(round, (mark.left, mark.top, mark.right, mark.bottom))), fill=INKS[mark.fill])
        else:
            assert isinstance(mark, Rule)
            _rule(draw, mark)
    for text in drawing.texts:
        baseline = text.middle + text.size * 0.35
        for n, line in enumerate(text.lines):
            place = (text.x, baseline + n * text.line)
            draw.text(place, line, INKS[text.ink], _face(text.size, text.weight), _ANCHORS[text.anchor])
    out = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _rule(draw: ImageDraw.ImageDraw, rule: Rule) -> None:
    """Draw a line from top to bottom, with its dashes."""
    (x, top), (_, bottom) = rule.start, rule.end
    on, off = rule.dash or (bottom - top, 0)
    at = top
    while at < bottom:
        draw.line((x, at, x, min(at + on, bottom)), INKS[rule.ink], round(rule.width))
        at += on + off


@cache
def _face(size: float, weight: int) -> ImageFont.FreeTypeFont:
    name = next(name for heaviest, name in _WEIGHTS if weight <= heaviest)
    font = files("font_source_sans_pro") / "files" / f"SourceSansPro-{name}.ttf"
    # The other engine is not on every machine, and sets the lines a little otherwise.
    return ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC)
