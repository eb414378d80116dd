"""The page of the results: what was measured, on what, and where it falls short. All of it follows from the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks import builds
from benchmarks.goals import LARGE, SMALL, Row, index_time, largest_pages_of, of_report, rows_of, told
from benchmarks.measuring import NOT_MEASURED, OURS, Book
from benchmarks.peers import PEERS

INTRODUCTION = """\
<!-- Written by `make bench` from results.json; a change by hand is lost with the next run. -->

# How fast, and how far it carries

Measured side by side on the synthetic programme that `omi synth` makes up: areas with one or two inspections each, 20
criteria and {questions} questions an inspection, answers on about 100 cases in four of five. No such area exists. All
reports that are due are public; drafts are read and checked, and not shown.
"""

METHOD = """\
## How it is measured

- Each command runs as a person runs it, as a process of its own; its seconds are by the clock, and the figure is the
  median of the rounds. Files stay in the system's own cache between rounds; what the project keeps is emptied before each
  cold build.
- *Cold build* is `mkdocs build --strict` with an empty cache and without PDFs: reading, checking, scoring, intervals,
  charts, pages, downloads and the search index. The others get the finished Markdown, charts and downloads (`omi render`)
  and turn them into pages; what made those is not in their time.
{peers}
- *One sentence edited*: the text of one finding of a public report is changed, to one that no build has seen, and
  `mkdocs build --strict` runs with what the builds before have kept. Without search it runs with `OMI_SEARCH=0`.
- *Preview*: `mkdocs serve` runs and a headless Chromium has the finding's page open; from the file being written until the
  page shows the new words. Ten seconds lie between two savings, in which the server builds all that follows elsewhere: who
  saves again sooner waits for that.
- Memory is that of the command and all that it starts, added up once a second, for looking costs time too ({memory}).
- *check-jsonschema* holds the same files against the same schemas, a call for each schema with all its files. It looks at
  shape alone; `omi check` also scores, applies every rule and looks up every word.
- *Scores* are of 1,000 inspections of 100 cases and 120 questions, made up in memory, in as many processes as there are
  cores: from the answers to each criterion, section and thread, with the interval of each.
- *Search* runs in a headless Chromium with an empty cache on the same machine, texts compressed as hosts do: from the query
  being in the field until the first result is shown, and the bytes that came over the wire in that time. *Later* is the
  same query asked after another one.
- The search index's time is what a cold build takes more than one without it, in seconds of CPU.

Run it yourself: `make bench` (or `make bench ARGS="--sizes 42"`). Its results go to this folder, all else below
`.cache/bench`. It needs Chromium for the preview and the search.
"""


FOUND = """\
## Where the time goes

Found with py-spy on a cold build of 42 areas (`py-spy record --subprocesses -r 40 -f raw -- mkdocs build`), and changed since;
the figures are of the machine below, before and after.

- Markdown looked for the end of each block of HTML sign by sign: 14.6 s over 917 pages. The blocks are set aside before it,
  and put back: 2.7 s, every page the same.
- Each inspection read, checked and typed anew what all share, and walked through all of the content: 0.35 s of CPU an
  inspection. What all share is read once, and processes are forked from there: 0.19 s.
- The picture of a report took 0.17 s to 0.19 s to paint from SVG; painted directly it takes 0.04 s, in a file of 30 KB.
- Wilson's interval came with a test of significance that nobody asked for: SciPy is no longer loaded at all.
- The search index was made of thousands of small files on the disk: 12 s for 2,763 records, 3.3 s where they lie in memory.
- The index was made when all pages were finished, on one core; it is now the first piece of work on the pages' list.
- Every page of a report was looked through again for what must not be published; what was clean stays clean. What is new
  is looked through for pieces of four words first, and for the shape of numbers: a third of the files took 5.3 s of CPU,
  and take 3.2 s.
- Withheld counts were solved for one by one, though each solution shows which others are open: 39 reports, twice each, took
  2.4 s of CPU, and take 1.0 s to 1.25 s.
- MkDocs was asked for the list of its pages with every page: 3.6 s of CPU at 200 areas, and the square of that with more.
- The rules for hosts compared each file of the search with each other one, which grew with the square too.
- The folders of a site were made, filled with links and taken away with every build: 0.8 s at 42 areas. The site before
  the last one is kept, and what differs in it is put right: 0.2 s.
- A preview was built again and again, since the system tells of reading too, and a build reads what it follows.
- A preview built all of the site before it showed anything, while it indexed what was saved before: 3.0 s to 3.3 s until the
  page was served. The pages of the edited inspection now come first, all that follows from them after, and the index is made
  by a process that stands back: 0.7 s to 1.0 s.
- The map of all areas made one page of 1.3 MB at 1,000 areas: a map that could no longer be read gives way to one for each
  region, or to none. The search's page carried the names of all areas.
- A search for words that never stand together fetched the indexes of all groups, 1.8 MB at 1,000 areas, before it showed
  anything. What has some of the words is now shown after the first two groups.
- A search showed nothing until its first twelve records had come: 370 ms for “victims” at 42 areas. What stands first is
  now shown as soon as it is there: 230 ms. Both were measured in the page, from the key to the paint.
- What public texts say of what drafts hide was kept word for word, and read back with every edit: at 200 areas 2.4 s of
  10.6 s. It is kept as one bit for each run of words: a build after an edit took 12.6 s, and takes 10.4 s.
- The last scan had all words of a table in memory at once. Of the largest at 1,000 areas, of 43.8 MB, they took 650 MB, and
  a build without search 1.45 GB; tables are now looked through 10,000 cells at a time.
"""


def results_page(book: Book, rows: Sequence[Row], chart_words: str | None) -> str:
    """Return the page of all results as Markdown; the chart, if there is one, lies beside it as growth.svg."""
    parts = [
        INTRODUCTION.format(questions=book.about.get("questions", "its framework's")),
        _verdicts(book, rows),
        f"## Every figure\n\n{_goals(rows)}",
        _growth(book, chart_words),
        _largest(book),
        FOUND,
        "## On what\n\n" + table(("", ""), [(name, value) for name, value in book.about.items()]),
        METHOD.format(
            peers="\n".join(f"- *{peer.name}*: {peer.does}." for peer in PEERS),
            memory=book.about.get("shared memory", "what processes share is counted once"),
        ),
    ]
    return "\n".join(part for part in parts if part)


def _verdicts(book: Book, rows: Sequence[Row]) -> str:
    """Return how many goals are met, and each that is not, by name."""
    judged = [row for row in rows if row.met is not None]
    missed = [row for row in judged if not row.met]
    open_ = [row for row in rows if row.met is None and row.goal != "–"]
    lines = [f"**{len(judged) - len(missed)} of {len(judged)} goals that could be judged are met.**"]
    if missed:
        lines += ["", "Not met:", ""]
        lines += [f"- {row.subject}: {row.figure}; the goal is {row.goal}." for row in missed]
    failed = [one for one in book.figures.values() if one.what.endswith(NOT_MEASURED)]
    if failed:
        lines += ["", "What could not be measured:", ""]
        lines += [f"- {one.what.removesuffix(NOT_MEASURED)}, {one.areas:,} areas: {one.note}" for one in failed]
    if open_:
        lines += ["", "Not judged in this run:", ""]
        lines += [f"- {row.subject}: {row.why or 'no figure'}." for row in open_]
    return "\n".join(
        [*lines, "", "[What 25,000 reports would cost](at-25000.md) is worked out from the same figures.", ""]
    )


def _goals(rows: Iterable[Row]) -> str:
    head = ("what", "goal", "figure", "others", "")
    return table(
        head,
        [
            (row.subject, row.goal, row.figure if not row.why or row.figure != "–" else row.why, row.peer, row.verdict)
            for row in rows
        ],
    )


def _growth(book: Book, chart_words: str | None) -> str:
    picture = f"![{chart_words}](growth.svg)\n\n" if chart_words else ""
    rows = []
    for areas in book.sizes(builds.COLD):
        reports = book.median("public reports", OURS, areas)
        for who in (OURS, *(peer.name for peer in PEERS)):
            cost = [book.median(f"{builds.COLD}{part}", who, areas) for part in ("", ": CPU", ": memory")]
            if cost[0] is None:
                continue
            rounds = len(book.figures[builds.COLD, who, areas].rounds)
            each = of_report(book, builds.COLD, areas, who)
            rows.append((
                f"{areas:,}", told(reports, ""), who, told(cost[0], "s"), told(each, "s"), told(cost[1], "s"),
                told(cost[2], "bytes"), str(rounds),
            ))  # fmt: skip
    if not rows:
        return ""
    head = ("areas", "public reports", "engine", "cold build", "a report", "CPU", "memory", "rounds")
    left = [
        (
            f"{areas:,}",
            *(told(book.median(what, OURS, areas), unit) for what, unit in _LEFT),
            told(index_time(book, areas), "s"),
        )
        for areas in book.sizes(builds.COLD)
    ]
    heads = ("areas", "pages", "files", "bytes", "of these search", "largest data file", "CPU of the search index")
    return f"## Growth\n\n{picture}{table(head, rows)}\nWhat a build leaves:\n\n{table(heads, left)}"


_LEFT = (
    ("site pages", ""),
    ("site files", ""),
    ("site bytes", "bytes"),
    ("site bytes: search", "bytes"),
    ("largest data file: bytes", "bytes"),
)


_LISTS = """A list goes on on a further page after so many entries: 100 areas or reports, 40 where each comes with its parts, 20 where
texts are told. A kind of page grows until one of its lists has filled a page, and not after that."""


def _largest(book: Book) -> str:
    sizes = book.sizes(builds.COLD)
    if not sizes:
        return ""
    few, many = (SMALL if SMALL in sizes else sizes[0]), (LARGE if LARGE in sizes else sizes[-1])
    rows = [
        (f"`{kind}`", told(first, "bytes"), told(last, "bytes"))
        for kind, first, last in largest_pages_of(book, few, many)
    ]
    return f"## Largest page of each kind\n\n{_LISTS}\n\n{table(('kind', f'{few:,} areas', f'{many:,} areas'), rows)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', '&#124;').replace(chr(10), ' ') for cell in row)} |\n" for row in lines
    )


def rows_and_page(book: Book, chart_words: str | None) -> tuple[tuple[Row, ...], str]:
    """Return the rows of the goals, and the page that holds them."""
    rows = rows_of(book)
    return rows, results_page(book, rows, chart_words)
