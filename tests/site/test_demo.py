"""The synthetic programme of 42 areas, built as `make demo` builds it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from building import one_line

if TYPE_CHECKING:
    from building import BuiltSite

pytestmark = [pytest.mark.timeout(500), pytest.mark.xdist_group("demo")]


def test_it_builds_without_a_warning(demo_site: BuiltSite) -> None:
    """Strictly, with every report that is due."""
    assert demo_site.run.code == 0, demo_site.run.output
    assert "WARNING" not in demo_site.run.output
    assert len(json.loads(demo_site.files["data/reports.json"])["reports"]) > 30


def test_every_link_and_anchor_resolves(demo_site: BuiltSite) -> None:
    """Of every page of the site."""
    links = list(demo_site.links_within())
    assert len(links) > 20000
    assert not [(page.path, link) for page, link, alive in links if not alive]


def test_every_page_says_that_it_is_made_up(demo_site: BuiltSite) -> None:
    """In its banner, and every table, feed and report's data in a field of its own."""
    for path, page in demo_site.pages.items():
        banners = [one_line(banner.text()) for banner in page.tree.css(".omi-banner")]
        assert len(banners) == 1, path
        assert banners[0].startswith("Synthetig" if path.startswith("cy/") else "Synthetic"), path
    for path, raw in demo_site.files.items():
        text = raw.decode() if path.endswith((".csv", ".json", ".xml")) else ""
        if path.endswith(".csv"):
            assert "synthetic" in text.splitlines()[0], path
        elif path.endswith(("report.json", "datapackage.json")) or path in {"feed.xml", "feed.json"}:
            assert "ynthetic" in text, path


def test_linked_data_can_be_read_on_every_page(demo_site: BuiltSite) -> None:
    """Each block is JSON that names schema.org and a type."""
    blocks = [
        json.loads(block.text())
        for page in demo_site.pages.values()
        for block in page.tree.css('script[type="application/ld+json"]')
    ]
    assert len(blocks) > 60
    assert {block["@context"] for block in blocks} == {"https://schema.org"}
    assert all(block["@type"] for block in blocks)


def test_areas_are_never_ordered_by_score(demo_site: BuiltSite) -> None:
    """Wherever reports are listed under a criterion, they stand by the name of their area."""
    page = demo_site.page("frameworks/omi-2006/1-2/")
    names = [one_line(heading.text()) for heading in page.tree.css("h2[id], h3[id]")]
    areas = [name for name in names if re.search(r"\d{4}", name)]
    assert len(areas) > 5
    assert areas == sorted(areas)
