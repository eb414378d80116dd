"""A site served as hosts do, compressed, and a browser that looks at it."""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import NotMeasured

TEXTS = (".html", ".css", ".js", ".json", ".txt", ".svg", ".xml", ".csv")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a headless Chromium. Raises NotMeasured where there is none."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    program = os.environ.get("CHROME") or next(filter(None, map(shutil.which, names)), None)
    if not program:
        raise NotMeasured("no browser: install Chromium, or set CHROME to the path of Chrome or Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


class _Host(SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a text compressed, all else as it is."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in TEXTS or not file.is_file():
            super().do_GET()
            return
        raw = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that leaves before it has its answer."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a site on a free port of this machine alone, and yield its address."""
    with _Server(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
