"""Citations: what programs for references read of our files is what the report says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import rispy
import small_world
from public_world import public_site
from pybtex.database import BibliographyData, parse_string
from pylatexenc.latex2text import LatexNodes2Text
from small_world import INSPECTION

from omi_build.downloads import cite

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.publication import PublicReport

SITE = "https://inspections.example/"
SECTION = f"{SITE}reports/testshire-2040/1-cases/"
STRANGE = r"Fees & costs: 50% of £3 #1_a {b} \c ~d^e “Ŵy” $"
"""Every sign that one of the formats reads as its own, and letters from beyond English."""


def report(folder: Path, **about: Any) -> PublicReport:
    """Return the small report, with some of what its `inspection.yaml` says told otherwise."""
    files = small_world.world()
    files[f"{INSPECTION}/inspection.yaml"] |= about
    (found,) = public_site(folder, files).reports
    return found


def bibtex(files: dict[str, str], name: str = "cite.bib") -> BibliographyData:
    return parse_string(files[name], "bibtex")


def plain(latex: str) -> str:
    """Return what TeX would print; the reader has a letter of its own for the circumflex."""
    return str(LatexNodes2Text(keep_comments=True).latex_to_text(latex)).replace("ˆ", "^")


def files_of(one: PublicReport, site_url: str = SITE) -> dict[str, str]:
    return {file.name: file.content.decode() for file in cite.files(one, site_url)}


def test_a_report_is_cited_alike_in_the_three_forms(tmp_path: Path) -> None:
    """Author, title, year, month, ISBN and address are the report's; the author is one body."""
    publication = {"status": "published", "date": "2040-08-14", "isbn_print": "978-1-84726-356-8"}
    one = report(tmp_path, publication=publication, title="Work in Testshire")
    files = files_of(one)
    text = cite.as_text(cite.report_work(one, SITE))
    entry = bibtex(files).entries["testshire-2040"]
    (ris,) = rispy.loads(files["cite.ris"])
    author, isbn, url = one.about.lead_body, "978-1-84726-356-8", f"{SITE}reports/testshire-2040/"
    assert text == f"{author} (2040) Work in Testshire. Published 14 August 2040. ISBN {isbn}. {url}"
    assert [plain(str(person)) for person in entry.persons["author"]] == [author]
    assert (entry.persons["author"][0].first_names, entry.persons["author"][0].prelast_names) == ([], [])
    assert (plain(entry.fields["title"]), entry.fields["year"], entry.fields["month"]) == (
        "Work in Testshire",
        "2040",
        "August",
    )
    assert (entry.fields["date"], entry.fields["isbn"], entry.fields["url"]) == ("2040-08-14", isbn, url)
    assert (ris["type_of_reference"], ris["authors"], ris["title"], ris["year"], ris["date"], ris["issn"]) == (
        "RPRT",
        [author],
        "Work in Testshire",
        "2040",
        "2040/08/14/",
        isbn,
    )
    assert ris["urls"] == [url]


def test_every_finding_has_a_citation_with_its_place_and_its_words(tmp_path: Path) -> None:
    """In the order of the report, each with its own key and the address that its letter leads to."""
    one = report(tmp_path)
    files = files_of(one)
    entries, records = bibtex(files, "cite-findings.bib").entries, rispy.loads(files["cite-findings.ris"])
    assert list(entries) == [
        f"testshire-2040-{place}"
        for place in ("1-1-strength-a", "1-1-strength-b", "1-2-improvement-a", "2-1-strength-a")
    ]
    late = entries["testshire-2040-1-2-improvement-a"]
    assert late.fields["note"] == "criterion 1.2, area for improvement (a)."
    assert late.fields["abstract"] == records[2]["abstract"] == "It was late."
    assert late.fields["url"] == records[2]["urls"][0] == f"{SECTION}#c1-2-improvement-a"
    assert records[2]["section"] == "criterion 1.2, area for improvement (a)"


def test_signs_of_the_formats_stand_for_themselves(tmp_path: Path) -> None:
    """A title and a body's name come back as they were written, with braces, backslashes and letters of Welsh."""
    files = files_of(report(tmp_path, title=STRANGE, lead_body=f"{STRANGE} and sons"))
    entry = bibtex(files).entries["testshire-2040"]
    (ris,) = rispy.loads(files["cite.ris"])
    assert plain(entry.fields["title"]) == STRANGE
    assert [plain(str(person)) for person in entry.persons["author"]] == [f"{STRANGE} and sons"]
    assert (ris["title"], ris["authors"]) == (STRANGE, [f"{STRANGE} and sons"])


def test_a_citation_says_that_the_report_was_corrected(tmp_path: Path) -> None:
    """Whoever cites a corrected report cites which state of it."""
    files = small_world.world()
    files[f"{INSPECTION}/inspection.yaml"]["publication"]["corrections"] = [{"date": "2040-12-02", "text": "A count."}]
    (one,) = public_site(tmp_path, files).reports
    told = files_of(one)
    assert "Corrected 2 December 2040." in cite.as_text(cite.report_work(one))
    assert bibtex(told).entries["testshire-2040"].fields["note"] == "Corrected 2 December 2040."
    assert rispy.loads(told["cite.ris"])[0]["notes"] == ["Corrected 2 December 2040."]


@pytest.mark.parametrize("date", ["2040", "2040-08"])
def test_a_date_is_as_exact_as_it_is_known(tmp_path: Path, date: str) -> None:
    """No day or month is made up."""
    files = files_of(report(tmp_path, publication={"status": "published", "date": date}))
    entry = bibtex(files).entries["testshire-2040"]
    assert entry.fields["date"] == date
    assert ("month" in entry.fields) == ("-" in date)
    assert rispy.loads(files["cite.ris"])[0]["date"].rstrip("/") == date.replace("-", "/")


def test_without_the_sites_address_no_address_is_made_up(tmp_path: Path) -> None:
    """A relative address leads nowhere from a list of references."""
    files = files_of(report(tmp_path), site_url="")
    assert "url" not in bibtex(files).entries["testshire-2040"].fields
    assert "urls" not in rispy.loads(files["cite.ris"])[0]
    assert "reports/" not in "".join(files.values())


def test_the_gaps_filled_are_what_the_files_say(tmp_path: Path) -> None:
    """What a page's script makes for a finding is the citation that the files have, but for its words."""
    one = report(tmp_path)
    work = next(cite.finding_works(one, SITE))
    filled = {
        name: form.replace("@key@", work.key).replace("@place@", work.place).replace("@url@", work.url)
        for name, form in cite.gaps(one, SITE).items()
    }
    entry = parse_string(filled["bibtex"], "bibtex").entries[work.key]
    full = bibtex(files_of(one), "cite-findings.bib").entries[work.key]
    assert dict(entry.fields) | {"abstract": work.words} == dict(full.fields)
    assert filled["text"] == cite.as_text(work)
    (ris,) = rispy.loads(filled["ris"])
    assert ris | {"abstract": work.words} == rispy.loads(files_of(one)["cite-findings.ris"])[0]
