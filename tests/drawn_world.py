"""The synthetic world with what charts have to show: a line of priority, counts that are withheld, and context."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar

import synthetic_world
from library_world import public

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.charts.drawing import Drawing
    from omi_build.publication import PublicReport

T = TypeVar("T")

INSPECTION = f"inspections/{synthetic_world.PUBLISHED}"
CONTEXT = [
    {
        "title": "Caseload by gender",
        "as_at": "2039-09-30",
        "rows": [
            {"label": "Male", "value": 88.1, "unit": "per_cent"},
            {"label": "Female", "value": 11.9, "unit": "per_cent"},
        ],
    },
    {
        "title": "Cases by level",
        "rows": [
            {"label": "Level 1", "value": 1200, "unit": "count"},
            {"label": "Level 2", "value": 300, "unit": "count"},
        ],
    },
    {"title": "Caseload", "rows": [{"label": "Total caseload", "value": 1500, "unit": "count"}]},
]


def world(*, line: int | None = 65, smallest: int = 0) -> dict[str, Any]:
    """Return the world; `line` is where the line of priority stands, `smallest` the smallest count that is shown."""
    files = synthetic_world.world()
    framework = files[f"frameworks/{synthetic_world.FRAMEWORK_ID}.yaml"]
    framework["disclosure"]["minimum_count"] = smallest
    if line is not None:
        framework["priority_line"] = {"at": line, "title": "Line of priority for improvement", "note": "First."}
    files[f"{INSPECTION}/inspection.yaml"]["context"] = copy.deepcopy(CONTEXT)
    return files


def report(folder: Path, files: dict[str, Any] | None = None) -> PublicReport:
    """Return the public report of a world."""
    (found,) = public(folder, files or world()).reports
    return found


def texts(drawing: Drawing) -> list[str]:
    """Return the texts of a drawing, each on one line."""
    return [" ".join(text.lines) for text in drawing.texts]


def marks(drawing: Drawing, kind: type[T]) -> list[T]:
    """Return the marks of a kind, the lowest first."""
    return [mark for layer in drawing.layers for mark in layer if isinstance(mark, kind)]
