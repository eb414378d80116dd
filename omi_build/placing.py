"""Puts files into the folder of a new site: those that haven't changed are linked from the last one, not written again.

What the last site held is noted when it is put in place: of each file the digest, the size and the time of its last
change. A file that doesn't look so any more, because somebody changed it there, is written anew. Where the folder holds
an older site, its files that are the last site's too stay where they are.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from omi_build.fingerprint import digest

if TYPE_CHECKING:
    from omi_build.cache import Cache

_GONE = (FileNotFoundError, NotADirectoryError)
"""How a file or a folder is missed that had to make room."""

Row: TypeAlias = "list[str | int]"
"""Of a file its digest, its size in bytes, and the time of its last change in nanoseconds."""


class Placing:
    """Fills the folder of a new site."""

    def __init__(self, new: Path, last: Path, cache: Cache) -> None:
        """Take the folder to fill and that of the last site, which may be missing."""
        self.new = new
        self._last = last
        self._cache = cache
        self._key = digest("placed", os.path.realpath(last))
        entry = cache.load(self._key)
        self._rows: Mapping[str, Row] = entry.about if entry else {}
        self._by_content = {row[0]: path for path, row in self._rows.items()}
        self._there: dict[str, Row] = {}
        self._folders: set[str] = set()

    def take_over(self) -> None:
        """Take over the files of the new site's folder that are the last site's too; remove all others."""
        folders = [""]
        while folders:
            folder = folders.pop()
            self._folders.add(folder)
            with os.scandir(f"{self.new}/{folder}") as found:
                for one in found:
                    path = f"{folder}{one.name}"
                    row = self._rows.get(path)
                    if one.is_dir(follow_symlinks=False):
                        folders.append(f"{path}/")
                    elif row and _is_as_noted(one.stat(follow_symlinks=False), row):
                        self._there[path] = row
                    else:
                        os.unlink(one.path)

    def tidy(self, placed: Collection[str]) -> None:
        """Remove from the new site's folder what was taken over and isn't among the files of the new site."""
        wanted = {""}
        for folder in {path[: path.rfind("/") + 1] for path in placed}:
            wanted |= {folder[: end + 1] for end, sign in enumerate(folder) if sign == "/"}
        for path in self._there.keys() - placed:
            if f"{path}/" not in wanted:
                with suppress(*_GONE):
                    os.unlink(f"{self.new}/{path}")
        # The longer name comes first: what is in a folder goes before it does.
        for folder in sorted(self._folders - wanted, reverse=True):
            with suppress(*_GONE):
                os.rmdir(f"{self.new}/{folder}")

    def place(self, path: str, of_content: str, content: Callable[[], bytes]) -> Row:
        """Put a file in its place: as a link to the last site's where that has the same content, else written.

        `of_content` is the digest of the content. Returns what is to be noted of it. Raises OSError where it can't be
        written.
        """
        target = f"{self.new}/{path}"
        there = self._there.get(path)
        if there is not None:
            if there[0] == of_content:
                return there
            # What is written into it would be in the last site too.
            os.unlink(target)
        self._make_folder(path)
        row = self._rows.get(path)
        # A file whose name has changed is the same file.
        source = path if row and row[0] == of_content else self._by_content.get(of_content)
        if source is not None and self._is_whole(source):
            try:
                os.link(f"{self._last}/{source}", target)
            except OSError:
                pass  # a disk that knows no links, or the file is gone
            else:
                return self._rows[source]
        try:
            self._write(target, content())
        except FileExistsError:
            # It may be a link to what another name stands for, too; or a folder of an older site.
            if os.path.isdir(target) and not os.path.islink(target):
                shutil.rmtree(target)
            else:
                os.unlink(target)
            self._write(target, content())
        about = os.stat(target)
        return [of_content, about.st_size, about.st_mtime_ns]

    def renew(self, path: str, of_content: str, content: Callable[[], bytes]) -> Row:
        """Put a file into the last site itself, which is in use, unless it has that content; returns and raises as `place`."""
        row = self._rows.get(path)
        if row and row[0] == of_content and self._is_whole(path):
            return row
        target = Path(self._last, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        put(target, content())
        about = os.stat(target)
        return [of_content, about.st_size, about.st_mtime_ns]

    @staticmethod
    def _write(target: str, content: bytes) -> None:
        with open(target, "xb") as out:
            out.write(content)

    def keep(self, rows: Mapping[str, Row]) -> None:
        """Note what the site that is now in place holds."""
        self._cache.keep(self._key, rows, {})

    def _is_whole(self, path: str) -> bool:
        """Say whether a file of the last site is as it was noted."""
        try:
            return _is_as_noted(os.lstat(f"{self._last}/{path}"), self._rows[path])
        except OSError:
            return False

    def _make_folder(self, path: str) -> None:
        folder = path[: path.rfind("/") + 1]
        if folder in self._folders:
            return
        try:
            os.makedirs(f"{self.new}/{folder}", exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            # In an older site a file had the name of one of these folders.
            steps = (folder[:end] for end, sign in enumerate(folder) if sign == "/")
            os.unlink(next(path for step in steps if os.path.isfile(path := f"{self.new}/{step}")))
            os.makedirs(f"{self.new}/{folder}", exist_ok=True)
        self._folders.add(folder)


def _is_as_noted(about: os.stat_result, row: Row) -> bool:
    return stat.S_ISREG(about.st_mode) and [about.st_size, about.st_mtime_ns] == row[1:]


def put(file: Path, raw: bytes) -> None:
    """Write a file beside and move it into place, with the mode of the one that was there: it is never half written."""
    handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
        Path(beside).chmod(file.stat().st_mode & 0o7777 if file.exists() else 0o644)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
