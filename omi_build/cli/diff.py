"""`omi diff`: what changed since a revision, in the report's terms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from omi_build.changes import compare
from omi_build.changes.formats import as_json, as_markdown, as_text
from omi_build.checking import check_content
from omi_build.doors import project_of
from omi_build.git import changed_files, main_branch, merge_base, write_files_at

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


@click.command("diff", short_help="Say what your branch changes.")
@click.argument("base", required=False)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How changes are shown.")
def diff_command(base: str | None, form: str) -> None:
    """Say what changed in the content since BASE, a branch, tag or commit, or since the main branch.

    The files as they are now, saved or committed, are compared with those at which this branch left BASE, as on a pull
    request. Drafts are shown too. Both are read by the schemas and the rules of now.
    """
    root = Path.cwd()
    project = project_of(root)
    revision = base or main_branch(root)
    start = merge_base(root, revision)
    only = _inspections(file.relative_to(root) for file in changed_files(root, start))
    after = check_content(project, only)
    with TemporaryDirectory() as folder:
        content = Path(folder) / project.content.name
        if project.content.name not in write_files_at(root, start, [project.content.name], Path(folder)):
            content.mkdir()
        before = check_content(replace(project, content=content), only)
    told = FORMATS[form](compare(before, after))
    click.echo(told, nl=not told.endswith("\n"))


def _inspections(changed: Iterable[Path]) -> set[str] | None:
    """Return the inspections in which a file changed, or None where all can say something else: a framework changed."""
    found: set[str] = set()
    for path in changed:
        match path.parts:
            case ("content", "frameworks", *_):
                return None
            case ("content", "inspections", inspection, _, *_):
                found.add(inspection)
    return found
