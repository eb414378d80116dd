"""Serves the editor to a browser on the same machine, checks what it is about to save, and passes it to the storage.

A page from elsewhere that is open in the same browser must not get at the files. So a request is answered only under a
name of this machine (against names that are made to point here), and one that writes only if it comes from the
editor's own page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from omi_build.checking import check_content
from omi_build.checks.record import SETTLED_BY_COMMAND
from omi_build.editor.page import policy, settings_file
from omi_build.editor.settings import Backend, editable_paths, editor_settings
from omi_build.editor.storage import refusal
from omi_build.problems import OmiError
from omi_build.reporting import located

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from omi_build.editor.storage import Storage
    from omi_build.project import Project

MAX_BODY = 10_000_000

MARK = "\ufeff"
"""What some programs put before UTF-8; reading drops it."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


def problems_of(project: Project, path: str, text: str, read: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return what every rule of `omi check` says of a file that is about to be saved as `text`, but for what omi correct settles.

    `path` is the file's as problems name it, `read` gives the texts of the others.
    """
    inspection = PurePosixPath(path).parts[2]
    problems = check_content(project, {inspection}, {path: text}).problems
    own = [p for p in problems if p.source.path == path and p.code not in SETTLED_BY_COMMAND]
    return [
        {
            "severity": one.problem.severity.value,
            "code": one.problem.code,
            "message": one.problem.message,
            "hint": one.problem.hint,
            "pointer": list(one.problem.source.pointer),
            "quote": "" if one.problem.confidential else one.problem.quote,
            "line": one.place.line,
            "text": one.line.strip(),
        }
        for one in located(own, lambda other: text if other == path else read(other))
    ]


@dataclass(frozen=True)
class Desk:
    """What a running editor works with."""

    project: Project
    backend: Backend
    files: Mapping[str, bytes]
    """The page's own files."""
    storage: Storage
    read: Callable[[str], str]
    """Gives the text of a file by its path from the project's folder."""

    def settings(self) -> dict[str, Any]:
        """Return the settings of the page, as the content stands now."""
        return editor_settings(self.project, self.backend, checks=True)


class EditorServer(ThreadingHTTPServer):
    """The service on this machine; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int) -> None:
        """Listen on the loopback address alone."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.desk = desk
        self.paths: frozenset[str] = frozenset()
        """The files that the page has been given a form for."""

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which it answers."""
        return frozenset(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))


class _Handler(BaseHTTPRequestHandler):
    server: EditorServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the page."""
        if not self._is_for_us():
            return
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        desk = self.server.desk
        if name == "settings.json":
            try:
                settings = desk.settings()
                self.server.paths = editable_paths(settings)
                self._send(HTTPStatus.OK, settings_file(settings), TYPES[".json"])
            except OmiError as error:
                self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        elif name in desk.files:
            self._send(HTTPStatus.OK, desk.files[name], TYPES[PurePosixPath(name).suffix])
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")

    def do_POST(self) -> None:
        """Check an unsaved file, or pass a request of Decap's on to the storage."""
        request = self._request()
        if request is None:
            return
        desk = self.server.desk
        paths = self.server.paths
        if self.path == "/check":
            path, text = request.get("path"), request.get("text")
            if not isinstance(path, str) or path not in paths or not isinstance(text, str):
                self._refuse(HTTPStatus.NOT_FOUND, "there is no form for this file")
                return
            text = text.removeprefix(MARK)
            if self._is_overtaken(path, request.get("known")):
                reason = "Somebody else has changed this file since you opened it. Copy what you wrote, load the page again, and put it in anew."
                self._refuse(HTTPStatus.CONFLICT, reason)
                return
            try:
                self._answer(HTTPStatus.OK, {"problems": problems_of(desk.project, path, text, desk.read)})
            except OmiError as error:
                self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        elif self.path == "/api/v1":
            if reason := refusal(request, paths):
                self._refuse(HTTPStatus.FORBIDDEN, reason)
                return
            answer = desk.storage.ask(request)
            self._send(answer.status, answer.body, TYPES[".json"])
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such service")

    def log_message(self, *_: object) -> None:
        """Say nothing: the page tells what matters."""

    def _is_overtaken(self, path: str, known: object) -> bool:
        """Say whether a file says something else than the page knows; on branches of their own, changes meet later."""
        return (
            not self.server.desk.backend.workflow
            and isinstance(known, list)
            and self.server.desk.read(path) not in known
        )

    def _is_for_us(self) -> bool:
        """Refuse a request under another name than this machine's."""
        if self.headers.get("Host") in self.server.hosts:
            return True
        self._refuse(HTTPStatus.FORBIDDEN, f"the editor is at {self.server.url}")
        return False

    def _request(self) -> dict[str, Any] | None:
        """Return the body of a request from the editor's own page, or refuse it."""
        if not self._is_for_us():
            return None
        if self.headers.get("Origin") != f"http://{self.headers['Host']}":
            self._refuse(HTTPStatus.FORBIDDEN, "only the editor’s own page may ask for this")
            return None
        kind = self.headers.get_content_type()
        size = self.headers.get("Content-Length", "")
        if kind != "application/json" or not size.isdecimal() or int(size) > MAX_BODY:
            self._refuse(HTTPStatus.BAD_REQUEST, "this is not a request of the editor")
            return None
        try:
            request = json.loads(self.rfile.read(int(size)))
        except (ValueError, RecursionError):
            request = None
        if not isinstance(request, dict):
            self._refuse(HTTPStatus.BAD_REQUEST, "this is not a request of the editor")
            return None
        return request

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True  # what it has not read of a body must not be taken for the next request
        self._answer(status, {"error": reason})

    def _answer(self, status: int, value: Any) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), TYPES[".json"])

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", f"{policy()}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
