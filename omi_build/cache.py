"""Keeps what is dear to make, by what it was made from. Losing it costs time, never a page."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Cache:
    """A folder of results, each named by a digest of its inputs and holding a digest of itself."""

    def __init__(self, folder: Path | None) -> None:
        """Keep results in `folder`; with None nothing is kept."""
        self.folder = folder

    def get(self, inputs: str, make: Callable[[], str]) -> str:
        """Return the result for these inputs, made anew unless it is kept whole.

        A damaged or half-written entry is noticed by its digest and made again.
        """
        if self.folder is None:
            return make()
        file = self.folder / f"{digest(inputs)}.txt"
        try:
            kept_digest, _, kept = file.read_text(encoding="utf-8").partition("\n")
            if kept_digest == digest(kept):
                return kept
        except (OSError, UnicodeDecodeError):
            pass
        made = make()
        self._keep(file, f"{digest(made)}\n{made}")
        return made

    def _keep(self, file: Path, text: str) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
            Path(name).replace(file)
        except OSError:
            # A cache that can't be written (a full disk, a read-only folder) is no reason to stop.
            return


def digest(text: str) -> str:
    """Return a name for a text that no other text has."""
    return hashlib.sha256(text.encode()).hexdigest()
