"""Ten mistakes of an inspector who has never seen YAML, as files; each is told once, at its place, with what to do.

The first line of a file says where in an inspection it lies. Everything else there is as it should be.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from synthetic_world import PUBLISHED, world

from omi_build.checking import Project, check_content
from omi_build.reporting import as_text, located

FOLDER = Path(__file__).parent / "mistakes"
REPOSITORY = Path(__file__).parents[1]

MISTAKES = {
    # found by reading
    "wrong-indent": (
        9,
        4,
        "OMI001",
        "this line is not indented like the lines around it (it starts in column 4)",
        "Line it up with the lines it belongs to: keys below keys, and each - below the - before it.",
    ),
    "tab": (
        8,
        1,
        "OMI001",
        "a tab stands at the start of this line",
        "Put spaces instead: two for each step of indentation.",
    ),
    "duplicate-key": (
        15,
        1,
        "OMI002",
        "the key `conclusion` stands here a second time; the first is in line 3",
        "Keep one of the two, or join what they say.",
    ),
    # found by the schema
    "misspelt-key": (3, 1, "OMI101", "unknown key `conclution`", "Did you mean `conclusion`?"),
    "smart-quotes": (
        9,
        5,
        "OMI101",
        "unknown key `“text”`",
        "Did you mean `text`? Curly quotation marks are part of the word; write the key without any.",
    ),
    "number-as-text": (
        4,
        18,
        "OMI103",
        "`published_score` must be a whole number, but `73%` is a text",
        "Write published_score: 73, without quotation marks or signs.",
    ),
    # found by rules
    "missing-letter": (
        8,
        13,
        "OMI203",
        "(c) stands where the letter (b) should be in the strengths",
        "The letters run on from (a) without a gap: write letter: b, and look at those below.",
    ),
    "bad-percentage": (
        10,
        10,
        "OMI301",
        "79% of 50 can't be: 39 is 78%, 40 is 80%",
        "Check the percentage against the count, or name the number that it was taken of.",
    ),
    "wrong-conclusion": (
        3,
        13,
        "OMI401",
        "a score of 73% is sound, not weak",
        "Weak begins at 45%, Sound at 65%. Check score and conclusion.",
    ),
    "unknown-criterion": (6, 23, "OMI204", "Synthetic 2040 has no criterion 2.9", "It has 2.1, 2.2, 2.3."),
}
"""By file: line, column, code, message and hint of the one problem."""


def project_with(root: Path, mistake: Path) -> tuple[Project, str]:
    """Make a project of the synthetic world with the file of a mistake in it; return it and the file's path."""
    text = mistake.read_text(encoding="utf-8")
    path = f"inspections/{PUBLISHED}/{text.splitlines()[0].removeprefix('# ')}"
    for name, value in {**world(), path: text}.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        written = value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
        file.write_text(written, encoding="utf-8")
    day = datetime.date(2040, 6, 1)
    return Project(root / "content", REPOSITORY / "schemas", REPOSITORY / "site_templates", day), f"content/{path}"


def test_no_mistake_lies_unread() -> None:
    """Every file has its problem, and every problem its file."""
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(MISTAKES)
    assert len(MISTAKES) == 10


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_with_place_words_and_advice(tmp_path: Path, name: str) -> None:
    """One slip, one message, through the whole line: reading, schema and rules together."""
    project, path = project_with(tmp_path, FOLDER / f"{name}.yaml")
    found = located(check_content(project).problems, lambda file: (tmp_path / file).read_text(encoding="utf-8"))
    assert [
        (
            one.problem.source.path,
            one.place.line,
            one.place.column,
            one.problem.code,
            one.problem.message,
            one.problem.hint,
        )
        for one in found
    ] == [(path, *MISTAKES[name])]


def test_a_mistake_is_shown_with_its_line_and_a_caret(tmp_path: Path) -> None:
    """As a terminal shows it."""
    project, path = project_with(tmp_path, FOLDER / "smart-quotes.yaml")
    found = located(check_content(project).problems, lambda file: (tmp_path / file).read_text(encoding="utf-8"))
    assert as_text(found).plain.startswith(
        f"{path}:9:5: error OMI101 unknown key `“text”`\n    9 |     “text”: |-\n      |     ^\n"
    )
