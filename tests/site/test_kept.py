"""What is kept between builds never makes a page wrong: whatever was changed, the site is that of a build from nothing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from building import BuiltSite, build, environment, make_project, run, snapshot
from two_languages import BOTH, two_languages

from omi_build.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable

SEQUENCES = int(os.environ.get("OMI_SEQUENCES", "2"))
"""How many random sequences of edits are tried; more, where somebody asks for more."""

STEPS = 4
"""How many builds each has."""

DAYS = ("2040-06-30", "2040-09-01", "2041-03-01", "2042-01-01")
"""For which the site is built: reports come out, and corrections, between them."""


class Project:
    """A project that is edited at random; each edit is one that somebody may make."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        """Make it anew, of reports in both languages."""
        self.root = make_project(root, two_languages(), own_cache=True)
        self.chance = chance
        self.day = DAYS[0]
        self.gone: dict[str, dict[str, bytes]] = {}

    @property
    def inspections(self) -> list[Path]:
        """The folders of the inspections that are there."""
        return sorted((self.root / "content/inspections").iterdir())

    def edit(self, path: str, change: Callable[[Any], None]) -> None:
        """Change the value of a file of the content."""
        file = self.root / "content" / path
        value = yaml.safe_load(file.read_text(encoding="utf-8"))
        change(value)
        file.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")

    def word(self) -> str:
        """Return some word, that the site has not had before."""
        return "".join(self.chance.choices("bdfglmnprstw", k=3)) + "o" + "".join(self.chance.choices("klmnrst", k=3))

    def append(self, path: str, text: str) -> None:
        """Add to the end of a file."""
        file = self.root / path
        file.write_text(f"{file.read_text(encoding='utf-8')}{text}", encoding="utf-8")

    # What may happen

    def a_finding_is_edited(self) -> None:
        """One sentence, in English or in Welsh."""
        folder = self.chance.choice(self.inspections)
        file = self.chance.choice(sorted(folder.rglob("findings/1-1.yaml")))

        def change(value: Any) -> None:
            value["strengths"][0]["text"] = f"A {self.word()} was there."

        self.edit(file.relative_to(self.root / "content").as_posix(), change)

    def a_title_is_edited(self) -> None:
        """That of a report: it stands on many pages."""
        folder = self.chance.choice(self.inspections)
        self.edit(f"inspections/{folder.name}/inspection.yaml", lambda v: v.update(title=f"A report {self.word()}"))

    def a_report_is_published_or_taken_back(self) -> None:
        """By its status, or by its day."""
        folder = self.chance.choice(self.inspections)
        publication = self.chance.choice(
            [
                {"status": "with_area"},
                {"status": "published", "date": "2040-08-01"},
                {"status": "published", "date": "2041-02-01"},
                {"status": "published", "date": "2040-05-01"},
            ]
        )
        self.edit(f"inspections/{folder.name}/inspection.yaml", lambda v: v.update(publication=publication))

    def an_inspection_goes_or_comes_back(self) -> None:
        """Its whole folder."""
        if self.gone and (len(self.inspections) < 2 or self.chance.random() < 0.5):
            name, files = self.gone.popitem()
            for path, raw in files.items():
                file = self.root / "content/inspections" / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(raw)
        else:
            folder = self.chance.choice(self.inspections)
            self.gone[folder.name] = snapshot(folder)
            shutil.rmtree(folder)

    def an_inspection_is_renamed(self) -> None:
        """Another year, and so another folder."""
        folder = self.chance.choice([one for one in self.inspections if one.name != BOTH] or self.inspections)
        area, _, year = folder.name.rpartition("-")
        other = folder.with_name(f"{area}-{2081 - int(year)}")
        if not other.exists() and other.name not in self.gone:
            folder.rename(other)
            self.edit(f"inspections/{other.name}/inspection.yaml", lambda v: v.update(year=2081 - int(year)))

    def what_all_share_is_edited(self) -> None:
        """The glossary, a theme, an area, or the framework."""
        word = self.word()

        def title(of: str) -> Callable[[Any], None]:
            return lambda value: value[of][0].update(title=f"A {word}")

        edits: list[tuple[str, Callable[[Any], None]]] = [
            ("glossary.yaml", lambda v: v["abbreviations"][0].update(long=f"Report of {word}")),
            ("themes.yaml", title("themes")),
            ("areas.yaml", title("areas")),
            ("cy/areas.yaml", title("areas")),
            ("frameworks/test-2040.yaml", title("sections")),
        ]
        self.edit(*self.chance.choice(edits))

    def a_template_is_edited(self) -> None:
        """Of a page, of the theme, or a style."""
        word = self.word()
        path, text = self.chance.choice(
            [
                ("site_templates/pages/section.md", f"\n<p>{word}</p>\n"),
                ("site_templates/pages/themes.md", f"\n<p>{word}</p>\n"),
                ("site_templates/theme/assets/omi.css", f"\n.{word} {{ color: inherit }}\n"),
                ("site_templates/theme/404.html", f"\n<!-- {word} -->\n"),
            ]
        )
        self.append(path, text)

    def the_settings_are_edited(self) -> None:
        """What stands in the head of every page."""
        file = self.root / "mkdocs.yml"
        kept = [one for one in file.read_text(encoding="utf-8").splitlines() if "site_description" not in one]
        file.write_text("\n".join([f"site_description: About {self.word()}.", *kept, ""]), encoding="utf-8")

    def a_page_is_written(self) -> None:
        """By hand, beside the data."""
        self.append("content/about.md", f"\nAnd {self.word()}.\n")

    def a_day_passes(self) -> None:
        """Or the clock is set back."""
        self.day = self.chance.choice(DAYS)

    def the_cache_is_damaged(self) -> None:
        """Entries are cut off, changed, exchanged, or taken away; another program leaves something there."""
        entries = sorted(path for path in (self.root / ".cache/omi").glob("??/*") if path.is_file())
        for file in self.chance.sample(entries, k=len(entries) // 8):
            raw = file.read_bytes()
            at = self.chance.randrange(len(raw))
            match self.chance.randrange(5):
                case 0:
                    file.write_bytes(raw[:at])
                case 1:
                    file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << self.chance.randrange(8))]) + raw[at + 1 :])
                case 2:
                    shutil.copyfile(self.chance.choice([one for one in entries if one != file and one.is_file()]), file)
                case 3:
                    file.unlink()
                case _:
                    file.write_bytes(b"left by somebody else")

    def the_site_is_changed_by_hand(self) -> None:
        """Files are written over, exchanged or taken away; others, a folder and a link are put beside them."""
        site = self.root / "site"
        for file in self.chance.sample(sorted(path for path in site.rglob("*") if path.is_file()), k=9):
            match self.chance.randrange(3):
                case 0:
                    file.write_bytes(b"by hand")
                case 1:
                    file.unlink()
                    file.write_bytes(b"by hand")
                case _:
                    file.unlink()
        (site / "mine").mkdir(exist_ok=True)
        (site / "mine/notes.txt").write_text(self.word(), encoding="utf-8")
        (site / "reports" / f"{self.word()}.html").symlink_to("../index.html")

    def step(self) -> str:
        """Do one to three of these things, and return which."""
        things = self.chance.choices(EDITS, k=self.chance.randint(1, 3))
        for thing in things:
            thing(self)
        return ", ".join(thing.__name__ for thing in things)


EDITS = [one for name, one in vars(Project).items() if name.startswith(("a_", "an_", "the_", "what_"))]


def from_nothing(project: Project, place: Path) -> BuiltSite:
    """Build a copy of a project that has nothing of earlier builds."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(project.root, place, ignore=shutil.ignore_patterns(".cache", "site", ".site.before"))
    return build(place, project.day)


@pytest.mark.parametrize("seed", range(SEQUENCES))
@pytest.mark.timeout(400)
def test_a_site_is_that_of_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    """After every build in a random sequence of edits; where there is nothing to be built, both say so alike."""
    project = Project(tmp_path / "project", random.Random(seed))
    assert build(project.root, project.day).run.code == 0
    done = []
    for _ in range(STEPS):
        done.append(project.step())
        kept, new = build(project.root, project.day), from_nothing(project, tmp_path / "new")
        assert kept.run.code == new.run.code, (done, kept.run.output, new.run.output)
        if new.run.code == 0:
            assert kept.files.keys() == new.files.keys(), done
            assert not [path for path, raw in new.files.items() if kept.files[path] != raw], done


def test_every_damage_is_noticed(tmp_path: Path) -> None:
    """With one sign of every entry changed, and with half of every entry, the site is what it was."""
    root = make_project(tmp_path / "project", two_languages(), own_cache=True)
    first = build(root, DAYS[-1])
    assert first.run.code == 0, first.run.output
    assert first.files
    for damage in (lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), lambda raw: raw[: len(raw) // 2]):
        entries = [path for path in (root / ".cache/omi").glob("??/*") if path.is_file()]
        assert len(entries) > 20
        for file in entries:
            file.write_bytes(damage(file.read_bytes()))
        again = build(root, DAYS[-1])
        assert again.run.code == 0, again.run.output
        assert again.files == first.files


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    """A page that stays what it is stays the very file; the others are new ones."""
    project = Project(tmp_path / "project", random.Random(7))
    project.day = DAYS[-1]
    assert build(project.root, project.day).run.code == 0
    site = project.root / "site"

    def files() -> dict[str, tuple[int, int]]:
        found = {path.relative_to(site).as_posix(): path.stat() for path in site.rglob("*.html")}
        return {path: (about.st_ino, about.st_mtime_ns) for path, about in found.items()}

    before = files()
    project.edit("inspections/testshire-2040/findings/1-1.yaml", lambda v: v["strengths"][0].update(text="All new."))
    assert build(project.root, project.day).run.code == 0
    changed = {path for path, about in files().items() if before[path] != about}
    assert "reports/testshire-2040/1-cases/index.html" in changed
    assert "reports/ceredwen-2040/1-cases/index.html" not in changed
    assert len(changed) < len(before) / 2


def test_a_site_made_in_parts_is_the_same(tmp_path: Path) -> None:
    """Three parts, each with a cache of its own, whose caches together make the site: no report is made again."""
    project = Project(tmp_path / "project", random.Random(0))
    whole = build(project.root, DAYS[-1])
    for number in (1, 2, 3):
        part = tmp_path / f"part {number}"
        shutil.copytree(project.root, part, ignore=shutil.ignore_patterns(".cache", "site", ".site.before"))
        made = run(part, "mkdocs", "build", "--strict", on=DAYS[-1], OMI_SHARD=f"{number}/3")
        assert made.code == 0, made.output
        assert f"Part {number} of 3 is kept" in made.output
        assert not (part / "site").exists()
        shutil.copytree(part / ".cache/omi", tmp_path / "merged/.cache/omi", dirs_exist_ok=True)
    entries = snapshot(tmp_path / "merged/.cache/omi")
    shutil.copytree(
        project.root, tmp_path / "merged", ignore=shutil.ignore_patterns(".cache", "site"), dirs_exist_ok=True
    )
    merged = build(tmp_path / "merged", DAYS[-1])
    assert merged.run.code == 0, merged.run.output
    assert merged.files == whole.files
    new = [raw for path, raw in snapshot(tmp_path / "merged/.cache/omi").items() if path not in entries]
    assert any(b'"name":"home"' in raw for raw in new)
    assert not [raw for raw in new if b'"name":"inspection ' in raw]


@pytest.mark.parametrize("word", ["0/3", "4/3", "1", "one/3", "1/3/5"])
def test_a_part_that_cannot_be_is_told(tmp_path: Path, word: str) -> None:
    """In a sentence, and nothing is built."""
    root = make_project(tmp_path / "project", two_languages())
    made = run(root, "mkdocs", "build", OMI_SHARD=word)
    assert made.code == 1
    assert f"OMI_SHARD is '{word}'; write which part of how many is to be made, such as 2/8" in made.output
    assert not (root / "site").exists()


def test_the_search_index_can_be_left_as_it_is(tmp_path: Path) -> None:
    """With OMI_SEARCH=0 the pages are new and the index is the last one; the next build without it brings it up to date."""
    project = Project(tmp_path / "project", random.Random(0))
    project.day = DAYS[-1]
    before = build(project.root, project.day).files
    project.edit("inspections/testshire-2040/findings/1-1.yaml", lambda v: v["strengths"][0].update(text="All new."))
    made = run(project.root, "mkdocs", "build", "--strict", on=project.day, OMI_SEARCH="0")
    assert made.code == 0, made.output
    left = snapshot(project.root / "site")

    def index(files: dict[str, bytes]) -> dict[str, bytes]:
        return {path: raw for path, raw in files.items() if path.startswith("pagefind/")}

    assert b"All new." in left["reports/testshire-2040/1-cases/index.html"]
    assert index(left) == index(before)
    after = build(project.root, project.day).files
    assert index(after) != index(before)
    assert after == from_nothing(project, tmp_path / "new").files


def test_two_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    """Two builds of two states of a project share one cache from nothing: each site is its own."""
    shared = tmp_path / "cache"
    shared.mkdir()
    projects = [Project(tmp_path / name, random.Random(n)) for n, name in enumerate(("one", "other"))]
    projects[1].a_finding_is_edited()
    projects[1].what_all_share_is_edited()
    for project in projects:
        (project.root / ".cache").mkdir(exist_ok=True)
        (project.root / ".cache/omi").symlink_to(shared, target_is_directory=True)
    mkdocs = Path(sys.executable).with_name("mkdocs")
    running = [
        subprocess.Popen([mkdocs, "build", "-q", "--strict"], cwd=one.root, env=environment(one.day, traced=False))
        for one in projects
    ]
    assert [one.wait(timeout=120) for one in running] == [0, 0]
    for project in projects:
        assert snapshot(project.root / "site") == from_nothing(project, tmp_path / "new").files


def test_a_cache_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    """Where a folder can't be made, results are made each time."""
    (tmp_path / "file").write_text("in the way")
    assert [Cache(tmp_path / "file/cache").get("inputs", lambda: b"made") for _ in range(2)] == [b"made", b"made"]
