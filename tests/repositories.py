"""Makes git repositories for tests: alone, with no setting of the person who runs them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

from building import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A synthetic person",
        "GIT_AUTHOR_EMAIL": "person@example.org",
        "GIT_COMMITTER_NAME": "A synthetic person",
        "GIT_COMMITTER_EMAIL": "person@example.org",
    }
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=root, env=kept | settings, capture_output=True, text=True, check=True).stdout


def commit_all(root: Path) -> None:
    """Commit everything in a repository."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "As it stands")


def make_repository(root: Path, files: Mapping[str, Any]) -> Path:
    """Make a repository whose branch main has one commit with these files, and return its folder."""
    root.mkdir(parents=True, exist_ok=True)
    write(root, files)
    git(root, "init", "--quiet")
    commit_all(root)
    return root
