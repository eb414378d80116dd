"""Takes pictures of every kind of page, to be looked through: `make gallery`, then open .cache/gallery/index.html.

Each page is shown at three widths, light and dark, and as it is printed. The kinds that the repository's own content lacks
come from the synthetic library of the tests.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1]))

import pypdfium2
from browsing import ARGUMENTS, CHROME, serving
from building import REAL_DAY, REPOSITORY, build, make_project
from kinds import kind, kinds
from library_world import library
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from browsing import Served
    from playwright.sync_api import Browser

GALLERY = REPOSITORY / ".cache/gallery"
WIDTHS = (360, 768, 1280)
SHEETS = 4
"""As many printed pages of each are shown."""
LOOKS = """
body { margin: 1rem; font: 1rem/1.4 system-ui, sans-serif; }
section { display: flex; gap: 1rem; overflow-x: auto; align-items: start; padding-bottom: 1rem; border-bottom: 1px solid #999; }
figure { margin: 0; flex: none; }
img { display: block; height: 24rem; width: 18rem; object-fit: cover; object-position: top left; border: 1px solid #999; }
"""


def name_of(address: str) -> str:
    """Return the name of a page's pictures."""
    return address.rstrip("/").replace("/", "--").removesuffix(".html") or "home"


def take(browser: Browser, served: Served, addresses: list[str]) -> dict[str, list[str]]:
    """Take the pictures of pages; return the files by address."""
    taken: dict[str, list[str]] = {address: [] for address in addresses}
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
            page = context.new_page()
            for address in addresses:
                page.goto(f"{served.url}{address}", wait_until="networkidle")
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    file = f"{name_of(address)}-{width}-{scheme}.jpg"
                    page.screenshot(path=GALLERY / file, type="jpeg", quality=70, full_page=True)
                    taken[address].append(file)
    with browser.new_context() as context:
        page = context.new_page()
        for address in addresses:
            page.goto(f"{served.url}{address}", wait_until="networkidle")
            taken[address] += print_out(page.pdf(format="A4", prefer_css_page_size=True), name_of(address))
    return taken


def print_out(pdf: bytes, name: str) -> list[str]:
    """Write pictures of the first pages of a print; return their files."""
    files = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(len(document), SHEETS)):
            file = f"{name}-print-{number + 1}.jpg"
            document[number].render(scale=1.2).to_pil().convert("RGB").save(GALLERY / file, quality=70)
            files.append(file)
    return files


def contact_sheet(taken: dict[str, list[str]]) -> str:
    """Return the page that shows all pictures, each leading to the whole one."""
    parts = []
    for address, files in taken.items():
        shown = "".join(
            f'<figure><a href="{file}"><img src="{file}" alt="" loading="lazy"></a>'
            f"<figcaption>{html.escape(file.removeprefix(name_of(address)).strip('-').removesuffix('.jpg'))}</figcaption></figure>"
            for file in files
        )
        parts.append(f"<h2>/{html.escape(address)}</h2>\n<section>{shown}</section>")
    body = "\n".join(parts)
    return f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Every kind of page</title><style>{LOOKS}</style>\n<h1>Every kind of page</h1>\n{body}\n</html>\n'


def main() -> None:
    """Build both sites and take all pictures."""
    if not CHROME:
        sys.exit("There is no browser: apt-get install chromium, or set CHROME to the path of Chrome or Chromium.")
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROME, args=ARGUMENTS)
        real = build(make_project(Path(folder) / "real"), REAL_DAY)
        shelf = build(make_project(Path(folder) / "shelf", library(synthetic=2)), "2045-01-01")
        known = {kind(address) for address in kinds(real)}
        with serving(real) as served:
            taken = take(browser, served, kinds(real))
        with serving(shelf) as served:
            taken |= take(browser, served, [one for one in kinds(shelf) if kind(one) not in known])
        browser.close()
    (GALLERY / "index.html").write_text(contact_sheet(taken), encoding="utf-8")
    size = sum(file.stat().st_size for file in GALLERY.iterdir()) // 1_000_000
    print(f"{sum(map(len, taken.values()))} pictures of {len(taken)} pages, {size} MB: .cache/gallery/index.html")


if __name__ == "__main__":
    main()
