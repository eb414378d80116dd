"""Builds sites in processes that are forked from one that has the programs loaded: it saves each build the time to load.

What is run is what the command runs, from its first argument to its exit code. Run as a script, this is the process that
forks: it reads one order a line, as JSON, and answers each with a line.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

AT_START = {"PYTHONHASHSEED"}
"""Variables that Python reads when it starts: a process that is forked later can't follow them."""
LOADED = (
    "mkdocs.commands.build",
    "mkdocs.contrib.search",
    "mkdocs.config.defaults",
    "material.plugins.search.plugin",
    "omi_build.plugin",
    "omi_build.imports",
    "highspy",
    "hunspell",
    "omi_build.charts.raster",
)
"""What every build loads sooner or later, beside the command itself."""


def can_follow(env: Mapping[str, str]) -> bool:
    """Return whether a forked process is what a new one would be in this environment; elsewhere libraries may not bear it."""
    return sys.platform == "linux" and not AT_START & set(env)


@dataclass
class _Forker:
    """The process that forks, from the side of the one that asks."""

    process: subprocess.Popen[str]
    orders: int = 0

    def order(self, **told: Any) -> int:
        """Have one command run, and return its exit code."""
        assert self.process.stdin
        assert self.process.stdout
        self.orders += 1
        self.process.stdin.write(json.dumps({**told, "order": self.orders}) + "\n")
        self.process.stdin.flush()
        # A test that ran out of time may have left the answer to its own order unread.
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer["order"] == self.orders:
                return int(answer["code"])
        raise AssertionError("the process that forks has ended")

    def end(self) -> None:
        """Let it end."""
        self.process.communicate()


_forkers: list[_Forker] = []


def run_forked(command: list[str], cwd: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Run `mkdocs …` or a script of ours, and return its exit code and what it wrote, errors included."""
    if not _forkers:
        process = subprocess.Popen(
            [sys.executable, __file__], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        _forkers.append(_Forker(process))
        atexit.register(_forkers[0].end)
    with tempfile.NamedTemporaryFile("rb") as written:
        code = _forkers[0].order(command=command, cwd=str(cwd), env=dict(env), out=written.name)
        return code, written.read().decode("utf-8")


def _serve() -> None:
    for name in ("mkdocs.__main__", *LOADED):
        importlib.import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(**order)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"order": order["order"], "code": os.waitstatus_to_exitcode(status)}) + "\n")
        sys.stdout.flush()


def _become(command: list[str], cwd: str, env: dict[str, str], out: str, order: int) -> None:
    """Be the command, to the end of this process."""
    del order
    code = 1
    try:
        nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(out, os.O_WRONLY)
        os.dup2(nothing, 0)
        os.dup2(written, 1)
        os.dup2(written, 2)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        sys.argv = command
        if command[0] == "mkdocs":
            sys.modules["mkdocs.__main__"].cli()
        else:
            runpy.run_path(command[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  # as the interpreter does with whatever nobody caught
        traceback.print_exc()
    atexit._run_exitfuncs()  # noqa: SLF001  # os._exit leaves them out, and nothing public runs them
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
