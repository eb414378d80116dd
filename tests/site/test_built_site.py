"""The site of the repository's own content, as a visitor gets it."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml
from building import REAL_DAY, REPOSITORY, HtmlPage, build, make_project, one_line, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from building import BuiltSite
    from selectolax.lexbor import LexborNode

REPORT = "reports/derbyshire-2007/"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
KINDS = {"html", "css", "js", "map", "svg", "png", "json", "csv", "bib", "ris", "xml", "gz", "_headers", "nojekyll"}
KINDS |= {"pagefind", "pf_filter", "pf_fragment", "pf_index", "pf_meta", "txt"}


@pytest.fixture(scope="session")
def report(real_site: BuiltSite) -> dict[str, Any]:
    """The public data of the report."""
    data: dict[str, Any] = json.loads(real_site.files[f"{REPORT}report.json"])
    return data


def criteria(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [criterion for section in report["sections"] for criterion in section["criteria"]]


def findings(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [found for one in criteria(report) for found in [*one["strengths"], *one["areas_for_improvement"]]]


def cells(table: LexborNode) -> list[list[str]]:
    """Return the words of a table's rows."""
    return [[one_line(cell.text()) for cell in row.css("th, td")] for row in table.css("tr")]


def chart_words(drawing: LexborNode) -> list[str]:
    return [one_line(text.text()) for text in drawing.css("text")]


def test_the_content_builds_without_a_warning(real_site: BuiltSite) -> None:
    """`mkdocs build --strict` makes the site of the repository's content and has nothing to complain of."""
    assert real_site.run.code == 0, real_site.run.output
    assert "WARNING" not in real_site.run.output
    assert "1 public report" in real_site.run.output


def test_no_data_file_of_the_content_is_published(real_site: BuiltSite) -> None:
    """What the content folder holds beside pages and assets stays out of the site, under any name."""
    data = {file.read_bytes() for kind in ("yaml", "json") for file in (REPOSITORY / "content").rglob(f"*.{kind}")}
    assert len(data) > 20
    assert not [path for path, raw in real_site.files.items() if raw in data]
    assert not [path for path in real_site.files if path.endswith((".yaml", ".yml", ".md"))]
    index = "pagefind/groups/"
    assert sorted(path for path in real_site.files if path.endswith(".json") and not path.startswith(index)) == [
        "cy/search/areas.json",
        "data/datapackage.json",
        "data/reports.json",
        "feed.json",
        "pagefind/groups.json",
        f"{REPORT}datapackage.json",
        f"{REPORT}report.json",
        "reports/index.json",
        "schemas/report.schema.json",
        "schemas/reports.schema.json",
        "search/areas.json",
    ]


def test_only_known_kinds_of_files_are_published(real_site: BuiltSite) -> None:
    """Nothing but pages, styles, scripts, drawings and downloads lies in the site."""
    assert {path.rsplit(".", 1)[-1] for path in real_site.files} <= KINDS


def test_the_report_fits_its_published_schema(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """`report.json` names its schema, which is published where it says, and fits it."""
    path, _ = real_site.target(HtmlPage(f"{REPORT}report.json", ""), report["$schema"])
    published = real_site.files[path]
    assert published == (REPOSITORY / "schemas/report.schema.json").read_bytes()
    jsonschema.Draft202012Validator(json.loads(published)).validate(report)


def test_every_link_leads_somewhere(real_site: BuiltSite) -> None:
    """Each internal link of each page, and each anchor in it, exists."""
    links = list(real_site.links_within())
    dead = [(page.path, link) for page, link, alive in links if not alive]
    assert len(links) > 500
    assert not dead


def test_addresses_in_the_data_lead_to_their_finding(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """Each finding's address in `report.json` leads to that finding on the page."""
    for found in findings(report):
        address, _, anchor = found["url"].partition("#")
        (item,) = real_site.page(address).tree.css(f"#{anchor}")
        assert words_of(found["text"])[:60] in words_of(item.text())


def test_nothing_is_fetched_from_another_host(real_site: BuiltSite) -> None:
    """Pages load nothing from elsewhere; only links in text lead away, and each page names its own address."""
    away = {(tag, link) for page in real_site.pages.values() for tag, _, link in page.links() if urlsplit(link).netloc}
    canonical = {
        ("link", node.attributes["href"])
        for page in real_site.pages.values()
        for node in page.tree.css("link[rel=canonical]")
    }
    assert ("a", OGL) in away
    assert canonical
    assert {tag for tag, _ in away - canonical} == {"a"}
    for path, raw in real_site.files.items():
        if path.endswith(".css"):
            assert not re.search(rb"(url\(|@import)\s*[\"']?(https?:)?//", raw), path


def test_every_finding_can_be_searched_for(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """The whole text of every finding is in the search index, at the page of its section."""
    index: dict[str, str] = {}
    for record in real_site.search:
        index[record["page"]] = index.get(record["page"], "") + " " + words_of(record["content"])
    found = findings(report)
    assert len(found) > 100
    lost = [one["url"] for one in found if words_of(one["text"]) not in one_line(index[one["url"].partition("#")[0]])]
    assert not lost


def test_search_reads_cells_as_words_of_their_own(real_site: BuiltSite) -> None:
    """The last word of one cell and the first of the next can both be searched for."""
    text = one_line(" ".join(one["content"] for one in real_site.search if one["page"].startswith(REPORT)))
    assert "Inspected by HM Inspectorate of Probation" in text
    assert "Offender compliance: target" in text
    content = yaml.safe_load((REPOSITORY / "content/inspections/derbyshire-2007/inspection.yaml").read_text())
    rows = [
        f"{row['label']} {row['value']:,}"
        for table in content["context"]
        for row in table["rows"]
        if row["unit"] == "count" and row["value"] == int(row["value"])
    ]
    assert len(rows) > 2
    assert [row for row in rows if row not in text] == []


def test_search_leaves_out_what_leads_to_other_pages(real_site: BuiltSite) -> None:
    """Breadcrumbs, links to neighbouring pages and the labels of drawings are not found as if they were the text."""
    assert len(real_site.search) > 100
    for record in real_site.search:
        assert not re.search(r"\b(Previous|Next) ?([A-Z\d]|page\b)", record["content"]), record["page"]
        assert "Bar chart of" not in record["content"], record["page"]
        assert "Menu" not in record["content"].split() or record["page"] in {"guide/", "runbook/"}, record["page"]


def test_every_drawing_says_what_it_shows(real_site: BuiltSite) -> None:
    """Each drawing in a page's content is an image with a title and a description, named by both."""
    drawings = [(page, svg) for page in real_site.pages.values() for svg in page.tree.css("article svg")]
    assert len(drawings) >= 4
    for page, svg in drawings:
        assert svg.attributes["role"] == "img"
        named = (svg.attributes["aria-labelledby"] or "").split()
        parts = [part for name in named for part in svg.css(f"[id='{name}']")]
        assert [part.tag for part in parts] == ["title", "desc"], page.path
        assert all(one_line(part.text()) for part in parts)


def test_ids_are_unique_on_each_page(real_site: BuiltSite) -> None:
    """No id stands twice on a page, in drawings or elsewhere."""
    for page in real_site.pages.values():
        assert not [name for name, times in Counter(page.ids).items() if times > 1], page.path


def test_every_page_has_one_main_heading(real_site: BuiltSite) -> None:
    """Exactly one h1 a page, with words in it, and no level of heading is skipped."""
    for page in real_site.pages.values():
        levels = [int(str(node.tag)[1]) for node in page.article.css("h1, h2, h3, h4, h5, h6")]
        assert len(page.tree.css("h1")) == 1, page.path
        assert levels[0] == 1, page.path
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.path


def test_every_page_has_a_title_and_a_description(real_site: BuiltSite) -> None:
    """Titles of browser tabs differ from page to page; each page made from data has a description."""
    pages = [page for path, page in real_site.pages.items() if path != "404.html"]
    titles = Counter(page.tree.css("title")[0].text() for page in pages if not page.path.startswith(REPORT))
    assert max(titles.values()) == 1
    for page in pages:
        if page.path != "about/index.html":
            assert page.tree.css("meta[name=description][content]"), page.path


def test_the_table_of_scores_says_what_the_chart_says(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """Each bar has the figure and the length that the table beside it and the data give, in both drawings."""
    page = real_site.page(REPORT)
    (table,) = [table for table in page.article.css("table") if "Scores by criterion" in table.text()]
    rows = {row[0]: row[1:] for row in cells(table)}
    scored = [one for one in criteria(report) if one["score_origin"]]
    drawings = page.article.css("#chart-scores svg")
    assert len(scored) == 14
    assert len(drawings) == 2
    for drawing in drawings:
        description = one_line(drawing.css("desc")[0].text())
        figures = sorted(words.split()[0] for words in chart_words(drawing) if re.match(r"\d+% |\[x\] ", words))
        assert figures == sorted(f"{one['score']}%" if one["score"] is not None else "[x]" for one in scored)
        lengths = sorted(float(bar.attributes["width"] or 0) for bar in drawing.css(".omi-marks rect"))
        scores = sorted(one["score"] for one in scored if one["score"] is not None)
        assert [length / lengths[-1] * scores[-1] for length in lengths] == pytest.approx(scores, abs=0.05)
        for one in scored:
            shown, conclusion = rows[f"{one['ref']} {one['title']}"]
            told = f"{one['ref']} {one['title']}: {shown if one['score'] is not None else '[x]'} "
            assert told in description
            assert shown == (f"{one['score']}%" if one["score"] is not None else "not available [x]")
            assert conclusion


def test_the_table_of_targets_says_what_the_chart_says(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """Each target's figure and status stand in the table as in the data, and the chart's description repeats them."""
    page = real_site.page(f"{REPORT}targets/")
    for number, table in enumerate(report["targets"], 1):
        (figure,) = page.article.css(f"#chart-targets-{number}")
        descriptions = [one_line(desc.text()) for desc in figure.css("desc")]
        shown = [one_line(" ".join(chart_words(svg))) for svg in figure.css("svg")]
        rows = next(cells(t) for t in page.article.css("table") if table["title"] in t.css("caption")[0].text())[1:]
        assert len(rows) == len(table["targets"])
        for row, target in zip(rows, table["targets"], strict=True):
            assert target["measure"] in row[0]
            assert row[3].lower().replace(" ", "_") == target["area"]["status"]
            figure_shown = row[2].split(" (")[0]
            assert re.sub(r"[^\d.]", "", figure_shown) == f"{target['area']['value']:g}"
            for description, drawn in zip(descriptions, shown, strict=True):
                assert target["measure"] in description
                assert figure_shown in drawn


def test_a_lost_score_is_shown_as_not_available(real_site: BuiltSite, report: dict[str, Any]) -> None:
    """2.7 has no score: it says 'not available [x]' and why, and section 2 has no score either, with the reason."""
    section = next(section for section in report["sections"] if section["number"] == 2)
    (lost,) = [one for one in section["criteria"] if one["ref"] == "2.7"]
    assert (lost["score"], section["score"]) == (None, None)
    reasons = {entry["what"]: entry for entry in report["not_available"]}
    assert reasons["criterion 2.7"]["shorthand"] == "x"
    assert "2.7" in reasons["section 2"]["reason"]
    page = real_site.page(lost["url"].partition("#")[0])
    assert f"Section score: not available [x] {reasons['section 2']['reason']}" in page.words
    heading = page.article.css("#c2-7")[0].text()
    after = page.words[page.words.index(one_line(heading)) :]
    assert after.split(one_line(heading))[1].lstrip("¶ ").startswith("not available [x]")
    assert f"[x] {reasons['criterion 2.7']['reason']}" in after
    assert reasons["section 2"]["reason"] in real_site.page(REPORT).words


@pytest.mark.parametrize(("time", "zone"), [("00:10", "Pacific/Auckland"), ("23:50", "America/Adak")])
def test_two_builds_give_the_same_bytes(
    real_site: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time: str, zone: str
) -> None:
    """The same content on the same day gives the same site, whatever the hour, the folder, the cache and the order of sets."""
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", zone)
    moment = datetime.datetime.fromisoformat(f"{REAL_DAY}T{time}+00:00")
    monkeypatch.setattr("building.epoch", lambda _: int(moment.timestamp()))
    again = build(make_project(tmp_path / "elsewhere" / "content of another name", own_cache=True), REAL_DAY)
    assert again.run.code == 0, again.run.output
    assert "sitemap.xml" in again.files
    assert again.files.keys() == real_site.files.keys()
    assert not [path for path, raw in again.files.items() if raw != real_site.files[path]]
