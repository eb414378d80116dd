"""What the editor makes of a file: its own modules, run by Node.js."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building import REPOSITORY
from npm import node_modules

from omi_build.editor.packages import node_environment, node_program
from omi_build.editor.settings import KINDS

Change = tuple[list[str | int], Any] | tuple[list[str | int]]
"""Steps to a value and what is put there; without it, the value is taken out. The step `+` adds to a list."""


@dataclass(frozen=True)
class Made:
    """What became of a file."""

    old: Any
    """Its values before, as the form shows them."""
    kind: str
    """The schema that it was taken for."""
    text: str
    """Its text afterwards."""
    refusals: list[dict[str, Any]]
    """What the schema refuses, where no service checks it."""


def schemas() -> dict[str, Any]:
    """Return the schemas that the editor has."""
    names = ("common.schema.json", *(f"{kind}.schema.json" for kind in KINDS))
    return {name: json.loads((REPOSITORY / "schemas" / name).read_text(encoding="utf-8")) for name in names}


def edit(rows: list[tuple[str, list[Change]]], *, published: bool = False) -> list[Made]:
    """Return what the editor makes of each text with its changes."""
    node_modules()
    request = {
        "schemas": schemas(),
        "rows": [{"text": text, "changes": changes, "published": published} for text, changes in rows],
    }
    run = subprocess.run(
        [node_program("node"), str(Path(__file__).with_name("change.mjs")), str(REPOSITORY / "editor" / "src")],
        input=json.dumps(request),
        env=node_environment(),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    return [Made(**made) for made in json.loads(run.stdout)]


def edit_one(text: str, *changes: Change, published: bool = False) -> Made:
    """Return what the editor makes of one text."""
    (made,) = edit([(text, list(changes))], published=published)
    return made
