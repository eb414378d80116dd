"""What can be searched for, before it is indexed: each text once, with its place, and what it can be narrowed by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from library_world import library, public

from omi_build.model.programme import Abbreviation
from omi_build.pages.searching import Kind, facets
from omi_build.search import Entry, Record, of_page, of_report, records_of_report, records_of_site
from omi_build.search.documents import count_words, documents, list_words

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.publication import PublicSite

RISK = Abbreviation("RoH", "Risk of Harm")
HMI = Abbreviation("HMI", "Her Majesty's Inspectorate")
PRISONS = Abbreviation("HMI Prisons", "Her Majesty's Inspectorate of Prisons", also=("HMIP",))


@pytest.fixture
def shelf(tmp_path: Path) -> PublicSite:
    """Eight reports."""
    return public(tmp_path, library())


def records(site: PublicSite) -> list[Record]:
    """Return all records of a site."""
    of_reports = [record for report in site.every_telling for record in records_of_report(report)]
    return [*of_reports, *records_of_site(site, {})]


def written(*texts: str, kind: Kind = Kind.STRENGTH) -> str:
    """Return the document of a record with these texts, an entry each."""
    entries = tuple(Entry((text,), f"here-{n}") for n, text in enumerate(texts))
    (page,) = documents([Record(kind, "A title", "a/", entries)], [RISK, HMI, PRISONS]).values()
    return page


def also(page: str) -> list[str]:
    """Return what a document says that abbreviations stand for."""
    return re.findall(r'<b id="=also"></b><p>(.*?)</p>', page)


def test_each_finding_is_an_entry_at_its_own_place(shelf: PublicSite) -> None:
    """Every finding of every report stands once in the records, under its kind, with the anchor that it has on its page."""
    found = {
        (f"{record.address}#{entry.anchor}", record.kind): [str(text) for text in entry.texts]
        for record in records(shelf)
        if record.kind in (Kind.STRENGTH, Kind.IMPROVEMENT)
        for entry in record.entries
    }
    wanted = 0
    for report in shelf.reports:
        for ref, (_, criterion) in report.criteria.items():
            for kind, name, items in (
                (Kind.STRENGTH, "strength", criterion.strengths),
                (Kind.IMPROVEMENT, "improvement", criterion.areas_for_improvement),
            ):
                for finding in items:
                    wanted += 1
                    place = f"{report.criterion_address(ref)}-{name}-{finding.letter}"
                    assert str(finding.text) in found[place, kind]
    assert len(found) == wanted > 8


def test_every_value_can_be_chosen(shelf: PublicSite) -> None:
    """What a record can be narrowed by stands among the choices of the search's page, and each record has its kind."""
    choices = {facet.name: {choice.value for _, group in facet.groups for choice in group} for facet in facets(shelf)}
    assert list(choices) == ["kind", "theme", "area", "region", "year", "section", "criterion"]
    for record in records(shelf):
        told = {**record.facets, "kind": (record.kind.value,), "theme": record.themes}
        for name, values in told.items():
            assert set(values) <= choices[name], (record.title, name)
    assert choices["area"] == {area.id for area in shelf.areas}


def test_a_report_is_narrowed_by_its_area_year_and_criterion(shelf: PublicSite) -> None:
    """A finding has the area, region and year of its report, and the section and criterion that it stands under."""
    report = shelf.reports[0]
    finding = next(record for record in of_report(report) if record.kind is Kind.STRENGTH)
    assert finding.facets == {
        "area": (report.area.id,),
        "region": (report.region.id,),
        "year": (str(report.about.year),),
        "section": ("test-2040/1",),
        "criterion": ("test-2040/1.1",),
    }


def test_what_is_not_public_is_no_record(tmp_path: Path) -> None:
    """Of a report that isn't published nothing can be searched for, its year least of all."""
    files = library(2)
    first, second = sorted({path.split("/")[1] for path in files if path.startswith("inspections/")})
    files[f"inspections/{second}/inspection.yaml"]["publication"] = {"status": "in_preparation"}
    site = public(tmp_path, files)
    found = records(site)
    assert any(first in record.address for record in found)
    assert not [record for record in found if second in record.address]


def test_each_document_has_an_address_of_its_own(shelf: PublicSite) -> None:
    """No two documents share a path, and each lies below the address of its page."""
    found = records(shelf)
    pages = documents(found, shelf.glossary.abbreviations)
    assert len(pages) == len(found)
    assert [path.rpartition("/")[0] for path in pages] == [record.address.rstrip("/") for record in found]


def test_a_report_has_the_same_documents_whatever_stands_beside_it(shelf: PublicSite) -> None:
    """Made with all others or alone, each document of a report is the same; places follow the ids of reports, the site's last."""
    everything = documents(records(shelf), [])
    alone = [documents(records_of_report(report), []) for report in shelf.reports]
    for pages in alone:
        assert {path: everything[path] for path in pages} == pages
    places = {path: re.findall(r'"place\[content\]" content="([^"]*)"', page)[0] for path, page in everything.items()}
    in_order = sorted(places, key=places.__getitem__)
    by_id = [path for pages in sorted(alone, key=lambda pages: next(iter(pages))) for path in pages]
    assert in_order[: len(by_id)] == by_id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The RoH was low.", ["RoH: Risk of Harm"]),
        ("The risk of harm was low.", ["RoH: Risk of Harm"]),
        ("Risk of\nharm rose.", ["RoH: Risk of Harm"]),
        ("All RoHs rose.", ["RoH: Risk of Harm"]),
        ("HMIP came.", ["HMI Prisons: Her Majesty&#x27;s Inspectorate of Prisons"]),
        ("Her Majesty's Inspectorate of Prisons came.", ["HMI Prisons: Her Majesty&#x27;s Inspectorate of Prisons"]),
        ("HMI came.", ["HMI: Her Majesty&#x27;s Inspectorate"]),
        ("Rohan took a risk.", []),
        ("A roh deer.", []),
    ],
)
def test_an_abbreviation_is_found_by_what_it_stands_for_and_back(text: str, told: list[str]) -> None:
    """A text with either of the two has both, the longest that fits, and no word that only looks alike."""
    assert also(written(text)) == told


def test_the_glossary_says_each_thing_once() -> None:
    """An entry of the glossary has both already."""
    assert also(written("RoH: Risk of Harm", kind=Kind.GLOSSARY)) == []


def test_hostile_text_is_text() -> None:
    """Nothing in a text or a title becomes an element or an attribute of a document."""
    entry = Entry(("</p><script>x</script>",), '"><script>y</script>', label='"')
    (page,) = documents([Record(Kind.PAGE, "<img src=x onerror=z>", "a/", (entry,))], []).values()
    assert "<script" not in page
    assert "<img" not in page


def test_words_stand_by_how_often_they_are_used() -> None:
    """The list for mending typing errors has each word once, in small letters, and neither numbers nor markup."""
    page = written("Plan the plan, says the planner’s plan of 2007.", "A plan & no more.")
    found = list_words(count_words([page])).split()
    assert found[0] == "plan"
    assert {"planner’s", "says", "more"} <= set(found)
    assert not set(found) & {"2007", "html", "meta", "amp", "of"}
    assert len(found) == len(set(found))


def test_a_page_is_found_by_its_headings() -> None:
    """Each heading with an id is a place; marks of Markdown and HTML are no words; boxes of code are."""
    text = '---\ntitle: "R&amp;D"\n---\n# R&D\n\nFirst *word*, a [link](x.md).\n\n## Ready {#ready}\n\nType:\n\n```sh\nmake ready\n```\n\n### Deeper\n\n<p>Then <b>wait</b>.</p>\n'
    (record,) = of_page("guide/", text)
    assert record.title == "R&D"
    told = [(entry.anchor, " / ".join(map(str, entry.texts))) for entry in record.entries]
    assert told == [
        ("", "First word, a link."),
        ("ready", "Ready / Type: make ready"),
        ("ready", "Deeper / Then wait ."),
    ]


def test_a_report_with_nothing_recorded_has_no_empty_record(tmp_path: Path) -> None:
    """Under a criterion without areas for improvement there is nothing to find, and no record."""
    site = public(tmp_path, library(1))
    assert all(record.entries for record in records(site))
    assert {record.kind for record in records(site)} >= {Kind.STRENGTH, Kind.REPORT, Kind.AREA, Kind.CRITERION}
