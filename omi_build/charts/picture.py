"""The picture that stands for a report where it is linked to from elsewhere: its scores on a card of 1200 by 630."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from omi_build.charts import score_row
from omi_build.charts.drawing import Box, Drawing, Mark, Rule, Text, level_ink, per_cent, text
from omi_build.charts.provenance import UNEVEN
from omi_build.languages import gettext as _
from omi_build.model.framework import Assessment

if TYPE_CHECKING:
    from omi_build.publication import PublicCriterion, PublicReport

WIDTH, HEIGHT = 1200, 630
"""What link previews show whole."""

MARGIN = 56
TOP, BOTTOM = 168, 556
"""Between them stand the bars."""
LABELS = 540
"""How much of the width the names of the criteria take."""


ROOM = 35
"""The score from which the longest words fit inside its bar."""


def scores_picture(report: PublicReport) -> Drawing | None:
    """Return a report's picture, or None if it has no score to show."""
    criteria = [c for s in report.sections if s.assessment is Assessment.SCORED for c in s.criteria]
    if not any(c.score and c.score.value is not None for c in criteria):
        return None
    step = min(44.0, (BOTTOM - TOP) / len(criteria))
    size = max(8.0, min(20.0, step * 0.66))
    texts = _head(report)
    bars: list[Mark] = []
    for n, criterion in enumerate(criteria):
        bar, *told = _row(report, criterion, TOP + n * step, step, size)
        bars.append(bar)
        texts += told
    line, of_line = _line(report, TOP + len(criteria) * step)
    foot = text(MARGIN, HEIGHT - 30, _(UNEVEN), size=22, weight=600)
    return Drawing(WIDTH, HEIGHT, (tuple(bars), tuple(line)), (*texts, *of_line, foot))


def _head(report: PublicReport) -> list[Text]:
    head = [
        text(MARGIN, 60, _fitting(report.name, 820, 52), size=52, weight=700),
        text(MARGIN, 119, _fitting(report.about.title, 1080, 26), size=26, ink="muted"),
    ]
    if report.synthetic:
        head.append(text(WIDTH - MARGIN, 60, "Synthetic", size=40, weight=700, ink="level-3", anchor="end"))
    return head


def _row(
    report: PublicReport, criterion: PublicCriterion, top: float, step: float, size: float
) -> tuple[Box, Text, Text]:
    """Return the bar of a criterion, its name, and what is told of its score."""
    row = score_row(criterion, report)
    value, middle = row["value"] or 0, top + step / 2
    inside = value >= ROOM
    return (
        Box(LABELS, top + step * 0.12, _reach(value), top + step * 0.88, level_ink(row["level"])),
        text(MARGIN, middle, _fitting(f"{row['ref']} {row['title']}", LABELS - MARGIN - 16, size), size=size),
        text(
            10 + (LABELS if inside else _reach(value)),
            middle,
            row["told"],
            size=size,
            weight=600,
            ink="paper" if inside else "ink",
        ),
    )


def _reach(value: int) -> float:
    return per_cent(value, LABELS, WIDTH - MARGIN)


def _line(report: PublicReport, bottom: float) -> tuple[list[Mark], list[Text]]:
    line = report.framework.priority_line
    if line is None:
        return [], []
    at = _reach(line.at)
    words = f"{line.title}: {line.at}%"
    return (
        [Rule((at, TOP - 4), (at, bottom + 4), "ink", 2, (7, 5))],
        [text(min(at, WIDTH - MARGIN - 170), bottom + 20, words, size=18, weight=600, anchor="middle")],
    )


def _fitting(text: str, width: float, size: float) -> str:
    """Return a text cut to about a width."""
    return textwrap.shorten(text, int(width / size / 0.48), placeholder="…")
