"""Keeps what is dear to make, by what it was made from. Losing it costs time, never a page.

Each entry is a file that is named by a digest of its inputs and holds digests of itself: what is damaged, foreign or half
written is noticed, taken away and made again. An entry is written beside and moved into place, so two builds at once only
do the same work twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from omi_build.fingerprint import digest
from omi_build.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORM = "omi 1"
"""How an entry begins; it changes with the form of entries."""

UNUSED = 7 * 24 * 60 * 60
"""How many seconds an entry lies there without being used before it is taken away."""

_TOUCHED = 24 * 60 * 60
"""An entry that was used is marked so once a day."""


class DamagedError(Exception):
    """A part of an entry isn't what it was; the entry is taken away, and all that was made with it is to be made again."""


class Part(NamedTuple):
    """A part of an entry, and where it lies in the file. A large site has hundreds of thousands."""

    digest: str
    """Of its content."""
    size: int
    """Of its content, in bytes."""
    offset: int
    stored: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept under one key: a few facts, and parts that are read when they are asked for."""

    key: str
    file: Path
    about: Any
    """Values of JSON."""
    parts: Mapping[str, Part]
    held: Mapping[str, bytes] | None = None
    """The parts themselves, where no disk would have them."""

    def read(self, name: str) -> bytes:
        """Return the content of a part; raises DamagedError where it isn't what it was, and KeyError without such a part."""
        part = self.parts[name]
        if self.held is not None:
            return self.held[name]
        try:
            with self.file.open("rb") as opened:
                opened.seek(part.offset)
                content = zlib.decompress(opened.read(part.stored))
        except (OSError, zlib.error):
            content = b""
        if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.digest:
            try:
                self.file.unlink(missing_ok=True)
            except OSError as error:
                message = f"{self.file} is damaged and can't be taken away: {error.strerror}; delete it (make clean)"
                raise UsageError(message) from None
            raise DamagedError(self.file.name)
        return content


class Cache:
    """A folder of entries."""

    def __init__(self, folder: Path | None) -> None:
        """Keep results in `folder`, which is made when something is kept; with None nothing outlives the entries."""
        self.folder = folder

    def get(self, inputs: str, make: Callable[[], bytes]) -> bytes:
        """Return what is made of these inputs, anew unless it is kept whole."""
        key = digest("one", inputs)
        entry = self.load(key)
        try:
            if entry is not None:
                return entry.read("made")
        except (DamagedError, KeyError):
            pass
        made = make()
        self.keep(key, None, {"made": made})
        return made

    def load(self, key: str) -> Entry | None:
        """Return what is kept under a key, or None where nothing is, or not all of it."""
        if self.folder is None:
            return None
        file = self._file(self.folder, key)
        try:
            about = file.stat()
            with file.open("rb") as opened:
                form, _, told = opened.readline().decode("ascii").rstrip("\n").partition(" head ")
                head = opened.readline()
                start = opened.tell()
            if (form, told) != (FORM, hashlib.sha256(head).hexdigest()):
                return None
            value = json.loads(head)
            parts = {
                name: Part(of_content, size, offset + start, stored)
                for name, (of_content, size, offset, stored) in value["parts"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        stored = sum(part.stored for part in parts.values())
        if value.get("key") != key or about.st_size != start + stored:
            return None
        if time.time() - about.st_mtime > _TOUCHED:
            _touch(file)
        return Entry(key, file, value["about"], parts)

    def keep(self, key: str, about: Any, parts: Mapping[str, bytes]) -> Entry:
        """Keep facts (values of JSON) and parts under a key, and return the entry.

        Where the disk won't have it (it is full, or may only be read), the entry holds its parts in memory.
        """
        if self.folder is None:
            return _in_memory(key, about, parts)
        packed = {name: zlib.compress(content, 1) for name, content in parts.items()}
        listed: dict[str, tuple[str, int, int, int]] = {}
        offset = 0
        for name, content in parts.items():
            listed[name] = (hashlib.sha256(content).hexdigest(), len(content), offset, len(packed[name]))
            offset += len(packed[name])
        head = json.dumps({"key": key, "about": about, "parts": listed}, separators=(",", ":")).encode() + b"\n"
        first = f"{FORM} head {hashlib.sha256(head).hexdigest()}\n".encode()
        file = self._file(self.folder, key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as out:
                out.writelines([first, head, *packed.values()])
            Path(name).replace(file)
        except OSError:
            # A cache that can't be written is no reason to stop.
            return _in_memory(key, about, parts)
        start = len(first) + len(head)
        where = {
            name: Part(of_content, size, offset + start, stored)
            for name, (of_content, size, offset, stored) in listed.items()
        }
        return Entry(key, file, about, where)

    def sweep(self) -> None:
        """Take away the entries that no build has used for a week, and what writers that were killed left; once a day."""
        today = digest("swept", str(int(time.time() // _TOUCHED)))
        if self.folder is None or self.load(today):
            return
        self.keep(today, None, {})
        oldest = time.time() - UNUSED
        for file in self.folder.glob("??/*"):
            try:
                if file.stat().st_mtime < oldest:
                    file.unlink()
            except OSError:
                continue  # another build was faster

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        return folder / key[:2] / key


def _in_memory(key: str, about: Any, parts: Mapping[str, bytes]) -> Entry:
    listed = {name: Part(hashlib.sha256(content).hexdigest(), len(content), 0, 0) for name, content in parts.items()}
    return Entry(key, Path(), about, listed, dict(parts))


def _touch(file: Path) -> None:
    try:
        os.utime(file)
    except OSError:
        return
