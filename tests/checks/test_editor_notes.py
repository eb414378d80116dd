"""What an editor's note beside a text does to the checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_world import INSPECTION, problems_of, world

FINDINGS = f"{INSPECTION}/findings/1-1.yaml"
ABOUT = f"{INSPECTION}/inspection.yaml"
WRONG = "In 79% of the 50 reports."


def note(*codes: str) -> list[dict[str, Any]]:
    """Return a note that explains some codes."""
    return [{"text": "The report prints it so.", "explains": list(codes)}]


def finding(text: str, *codes: str) -> dict[str, Any]:
    """Return the small world with a text in its first finding, and a note that explains some codes beside it."""
    files = world()
    files[FINDINGS]["strengths"][0] |= {"text": f"A PSR was there. {text}", "editor_notes": note(*codes)}
    return files


@pytest.mark.parametrize(
    ("text", "codes", "left"),
    [
        (WRONG, ["OMI301"], []),
        (f"{WRONG} The the rest.", ["OMI301"], ["OMI501"]),
        (WRONG, [], ["OMI301"]),
        (f"{WRONG} In 81% of the 50.", ["OMI301"], []),
        (WRONG, ["OMI301", "OMI304"], ["OMI505"]),
        ("It was clear.", ["OMI301"], ["OMI505"]),
        (WRONG, ["OMI302"], ["OMI301", "OMI505"]),
    ],
)
def test_a_note_answers_the_codes_that_it_names(tmp_path: Path, text: str, codes: list[str], left: list[str]) -> None:
    """A note silences every problem of its codes beside it, no other, and is told of where it silences none."""
    assert [one.problem.code for one in problems_of(tmp_path, finding(text, *codes))] == left


def test_an_idle_note_is_told_of_at_the_code(tmp_path: Path) -> None:
    """A note whose text was mended is a warning, at the code that it explains."""
    (one,) = problems_of(tmp_path, finding("It is.", "OMI301"))
    assert (one.problem.code, one.problem.severity.value) == ("OMI505", "warning")
    assert (one.problem.source.pointer, one.place.line) == (("strengths", 0, "editor_notes", 0, "explains", 0), 10)
    assert "explains OMI301" in one.problem.message


def test_a_note_speaks_for_its_own_finding_only(tmp_path: Path) -> None:
    """The same fault in the next finding is reported all the same."""
    files = finding(WRONG, "OMI301")
    files[FINDINGS]["strengths"][1]["text"] = WRONG
    assert [(one.problem.code, one.place.line) for one in problems_of(tmp_path, files)] == [("OMI301", 12)]


def test_a_note_on_a_table_speaks_for_its_rows_and_total(tmp_path: Path) -> None:
    """What is wrong inside the table is answered; the text beside the table is not."""
    files = world()
    row = {"label": "Done", "value": 79, "unit": "per_cent", "of": 50}
    files[FINDINGS]["strengths"][0] |= {
        "text": f"A PSR was there. {WRONG}",
        "figures": [{"title": "T", "rows": [row], "adds_up_to": 118, "editor_notes": note("OMI301", "OMI303")}],
    }
    found = problems_of(tmp_path, files)
    assert [(one.problem.code, one.problem.source.pointer[-1]) for one in found] == [("OMI301", "text")]


def test_a_note_on_the_whole_criterion_speaks_for_its_file(tmp_path: Path) -> None:
    """Conclusion, findings and all: the part that owns the note is the file."""
    files = world()
    files[FINDINGS] |= {"conclusion": "priority", "editor_notes": note("OMI401", "OMI301")}
    files[FINDINGS]["strengths"][1]["text"] = WRONG
    assert problems_of(tmp_path, files) == []


def test_no_note_is_idle_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    """Rules are silent on an inspection that isn't whole, so what a note would have answered isn't known."""
    files = finding("It was clear.", "OMI301") | {f"{INSPECTION}/targets.yaml": "tables: ["}
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI001"]


def test_the_text_of_a_note_is_not_checked(tmp_path: Path) -> None:
    """A note quotes the figures that it speaks of."""
    files = finding(WRONG, "OMI301")
    files[FINDINGS]["strengths"][0]["editor_notes"][0]["text"] = "No whole number gives 79% of the 50 reports."
    assert problems_of(tmp_path, files) == []
