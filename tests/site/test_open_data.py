"""The data of the built site: packages that a program reads, lists and feeds that lead somewhere, pages that say what is what."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from building import REPOSITORY, BuiltSite, HtmlPage, build_unguarded, make_project, once, one_line
from frictionless import Package
from hostile_world import HOSTILE, world
from lxml import etree

from omi_build.words import file_size

ADDRESS = "https://probation-inspections.example/"
FORMATS = {".csv": "CSV", ".xml": "Atom", "datapackage.json": "Data Package", "feed.json": "JSON Feed", ".json": "JSON"}
RULES = Path(__file__).parents[1] / "data"


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


def packages(site: BuiltSite) -> list[str]:
    return [path for path in site.files if path.endswith("datapackage.json")]


def test_every_data_package_is_valid(site: BuiltSite) -> None:
    """Frictionless finds every table as its package describes it: columns, types, keys, size and digest."""
    assert len(packages(site)) == 2
    for path in packages(site):
        package = Package(str(site.folder / path))
        report = package.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
        described = {resource.path for resource in package.resources}
        below = [name for name in site.files if name.startswith(path.rpartition("/")[0] + "/")]
        # What a chart shows is part of these tables, and is offered below the chart.
        there = {name.rpartition("/")[2] for name in below if "/charts/" not in name}
        assert {name for name in there if name.endswith(".csv")} <= described <= there


def test_a_data_package_says_what_it_is_and_how_to_use_it(real_site: BuiltSite) -> None:
    """Licence, caution, source, version and date stand in it, from the report and not from the build."""
    package = json.loads(real_site.files["reports/derbyshire-2007/datapackage.json"])
    assert package["licenses"][0]["name"] == "OGL-UK-3.0"
    assert (package["version"], package["created"]) == ("2007-08", "2007-09-01T00:00:00Z")
    report = json.loads(real_site.files["reports/derbyshire-2007/report.json"])
    assert report["caution"] in package["description"]
    assert "978-1-84726-356-8" in package["sources"][0]["title"]
    assert "do not rank areas" in json.loads(real_site.files["data/datapackage.json"])["description"]


def test_a_wrong_table_is_noticed(real_site: BuiltSite, tmp_path: Path) -> None:
    """The package's schema is strict enough to refuse a score over 100 and a report that is not listed."""
    for path, raw in real_site.files.items():
        if path.startswith("data/") and not path.endswith(".html"):
            (tmp_path / path.removeprefix("data/")).write_bytes(raw)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    scores = tmp_path / "scores.csv"
    scores.write_text(
        scores.read_text().replace(",82,", ",182,").replace("derbyshire-2007,1,1.2", "rutland-2007,1,1.2")
    )
    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])
    assert sorted(kind for (kind,) in found) == ["constraint-error", "foreign-key"]


def test_the_list_of_reports_fits_its_schema_and_leads_to_each(site: BuiltSite) -> None:
    """`reports.json` names its schema; each report's page and data lie where it says."""
    listed = json.loads(site.files["data/reports.json"])
    path, _ = site.target(HtmlPage("data/reports.json", ""), listed["$schema"])
    assert site.files[path] == (REPOSITORY / "schemas/reports.schema.json").read_bytes()
    jsonschema.Draft202012Validator(json.loads(site.files[path])).validate(listed)
    assert listed["site_url"] == ADDRESS
    assert len(listed["reports"]) == 1
    for report in listed["reports"]:
        assert f"{report['url']}index.html" in site.pages
        assert json.loads(site.files[report["report_json"]])["id"] == report["id"]


def test_the_feeds_are_valid_and_lead_to_each_report(site: BuiltSite) -> None:
    """Atom fits RFC 4287, JSON Feed its schema; both name the same entries, whose pages exist."""
    tree = etree.ElementTree(etree.fromstring(site.files["feed.xml"]))
    rules = etree.RelaxNG(etree.parse(RULES / "atom.rng"))
    assert rules.validate(tree), rules.error_log
    feed = json.loads(site.files["feed.json"])
    jsonschema.Draft202012Validator(json.loads((RULES / "json-feed.schema.json").read_text())).validate(feed)
    links = tree.xpath("//a:entry/a:link/@href", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert links == [item["url"] for item in feed["items"]]
    assert len(links) == 1
    assert all(f"{link.removeprefix(ADDRESS)}index.html" in site.pages for link in links)
    assert feed["feed_url"] == f"{ADDRESS}feed.json"


@pytest.mark.parametrize("address", ["data/", "reports/{}/data/"])
def test_a_data_page_lists_each_file_with_its_format_and_size(site: BuiltSite, address: str) -> None:
    """What a reader sees of a file before the download is what the file is."""
    (report,) = json.loads(site.files["data/reports.json"])["reports"]
    page = site.page(address.format(report["id"]))
    told = set()
    for row in page.article.css("tbody tr"):
        name, about, form, size = (one_line(cell.text()) for cell in row.css("th, td"))
        path, _ = site.target(page, row.css("a")[0].attributes["href"] or "")
        assert path.rpartition("/")[2] == name
        assert about
        expected = "JSON Schema" if "schema" in name else next(f for end, f in FORMATS.items() if name.endswith(end))
        assert (form, size) == (expected, file_size(len(site.files[path])))
        told.add(path)
    folder = page.address if address == "data/" else report["url"]
    there = {
        path
        for path in site.files
        if path.startswith(folder) and path.endswith((".csv", ".json")) and "/charts/" not in path
    }
    also = {"feed.xml", "feed.json", "schemas/report.schema.json", "schemas/reports.schema.json"}
    assert told == there | (also if address == "data/" else set())


def test_the_caution_stands_on_the_page_of_all_data(site: BuiltSite) -> None:
    """Before the tables in which areas meet."""
    words = site.page("data/").words
    assert words.index("Do not compare areas by score") < words.index("scores.csv")


def test_the_overview_leads_to_the_data(site: BuiltSite) -> None:
    """With the format and the size of each file that it offers."""
    (report,) = json.loads(site.files["data/reports.json"])["reports"]
    page = site.page(report["url"])
    offered = {one_line(link.text()): link.attributes["href"] for link in page.article.css(".omi-facts a[download]")}
    for words, href in offered.items():
        path, _ = site.target(page, href or "")
        name = path.removeprefix(report["url"])
        assert words == f"{name} ({'CSV' if name.endswith('.csv') else 'JSON'}, {file_size(len(site.files[path]))})"
    assert [words.partition(" ")[0] for words in offered] == ["report.json", "scores.csv", "findings.csv"]


def test_the_sitemap_lists_every_page_with_the_date_of_its_report(site: BuiltSite) -> None:
    """All pages but the one for what isn't found; no date is that of the build."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    tree = etree.fromstring(site.files["sitemap.xml"])
    dates = {
        url.findtext("s:loc", "", space): url.findtext("s:lastmod", "", space) for url in tree.findall("s:url", space)
    }
    assert set(dates) == {f"{ADDRESS}{page.address}" for path, page in site.pages.items() if path != "404.html"}
    (entry,) = json.loads(site.files["feed.json"])["items"]
    day = entry["date_published"][:10]
    assert {
        date for address, date in dates.items() if address.startswith(f"{ADDRESS}reports/") and "-20" in address
    } == {day}
    assert dates[f"{ADDRESS}about/"] == ""
