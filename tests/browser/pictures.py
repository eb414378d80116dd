"""Takes the pictures of the guide and of the README from the real thing: `make pictures`.

The guide is followed as its test does it, and pictures are taken on the way, so that they show what its reader sees.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parents[1] / "site"))

from browsing import ARGUMENTS, CHROME, serving
from building import REPOSITORY, BuiltSite, build, environment, run
from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from test_editor import IMPOSSIBLE, OLD, editing, open_finding, rewrite
from test_editor import save as press_save
from test_guide import Inspector, blocks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASSETS = REPOSITORY / "site_templates/theme/assets"
OVERVIEW = REPOSITORY / ".github/overview.png"
COLUMNS = 108
LINES = 22
"""As many lines of what a command says as a picture shows."""
INK, PAPER = (230, 236, 238), (18, 25, 29)
THEME = TerminalTheme(
    PAPER,
    INK,
    [PAPER, (240, 120, 120), (130, 205, 150), (231, 178, 94), (140, 180, 240), (210, 150, 220), (127, 208, 200), INK],
)
FRAME = (
    "<!doctype html><html lang=en><style>{stylesheet} body{{margin:0;background:#12191d}}"
    "pre{{margin:0;padding:16px 20px;font:14px/1.45 'Liberation Mono',monospace;color:{foreground};width:max-content}}"
    "</style><body><pre>{code}</pre></body></html>"
)


def terminal(page: Page, command: str, root: Path, file: Path) -> None:
    """Run a command as in a terminal, and take a picture of it with what came."""
    env = environment("2026-06-30") | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "OMI_PREVIEW": "1"}
    del env["NO_COLOR"]
    binary, *arguments = command.split()
    done = subprocess.run(
        [Path(sys.executable).with_name(binary), *arguments],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text(f"$ {command}", style="bold"))
    shown = done.stdout.splitlines()
    console.print(Text.from_ansi("\n".join([*shown[:LINES], *(["…"] if len(shown) > LINES else [])])))
    page.set_content(console.export_html(theme=THEME, code_format=FRAME))
    save(page.locator("pre").screenshot(), file)


def save(raw: bytes, file: Path) -> None:
    """Write a picture with a palette, which is a quarter of the size."""
    file.write_bytes(raw)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)


def window(browser: Browser, width: int, height: int) -> Page:
    """Return a window of the size, sharp enough for print."""
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
    page.set_default_timeout(30_000)
    return page


def follow(browser: Browser, root: Path) -> Inspector:
    """Follow the guide, and take the pictures of the terminal where it shows them."""
    inspector = Inspector(root)
    page = window(browser, 1200, 800)
    for block in blocks():
        inspector.follow(block)
        if block.kind == "sh" and block.text.strip() == "omi check" and "error" in inspector.output:
            terminal(page, "omi check", inspector.root, ASSETS / "guide-check.png")
        if block.kind == "sh" and block.text.startswith("omi status"):
            terminal(page, block.text.strip(), inspector.root, ASSETS / "guide-status.png")
    return inspector


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROME, args=ARGUMENTS)
        inspector = follow(browser, Path(folder))
        os.environ["OMI_PREVIEW"] = "1"
        with serving(build(inspector.root, "2026-06-30")) as preview:
            page = window(browser, 1000, 1250)
            page.goto(f"{preview.url}reports/kent-2008/1-assessment-and-sentence-planning/")
            page.wait_for_timeout(600)
            save(page.screenshot(), ASSETS / "guide-preview.png")
        (Path(folder) / "forms").mkdir()
        with editing(Path(folder) / "forms") as editor:
            page = window(browser, 1100, 900)
            open_finding(page, editor.url)
            rewrite(page, OLD, IMPOSSIBLE)
            press_save(page)
            page.get_by_role("alert").wait_for()
            page.wait_for_timeout(600)
            save(page.screenshot(), ASSETS / "guide-editor.png")
        os.environ["OMI_PREVIEW"] = "0"
        site = BuiltSite(Path(folder) / "real", run(REPOSITORY, "mkdocs", "build", "--site-dir", f"{folder}/real/site"))
        with serving(site) as served:
            page = window(browser, 1280, 900)
            page.goto(f"{served.url}reports/derbyshire-2007/")
            page.wait_for_timeout(600)
            save(page.screenshot(), OVERVIEW)
        browser.close()
    for file in [*sorted(ASSETS.glob("guide-*.png")), OVERVIEW]:
        print(re.sub(r"^.*/(?=site_templates|\.github)", "", file.as_posix()), f"{file.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
