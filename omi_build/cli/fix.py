"""`omi fix`: mends what has one right answer, after showing it."""

from __future__ import annotations

import difflib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from omi_build.checking import check_content
from omi_build.documents import KINDS, MAX_BYTES, Fault, kind_of, read_text
from omi_build.doors import project_of
from omi_build.fixes import DATA_ABOUT_PEOPLE, Mended, Shapes, mend
from omi_build.placing import put
from omi_build.problems import Problem, UsageError, count
from omi_build.project import Project
from omi_build.schemas import load_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_MARK = b"\xef\xbb\xbf"
"""What some editors set before a UTF-8 text."""


@dataclass(frozen=True)
class _File:
    """A data file that may be mended."""

    path: Path
    raw: bytes
    text: str


@click.command("fix", short_help="Mend what has one right answer.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--yes", is_flag=True, help="Apply the changes without asking.")
@click.option("--diff", "only_shows", is_flag=True, help="Show the changes and write nothing.")
def fix_command(paths: tuple[Path, ...], *, yes: bool, only_shows: bool) -> None:
    """Mend what has one right answer, in all data files or in those below PATHS; shows the changes first.

    Spaces at the ends of lines, curly quotation marks, numbers that must be texts, letters that run on, the order of
    keys, and what a rule says. All else stays as it is written. In a terminal it asks before it writes; elsewhere it
    writes only with --yes.
    """
    if yes and only_shows:
        raise click.UsageError("--yes applies the changes and --diff only shows them: give one of the two.")
    root = Path.cwd()
    project = project_of(root)
    files = _files(project)
    chosen = [name for name, file in files.items() if not paths or _is_below(file.path, paths)]
    if paths and not chosen:
        raise click.UsageError(f"{paths[0]} is no data file of {project.content.name}/, and none lies below it.")
    texts = {name: file.text for name, file in files.items()}
    done = mend(texts, chosen, _checker(project, texts), Shapes(load_schemas(project.schemas)))
    if not done.texts:
        click.echo(f"Nothing to fix.{_left(done)}")
        return
    for name, text in done.texts.items():
        click.echo("".join(_shown(name, files[name].text, text)), nl=False)
    click.echo(_told(done))
    if only_shows or not (yes or _agreed()):
        raise SystemExit(1)
    for name in done.texts:
        _must_be_unchanged(files[name])
    for name, text in done.texts.items():
        _write(files[name], text)
    click.echo(f"{_files_counted(len(done.texts))} written.{_left(done)}")


def _files(project: Project) -> dict[str, _File]:
    """Return the data files that can be read as text, by path from the project's folder.

    What is reached by a link stays untouched.
    """
    content = project.content
    if not content.is_dir():
        raise UsageError(f"there is no folder {content}; run this in the folder that holds mkdocs.yml")
    found: dict[str, _File] = {}
    for path in sorted({path for pattern in KINDS for path in content.glob(pattern)}):
        inside = path.relative_to(content)
        if any(part.startswith(".") for part in inside.parts) or path.resolve() != content.resolve() / inside:
            continue
        try:
            text = read_text(path, content)
        except Fault:
            continue
        found[f"{content.name}/{inside.as_posix()}"] = _File(path, path.read_bytes(), text)
    return found


def _is_below(file: Path, paths: Sequence[Path]) -> bool:
    return any(file.resolve().is_relative_to(path.resolve()) for path in paths)


def _checker(project: Project, texts: Mapping[str, str]) -> Callable[[Mapping[str, str]], tuple[Problem, ...]]:
    """Return a function that gives every problem of the content with some files replaced.

    With files replaced, a copy of the data files is checked in a folder of its own, and nothing of the content touched.
    """

    def check(replaced: Mapping[str, str]) -> tuple[Problem, ...]:
        if not replaced:
            return check_content(project).problems
        with tempfile.TemporaryDirectory() as folder:
            for name, text in _data(project, {**texts, **replaced}):
                target = Path(folder) / PurePosixPath(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text)
            copied = Project(Path(folder) / project.content.name, project.schemas, project.templates, project.on)
            return check_content(copied).problems

    return check


def _data(project: Project, texts: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield every data file: those that can be read as they are given, others as they lie there."""
    for path in sorted({path for pattern in KINDS for path in project.content.glob(pattern)}):
        name = f"{project.content.name}/{path.relative_to(project.content).as_posix()}"
        if name in texts:
            yield name, texts[name].encode()
        elif path.is_file() and path.stat().st_size <= MAX_BYTES:
            yield name, path.read_bytes()


def _shown(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, in colour where it is a terminal."""
    if kind_of(name.partition("/")[2]) == DATA_ABOUT_PEOPLE:
        yield click.style(f"{name} changes; its lines are about people and are not shown.\n", bold=True)
        return
    lines = difflib.unified_diff(_lines(before), _lines(after), name, name)
    for line in lines:
        colours = {"+": "green", "-": "red", "@": "cyan"}
        heading = line.startswith(("--- ", "+++ ")) and line.rstrip("\n").endswith(name)
        told = line.removesuffix("\n").removesuffix("\r")
        yield click.style(told, bold=True) if heading else click.style(told, fg=colours.get(line[0]))
        yield "\n"
        if not line.endswith("\n"):
            yield "\\ No line break at the end of the file\n"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _told(done: Mended) -> str:
    """Return what was found, a line for each kind."""
    lines = [f"{number:>6} {kind.value[number != 1]}" for kind, number in sorted(done.counts.items(), key=_rank)]
    return "\n".join([f"In {_files_counted(len(done.texts))}:", *lines])


def _rank(counted: tuple[object, int]) -> int:
    return -counted[1]


def _files_counted(number: int) -> str:
    return f"{number} {'file' if number == 1 else 'files'}"


def _left(done: Mended) -> str:
    """Return what is left for a person, as an ending of a sentence."""
    return f" There is more for you to decide: {count(done.problems)}; see omi check." if done.problems else ""


def _agreed() -> bool:
    """Ask, where there is somebody to ask; else say how to apply the changes."""
    if _is_terminal():
        return click.confirm("Apply these changes?", default=False)
    click.echo("Nothing was written. To apply these changes: omi fix --yes")
    return False


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _must_be_unchanged(file: _File) -> None:
    """Raise UsageError where a file was changed while its changes were looked at."""
    if file.path.is_symlink() or not file.path.is_file() or file.path.read_bytes() != file.raw:
        raise UsageError(f"{file.path} was changed while you looked at the changes; run omi fix again")


def _write(file: _File, text: str) -> None:
    """Write a file beside and put it in place of the old one, with its mode and its byte order mark."""
    mark = _MARK if file.raw.startswith(_MARK) else b""
    put(file.path, mark + text.encode())
