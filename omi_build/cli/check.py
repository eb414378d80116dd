"""`omi check`: says what is wrong in the content, where, and what to do."""

from __future__ import annotations

import datetime
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from omi_build.doors import project_of, reader, show_problems
from omi_build.git import changed_files
from omi_build.overview import Overview, overview_of
from omi_build.problems import OmiError, errors, summary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from omi_build.problems import Problem
    from omi_build.project import Project


@dataclass(frozen=True)
class _Scope:
    """What is looked at."""

    inspections: tuple[str, ...] | None = None
    """The inspections that are read; None for all."""
    places: tuple[Path, ...] | None = None
    """The files and folders whose problems are shown; None for all."""

    def shows(self, problem: Problem, root: Path) -> bool:
        file = (root / problem.source.path).resolve()
        return self.places is None or any(file.is_relative_to(place) for place in self.places)


@click.command("check", short_help="Say what is wrong, where, and what to do.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--changed", is_flag=True, help="Only what differs from the main branch.")
@click.option("--base", help="With --changed: the branch or commit to compare with, instead of the main branch.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How problems are shown: for people, as data, as annotations of a pull request, or for code scanning.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl+C is pressed.")
def check_command(paths: tuple[Path, ...], base: str | None, form: str, *, changed: bool, watch: bool) -> None:
    """Check the content, and say what is wrong, where, and what to do.

    With PATHS (files or folders), or with --changed, only what lies there is shown, and only the inspections that it
    belongs to are read.
    """
    root = Path.cwd()
    if base is not None and not changed:
        raise click.UsageError("--base says what --changed compares with; give --changed too.")
    if changed and paths:
        raise click.UsageError("give paths or --changed, not both.")
    if watch and form != "text":
        raise click.UsageError("--watch shows text; leave --format out.")
    if watch:
        _watch(root, paths, base, changed=changed)
        return
    if _once(root, paths, base, form, changed=changed):
        raise SystemExit(1)


def _once(root: Path, paths: tuple[Path, ...], base: str | None, form: str, *, changed: bool) -> bool:
    """Check and show what was found; say whether there is an error among it."""
    project = project_of(root, site_url=None if form == "sarif" else "")
    scope = _scope(changed_files(root, base) if changed else paths, project) if changed or paths else _Scope()
    with _busy() if form == "text" and sys.stderr.isatty() else nullcontext():
        checked = overview_of(project, scope.inspections)
        problems = [problem for problem in checked.problems if scope.shows(problem, root)]
    if form == "text":
        if changed and scope.places == ():
            click.echo("No file of the content has changed.")
            return False
        if problems:
            show_problems(problems, root, sys.stdout)
        else:
            click.echo(summary(problems))
        _more(problems, checked)
    else:
        _show_as(form, problems, root, project)
    return bool(errors(problems))


def _show_as(form: str, problems: list[Problem], root: Path, project: Project) -> None:
    """Write problems for another program."""
    from omi_build.reporting import as_github, as_json, as_sarif, located  # noqa: PLC0415  # 0.1 seconds; people need none

    found = located(problems, reader(root, project.content))
    if form == "json":
        click.echo(as_json(found))
    elif form == "github":
        click.echo(as_github(found), nl=False)
    else:
        from omi_build.checks.reference import rule_pages  # noqa: PLC0415  # 0.4 seconds: it loads every rule

        address = f"{project.site_url}rules/" if project.site_url else ""
        click.echo(as_sarif(found, rule_pages(), address))


def _busy() -> AbstractContextManager[object]:
    from rich.console import Console  # noqa: PLC0415  # 50 ms, which other programs that call this one are spared

    return Console(stderr=True).status("Checking …")


def _scope(files: Iterable[Path], project: Project) -> _Scope:
    """Return what to look at for files and folders: a file that is gone stands for its whole inspection."""
    inspections = project.content.resolve() / "inspections"
    shared = [project.content.resolve(), project.schemas.resolve()]
    places, names = [], set()
    for file in (file.resolve() for file in files):
        if file.is_relative_to(inspections) and file != inspections:
            name = file.relative_to(inspections).parts[0]
            names.add(name)
            places.append(file if file.exists() else inspections / name)
        elif file in {*shared, inspections} or any(file.is_relative_to(folder) for folder in shared):
            # Every inspection rests on what they share.
            return _Scope(None, None if file != inspections else (inspections,))
    return _Scope(tuple(sorted(names)), tuple(places))


def _more(problems: list[Problem], checked: Overview) -> None:
    """Say what the problems don't: where more is told, and that a draft need not be whole."""
    if problems:
        code = problems[0].code
        click.echo(f"omi explain {code} tells more about a rule, with an example.")
    if drafts := checked.drafts:
        names = ", ".join(drafts[:3]) + (f" and {len(drafts) - 3} more" if drafts[3:] else "")
        kind = "is a draft" if len(drafts) == 1 else "are drafts"
        click.echo(f"{names} {kind}: omi status says what is still to be written.")


def _watch(root: Path, paths: tuple[Path, ...], base: str | None, *, changed: bool) -> None:
    from watchfiles import watch  # noqa: PLC0415  # 40 ms, which every check without --watch is spared

    project = project_of(root)
    _round(root, paths, base, changed=changed)
    # Ctrl+C ends the loop as it should.
    for _ in watch(project.content, project.schemas, raise_interrupt=False):
        _round(root, paths, base, changed=changed)


def _round(root: Path, paths: tuple[Path, ...], base: str | None, *, changed: bool) -> None:
    """Check once; what is wrong with the project itself is told too, for it may be mended the next moment."""
    click.secho(f"── {datetime.datetime.now().astimezone():%H:%M:%S} ── checking", dim=True)
    try:
        _once(root, tuple(path for path in paths if path.exists()), base, "text", changed=changed)
    except OmiError as error:
        click.echo(f"omi: {error}")
    click.secho("Waiting for a file to be saved; Ctrl+C ends this.", dim=True)
