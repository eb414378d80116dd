"""`omi diff`: a revision against the files as they are now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import make_project
from click.testing import Result
from commanding import omi
from repositories import commit_all, git

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "content/inspections/northmoor-2040"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The synthetic world in a repository, on a branch of its own."""
    root = make_project(tmp_path / "project", synthetic_world.world())
    git(root, "init", "--quiet")
    commit_all(root)
    git(root, "switch", "--quiet", "--create", "work")
    monkeypatch.chdir(root)
    return root


def diff(*arguments: str) -> Result:
    return omi("diff", *arguments)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_saved_and_committed_changes_are_told_since_the_main_branch(project: Path) -> None:
    """Without a revision the main branch is taken; what was committed and what was only saved both count."""
    replace(project / FOLDER / "findings/3-1.yaml", "adequate", "strong")
    commit_all(project)
    replace(
        project / FOLDER / "narrative.yaml", "In section 2, the plans were clear.", "In section 2, plans were clear."
    )
    done = diff()
    assert done.exit_code == 0
    assert done.output == (
        "Northmoor 2040 (northmoor-2040)\n"
        "  section 2: summary changed\n"
        "      was: In section 2, the plans were clear.\n"
        "      now: In section 2, plans were clear.\n"
        "  criterion 3.1: rating changed from ‘Adequate’ to ‘Strong’\n"
        "\n"
        "Two changes in one inspection.\n"
    )


def test_what_the_base_did_meanwhile_is_not_ours(project: Path) -> None:
    """The comparison begins where the branch began, as a pull request's does."""
    git(project, "switch", "--quiet", "main")
    replace(project / FOLDER / "findings/3-1.yaml", "adequate", "strong")
    commit_all(project)
    git(project, "switch", "--quiet", "work")
    assert diff("main").output == "Nothing changed in what the reports say.\n"


def test_a_framework_concerns_every_report(project: Path) -> None:
    """Where a framework changed, reports whose files did not are compared too."""
    replace(project / f"content/frameworks/{synthetic_world.FRAMEWORK_ID}.yaml", "from: 65", "from: 80")
    lines = diff().output.splitlines()
    assert f"  framework {synthetic_world.FRAMEWORK_ID}: band ‘Sound’: lower edge 65 → 80" in lines
    assert "Northmoor 2040 (northmoor-2040)" in lines
    assert any("conclusion changed from ‘Sound’ to" in line for line in lines)


def test_a_draft_that_is_new_is_told(project: Path) -> None:
    """A folder that git doesn't know yet is a new inspection, whatever its status."""
    for path, value in synthetic_world.inspection("eastfen", status="in_preparation", date="").items():
        file = project / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))
    (group,) = json.loads(diff("--format", "json").output)["groups"]
    assert (group["inspection"], group["title"]) == ("eastfen-2040", "Eastfen 2040")
    assert "its status is in preparation" in group["changes"][0]["what"]


def test_a_file_that_cannot_be_read_is_named(project: Path) -> None:
    """The rest is compared all the same."""
    (project / FOLDER / "findings/3-1.yaml").write_text("criterion: [\n")
    replace(
        project / FOLDER / "narrative.yaml", "In section 2, the plans were clear.", "In section 2, plans were clear."
    )
    done = diff("main", "--format", "markdown")
    assert done.exit_code == 0
    assert "summary changed" in done.output
    assert r"Not compared: content\/inspections\/northmoor\-2040\/findings\/3\-1\.yaml can’t be read as it is now" in done.output  # fmt: skip


def test_a_base_without_content_makes_everything_new(project: Path) -> None:
    """The first content of a repository is compared with none."""
    git(project, "switch", "--quiet", "--orphan", "empty")
    (project / "readme.txt").write_text("Nothing yet.\n")
    commit_all(project)
    git(project, "switch", "--quiet", "--create", "first")
    git(project, "checkout", "--quiet", "work", "--", ".")
    assert "  inspection: added:" in diff("empty").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "omi: git knows no revision 'nowhere'; name a branch, a tag or a commit, such as main"),
        (["--format", "html"], "'html' is not one of 'text', 'markdown', 'json'"),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_wrong_call_is_told_so(arguments: list[str], message: str) -> None:
    """Exit 2, and what to give instead."""
    done = diff(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_a_project_without_git_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 in a sentence."""
    monkeypatch.chdir(make_project(tmp_path / "project", synthetic_world.world()))
    done = diff("main")
    assert (done.exit_code, done.output) == (
        2,
        f"omi: {tmp_path / 'project'} is not in a git repository, so there is nothing to compare with\n",
    )
