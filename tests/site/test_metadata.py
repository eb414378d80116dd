"""What each page says to machines: schema.org's terms, previews of links, feeds, its own address."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING, Any

import pytest
import schema_org
from building import BuiltSite, HtmlPage, build_unguarded, make_project, once
from hostile_world import HOSTILE, MARK, world

from omi_build.render import script_json

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("metadata")  # the model of schema.org takes seconds to load

ADDRESS = "https://probation-inspections.example/"
TEXTS = {"Text", "URL", "Date", "DateTime"}
"""Schema.org's types that a JSON string can be."""


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The synthetic world with hostile text everywhere, built."""
    return once(
        "hostile",
        lambda: build_unguarded(make_project(tmp_path_factory.mktemp("hostile"), world(HOSTILE)), "2040-06-30"),
    )


@pytest.fixture(params=["real", "synthetic", "hostile"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the three sites."""
    built: BuiltSite = request.getfixturevalue(f"{request.param}_site")
    return built


def terms(page: HtmlPage) -> list[Any]:
    return [json.loads(block.text()) for block in page.tree.css("script[type='application/ld+json']")]


def meta(page: HtmlPage) -> dict[str, str]:
    """Return the properties that previews of links are made of."""
    nodes = page.tree.css("meta[property], meta[name^=twitter]")
    return {
        n.attributes.get("property") or n.attributes.get("name") or "": n.attributes["content"] or "" for n in nodes
    }


def misfits(thing: Any, ranges: set[str], where: str) -> Iterator[str]:
    """Yield what in a thing isn't of schema.org's vocabulary, or not of a type that its property takes."""
    if isinstance(thing, list):
        for part in thing:
            yield from misfits(part, ranges, where)
    elif isinstance(thing, dict):
        model = getattr(schema_org, thing["@type"])
        if not ranges & set(model.SCHEMA_TYPES):
            yield f"{where} is a {thing['@type']}"
        known = {one.schema_name: one for one in model.SCHEMA_PROPERTIES}
        for key, value in thing.items():
            if key.startswith("@"):
                continue
            if key not in known or known[key].superseded_by:
                yield f"{where}.{key} is no property of {thing['@type']}"
            else:
                yield from misfits(value, set(known[key].ranges), f"{where}.{key}")
    elif not ranges & ({"Boolean"} if isinstance(thing, bool) else TEXTS):
        yield f"{where} is {thing!r}"


def test_every_term_is_one_of_schema_org(site: BuiltSite) -> None:
    """Each type and property is in the vocabulary, on a type that has it, with a value of a type that it takes."""
    found = {path: block for path, page in site.pages.items() for block in terms(page)}
    (report,) = json.loads(site.files["data/reports.json"])["reports"]
    assert {path: block["@type"] for path, block in found.items()} == {
        "data/index.html": "Dataset",
        f"{report['url']}index.html": "Report",
        f"{report['url']}data/index.html": "Dataset",
    }
    for path, block in found.items():
        assert block["@context"] == "https://schema.org"
        assert list(misfits(block, {"Report", "Dataset"}, path)) == []


def test_a_term_that_schema_org_lacks_is_noticed() -> None:
    """The check of the terms refuses a made-up property, an outdated one and a value of the wrong type."""
    wrong = {"@type": "Report", "areas": "x", "awards": "x", "author": "x", "license": {"@type": "Place"}}
    assert [words.partition(" ")[0] for words in misfits(wrong, {"Report"}, "page")] == [
        "page.areas",
        "page.awards",
        "page.author",
        "page.license",
    ]


def test_a_report_tells_what_it_is(real_site: BuiltSite) -> None:
    """Name, area, dates, publisher, licence and ISBNs, as they stand on the page."""
    (report,) = terms(real_site.page("reports/derbyshire-2007/"))
    assert report["name"] == "Offender management in Derbyshire"
    assert report["url"] == f"{ADDRESS}reports/derbyshire-2007/"
    assert report["spatialCoverage"]["name"] == "Derbyshire"
    assert (report["datePublished"], report["inLanguage"]) == ("2007-08", "en-GB")
    assert report["publisher"]["name"] == "HM Inspectorate of Probation"
    assert [isbn["value"] for isbn in report["identifier"]] == ["978-1-84726-356-8", "978-1-84726-357-5"]
    assert "dateModified" not in report


def test_each_file_of_a_dataset_lies_where_it_says(site: BuiltSite) -> None:
    """With its type and its size."""
    for page in site.pages.values():
        for block in terms(page):
            files = block.get("distribution", [])
            assert bool(files) == (block["@type"] == "Dataset")
            for file in files:
                path = file["contentUrl"].removeprefix(ADDRESS)
                assert path in site.files
                assert file["encodingFormat"] == ("text/csv" if path.endswith(".csv") else "application/json")


def test_hostile_titles_stay_text(hostile_site: BuiltSite) -> None:
    """Markup in a title is read by machines as it was written, and ends no element."""
    page = hostile_site.page("reports/northmoor-2040/")
    (report,) = terms(page)
    assert report["name"] == f"Supervision in Northmoor {HOSTILE}"
    blocks = [block.text() for p in hostile_site.pages.values() for block in p.tree.css("script[type*=json]")]
    assert any(MARK in block for block in blocks)
    assert not any(sign in block for block in blocks for sign in ("<", ">", "&"))
    assert meta(page)["og:title"].startswith(f"Supervision in Northmoor {HOSTILE}")


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "\u2028"])
def test_json_in_a_script_element_is_safe(text: str) -> None:
    """No text ends the element, opens a comment or is read as HTML; what comes out is what went in."""
    told = script_json({text: text})
    assert told.isascii()
    assert not set("<>&") & set(told)
    assert json.loads(told) == {text: text}


def test_every_page_can_be_shared(site: BuiltSite) -> None:
    """Each page has a title, a description, its own absolute address and both feeds in its head."""
    for path, page in site.pages.items():
        told = meta(page)
        title = page.tree.css("title")[0].text()
        assert title.startswith(told["og:title"]), path
        assert told["og:description"], path
        assert told["og:type"] == ("article" if re.match(r"(?:cy/)?reports/[a-z-]+-\d{4}/", path) else "website"), path
        feeds = {
            link.attributes["type"]: link.attributes["href"] for link in page.tree.css("link[rel~=alternate][type]")
        }
        assert {site.target(page, href or "")[0] for href in feeds.values()} == {"feed.xml", "feed.json"}
        assert set(feeds) == {"application/atom+xml", "application/feed+json"}
        if path != "404.html":
            (canonical,) = page.tree.css("link[rel=canonical]")
            assert told["og:url"] == canonical.attributes["href"] == f"{ADDRESS}{page.address}", path


def test_the_pages_of_a_report_have_its_picture(site: BuiltSite) -> None:
    """A PNG of 1200 by 630 that says in words what it shows; other pages have none."""
    (report,) = json.loads(site.files["data/reports.json"])["reports"]
    for path, page in site.pages.items():
        told = meta(page)
        if path.startswith(report["url"]):
            assert told["og:image"] == f"{ADDRESS}{report['url']}scores.png"
            assert f"scores of {report['area']} {report['year']}" in told["og:image:alt"]
            assert told["twitter:card"] == "summary_large_image"
        else:
            assert "og:image" not in told
    raw = site.files[f"{report['url']}scores.png"]
    assert struct.unpack(">II", raw[16:24]) == (1200, 630)
    assert len(raw) < 100_000
