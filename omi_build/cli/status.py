"""`omi status`: says how far each inspection is, part by part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from omi_build.cache import Cache
from omi_build.checking import check_content
from omi_build.dictionary import Dictionary
from omi_build.doors import project_of, reader
from omi_build.parts import State
from omi_build.problems import ContentError, errors, nearest
from omi_build.progress import progress
from omi_build.reporting import located
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from omi_build.parts import Part
    from omi_build.problems import Problem
    from omi_build.progress import Progress

WIDTH = 140
"""Of the lines that go into a pipe or a file."""

MARKS = {State.WRITTEN: ("✓", "green"), State.BEGUN: ("…", "yellow"), State.BLANK: ("–", "red")}


@click.command("status", short_help="Say how far an inspection is.")
@click.argument("inspections", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")
def status_command(inspections: tuple[str, ...], form: str) -> None:
    """Say how far INSPECTIONS (such as derbyshire-2007) are; without any, those that aren't published.

    For each criterion and each other part: whether it is written, what it lacks, and who has it; and what else stands
    in the way of publication.
    """
    project = project_of(Path.cwd())
    names = [folder.name for folder in sorted((project.content / "inspections").glob("[!.]*")) if folder.is_dir()]
    for name in inspections:
        if name not in names:
            hint = nearest(name, names) or f"There are: {', '.join(names) or 'none'}."
            raise click.UsageError(f"no such inspection: {name}. {hint}")
    checked = check_content(project, only=inspections or None)
    if unread := [name for name in inspections if name not in {report.inspection.id for report in checked.reports}]:
        inside = tuple(f"/inspections/{name}/" for name in unread)
        raise ContentError(
            [p for p in errors(checked.problems) if any(part in p.source.path for part in inside)] or checked.problems
        )
    dictionary = Dictionary(Cache(project.cache))
    shown = [
        progress(checked.programme, checked.reports, report, dictionary)
        for report in checked.reports
        if inspections or report.inspection.about.publication.status.value != "published"
    ]
    read = reader(Path.cwd(), project.content)
    if form == "json":
        click.echo(json.dumps([_as_data(one, read) for one in shown], indent=1, ensure_ascii=False))
        return
    if not shown:
        click.echo("Every report is published. Name one to see its parts, such as: omi status " + (names or ["…"])[0])
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for one in shown:
        console.print(*_as_text(one, read), sep="\n")


def _as_text(one: Progress, read: Callable[[str], str]) -> Iterator[Any]:
    about = one.report.inspection.about
    yield Text(f"{about.title} ({one.report.inspection.id})", style="bold")
    written = sum(part.state is State.WRITTEN for part in one.parts)
    yield Text(
        f"{about.publication.status.value.replace('_', ' ').capitalize()}; {written} of {len(one.parts)} parts are written."
    )
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    for title, narrow in (("", True), ("Part", True), ("", False), ("Has it", False), ("Still to do", False)):
        table.add_column(title, no_wrap=narrow)
    for part in one.parts:
        mark, style = MARKS[part.state]
        colour = style if part.needed or part.state is State.WRITTEN else "dim"
        table.add_row(Text(mark, style=colour), part.name, part.title, ", ".join(part.to), _to_do(part))
    yield table
    yield from _blockers(one, read)


def _to_do(part: Part) -> str:
    if part.state is State.WRITTEN:
        return ""
    optional = "" if part.needed else " (if there is any)"
    return part.missing or f"not begun{optional}"


def _blockers(one: Progress, read: Callable[[str], str]) -> Iterator[Text]:
    unwritten = len(one.unwritten)
    if not unwritten and not one.in_the_way:
        yield Text("Nothing stands in the way of its publication.\n", style="green")
        return
    yield Text("\nIn the way of publication:", style="bold")
    if unwritten:
        yield Text(f"  {counted(unwritten, 'part that it needs is', 'parts that it needs are')} not written yet")
    for problem, place in _placed(one.in_the_way, read):
        yield Text(f"  {problem.source.path}:{place} {problem.severity.value} {problem.code} {problem.message}")
    yield Text("")


def _placed(problems: Iterable[Problem], read: Callable[[str], str]) -> Iterator[tuple[Problem, str]]:
    for one in located(problems, read):
        yield one.problem, f"{one.place.line}:{one.place.column}"


def _as_data(one: Progress, read: Callable[[str], str]) -> dict[str, Any]:
    return {
        "inspection": one.report.inspection.id,
        "status": one.report.inspection.about.publication.status.value,
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "file": part.file,
                "state": part.state.value,
                "missing": part.missing,
                "needed": part.needed,
                "to": list(part.to),
            }
            for part in one.parts
        ],
        "in_the_way": [
            {"path": p.source.path, "place": place, "severity": p.severity.value, "code": p.code, "message": p.message}
            for p, place in _placed(one.in_the_way, read)
        ],
    }
