"""What Lighthouse says of the four pages that most readers see, as on a phone: `make lighthouse` prints the scores.

The site is served as a host would: with its own headers, and compressed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from browsing import CHROME, MAIN, serving
from building import REPOSITORY, BuiltSite, run
from hosting import Compressing
from npm import TOOLS

from omi_build.editor.packages import install_packages, node_environment, node_program

CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


AT_ONCE = [f"--config-path={TOOLS / 'at-once.json'}"]
"""For what doesn't depend on speed: without the pauses of ten seconds that figures of speed need."""


def look(url: str, modules: Path, categories: list[str], *flags: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page, in its own terms."""
    command = [node_program("node"), modules / "lighthouse/cli/index.js", url, "--output=json", "--quiet"]
    command += [
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={FLAGS}",
        "--no-enable-error-reporting",
        *flags,
    ]
    environment = node_environment() | {"CHROME_PATH": CHROME or ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Return the scores by category, out of 100."""
    return {name: round((one["score"] or 0) * 100) for name, one in report["categories"].items()}


def faults(report: dict[str, Any]) -> list[str]:
    """Return what costs a category points: a line for each audit that counts and isn't passed."""
    return [
        f"{name}: {report['audits'][audit['id']]['title']} ({audit['id']}) {_places(report['audits'][audit['id']])}"
        for name, category in report["categories"].items()
        for audit in category["auditRefs"]
        if audit["weight"] and (report["audits"][audit["id"]]["score"] or 0) < 0.9
        if report["audits"][audit["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]


def _places(audit: dict[str, Any]) -> str:
    items = (audit.get("details") or {}).get("items") or [audit.get("displayValue", "")]
    return json.dumps(items[:2])[:300]


def main() -> None:
    """Build the site, look at each page, and print a table and what costs points."""
    modules = install_packages(TOOLS)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OMI_PREVIEW"] = "0"
        made = run(REPOSITORY, "mkdocs", "build", "--strict", "--site-dir", f"{folder}/site")
        with serving(BuiltSite(Path(folder), made), Compressing) as served:
            for address in MAIN:
                report = look(f"{served.url}{address}", modules, CATEGORIES)
                told = ", ".join(f"{name} {score}" for name, score in scores(report).items())
                print(f"/{address}: {told}")
                for fault in faults(report):
                    print(f"    {fault}")


if __name__ == "__main__":
    main()
