"""Whatever happens to a build, what stands in the site's folder is whole: the new site, or the last one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import BuiltSite, build, copied, environment, run, snapshot

from omi_build.beside import beside
from omi_build.cache import Cache
from omi_build.fingerprint import digest
from omi_build.placing import Placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DAY = "2040-06-30"
FINDING = "content/inspections/northmoor-2040/findings/2-1.yaml"


@pytest.fixture(scope="module")
def built(synthetic_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A project that has been built once, with a line in one finding that the next build would change."""
    site = copied(synthetic_site, tmp_path_factory.mktemp("beside") / "project")
    assert site.run.code == 0, site.run.output
    assert "index.html" in site.files
    file = site.root / FINDING
    file.write_text(file.read_text().replace("the plans were clear", "the plans were new"))
    return site


@pytest.fixture
def good(built: BuiltSite, tmp_path: Path) -> Iterator[BuiltSite]:
    """A copy of it, for one test to ruin."""
    site = copied(built, tmp_path / "project")
    yield site
    assert [path.name for path in site.root.iterdir() if ".new-" in path.name] == []


def test_a_build_replaces_the_last_site_whole(good: BuiltSite) -> None:
    """Nothing of the last site stays but hidden files, which no build makes; MkDocs' messages name the folder.

    Nor does it come back with the build after that, which begins with the site before the last one.
    """
    (good.folder / "left-over.html").write_text("old")
    (good.folder / ".nojekyll").write_text("")
    (good.folder / ".well-known").mkdir()
    (good.folder / ".well-known/security.txt").write_text("Contact: mailto:a@b.example")
    again = build(good.root, DAY, fresh=True)
    assert again.run.code == 0, again.run.output
    assert f"Now in place: {good.folder}" in again.run.output
    assert lasting(again.files) == good_keys(good) | {".nojekyll", ".well-known/security.txt"}
    groups = json.loads(again.files["pagefind/groups.json"])
    assert len(again.search) == sum(sum(one["languages"].values()) for one in groups), (
        "no part of the last index is left"
    )
    assert b"the plans were new" in again.files["reports/northmoor-2040/2-work-on-supervision/index.html"]
    once_more = build(good.root, DAY, fresh=True)
    assert once_more.run.code == 0, once_more.run.output
    assert once_more.files == again.files


def good_keys(good: BuiltSite) -> set[str]:
    return lasting(good.files) - {"left-over.html", ".nojekyll", ".well-known/security.txt"}


def lasting(files: Iterable[str]) -> set[str]:
    """Return the paths that a changed finding leaves as they are: the search index names its parts by what they hold."""
    return {path for path in files if not path.startswith("pagefind/groups/")}


def test_a_warning_of_a_strict_build_leaves_the_last_site(good: BuiltSite) -> None:
    """A dead link in a page of one's own is a warning: with --strict the build says so and publishes nothing."""
    before = good.files
    about = good.root / "content/about.md"
    about.write_text(f"{about.read_text()}\n[Nowhere](nowhere.md)\n")
    again = run(good.root, "mkdocs", "build", "--strict", on=DAY, fresh=True)
    assert again.code == 1
    assert "nowhere.md" in again.output
    assert "The site was not published, because of 1 warning above. The last site stays as it was." in again.output
    assert "Traceback" not in again.output
    assert snapshot(good.folder) == before


def test_a_killed_build_leaves_the_last_site(good: BuiltSite) -> None:
    """Killed while MkDocs writes, a build has touched nothing; the next one clears up behind it."""
    before = good.files
    command = [Path(sys.executable).with_name("mkdocs"), "build"]
    with subprocess.Popen(
        command, cwd=good.root, env=environment(DAY), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        end = time.monotonic() + 60
        while not (half := [*good.root.glob("site.new-*/site/*")]) and time.monotonic() < end:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert half
    assert snapshot(good.folder) == before
    assert build(good.root, DAY).run.code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of POSIX")
def test_a_disk_without_room_leaves_the_last_site(good: BuiltSite) -> None:
    """Where a file can't be written to its end, the message says which and why, and the last site stays."""
    before = good.files
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000));"
        "from mkdocs.__main__ import cli; sys.argv = ['mkdocs', 'build']; cli()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited],
        cwd=good.root,
        env=environment(DAY, traced=False),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert "The site was not built: " in told
    assert "File too large" in told
    assert "The last site stays as it was." in told
    assert "Traceback" not in told
    assert snapshot(good.folder) == before


def breaks_a_chart(root: Path) -> None:
    (root / "site_templates/pages/overview.md").write_text("{{ page.data.no_such_thing }}")


def breaks_the_theme(root: Path) -> None:
    (root / "site_templates/theme/main.html").write_text("{% extends 'base.html' %}{% block content %}{{ 1 / 0 }}")


@pytest.mark.parametrize("ruin", [breaks_a_chart, breaks_the_theme])
def test_an_error_at_any_step_leaves_the_last_site(good: BuiltSite, ruin: Callable[[Path], None]) -> None:
    """What fails before MkDocs writes, and what fails while it does, leaves the last site."""
    before = good.files
    ruin(good.root)
    assert run(good.root, "mkdocs", "build", on=DAY, fresh=True).code != 0
    assert snapshot(good.folder) == before


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(good: BuiltSite) -> None:
    """Where there is no right to build beside the site, the message names the folder."""
    good.root.chmod(0o555)
    again = run(good.root, "mkdocs", "build", on=DAY)
    good.root.chmod(0o755)
    assert again.code == 1
    assert "Permission denied" in again.output
    assert "Traceback" not in again.output


def test_a_first_build_needs_no_last_site(good: BuiltSite) -> None:
    """Into a folder that isn't there yet, below others that aren't either, the same site is built."""
    assert run(good.root, "mkdocs", "build", "--site-dir", "public/www", on=DAY).code == 0
    assert lasting(snapshot(good.root / "public/www")) == lasting(good.files)
    assert [path.name for path in (good.root / "public").iterdir()] == ["www"]


def test_a_build_killed_between_two_renames_is_made_good(tmp_path: Path) -> None:
    """Then the last site lies beside its place; the next build brings it back before it starts."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("last")
    first = beside(site)
    first.new.mkdir()
    site.rename(first.old)
    first.lock.release()
    second = beside(site)
    assert (site / "index.html").read_text() == "last"
    second.drop()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_builds_at_one_time_do_not_touch_each_other(tmp_path: Path) -> None:
    """A build leaves alone what another one is at work in, and somebody's folder of a like name; the later one stays."""
    site, mine = tmp_path / "site", tmp_path / "site.new-ideas"
    mine.mkdir()
    (mine / "plan.txt").write_text("mine")
    one = beside(site)
    one.new.mkdir()
    (one.new / "index.html").write_text("one")
    other = beside(site)
    other.new.mkdir()
    (other.new / "index.html").write_text("other")
    one.put_in_place()
    assert (site / "index.html").read_text() == "one"
    other.put_in_place()
    assert (site / "index.html").read_text() == "other"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.before", "site", "site.new-ideas"]


def test_a_file_may_stand_where_a_folder_stood(tmp_path: Path) -> None:
    """And a folder where a file stood, whichever of the sites before had them; nothing else stays."""
    site, cache = tmp_path / "site", Cache(tmp_path / "cache")
    one = {"a": b"1", "b/c/d": b"2", "e/f": b"3", "g": b"4"}
    other = {"a/x/y": b"1", "b": b"5", "e": b"6", "g": b"4"}
    for files in (one, one, other, one, other, other, one, {"g": b"4"}, {"g": b"4"}):
        place = beside(site)
        placing = Placing(place.new, site, cache)
        place.begin()
        placing.take_over()
        rows = {path: placing.place(path, digest(raw), lambda raw=raw: raw) for path, raw in files.items()}
        placing.tidy(rows)
        place.put_in_place()
        placing.keep(rows)
        assert snapshot(site) == files
        folders = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}
        assert folders == {path[:n] for path in files for n, sign in enumerate(path) if sign == "/"}


def test_a_site_that_cannot_be_put_in_place_leaves_the_last_one(tmp_path: Path) -> None:
    """If the second rename fails, the last site is back where it was."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("last")
    build_of_nothing = beside(site)
    with pytest.raises(FileNotFoundError):
        build_of_nothing.put_in_place()
    build_of_nothing.drop()
    assert snapshot(tmp_path) == {"site/index.html": b"last"}
