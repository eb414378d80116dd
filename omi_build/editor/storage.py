"""Starts Decap's own service for files and git, and says what the editor may ask of it."""

from __future__ import annotations

import http.client
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.editor.packages import node_environment, node_program
from omi_build.git import has_uncommitted_changes
from omi_build.problems import UsageError
from omi_build.processes import start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

READING = {"info", "entriesByFiles", "getEntry", "getDeployPreview", "unpublishedEntries", "unpublishedEntry"}
READING |= {"unpublishedEntryDataFile", "getMedia"}
WRITING = {"persistEntry", "deleteUnpublishedEntry", "updateUnpublishedEntryStatus"}
ACTIONS = READING | WRITING
"""What the editor asks for. Nothing deletes a file, merges a branch, or touches pictures."""


@dataclass(frozen=True)
class Answer:
    """What the storage said."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Storage:
    """A running storage, which answers only to who knows its word."""

    port: int
    word: str

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """Return the storage's answer to a request of Decap's."""
        if request.get("action") == "getMedia":  # asked for with each entry; the forms have no pictures
            return Answer(200, b"[]")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                "POST", "/api/v1", json.dumps(request), {"Content-Type": "application/json", "X-Omi-Word": self.word}
            )
            response = connection.getresponse()
            return Answer(response.status, response.read())
        except OSError:
            return Answer(502, json.dumps({"error": "the storage has stopped; start `omi edit` again"}).encode())
        finally:
            connection.close()


@contextmanager
def running(editor: Path, root: Path, *, git: bool) -> Iterator[Storage]:
    """Run the storage for a project's folder; with `git`, saving makes a branch for each file.

    Raises UsageError if it doesn't start, or if git has changes that would end up in a commit of the editor.
    """
    if git:
        _must_be_clean(root)
    word = secrets.token_urlsafe(32)
    environment = {
        **node_environment(),
        "OMI_WORD": word,
        "MODE": "git" if git else "fs",
        "GIT_REPO_DIRECTORY": str(root),
    }
    command = [node_program("node"), str(editor / "storage.mjs")]
    with start(command, root, environment) as process:
        assert process.stdin
        assert process.stdout
        try:
            name, _, port = process.stdout.readline().strip().partition(" ")
            if name != "port":
                raise UsageError("the editor’s storage does not start; look at the lines above")
            yield Storage(int(port), word)
        finally:
            process.stdin.close()  # which ends it


def refusal(request: Any, paths: AbstractSet[str]) -> str:
    """Return why a request of Decap's is not passed on to the storage, or '' if it is.

    It may read and write the files at `paths`, which have a form, and nothing else.
    """
    if not isinstance(request, dict) or not isinstance(request.get("params", {}), dict):
        return "this is not a request of the editor"
    params = request.get("params", {})
    if str(request.get("action")) not in ACTIONS:
        return f"the editor does not {request.get('action')}"
    named = [params["path"]] if "path" in params else []
    lists = [params.get(key, []) for key in ("files", "dataFiles")]
    if params.get("assets") or "entry" in params or any(not isinstance(files, list) for files in lists):
        return "the editor saves texts only"
    for file in (file for files in lists for file in files):
        if not isinstance(file, dict) or file.get("newPath"):
            return "the editor moves no files"
        named.append(file.get("path"))
    foreign = [path for path in named if not isinstance(path, str) or path not in paths]
    return f"there is no form for {foreign[0]}" if foreign else ""


def _must_be_clean(root: Path) -> None:
    if has_uncommitted_changes(root):
        message = "there are changes that are not committed, and git would carry them into the editor’s branches"
        raise UsageError(f"{message}; commit them first, or use `omi edit` without --git")
