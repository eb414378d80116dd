"""`omi fix`: what it shows, what it writes and what it leaves alone."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest
import synthetic_world
from building import make_project, run, snapshot
from commanding import omi

from omi_build.cli import fix

if TYPE_CHECKING:
    from pathlib import Path

INSPECTION = "content/inspections/northmoor-2040"
FINDINGS = f"{INSPECTION}/findings/2-1.yaml"
MESSY = """\
# yaml-language-server: $schema=../../../../schemas/findings.schema.json
strengths:
  - letter: a
    text: The plan wasn’t late.
criterion: 2.1
conclusion: sound
areas_for_improvement: []
"""
TIDY = """\
# yaml-language-server: $schema=../../../../schemas/findings.schema.json
criterion: "2.1"
conclusion: sound
strengths:
  - letter: a
    text: The plan wasn't late.
areas_for_improvement: []
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The synthetic world, as the folder that the command is run in."""
    root = make_project(tmp_path / "project", synthetic_world.world())
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2224670400")
    assert omi("fix", "--yes").exit_code == 0
    return root


@pytest.fixture
def messy(project: Path) -> Path:
    """A findings file with curly marks, a number for a text and keys in no order."""
    (project / FINDINGS).write_text(MESSY, encoding="utf-8")
    return project / FINDINGS


@pytest.mark.usefixtures("project")
def test_clean_content_has_nothing_to_fix() -> None:
    """Exit 0 and a sentence."""
    done = omi("fix")
    assert (done.exit_code, done.output) == (0, "Nothing to fix.\n")


def test_changes_are_shown_as_a_diff_and_counted(messy: Path) -> None:
    """Exit 1, and in a pipe nothing is written and no colour is set."""
    done = omi("fix")
    assert done.exit_code == 1
    assert messy.read_text(encoding="utf-8") == MESSY
    lines = done.output.splitlines()
    assert lines[:3] == [f"--- {FINDINGS}", f"+++ {FINDINGS}", "@@ -1,7 +1,7 @@"]
    assert "-criterion: 2.1" in lines
    assert '+criterion: "2.1"' in lines
    assert lines[lines.index("In 1 file:") :] == [
        "In 1 file:",
        "     1 curly quotation mark or apostrophe is now straight",
        "     1 number (or true, or false) that must be a text stands now in quotation marks",
        "     1 group of keys stands now in the usual order",
        "Nothing was written. To apply these changes: omi fix --yes",
    ]
    assert "\x1b" not in done.output


def test_yes_applies_and_a_second_run_finds_nothing(messy: Path) -> None:
    """Exit 0 each time; the file is as it should be, and its rules have nothing new to say."""
    done = omi("fix", "--yes")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 file written.")
    assert messy.read_text(encoding="utf-8") == TIDY
    assert omi("fix").exit_code == 0
    assert omi("check").output == "No problems found.\n"


def test_a_terminal_sees_colours(messy: Path) -> None:
    """What goes in red, what comes in green."""
    shown = omi("fix", "--diff", str(messy), color=True).output
    assert '\x1b[32m+criterion: "2.1"\x1b[0m' in shown
    assert "\x1b[31m-criterion: 2.1\x1b[0m" in shown


@pytest.mark.parametrize(("answer", "code", "after"), [("y\n", 0, TIDY), ("n\n", 1, MESSY), ("\n", 1, MESSY)])
def test_in_a_terminal_it_asks(
    messy: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, after: str
) -> None:
    """Nothing is written without a yes."""
    monkeypatch.setattr(fix, "_is_terminal", lambda: True)
    done = omi("fix", answer=answer)
    assert "Apply these changes? [y/N]" in done.output
    assert (done.exit_code, messy.read_text(encoding="utf-8")) == (code, after)


def test_diff_only_shows(messy: Path) -> None:
    """Exit 1 where there is something to fix."""
    done = omi("fix", "--diff")
    assert done.exit_code == 1
    assert "Apply" not in done.output
    assert messy.read_text(encoding="utf-8") == MESSY
    assert omi("fix", "--diff", "--yes").exit_code == 2


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (FINDINGS, 1),
        (f"{INSPECTION}/findings", 1),
        ("content", 1),
        (f"{INSPECTION}/inspection.yaml", 0),
        ("mkdocs.yml", 2),
        ("nowhere", 2),
    ],
)
@pytest.mark.usefixtures("messy")
def test_paths_narrow_what_is_mended(path: str, code: int) -> None:
    """A path that holds no data is a slip."""
    assert omi("fix", path).exit_code == code


def test_line_ends_byte_order_mark_and_mode_are_kept(messy: Path) -> None:
    """The file stays what its editor made it, and nothing lies beside it."""
    messy.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    messy.chmod(0o640)
    beside = sorted(messy.parent.iterdir())
    assert omi("fix", "--yes").exit_code == 0
    assert messy.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(messy.stat().st_mode) == 0o640
    assert sorted(messy.parent.iterdir()) == beside


def test_a_link_is_not_followed(messy: Path, tmp_path: Path) -> None:
    """What lies outside the content is not written, nor is the link replaced."""
    outside = tmp_path / "outside.yaml"
    outside.write_text(MESSY, encoding="utf-8")
    messy.unlink()
    messy.symlink_to(outside)
    omi("fix", "--yes")
    assert outside.read_text(encoding="utf-8") == MESSY
    assert messy.is_symlink()


def test_a_link_inside_the_content_stays_a_link(messy: Path) -> None:
    """It isn't replaced by a file, nor written through."""
    kept = messy.parents[3] / "kept.txt"
    messy.rename(kept)
    messy.symlink_to(kept)
    assert omi("fix", "--yes").output.startswith("Nothing to fix.")
    assert messy.is_symlink()
    assert kept.read_text(encoding="utf-8") == MESSY


def test_a_file_changed_meanwhile_is_not_overwritten(messy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, and what to do; the new text stays."""

    def saved_elsewhere() -> bool:
        messy.write_text("# saved by someone else\n", encoding="utf-8")
        return True

    monkeypatch.setattr(fix, "_agreed", saved_elsewhere)
    done = omi("fix")
    assert done.exit_code == 2
    assert "was changed while you looked at the changes; run omi fix again" in done.output
    assert messy.read_text(encoding="utf-8") == "# saved by someone else\n"


def test_letters_run_on_in_a_draft_alone(project: Path) -> None:
    """A published finding keeps its letter for good."""
    findings, about = project / FINDINGS, project / INSPECTION / "inspection.yaml"
    skipped = TIDY.replace("letter: a", "letter: b")
    findings.write_text(skipped, encoding="utf-8")
    assert omi("fix", "--yes").output == "Nothing to fix. There is more for you to decide: 1 error; see omi check.\n"
    about.write_text(about.read_text().replace("status: published", "status: in_preparation"))
    assert omi("fix", "--yes").exit_code == 0
    assert findings.read_text(encoding="utf-8") == TIDY


def test_lines_about_people_are_not_shown(project: Path) -> None:
    """Case answers are mended, and only their file is named."""
    answers = project / INSPECTION / "case_scores.csv"
    for other in (project / INSPECTION).glob("case_scores.*"):
        other.unlink()
    answers.write_text("case,2.1.1\nC1,sufficient\n\n")
    done = omi("fix", str(answers))
    assert done.output.startswith(
        f"{INSPECTION}/case_scores.csv changes; its lines are about people and are not shown."
    )
    assert "C1" not in done.output


def test_case_answers_that_could_name_a_person_stay(project: Path) -> None:
    """They have to go, not to be mended."""
    answers = project / INSPECTION / "case_scores.csv"
    for other in (project / INSPECTION).glob("case_scores.*"):
        other.unlink()
    answers.write_text("case,name,2.1.1\nC1,Made Up,sufficient\n\n")
    assert omi("fix", "--yes", str(answers)).output.startswith("Nothing to fix.")


def test_a_file_that_can_be_read_only_now_is_mended_at_once(messy: Path) -> None:
    """What rules and schemas can say only after the first fix is done in the same run."""
    messy.write_text(MESSY.replace("  - letter: a\n", "\xa0\xa0- letter: a\n"), encoding="utf-8")
    assert omi("fix", "--yes").exit_code == 0
    assert messy.read_text(encoding="utf-8") == TIDY


def test_outside_a_project_it_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, and where to run it."""
    monkeypatch.chdir(tmp_path)
    done = omi("fix")
    assert done.exit_code == 2
    assert "run this in the folder that holds mkdocs.yml" in done.output


def test_the_content_is_not_touched_while_changes_are_tried(messy: Path) -> None:
    """Rules are asked about a copy."""
    before = snapshot(messy.parents[3])
    omi("fix")
    assert snapshot(messy.parents[3]) == before


def test_the_command_is_installed(messy: Path) -> None:
    """`omi fix` in a pipe shows and doesn't write, with colour nowhere."""
    done = run(messy.parents[4], "omi", "fix")
    assert done.code == 1
    assert re.search(r"^\+criterion", done.output, re.MULTILINE)
