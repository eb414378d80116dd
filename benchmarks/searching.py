"""The search of a built site in a browser: what a first query fetches, and how long each takes."""

from __future__ import annotations

import re

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, expect

from benchmarks.browsing import browser, hosted
from benchmarks.builds import make_sure_of_site
from benchmarks.measuring import OURS, Book, Figure, NotMeasured
from benchmarks.setting_up import Bench
from omi_build.deployment import SEARCH

QUERIES = ("victims", "risk of harm", "supervision plan reviewed on time", "accommodation")
"""What is asked: one word, a common phrase, words of a sentence, a rarer word."""

FIRST_BYTES = "search: bytes to the first result"
FIRST = "search: first query, from typing to the first result"
LATER = "search: later query, from typing to the first result"

ASKING = re.compile("searching", re.IGNORECASE)
"""What is said until all indexes have been asked."""

WATCH = """
document.querySelectorAll("#search-results .omi-result").forEach((one) => one.remove());
const typed = new Promise((done) => {
  document.getElementById("search-q").addEventListener("input", () => done(performance.now()), { capture: true, once: true });
});
const painted = new Promise((done) => {
  new MutationObserver((_, watching) => {
    if (!document.querySelector("#search-results .omi-result")) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  }).observe(document.getElementById("search-results"), { childList: true, subtree: true });
});
window.took = Promise.all([typed, painted]).then(([from, to]) => to - from);
"""
"""Notes in the page itself when words were typed, and when the first result was painted: a program that steers a browser
takes longer to type than the page to answer."""


def measure_search(bench: Bench, book: Book, *, quick: bool) -> None:
    """Ask the built site, in a fresh profile each round: the first query of a visit, and one more on the same page.

    What the search fetches counts from the opening of the page, the time from typing on: the page has its field ready, and
    begins to load the search, before anybody can type.
    """
    make_sure_of_site(bench)
    rounds = 1 if quick else 5
    with hosted(bench.site) as address, browser() as chromium:
        for place, query in enumerate(QUERIES):
            sizes, first, later = [], [], []
            for _ in range(rounds):
                context = chromium.new_context()
                page = context.new_page()
                fetched = _counted(page)
                page.goto(f"{address}search/", wait_until="networkidle")
                first.append(_ask(page, query))
                sizes.append(float(sum(size for path, size in fetched.items() if f"/{SEARCH}" in path)))
                expect(page.locator("#search-results [role=status]")).not_to_contain_text(ASKING, timeout=60_000)
                later.append(_ask(page, QUERIES[place - 1]))
                context.close()
            book.add(Figure(f"{FIRST_BYTES}: {query}", OURS, bench.areas, "bytes", tuple(sizes)))
            book.add(Figure(f"{FIRST}: {query}", OURS, bench.areas, "ms", tuple(first)))
            book.add(Figure(f"{LATER}: {QUERIES[place - 1]}", OURS, bench.areas, "ms", tuple(later)))


def _counted(page: Page) -> dict[str, int]:
    """Return a table that fills with the bytes, as they come over the wire, of what the page fetches, by address."""
    fetched: dict[str, int] = {}
    addresses: dict[str, str] = {}
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    tools.on(
        "Network.loadingFinished",
        lambda ended: fetched.update({addresses.get(ended["requestId"], ""): ended["encodedDataLength"]}),
    )
    return fetched


def _ask(page: Page, query: str) -> float:
    """Type a query into the page of the search, and return the milliseconds until its first result is painted."""
    page.evaluate(f"(() => {{ {WATCH} }})()")
    try:
        page.locator("#search-q").fill(query)
        return float(page.evaluate("Promise.race([took, new Promise((_, stop) => setTimeout(stop, 60000))])"))
    except BrowserError as error:
        raise NotMeasured(f"no result for “{query}”: {error.message[:200]}") from None
