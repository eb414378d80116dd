"""Commands run and measured; figures kept as they come, so that a run that is broken off loses none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).parents[1]
WORK = REPOSITORY / ".cache" / "bench"
"""All that a run writes beside its results."""

LONGEST = 3600
"""Seconds after which a command is broken off."""

OURS = "omi"
"""How this project is named among the engines."""

NOT_MEASURED = ": not measured"
"""How the figure of a part is named that could not be measured; its note says why."""

CLOCK = "1790000000"
"""The moment that every build is for, in seconds since 1970: the same reports are public in every run."""


class NotMeasured(Exception):  # it is what a row says, not what went wrong in the program
    """A figure can't be had; the text says why."""


@dataclass(frozen=True)
class Cost:
    """What a command cost."""

    seconds: float
    """By the clock."""
    cpu: float
    """In user and system mode, of all its processes."""
    memory: int
    """The peak in bytes, of all its processes together."""


@dataclass(frozen=True)
class Figure:
    """One thing that was measured, some times over."""

    what: str
    who: str
    areas: int
    """How many areas the synthetic programme has; 0 where the figure hangs on none."""
    unit: str
    rounds: tuple[float, ...] = ()
    """What each round gave."""
    note: str = ""
    """Why there is none, or what must be known about it."""

    @property
    def median(self) -> float | None:
        """The middle of the rounds; None without any."""
        return median(self.rounds) if self.rounds else None


@dataclass
class Book:
    """The figures of a run, written to its file after each one."""

    file: Path
    about: dict[str, str]
    """Machine, versions, command and date."""
    figures: dict[tuple[str, str, int], Figure] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    """What was measured to its end, for a run that goes on with this one."""

    def add(self, figure: Figure) -> None:
        """Take a figure in, and write all that there are."""
        self.figures[figure.what, figure.who, figure.areas] = figure
        self.write(self.file)

    def has(self, what: str, who: str, areas: int) -> bool:
        """Say whether a figure is there, as a number."""
        return self.median(what, who, areas) is not None

    def median(self, what: str, who: str, areas: int) -> float | None:
        """Return the median of a figure, or None if there is none."""
        found = self.figures.get((what, who, areas))
        return found.median if found else None

    def note(self, what: str, who: str, areas: int) -> str:
        """Return what is noted beside a figure, or why there is none."""
        found = self.figures.get((what, who, areas))
        return found.note if found else "not measured in this run"

    def sizes(self, what: str, who: str = OURS) -> list[int]:
        """Return the sizes at which a figure is there, in order."""
        return sorted(
            areas for one, name, areas in self.figures if (one, name) == (what, who) and self.has(what, who, areas)
        )

    def write(self, file: Path) -> None:
        """Write all figures to a file, whole or not at all."""
        value = {"about": self.about, "done": self.done, "figures": [asdict(one) for one in self.figures.values()]}
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.new")
        beside.write_text(f"{json.dumps(value, indent=1, ensure_ascii=False)}\n", encoding="utf-8")
        beside.replace(file)


def read_book(file: Path) -> Book:
    """Return the figures that a file holds."""
    value = json.loads(file.read_text(encoding="utf-8"))
    figures = [Figure(**{**one, "rounds": tuple(one["rounds"])}) for one in value["figures"]]
    return Book(file, value["about"], {(one.what, one.who, one.areas): one for one in figures}, value["done"])


def rounds_at(areas: int, *, quick: bool) -> int:
    """Return how many rounds are measured at a size."""
    return 1 if quick or areas > 50 else 3


def environment(**more: str) -> dict[str, str]:
    """Return what commands of the project run in: this checkout's code, a fixed moment, the public site, no PDF.

    Python keeps what it compiles, as it does unless it is told not to.
    """
    left_out = ("OMI_", "PYTHONDONTWRITEBYTECODE")
    own = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    paths = [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return own | {
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "SOURCE_DATE_EPOCH": CLOCK,
        "NO_MKDOCS_2_WARNING": "1",
        "OMI_PREVIEW": "0",
        "OMI_PDF": "0",
        **more,
    }


def program(name: str) -> str:
    """Return a command of the project's environment, such as `omi`."""
    return str(Path(sys.executable).with_name(name))


def run(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it cost.

    Raises NotMeasured with its last lines where it ends otherwise than well, or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=WORK) as place:
        out = Path(place, "cost.json")
        watched = [own_program("python"), str(Path(__file__).with_name("watched.py")), str(out), *command]
        with Path(place, "log").open("w+", encoding="utf-8", errors="replace") as log:
            process = subprocess.Popen(
                watched, cwd=folder, env=env or environment(), stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            try:
                code = process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                raise NotMeasured(f"broken off after {LONGEST // 60} minutes") from None
            finally:
                _end(process)
            log.seek(0)
            lines = log.read().strip().splitlines()
        if code:
            raise NotMeasured(f"ended with {code}: {' '.join(lines[-3:])[-300:]}")
        return Cost(**json.loads(out.read_text(encoding="utf-8")))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, 15)
        process.wait()


def own_program(name: str) -> str:
    """Return a command of the benchmark's own environment, such as `hugo`."""
    return str(WORK / "venv" / "bin" / name)
