"""The search index: Pagefind's command over the documents of the search, into the folder of the finished site.

Pagefind's own pages and the parts of it that no page here uses are taken away again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from omi_build.deployment import SEARCH
from omi_build.problems import OmiError
from omi_build.processes import run, told
from omi_build.search.documents import words
from omi_build.search.settled import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = f"{SEARCH}words.txt"
"""The words of the index, for mending typing errors."""

UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js")
"""What Pagefind writes for pages other than ours."""

TIME = 1800
"""How many seconds it may take; 1,000 reports take one minute."""


class SearchError(OmiError):
    """The search index could not be made."""


def write_index(pages: Mapping[str, str], top: Path) -> int:
    """Write the index of the pages, by the path that `documents` gives them, below a site's top; return its size in bytes.

    The same pages give the same bytes. Raises SearchError, in plain words, where Pagefind can't be run or fails.
    """
    with tempfile.TemporaryDirectory(prefix="omi-search-") as folder:
        source = Path(folder)
        for path, page in pages.items():
            file = source / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
        out = top / SEARCH
        command = [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(out.resolve())]
        _run([*command, "--silent"], source)
    if not (out / "pagefind-entry.json").is_file():
        raise SearchError("the search index is not there, though Pagefind told of no error")
    found = sum(
        language["page_count"]
        for language in json.loads((out / "pagefind-entry.json").read_text())["languages"].values()
    )
    if found != len(pages):
        raise SearchError(f"the search index holds {found} of {len(pages)} records; build again")
    for pattern in UNUSED:
        for file in out.glob(pattern):
            file.unlink()
    settle(out)
    (top / WORDS).write_text(words(pages), encoding="utf-8")
    return sum(file.stat().st_size for file in out.rglob("*") if file.is_file())


def _run(command: list[str], folder: Path) -> None:
    try:
        done = run(command, folder, seconds=TIME)
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from None
    if done.returncode:
        lines = (told(done) or done.stdout.decode("utf-8", "replace").strip()).splitlines()
        why = lines[-1] if lines else f"Pagefind ended with {done.returncode}"
        hint = "Run “make ready” again; if that doesn’t help, this machine may have no Pagefind (package pagefind-bin)."
        raise SearchError(f"the search index could not be made: {why}. {hint}")
