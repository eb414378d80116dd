"""The last scan finds each kind of what must not be published, in each kind of file, and nothing else."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from omi_build.disclosure import Withheld
from omi_build.scan import Hit, ScanError, Secrets, look

RUN = tuple("the unit had lost sight of its oldest".split())
SECRETS = Secrets(
    frozenset({("kent", "2041"), ("kent", "2042"), ("north kent", "2043"), ("dyffryn-celynwŷ", "2041")}),
    frozenset({"kent", "north kent", "north-kent"}),
    frozenset({"unseen account of kent"}),
    frozenset({RUN}),
    frozenset({"quillon netsaf"}),
    frozenset({"AB123", "C001"}),
    {"northmoor-2040": Withheld(frozenset({"2.1.3"}), frozenset({("criterion", "2.1"), ("thread", "harm")}))},
)

AREA = "the area and the year"
WORDS = "words of a report"
TITLE = "the title of a report"
CASE = "the reference of a case"


def found(path: str, content: str | bytes) -> list[Hit]:
    return look(path, content.encode() if isinstance(content, str) else content, SECRETS)


def indexed(text: str) -> bytes:
    """Return a record of the search index with this text, as Pagefind packs it."""
    return gzip.compress(b"pagefind_dcd" + json.dumps({"url": "/a/1.html", "content": text}).encode())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Unseen account\nof Kent", TITLE),
        ("So the unit had lost sight of its oldest cases.", WORDS),
        ("Kent 2041: 1.2 Assessment", AREA),
        ("Written by Quillon Netsaf.", "assigned to write"),
        ("As in case AB123, nothing was done.", CASE),
        ("His number is A1234BC.", "a prison number"),
    ],
)
def test_the_search_index_is_unpacked(text: str, what: str) -> None:
    """What stands in a record of the search is found, though the file is packed and its name doesn't say so."""
    (hit,) = found("pagefind/groups/0123456789ab/fragment/en_0123abc.pf_fragment", indexed(text))
    assert what in hit.what
    assert found("pagefind/groups/0123456789ab/fragment/en_0123abc.pf_fragment", indexed("Nothing of the kind.")) == []


def test_entries_of_a_record_are_apart() -> None:
    """The end of one finding and the beginning of the next say nothing together; within one finding they do."""
    for location, hits in ((4, 0), (1, 1)):
        record = {"content": f"Northmoor. {' '.join(RUN)} cases.", "anchors": [{"location": location}]}
        packed = gzip.compress(b"pagefind_dcd" + json.dumps(record).encode())
        assert len(found("pagefind/groups/0123456789ab/fragment/en_0123abc.pf_fragment", packed)) == hits


def test_an_index_that_cannot_be_unpacked_is_refused() -> None:
    """Nobody could say what is in it."""
    (hit,) = found(
        "pagefind/groups/0123456789ab/fragment/en_0123abc.pf_fragment", indexed("Unseen account of Kent")[:40]
    )
    assert "can’t be unpacked" in hit.what


def test_the_list_of_words_is_no_text() -> None:
    """That two words follow each other in the list of the search's words says nothing; what one word says is found."""
    assert found("pagefind/words.txt", "quillon\nnetsaf\nunseen\naccount\nof\nkent\n") == []
    (hit,) = found("pagefind/words.txt", "kent\nA1234BC\n")
    assert "a prison number" in hit.what


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("a/index.html", '<a href="../kent-2041/">x</a>', AREA),
        ("a/index.html", '<a href="/reports/kent-2041-corrected/">x</a>', AREA),
        ("a/index.html", "<p>In Kent\n(2041) little was done.</p>", AREA),
        ("a/index.html", "<p>Kent, 2042: soon.</p>", AREA),
        ("a/index.html", '<a href="mailto:a@b.example?subject=KENT%202041">x</a>', AREA),
        ("feed.json", '{"id": "KENT_2041"}', AREA),
        ("sitemap.xml", "<loc>https://x.example/reports/kent-2041/</loc>", AREA),
        ("data/kent-2041.csv", "a,b\r\n", "name tells"),
        ("a/index.html", "<h2>Unseen <em>account</em>&#32;of\n Kent</h2>", TITLE),
        ("a/index.html", '<meta name="description" content="Soon to come: Unseen account of Kent">', TITLE),
        ("feed.xml", "<content>&lt;p&gt;Unseen &lt;b&gt;account&lt;/b&gt; of Kent&lt;/p&gt;</content>", TITLE),
        ("a.svg", "<svg><text><tspan>Unseen account</tspan><tspan>of Kent</tspan></text></svg>", TITLE),
        ("a/index.html", "<p>So the unit had <abbr>lost</abbr> sight of its oldest cases.</p>", WORDS),
        ("data/findings.csv", '1,"The unit had lost sight\nof its oldest"\r\n', WORDS),
        ("a/index.html", "<p>Written by Quillon Netsaf.</p>", "assigned to write"),
        ("data/x.csv", "case,score\r\nC001,3\r\n", CASE),
        ("data/x.json", '{"case": "C001"}', CASE),
        ("a/index.html", "<td> C001 </td>", CASE),
        ("a/index.html", '<tr data-case="C001">', CASE),
        ("a/index.html", "<p>As in case AB123, nothing was done.</p>", CASE),
        ("a/index.html", "<p>His number is A1234BC.</p>", "a prison number"),
        ("a/index.html", "<p>PNC 2001/1234567D</p>", "a PNC number"),
        ("a/index.html", "<p>123456/01D</p>", "a CRO number"),
        ("a/index.html", "<p>CRN X123456</p>", "(CRN)"),
        ("a/index.html", "<p>AB 12 34 56 C</p>", "a National Insurance number"),
        ("a/index.html", "<p>943 476 5919</p>", "an NHS number"),
        ("assets/omi.css", "/* A1234BC */", "a prison number"),
    ],
)
def test_what_must_not_be_published_is_found(path: str, text: str, what: str) -> None:
    """Each kind is found through tags, entities, line breaks and escapes, with a place in a text; nothing is repeated."""
    (hit,) = found(path, text)
    assert what in hit.what
    assert hit.place is not None or what == "name tells"
    for secret in ("kent", "2041", "oldest", "netsaf", "AB123", "C001", "1234", "5919"):
        assert secret.lower() not in str(hit).removeprefix(path).lower()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a/index.html", "<p>Kent has 2041 people on orders; in 2041 nothing else happened there.</p>"),
        ("a/index.html", "<p>North Kent 2041 and Kent 2040</p>"),
        ("a/index.html", "<p>reports/north-kent-2041/</p>"),
        ("a/index.html", "<td>Kent</td><td>2041-02-15</td>"),
        ("a/index.html", "<p>Published in Kent, 2041-02-15; tel. 01234 2041</p>"),
        ("a/index.html", "<p>brokent 2041</p>"),
        ("a/index.html", "<p>The unit had lost sight of its youngest. Their oldest had not.</p>"),
        ("a/index.html", "<p>Take the C001 road. See D001, AB1234 and XAB123.</p>"),
        ("a/index.html", '<a href="#AB123">x</a>'),
        ("a/index.html", "<p>ISBN 1 84726 356 1, ISBN 1847263569, tel. 020 7946 0000, 2039/2040, SW1A 2AA</p>"),
        ("a/index.html", '<svg><path d="M1234567,12H123456V2A10 10 0 0 0 1 1"/></svg>'),
        ("a/index.html", "<p>Write to enquiries@inspectorate.example by 2041-01-31.</p>"),
        ("assets/javascripts/bundle.js", "var A1234BC=C001"),
        ("data/x.csv", "a,b\r\n1,2\r\n"),
    ],
)
def test_what_may_be_published_is_let_pass(path: str, text: str) -> None:
    """An area by name, a year by itself, other areas' reports, roads, ISBNs and addresses of offices are no secrets."""
    assert found(path, text) == []


def test_a_place_is_that_of_the_words_in_the_file() -> None:
    """Line and column are those that an editor shows, where the words go through markup too."""
    (hit,) = found("a/index.html", "<p>\n  <b>Unseen</b> account of&nbsp;Kent")
    assert hit.place is not None
    assert (hit.place.line, hit.place.column) == (2, 6)
    assert str(hit).startswith("a/index.html:2:6: here stands the title of a report that isn’t public. Take it out")


def test_each_kind_is_told_once_a_file_and_all_are_told() -> None:
    """Several kinds in several files come together."""
    page = "<p>kent-2041, kent-2042, AB123, Quillon Netsaf</p>"
    hits = [*found("a.html", page), *found("b.html", page)]
    assert [hit.path for hit in hits] == ["a.html"] * 3 + ["b.html"] * 3
    assert str(ScanError(hits)).count("\n") == 6
    assert str(ScanError(hits * 50)).endswith("and 200 more")


@pytest.mark.parametrize("around", [" ", "‘“–”’", "".join(map(chr, range(0x2190, 0x2200)))])
def test_words_are_found_among_all_signs(around: str) -> None:
    """Few signs beyond ASCII are taken out of a text one by one; where it has very many, that would take long."""
    (hit,) = found("a.html", f"<p>{around}Unseen{around}account{around} of Kent{around}</p>")
    assert hit.what.startswith(f"here stands {TITLE}")


@pytest.mark.parametrize("before", range(12))
def test_a_run_of_words_is_found_wherever_it_begins(before: int) -> None:
    """Of a run every word counts, at any place of a text."""
    words = ["word"] * before + list(RUN)
    (hit,) = found("a.html", f"<p>{' '.join([*words, 'end'])}</p>")
    assert WORDS in hit.what
    assert found("a.html", f"<p>{' '.join(words[:-1])} end</p>") == []
    assert found("a.html", f"<p>{' '.join(['word', *words[before + 1 :]])}</p>") == []


def test_a_name_may_be_broken_into_two_lines() -> None:
    """The longer name is meant in a drawing too; where nothing of it stands before, the shorter one is."""
    line = '<text x="20" y="406" font-size="12" font-weight="400" fill="#51626c">'
    assert found("a/charts/one.svg", f"{line}The report on North</text>{line}Kent 2041, Inspectorate</text>") == []
    (hit,) = found("a/charts/one.svg", f"{line}The report on North</text>{line}Kent 2043, Inspectorate</text>")
    assert AREA in hit.what
    (hit,) = found("a/charts/one.svg", f"{line}The report on</text>{line}Kent 2041, Inspectorate</text>")
    assert AREA in hit.what


def test_a_run_of_words_stands_in_one_cell_of_a_table() -> None:
    """What ends in one and goes on in the next is no run; a comma in a cell, or a line, is no end."""
    words = " ".join(RUN)
    (hit,) = found(
        "data/findings.csv", f'area,text\nkent,"so, {words.replace("lost", "lost,").replace(" of", chr(10) + "of")}."\n'
    )
    assert WORDS in hit.what
    first, second = " ".join(RUN[:4]), " ".join(RUN[4:])
    assert found("data/findings.csv", f"area,text,address\nkent,{first},{second}\n") == []
    assert found("data/findings.csv", f"area,text\nkent,{words.rpartition(' ')[0]}\n{RUN[-1]},x\n") == []


@pytest.mark.parametrize("place", [0, 4_999, 5_000, 12_345])
def test_a_large_table_is_looked_through_to_its_end(place: int) -> None:
    """Wherever among thousands of rows the words stand, the place is told; a run that begins in one cell ends there."""
    rows = [f"{n},fine" for n in range(12_346)]
    rows[place] = f'{place},"{" ".join(RUN)}"'
    (hit,) = found("data/findings.csv", "\n".join(rows))
    assert WORDS in hit.what
    assert hit.place
    assert hit.place.line == place + 1


def test_what_is_packed_is_unpacked() -> None:
    """The sitemap's .gz is looked into; one that can't be unpacked is not let pass."""
    (hit,) = found("sitemap.xml.gz", gzip.compress(b"<loc>/reports/kent-2041/</loc>"))
    assert AREA in hit.what
    (hit,) = found("sitemap.xml.gz", b"no gzip")
    assert "can’t be unpacked" in hit.what


def pdf(words: str) -> bytes:
    """Return a PDF of one page by hand: what it says is packed, so that only a reader of PDFs finds it."""
    stream = zlib.compress(f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Author(Quillon Netsaf)>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def test_a_pdf_is_read() -> None:
    """The words of its pages and its metadata are looked through; one that can't be read is not let pass."""
    whats = [hit.what for hit in found("reports/a/a.pdf", pdf("Kent 2041: the unit had lost sight of its oldest."))]
    assert [any(part in what for what in whats) for part in (AREA, WORDS, "assigned to write")] == [True] * 3
    (hit,) = found("reports/a/a.pdf", b"%PDF-1.4 no more")
    assert "can’t be read" in hit.what


def picture(kind: str, **carried: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind, **carried)
    return out.getvalue()


def exif(tags: dict[int, Any]) -> Image.Exif:
    made = Image.Exif()
    for tag, value in tags.items():
        made[tag] = value
    return made


def test_pictures_carry_nothing_unseen() -> None:
    """Who took a picture, where, and secrets in its notes stop it; a plain picture passes."""
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "Unseen account of Kent")
    author = PngImagePlugin.PngInfo()
    author.add_itxt("Author", "Somebody")
    xmp = b"<x:xmpmeta><dc:creator><rdf:li>Somebody</rdf:li></dc:creator></x:xmpmeta>"
    assert found("assets/a.png", picture("PNG")) == found("assets/a.jpg", picture("JPEG")) == []
    for name, raw, what in (
        ("a.png", picture("PNG", pnginfo=note), "in its metadata stands the title"),
        ("a.png", picture("PNG", pnginfo=author), "who took it"),
        ("a.jpg", picture("JPEG", exif=exif({0x013B: "Somebody"})), "who took it"),
        ("a.jpg", picture("JPEG", exif=exif({0x8825: {1: "N", 2: (51.0, 30.0, 0.0)}})), "or where"),
        ("a.webp", picture("WEBP", exif=exif({0x013B: "Somebody"})), "who took it"),
        ("a.jpg", picture("JPEG", xmp=xmp), "who took it"),
        ("a.jpg", picture("JPEG", comment="A1234BC"), "a prison number"),
    ):
        (hit,) = found(f"assets/{name}", raw)
        assert what in hit.what, (name, what)


QUESTION = {"ref": "2.1.3", "sufficient": None, "relevant": None, "percentage": None, "range": None, "weight": 20}


def report(question: dict[str, Any], **more: Any) -> str:
    criterion = {"ref": "2.1", "score": None, "range": None, "questions": [QUESTION | question]} | more
    other = {"ref": "2.2", "score": 40, "range": None, "questions": [QUESTION | {"ref": "2.2.1", "sufficient": 3}]}
    section = {"number": 2, "score": 50, "range": None, "criteria": [criterion, other]}
    return json.dumps({"sections": [section], "scores": {"harm": None}, "ranges": {"harm": None}})


@pytest.mark.parametrize(
    ("question", "more", "told"),
    [
        ({}, {}, []),
        ({"sufficient": 3}, {}, ["question 2.1.3"]),
        ({"relevant": 20}, {}, ["question 2.1.3"]),
        ({"percentage": 0.0}, {}, ["question 2.1.3"]),
        ({"range": {"low": 1, "high": 9}}, {}, ["question 2.1.3"]),
        ({}, {"score": 71}, ["criterion 2.1"]),
    ],
)
def test_withheld_numbers_are_found_in_the_data(
    question: dict[str, Any], more: dict[str, Any], told: list[str]
) -> None:
    """A count, percentage, range or score that is withheld stops its report.json; what isn't withheld passes."""
    hits = found("reports/northmoor-2040/report.json", report(question, **more))
    assert [part for part in ("question 2.1.3", "criterion 2.1") if any(part in hit.what for hit in hits)] == told
    assert found("reports/other-2040/report.json", report({"sufficient": 3})) == []
    (hit,) = found("reports/northmoor-2040/report.json", "[1]")
    assert "no data of a report" in hit.what


def table(*rows: dict[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_withheld_numbers_are_found_in_the_tables() -> None:
    """The same in CSV, with the line; rows of other questions and other reports pass."""
    row = {"report": "northmoor-2040", "section": 2, "criterion": "2.1", "question": "2.1.3", "sufficient": ""}
    fine = [row, row | {"question": "2.1.2", "sufficient": 7}, row | {"report": "other-2040", "sufficient": 7}]
    assert found("data/questions.csv", table(*fine)) == []
    (hit,) = found("data/questions.csv", table(*fine, row | {"sufficient": 7}))
    assert str(hit).startswith("data/questions.csv:5:1: here stands a number for question 2.1.3, which is withheld")
    score = {"report": "northmoor-2040", "section": 2, "criterion": "2.1", "score": "", "range_low": ""}
    assert found("data/scores.csv", table(score, score | {"criterion": "2.2", "score": 40})) == []
    assert len(found("data/scores.csv", table(score | {"score": 71}))) == 1
    assert len(found("data/scores.csv", table(score | {"section": "", "criterion": "harm", "score": 71}))) == 1


@pytest.mark.parametrize(("cell", "passes"), [("[c]", True), ("7", False), ("<span>35%</span>", False)])
def test_withheld_numbers_are_found_on_pages(cell: str, *, passes: bool) -> None:
    """A row of working whose count is withheld holds no number but its weight."""
    row = (
        '<tr id="q2-1-3"><th scope="row"><span class="omi-letter">2.1.3</span> Were 5 things done?</th>'
        f'<td data-label="Sufficient">{cell}</td><td data-label="Weight">20%</td></tr>'
    )
    assert (found("reports/northmoor-2040/2-work/index.html", row) == []) is passes


def test_a_file_of_another_kind_is_looked_through_as_bytes() -> None:
    """What no program here reads may still name a report that isn't public."""
    (hit,) = found("data/notes.bin", b"\x00\xff kent-2041 \x00")
    assert AREA in hit.what
