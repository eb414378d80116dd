"""Digests of what results are made from: bytes, folders, and the program itself.

Bytes are read each time; no time of change is trusted, which differ after a checkout, and may be the same after an edit.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = Path(__file__).parent

SMALL = 2**20
"""Files of so many bytes are read whole: the room that larger ones are read through costs more than most hold."""


def digest(*parts: str | bytes) -> str:
    """Return a name for texts or bytes in this order that no others have."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        # The length keeps ("ab", "c") and ("a", "bc") apart.
        made.update(b"%d:" % len(raw))
        made.update(raw)
    return made.hexdigest()


def of_folder(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder by its path in it, in order.

    Hidden files and what Python keeps of its modules are passed over. A link stands for where it leads and what is there;
    what can't be read, and what is no file, stands for that.
    """
    found: dict[str, str] = {}
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        inside = os.path.relpath(top, folder)
        links = [name for name in folders if Path(top, name).is_symlink()]
        for name in (*files, *links):
            if not name.startswith("."):
                path = name if inside == "." else f"{inside}/{name}"
                found[path] = _of_file(os.path.join(top, name))
    return dict(sorted(found.items()))


def of_files(digests: Mapping[str, str]) -> str:
    """Return a digest of files, given each one's digest by its path."""
    return digest(*(part for one in digests.items() for part in one))


def _of_file(file: str) -> str:
    try:
        about = os.lstat(file)
        leads = f"link to {os.readlink(file)}\n" if stat.S_ISLNK(about.st_mode) else ""
        if leads:
            about = os.stat(file)
        if not stat.S_ISREG(about.st_mode):
            return f"{leads}no file: {stat.S_IFMT(about.st_mode)}"
        with open(file, "rb", buffering=0) as opened:
            if about.st_size <= SMALL:
                return leads + hashlib.sha256(opened.read()).hexdigest()
            return leads + hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.errno}"


@cache
def of_program() -> str:
    """Return a digest of this package, of Python, and of the names and versions of what is installed beside it."""
    # A distribution's folder is named after it and its version, which saves reading what each says of itself.
    installed = sorted(
        name
        for place in sys.path
        if os.path.isdir(place)
        for name in os.listdir(place)
        if name.endswith((".dist-info", ".egg-info"))
    )
    return digest(sys.version, *installed, of_files(of_folder(PACKAGE)))
