"""A draft is a form with blanks: what isn't written yet isn't there, and everything else keeps its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_world import INSPECTION, problems_of, world

ABOUT, FINDINGS = f"{INSPECTION}/inspection.yaml", f"{INSPECTION}/findings/1-1.yaml"
NARRATIVE = f"{INSPECTION}/narrative.yaml"

FORM = """\
criterion: "1.1"
published_score:
conclusion: ""
strengths:
  - letter: a
    text: |-

  - letter: a
    text: It was seen that that was so.
areas_for_improvement:
  - letter: a
    text:
"""


def draft(**files: Any) -> dict[str, Any]:
    """Return the small world as a draft, with some files as given."""
    made = world()
    made[ABOUT]["publication"] = {"status": "in_preparation"}
    return made | files


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (FINDINGS, FORM.replace("that that", "that")),
        (FINDINGS, 'criterion: "1.1"\nstrengths: []\nareas_for_improvement: []\ncomment: "  "\n'),
        (
            NARRATIVE,
            "foreword:\n  signed_by:\n  role: Chief\n  text: |-\n\nsection_summaries:\n  - section: 1\n    text:\n",
        ),
        (
            NARRATIVE,
            "section_summaries: []\nchapters:\n  - id: area\n    title: The area\n    parts:\n      - text: |-\n",
        ),
        (NARRATIVE, "section_summaries: []\nnext_steps:\n  text:\n  further_inspection: false\n"),
    ],
)
def test_what_is_not_written_yet_is_no_problem_in_a_draft(tmp_path: Path, path: str, text: str) -> None:
    """Keys with nothing behind them, and parts whose text is blank, pass."""
    codes = [one.problem.code for one in problems_of(tmp_path, draft(**{path: text}))]
    assert set(codes) <= {"OMI504"}  # nothing uses the one abbreviation any more


def test_a_problem_behind_a_blank_keeps_its_place(tmp_path: Path) -> None:
    """The blank entry above it is left out, and lines and pointers are those of the file all the same."""
    (found,) = [one for one in problems_of(tmp_path, draft(**{FINDINGS: FORM})) if one.problem.code == "OMI501"]
    assert (found.place.line, found.place.column) == (9, 23)
    assert found.problem.source.pointer == ("strengths", 1, "text")


def test_an_unknown_key_behind_a_blank_keeps_its_place(tmp_path: Path) -> None:
    """What the schema refuses is placed like what a rule finds."""
    text = FORM.replace("text: It was seen that that was so.", "txt: It was so.")
    found = [one for one in problems_of(tmp_path, draft(**{FINDINGS: text})) if one.problem.code == "OMI101"]
    assert [(one.place.line, one.problem.source.pointer) for one in found] == [(9, ("strengths", 1, "txt"))]


def test_an_unknown_key_is_told_though_nothing_is_behind_it(tmp_path: Path) -> None:
    """A slip in a key of the form would lose what is typed there later."""
    text = FORM.replace("published_score:", "publishd_score:").replace("that that", "that")
    (found,) = [one for one in problems_of(tmp_path, draft(**{FINDINGS: text})) if one.problem.code != "OMI504"]
    assert (found.place.line, found.problem.message) == (2, "unknown key `publishd_score`")
    assert found.problem.hint == "Did you mean `published_score`?"


def test_a_blank_in_a_published_report_is_a_slip(tmp_path: Path) -> None:
    """Nothing is quietly left out of what the public reads."""
    found = problems_of(tmp_path, world() | {FINDINGS: FORM})
    told = {(one.place.line, one.problem.message) for one in found if one.problem.source.path.endswith("1-1.yaml")}
    assert {
        (2, "`published_score` is empty; it must be a whole number"),
        (12, "`text` is empty; it must be a text"),
    } <= told


def test_a_draft_of_nothing_but_blanks_still_says_which_area_it_is_of(tmp_path: Path) -> None:
    """A blank that the report can't do without is told as missing."""
    about = "area: testshire\nyear: 2040\nframework:\ntitle: A draft\nlead_body: Nobody\nfieldwork: 2040-06\npublication:\n  status: in_preparation\n"
    found = problems_of(tmp_path, draft(**{ABOUT: about}))
    assert "`framework` is missing" in {one.problem.message for one in found}
