"""What a host is told about the site: headers, caching, kinds of files, and the page for a missing address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from building import REAL_DAY, REPOSITORY, build, make_project
from hosting import Rules

from omi_build import deployment
from omi_build.doors import configured_address

if TYPE_CHECKING:
    from pathlib import Path

    from building import BuiltSite

NGINX = (REPOSITORY / "deploy/nginx.conf").read_text()


@pytest.fixture(scope="session")
def rules(real_site: BuiltSite) -> Rules:
    """What the site's `_headers` says."""
    return Rules(real_site.files["_headers"].decode())


def address(path: str) -> str:
    """Return the address that a file of the site is asked for by."""
    return f"/{path.removesuffix('index.html')}"


def test_every_file_is_sent_with_the_same_protection(real_site: BuiltSite, rules: Rules) -> None:
    """Policy, no guessing of types, no framing, no referrer to others, only by https; no header is set twice."""
    for path in real_site.files:
        headers = rules.for_path(address(path))
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "'unsafe-inline'" not in re.sub(r"style-src-attr [^;]*", "", policy), "for style attributes alone"
        assert "'unsafe-eval'" not in policy
        assert "worker-src" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert {"Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy"} <= set(headers)


def test_only_files_with_a_hash_in_their_name_are_kept_for_long(real_site: BuiltSite, rules: Rules) -> None:
    """Pages, data and feeds are asked for anew after minutes, so that a correction is seen."""
    kept = {path: rules.for_path(address(path)).get("Cache-Control", "") for path in real_site.files}
    immutable = {path for path, how in kept.items() if "immutable" in how}
    theme = {path for path in immutable if path.startswith("assets/")}
    assert {path.rsplit("/", 1)[-1].split(".")[0] for path in theme} == {"main", "palette", "bundle", "search"}
    assert all(re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", path) for path in theme)
    index = immutable - theme
    assert {path.rsplit(".", 1)[-1] for path in index} == {"pf_fragment", "pf_index", "pf_filter", "pf_meta", "json"}
    assert all(re.match(r"pagefind/groups/[0-9a-f]{12}/", path) for path in index)
    for path in ("pagefind/pagefind.js", "pagefind/groups.json", "pagefind/wasm.en.pagefind"):
        assert "max-age=300" in kept[path]
    for path, how in kept.items():
        if path.endswith((".html", ".json", ".csv", "feed.xml", "sitemap.xml")) and path not in index:
            assert "max-age=300" in how, path


def test_kinds_that_a_host_may_not_know_are_told(rules: Rules) -> None:
    """The feeds are feeds, and tables are text in UTF-8."""
    assert rules.for_path("/feed.json")["Content-Type"] == "application/feed+json; charset=utf-8"
    assert rules.for_path("/feed.xml")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert rules.for_path("/data/scores.csv")["Content-Type"] == "text/csv; charset=utf-8"


def test_headers_stay_within_what_hosts_read(real_site: BuiltSite, rules: Rules) -> None:
    """At most 100 rules, lines below 2,000 characters and one star a pattern, with any number of reports."""
    assert len(rules.rules) <= 100
    assert all(len(line) < 2000 for line in real_site.files["_headers"].decode().splitlines())
    assert all(pattern.count("*") <= 1 for pattern, _ in rules.rules)
    many = [*real_site.files, *(f"reports/made-up-{n}/index.html" for n in range(1000))]
    many += [f"pagefind/groups/{n:012x}/fragment/en_{n:07x}.pf_fragment" for n in range(1000)]
    assert len(Rules(deployment.deployment_files(many)["_headers"].decode()).rules) == len(rules.rules)


def test_every_page_has_the_policy_for_hosts_without_headers(real_site: BuiltSite, rules: Rules) -> None:
    """It is the header's without what browsers only heed there, and stands before any script."""
    header = rules.for_path("/")["Content-Security-Policy"]
    for page in real_site.pages.values():
        (meta,) = page.tree.css("meta[http-equiv='Content-Security-Policy']")
        assert f"{meta.attributes['content']}; frame-ancestors 'none'" == header, page.path
        assert page.text.index("http-equiv") < page.text.index("<script"), page.path


def test_no_script_stands_in_a_page(real_site: BuiltSite) -> None:
    """Scripts are files; what stands in a page is data. No attribute runs anything, and no page brings a style sheet."""
    for page in real_site.pages.values():
        for script in page.tree.css("script:not([src])"):
            assert script.attributes["type"] in {"application/json", "application/ld+json"}, page.path
        assert not page.tree.css("style"), page.path
        attributes = {name for node in page.tree.css("*") for name in node.attributes}
        assert not [name for name in attributes if name.startswith("on")], page.path


def test_github_pages_serves_the_files_as_they_are(real_site: BuiltSite) -> None:
    """A file tells it not to run Jekyll, which would leave out names that begin with an underscore."""
    assert real_site.files[".nojekyll"] == b""


def test_the_example_for_nginx_says_the_same(rules: Rules) -> None:
    """The file in the repository is what `make nginx` writes, and its headers are those of `_headers`."""
    assert deployment.nginx_example(configured_address(REPOSITORY)) == NGINX
    set_there = dict(re.findall(r'^    add_header (\S+) "(.*)" always;$', NGINX, re.MULTILINE))
    everywhere = rules.for_path("/anything")
    assert set_there == everywhere
    assert re.search(r"^    location[^}]*add_header", NGINX, re.MULTILINE) is None, (
        "one there would drop those of the server"
    )
    ends = dict(re.findall(r'^    "~(\S+)" "(.*)";$', NGINX, re.MULTILINE))
    ((pattern, long),) = ends.items()
    path = next(pattern for pattern, headers in rules.rules if "immutable" in headers.get("Cache-Control", ""))
    assert re.search(pattern, path)
    assert long == rules.for_path(path)["Cache-Control"]
    assert f'default "{rules.for_path("/")["Cache-Control"]}";' in NGINX


def test_the_page_for_a_missing_address_works_at_any_depth_of_any_folder(tmp_path: Path) -> None:
    """What it refers to begins at the site's own folder, not at the page that wasn't found."""
    root = make_project(tmp_path / "project")
    configuration = root / "mkdocs.yml"
    old = configured_address(root)
    configuration.write_text(configuration.read_text().replace(old, "https://example.org/inspections/"))
    site = build(root, REAL_DAY)
    assert site.run.code == 0, site.run.output
    page = site.pages["404.html"]
    within = [link for _, _, link in page.links() if not re.match(r"https?:|#|mailto:|data:", link)]
    assert len(within) > 10
    assert [link for link in within if not link.startswith("/inspections/")] == []
    assert '"base": "/inspections/"' in page.text
