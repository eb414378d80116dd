"""`omi check`: what it looks at, the forms it shows problems in, and how it follows what is saved."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import environment, make_project
from click.testing import Result
from commanding import omi
from repositories import commit_all, git
from sarif_pydantic import Sarif

from omi_build.checking import check_content
from omi_build.doors import project_of
from omi_build.overview import overview_of
from omi_build.problems import Place, Problem, Severity
from omi_build.reporting import Located, as_github
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "content/inspections/northmoor-2040"
OTHER = "content/inspections/eastfen-2040"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two inspections in a repository whose main branch is clean, on a branch of its own."""
    root = make_project(tmp_path / "project", {**synthetic_world.world(), **synthetic_world.inspection("eastfen")})
    git(root, "init", "--quiet")
    commit_all(root)
    git(root, "checkout", "--quiet", "-b", "findings")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2224670400")
    return root


def spoil(root: Path, path: str, old: str = "strengths:", new: str = "strenghts:") -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def places(checked: Result) -> list[str]:
    """Return the files that problems are shown in."""
    return re.findall(r"^(content/\S+?):\d", checked.output, re.MULTILINE)


def test_changed_shows_what_differs_from_the_main_branch(project: Path) -> None:
    """What was wrong before is the main branch's own matter; committed and uncommitted changes both count."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    commit_all(project)
    spoil(project, f"{FOLDER}/findings/2-2.yaml")
    checked = omi("check", "--changed")
    assert checked.exit_code == 1
    assert places(checked) == [f"{FOLDER}/findings/2-1.yaml", f"{FOLDER}/findings/2-2.yaml"]
    assert places(omi("check", "--changed", "--base", "findings")) == [f"{FOLDER}/findings/2-2.yaml"]


def test_changed_leaves_alone_what_was_not_touched(project: Path) -> None:
    """A problem of the main branch doesn't stop the pull request of someone else."""
    git(project, "checkout", "--quiet", "main")
    spoil(project, f"{OTHER}/findings/2-1.yaml")
    commit_all(project)
    git(project, "checkout", "--quiet", "-b", "later")
    spoil(project, f"{FOLDER}/findings/3-1.yaml", "less to see", "little to see")
    checked = omi("check", "--changed")
    assert (checked.exit_code, places(checked)) == (0, [])
    assert places(omi("check")) == [f"{OTHER}/findings/2-1.yaml"]


def test_changed_tells_of_a_file_that_is_gone(project: Path) -> None:
    """What its loss means stands in another file of the inspection, and is shown."""
    (project / FOLDER / "findings/2-3.yaml").unlink()
    checked = omi("check", "--changed")
    assert checked.exit_code == 1
    assert places(checked) == [f"{FOLDER}/inspection.yaml"]
    assert "OMI202 there are no findings on criterion 2.3" in checked.output


def test_changed_looks_at_everything_when_something_shared_changed(project: Path) -> None:
    """A new name of a framework is felt in every inspection under it."""
    spoil(project, "content/frameworks/synthetic-2040.yaml", "rating: adequate", "rating: fair")
    assert places(omi("check", "--changed")) == [f"{OTHER}/findings/3-1.yaml", f"{FOLDER}/findings/3-1.yaml"]


@pytest.mark.usefixtures("project")
def test_changed_without_a_change_says_so() -> None:
    """A sentence, and exit 0."""
    checked = omi("check", "--changed")
    assert (checked.exit_code, checked.output) == (0, "No file of the content has changed.\n")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--changed", FOLDER], "give paths or --changed, not both"),
        (["--base", "main"], "--base says what --changed compares with"),
        (["--watch", "--format", "json"], "--watch shows text"),
        (["--changed", "--base", "nowhere"], "git knows no revision 'nowhere'"),
    ],
)
def test_options_that_do_not_fit_together_are_told(arguments: list[str], words: str) -> None:
    """Exit 2 and the reason."""
    checked = omi("check", *arguments)
    assert checked.exit_code == 2
    assert words in checked.output


def test_an_inspection_is_checked_without_the_others(project: Path) -> None:
    """Only what is asked for is read: a file of another inspection is not even opened."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    whole, alone = check_content(project_of(project)), check_content(project_of(project), only=["northmoor-2040"])
    assert {report.inspection.id for report in whole.reports} == {"northmoor-2040", "eastfen-2040"}
    assert {report.inspection.id for report in alone.reports} == {"northmoor-2040"}
    assert alone.problems == whole.problems


def test_all_inspections_one_by_one_are_the_same_as_all_together(project: Path) -> None:
    """Each problem is told once, whatever it is about, the first time and from what is kept; a mended file is read again."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    (project / "content/inspections/stray.txt").write_text("left here")
    twin = project / "content/inspections/Eastfen-2040"
    shutil.copytree(project / "content/inspections/eastfen-2040", twin)
    glossary = project / "content/glossary.yaml"
    unused = "abbreviations:\n- short: ZQX\n  long: Never used\n"
    glossary.write_text(glossary.read_text().replace("abbreviations:\n", unused, 1))
    (project / "content/redirects.yaml").write_text("redirects: [{from: a/, to: b/}, {from: a/, to: c/}]\n")
    for _ in range(2):
        whole = check_content(project_of(project)).problems
        assert {"OMI009", "OMI101", "OMI802"} <= {problem.code for problem in whole}
        assert set(overview_of(project_of(project)).problems) == set(whole)
    shutil.rmtree(twin)
    (project / "content/inspections/stray.txt").unlink()
    git(project, "checkout", "--quiet", "--", FOLDER)
    whole = check_content(project_of(project)).problems
    assert {problem.code for problem in whole} == {"OMI504", "OMI802"}, whole
    assert set(overview_of(project_of(project)).problems) == set(whole)


def test_github_gets_an_annotation_for_each_problem(project: Path) -> None:
    """With file, line, column and code, errors as errors."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    checked = omi("check", "--format", "github")
    assert checked.exit_code == 1
    assert checked.stdout == (
        f"::error file={FOLDER}/findings/2-1.yaml,line=2,col=1,title=OMI101::"
        "unknown key `strenghts`%0ADid you mean `strengths`?\n"
    )


def test_no_text_of_the_content_can_give_github_a_command() -> None:
    """Line breaks, per cents, commas and colons are written out, in the message as in the name of the file."""
    problem = Problem(Source("a,b:c.yaml"), "OMI101", "100%\n::set-output name=x::y\r", severity=Severity.WARNING)
    shown = as_github([Located(problem, Place(1, 2), "")])
    assert shown == "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=OMI101::100%25%0A::set-output name=x::y\n"
    assert shown.count("\n") == 1


def test_sarif_is_what_code_scanning_reads(project: Path) -> None:
    """The log is a log of SARIF 2.1.0; the result has its place, and the rule its page on the site."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    checked = omi("check", "--format", "sarif")
    assert checked.exit_code == 1
    log = Sarif.model_validate_json(checked.stdout)
    (run,) = log.runs
    (result,) = run.results or []
    assert (result.rule_id, result.level) == ("OMI101", "error")
    (rule,) = json.loads(checked.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "OMI101"
    assert rule["helpUri"].endswith("/rules/#omi101")
    (location,) = json.loads(checked.stdout)["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": f"{FOLDER}/findings/2-1.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 1},
    }


@pytest.mark.usefixtures("project")
def test_sarif_of_clean_content_has_no_result() -> None:
    """A run with nothing in it, which clears what was shown before."""
    assert json.loads(omi("check", "--format", "sarif").stdout)["runs"][0]["results"] == []


def test_what_is_shown_leads_to_the_explanation_of_the_rule(project: Path) -> None:
    """The last line names a command that works."""
    spoil(project, f"{FOLDER}/findings/2-1.yaml")
    assert "omi explain OMI101 tells more about a rule" in omi("check").output


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what a process writes, line by line."""
    assert process.stdout
    yield from iter(process.stdout.readline, "")


def test_watch_checks_again_when_a_file_is_saved(project: Path) -> None:
    """It tells of a slip, then that it is mended, without being called again; and survives a broken schema."""
    command = [str(Path(sys.executable).with_name("omi")), "check", "--watch", FOLDER]
    process = subprocess.Popen(
        command, cwd=project, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        lines = lines_of(process)

        def until(words: str) -> None:
            assert any(words in line for line in lines), words

        until("No problems found.")
        until("Waiting for a file to be saved")
        time.sleep(0.5)  # the watcher begins to listen after it has said so
        spoil(project, f"{FOLDER}/findings/2-1.yaml")
        until("unknown key `strenghts`")
        until("Waiting")
        spoil(project, f"{FOLDER}/findings/2-1.yaml", "strenghts:", "strengths:")
        until("No problems found.")
        until("Waiting")
        spoil(project, "schemas/targets.schema.json", "{", "")
        until("omi: ")
        until("Waiting")
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout
        process.stdout.close()
