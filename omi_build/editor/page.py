"""The page of the editor as files: path → bytes. Nothing in it is loaded from another host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from omi_build.editor.packages import node_environment, node_program
from omi_build.problems import UsageError
from omi_build.processes import run, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

POLICY = {
    "default-src": "'none'",
    # Decap holds its own configuration against a schema that it compiles in the browser.
    "script-src": "'self' 'unsafe-eval'",
    # It writes its styles into the page as it goes.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}
"""The Content-Security-Policy: as strict as Decap allows."""

GITHUB = "https://api.github.com"
"""The one other host that a hosted editor speaks to."""


def policy(hosts: Iterable[str] = ()) -> str:
    """Return the Content-Security-Policy of a page that may also speak to these hosts."""
    rules = {**POLICY, "connect-src": " ".join((POLICY["connect-src"], *hosts))}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def page_files(editor: Path, hosts: Iterable[str] = ()) -> dict[str, bytes]:
    """Return the files of the page but for its settings, out of the editor's folder with its installed packages.

    `hosts` are those that the page may speak to beside its own. Raises UsageError if its script can't be built.
    """
    decap = editor / "node_modules" / "decap-cms" / "dist"
    shipped = sorted([*decap.glob("*decap-cms.js"), *decap.glob("decap-cms.js.LICENSE.txt")])
    files = {file.name: file.read_bytes() for file in shipped}
    html = (editor / "index.html").read_text(encoding="utf-8").replace("{{policy}}", policy(hosts))
    return {
        **files,
        "index.html": html.encode(),
        "editor.css": (editor / "editor.css").read_bytes(),
        "editor.js": _script(editor),
    }


def settings_file(settings: Mapping[str, Any]) -> bytes:
    """Return the file that the page reads its settings from, `settings.json`."""
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode()


def _script(editor: Path) -> bytes:
    """Return the editor's own script, in one piece."""
    bundle = ["node_modules/esbuild/bin/esbuild", "src/main.js", "--bundle", "--minify", "--charset=utf8"]
    done = run([node_program("node"), *bundle], editor, node_environment())
    if done.returncode:
        raise UsageError(f"the editor’s script can’t be built: {told(done)}")
    return done.stdout
