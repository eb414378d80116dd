# ruff: noqa: S603  # the rule can't tell whose a command is; that it is never made of a text of the content is said below
"""Other programs: git, Node.js and its tools, Pagefind. Each is run from here, and never through a shell.

A command is a list whose words the caller wrote or found on this machine; a text of the content is never one of them.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Ended: TypeAlias = "subprocess.CompletedProcess[bytes]"
"""A program that has ended: its exit code, and what it wrote."""


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, seconds: float | None = None
) -> Ended:
    """Run a command in a folder to its end, with nothing to read.

    `environment` stands for this process's own; `seconds` is how long it may take. Raises OSError where there is no such
    program, or where it takes longer.
    """
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(str(error)) from None


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a command in a folder that goes on beside this process; both can write to each other, in lines."""
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told(done: Ended) -> str:
    """Return what a program that has ended wrote of errors."""
    return done.stderr.decode("utf-8", "replace").strip()
