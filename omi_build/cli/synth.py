"""`omi synth`: makes up a whole programme of inspections."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from omi_build.cli.folders import must_be_empty
from omi_build.documents import read_content, read_text
from omi_build.doors import project_of
from omi_build.problems import ContentError, errors
from omi_build.schemas import load_schemas
from omi_build.synth import Basis, basis_of, programme

if TYPE_CHECKING:
    from omi_build.project import Project


@click.command("synth", short_help="Make up a programme of inspections.")
@click.option("--areas", type=click.IntRange(1, 1000), default=42, show_default=True, help="How many areas to make up.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes up the same programme.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="An empty or new folder.")
def synth_command(areas: int, seed: int, out: Path) -> None:
    """Write a made-up programme of inspections to a folder, shaped like content/ and labelled as synthetic.

    It uses the framework, the themes and the glossary of the project.
    """
    must_be_empty(out)
    basis = _read_basis(project_of(Path.cwd()))
    written = 0
    for path, text in programme(areas, seed, basis):
        target = out / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
        written += 1
    click.echo(f"{written} files in {out}", err=True)


def _read_basis(project: Project) -> Basis:
    """Return what a made-up programme takes over from the project's content; inspections need not be in order for it."""
    reading, schemas = read_content(project.content), load_schemas(project.schemas)
    documents = [document for document in reading.documents if not document.folder and not document.language]
    problems = [problem for problem in reading.problems if "/inspections/" not in problem.source.path]
    problems += [problem for document in documents for problem in schemas.check(document)]
    if errors(problems):
        raise ContentError(problems)
    root = project.content.parent
    return basis_of(
        documents,
        {
            document.source.path.removeprefix(f"{project.content.name}/"): read_text(
                root / document.source.path, project.content
            )
            for document in documents
        },
    )
