"""From `omi new` to a preview: a form that passes as a draft, says what is missing, and shows what is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import synthetic_world
import yaml
from building import REPOSITORY, BuiltSite, build, make_project, once
from commanding import omi

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "content/inspections/eastfen-2041"
TODAY = "2041-06-15"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The synthetic world with a team and chapters in its outline, as the folder that the command is run in."""
    files = synthetic_world.world()
    files["frameworks/synthetic-2040.yaml"]["outline"] = {
        "title": "Supervision in {area}",
        "roles": ["Inspectors: all", "Drivers"],
        "chapters": [{"id": "area", "title": "Life in {area}"}],
        "context": [{"title": "Caseload", "rows": [{"label": "Total", "unit": "count"}]}],
    }
    monkeypatch.chdir(make_project(tmp_path / "project", files))
    return tmp_path / "project"


@pytest.fixture
def begun(project: Path) -> Path:
    """The same with an inspection that has just begun."""
    made = omi("new", "Eastfen", "2041")
    assert made.exit_code == 0, made.output
    return project


def fill(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_new_inspection_has_every_criterion_with_its_questions(begun: Path) -> None:
    """A file each, the statement and the questions as comments, and a place to type for both kinds of finding."""
    files = {file.relative_to(begun / FOLDER).as_posix() for file in (begun / FOLDER).rglob("*.yaml")}
    assert files == {
        "inspection.yaml",
        "narrative.yaml",
        "good_practice.yaml",
        "recommendations.yaml",
        "targets.yaml",
        *(f"findings/{ref}.yaml" for ref in ("1-1", "2-1", "2-2", "2-3", "3-1")),
    }
    text = (begun / FOLDER / "findings/2-1.yaml").read_text(encoding="utf-8")
    assert "# 2.1 Keeping others safe\n" in text
    assert "#   2.1.2  Was the work that question 2.1.2 asks about done well?" in text
    assert yaml.safe_load(text) == {
        "criterion": "2.1",
        "published_score": None,
        "conclusion": None,
        "strengths": [{"letter": "a", "text": ""}],
        "areas_for_improvement": [{"letter": "a", "text": ""}],
    }
    assert "# strong, adequate or poor:\nrating:\n" in (begun / FOLDER / "findings/3-1.yaml").read_text(
        encoding="utf-8"
    )


def test_each_file_names_its_schema(begun: Path) -> None:
    """The first line leads an editor to the schema, which is there."""
    for file in (begun / FOLDER).rglob("*.yaml"):
        schema = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).resolve().parent == (begun / "schemas").resolve()
        assert (file.parent / schema).is_file(), file


@pytest.mark.usefixtures("begun")
def test_a_new_inspection_passes_as_the_draft_that_it_is() -> None:
    """No problem, and a word on where to see what is missing."""
    checked = omi("check")
    assert checked.exit_code == 0
    assert checked.output.splitlines()[-2:] == [
        "No problems found.",
        "eastfen-2041 is a draft: omi status says what is still to be written.",
    ]


def test_titles_that_yaml_would_misread_are_in_quotation_marks(begun: Path) -> None:
    """A role with a colon in it stands in the form as it is called."""
    about = yaml.safe_load((begun / FOLDER / "inspection.yaml").read_text(encoding="utf-8"))
    assert [role["role"] for role in about["team"]] == ["Inspectors: all", "Drivers"]
    assert about["title"] == "Supervision in Eastfen"


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["Eastfen", "2041"],
            "content/inspections/eastfen-2041 is there already. omi status eastfen-2041 says how far",
        ),
        (["Estfen", "2042"], "no such area: Estfen. Did you mean `eastfen`?"),
        (["Atlantis", "2042"], "no such area: Atlantis. There are 5; content/areas.yaml lists them."),
        (["Eastfen", "2042", "--framework", "synthetic-2041"], "Did you mean `synthetic-2040`?"),
        (["Eastfen", "2030"], "no framework was in use in 2030. There are: synthetic-2040 from 2040."),
        (["Eastfen", "soon"], "'soon' is not a valid integer range"),
        (["../../etc", "2042"], "no such area: ../../etc."),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(begun: Path, arguments: list[str], words: str) -> None:
    """Exit 2, the reason, and the folders are what they were."""
    before = sorted(path for path in begun.rglob("*"))
    refused = omi("new", *arguments)
    assert refused.exit_code == 2
    assert words in " ".join(refused.output.split())
    assert sorted(path for path in begun.rglob("*")) == before


@pytest.mark.usefixtures("begun")
def test_status_lists_every_part_and_what_it_lacks() -> None:
    """Criteria, chapters and the rest, none of them begun; the published report isn't among the drafts."""
    shown = omi("status")
    assert shown.exit_code == 0
    assert "Supervision in Eastfen (eastfen-2041)" in shown.output
    assert "Northmoor" not in shown.output
    assert re.search(r"–\s+2\.1\s+Keeping others safe\s+no findings, score and conclusion", shown.output)
    assert re.search(r"–\s+3\.1\s+Leading staff\s+no findings and rating", shown.output)
    assert re.search(r"–\s+area\s+Chapter: Life in the area\s+not begun \(if there is any\)", shown.output)
    assert "parts that it needs are not written yet" in shown.output


def test_status_follows_what_is_written_and_who_has_it(begun: Path) -> None:
    """A criterion is begun with its first finding and written with its rating; assignments say who has it."""
    finding = begun / FOLDER / "findings/3-1.yaml"
    fill(
        finding,
        "strengths:\n  - letter: a\n    text: |-\n",
        "strengths:\n  - letter: a\n    text: |-\n      Staff were led.\n",
    )
    fill(
        begun / FOLDER / "inspection.yaml",
        "  - to:\n    parts: []\n",
        '  - to: A. Synthetic\n    parts: ["3.1", foreword]\n',
    )
    assert re.search(r"…\s+3\.1\s+Leading staff\s+A\. Synthetic\s+no rating", omi("status").output)
    fill(finding, "rating:\n", "rating: strong\n")
    assert re.search(r"✓\s+3\.1\s+Leading staff\s+A\. Synthetic\s*\n", omi("status").output)
    parts = {part["name"]: part for part in json.loads(omi("status", "--format", "json").output)[0]["parts"]}
    assert (parts["3.1"]["state"], parts["3.1"]["to"]) == ("written", ["A. Synthetic"])
    assert (parts["foreword"]["state"], parts["foreword"]["file"]) == ("not begun", "narrative.yaml")


def test_an_assignment_of_a_part_that_there_is_not_is_told(begun: Path) -> None:
    """With the place, and the part that is meant."""
    fill(begun / FOLDER / "inspection.yaml", "  - to:\n    parts: []\n", "  - to: A. Synthetic\n    parts: [forword]\n")
    checked = omi("check", f"{FOLDER}/inspection.yaml")
    assert checked.exit_code == 1
    assert "error OMI215 there is no part forword" in checked.output
    assert "Did you mean `foreword`?" in checked.output


def test_status_says_what_else_stands_in_the_way_of_publication(begun: Path) -> None:
    """What a draft may still lack but a published report may not: here the date, found by the rules themselves."""
    finding = begun / FOLDER / "findings/2-1.yaml"
    fill(finding, "text: |-\n", "text: |-\n      It was seen that that was so.\n")
    shown = omi("status", "eastfen-2041")
    assert re.search(r"findings/2-1\.yaml:\d+:\d+ warning OMI501 `that` stands twice in a row", shown.output)


def test_status_of_a_report_that_is_whole() -> None:
    """The real report lacks nothing."""
    shown = omi("status", "derbyshire-2007")
    assert "Nothing stands in the way of its publication." in shown.output
    assert "–" not in shown.output


@pytest.mark.usefixtures("begun")
def test_status_of_what_cannot_be_read_shows_the_problem() -> None:
    """An unknown name is wrong usage; a broken file is told as check tells it."""
    assert "no such inspection: estfen-2041. Did you mean `eastfen-2041`?" in omi("status", "estfen-2041").output


def test_status_of_a_broken_inspection_shows_what_is_wrong(begun: Path) -> None:
    """Exit 1 and the problem with its line."""
    fill(begun / FOLDER / "inspection.yaml", "area: eastfen", "area eastfen")
    shown = omi("status", "eastfen-2041")
    assert shown.exit_code == 1
    assert "error OMI001 this line has no colon after its key" in shown.output


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A preview with a blank draft, one with two findings, and one that is dated tomorrow, beside a public report."""

    def made() -> BuiltSite:
        root = make_project(
            tmp_path_factory.mktemp("preview"),
            {
                **synthetic_world.world(),
                **synthetic_world.inspection("southmere", date="2041-06-16"),
            },
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            assert omi("new", "Eastfen", "2041").exit_code == 0
            assert omi("new", "Westwold", "2041").exit_code == 0
            finding = root / "content/inspections/westwold-2041/findings/3-1.yaml"
            fill(finding, "text: |-\n", "text: |-\n      The zither was in tune.\n")
            patch.setenv("OMI_PREVIEW", "1")
            return build(root, TODAY, fresh=True)

    return once("drafts", made)


def test_a_preview_shows_drafts_with_a_banner_and_keeps_search_engines_out(preview: BuiltSite) -> None:
    """Every page says that it isn't the public site; each page of a draft says where that report stands."""
    assert preview.run.code == 0, preview.run.output
    for path, page in preview.pages.items():
        assert page.tree.css('meta[name="robots"][content="noindex, nofollow"]'), path
        (banner,) = page.tree.css(".omi-banner")
        own = "Preview: this report" if "eastfen-2041" in path or "westwold-2041" in path else "Preview"
        own = "Rhagolwg" if path.startswith("cy/") else own
        assert banner.text().strip().startswith(own) or "northmoor" in path, path
    assert preview.files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    draft = preview.page("reports/westwold-2041/3-running-the-service/")
    assert "The zither was in tune." in draft.words
    assert "this report is in preparation" in draft.tree.css(".omi-banner")[0].text()
    due = preview.page("reports/southmere-2040/").tree.css(".omi-banner")[0].text()
    assert "this report is to be published: 16 June 2041" in due


def test_a_blank_draft_has_all_its_pages(preview: BuiltSite) -> None:
    """Each section is there with its criteria, and every link of the preview leads somewhere."""
    page = preview.page("reports/eastfen-2041/2-work-on-supervision/")
    assert [heading.attributes["id"] for heading in page.article.css("h2[id]")] == ["c2-1", "c2-2", "c2-3"]
    assert not [(page.path, link) for page, link, leads in preview.links_within() if not leads]


def test_the_public_site_of_the_same_content_knows_nothing_of_them(
    preview: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the variable the drafts, the banner and the words to search engines are gone."""
    monkeypatch.setenv("OMI_PREVIEW", "0")
    site = build(preview.root, TODAY)
    assert site.run.code == 0
    everything = b"".join(site.files.values())
    assert b"zither" not in everything
    assert b"noindex" not in everything
    assert b"eastfen-2041" not in everything
    assert "robots.txt" not in site.files


def test_a_word_that_is_neither_yes_nor_no_builds_nothing(preview: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets the variable must know what is shown."""
    monkeypatch.setenv("OMI_PREVIEW", "yes")
    refused = build(preview.root, TODAY).run
    assert refused.code == 1
    assert "OMI_PREVIEW is 'yes'; write 1 to show drafts too, 0 or nothing for the public site" in refused.output


def test_the_outline_of_the_real_framework_makes_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kent's inspection of 2008 begins with 20 criteria, passes as a draft, and has the chapters of its kind."""
    monkeypatch.chdir(make_project(tmp_path / "real"))
    made = omi("new", "kent", "2008")
    assert "25 files, 20 criteria of OMI 2006." in made.output
    assert omi("check").exit_code == 0
    narrative = yaml.safe_load((tmp_path / "real/content/inspections/kent-2008/narrative.yaml").read_text("utf-8"))
    assert [chapter["id"] for chapter in narrative["chapters"]] == ["area", "prison", "service-users"]
    assert (REPOSITORY / "content/inspections/derbyshire-2007").is_dir()
