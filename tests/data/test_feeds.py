"""The feeds tell each publication and each correction once, the newest first."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_world
from lxml import etree
from public_world import public_site
from small_world import INSPECTION

from omi_build.downloads.feeds import Entry, atom, entries, json_feed
from omi_build.pages.overview import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
SITE = "https://inspections.example/sub/"
DAY = datetime.date(2041, 1, 1)

CORRECTIONS = [
    {"date": "2040-09-02", "text": "A count was wrong: it is 7 < 9."},
    {"date": "2040-09-02", "text": "A name was misspelt."},
    {"date": "2040-11", "text": "A figure was added."},
    {"date": "2040-12-20", "text": "A link was mended."},
]


def world(**publication: Any) -> dict[str, Any]:
    """Return the small world with its report's publication as given."""
    files = small_world.world()
    files[f"{INSPECTION}/inspection.yaml"]["publication"] |= publication
    return files


def told(folder: Path, on: str = "2041-01-01", **publication: Any) -> tuple[Entry, ...]:
    """Return the entries of the small world."""
    site = public_site(folder, world(**publication), on)
    return entries(site, describe, datetime.date.fromisoformat(on))


def atom_tree(listed: Sequence[Entry], site_url: str = SITE) -> etree._ElementTree:
    return etree.ElementTree(etree.fromstring(atom(listed, site_url, DAY).content))


def texts(tree: etree._ElementTree, path: str) -> list[str]:
    return [str(found) for found in tree.xpath(path, namespaces=ATOM)]


def assert_valid(listed: Sequence[Entry], site_url: str) -> None:
    """Hold both feeds against their formats."""
    rules = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    tree = atom_tree(listed, site_url)
    assert rules.validate(tree), rules.error_log
    schema = json.loads((HERE / "json-feed.schema.json").read_text())
    feed = json.loads(json_feed(listed, site_url).content)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(feed)
    assert texts(tree, "/atom:feed/atom:link/@rel") == ["alternate", "self"]
    assert texts(tree, "//atom:entry/atom:link/@rel") == ["alternate"] * len(listed)
    ids = texts(tree, "//atom:id/text()")
    assert len(set(ids)) == len(ids) == len(listed) + 1
    assert ids[1:] == [item["id"] for item in feed["items"]]


@pytest.mark.parametrize("site_url", [SITE, ""])
def test_feeds_are_valid_with_and_without_an_address(tmp_path: Path, site_url: str) -> None:
    """Atom fits RFC 4287 and JSON Feed its version 1.1, with ids that name each entry once."""
    assert_valid(told(tmp_path, corrections=CORRECTIONS), site_url)


def test_each_publication_and_each_correction_is_an_entry(tmp_path: Path) -> None:
    """The newest first; what is dated by a month stands at the day after it; two of one day keep apart."""
    listed = told(tmp_path, corrections=CORRECTIONS)
    assert [(entry.day.isoformat(), entry.text) for entry in listed] == [
        ("2040-12-20", "A link was mended."),
        ("2040-12-01", "A figure was added."),
        ("2040-09-02", "A count was wrong: it is 7 < 9."),
        ("2040-09-02", "A name was misspelt."),
        ("2040-08-15", listed[-1].text),
    ]
    assert listed[-1].text.startswith("Inspection of Testshire 2040: ")
    assert [entry.title for entry in listed[-2:]] == [
        "Correction to A synthetic report (Testshire 2040)",
        "A synthetic report (Testshire 2040)",
    ]
    assert texts(atom_tree(listed), "//atom:id/text()") == [
        "tag:inspections.example,2026:feed",
        "tag:inspections.example,2026:reports/testshire-2040/corrections/2040-12-20",
        "tag:inspections.example,2026:reports/testshire-2040/corrections/2040-11",
        "tag:inspections.example,2026:reports/testshire-2040/corrections/2040-09-02",
        "tag:inspections.example,2026:reports/testshire-2040/corrections/2040-09-02/2",
        "tag:inspections.example,2026:reports/testshire-2040/",
    ]


def test_a_reader_sees_the_text_as_written(tmp_path: Path) -> None:
    """A sign that HTML or XML would read stands for itself in both feeds."""
    listed = told(tmp_path, corrections=[{"date": "2040-09-02", "text": "</summary><b>7 & 9</b> &lt;"}])
    (summary, _) = texts(atom_tree(listed), "//atom:summary/text()")
    assert etree.fromstring(f"<p>{summary}</p>").text == "</summary><b>7 & 9</b> &lt;"
    assert json.loads(json_feed(listed, SITE).content)["items"][0]["content_text"] == "</summary><b>7 & 9</b> &lt;"


def test_the_date_of_the_feed_is_that_of_its_newest_entry(tmp_path: Path) -> None:
    """A build on another day doesn't change it."""
    listed = told(tmp_path, corrections=CORRECTIONS)
    for on in (DAY, datetime.date(2044, 4, 4)):
        tree = etree.fromstring(atom(listed, SITE, on).content)
        assert tree.findtext("atom:updated", namespaces=ATOM) == "2040-12-20T00:00:00+00:00"


def test_a_feed_without_entries_is_valid(tmp_path: Path) -> None:
    """Before anything is published the feed is empty, and dated by the day of the publication."""
    listed = told(tmp_path, status="with_area")
    assert listed == ()
    assert_valid(listed, SITE)
    assert texts(atom_tree(listed), "//atom:updated/text()") == ["2041-01-01T00:00:00+00:00"]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2040-08-15", ["2040-08-15"]),
        ("2040-09-02", ["2040-09-02", "2040-09-02", "2040-08-15"]),
        ("2040-11-30", ["2040-09-02", "2040-09-02", "2040-08-15"]),
        ("2040-12-01", ["2040-12-01", "2040-09-02", "2040-09-02", "2040-08-15"]),
    ],
)
def test_nothing_is_told_before_its_day(tmp_path: Path, on: str, days: list[str]) -> None:
    """A correction that is dated later is in no feed yet."""
    assert [entry.day.isoformat() for entry in told(tmp_path, on, corrections=CORRECTIONS)] == days


def test_a_feed_has_at_most_fifty_entries(tmp_path: Path) -> None:
    """The oldest fall out; the list of reports has them all."""
    corrections = [
        {"date": f"2040-10-{day:02}", "text": f"Correction {day}, {n}."} for day in range(1, 31) for n in "ab"
    ]
    listed = told(tmp_path, corrections=corrections)
    assert len(listed) == 50
    assert (listed[0].text, listed[-1].day.isoformat()) == ("Correction 30, a.", "2040-10-06")
    assert_valid(listed, SITE)


def test_what_is_made_up_is_called_so_in_its_title(tmp_path: Path) -> None:
    """Readers of a feed don't see the site: each title of a synthetic report says it, and its corrections' too."""
    files = world(corrections=CORRECTIONS[:1])
    files[f"{INSPECTION}/inspection.yaml"]["synthetic"] = True
    site = public_site(tmp_path, files)
    listed = entries(site, describe, DAY)
    assert [entry.title for entry in listed] == [
        "Synthetic: Correction to A synthetic report (Testshire 2040)",
        "Synthetic: A synthetic report (Testshire 2040)",
    ]
