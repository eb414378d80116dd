"""A language server as an editor speaks to it: over its standard input and output, with the settings of the project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from building import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_NETWORK = """
const fs = require("node:fs");
const refuse = (what) => (...given) => {
  fs.appendFileSync(process.env.CALLED, `${what} ${JSON.stringify(given[0])}\\n`);
  throw new Error("there is no network in this test");
};
require("node:net").Socket.prototype.connect = refuse("connect");
require("node:dns").lookup = refuse("lookup");
globalThis.fetch = refuse("fetch");
"""
"""What a program of Node.js is started with, so that it can reach nothing and every try is written down."""

SETTINGS = json.loads((REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8"))


def section(name: str) -> dict[str, Any]:
    """Return the settings of a section as an editor hands them over: `yaml.schemas` is `schemas` inside `yaml`."""
    found: dict[str, Any] = dict(SETTINGS.get(name, {}))
    for key, value in SETTINGS.items():
        if key.startswith(f"{name}."):
            inner = found
            *steps, last = key.removeprefix(f"{name}.").split(".")
            for step in steps:
                inner = inner.setdefault(step, {})
            inner[last] = value
    return found


class LanguageServer:
    """A running server, with the project's folder as its workspace."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        assert process.stdin
        assert process.stdout
        self._in: IO[bytes] = process.stdin
        self._out: IO[bytes] = process.stdout
        self._root = root
        self._asked = 0
        self._opened = 0
        self._diagnosed: dict[str, list[dict[str, Any]]] = {}
        folder = {"uri": root.as_uri(), "name": "project"}
        able = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        asked = {"processId": os.getpid(), "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": able}
        self.ask("initialize", asked)
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": section("yaml")}})
        # It fetches the settings in its own time; they are there when a file is judged by where it lies.
        while not self.diagnosed("content/inspections/{}/findings/1-1.yaml", "unknown: 1\n"):
            pass

    def open(self, path: str, text: str) -> str:
        """Open a file with this text, whatever is on disk, and return its address; `{}` makes its path a new one."""
        self._opened += 1
        uri = (self._root / path.replace("{}", f"made-up-{self._opened}")).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def diagnosed(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file and return what is underlined in it."""
        (found,) = self.diagnosed_all({path: text}).values()
        return found

    def diagnosed_all(self, files: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Open files, given by path, and return what is underlined in each."""
        opened = {path: self.open(path, text) for path, text in files.items()}
        while not all(uri in self._diagnosed for uri in opened.values()):
            self._receive()
        return {path: self._diagnosed[uri] for path, uri in opened.items()}

    def offered(self, path: str, text: str) -> dict[str, str]:
        """Return what is offered at the place of the mark ▮, with what is said of it."""
        found = self._at("textDocument/completion", path, text)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: str(item.get("documentation", "")) for item in items}

    def explained(self, path: str, text: str) -> str:
        """Return what is shown over the word at the mark ▮."""
        found = self._at("textDocument/hover", path, text)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, method: str, path: str, text: str) -> Any:
        before, _, after = text.partition("▮")
        uri = self.open(path, before + after)
        lines = before.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": place})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and return the answer; what the server asks and tells meanwhile is seen to."""
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notice, which has no answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._in.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while line := self._out.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(self._out.read(length))
        if message.get("method") == "workspace/configuration":
            given = [section(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": given})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._diagnosed[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


@contextmanager
def yaml_language_server(modules: Path, root: Path, folder: Path) -> Iterator[tuple[LanguageServer, Path]]:
    """Yield the YAML language server and a file that holds every try of it to reach a network, if there was one."""
    node = shutil.which("node", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))
    assert node
    called, blocked = folder / "called", folder / "no_network.cjs"
    blocked.write_text(NO_NETWORK)
    command = [
        node,
        "--require",
        str(blocked),
        str(modules / "yaml-language-server/bin/yaml-language-server"),
        "--stdio",
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "CALLED": str(called)}
    ) as process:
        yield LanguageServer(process, root), called
        process.terminate()
