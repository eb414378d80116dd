"""What the figures are held against: a row for each goal, with the figure, the other's figure, and whether it is met.

Pure: a book of figures in, rows out. Nothing here is written by hand about one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import builds, checking, scores, searching
from benchmarks.measuring import OURS, Book
from benchmarks.peers import PEERS, STOCK

SMALL, MIDDLE, LARGE = 42, 200, 1000
"""Areas of the programmes that goals are set for."""

GROWTH = 1.1
"""How many times as much a report, or the largest page, may cost among many as among few."""

FIRST_MS, FIRST_BYTES = 300, 300_000
"""Within what the first result of a search is to be there."""

GIB = 1024**3


@dataclass(frozen=True)
class Row:
    """A goal, and how it came out."""

    subject: str
    goal: str
    figure: str
    peer: str = "–"
    met: bool | None = None
    """None where there is no figure to judge, or no goal."""
    why: str = ""
    """Why there is no figure, or what must be known about it."""

    @property
    def verdict(self) -> str:
        """Say how it came out in two words at most."""
        if self.met is None:
            return "not judged" if self.goal != "–" else "–"
        return "met" if self.met else "not met"


def rows_of(book: Book) -> tuple[Row, ...]:
    """Return a row for each goal, and for each size that was measured beside those."""
    return (
        *_cold(book),
        *_edits(book),
        *_growth(book),
        *_check(book),
        *_scores(book),
        *_search(book),
    )


def told(number: float | None, unit: str) -> str:
    """Return a figure for a reader: `1.25 s`, `830 ms`, `1.4 MB`, `12,034`; a dash where there is none."""
    if number is None:
        return "–"
    if unit == "s":
        return f"{number:,.0f} s" if number >= 100 else f"{number:.1f} s" if number >= 10 else f"{number:.2f} s"
    if unit == "ms":
        return f"{number:,.0f} ms"
    if unit == "bytes":
        for size, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
            if number >= size:
                return f"{number / size:,.1f} {name}"
        return f"{number:.0f} bytes"
    return f"{number:,.0f}"


def of_report(book: Book, what: str, areas: int, who: str = OURS) -> float | None:
    """Return a figure divided by the number of public reports."""
    figure, reports = book.median(what, who, areas), book.median("public reports", OURS, areas)
    return figure / reports if figure is not None and reports else None


def index_time(book: Book, areas: int) -> float | None:
    """Return the seconds of CPU that the search adds to a cold build."""
    both = book.median(f"{builds.COLD}: CPU", OURS, areas)
    without = book.median(f"{builds.COLD_PAGES}: CPU", OURS, areas)
    return both - without if both is not None and without is not None else None


def _judged(
    book: Book, subject: str, goal: str, place: tuple[str, str, int], fits: Callable[[float], bool], *, peer: str = "–"
) -> Row:
    """Return the row of a figure at its place in the book; without a goal (a dash) it is told and not judged."""
    found = book.figures.get(place)
    figure = found.median if found else None
    met = None if figure is None or goal == "–" else fits(figure)
    return Row(subject, goal, told(figure, found.unit if found else ""), peer, met, _missing(book, *place))


def _cold(book: Book) -> Iterator[Row]:
    shares = {SMALL: 1.0, MIDDLE: 0.5}
    for areas in sorted({SMALL, MIDDLE, *book.sizes(builds.COLD)}):
        ours, stock = (book.median(builds.COLD, who, areas) for who in (OURS, STOCK))
        share = shares.get(areas)
        goal = "–" if share is None else "at most as long as stock" if share == 1 else "at most half as long as stock"
        met = None if share is None or ours is None or stock is None else ours <= share * stock
        lacking = [who for who, one in ((OURS, ours), (STOCK, stock)) if one is None]
        why = " ".join(dict.fromkeys(book.note(builds.COLD, who, areas) for who in lacking))
        peers = "; ".join(
            f"{peer.name} {told(book.median(builds.COLD, peer.name, areas), 's')}"
            for peer in PEERS
            if book.has(builds.COLD, peer.name, areas)
        )
        yield Row(f"Cold build, {areas:,} areas", goal, told(ours, "s"), peers or "–", met, why)
    for areas in book.sizes(builds.PDFS):
        yield Row(
            f"Cold build with a PDF of each report, {areas:,} areas",
            "–",
            told(book.median(builds.PDFS, OURS, areas), "s"),
        )


def _edits(book: Book) -> Iterator[Row]:
    goals = {SMALL: (1.0, 2.5), MIDDLE: (2.0, 8.0)}
    for areas in sorted({SMALL, MIDDLE, *book.sizes(builds.WARM)}):
        limits = goals.get(areas, (None, None))
        for what, name, limit in zip(
            (builds.WARM_PAGES, builds.WARM), ("pages", "pages and search"), limits, strict=True
        ):
            subject = f"One sentence edited, {name}, {areas:,} areas"
            goal, fits = ("–", _at_most(0)) if limit is None else (f"at most {limit} s", _at_most(limit))
            yield _judged(book, subject, goal, (what, OURS, areas), fits)
    for areas in sorted({SMALL, *book.sizes(builds.SERVE)}):
        subject = f"Preview: from saving to the page shown, {areas:,} areas"
        goal = "at most 0.7 s" if areas == SMALL else "–"
        yield _judged(book, subject, goal, (builds.SERVE, OURS, areas), _at_most(0.7))


def _growth(book: Book) -> Iterator[Row]:
    few, many = (of_report(book, builds.COLD, areas) for areas in (SMALL, LARGE))
    met = None if few is None or many is None else many <= GROWTH * few
    figure = f"{told(many, 's')} against {told(few, 's')}"
    why = "" if met is not None else f"needs a run at {SMALL} and {LARGE:,} areas"
    yield Row(f"Time a report, {LARGE:,} areas", f"at most {GROWTH} × that at {SMALL}", figure, met=met, why=why)
    for areas in sorted({LARGE, *book.sizes(builds.COLD)}):
        for what, name, limit in ((builds.COLD_PAGES, "without", 1), (builds.COLD, "with", 2)):
            place = (f"{what}: memory", OURS, areas)
            subject = f"Peak memory {name} search, {areas:,} areas"
            whole = book.median(f"{builds.COLD}: memory", OURS, areas)
            if not book.has(what, OURS, areas) and whole is not None and whole < limit * GIB:
                why = "with search, which is more work"
                yield Row(subject, f"below {limit} GiB", f"at most {told(whole, 'bytes')}", met=True, why=why)
            elif not book.has(what, OURS, areas):
                yield Row(subject, f"below {limit} GiB", "–", why=book.note(what, OURS, areas))
            else:
                yield _judged(book, subject, f"below {limit} GiB", place, _below(limit * GIB))
    few, many = (largest_page_of(book, areas) for areas in (SMALL, LARGE))
    few, many = (largest_page_of(book, areas) for areas in (SMALL, LARGE))
    yield Row(
        f"Largest page, {LARGE:,} areas",
        f"at most {GROWTH} × that at {SMALL}",
        f"{told(many, 'bytes')} against {told(few, 'bytes')}",
        met=None if few is None or many is None else many <= GROWTH * few,
        why=f"needs a run at {SMALL} and {LARGE:,} areas" if few is None or many is None else "",
    )


def largest_page_of(book: Book, areas: int) -> float | None:
    """Return the size of the largest page of a programme in bytes."""
    sizes = [few for _kind, few, _ in largest_pages_of(book, areas, areas) if few is not None]
    return max(sizes, default=None)


def largest_pages_of(book: Book, *sizes: int) -> list[tuple[str, float | None, float | None]]:
    """Return for each kind of page its largest at two sizes, smaller programme first."""
    first, last = sizes
    start = "largest page "
    kinds = sorted(
        {what.removeprefix(start) for what, _, areas in book.figures if what.startswith(start) and areas in sizes}
    )
    return [
        (kind, book.median(f"{start}{kind}", OURS, first), book.median(f"{start}{kind}", OURS, last)) for kind in kinds
    ]


def _check(book: Book) -> Iterator[Row]:
    for areas in sorted({SMALL, *book.sizes(checking.CHECK)}):
        goal = areas == SMALL
        cold, again, other = (
            (checking.CHECK, OURS, areas),
            (checking.CHECK_AGAIN, OURS, areas),
            (checking.CHECK, checking.SCHEMAS_ONLY, areas),
        )
        peer = f"check-jsonschema {told(book.median(*other), 's')}" if book.has(*other) else "–"
        subject = f"omi check, no cache, {areas:,} areas"
        yield _judged(book, subject, "below 2 s" if goal else "–", cold, _below(2), peer=peer)
        subject = f"omi check, nothing changed, {areas:,} areas"
        yield _judged(book, subject, "below 0.3 s" if goal else "–", again, _below(0.3))
        times = checking.times_faster(book, areas)
        yield Row(
            f"omi check beside check-jsonschema, {areas:,} areas",
            "10 times as fast" if goal else "–",
            "–" if times is None else f"{times:.1f} times as fast",
            peer,
            None if times is None or not goal else times >= 10,
            "" if times is not None else " ".join(_missing(book, *one) for one in (cold, other)).strip(),
        )


def _scores(book: Book) -> Iterator[Row]:
    place, one = (scores.SCORES, OURS, 0), (scores.SCORES_ONE, OURS, 0)
    whole = book.note(*place).startswith(f"{scores.INSPECTIONS} ")
    subject = (
        f"Scores and intervals of {scores.INSPECTIONS:,} inspections" if whole else f"Scores of {book.note(*place)}"
    )
    yield _judged(book, f"{subject}, all cores", "below 10 s" if whole else "–", place, _below(10))
    yield _judged(book, f"{subject}, one core", "–", one, _below(10))


def _search(book: Book) -> Iterator[Row]:
    for areas in sorted({LARGE, *book.sizes(f"{searching.FIRST}: {searching.QUERIES[0]}")}):
        for query in searching.QUERIES:
            subject = f"Search for “{query}”, {areas:,} areas"
            first, later, fetched = (
                f"{what}: {query}" for what in (searching.FIRST, searching.LATER, searching.FIRST_BYTES)
            )
            if areas == LARGE:
                yield _judged(
                    book, f"{subject}, first result", f"at most {FIRST_MS} ms", (first, OURS, areas), _at_most(FIRST_MS)
                )
                limit = f"at most {FIRST_BYTES // 1000} KB"
                yield _judged(book, f"{subject}, fetched", limit, (fetched, OURS, areas), _at_most(FIRST_BYTES))
            else:
                took, again = (told(book.median(what, OURS, areas), "ms") for what in (first, later))
                size = told(book.median(fetched, OURS, areas), "bytes")
                yield Row(subject, "–", f"{took}, {size} fetched; later {again}")
    for areas in book.sizes(builds.COLD):
        spent, reports = index_time(book, areas), book.median("public reports", OURS, areas)
        share = spent / reports if spent is not None and reports else None
        why = "" if share is not None else book.note(builds.COLD_PAGES, OURS, areas)
        yield Row(f"Search index a report, CPU, {areas:,} areas", "–", told(share, "s"), why=why)


def _missing(book: Book, what: str, who: str, areas: int) -> str:
    return "" if book.has(what, who, areas) else book.note(what, who, areas)


def _at_most(limit: float) -> Callable[[float], bool]:
    return lambda figure: figure <= limit


def _below(limit: float) -> Callable[[float], bool]:
    return lambda figure: figure < limit
