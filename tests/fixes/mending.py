"""What the tests of fixes share: the repository's schemas, and a fix of one text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from omi_build.fixes import Fixed, Shapes, fix_file
from omi_build.problems import Problem
from omi_build.schemas import Schemas, load_schemas
from omi_build.sources import Key, Source

REPOSITORY = Path(__file__).parents[2]


@cache
def schemas() -> Schemas:
    """Return the repository's schemas."""
    return load_schemas(REPOSITORY / "schemas")


@cache
def shapes() -> Shapes:
    """Return what they want."""
    return Shapes(schemas())


def fixed(text: str, kind: str = "findings", ending: str = "yaml", *problems: Problem, **more: Any) -> Fixed:
    """Return a text after its fixes."""
    return fix_file(text, kind, ending, shapes(), problems, **more)


def says(pointer: tuple[Key, ...], fix: str, quote: str = "", **more: Any) -> Problem:
    """Return a problem for which a rule knows the one right answer."""
    return Problem(Source("content/x.yaml", pointer), "OMI599", "Made up for a test.", fix=fix, quote=quote, **more)
