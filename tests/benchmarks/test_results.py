"""What the benchmark makes of its figures: verdicts, the page, and what it works out for 25,000 reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import builds, checking, searching
from benchmarks.at_25000 import limits_of, line_of, page_at_25000
from benchmarks.builds import largest_pages
from benchmarks.chart import growth, spread
from benchmarks.goals import Row, rows_of, told
from benchmarks.measuring import Book, Figure, read_book
from benchmarks.page import rows_and_page

if TYPE_CHECKING:
    from pathlib import Path


def book(tmp_path: Path, *figures: tuple[str, str, int, float | tuple[float, ...]]) -> Book:
    """Return a book of figures (what, who, areas, rounds); each size has as many public reports as areas."""
    made = Book(tmp_path / "results.json", {"date": "1 June 2040"})
    for areas in {areas for _, _, areas, _ in figures if areas}:
        made.add(Figure("public reports", "omi", areas, "", (areas,)))
        made.add(Figure("inspections", "omi", areas, "", (areas,)))
    for what, who, areas, rounds in figures:
        made.add(Figure(what, who, areas, "s", rounds if isinstance(rounds, tuple) else (rounds,)))
    return made


def row(made: Book, start: str) -> Row:
    (found,) = [one for one in rows_of(made) if one.subject.startswith(start)]
    return found


STOCK = "mkdocs-material"


@pytest.mark.parametrize(
    ("areas", "ours", "stock", "verdict"),
    [
        (42, 10.0, 10.0, "met"),
        (42, 10.1, 10.0, "not met"),
        (200, 5.0, 10.0, "met"),
        (200, 5.1, 10.0, "not met"),
    ],
)
def test_a_cold_build_is_held_against_stock(
    tmp_path: Path, areas: int, ours: float, stock: float, verdict: str
) -> None:
    """At 42 areas it may take as long, at 200 half as long."""
    made = book(tmp_path, (builds.COLD, "omi", areas, ours), (builds.COLD, STOCK, areas, stock))
    assert row(made, f"Cold build, {areas} areas").verdict == verdict


def test_a_goal_without_a_figure_is_neither_met_nor_missed(tmp_path: Path) -> None:
    """The row says why there is no figure, and the page names it as open."""
    made = book(tmp_path, (builds.COLD, "omi", 42, 10.0))
    made.add(Figure(builds.WARM_PAGES, "omi", 42, "s", note="OMI_SEARCH=0 is not heeded"))
    found = row(made, "One sentence edited, pages, 42")
    assert (found.verdict, found.why) == ("not judged", "OMI_SEARCH=0 is not heeded")
    _, page = rows_and_page(made, None)
    assert "- One sentence edited, pages, 42 areas: OMI_SEARCH=0 is not heeded." in page


def test_the_page_says_plainly_what_is_missed(tmp_path: Path) -> None:
    """With figure and goal; what is met is counted."""
    made = book(tmp_path, (checking.CHECK, "omi", 42, (3.0, 9.0, 2.5)), (checking.CHECK_AGAIN, "omi", 42, 0.2))
    _, page = rows_and_page(made, None)
    assert "**1 of 2 goals that could be judged are met.**" in page
    assert "- omi check, no cache, 42 areas: 3.00 s; the goal is below 2 s." in page


def test_time_a_report_and_largest_pages_are_compared_across_sizes(tmp_path: Path) -> None:
    """A tenth more is let pass; of whichever kind, no page may be larger than that."""
    made = book(tmp_path, (builds.COLD, "omi", 42, 42.0), (builds.COLD, "omi", 1000, 1100.0))
    for kind, few, many in (("reports/*", 9000, 9900), ("areas", 1000, 5000)):
        made.add(Figure(f"largest page {kind}", "omi", 42, "bytes", (few,)))
        made.add(Figure(f"largest page {kind}", "omi", 1000, "bytes", (many,)))
    assert row(made, "Time a report").verdict == "met"
    assert row(made, "Largest page").verdict == "met"
    made.add(Figure("largest page themes", "omi", 1000, "bytes", (9901,)))
    largest = row(made, "Largest page")
    assert (largest.verdict, largest.figure) == ("not met", "9.9 KB against 9.0 KB")


def test_a_search_among_many_is_held_against_both_limits(tmp_path: Path) -> None:
    """How long it takes, and how much is fetched for it."""
    query = searching.QUERIES[0]
    made = book(tmp_path, (f"{searching.FIRST}: {query}", "omi", 1000, 290.0))
    made.add(Figure(f"{searching.FIRST_BYTES}: {query}", "omi", 1000, "bytes", (301_000,)))
    assert row(made, f"Search for “{query}”, 1,000 areas, first result").verdict == "met"
    assert row(made, f"Search for “{query}”, 1,000 areas, fetched").verdict == "not met"


@pytest.mark.parametrize(("with_search", "verdict"), [(0.9, "met"), (1.1, "not judged")])
def test_a_build_with_search_tells_most_of_one_without(tmp_path: Path, with_search: float, verdict: str) -> None:
    """Where only that was measured: what it needs is enough for the build without, and what is more says nothing."""
    made = book(tmp_path, (builds.COLD, "omi", 1000, 900.0))
    made.add(Figure(f"{builds.COLD}: memory", "omi", 1000, "bytes", (with_search * 1024**3,)))
    assert row(made, "Peak memory without search, 1,000").verdict == verdict
    assert row(made, "Peak memory with search, 1,000").verdict == "met"


def test_pages_are_of_a_kind_by_where_they_lie() -> None:
    """The largest of each kind counts; Welsh pages are a kind of their own."""
    sizes = {
        "index.html": 1,
        "reports/index.html": 2,
        "reports/a-2006/index.html": 4,
        "reports/b-2006/index.html": 3,
        "reports/a-2006/1-one/index.html": 5,
        "cy/reports/a-2006/index.html": 6,
    }
    assert largest_pages(sizes) == {
        "cy/reports/*": 6,
        "index.html": 1,
        "reports": 2,
        "reports/*": 4,
        "reports/*/*": 5,
    }


def test_figures_are_kept_as_they_come(tmp_path: Path) -> None:
    """What was measured before a run is broken off is in its file, and reads back the same."""
    made = book(tmp_path, (builds.COLD, "omi", 42, (3.0, 1.0, 2.0)))
    again = read_book(made.file)
    assert again.median(builds.COLD, "omi", 42) == 2.0
    assert again.figures == made.figures
    assert again.about == made.about


def test_a_figure_is_drawn_on_as_a_straight_line(tmp_path: Path) -> None:
    """Through the two largest sizes, with its arithmetic."""
    made = book(
        tmp_path, (builds.COLD, "omi", 42, 99.0), (builds.COLD, "omi", 200, 30.0), (builds.COLD, "omi", 1000, 110.0)
    )
    line = line_of(made, builds.COLD, "s")
    assert line is not None
    assert line.at(25_000) == pytest.approx(2510)
    assert line.until(510) == pytest.approx(5000)
    assert line.working(25_000) == "10.0 s + 25,000 × 0.1000 s = 2,510 s"
    assert "| 8 | 3,125 | 10.0 s + 3,125 × 0.1000 s = 322 s (5 min)" in page_at_25000(made)


def test_a_line_from_one_size_goes_through_nothing(tmp_path: Path) -> None:
    """And one that starts below nothing is told with a minus."""
    line = line_of(book(tmp_path, (builds.COLD, "omi", 42, 21.0)), builds.COLD, "s")
    assert line is not None
    assert line.at(84) == pytest.approx(42)
    steep = line_of(book(tmp_path, (builds.COLD, "omi", 10, 1.0), (builds.COLD, "omi", 20, 4.0)), builds.COLD, "s")
    assert steep is not None
    assert steep.working(100) == "100 × 0.3000 s − 2.00 s = 28.0 s"


def test_the_limit_that_is_reached_first_stands_first(tmp_path: Path) -> None:
    """With the number of reports at which it is reached."""
    made = book(tmp_path, (builds.COLD, "omi", 100, 1.0))
    made.add(Figure("site bytes", "omi", 100, "bytes", (1e9,)))
    made.add(Figure("site files", "omi", 100, "", (2000,)))
    limits = limits_of(made)
    assert (limits[0].name, limits[0].reports) == ("GitHub Pages: 1 GB a site", pytest.approx(100))
    assert limits[1].name.startswith("Cloudflare Pages: 20,000 files")
    assert limits[1].reports == pytest.approx(1000)
    assert "First of all: **GitHub Pages: 1 GB a site**, at 100 reports." in page_at_25000(made)


def test_labels_of_the_chart_never_lie_on_each_other() -> None:
    """They are moved up as far as they need, and no further."""
    assert spread({"a": 1.0, "b": 1.2, "c": 5.0}, 0.5) == {"a": 1.0, "b": 1.5, "c": 5.0}


def test_the_chart_names_each_engine_and_says_what_it_shows(tmp_path: Path) -> None:
    """Its words are those of the figures; one size makes no chart."""
    few = book(tmp_path, (builds.COLD, "omi", 42, 20.0), (builds.COLD, STOCK, 42, 10.0))
    assert growth(few) is None
    both = book(
        tmp_path,
        *((builds.COLD, who, n, t) for who, n, t in (("omi", 42, 20.0), ("omi", 200, 90.0), (STOCK, 42, 10.0))),
    )
    drawn = growth(both)
    assert drawn is not None
    svg, words = drawn
    assert words == ("omi takes 20.0 s for 42 reports and 90.0 s for 200. mkdocs-material takes 10.0 s for 42 reports.")
    assert f">{STOCK}</text>" in svg
    assert f"<title>{words}</title>" in svg


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (0.294, "s", "0.29 s"),
        (12.34, "s", "12.3 s"),
        (1234.5, "s", "1,234 s"),
        (265_000, "bytes", "265.0 KB"),
        (1.5e9, "bytes", "1.5 GB"),
        (12_034, "", "12,034"),
        (None, "s", "–"),
    ],
)
def test_figures_are_told_with_as_many_digits_as_count(number: float | None, unit: str, text: str) -> None:
    """And a missing one as a dash."""
    assert told(number, unit) == text
