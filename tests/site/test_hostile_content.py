"""Whatever is written in the content is read on the page as it was written, and does nothing else."""

from __future__ import annotations

import csv
import json
import re
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from building import BuiltSite, HtmlPage, build_unguarded, make_project, once, one_line
from hostile_world import FORMULAS, HARMLESS, HOSTILE, MARK, world

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

READ_ONLY = {"title", "aria-label", "label", "content", "data-label", "data-omi", "data-forms", "data-gaps"}
"""Attributes whose text is read out or shown, never followed or run."""

STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def site_of(words: str, name: str, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return once(name, lambda: build_unguarded(make_project(tmp_path_factory.mktemp(name), world(words)), "2040-06-30"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The world with hostile text everywhere."""
    site = site_of(HOSTILE, "hostile", tmp_path_factory)
    assert site.run.code == 0, site.run.output
    return site


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Its twin with harmless text in the same places."""
    site = site_of(HARMLESS, "harmless", tmp_path_factory)
    assert site.run.code == 0, site.run.output
    return site


def elements(page: HtmlPage) -> list[tuple[str, ...]]:
    """Return each element's name with the names of its attributes, in order; drawings as a whole."""

    def shape(node: LexborNode) -> tuple[str, ...]:
        return (str(node.tag), *sorted(node.attributes))

    assert page.tree.root is not None
    return [shape(node) for node in page.tree.css("html, html *:not(figure svg *)")]


def test_no_element_and_no_attribute_comes_from_text(hostile: BuiltSite, harmless: BuiltSite) -> None:
    """Every page has the same elements with the same attributes, in the same order, as with harmless text."""
    assert len(hostile.pages) == len(harmless.pages) > 15
    for bad, good in zip(hostile.pages.values(), harmless.pages.values(), strict=True):
        for at, (one, other) in enumerate(zip_longest(elements(bad), elements(good))):
            assert one == other, (bad.path, at, one, other)


def test_drawings_hold_nothing_but_marks_and_words(hostile: BuiltSite) -> None:
    """Labels of a chart stand in it as words."""
    drawings = [svg for page in hostile.pages.values() for svg in page.tree.css("figure svg")]
    assert len(drawings) == 10  # of five charts, each in two forms
    for svg in drawings:
        assert {str(node.tag) for node in svg.css("*")} <= {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "text",
            "tspan",
            "line",
            "rect",
            "circle",
        }
        assert MARK in svg.text()


def test_hostile_text_is_never_followed_or_run(hostile: BuiltSite) -> None:
    """The mark stands in no script, style, handler or name of an attribute; in an address as letters and hyphens alone.

    Data for machines is no script: `tests/site/test_metadata.py` reads it.
    """
    for page in hostile.pages.values():
        for node in page.tree.css("*:not(script[type='application/ld+json'])"):
            assert not (node.tag in {"script", "style"} and MARK in node.text()), page.path
            for name, value in node.attributes.items():
                assert MARK not in name, page.path
                assert not name.startswith("on"), page.path
                if MARK in (value or "") and name not in READ_ONLY:
                    assert re.fullmatch(r"(https:)?[a-z0-9./#-]+", value or ""), (page.path, name, value)


def test_no_template_in_text_is_filled_in(hostile: BuiltSite) -> None:
    """`{{ 191*7 }}` is never worked out."""
    for path, raw in hostile.files.items():
        if path.endswith((".html", ".json", ".csv")):
            assert b"1337" not in raw, path


@pytest.mark.parametrize(
    ("address", "selector", "words"),
    [
        ("reports/northmoor-2040/", "h1", "Supervision in Northmoor {}"),
        ("reports/northmoor-2040/", "#recommendation-1 > p", "See to it that the plans were clear. {}"),
        ("reports/northmoor-2040/", "#risk-of-harm", "Risk to others {}"),
        ("reports/northmoor-2040/prison/", "h1", "The prison {}"),
        ("reports/northmoor-2040/prison/", "#part-1", "A part {}"),
        ("reports/northmoor-2040/prison/", "caption", "Figures {} (as at January 2040)"),
        ("reports/northmoor-2040/prison/", "tbody th", "Row {}"),
        ("reports/northmoor-2040/good-practice/", "h2", "An example where the plans were clear {}"),
        ("reports/northmoor-2040/inspection/", "#team + div dd", "Synthetic Person {}"),
        ("reports/northmoor-2040/targets/", "tbody th", "Starts {}: Orders {}"),
        ("frameworks/synthetic-2040/", "h1", "Synthetic inspection standards, 2040 {}"),
        ("glossary/", "#terms + div dd", "The cases that a question applies to. {}"),
        ("glossary/", "#abbreviations + div div:last-child dt", "ZQ<b>, ZQ"),
    ],
)
def test_hostile_text_can_be_read(hostile: BuiltSite, address: str, selector: str, words: str) -> None:
    """Each sign of a hostile text stands on the page for itself."""
    shown = (
        one_line(hostile.page(address).article.css(selector)[0].text()).translate(STRAIGHT).removesuffix("¶").strip()
    )
    assert shown == one_line(words.replace("{}", HOSTILE))


def test_titles_are_read_in_the_tab_and_in_previews(hostile: BuiltSite) -> None:
    """The title in the browser's tab and the description for previews hold the text, every sign of it."""
    page = hostile.page("reports/northmoor-2040/")
    assert page.tree.css("title")[0].text().startswith(f"Supervision in Northmoor {HOSTILE}")
    description = hostile.page("frameworks/synthetic-2040/").tree.css("meta[name=description]")[0].attributes["content"]
    assert (description or "").startswith(f"Synthetic inspection standards, 2040 {HOSTILE}: sections and criteria")


def test_the_data_holds_the_text_as_written(hostile: BuiltSite) -> None:
    """JSON needs no defence but its own: what was written comes out."""
    report = json.loads(hostile.files["reports/northmoor-2040/report.json"])
    assert report["title"] == f"Supervision in Northmoor {HOSTILE}"


def test_no_cell_of_a_table_is_a_formula(hostile: BuiltSite) -> None:
    """A spreadsheet that opens a CSV file reads text as text."""
    defused = 0
    tables = [path for path in hostile.files if path.endswith(".csv")]
    of_criteria = [path for path in tables if path.startswith("frameworks/")]
    assert len(tables) - len(of_criteria) == 6 + 7 + 5  # of the report, of the site, of the charts
    assert of_criteria
    for path in tables:
        for row in csv.reader(hostile.files[path].decode().splitlines(keepends=True)):
            for cell in row:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (path, cell)
                defused += cell.startswith(tuple(f"'{formula}" for formula in FORMULAS))
    assert defused == 3 * (len(FORMULAS) + 1)  # in the report's tables, in those of the site and of its criteria
