"""A site in two languages: each page says its language, leads to the other, and shows no text of it as its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from building import BuiltSite, HtmlPage, build, make_project, once, one_line
from lxml import etree
from two_languages import BOTH, ENGLISH_ALONE, WELSH_ALONE, two_languages

from omi_build.languages import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

pytestmark = pytest.mark.xdist_group("two-languages")

ENGLISH, WELSH = f"reports/{BOTH}/", f"cy/reports/{BOTH}/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the world in two languages."""
    built = once(
        "two-languages",
        lambda: build(make_project(tmp_path_factory.mktemp("two") / "p", two_languages()), "2041-01-01"),
    )
    assert built.run.code == 0, built.run.output
    return built


def texts(page: HtmlPage) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of every piece of text on a page that is read."""
    for node in page.tree.root.traverse(include_text=True):
        text = one_line(node.text(deep=False) or "") if node.tag == "-text" else ""
        if text and not any(one.tag in {"script", "style"} for one in above(node)):
            yield next(str(one.attributes["lang"]) for one in above(node) if one.attributes.get("lang")), text


def above(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def test_every_page_says_its_language(site: BuiltSite) -> None:
    """Pages below cy/ are marked as Welsh, all others as English, to browsers and to link previews."""
    pages = [page for page in site.pages.values() if page.tree.css_first("article")]
    assert len(pages) > 80
    for page in pages:
        language = "cy" if page.path.startswith("cy/") else "en"
        assert page.tree.css_first("html").attributes["lang"] == language, page.path
        locale = page.tree.css_first('meta[property="og:locale"]').attributes["content"]
        assert locale == f"{language}_GB"


def test_no_sentence_of_the_interface_stands_in_english_on_a_welsh_page(site: BuiltSite) -> None:
    """What has Welsh words is said in them; English stands there only where it is marked as English."""
    with CATALOGUE.open("rb") as file:
        english = {m.id for m in read_po(file, locale="cy") if isinstance(m.id, str) and m.id and m.id != m.string}
    welsh = [page for path, page in site.pages.items() if path.startswith("cy/")]
    assert len(welsh) > 30
    left = {
        (page.path, text) for page in welsh for language, text in texts(page) if language == "cy" and text in english
    }
    assert left == set()


def test_a_text_without_welsh_words_is_marked_and_said_to_be_in_english(site: BuiltSite) -> None:
    """A finding that isn't translated stands in English, marked for screen readers, with a note in Welsh above it."""
    page = site.page(f"{WELSH}1-cases/")
    first, second = (page.tree.css_first(f"#c1-1-strength-{letter}") for letter in "ab")
    assert "Roedd" in first.text()
    assert not first.css("[lang]")
    (foreign,) = second.css('[lang="en"]')
    assert "It was clear." in foreign.text()
    assert foreign.css_first('[lang="cy"]').text() == "Yn Saesneg yn unig"
    assert "4 testun" in page.tree.css_first(".omi-in-language").text()


def test_a_report_has_the_same_places_in_both_languages(site: BuiltSite) -> None:
    """Each page of the report has a twin with the same anchors, so that a citation holds in either language."""
    english = {path.removeprefix(ENGLISH) for path in site.pages if path.startswith(ENGLISH)}
    welsh = {path.removeprefix(WELSH) for path in site.pages if path.startswith(WELSH)}
    assert english == welsh
    for path in english:
        ids = [[one for one in site.pages[top + path].ids if not one.startswith("__")] for top in (ENGLISH, WELSH)]
        anchors = [
            {one for one in own if one.startswith(("c1-", "c2-", "recommendation", "example", "q"))} for own in ids
        ]
        assert anchors[0] == anchors[1], path


def test_the_switch_leads_to_the_same_page_in_the_other_language(site: BuiltSite) -> None:
    """Where the page has no twin, the switch leads to the other language's home page, and says so."""
    for here, there, name, language in (
        (f"{ENGLISH}1-cases/", f"{WELSH}1-cases/", "Cymraeg", "cy"),
        (WELSH, ENGLISH, "English", "en"),
    ):
        page = site.page(here)
        switch = page.tree.css_first("a.omi-language")
        assert site.target(page, str(switch.attributes["href"]))[0] == f"{there}index.html"
        assert (switch.text(), switch.attributes["hreflang"], switch.attributes["lang"]) == (name, language, language)
    page = site.page(f"reports/{ENGLISH_ALONE}/")
    switch = page.tree.css_first("a.omi-language")
    assert site.target(page, str(switch.attributes["href"]))[0] == "cy/index.html"
    assert switch.text() == "Cymraeg: hafan"
    assert f"cy/reports/{ENGLISH_ALONE}/index.html" not in site.pages
    assert f"reports/{WELSH_ALONE}/index.html" not in site.pages


def test_alternates_name_each_other(site: BuiltSite) -> None:
    """Hreflang of a page and of its twin name the same two pages, both of which exist; the sitemap says the same."""
    top = "https://probation-inspections.example/"
    found = {}
    for page in site.pages.values():
        pair = {
            str(one.attributes["hreflang"]): str(one.attributes["href"])
            for one in page.tree.css('link[rel~="alternate"][hreflang]')
        }
        if pair:
            found[page.path] = (pair["en"], pair["cy"])
            assert pair["x-default"] == pair["en"]
    assert len(found) > 30
    for english, welsh in found.values():
        for address in (english, welsh):
            path = f"{address.removeprefix(top)}index.html"
            assert found[path] == (english, welsh)
    sitemap = etree.fromstring(site.files["sitemap.xml"])
    links = {one.get("href") for one in sitemap.iter("{http://www.w3.org/1999/xhtml}link")}
    assert links == {address for pair in found.values() for address in pair}


def test_lists_say_which_reports_are_in_the_other_language_alone(site: BuiltSite) -> None:
    """The Welsh list leads to an English report in English and says so, and the other way round."""
    for address, report, note, language in (
        ("cy/reports/", f"reports/{ENGLISH_ALONE}/", "(yn Saesneg)", "en"),
        ("reports/", f"cy/reports/{WELSH_ALONE}/", "(in Welsh)", "cy"),
    ):
        page = site.page(address)
        cells = page.tree.css("#reports-table th[scope=row]")
        assert len(cells) == 3
        (other,) = [cell for cell in cells if cell.css_first("a").attributes.get("hreflang") == language]
        assert site.target(page, str(other.css_first("a").attributes["href"]))[0] == f"{report}index.html"
        assert note in other.text()


def test_the_welsh_library_says_what_it_leaves_out(site: BuiltSite) -> None:
    """Recommendations in Welsh are those of reports in Welsh; the page says how many reports it has not, with the way there."""
    page = site.page("cy/recommendations/")
    assert "Byddwch ar amser." in page.words
    assert "Testshire" not in page.words
    told = page.tree.css_first(".omi-in-language")
    assert "1 adroddiad yn Saesneg yn unig" in told.text()
    assert site.target(page, str(told.css_first("a").attributes["href"]))[0] == "recommendations/index.html"


def test_the_welsh_home_page_says_that_its_words_are_to_be_checked(site: BuiltSite) -> None:
    """Machine-made Welsh doesn't pass for a translator's: a line there and at the foot of each page says so."""
    page = site.page("cy/")
    notice = page.tree.css_first(".omi-in-language")
    assert one_line(notice.text()).startswith("Cymraeg peiriant, heb ei wirio gan gyfieithydd. Mwy")
    assert notice.css_first("a").attributes["href"] == "#cymraeg"
    assert "cymraeg" in page.ids
    said = one_line(notice.text()).removesuffix(" Mwy")
    for other in site.pages.values():
        (foot,) = other.tree.css("footer.omi-footer")
        assert (said in one_line(foot.text())) == other.path.startswith("cy/"), other.path
    assert "Lle nad yw’n eglur, y Saesneg sy’n cyfrif." in page.words
    assert not site.page("").tree.css(".omi-in-language")


def test_every_link_of_both_languages_leads_somewhere(site: BuiltSite) -> None:
    """Links and anchors exist on Welsh pages too."""
    dead = [(page.path, link) for page, link, alive in site.links_within() if not alive]
    assert dead == []


def test_links_to_the_other_language_say_so(site: BuiltSite) -> None:
    """On a Welsh page each link to an English page is marked, for machines and, beside words, for readers."""
    for page in (page for path, page in site.pages.items() if path.startswith("cy/")):
        for link in page.tree.css("a[href]"):
            target, _ = site.target(page, str(link.attributes["href"]))
            if target in site.pages and not target.startswith("cy/"):
                assert link.attributes.get("hreflang") == "en", (page.path, link.html)


def test_data_and_feeds_say_the_language(site: BuiltSite) -> None:
    """report.json, the list of reports, JSON-LD and both feeds name the language of what they hold."""
    for address, language, title in ((ENGLISH, "en", "A synthetic report"), (WELSH, "cy", "Adroddiad synthetig")):
        report = json.loads(site.files[f"{address}report.json"])
        assert (report["language"], report["languages"], report["title"]) == (language, ["en", "cy"], title)
        (terms,) = site.page(address).tree.css('script[type="application/ld+json"]')
        assert json.loads(terms.text())["inLanguage"] == {"en": "en-GB", "cy": "cy"}[language]
    listed = {one["id"]: one["languages"] for one in json.loads(site.files["data/reports.json"])["reports"]}
    assert listed == {BOTH: "en cy", ENGLISH_ALONE: "en", WELSH_ALONE: "cy"}
    feed = json.loads(site.files["feed.json"])
    assert feed["language"] == "en-GB"
    languages = {one["url"].partition(".example/")[2]: one.get("language") for one in feed["items"]}
    assert languages == {
        ENGLISH: None,
        WELSH: "cy",
        f"reports/{ENGLISH_ALONE}/": None,
        f"cy/reports/{WELSH_ALONE}/": "cy",
    }
    atom = etree.fromstring(site.files["feed.xml"])
    spoken = [
        entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        for entry in atom.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    assert sorted(map(str, spoken)) == ["None", "None", "cy", "cy"]


def test_the_welsh_of_reports_can_be_searched_for(site: BuiltSite) -> None:
    """The Welsh index leads to the Welsh pages of both reports, by their Welsh words; English words stand in the English one."""
    found = {}
    for language in ("cy", "en"):
        found[language] = [one for one in site.search if one["index"] == language]
    told = [one for one in found["cy"] if "Roedd PSR yno." in one["content"]]
    assert [one["url"].startswith(f"/{WELSH}1-cases/") for one in told] == [True]
    assert "Cryfder." in told[0]["content"], "the kind of what is found is told in Welsh too"
    assert {one["url"].split("/")[3] for one in found["cy"]} == {BOTH, WELSH_ALONE}
    assert all(one["url"].startswith("/cy/reports/") for one in found["cy"])
    assert not any("It was clear." in one["content"] for one in found["cy"] if BOTH in one["url"])
    assert any("It was clear." in one["content"] for one in found["en"] if f"/{ENGLISH}" in one["url"])


def test_a_welsh_list_leaves_no_room_for_what_it_has_not(site: BuiltSite) -> None:
    """The finder of reports, which needs a script that speaks English, isn't on the Welsh list; no gap stands in its place."""
    assert not site.page("cy/reports/").tree.css("#find-reports")
    assert site.page("reports/").tree.css("#find-reports")


def test_figures_are_the_same_in_both_languages(site: BuiltSite) -> None:
    """The Welsh report has the English one's scores."""
    english, welsh = (json.loads(site.files[f"{top}report.json"]) for top in (ENGLISH, WELSH))
    scores = [[c["score"] for s in one["sections"] for c in s["criteria"]] for one in (english, welsh)]
    assert scores[0] == scores[1] == [72, 58, None]
