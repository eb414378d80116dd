"""What 25,000 reports would cost, worked out from the figures of a run, with the arithmetic shown.

Nothing here is measured at that size: each figure is a straight line through the two largest sizes of the run, drawn on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import builds, searching
from benchmarks.goals import told
from benchmarks.measuring import OURS, Book
from benchmarks.page import table

REPORTS = 25_000

RUNNERS = (1, 8, 32, 128)

SOURCES = {
    "schools": (
        "24,453 schools in England in 2023/24: Department for Education, Schools, pupils and their characteristics",
        "https://explore-education-statistics.service.gov.uk/data-tables/fast-track/619504bd-65e7-42bf-b0bd-08dc6f35f09f",
    ),
    "pages": (
        "GitHub Pages limits",
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
    ),
    "cloudflare": (
        "Cloudflare Pages, change of 23 January 2026",
        "https://developers.cloudflare.com/changelog/post/2026-01-23-pages-file-limit-increase/",
    ),
    "gitlab": ("GitLab, issue on the limits of Pages", "https://gitlab.com/gitlab-org/gitlab/-/issues/405048"),
    "sitemap": ("The sitemap protocol", "https://www.sitemaps.org/protocol.html"),
    "repository": (
        "GitHub, repository limits",
        "https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits",
    ),
    "jobs": (
        "GitHub Actions, limits of a job",
        "https://docs.github.com/actions/learn-github-actions/usage-limits-billing-and-administration",
    ),
    "runner": (
        "GitHub Actions, standard runners",
        "https://docs.github.com/en/actions/reference/runners/github-hosted-runners",
    ),
}
"""What limits are taken from, with its address."""


@dataclass(frozen=True)
class Line:
    """A straight line: so much at no report, and so much more with each."""

    start: float
    each: float
    unit: str
    grows_from: int
    """Reports of the smaller of the two sizes it goes through; 0 where there is one, and the line starts at nothing."""

    def at(self, reports: float) -> float:
        """Return where the line stands at a number of reports."""
        return self.start + self.each * reports

    def until(self, limit: float) -> float | None:
        """Return the number of reports at which it reaches a limit, or None where it never does."""
        return max((limit - self.start) / self.each, 0.0) if self.each > 0 else None

    def working(self, reports: int) -> str:
        """Return the arithmetic for a reader."""
        each = _small(self.each, self.unit)
        start = f"{told(abs(self.start), self.unit)} {'+' if self.start >= 0 else '−'} " if self.start else ""
        if self.start < 0:
            return f"{reports:,} × {each} − {told(-self.start, self.unit)} = {told(self.at(reports), self.unit)}"
        return f"{start}{reports:,} × {each} = {told(self.at(reports), self.unit)}"


def line_of(book: Book, what: str, unit: str, of: str = "public reports") -> Line | None:
    """Return the line through a figure at its two largest sizes, by the number of reports there; None without a figure.

    Where there is one size alone, the line goes through nothing and it.
    """
    points = [
        (reports, figure)
        for areas in book.sizes(what)
        if (reports := book.median(of, OURS, areas)) and (figure := book.median(what, OURS, areas)) is not None
    ]
    if not points:
        return None
    (last, late) = points[-1]
    if len(points) == 1:
        return Line(0.0, late / last, unit, 0)
    (first, early) = points[-2]
    if first == last:
        return None
    each = (late - early) / (last - first)
    return Line(early - each * first, each, unit, int(first))


@dataclass(frozen=True)
class Limit:
    """Something that ends: what is counted, up to what, and who says so."""

    name: str
    line: Line | None
    most: float
    source: str
    way_out: str

    @property
    def reports(self) -> float | None:
        """At how many reports it is reached."""
        return self.line.until(self.most) if self.line else None


def limits_of(book: Book) -> list[Limit]:
    """Return every limit, those first that are reached first; those that can't be worked out, or never are, come last."""
    size, files = line_of(book, "site bytes", "bytes"), line_of(book, "site files", "")
    pages = line_of(book, "site pages", "")
    folder = line_of(book, "inspections", "")
    content = line_of(book, "content bytes", "bytes")
    seconds, memory = line_of(book, builds.COLD, "s"), line_of(book, f"{builds.COLD}: memory", "bytes")
    found = [
        Limit(
            "GitHub Pages: 1 GB a site", size, 1e9, "pages", "another host, or object storage behind a content network"
        ),
        Limit("GitLab Pages: 200,000 files a site", files, 200_000, "gitlab", "object storage, which counts no files"),
        Limit(
            "Cloudflare Pages: 20,000 files a site (free)",
            files,
            20_000,
            "cloudflare",
            "a paid plan, or object storage",
        ),
        Limit("Cloudflare Pages: 100,000 files a site (paid)", files, 100_000, "cloudflare", "object storage"),
        Limit(
            "Sitemap: 50,000 addresses a file",
            pages,
            50_000,
            "sitemap",
            "a sitemap index over a sitemap for each region",
        ),
        Limit(
            "GitHub: 3,000 entries advised in one folder (`content/inspections`)",
            folder,
            3000,
            "repository",
            "a folder for each region or year between",
        ),
        Limit("GitHub: 10 GB advised for a repository", content, 10e9, "repository", "case answers outside git"),
        Limit("GitHub Actions: 6 hours a job (cold build)", seconds, 6 * 3600, "jobs", "several runners"),
        Limit("GitHub Actions: 16 GB of memory (cold build)", memory, 16e9, "runner", "several runners"),
    ]
    return sorted(found, key=lambda one: float("inf") if one.reports is None else one.reports)


def page_at_25000(book: Book) -> str:
    """Return the page as Markdown."""
    sizes = book.sizes(builds.COLD)
    measured = [told(book.median("public reports", OURS, areas), "") for areas in sizes]
    if not sizes:
        based = "This run has no cold build to work from; `make bench` measures one."
    elif len(sizes) == 1:
        based = (
            f"This run measured one size, {measured[0]} reports: each figure is that one times the number of reports."
        )
    else:
        based = (
            f"This run measured {', '.join(measured[:-1])} and {measured[-1]} reports. Each figure is the straight line "
            f"through the last two of them, drawn on {REPORTS / float(measured[-1].replace(',', '')):,.0f} times as far as "
            "the largest: a guide to what would break, not a promise."
        )
    parts = [
        _HEAD.format(schools=_cited("schools"), based=based),
        *(f"## {title}\n\n{text}" for title, text in _parts(book) if text),
        _sources(),
    ]
    return "\n".join(parts)


_HEAD = """\
<!-- Written by `make bench` from results.json; a change by hand is lost with the next run. -->

# 25,000 reports

What if every school in England had a report like these ({schools})? {based}
"""


def _parts(book: Book) -> Iterator[tuple[str, str]]:
    yield "What would break first", _broken(book)
    yield "To build", _building(book)
    yield "To store", _storing(book)
    yield "To serve", _serving(book)
    yield "To search", _searching(book)


def _broken(book: Book) -> str:
    limits = limits_of(book)
    reached = [one for one in limits if one.reports is not None and one.reports < REPORTS]
    lines = []
    if reached:
        first = reached[0]
        lines.append(
            f"First of all: **{first.name}**, at {told(first.reports, '')} reports. The way out: {first.way_out}. "
            f"Of {len(limits)} limits, {len(reached)} lie below {REPORTS:,} reports.\n"
        )
    rows = [
        (
            one.name,
            _each(one.line),
            "–" if one.reports is None else f"{told(one.reports, '')} reports",
            "yes" if one.reports is not None and one.reports < REPORTS else "–" if one.line is None else "no",
            one.way_out,
            _cited(one.source),
        )
        for one in limits
    ]
    head = ("limit", "a report", "reached at", f"below {REPORTS:,}", "way out", "source")
    return "\n".join([*lines, table(head, rows)])


def _building(book: Book) -> str:
    seconds, memory = line_of(book, builds.COLD, "s"), line_of(book, f"{builds.COLD}: memory", "bytes")
    if seconds is None:
        return ""
    alone = max(seconds.start, 0.0)
    rows = []
    for runners in RUNNERS:
        share = -(-REPORTS // runners)
        time = alone + seconds.each * share
        rows.append((
            f"{runners}",
            f"{share:,}",
            f"{told(alone, 's')} + {share:,} × {_small(seconds.each, 's')} = {told(time, 's')} ({_hours(time)})",
            told(memory.at(share), "bytes") if memory else "–",
        ))  # fmt: skip
    text = (
        "A cold build of everything, on machines like the one measured, each taking an equal share of the reports:\n\n"
        + table(("runners", "reports each", "time of each", "memory of each"), rows)
        + "\nMore than one runner is a reckoning: no command splits a build today. What is said across reports (lists, "
        "themes, whole-site tables, the search index) would have to be put together after, from what each runner "
        "contributes, and that time comes on top.\n"
    )
    edits = [
        ("pages and search", line_of(book, builds.WARM, "s")),
        ("pages alone", line_of(book, builds.WARM_PAGES, "s")),
    ]
    told_edits = [(name, line.working(REPORTS)) for name, line in edits if line]
    if told_edits:
        text += "\nOne sentence edited, with the cache of the build before:\n\n" + table(("", "time"), told_edits)
    pdfs = line_of(book, builds.PDFS, "s")
    if pdfs:
        text += f"\nWith a PDF of each report, all of it cold: {pdfs.working(REPORTS)} ({_hours(pdfs.at(REPORTS))}).\n"
    return text


def _storing(book: Book) -> str:
    wanted = (
        ("The site", "site bytes", "bytes"),
        ("Files of the site", "site files", ""),
        ("Pages of it", "site pages", ""),
        ("PDFs", "PDF bytes", "bytes"),
        ("The content in git, a checkout", "content bytes", "bytes"),
        ("Files of the content", "content files", ""),
        ("The largest whole-site data file", "largest data file: bytes", "bytes"),
    )
    rows = [(name, line.working(REPORTS)) for name, what, unit in wanted if (line := line_of(book, what, unit))]
    return table(("what", "at 25,000 reports"), rows) if rows else ""


def _serving(book: Book) -> str:
    start = "largest page "
    rows = []
    for what in sorted({what for what, _, _ in book.figures if what.startswith(start)}):
        line = line_of(book, what, "bytes")
        if line and line.grows_from and line.at(REPORTS) > 2 * line.at(line.grows_from):
            rows.append((f"`{what.removeprefix(start)}`", line.working(REPORTS)))
    text = (
        "Files are served as they lie, so the number of reports costs a server nothing but room. What a reader fetches is one "
        "page; it matters which pages grow with the number of reports.\n\n"
    )
    if rows:
        return (
            text + "These would be more than twice as large as the measured ones:\n\n" + table(("page", "bytes"), rows)
        )
    return (
        f"{text}By the measured sizes none would become more than twice as large.\n"
        if line_of(book, "site bytes", "bytes")
        else ""
    )


def _searching(book: Book) -> str:
    rows = []
    for query in searching.QUERIES:
        for what, unit in ((searching.FIRST_BYTES, "bytes"), (searching.FIRST, "ms")):
            line = line_of(book, f"{what}: {query}", unit)
            if line:
                rows.append(
                    (f"“{query}”, {'bytes' if unit == 'bytes' else 'time'} to the first result", line.working(REPORTS))
                )
    for name, what, unit in (
        ("The whole index, of which a query fetches parts", "site bytes: search", "bytes"),
        ("Files of the index", "search files", ""),
    ):
        line = line_of(book, what, unit)
        if line:
            rows.append((name, line.working(REPORTS)))
    if not rows:
        return ""
    return (
        table(("what", "at 25,000 reports"), rows)
        + "\nBefore its first query a browser fetches the list of all parts and records, which grows with the number of "
        "records. Past a few megabytes the index would have to be split, say by region, and its parts asked one after "
        "another: the first results come as soon, the last ones later.\n"
    )


def _sources() -> str:
    return "## Sources\n\n" + "\n".join(f"- {_cited(key)}" for key in SOURCES) + "\n"


def _cited(key: str) -> str:
    name, address = SOURCES[key]
    return f"[{name}]({address})"


def _each(line: Line | None) -> str:
    return "–" if line is None else _small(line.each, line.unit)


def _small(number: float, unit: str) -> str:
    """Return what one report adds, with the digits that it needs."""
    return (
        f"{number:.4f} s"
        if unit == "s"
        else f"{number:.2f}"
        if not unit
        else f"{number:.3f} ms"
        if unit == "ms"
        else told(number, unit)
    )


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
