"""`omi check`: says what is wrong in the content, where, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from omi_build.checking import check_content
from omi_build.doors import project_of, reader, show_problems
from omi_build.problems import Problem, errors
from omi_build.reporting import as_json, located


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How problems are shown.")
def check_command(paths: tuple[Path, ...], form: str) -> None:
    """Check the content, and say what is wrong, where, and what to do.

    With PATHS, only problems in these files or folders are shown; all content is read all the same, because files
    refer to each other.
    """
    root = Path.cwd()
    project = project_of(root)
    problems = [p for p in check_content(project).problems if not paths or _is_below(p, paths, root)]
    if form == "json":
        click.echo(as_json(located(problems, reader(root, project.content))))
    else:
        show_problems(problems, root, sys.stdout)
    if errors(problems):
        raise SystemExit(1)


def _is_below(problem: Problem, paths: tuple[Path, ...], root: Path) -> bool:
    file = (root / problem.source.path).resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)
