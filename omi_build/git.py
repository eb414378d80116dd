"""What git knows of the project: its branch, which files have changed, and what stood in them at a revision.

All calls of git are here. They only read: nothing is checked out, fetched or written to the repository. A revision is
resolved to its commit before anything else is asked about it, so that no text of a user is ever taken for an option.
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from typing import TYPE_CHECKING

from omi_build.problems import UsageError
from omi_build.processes import run, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omi_build.processes import Ended

MAIN_BRANCHES = ("origin/HEAD", "origin/main", "main", "origin/master", "master")
"""Where the main branch is looked for, in this order: what the server calls it, then by its usual names."""


def changed_files(root: Path, base: str | None = None) -> list[Path]:
    """Return the files below `root` that differ from where this branch left `base`, sorted.

    Committed, staged, unstaged and untracked changes all count; files that git ignores don't. A file that was deleted or
    moved away is named too, under its old path, so a path need not exist. Without `base` it is the main branch, as
    `main_branch` finds it. Raises UsageError, in plain words, where git can't tell.
    """
    start = merge_base(root, base or main_branch(root))
    tracked = _git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", start, "--", ".")
    untracked = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    names = {os.fsdecode(name) for name in (tracked + untracked).split(b"\0") if name}
    return sorted(root / name for name in names)


def main_branch(root: Path) -> str:
    """Return the name of the main branch, the first of `MAIN_BRANCHES` that there is; raise UsageError without one."""
    _must_be_repository(root)
    found = next((branch for branch in MAIN_BRANCHES if _commit(root, branch)), None)
    if found is None:
        raise UsageError(
            "no main branch was found to compare with: there is no "
            f"{', '.join(MAIN_BRANCHES[:-1])} or {MAIN_BRANCHES[-1]}; name the revision to compare with"
        )
    return found


def current_branch(root: Path) -> str:
    """Return the branch that a repository is on; raise UsageError if it is on none, or there is no repository."""
    found = _run(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if found.returncode:
        raise UsageError(f"{root} is not on a branch of a git repository")
    return os.fsdecode(found.stdout).strip()


def has_uncommitted_changes(root: Path) -> bool:
    """Say whether a file that git knows differs from the last commit."""
    return bool(_git(root, "status", "--porcelain", "--untracked-files=no").strip())


def merge_base(root: Path, revision: str) -> str:
    """Return the commit (its full hash) at which this branch left `revision`, as a pull request is compared.

    Changes that the other branch has made since are not ours, and are left out that way. Raises UsageError for an
    unknown revision, a repository without commits, and a clone that doesn't reach back so far.
    """
    _must_be_repository(root)
    if not _commit(root, "HEAD"):
        raise UsageError("this git repository has no commit yet, so there is nothing to compare with")
    commit = _commit(root, revision)
    if not commit:
        raise UsageError(f"git knows no revision {revision!r}{_how_to_get_it(root)}")
    found = _run(root, "merge-base", commit, "HEAD")
    if found.returncode:
        raise UsageError(f"this branch and {revision!r} have no common commit{_how_to_get_it(root)}")
    return found.stdout.decode().strip()


def write_files_at(root: Path, commit: str, folders: Sequence[str], into: Path) -> list[str]:
    """Write the files that stood in `folders` (names below `root`) at a commit into a folder; return the folders found.

    `commit` is a full hash, as `merge_base` returns it. A folder that wasn't there then is left out. Nothing is written
    outside `into`, whatever the repository holds: a link that leads out of it is passed over.
    """
    there = [folder for folder in folders if _git(root, "ls-tree", commit, "--", folder)]
    if there:
        archive = io.BytesIO(_git(root, "archive", "--format=tar", commit, "--", *there))
        with tarfile.open(fileobj=archive) as members:
            members.extractall(into, filter=_within)  # noqa: S202  # that is what the filter is for
    return there


def _within(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Return a member of an archive as it may be written, None where it would reach outside the folder."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _must_be_repository(root: Path) -> None:
    found = _run(root, "rev-parse", "--is-inside-work-tree")
    if not found.returncode:
        return
    if "dubious ownership" in told(found):
        raise UsageError(
            f"git doesn't trust {root}, because it belongs to another user of this machine; "
            f"if it is yours, run: git config --global --add safe.directory {root}"
        )
    raise UsageError(f"{root} is not in a git repository, so there is nothing to compare with")


def _commit(root: Path, revision: str) -> str:
    """Return the full hash of a revision's commit, '' if there is no such revision."""
    if "\0" in revision:
        return ""
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return "" if found.returncode else found.stdout.decode().strip()


def _how_to_get_it(root: Path) -> str:
    """Return what to do about a commit that isn't there, as the end of a sentence."""
    if _run(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return (
            "; this clone holds only the newest commits, so run: git fetch --unshallow "
            "(in a workflow, give actions/checkout `fetch-depth: 0`)"
        )
    return "; name a branch, a tag or a commit, such as main (git branch --all lists the branches)"


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git answers; raise UsageError with its own words where it fails."""
    done = _run(root, *arguments)
    if done.returncode:
        raise UsageError(f"git {arguments[0]} failed: {told(done).removeprefix('fatal: ')}")
    return done.stdout


def _run(root: Path, *arguments: str) -> Ended:
    program = shutil.which("git")
    if program is None:
        raise UsageError("git was not found; install it to compare with an earlier revision")
    # Messages in English whatever the user's language, and no lock taken that a person's own git would wait for.
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    return run([program, *arguments], root, environment)
