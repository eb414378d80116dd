"""A host for tests: serves a site with the headers of its own `_headers`, as Netlify and Cloudflare Pages do."""

from __future__ import annotations

import functools
import gzip
import re
from http.server import SimpleHTTPRequestHandler
from pathlib import Path


class Rules:
    """What a `_headers` file says."""

    def __init__(self, text: str) -> None:
        """Read the file: a pattern, and below it, further in, its headers."""
        self.rules: list[tuple[str, dict[str, str]]] = []
        for line in text.splitlines():
            if line.startswith("/"):
                self.rules.append((line, {}))
            elif line.strip() and not line.startswith("#"):
                name, value = line.strip().split(": ", 1)
                self.rules[-1][1][name] = value

    def for_path(self, path: str) -> dict[str, str]:
        """Return the headers of an answer; two rules that set the same one would be joined into nonsense."""
        found: dict[str, str] = {}
        for pattern, headers in self.rules:
            if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
                assert not set(found) & set(headers), f"{path}: {set(found) & set(headers)} stands twice"
                found |= headers
        return found


class Host(SimpleHTTPRequestHandler):
    """Serves a folder with its own headers and its own page for a missing address."""

    def end_headers(self) -> None:
        """Add what `_headers` says of the path."""
        for name, value in self.own_rules.for_path(self.path.partition("?")[0]).items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    @property
    def own_rules(self) -> Rules:
        """The rules of the folder that is served."""
        return Rules((self.top / "_headers").read_text())

    @property
    def top(self) -> Path:
        """The folder that is served."""
        return Path(self.directory)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's page for a missing address."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = (self.top / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Compressing(Host):
    """The same, and texts go out compressed, as from any host."""

    def do_GET(self) -> None:
        """Send a text compressed to a browser that takes it so."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        kind = self.guess_type(str(file))
        texts = re.fullmatch(r"text/.*|application/(?:javascript|json|xml|wasm|octet-stream)|.*\+(?:json|xml)", kind)
        if not (file.is_file() and texts and "gzip" in self.headers.get("Accept-Encoding", "")):
            super().do_GET()
            return
        raw = _compressed(file, file.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@functools.cache
def _compressed(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6)
