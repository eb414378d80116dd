"""A build whose site would tell what isn't public stops at its last step, and the last site stays."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import synthetic_world
import yaml
from building import BuiltSite, build, copied, make_project, run, snapshot
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = "2040-06-15"
REPORT = "content/inspections/northmoor-2040"
SECTION = "reports/northmoor-2040/2-work-on-supervision/index.html"


def content() -> dict[str, object]:
    """Return a public report with a withheld count, a draft about the next year, and its author's name."""
    files = synthetic_world.world()
    files |= synthetic_world.inspection(
        "eastfen",
        title="Unseen account of the fen",
        words="xylophones rang thrice in every corridor",
        status="with_area",
    )
    files["inspections/eastfen-2040/inspection.yaml"]["assignments"] = [{"to": "Quillon Netsaf", "parts": ["2.1"]}]
    files[f"frameworks/{synthetic_world.FRAMEWORK_ID}.yaml"]["disclosure"]["minimum_count"] = 5
    return files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The project, built once."""
    site = build(make_project(tmp_path_factory.mktemp("scanned"), content()), DAY)
    assert site.run.code == 0, site.run.output
    assert "[c]" in site.page("reports/northmoor-2040/2-work-on-supervision/").text
    assert "Looked through: nothing that must not be published" in site.run.output
    return site


@pytest.fixture
def good(built: BuiltSite, tmp_path: Path) -> BuiltSite:
    """A copy of it, for one test to spoil."""
    return copied(built, tmp_path / "project")


def add(path: str, text: str) -> Callable[[Path], None]:
    """Return what adds a text to the end of a file."""

    def spoil(root: Path) -> None:
        file = root / path
        file.write_text(f"{file.read_text()}\n{text}\n")

    return spoil


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what changes a text of a file."""

    def spoil(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new))

    return spoil


def photograph(root: Path) -> None:
    tags = Image.Exif()
    tags[0x013B] = "Somebody"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=tags)
    (root / "content/assets").mkdir()
    (root / "content/assets/court.jpg").write_bytes(out.getvalue())


ABOUT = "content/about.md"


@pytest.mark.parametrize(
    ("spoil", "where", "what"),
    [
        (
            add(ABOUT, "Soon: [Eastfen](https://drafts.example/eastfen-2040/)."),
            "about/index.html:",
            "area and the year",
        ),
        (add(ABOUT, "Soon: Unseen *account* of the fen."), "about/index.html:", "the title of a report"),
        (
            add(ABOUT, "In section 1, xylophones rang thrice in every corridor."),
            "about/index.html:",
            "words of a report",
        ),
        (add("site_templates/pages/runbook.md", "<p>By Quillon Netsaf</p>"), "pagefind/groups/", "assigned"),
        (add(ABOUT, "His number was A1234BC."), "about/index.html:", "a prison number"),
        (
            add("site_templates/pages/glossary.md", '<p title="S001">x</p>'),
            "glossary/index.html:",
            "reference of a case",
        ),
        (add("site_templates/theme/assets/omi.css", "/* eastfen-2040 */"), "assets/omi.css:", "area and the year"),
        (photograph, "assets/court.jpg: ", "who took it"),
        (
            change("site_templates/parts/macros.html", "{{ short(question.missing) }}</td>", "4</td>"),
            f"{SECTION}:",
            "question 2.3.1, which is withheld",
        ),
    ],
    ids=["link", "title", "words", "author", "number", "case", "style", "picture", "count"],
)
def test_what_must_not_be_published_stops_the_build(
    good: BuiltSite, spoil: Callable[[Path], None], where: str, what: str
) -> None:
    """The message names the file and what it is; nothing of the new site is left, and the last one is untouched."""
    before = good.files
    spoil(good.root)
    again = run(good.root, "mkdocs", "build", "--strict", on=DAY)
    assert again.code == 1, again.output
    assert "The site was not published: the last scan found what must not be published:" in again.output
    assert "The last site stays as it was." in again.output
    assert "Traceback" not in again.output
    told = [line for line in again.output.splitlines() if line.startswith(where)]
    assert [line for line in told if what in line], again.output
    assert snapshot(good.folder) == before
    assert not [path.name for path in good.root.iterdir() if ".new-" in path.name]


def test_a_preview_may_show_all(good: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """With OMI_PREVIEW=1 drafts are shown, and the scan holds its peace."""
    monkeypatch.setenv("OMI_PREVIEW", "1")
    again = run(good.root, "mkdocs", "build", "--strict", on=DAY)
    assert again.code == 0, again.output
    assert "Looked through" not in again.output
    assert "reports/eastfen-2040/index.html" in snapshot(good.folder)


def test_whoever_follows_the_guide_has_no_secret(good: BuiltSite) -> None:
    """A draft on the area and year of the guide's example, with words of the guide's, does not stop the guide."""
    guide = good.page("guide/").words
    begin = guide.index("Work on a branch of your own")
    areas = good.root / "content/areas.yaml"
    areas.write_text(areas.read_text().replace("Eastfen", "Kent").replace("eastfen", "kent"))
    drafts = good.root / "content/inspections"
    (drafts / "eastfen-2040").rename(drafts / "kent-2008")
    about = drafts / "kent-2008/inspection.yaml"
    about.write_text(about.read_text().replace("eastfen", "kent").replace("year: 2040", "year: 2008"))
    file = drafts / "kent-2008/findings/2-1.yaml"
    finding = yaml.safe_load(file.read_text())
    finding["strengths"][0]["text"] = guide[begin : guide.index(".", begin)]
    file.write_text(yaml.safe_dump(finding))
    assert "Kent 2008" in guide
    again = run(good.root, "mkdocs", "build", on=DAY)
    assert again.code == 0, again.output


def test_a_correction_of_tomorrow_is_a_secret_today(good: BuiltSite) -> None:
    """The text of a correction whose date has not come stops the build that would show it."""
    text = "The share of cases was wrong by far and is withdrawn."
    file = good.root / REPORT / "inspection.yaml"
    about = yaml.safe_load(file.read_text())
    about["publication"]["corrections"] = [{"date": "2040-06-16", "text": text}]
    file.write_text(yaml.safe_dump(about))
    assert build(good.root, DAY).run.code == 0
    add(ABOUT, text)(good.root)
    again = run(good.root, "mkdocs", "build", on=DAY, fresh=True)
    assert again.code == 1
    assert "about/index.html:" in again.output
