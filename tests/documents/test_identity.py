"""What could tell who a person is stops everything, is named, and is never repeated. Every value here is made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from small_world import INSPECTION, problems_of
from worked_example import worked_example

from omi_build.documents.identity import kind_of_heading, values_in
from omi_build.reporting import as_json, as_text

if TYPE_CHECKING:
    from pathlib import Path

CASES = f"{INSPECTION}/case_scores"

VALUES = [
    ("2001/1234567X", "a PNC number"),
    ("01/1234567X", "a PNC number"),
    ("123456/01X", "a CRO number"),
    ("SF39/123456X", "a CRO number"),
    ("DE1 3QT", "a postcode"),
    ("SW1A 1AA", "a postcode"),
    ("somebody@example.org", "an e-mail address"),
    ("12/03/1971", "a date"),
    ("1971-03-12", "a date"),
    ("3.4.1980", "a date"),
    ("A1234BC", "a prison number"),
    ("X123456", "a case reference number (CRN)"),
    ("QQ 12 34 56 C", ""),
    ("AB 12 34 56 C", "a National Insurance number"),
    ("01632 960 123", "a telephone number"),
    ("+44 1632 960123", "a telephone number"),
    ("943 476 5919", "an NHS number"),
    ("943 476 5918", ""),
    ("1.2.3", ""),
    ("1.4.10", ""),
    ("C001", ""),
    ("ABC1234", ""),
    ("not_applicable", ""),
    ("high_risk_of_harm", ""),
]


@pytest.mark.parametrize(("value", "what"), VALUES)
def test_a_value_is_known_by_its_form(value: str, what: str) -> None:
    """Official numbers, dates, postcodes and addresses; references, questions and answers are none."""
    assert [found for _, found in values_in(f"a {value} b")] == ([what] if what else [])


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Name", "a name"),
        ("Offender Name", "a name"),
        ("SURNAME", "a name"),
        ("first-name", "a name"),
        ("Date_of_birth", "a date of birth"),
        ("D.O.B.", "a date of birth"),
        ("DoB", "a date of birth"),
        ("Home address", "an address"),
        ("Post code", "an address"),
        ("E-mail", "a way to reach a person"),
        ("Phone no", "a way to reach a person"),
        ("PNC No.", "an official number"),
        ("CRN", "an official number"),
        ("Prison number", "an official number"),
        ("case", ""),
        ("strata", ""),
        ("answers", ""),
        ("1.2.3", ""),
        ("order", ""),
        ("minority_ethnic", ""),
    ],
)
def test_a_column_is_known_by_its_heading(heading: str, what: str) -> None:
    """In every usual spelling."""
    assert kind_of_heading(heading) == what


def spoilt(form: str) -> dict[str, Any]:
    """Return the worked example with something of a person's in it, in one of the forms."""
    files = worked_example()
    cases = files.pop(f"{CASES}.yaml")
    if form == "json":
        cases["cases"][2]["name"] = "Madeup Person"
        return files | {f"{CASES}.json": json.dumps(cases)}
    if form == "csv":
        return files | {f"{CASES}.csv": "case,Surname,1.1.1\nC001,Madeup Person,sufficient\n"}
    if form == "comment":
        return files | {
            f"{CASES}.yaml": "# born 12/03/1971, Madeup Person\nsynthetic: true\ncases:\n- {case: C001, answers: {}}\n"
        }
    if form == "broken":
        return files | {f"{CASES}.yaml": "cases:\n  - case: C001\n    pnc: 2001/1234567X\n   - Madeup Person\n"}
    cases["cases"][2]["date_of_birth"] = "Madeup Person"
    return files | {f"{CASES}.yaml": cases}


@pytest.mark.parametrize("form", ["yaml", "json", "csv", "comment", "broken"])
def test_identity_is_refused_before_anything_else(tmp_path: Path, form: str) -> None:
    """It is the only thing said of the file, at its place; neither value nor line is shown in any format."""
    found = problems_of(tmp_path, spoilt(form))
    assert {one.problem.code for one in found if "case_scores" in one.problem.source.path} == {"OMI012"}
    assert {one.problem.code for one in found} == {"OMI012"}
    for shown in (as_text(found).plain, as_json(found)):
        assert "Madeup" not in shown
        assert "1971" not in shown
        assert "data protection officer" in shown
