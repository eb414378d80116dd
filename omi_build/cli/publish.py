"""`omi publish` and `omi correct`: record what is published, and what a correction changes in it."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from omi_build.checking import check_content
from omi_build.checks.record import SETTLED_BY_COMMAND
from omi_build.documents import parse, read_content, read_text
from omi_build.doors import project_of, reader, show_problems
from omi_build.history import inside
from omi_build.model.dates import day_of, moment
from omi_build.model.inspection import Status
from omi_build.pages import report as report_pages
from omi_build.placing import put
from omi_build.problems import ContentError, Problem, Severity, errors, nearest
from omi_build.publication import public_report
from omi_build.release import Item, charts_of, checklist, told, version_text, with_publication
from omi_build.reporting import located
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omi_build.checking import Checked
    from omi_build.model.inspection import Publication
    from omi_build.project import Project
    from omi_build.scoring import ScoredReport

BY = "The role of who does it, such as “Publications team”: no name."


@dataclass(frozen=True)
class _Desk:
    """An inspection as it lies on disk, and as it would be with another `inspection.yaml`."""

    root: Path
    project: Project
    name: str
    text: str
    """Of its `inspection.yaml` as it lies there."""

    @property
    def folder(self) -> Path:
        return self.project.content / "inspections" / self.name

    @property
    def path(self) -> str:
        """Its `inspection.yaml` as problems name it."""
        return f"{self.project.content.name}/inspections/{self.name}/inspection.yaml"

    def checked(self, text: str) -> tuple[Checked, ScoredReport]:
        """Return the content with another `inspection.yaml`; raises ContentError where it can't be read."""
        checked = check_content(self.project, only=[self.name], unsaved={self.path: text})
        reports = [report for report in checked.reports if report.inspection.id == self.name]
        if not reports:
            raise ContentError(errors(checked.problems))
        return checked, reports[0]

    def write(self, number: int, date: str, by: str, report: ScoredReport, text: str) -> Path:
        """Write a version and then the `inspection.yaml`: whatever ends it between the two, it can be done again."""
        reading = read_content(self.project.content, [self.name], {self.path: text})
        documents = {
            inside(document): document
            for document in reading.documents
            if document.folder == self.name and document.kind != "version"
        }
        texts = {
            file: text if file == "inspection.yaml" else read_text(self.folder / file, self.project.content)
            for file in documents
        }
        values = {file: document.value for file, document in documents.items()}
        version = version_text(number=number, date=date, by=by, report=report, values=values, texts=texts)
        target = self.folder / "versions" / f"{number}.json"
        target.parent.mkdir(exist_ok=True)
        put(target, version.encode())
        put(self.folder / "inspection.yaml", text.encode())
        return target.relative_to(self.root)


def _desk(name: str) -> _Desk:
    root = Path.cwd()
    project = project_of(root)
    inspections = project.content / "inspections"
    names = [folder.name for folder in sorted(inspections.glob("[!.]*")) if folder.is_dir()]
    if name not in names:
        hint = nearest(name, names) or f"There are: {', '.join(names) or 'none'}."
        raise click.UsageError(f"no such inspection: {name}. {hint}")
    text = reader(root, project.content)(f"{project.content.name}/inspections/{name}/inspection.yaml")
    return _Desk(root, project, name, text)


@click.command("publish", short_help="Publish a report, or say what stands in the way.")
@click.argument("report")
@click.option("--dry-run", is_flag=True, help="Say what is ready and what stands in the way; write nothing.")
@click.option("--by", default="", help=BY)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of publication, if inspection.yaml has none.")
@click.option("--time", metavar="HH:MM", help="The hour of the embargo on that day; without it, midnight.")
def publish_command(report: str, *, dry_run: bool, by: str, date: datetime.datetime | None, time: str | None) -> None:
    """Publish REPORT (such as derbyshire-2007): check it strictly, and record what is published.

    Nothing is written unless all is ready. The record holds every file as it was; from then on a change needs a dated
    correction. The site shows the report from its date on; before that it can be published anew, with another date.
    """
    if not (by or dry_run):
        raise click.UsageError("say by whom it is published: --by “Publications team”, or look first with --dry-run.")
    desk = _desk(report)
    checked, scored = desk.checked(desk.text)
    history, publication = scored.inspection.history, scored.inspection.about.publication
    if history and history.versions and _was_public(desk, publication):
        number = history.versions[-1].version
        raise click.UsageError(
            f"{report} is published already, as version {number}. After a change, omi correct {report} adds a correction."
        )
    changes: dict[str, Any] = {"status": "published"}
    if date:
        changes["date"] = date.date().isoformat()
    if time:
        changes["time"] = time
    dated = bool(date or publication.date)
    # Without a day all else is judged as if today were the day.
    text = with_publication(desk.text, changes if dated else changes | {"date": day_of(desk.project.on).isoformat()})
    try:
        checked, scored = desk.checked(text)
    except ContentError as error:
        # A draft may hold blanks, a published report none: the rest of the list is the draft's.
        checked = replace(checked, problems=error.problems)
    items = _checklist(desk, checked, scored, dated=dated)
    _show(desk, scored, items, text)
    if any(not item.ready for item in items):
        raise SystemExit(1)
    if dry_run:
        return
    publication = scored.inspection.about.publication
    date_of = publication.date.iso() if publication.date else ""
    written = desk.write(1, date_of, by, scored, text)
    click.echo(f"Recorded in {written}. Public from {publication.when} on, once this is merged and the site is built.")


@click.command("correct", short_help="Publish a correction of a report.")
@click.argument("report")
@click.option("--text", "explanation", required=True, help="What was changed, and why, for readers.")
@click.option("--by", required=True, help=BY)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the correction; without it, today.")
def correct_command(report: str, *, explanation: str, by: str, date: datetime.datetime | None) -> None:
    """Correct REPORT (such as derbyshire-2007), whose files were changed: log the correction, and record the version.

    Change the files first, then run this. What was published before stays readable at an address of its own.
    """
    desk = _desk(report)
    _, scored = desk.checked(desk.text)
    history, publication = scored.inspection.history, scored.inspection.about.publication
    if not (history and history.versions) or publication.status is not Status.PUBLISHED:
        raise click.UsageError(f"{report} has no recorded publication; omi publish {report} makes it.")
    if not _was_public(desk, publication):
        raise click.UsageError(f"{report} is not public before {publication.when}: run omi publish {report} again.")
    if not history.differences:
        raise click.UsageError(
            f"nothing in {report} differs from version {history.versions[-1].version}: change the files first."
        )
    day = (date.date() if date else day_of(desk.project.on)).isoformat()
    if day < history.versions[-1].date.iso():
        raise click.UsageError(f"{day} is before the last version ({history.versions[-1].date}).")
    logged = parse(desk.text).value["publication"].get("corrections") or []
    text = with_publication(desk.text, {"corrections": [*logged, {"date": day, "text": explanation.strip()}]})
    checked, scored = desk.checked(text)
    left = _in_the_way(desk, checked)
    if left:
        show_problems(left, desk.root, sys.stderr)
        click.echo(f"Not corrected: {counted(len(left), 'problem', 'problems')} first.", err=True)
        raise SystemExit(1)
    number = history.versions[-1].version + 1
    written = desk.write(number, day, by, scored, text)
    files = counted(len(history.differences), "file", "files")
    click.echo(f"Corrected on {day}: {files} changed. Recorded in {written}; version {number - 1} stays readable.")


def _was_public(desk: _Desk, publication: Publication) -> bool:
    """Say whether readers may have seen it: before its moment a publication can be made anew."""
    due = publication.due()
    return publication.status.is_final and due is not None and due <= moment(desk.project.on)


def _in_the_way(desk: _Desk, checked: Checked) -> list[Problem]:
    """Return every error, and the warnings on this inspection, but for what these commands settle."""
    folder = desk.path.removesuffix("inspection.yaml")
    return [
        problem
        for problem in checked.problems
        if problem.code not in SETTLED_BY_COMMAND
        and (problem.severity is Severity.ERROR or problem.source.path.startswith(folder))
    ]


def _checklist(desk: _Desk, checked: Checked, scored: ScoredReport, *, dated: bool) -> tuple[Item, ...]:
    charts = []
    if not errors(checked.problems):
        public = public_report(scored, checked.programme, desk.project.on, preview=True)
        charts = charts_of(report_pages.compose(public, ())) if public else []
    return checklist(scored, _in_the_way(desk, checked), charts, dated=dated)


def _show(desk: _Desk, scored: ScoredReport, items: Sequence[Item], text: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{scored.inspection.about.title} ({desk.name})", style="bold"))
    read = _reading(desk, {desk.path: text})
    for item in items:
        mark, style = ("✓", "green") if item.ready else ("✗", "red")
        console.print(
            Text(f"{mark} {item.title}", style=style), Text(f": {item.missing}" if item.missing else ""), sep=""
        )
        for one in located(item.problems, read):
            problem = one.problem
            console.print(
                Text(
                    f"    {problem.source.path}:{one.place.line}:{one.place.column} "
                    f"{problem.severity.value} {problem.code} {problem.message}"
                )
            )
    console.print(Text(told(items)))


def _reading(desk: _Desk, unsaved: Mapping[str, str]) -> Any:
    read = reader(desk.root, desk.project.content)
    return lambda path: unsaved[path] if path in unsaved else read(path)
