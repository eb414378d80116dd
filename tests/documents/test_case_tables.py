"""Case answers as a table: the habits of spreadsheets are survived, and what can't be read is told by line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_world import INSPECTION, problems_of
from worked_example import ANSWERS, WORDS, worked_example

from omi_build.documents.tables import letter, parse_table

if TYPE_CHECKING:
    from pathlib import Path

VALUE = {
    "cases": [
        {"case": "C001", "strata": ["order", "ppo"], "answers": {"1.1.1": "sufficient", "1.1.2": "not_applicable"}},
        {"case": "C002", "strata": ["licence"], "answers": {"1.1.1": "insufficient", "1.1.2": "sufficient"}},
    ]
}
PLAIN = "case,strata,1.1.1,1.1.2\nC001,order ppo,sufficient,not_applicable\nC002,licence,insufficient,sufficient\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.rstrip("\n"),
        PLAIN.replace("\n", ",,\n") + ",,,,,\n,,,,,\n",
        PLAIN.replace("sufficient", "Sufficient ")
        .replace("inSufficient", "INSUFFICIENT")
        .replace("not_app", "Not app"),
        PLAIN.replace("order ppo", '"order ppo"').replace("C001", '"C001"'),
        PLAIN.replace("case,strata", "Case,Strata"),
        "\n\n" + PLAIN,
    ],
)
def test_tables_are_read_alike(text: str) -> None:
    """Separators, line ends, quotation marks, spaces, capitals, empty rows and columns make no difference."""
    parsed = parse_table(text)
    assert (parsed.value, [fault.message for fault in parsed.faults]) == (VALUE, [])


def test_a_table_may_say_that_its_cases_are_made_up() -> None:
    """In its first line, since a table has no keys."""
    assert parse_table("# synthetic: true\n" + PLAIN).value == VALUE | {"synthetic": True}


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("case,1.1.1,1.1.1\nC001,sufficient,sufficient\n", 1, 12, "column C has the same heading as column B: 1.1.1"),
        ("case,,1.1.1\nC001,,sufficient\n", 1, 6, "column B has no heading"),
        ("case,1.1.1\nC001\n", 2, 1, "this row has 1 cells, but there are 2 headings"),
        ("case,1.1.1\nC001,sufficient,more\n", 2, 1, "this row has 3 cells, but there are 2 headings"),
        ('case,1.1.1\nC001,"suff\n', 2, 1, "this row can't be read as a table"),
        ("\n\n", 1, 1, "this table is empty"),
    ],
)
def test_what_is_no_table_is_told(text: str, line: int, column: int, words: str) -> None:
    """With the letter that a spreadsheet shows, and the line."""
    (fault,) = parse_table(text).faults
    assert (fault.code, fault.place.line, fault.place.column) == ("OMI013", line, column)
    assert words in fault.message


def test_all_faults_are_told_at_once() -> None:
    """A person mends them in one go."""
    faults = parse_table("case,1.1.1,\nC001\nC002,a,b\nC003,sufficient,\n").faults
    assert [fault.place.line for fault in faults] == [2, 3]


def example_table() -> str:
    """Return the answers of the worked example as a table."""
    rows = [",".join(["case", *ANSWERS])]
    rows += [f"C{n + 1:03}," + ",".join(WORDS[letters[n]] for letters in ANSWERS.values()) for n in range(12)]
    return "\n".join(rows) + "\n"


def test_a_table_scores_as_its_yaml_does(tmp_path: Path) -> None:
    """The worked example has no problem in either form."""
    files = worked_example()
    del files[f"{INSPECTION}/case_scores.yaml"]
    files[f"{INSPECTION}/case_scores.csv"] = example_table()
    assert [one.problem.message for one in problems_of(tmp_path, files)] == []


def test_a_wrong_answer_is_told_at_its_cell(tmp_path: Path) -> None:
    """By the schema, as in the other forms, with line and column of the cell."""
    files = worked_example()
    del files[f"{INSPECTION}/case_scores.yaml"]
    files[f"{INSPECTION}/case_scores.csv"] = example_table().replace("C003,sufficient", "C003,suficient")
    (one,) = problems_of(tmp_path, files)
    assert (one.place.line, one.place.column, one.problem.code) == (4, 6, "OMI104")


def test_only_one_form_may_lie_in_a_folder(tmp_path: Path) -> None:
    """Nobody could tell which of two holds."""
    files = worked_example() | {f"{INSPECTION}/case_scores.csv": example_table()}
    assert [one.problem.code for one in problems_of(tmp_path, files)][:1] == ["OMI010"]


@given(st.text(alphabet=st.sampled_from('case,1.C0;"\n\r\t sufficient#'), max_size=60))
def test_any_table_gives_a_value_or_faults_inside_the_text(text: str) -> None:
    """Never an exception, and every place lies in the text."""
    parsed = parse_table(text)
    lines = text.count("\n") + text.count("\r") + 2
    assert all(1 <= fault.place.line <= lines for fault in parsed.faults)
    assert all(0 <= spot.start <= spot.end <= len(text) + 1 for spot in parsed.spots.values())


@pytest.mark.parametrize(("column", "shown"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_columns_have_the_letters_of_a_spreadsheet(column: int, shown: str) -> None:
    """So that a person finds them."""
    assert letter(column) == shown
