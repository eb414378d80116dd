"""`make bench`: measures, prints the table, and writes results.json, the chart and the pages."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.table import Table

from benchmarks.at_25000 import page_at_25000
from benchmarks.builds import measure_cold, measure_edits, measure_pdfs, measure_peers, measure_preview
from benchmarks.chart import growth
from benchmarks.checking import measure_check
from benchmarks.measuring import NOT_MEASURED, OURS, REPOSITORY, WORK, Book, Figure, NotMeasured, own_program, read_book
from benchmarks.page import rows_and_page
from benchmarks.scores import measure_scores
from benchmarks.searching import measure_search
from benchmarks.setting_up import Bench, make_environment
from omi_build.documents import read_content

HERE = Path(__file__).parent
QUICK = 4
"""Areas of the quick run."""
MANY = 200
"""Areas of the largest programme at which all is measured."""

PARTS = ("scores", "check", "cold", "edit", "preview", "search", "pdf", "peers")


@click.command()
@click.option("--sizes", default="42,200,1000", show_default=True, help="Areas of the programmes, such as 42,200,1000.")
@click.option(
    "--only",
    default=",".join(PARTS),
    help=f"What is measured, of {', '.join(PARTS)}; less than all is kept in .cache/bench/part.",
)
@click.option(
    "--quick", is_flag=True, help=f"One round at {QUICK} areas, to see that all works; kept in .cache/bench/quick."
)
@click.option("--resume", is_flag=True, help="Go on with a run that was broken off; what it has measured stays.")
@click.option("--page", "page_only", is_flag=True, help="Measure nothing; write the pages anew from results.json.")
def main(sizes: str, only: str, *, quick: bool, resume: bool, page_only: bool) -> None:
    """Measure the project beside others, and write the results."""
    wanted = only.split(",")
    out = WORK / "quick" if quick else HERE if set(wanted) >= set(PARTS) else WORK / "part"
    if page_only:
        _write(read_book(out / "results.json"), out)
        return
    if unknown := [part for part in wanted if part not in PARTS]:
        raise click.UsageError(f"there is no {', '.join(unknown)} to measure; there are {', '.join(PARTS)}.")
    try:
        numbers = [QUICK] if quick else sorted({int(size) for size in sizes.split(",")})
    except ValueError:
        raise click.UsageError(f"--sizes is {sizes!r}; write numbers with commas between, such as 42,200.") from None
    if not all(1 <= number <= 1000 for number in numbers):
        raise click.UsageError("--sizes takes numbers from 1 to 1000.")
    try:
        make_environment()
    except NotMeasured as error:
        raise click.ClickException(f"the benchmark's environment could not be made: {error}") from None
    book = Book(WORK / ("quick" if quick else "run") / "running.json", _about())
    if resume and book.file.is_file():
        before = read_book(book.file)
        if before.about["commit"] != book.about["commit"]:
            raise click.ClickException(
                f"the run that was broken off measured {before.about['commit']}; start a new one."
            )
        book = before
    try:
        _measure(book, numbers, wanted, quick=quick)
    except KeyboardInterrupt:
        click.echo("\nBroken off; what was measured is kept. --resume goes on.", err=True)
        _write(book, out)
        raise SystemExit(130) from None
    _write(book, out)


def _measure(book: Book, sizes: list[int], wanted: list[str], *, quick: bool) -> None:
    """Measure part after part; what can't be had is told and passed over."""
    if "scores" in wanted:
        _part(book, "scores", 0, lambda: measure_scores(book, quick=quick))
    for areas in sizes:
        bench = Bench(areas)
        due = [
            part
            for part in _MEASURES
            if part in wanted and (part not in _ONCE or areas == sizes[0]) and (part not in _AMONG_FEW or areas <= MANY)
        ]
        if all(f"{part} {areas}" in book.done for part in due):
            continue
        _told(f"a programme of {areas} areas is made up")
        bench.make()
        for part in due:
            _part(book, part, areas, partial(_MEASURES[part], bench, book, quick=quick))


class _Measure(Protocol):
    """Measures one part at one size."""

    def __call__(self, bench: Bench, book: Book, *, quick: bool) -> None: ...


_MEASURES: dict[str, _Measure] = {
    "check": measure_check,
    "cold": measure_cold,
    "search": measure_search,
    "edit": measure_edits,
    "preview": measure_preview,
    "pdf": measure_pdfs,
    "peers": measure_peers,
}
"""In this order, since each finds what the one before it has left."""

_ONCE = ("check", "pdf", "preview")
"""Measured at the smallest size alone."""

_AMONG_FEW = ("edit", "peers")
"""Measured up to `MANY` areas: among more, another engine takes hours."""


def _part(book: Book, part: str, areas: int, measure: Callable[[], None]) -> None:
    """Measure one part, unless a run that is gone on with has done so; tell of what can't be had."""
    name = f"{part} {areas}" if areas else part
    if name in book.done:
        return
    _told(f"{part}, {areas:,} areas" if areas else part)
    failed = Figure(f"{part}{NOT_MEASURED}", OURS, areas, "")
    book.figures.pop((failed.what, failed.who, areas), None)
    try:
        measure()
    except NotMeasured as error:
        _told(f"  not measured: {error}")
        book.add(replace(failed, note=str(error)))
    else:
        book.done.append(name)
        book.write(book.file)


def _write(book: Book, out: Path) -> None:
    """Print the table, and write results, chart and pages."""
    drawn = growth(book)
    rows, page = rows_and_page(book, drawn[1] if drawn else None)
    shown = Table("what", "goal", "figure", "others", "")
    for row in rows:
        shown.add_row(
            row.subject, row.goal, row.figure if row.figure != "–" or not row.why else row.why, row.peer, row.verdict
        )
    Console().print(shown)
    book.write(out / "results.json")
    (out / "README.md").write_text(page, encoding="utf-8")
    (out / "at-25000.md").write_text(page_at_25000(book), encoding="utf-8")
    if drawn:
        (out / "growth.svg").write_text(drawn[0], encoding="utf-8")
    else:
        (out / "growth.svg").unlink(missing_ok=True)
    _told(f"written: {out.relative_to(REPOSITORY)}/README.md, at-25000.md and results.json")


def _told(line: str) -> None:
    click.echo(f"{datetime.datetime.now().astimezone():%H:%M:%S} {line}", err=True)


def _about() -> dict[str, str]:
    """Return machine, versions, command and date, as the page shows them."""
    framework = next(one for one in read_content(REPOSITORY / "content", ()).documents if one.kind == "framework").value
    questions = sum(len(one.get("questions", ())) for part in framework["sections"] for one in part["criteria"])
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": f"{datetime.datetime.now(datetime.UTC):%d %B %Y}",
        "command": f"make bench{_arguments()}",
        "commit": _said(["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory of the machine": f"{memory / 2**30:.0f} GiB",
        "system": _system(),
        "Python": platform.python_version(),
        "ours": ", ".join(f"{name} {version(name)}" for name in _OURS),
        "others": ", ".join(_versions_of_others()),
        "questions": str(questions),
        "shared memory": "what processes share is counted once"
        if sys.platform == "linux"
        else "what processes share is counted in each",
    }


_OURS = ("mkdocs", "mkdocs-material", "pagefind", "altair", "vl-convert-python", "jsonschema-rs", "numpy", "typst")


def _arguments() -> str:
    given = " ".join(sys.argv[1:])
    return f' ARGS="{given}"' if given else ""


def _versions_of_others() -> list[str]:
    """Return name and version of each program of the benchmark's own environment that is measured against."""
    wanted = ["zensical", "hugo", "check-jsonschema"]
    code = f"from importlib.metadata import version; print(*(f'{{n}} {{version(n)}}' for n in {wanted}), sep='\\n')"
    return _said([own_program("python"), "-c", code]).splitlines()


def _said(command: list[str]) -> str:
    """Return what a command writes, or that it is not known where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return "not known"
    return done.stdout.strip() or "not known"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {platform.system()} {platform.release()}"


if __name__ == "__main__":
    main()
