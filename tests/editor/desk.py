"""A small synthetic project with an editor that is served, for tests of what it answers."""

from __future__ import annotations

import datetime
import http.client
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from building import write
from small_world import REPOSITORY, world

from omi_build.doors import reader
from omi_build.editor.server import Desk, EditorServer
from omi_build.editor.settings import LOCAL, Backend
from omi_build.editor.storage import Answer
from omi_build.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def project(folder: Path, files: dict[str, Any] | None = None) -> Project:
    """Write a world into a folder and return it as a project."""
    write(folder / "content", files or world())
    schemas, templates = REPOSITORY / "schemas", REPOSITORY / "site_templates"
    return Project(folder / "content", schemas, templates, datetime.date(2041, 1, 1))


@dataclass
class Memory:
    """A storage that remembers what it was asked for."""

    asked: list[Mapping[str, Any]] = field(default_factory=list)

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """Take a request."""
        self.asked.append(request)
        return Answer(200, b'{"message": "entry persisted"}')


@dataclass
class Served:
    """An editor that is running."""

    server: EditorServer
    storage: Memory
    root: Path

    def ask(
        self, method: str, path: str, value: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers of an answer; the request comes from the editor's own page."""
        host = f"127.0.0.1:{self.server.server_port}"
        sent = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json", **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        body = value if isinstance(value, bytes | None) else json.dumps(value)
        connection.request(method, path, body, {name: given for name, given in sent.items() if given})
        response = connection.getresponse()
        raw = response.read()
        told = dict(response.headers)
        connection.close()
        return response.status, json.loads(raw) if "json" in told["Content-Type"] else raw, told


@contextmanager
def served(folder: Path, *, workflow: bool = False, files: dict[str, Any] | None = None) -> Iterator[Served]:
    """Serve the editor of a world on a free port of this machine."""
    made = project(folder, files)
    memory = Memory()
    page = {"index.html": b"<!doctype html>", "editor.js": b""}
    desk = Desk(made, Backend(LOCAL, workflow=workflow), page, memory, reader(folder, made.content))
    with EditorServer(desk, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Served(server, memory, folder)
        finally:
            server.shutdown()
            thread.join()
