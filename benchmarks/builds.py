"""Builds measured: from nothing, after one edit, and in the preview; and what they leave on the disk."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from benchmarks.browsing import browser
from benchmarks.measuring import OURS, Book, Cost, Figure, NotMeasured, environment, program, rounds_at, run
from benchmarks.peers import PEERS
from benchmarks.setting_up import WORDS, Bench
from omi_build.search.indexing import GROUPS

BUILD = ["build", "--strict", "--quiet"]

COLD = "cold build"
COLD_PAGES = "cold build without search"
PDFS = "cold build with PDFs"
WARM = "build after one edit"
WARM_PAGES = "build after one edit, without search"
SERVE = "preview: save to page shown"

REST = 10_000
"""How many milliseconds lie between two savings of a person who reads what comes of them."""

ENTRY = GROUPS
"""What changes in the search index whenever anything in it does."""


def measure_cold(bench: Bench, book: Book, *, quick: bool) -> None:
    """Build from an empty cache, without search and with it; this leaves cache and site."""
    rounds = rounds_at(bench.areas, quick=quick)
    _costs(book, COLD_PAGES, bench.areas, [_cold(bench, OMI_SEARCH="0") for _ in range(rounds)])
    _costs(book, COLD, bench.areas, [_cold(bench) for _ in range(rounds)])
    for what, number in _left(bench.site).items():
        book.add(Figure(what, OURS, bench.areas, "bytes" if "bytes" in what else "", (number,)))
    book.add(Figure("public reports", OURS, bench.areas, "", (len(list(_reports(bench.site))),)))
    book.add(Figure("inspections", OURS, bench.areas, "", (len(list(bench.content.glob("inspections/*"))),)))
    content = [file for file in bench.content.rglob("*") if file.is_file()]
    book.add(Figure("content files", OURS, bench.areas, "", (len(content),)))
    book.add(Figure("content bytes", OURS, bench.areas, "bytes", (sum(file.stat().st_size for file in content),)))
    for kind, size in largest_pages(_sizes(bench.site, ".html")).items():
        book.add(Figure(f"largest page {kind}", OURS, bench.areas, "bytes", (size,)))


def measure_pdfs(bench: Bench, book: Book, *, quick: bool) -> None:
    """Build from an empty cache with a PDF of each report."""
    rounds = min(rounds_at(bench.areas, quick=quick), 2)
    _costs(book, PDFS, bench.areas, [_cold(bench, OMI_PDF="1") for _ in range(rounds)])
    pdfs = _sizes(bench.site, ".pdf")
    book.add(Figure("PDF bytes", OURS, bench.areas, "bytes", (sum(pdfs.values()),)))
    book.add(Figure("PDFs", OURS, bench.areas, "", (len(pdfs),)))


def measure_peers(bench: Bench, book: Book, *, quick: bool) -> None:
    """Let each of the others build the same pages from nothing."""
    for peer in PEERS:
        if book.has(COLD, peer.name, bench.areas):
            continue
        if not bench.docs.is_dir():
            bench.make_docs()
        try:
            costs = [peer.build(bench) for _ in range(rounds_at(bench.areas, quick=quick))]
        except NotMeasured as error:
            book.add(Figure(COLD, peer.name, bench.areas, "s", note=str(error)))
        else:
            pages = len(_sizes(bench.folder / peer.name / "site", ".html"))
            _costs(book, COLD, bench.areas, costs, who=peer.name, note=f"{pages} pages; {peer.does}")


def measure_edits(bench: Bench, book: Book, *, quick: bool) -> None:
    """Change one sentence of one finding and build, with the cache of the build before: with search and without."""
    make_sure_of_site(bench)
    words = iter(WORDS)
    rounds = min(rounds_at(bench.areas, quick=quick) + 2, 5)
    seconds = []
    for _ in range(rounds):
        before = _entry(bench)
        bench.edit(next(words))
        seconds.append(run([program("mkdocs"), *BUILD], bench.root, environment(OMI_SEARCH="0")).seconds)
        if _entry(bench) != before:
            book.add(
                Figure(WARM_PAGES, OURS, bench.areas, "s", note="OMI_SEARCH=0 is not heeded: the index was made again")
            )
            break
    else:
        book.add(Figure(WARM_PAGES, OURS, bench.areas, "s", tuple(seconds)))
    costs = []
    for _ in range(rounds):
        bench.edit(next(words))
        costs.append(run([program("mkdocs"), *BUILD], bench.root))
    _costs(book, WARM, bench.areas, costs)


def measure_preview(bench: Bench, book: Book, *, quick: bool) -> None:
    """Measure from saving a finding under `mkdocs serve` until the page in a browser shows what was saved."""
    make_sure_of_site(bench)
    words = iter(reversed(WORDS))
    start = bench.edit(next(words))
    with _serving(bench) as port, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}{_page_with(start, bench, port)}")
        seconds = []
        for _ in range(1 if quick else 5):
            # What was saved is read before more is written; meanwhile the server builds all that follows from it.
            page.wait_for_timeout(REST)
            saved = time.perf_counter()
            start = bench.edit(next(words))
            try:
                page.wait_for_function(
                    "words => document.body?.textContent.includes(words)", arg=start, timeout=600_000
                )
            except BrowserError as error:
                raise NotMeasured(f"the page never showed what was saved: {error.message[:200]}") from None
            seconds.append(time.perf_counter() - saved)
    book.add(Figure(SERVE, OURS, bench.areas, "s", tuple(seconds)))


def make_sure_of_site(bench: Bench) -> None:
    """Build the site unless it is there with its search: a run that is gone on with begins with an empty project."""
    if not (bench.site / ENTRY).is_file():
        run([program("mkdocs"), *BUILD], bench.root)


def largest_pages(sizes: Mapping[str, int]) -> dict[str, int]:
    """Return the size of the largest page of each kind, given sizes by path: `reports/a-2006/index.html` is a `reports/*`."""
    found: dict[str, int] = defaultdict(int)
    for path, size in sizes.items():
        kind = kind_of_page(path)
        found[kind] = max(found[kind], size)
    return dict(sorted(found.items()))


def kind_of_page(path: str) -> str:
    """Return the kind of a page by its path: its first folder (the second in Welsh), and a star for each one below."""
    folders = path.split("/")[:-1]
    tops = 2 if folders[:1] == ["cy"] else 1
    if not folders:
        return path
    return "/".join([*folders[:tops], *("*" for _ in folders[tops:])])


def _cold(bench: Bench, **more: str) -> Cost:
    bench.clear()
    return run([program("mkdocs"), *BUILD], bench.root, environment(**more))


def _costs(book: Book, what: str, areas: int, costs: list[Cost], *, who: str = OURS, note: str = "") -> None:
    book.add(Figure(what, who, areas, "s", tuple(cost.seconds for cost in costs), note))
    book.add(Figure(f"{what}: CPU", who, areas, "s", tuple(cost.cpu for cost in costs)))
    book.add(Figure(f"{what}: memory", who, areas, "bytes", tuple(float(cost.memory) for cost in costs)))


def _left(site: Path) -> dict[str, float]:
    """Return what a build has left: files and bytes, in all and by kind."""
    sizes = _sizes(site)
    of_kind: Counter[str] = Counter()
    for path, size in sizes.items():
        kind = "search" if path.startswith("pagefind/") else Path(path).suffix.lstrip(".")
        of_kind[kind if kind in {"html", "csv", "json", "svg", "zip", "search", "png"} else "other"] += size
    pages = [path for path in sizes if path.endswith(".html")]
    search = [path for path in sizes if path.startswith("pagefind/")]
    largest = max(
        (path for path in sizes if path.endswith((".csv", ".zip", ".json", ".xml"))), key=lambda path: sizes[path]
    )
    told: dict[str, float] = {
        "site files": len(sizes),
        "site bytes": sum(sizes.values()),
        "site pages": len(pages),
        "search files": len(search),
        "largest data file: bytes": sizes[largest],
    }
    return told | {f"site bytes: {kind}": float(size) for kind, size in sorted(of_kind.items())}


def _reports(site: Path) -> Iterator[Path]:
    return site.glob("reports/*/report.json")


def _sizes(folder: Path, end: str = "") -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in sorted(folder.rglob(f"*{end}"))
        if file.is_file()
    }


def _entry(bench: Bench) -> bytes:
    return (bench.site / ENTRY).read_bytes() if (bench.site / ENTRY).is_file() else b""


@contextmanager
def _serving(bench: Bench) -> Iterator[int]:
    """Serve the project's preview on a free port of this machine, and yield that once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program("mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, cwd=bench.root, env=environment(OMI_PREVIEW="1"), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(1200):
            if process.poll() is not None:
                raise NotMeasured(f"mkdocs serve ended with {process.returncode}")
            try:
                _fetched(port, "/")
            except OSError:
                time.sleep(0.5)
            else:
                break
        else:
            raise NotMeasured("mkdocs serve did not answer")
        yield port
    finally:
        process.terminate()
        process.wait()


def _page_with(start: str, bench: Bench, port: int) -> str:
    """Return the path of the report's page that shows a text."""
    report = bench.finding.parents[1].name
    for page in sorted(bench.site.glob(f"reports/{report}/*/index.html")):
        path = f"/reports/{report}/{page.parent.name}/"
        if start in _fetched(port, path):
            return path
    raise NotMeasured("no page of the report shows its finding")


def _fetched(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()
