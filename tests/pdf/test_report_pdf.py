"""The report as one PDF: what a reader, a screen reader and a printer get."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pikepdf
import pypdfium2
import pytest
import small_world
from building import REAL_DAY, REPOSITORY, words_of, write
from hostile_world import HOSTILE, world
from selectolax.lexbor import LexborHTMLParser

from omi_build.pdf import PdfError, tree, typeset
from omi_build.project import Project
from omi_build.site import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REAL = "reports/derbyshire-2007/"


def project(content: Path, on: str, *, templates: Path = REPOSITORY / "site_templates", pdf: bool = True) -> Project:
    day = datetime.date.fromisoformat(on)
    return Project(content, REPOSITORY / "schemas", templates, day, site_url="https://site.example/", pdf=pdf)


def files_of(folder: Path, content: Mapping[str, Any], on: str = "2041-01-01") -> dict[str, bytes]:
    """Write content below a folder, and return the files of its site."""
    write(folder / "content", content)
    # HTML in a text is refused before it gets here; what stands behind that must hold too.
    with patch("omi_build.checking.markup_problems", lambda _documents: iter(())):
        return build_site(project(folder / "content", on)).files


def of(files: Mapping[str, bytes]) -> bytes:
    """Return the only PDF among files."""
    (found,) = (raw for path, raw in files.items() if path.endswith(".pdf"))
    return found


@pytest.fixture(scope="module")
def real() -> dict[str, bytes]:
    """The files of the repository's own content."""
    return build_site(project(REPOSITORY / "content", REAL_DAY)).files


@pytest.fixture(scope="module")
def pdf(real: dict[str, bytes]) -> Iterator[pikepdf.Pdf]:
    """The PDF of Derbyshire."""
    with pikepdf.open(io.BytesIO(of(real))) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return list(typeset.elements_of(pdf.Root.StructTreeRoot, f"/{kind}"))


def pages_of(raw: bytes) -> list[str]:
    """Return the text of each page, as a reader copies it."""
    document = pypdfium2.PdfDocument(raw)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def letters(text: str) -> str:
    """Return what of a text is left where lines, spaces and quotation marks may differ."""
    return re.sub(r"\W", "", text)


def test_it_says_that_it_is_accessible(pdf: pikepdf.Pdf) -> None:
    """Tags, language, a title in the window, and the mark of PDF/UA-1."""
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Offender management in Derbyshire"


def test_it_has_the_reports_pages_as_headings_and_bookmarks(real: dict[str, bytes], pdf: pikepdf.Pdf) -> None:
    """Each page of the report but those of its data and its citations is a chapter, with its criteria below."""
    online = ("/data/index.md", "/cite/index.md")
    pages = [p for p in real if p.startswith(REAL) and p.endswith("/index.md") and not p.endswith(online)]
    with pdf.open_outline() as outline:
        chapters = [item for item in outline.root if item.title != "Contents"]
        assert chapters[0].title == "Overview"
        assert [item.title for item in chapters[1].children][:2] == [
            "1.1 Preparing for sentence",
            "1.2 Assessment of Risk of Harm",
        ]
    assert len(chapters) == len(pages)
    assert len(elements(pdf, "H1")) == len(pages) + 1  # the contents have one too
    assert len(elements(pdf, "TOCI")) > 40


def test_every_table_has_headers_of_columns_and_rows(pdf: pikepdf.Pdf) -> None:
    """A cell is read out with the names of its row and its column."""
    tables = elements(pdf, "Table")
    assert len(tables) > 10
    for row in elements(pdf, "TR"):
        first = typeset.kids_of(row)[0]
        assert first.S == "/TH"
        assert any(attributes.get("/Scope") in {"/Row", "/Column"} for attributes in typeset.attributes_of(first))


def test_every_chart_is_described_and_drawn_in_vectors(pdf: pikepdf.Pdf) -> None:
    """What a chart shows is told in words; nothing in the report is a picture made of dots."""
    charts = elements(pdf, "Figure")
    assert len(charts) == 4
    assert "1.1 Preparing for sentence: 82% good" in str(charts[0].Alt)
    assert not [page for page in pdf.pages if page.get_images()]


def test_it_holds_every_finding(real: dict[str, bytes]) -> None:
    """No word of a finding, a recommendation or a note is lost on the way to paper, be it over two pages."""
    pages = pages_of(of(real))
    told = letters("".join(page.partition(f"of {len(pages)}")[2] or page for page in pages))
    looked = []
    for path, raw in real.items():
        if path.startswith(REAL) and path.endswith("/index.md") and "/data/" not in path:
            page = LexborHTMLParser(raw.decode())
            looked += page.css(".omi-findings__text > p, .omi-recommendations > li > p, .omi-note p, .omi-conclusion")
    assert len(looked) > 200
    assert [node.text() for node in looked if letters(node.text()) not in told] == []


def test_words_of_the_glossary_are_words_alone(real: dict[str, bytes], pdf: pikepdf.Pdf) -> None:
    """On paper nothing explains itself: no link from each of them to a page elsewhere, and none of what they mean."""
    noted = [note for page in pdf.pages for note in page.get("/Annots", [])]
    addresses = [str(note.A.URI) for note in noted if "/A" in note and "/URI" in note.A]
    assert "https://site.example/glossary/" in addresses
    assert [address for address in addresses if "glossary/#" in address] == []
    assert b'title="The cases in the sample' in real[f"{REAL}2-implementation-of-interventions/index.md"]
    assert letters("The cases in the sample to which") not in letters("".join(pages_of(of(real))))


def test_the_title_page_has_the_numbers_and_the_date(real: dict[str, bytes]) -> None:
    """ISBNs and the date of publication stand before all else, and what is no synthetic report has no banner."""
    first = words_of(pages_of(of(real))[0])
    for words in ("978-1-84726-357-5", "978-1-84726-356-8", "August 2007", "HM Inspectorate of Probation"):
        assert words_of(words) in first
    assert "Synthetic" not in first


def test_each_page_says_where_it_belongs(real: dict[str, bytes]) -> None:
    """A page that is passed on alone tells its report, its number, and how many there are."""
    pages = pages_of(of(real))
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages[1:], 2))
    assert all(page.startswith("Derbyshire 2007") for page in pages[1:])


def test_the_overview_leads_to_it_with_its_size(real: dict[str, bytes]) -> None:
    """The link says what it is and how large; the list of files has it too."""
    page = LexborHTMLParser(real[f"{REAL}index.md"].decode())
    (link,) = page.css("a[href$='.pdf']")
    assert re.fullmatch(r"PDF \(\d+ KB\)", link.text())
    assert b"derbyshire-2007.pdf" in real[f"{REAL}data/index.md"]


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    """The same content gives the same bytes, on a later day too."""
    first = of(files_of(tmp_path / "a", small_world.world()))
    assert first == of(files_of(tmp_path / "b", small_world.world(), "2042-02-02"))


def test_a_site_without_them_has_no_link_to_one(tmp_path: Path) -> None:
    """Where PDFs are switched off, nothing tells of them."""
    write(tmp_path / "content", small_world.world())
    files = build_site(project(tmp_path / "content", "2041-01-01", pdf=False)).files
    assert not [path for path, raw in files.items() if path.endswith(".pdf") or b".pdf" in raw]


@pytest.mark.parametrize("words", [HOSTILE, '#panic("x") $x$ @label `x`'], ids=["web", "type"])
def test_text_is_never_code(tmp_path: Path, words: str) -> None:
    """What would be code to a browser or to the typesetter stands on the page for itself."""
    told = letters("".join(pages_of(of(files_of(tmp_path, world(words))))))
    assert told.count(letters(words)[:12]) > 20


def test_a_made_up_report_says_so_on_every_page(tmp_path: Path) -> None:
    """The banner stands on paper too, on whichever page is torn out."""
    content = world("x")
    content["inspections/northmoor-2040/inspection.yaml"]["synthetic"] = True
    pages = pages_of(of(files_of(tmp_path, content)))
    assert all("Synthetic: this area, its cases and all findings are made up." in page for page in pages)


def test_a_sign_that_no_font_holds_stops_nothing(tmp_path: Path) -> None:
    """PDF/UA allows no such sign; the sign for one that is lacking stands in its place."""
    told = "".join(pages_of(of(files_of(tmp_path, world("日本 ŵ")))))
    assert "ŵ" in told
    assert "日" not in told


def test_a_slip_in_the_template_is_told_with_its_line(tmp_path: Path) -> None:
    """Whoever changes the layout learns where it is wrong."""
    template = tmp_path / "report.typ"
    template.write_text('#set document(title: "x")\n= One\n#nonsense()\n', encoding="utf-8")
    with pytest.raises(PdfError, match=r"site_templates/pdf/report\.typ:3: unknown variable: nonsense"):
        typeset.typeset({}, template, datetime.date(2040, 1, 1))


def test_a_column_has_room_for_its_longest_word() -> None:
    """The rest of the line goes to the column with most to say."""
    first, second = tree.widths([["Question", "Derbyshire"], ["Some words " * 9, "98%"]], figures=False)
    assert second > len("Derbyshire")
    assert first > 3 * second
