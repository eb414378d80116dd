"""`omi import-cases`, as an information manager runs it. Every case is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from building import Run, make_project, run, write
from hypothesis import given
from hypothesis import strategies as st
from small_world import INSPECTION
from worked_example import ANSWERS, worked_example

from omi_build.imports import CaseMapping, import_cases
from omi_build.model.common import Prose
from omi_build.model.dates import PartialDate
from omi_build.model.framework import Assessment, Criterion, Framework, Question, SampleRule, Section, Stratum

if TYPE_CHECKING:
    from pathlib import Path

CODES = {"s": "Yes ", "i": "no", "n": "N/A"}
CASES = f"content/{INSPECTION}/case_scores"
MAPPING = {
    "case": "Ref",
    "questions": {"Q2.1.2": "2.1.2"},
    "strata": {"ppo": {"column": "Type", "values": ["PPO", "both"]}},
    "answers": {"not_applicable": ["-"]},
    "ignore": ["Reviewer"],
}


def export(separator: str = ",") -> str:
    """Return an export of the worked example with headings and codes of its own."""
    rows = [["Ref", "Type", "Reviewer", *(f"Q{ref}" if ref == "2.1.2" else ref for ref in ANSWERS)]]
    for n in range(12):
        answers = ["-" if letters[n] == "n" and n % 2 else CODES[letters[n]] for letters in ANSWERS.values()]
        rows.append([f"C{n + 1:03}", "PPO" if n < 6 else "", "KL", *answers])
    return "".join(separator.join(row) + "\n" for row in rows)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The worked example without its answers, under rules for its sample."""
    files = worked_example()
    del files[f"{INSPECTION}/case_scores.yaml"]
    for ref in ("1-1", "1-2", "2-1"):
        files[f"{INSPECTION}/findings/{ref}.yaml"]["strengths"][0]["text"] = "It was done."
    strata = [{"stratum": "ppo", "title": "Prolific", "minimum": 1}]
    files["frameworks/test-2040.yaml"]["sample"] = {"about": "Made up.", "minimum_cases": 1, "strata": strata}
    root = make_project(tmp_path / "project", files)
    write(root, {"mapping.yaml": MAPPING})
    return root


def bring_in(root: Path, raw: bytes, *options: str, mapping: Any = None) -> Run:
    (root / "export.csv").write_bytes(raw)
    if mapping is not None:
        (root / "mapping.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    return run(root, "omi", "import-cases", "export.csv", "testshire-2040", "--mapping", "mapping.yaml", *options)


@pytest.mark.parametrize(
    "raw",
    [
        export().encode(),
        export(";").encode("utf-8-sig"),
        export("\t").encode("utf-16"),
        export().replace("\n", ",,\r\n").encode("cp1252") + b",,,,,\r\n",
        export().replace("Yes ", "\xa0YES").encode("cp1252"),
    ],
    ids=["plain", "semicolons and a mark", "UTF-16", "Windows and empty cells", "spaces that don't break"],
)
def test_an_export_comes_in_whole(project: Path, raw: bytes) -> None:
    """Whatever a spreadsheet made of it: the answers score as they do on paper."""
    done = bring_in(project, raw, "--synthetic")
    assert done.code == 0, done.output
    assert "12 cases with 96 answers (22 insufficient, 33 not applicable, 41 sufficient)" in done.output
    assert (project / f"{CASES}.csv").read_text().splitlines()[:3] == [
        "# synthetic: true",
        "case,strata,1.1.1,1.1.2,1.1.3,1.2.1,1.2.2,1.2.3,2.1.1,2.1.2",
        "C001,ppo,sufficient,sufficient,sufficient,sufficient,sufficient,sufficient,sufficient,not_applicable",
    ]
    scores = run(project, "omi", "score", "testshire-2040").output
    assert "1.1 Criterion 1.1: 71%" in scores
    assert "Harm: 65%" in scores


def test_what_cannot_be_read_is_told_all_at_once(project: Path) -> None:
    """With row, column and heading; a code that stands in many cells once; nothing is written, no line is shown."""
    raw = export().replace("C003", "C002").replace("no", "maybe").replace("Reviewer", "Reviewed by") + "C013\n"
    done = bring_in(project, raw.encode())
    assert done.code == 1
    for words in (
        "column C (Reviewed by) is not known",
        "the mapping names a column `Reviewer` that the export doesn't have",
        "row 4, column A: case C002 stands in row 3 already",
        "`maybe` is no answer that is known, and in 21 more cells",
        "this row has 1 cells, but there are 11 headings",
    ):
        assert words in done.output, words
    assert " | " not in done.output
    assert not (project / f"{CASES}.csv").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"questions": {"Q2.1.2": "2.1.3"}}, "the mapping leads `Q2.1.2` to 2.1.3, which is no question of Test 2040"),
        ({"strata": {"pop": {"column": "Type", "values": ["PPO"]}}}, "the mapping names a stratum `pop`"),
        ({"questions": {}}, "column K (Q2.1.2) is not known"),
        ({"answers": {}}, "`-` is no answer that is known"),
        ({"answer": {}}, "unknown key `answer`"),
        ({"ignore": "Reviewer"}, "`ignore` must be a list"),
    ],
)
def test_a_wrong_mapping_is_told(project: Path, change: dict[str, Any], words: str) -> None:
    """In the same words as any file of the content."""
    done = bring_in(project, export().encode(), mapping=MAPPING | change)
    assert done.code == 1
    assert words in done.output


def test_empty_cells_are_not_guessed(project: Path) -> None:
    """Unless the mapping says what they mean."""
    raw = export().replace("N/A", "").encode()
    assert "there is no answer, and in" in bring_in(project, raw).output
    mapping = MAPPING | {"answers": {"not_applicable": ["-", ""]}}
    assert bring_in(project, raw, mapping=mapping).code == 0


def test_references_are_made_up_where_there_are_none(project: Path) -> None:
    """By the order of the rows."""
    mapping = {key: value for key, value in MAPPING.items() if key != "case"} | {"ignore": ["Reviewer", "Ref"]}
    assert bring_in(project, export().encode(), mapping=mapping).code == 0
    assert "\nC012," in (project / f"{CASES}.csv").read_text()


@pytest.mark.parametrize("raw", [export().replace("Reviewer", "Surname"), export().replace("KL", "01/02/1970", 1)])
def test_identity_is_refused_even_in_columns_left_out(project: Path, raw: str) -> None:
    """An export with names has no business near the repository."""
    done = bring_in(project, raw.encode(), mapping=MAPPING | {"ignore": ["Reviewer", "Surname"]})
    assert done.code == 1
    assert "OMI012" in done.output
    assert "1970" not in done.output
    assert "OMI014" not in done.output


def test_answers_that_are_there_are_kept(project: Path) -> None:
    """Unless told to replace them."""
    assert bring_in(project, export().encode()).code == 0
    again = bring_in(project, export().encode())
    assert (again.code, "has case_scores.csv already" in again.output) == (2, True)
    assert bring_in(project, export().encode(), "--replace").code == 0


def test_an_unknown_inspection_is_a_wrong_call(project: Path) -> None:
    """With the one that was meant."""
    (project / "export.csv").write_text(export())
    done = run(project, "omi", "import-cases", "export.csv", "testshire-2004")
    assert done.code == 2
    assert "no such inspection: testshire-2004. Did you mean `testshire-2040`?" in done.output


FRAMEWORK = Framework(
    "f", "F", "F", "I", PartialDate(2040), Prose("."), Prose("."),
    (Section(1, "S", Assessment.SCORED, (Criterion("1.1", "C", Prose("."), (Question("1.1.1", "?"),)),)),), (),
    sample=SampleRule(Prose("."), 1, (Stratum("ppo", "P"),)),
)  # fmt: skip


@given(st.text(alphabet=st.sampled_from('case,1.C0;"\n\t yesno#'), max_size=80))
def test_any_export_gives_answers_or_reasons(text: str) -> None:
    """Never an exception, and never both an empty result and silence."""
    made = import_cases(text, "export.csv", CaseMapping(), FRAMEWORK)
    assert made.text or made.problems
