"""More than thirty mistakes of an inspector who has never seen YAML, as files; each is told once, at its place, with what to do.

The first line of a file says where in an inspection it lies. Everything else there is as it should be.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from synthetic_world import PUBLISHED, world

from omi_build.checking import check_content
from omi_build.project import Project
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
    "apostrophe-in-quotation-marks": (
        10,
        25,
        "OMI001",
        "there is more text after the closing quotation mark",
        "Inside '…' write an apostrophe twice, as in 'the offender''s'; or, for a text with quotation marks, write |- after the key and the text on the lines below it, indented.",
    ),
    "colon-in-text": (
        10,
        26,
        "OMI001",
        "there is a second colon in this line",
        'A text with a colon in it must stand in straight quotation marks: text: "Plans were late: some by weeks.".',
    ),
    "no-space-after-colon": (
        3,
        12,
        "OMI001",
        "there is no space after the colon",
        "Write `key: value`, with an ordinary space after the colon.",
    ),
    "starts-with-a-star": (
        10,
        11,
        "OMI001",
        "a text can't start with *",
        "Put the text in quotation marks: '*Most* plans were late.'.",
    ),
    "text-behind-the-bar": (
        10,
        11,
        "OMI001",
        "a text can't begin on the same line as |-",
        "Move the text to the next line, indented. If it is meant to start with the sign |, put all of it in quotation marks.",
    ),
    "text-not-indented": (
        11,
        1,
        "OMI001",
        "this line reads like a text, but is not indented like one",
        "Put as many spaces before it as the lines of its text have. To begin a text, write |- after the key and the text on the lines below it, indented.",
    ),
    "two-versions": (
        11,
        1,
        "OMI001",
        "this is the mark of an unresolved merge",
        "Two versions of this file were not joined: keep the right lines and delete the marks <<<<<<<, =======, >>>>>>>.",
    ),
    "unclosed-quotation-mark": (
        10,
        11,
        "OMI001",
        "the quotation mark that opens here is never closed",
        "Close it. For a text with quotation marks in it, write |- after the key and the text on the lines below it, indented.",
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
    "british-date": (
        12,
        9,
        "OMI105",
        "`15/03/2040` doesn't fit `date`",
        "Write the year first, then month and day: date: 2040-03-15.",
    ),
    "empty-text": (
        10,
        10,
        "OMI103",
        "`text` is empty; it must be a text",
        "Write |- after the colon, and the text on the lines below it, indented. The finding. Write percentages as 79% and counts as “eight out of 11 cases (73%)”, or have them filled in from the case answers: [[share 1.2.3]], [[count 1.2.3]]. Example: text: A full analysis was completed in 83% of cases.",
    ),
    "key-with-spaces": (8, 1, "OMI101", "unknown key `areas for improvement`", "Did you mean `areas_for_improvement`?"),
    "missing-hyphen": (
        9,
        5,
        "OMI103",
        "`areas_for_improvement` must be a list, but this is a group of keys",
        "Start each entry of the list on a line of its own with “- ”; write [] for an empty list.",
    ),
    "missing-text": (
        9,
        5,
        "OMI102",
        "`text` is missing",
        "Add a line `text: …` here. The finding. Write percentages as 79% and counts as “eight out of 11 cases (73%)”, or have them filled in from the case answers: [[share 1.2.3]], [[count 1.2.3]]. Example: text: A full analysis was completed in 83% of cases.",
    ),
    "ref-without-quotation-marks": (
        2,
        12,
        "OMI103",
        "`criterion` must be a text, but `2.1` is a number",
        'Put it in quotation marks, with every digit, as in criterion: "1.10". Without them a last 0 is lost.',
    ),
    "unknown-status": (
        11,
        11,
        "OMI104",
        "`status` can't be `draft`; it is one of: in_preparation, with_area, published, withdrawn",
        "in_preparation; with_area while the area comments on the draft; published from its date on; withdrawn when it was taken back. Only published reports are on the public site. omi publish writes it. Example: in_preparation",
    ),
    "capital-letter": (
        3,
        13,
        "OMI105",
        "`Sound` doesn't fit `conclusion`",
        "Did you mean `sound`? The conclusion that the report states: a key of the framework’s bands. Example: conclusion: priority",
    ),
    "date-in-words": (
        12,
        9,
        "OMI105",
        "`15 March 2040` doesn't fit `date`",
        "Write the year first, then month and day: date: 2040-03-15.",
    ),
    "one-for-a-list": (
        5,
        15,
        "OMI103",
        "`criteria` must be a list, but `2.3` is a number",
        'Write it as a list: criteria: ["2.3"].',
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
    "contradictory-count": (
        11,
        26,
        "OMI302",
        "five out of 36 is 14%, not 15%",
        "Check the count and the percentage: one of them must change.",
    ),
    "count-above-base": (
        11,
        26,
        "OMI305",
        "12 out of 11 can't be: the count is larger than its base",
        "A part can't be more than the whole: check both numbers, or swap them.",
    ),
    "doubled-word": (11, 19, "OMI501", "`that` stands twice in a row", "Remove one of the two, unless both are meant."),
    "first-name": (
        6,
        7,
        "OMI502",
        "`Peter` looks like a person's first name, and nothing says that it was changed",
        "Leave the name out ('a man of 21'), or change it and add names_changed: true.",
    ),
    "no-such-day": (12, 9, "OMI207", "there is no such day as 2040-02-30", "Look the day up in a calendar."),
    "skipped-number": (
        6,
        13,
        "OMI210",
        "recommendation 3 stands where number 2 should be",
        "They run on from 1 without a gap: write number: 2, and look at those below.",
    ),
    "unexplained-abbreviation": (
        11,
        11,
        "OMI503",
        "YJB is used, but the glossary doesn't explain it",
        "Add it to glossary.yaml with what it stands for, or write it out.",
    ),
    "unknown-conclusion": (
        3,
        13,
        "OMI403",
        "`good` is no conclusion of the framework",
        "The framework has: excellent, sound, weak, failing.",
    ),
    "unknown-figure": (11, 26, "OMI306", "Synthetic 2040 has no question 2.1.9", "Its questions are 2.1.1 to 2.1.3."),
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
    assert len(MISTAKES) >= 30


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
