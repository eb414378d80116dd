"""`omi new`: makes the folder of an inspection, with every file and every criterion in place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from omi_build.checking import check_content
from omi_build.doors import project_of
from omi_build.problems import nearest
from omi_build.skeleton import new_inspection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omi_build.model.framework import Framework
    from omi_build.model.programme import Area, Programme


@click.command("new", short_help="Begin an inspection: make its folder.")
@click.argument("area")
@click.argument("year", type=click.IntRange(1990, 2100))
@click.option("--framework", "framework_id", help="The inspection standards; without it, the newest in use that year.")
def new_command(area: str, year: int, framework_id: str | None) -> None:
    """Begin the inspection of AREA (such as derbyshire) in YEAR: make its folder, ready to fill.

    Every file is there and every criterion of the framework, with its questions as comments. It passes as a draft from
    the start; omi status says what is still to be written.
    """
    root = Path.cwd()
    project = project_of(root)
    programme = check_content(project, only=()).programme
    inspected = _area(area, programme)
    framework = _framework(framework_id, year, programme)
    name = f"{inspected.id}-{year}"
    folder = project.content / "inspections" / name
    if folder.exists() or folder.is_symlink():
        raise click.UsageError(f"{folder.relative_to(root)} is there already. omi status {name} says how far it is.")
    _make(folder, new_inspection(framework, inspected, year))
    files = sum(file.is_file() for file in folder.rglob("*"))
    click.echo(
        f"{folder.relative_to(root)}: {files} files, {len(framework.criteria)} criteria of {framework.short_title}."
    )
    click.echo(
        "\nNext:\n"
        f"  open {(folder / 'inspection.yaml').relative_to(root)} and fill in what is known\n"
        f"  omi status {name}    what is still to be written\n"
        "  omi check --watch{}say what is wrong while you write\n".format(" " * max(1, len(name) - 3))
        + "  make serve             see the report as it grows"
    )


def _make(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files beside, then move them into place: there is never half a folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for path, text in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _area(word: str, programme: Programme) -> Area:
    areas = programme.area_by_id
    by_title = {area.title.lower(): area for area in areas.values()}
    found = areas.get(word) or by_title.get(word.lower()) or areas.get(word.lower().replace(" ", "-"))
    if found is None:
        hint = nearest(word, areas) or f"There are {len(areas)}; content/areas.yaml lists them."
        raise click.UsageError(f"no such area: {word}. {hint}")
    return found


def _framework(name: str | None, year: int, programme: Programme) -> Framework:
    frameworks = programme.framework_by_id
    if name is not None:
        if name not in frameworks:
            hint = nearest(name, frameworks) or f"There are: {', '.join(frameworks) or 'none'}."
            raise click.UsageError(f"no such framework: {name}. {hint}")
        return frameworks[name]
    in_use = [framework for framework in frameworks.values() if framework.in_use_from.year <= year]
    if not in_use:
        known = ", ".join(f"{one.id} from {one.in_use_from.year}" for one in frameworks.values())
        raise click.UsageError(f"no framework was in use in {year}. There are: {known or 'none'}.")
    return max(in_use, key=lambda framework: framework.in_use_from.first_day())
