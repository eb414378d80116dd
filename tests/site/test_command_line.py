"""The command line `omi`: what it prints, and how it exits."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import make_project, run, snapshot
from commanding import omi

from omi_build.cli import main

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "content/inspections/northmoor-2040"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The synthetic world, as the folder that the command is run in."""
    monkeypatch.chdir(make_project(tmp_path / "project", synthetic_world.world()))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2224670400")
    return tmp_path / "project"


@pytest.fixture
def slips(project: Path) -> Path:
    """The same with an unknown key in one file and a missing one in another."""
    finding, recommendations = project / FOLDER / "findings/2-1.yaml", project / FOLDER / "recommendations.yaml"
    finding.write_text(finding.read_text().replace("strengths:", "strenghts:"))
    recommendations.write_text(recommendations.read_text().replace("- number: 1\n  ", "- "))
    return project


@pytest.mark.usefixtures("project")
def test_check_is_silent_but_for_one_line_on_clean_content() -> None:
    """Exit 0, and a sentence that there is nothing to do."""
    checked = omi("check")
    assert (checked.exit_code, checked.output.splitlines()[-1]) == (0, "No problems found.")


@pytest.mark.usefixtures("slips")
def test_check_lists_every_problem() -> None:
    """Exit 1, and each problem with its place, its line, a caret and what to do."""
    checked = omi("check")
    assert checked.exit_code == 1
    assert checked.stdout == (
        f"{FOLDER}/findings/2-1.yaml:2:1: error OMI101 unknown key `strenghts`\n"
        "    2 | strenghts:\n"
        "      | ^\n"
        "        Did you mean `strengths`?\n"
        f"{FOLDER}/recommendations.yaml:2:3: error OMI102 `number` is missing\n"
        "    2 | - text: See to it that the plans were clear.\n"
        "      |   ^\n"
        "        Add a line `number: …` here. 1 for the first. Example: number: 1\n"
        "\n"
        "2 errors in 2 files.\n"
        "omi explain OMI101 tells more about a rule, with an example.\n"
    )


@pytest.mark.usefixtures("slips")
def test_check_gives_json() -> None:
    """The same as data, each with path, pointer, line and column."""
    checked = omi("check", "--format", "json")
    assert checked.exit_code == 1
    first, second = json.loads(checked.stdout)
    assert (first["path"], first["pointer"], first["line"], first["column"]) == (
        f"{FOLDER}/findings/2-1.yaml",
        "/strenghts",
        2,
        1,
    )
    assert (first["code"], first["severity"], first["hint"]) == ("OMI101", "error", "Did you mean `strengths`?")
    assert (second["path"], second["pointer"]) == (f"{FOLDER}/recommendations.yaml", "/recommendations/0")


@pytest.mark.usefixtures("project")
def test_check_of_clean_content_gives_an_empty_list() -> None:
    """As data, no problem is an empty list."""
    checked = omi("check", "--format", "json")
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, [])


@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(
    ("path", "files", "code"),
    [
        (f"{FOLDER}/findings", ["findings/2-1.yaml"], 1),
        (f"{FOLDER}/recommendations.yaml", ["recommendations.yaml"], 1),
        (FOLDER, ["findings/2-1.yaml", "recommendations.yaml"], 1),
        (f"{FOLDER}/inspection.yaml", [], 0),
        (f"{FOLDER}/find", [], 2),
    ],
)
def test_check_of_a_path_shows_what_lies_there(path: str, files: list[str], code: int) -> None:
    """Only problems of the files and folders that are named are shown and counted; a path that isn't there is a slip."""
    checked = omi("check", path)
    assert re.findall(rf"^{FOLDER}/(.*?):\d", checked.output, re.MULTILINE) == files
    assert checked.exit_code == code


def test_check_outside_a_project_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, and where to run it."""
    monkeypatch.chdir(tmp_path)
    checked = omi("check")
    assert checked.exit_code == 2
    assert "run this in the folder that holds mkdocs.yml" in checked.output


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [["check", "--format", "xml"], ["chekc"], ["render"], ["score", "--all"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    """What the command doesn't know is told as such, with the way to its help."""
    refused = omi(*arguments)
    assert refused.exit_code == 2
    assert "Usage: " in refused.output
    assert "--help" in refused.output


@pytest.mark.usefixtures("project")
def test_a_misspelt_command_leads_to_the_one_that_is_meant() -> None:
    """Exit 2, and what was most likely typed wrong."""
    refused = omi("chekc")
    assert refused.exit_code == 2
    assert "No such command 'chekc'. Did you mean `check`?" in refused.output


def test_a_broken_schema_is_not_a_problem_of_the_content(project: Path) -> None:
    """A schema that can't be read exits 2 with its name."""
    schema = project / "schemas/findings.schema.json"
    schema.write_text("{")
    checked = omi("check")
    assert checked.exit_code == 2
    assert "schemas/findings.schema.json:1:2: this is not JSON" in checked.output


@pytest.mark.usefixtures("project")
def test_score_prints_every_score() -> None:
    """Sections, criteria with their conclusion or rating, and threads."""
    scored = omi("score", "northmoor-2040")
    assert scored.exit_code == 0
    assert scored.stdout.splitlines() == [
        "Supervision in Northmoor (northmoor-2040, Synthetic 2040)",
        "1. Courts and reports",
        "   1.1 Advice to courts",
        "2. Work on supervision: 58%",
        "   2.1 Keeping others safe: 73% (Sound)",
        "   2.2 Helping people change: 69% (Sound)",
        "   2.3 Keeping to the order: 32% (Failing)",
        "3. Running the service",
        "   3.1 Leading staff (Adequate)",
        "Risk to others: 68%",
        "Likelihood of reoffending: 67%",
        "Compliance and enforcement: 40%",
    ]


def test_score_without_a_name_prints_all(project: Path) -> None:
    """Every inspection, drafts too: this is the inspectors' own view."""
    (project / FOLDER).rename(project / "content/inspections/northmoor-2039")
    assert "(northmoor-2039, Synthetic 2040)" in omi("score").stdout


@pytest.mark.usefixtures("project")
def test_score_of_an_unknown_inspection_names_the_known_ones() -> None:
    """Exit 2, and which there are."""
    scored = omi("score", "northmoor-2041")
    assert scored.exit_code == 2
    assert "no such inspection: northmoor-2041. There are: northmoor-2040." in scored.output


@pytest.mark.usefixtures("slips")
def test_render_of_content_with_an_error_writes_nothing(tmp_path: Path) -> None:
    """Exit 1, every problem, and no folder."""
    rendered = omi("render", "--out", str(tmp_path / "out"))
    assert rendered.exit_code == 1
    assert "2 errors in 2 files." in rendered.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("project")
def test_render_writes_pages_and_downloads(tmp_path: Path) -> None:
    """Markdown pages and downloads, and no file of the data."""
    rendered = omi("render", "--out", str(tmp_path / "out"))
    assert rendered.exit_code == 0
    files = snapshot(tmp_path / "out")
    assert {"index.md", "about.md", "reports/northmoor-2040/index.md", "reports/northmoor-2040/report.json"} <= set(
        files
    )
    assert not [path for path in files if path.endswith(".yaml")]
    assert f"{len(files)} files in " in rendered.output


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_describes_each_command(flag: str) -> None:
    """Each command has a line in the overview and a page of its own with every option described."""
    shown = omi(flag)
    assert shown.exit_code == 0
    for name, command in main.commands.items():
        assert re.search(rf"^  {name} +\w", shown.output, re.MULTILINE), name
        page = omi(name, flag)
        assert page.exit_code == 0
        assert (command.help or "").split("\n")[0].split(".")[0] in " ".join(page.output.split())
        for line in re.findall(r"^  (--\w.*)$", page.output, re.MULTILINE):
            assert re.search(r"(  +\w|\]$)", line), line


def test_the_command_is_installed(project: Path) -> None:
    """`omi` is a command of the environment, and exits as it says."""
    assert run(project, "omi", "check").code == 0
    assert run(project, "omi", "score", "nowhere-2040").code == 2
    assert run(project, "omi", "--version").output.startswith("omi, version ")
