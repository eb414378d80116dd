"""Builds a site beside the last one and puts it in its place by renaming, so that what stands there is always whole.

Whatever ends a build, a full disk or a killed process, the last site has not been touched; the next build removes what
was left. The site before the last one is kept, hidden, beside it: nearly all of the next site is there already, and need
neither be linked nor taken away again.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True)
class Beside:
    """A folder beside a site: in it the new site grows, and the old one lies for the moment between two renames."""

    site: Path
    """Where the site stands in the end."""
    shed: Path
    """The folder beside it."""
    lock: FileLock
    """Held while this build is at work; it is free again when the process ends, however it ends."""

    @property
    def new(self) -> Path:
        """Where to build."""
        return self.shed / "site"

    @property
    def old(self) -> Path:
        """Where the last site lies while the new one takes its place."""
        return self.shed / "old"

    @property
    def rendered(self) -> Path:
        """Where MkDocs writes what it renders and copies, before it comes into the new site."""
        return self.shed / "rendered"

    @property
    def before(self) -> Path:
        """Where the site before the last one is kept."""
        return self.site.with_name(f".{self.site.name}.before")

    def begin(self) -> None:
        """Begin the new site with the one before the last, if there is one and no other build has taken it."""
        try:
            self.before.rename(self.new)
        except OSError:
            self.new.mkdir()

    def put_in_place(self) -> None:
        """Make the new site the site. Hidden files of the last one, which no build makes, come along.

        Raises OSError if the folder can't be renamed; then the last site is where it was.
        """
        if self.site.exists():
            for hidden in self.site.glob(".*"):
                target = self.new / hidden.name
                if not target.exists():
                    (shutil.copytree if hidden.is_dir() else shutil.copy2)(hidden, target)
            self.site.rename(self.old)
        try:
            self.new.rename(self.site)
        except OSError:
            if self.old.exists():
                self.old.rename(self.site)
            raise
        # Where there was none, or another build has just put its own there, nothing is kept.
        with suppress(OSError):
            self.old.rename(self.before)
        self.drop()

    def forget(self) -> None:
        """Remove the site before the last one."""
        shutil.rmtree(self.before, ignore_errors=True)

    def drop(self) -> None:
        """Remove the folder beside, and what is in it."""
        if not self.old.exists() or self.site.exists():
            shutil.rmtree(self.shed, ignore_errors=True)
        self.lock.release()


def beside(site: Path) -> Beside:
    """Return a new folder beside a site, after clearing up behind builds that were killed."""
    real = Path(os.path.realpath(site))
    real.parent.mkdir(parents=True, exist_ok=True)
    for left in real.parent.glob(f"{glob.escape(real.name)}.new-*"):
        _clear_up(real, left)
    shed = Path(tempfile.mkdtemp(prefix=f"{real.name}.new-", dir=real.parent))
    made = Beside(real, shed, _lock(shed))
    made.lock.acquire(timeout=0)
    return made


def _clear_up(site: Path, shed: Path) -> None:
    """Remove what a killed build left, and bring back the last site if it was killed between two renames."""
    if not shed.is_dir() or not {part.name for part in shed.iterdir()} <= {"lock", "site", "old", "rendered"}:
        return  # somebody's own folder that happens to be named so
    left = Beside(site, shed, _lock(shed))
    try:
        left.lock.acquire(timeout=0)
    except (Timeout, OSError):
        return  # another build is at work in it
    if left.old.exists() and not site.exists():
        left.old.rename(site)
    left.drop()


def _lock(shed: Path) -> FileLock:
    return FileLock(shed / "lock")
