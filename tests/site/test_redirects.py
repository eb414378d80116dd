"""Addresses that moved lead on, for readers, search engines and hosts; and one that can't lead on stops the build."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
import small_world
from building import BuiltSite, build, make_project, once
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from omi_build.checks.moved import unfit_address
from omi_build.model.programme import Areas, Glossary, Programme, Themes
from omi_build.model.redirects import Redirect, Redirects
from omi_build.redirects import redirect_files

SITE = "https://example.org/inspections/"
MOVES = [
    {"from": "reports/testshire/", "to": "reports/testshire-2040/"},
    {"from": "old/table.html", "to": "glossary/#abbreviations"},
    {"from": "start/", "to": "/"},
    {"from": "law/", "to": "https://www.legislation.gov.uk/ukpga/2000/43?a=1&b=2"},
]


@pytest.fixture(scope="session")
def moved_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The small world with addresses that moved, built."""
    files = small_world.world() | {"redirects.yaml": {"redirects": MOVES}}
    return once("moved", lambda: build(make_project(tmp_path_factory.mktemp("moved"), files), "2041-01-01", fresh=True))


def stub(path: str, files: dict[str, bytes]) -> LexborHTMLParser:
    """Return the page at an old address."""
    return LexborHTMLParser(files[path].decode())


def lead_of(page: LexborHTMLParser) -> str:
    """Return where a page leads at once, which is where its link leads too."""
    (refresh,) = page.css("meta[http-equiv=refresh]")
    wait, _, link = str(refresh.attributes["content"]).partition("; url=")
    assert wait == "0"
    assert [str(a.attributes["href"]) for a in page.css("a")] == [link]
    return link


def test_an_old_address_leads_on(moved_site: BuiltSite) -> None:
    """By itself and by a link, to a page that is there, or to an address elsewhere."""
    assert moved_site.run.code == 0, moved_site.run.output
    for move in MOVES:
        path = f"{move['from']}index.html" if move["from"].endswith("/") else move["from"]
        found = urljoin(f"http://site.test/{path}", lead_of(stub(path, moved_site.files)))
        if move["to"].startswith("https:"):
            assert found == move["to"]
        else:
            assert found == f"http://site.test/{move['to'].lstrip('/')}"
            page, _, _ = found.removeprefix("http://site.test/").partition("#")
            assert f"{page}index.html" in moved_site.files


def test_search_finds_no_page_that_only_leads_on(moved_site: BuiltSite) -> None:
    """Neither the site's search, nor the sitemap, nor a search engine takes it for a page; the new address is named."""
    assert len(moved_site.search) > 20
    assert not [entry for entry in moved_site.search if entry["page"].startswith(("start/", "law/", "old/"))]
    assert b"/law/" not in moved_site.files["sitemap.xml"]
    page = stub("reports/testshire/index.html", moved_site.files)
    assert page.css("meta[name=robots]")[0].attributes["content"] == "noindex"
    assert str(page.css("link[rel=canonical]")[0].attributes["href"]).endswith("/reports/testshire-2040/")
    assert not page.css("script")
    assert "default-src 'none'" in str(page.css("meta[http-equiv=Content-Security-Policy]")[0].attributes["content"])


def test_hosts_can_lead_on_by_themselves(moved_site: BuiltSite) -> None:
    """For good (301), each old address once, in the form of Netlify and Cloudflare Pages, and in that of nginx."""
    assert moved_site.files["_redirects"].decode().splitlines() == [
        "/law/ https://www.legislation.gov.uk/ukpga/2000/43?a=1&b=2 301",
        "/old/table.html /glossary/#abbreviations 301",
        "/reports/testshire/ /reports/testshire-2040/ 301",
        "/start/ / 301",
    ]
    assert '"/reports/testshire/" "/reports/testshire-2040/";' in moved_site.files["_redirects.map"].decode()


def test_without_moves_there_is_nothing(real_site: BuiltSite) -> None:
    """A site whose addresses never moved has no such files."""
    assert not [path for path in real_site.files if path.startswith("_redirects")]


@pytest.mark.parametrize(
    ("move", "line", "message"),
    [
        ({"from": "glossary/", "to": "areas/"}, 2, "error OMI804 glossary/ is still an address of the site"),
        ({"from": "about/", "to": "areas/"}, 2, "error OMI804 about/ is still an address of the site"),
        ({"from": "old/", "to": "reports/testshire-2041/"}, 3, "error OMI805 the site has no address"),
    ],
)
def test_an_address_that_cannot_lead_on_stops_the_build(
    tmp_path: Path, move: dict[str, str], line: int, message: str
) -> None:
    """The place in the file is told, and what to do; nothing is published."""
    root = make_project(tmp_path / "project", small_world.world() | {"redirects.yaml": {"redirects": [move]}})
    site = build(root, "2041-01-01")
    assert site.run.code != 0
    assert f"content/redirects.yaml:{line}:" in site.run.output
    assert message in site.run.output
    assert "Traceback" not in site.run.output
    assert not (site.folder / "index.html").exists()


def test_a_report_that_is_not_public_is_no_new_address(tmp_path: Path) -> None:
    """A redirect can't tell of a report before its day."""
    files = small_world.world() | {"redirects.yaml": {"redirects": MOVES[:1]}}
    files["inspections/testshire-2040/inspection.yaml"]["publication"]["status"] = "in_preparation"
    site = build(make_project(tmp_path / "project", files), "2041-01-01")
    assert "OMI805" in site.run.output


def test_moves_made_by_code_get_the_same_files() -> None:
    """Any mapping of addresses; a site in a folder has its whole address as the canonical one, and relative links."""
    files = redirect_files({"reports/a/pdf.html": "reports/a/"}, SITE)
    assert set(files) == {"reports/a/pdf.html", "_redirects", "_redirects.map"}
    page = stub("reports/a/pdf.html", files)
    assert urljoin(f"{SITE}reports/a/pdf.html", lead_of(page)) == f"{SITE}reports/a/"
    assert page.css("link[rel=canonical]")[0].attributes["href"] == f"{SITE}reports/a/"


@given(address=st.from_regex(r"(https://a\.bc/|a/)[ -~éß\n]{0,8}", fullmatch=True))
def test_what_the_rules_let_pass_can_lead_on(address: str) -> None:
    """No address in redirects.yaml passes its check and then ends the build in another way."""
    programme = Programme((), Areas(), Glossary(), Themes(), (), redirects=Redirects((Redirect("old/", address),)))
    if not list(unfit_address(programme, ())):
        assert redirect_files({"old/": address}, SITE)


@given(address=st.text(st.sampled_from("ab/;\"'\n\r {}<>$\\ é"), min_size=1))
def test_no_address_adds_a_line_to_what_hosts_read(address: str) -> None:
    """An address with a sign that means something there is refused, whoever made it."""
    try:
        files = redirect_files({"old/": address}, SITE)
    except ValueError:
        return
    assert files["_redirects"].count(b"\n") == 1
    assert files["_redirects.map"].count(b";") == 1
