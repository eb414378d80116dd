"""Checked documents → programme: typed values that know their place."""

from __future__ import annotations

from typing import Any

from omi_build.documents import Document
from omi_build.model.build import build_programme
from omi_build.model.common import Prose, Unit
from omi_build.model.dates import PartialDate
from omi_build.model.inspection import Answer, Status
from omi_build.scoring import score_inspection
from omi_build.sources import Source

FOLDER = "content/inspections/northmoor-2040"
ABOUT: dict[str, Any] = {
    "area": "northmoor",
    "year": 2040,
    "framework": "f",
    "title": "T",
    "lead_body": "I",
    "fieldwork": "2040-01",
    "publication": {"status": "published", "date": 2040},
    "source": "A report.",
}
FRAMEWORK: dict[str, Any] = {
    "id": "f",
    "title": "F",
    "short_title": "F",
    "inspectorate": "I",
    "in_use_from": "2040",
    "about": "Words.",
    "caution": "Words.",
    "sections": [
        {
            "number": 1,
            "title": "S",
            "assessment": "scored",
            "criteria": [{"ref": "1.1", "title": "C", "statement": "Words."}],
        }
    ],
    "texts": [],
    "bands": [{"conclusion": "good", "title": "Good", "from": 70, "statement": "Words."}],
}


def document(kind: str, value: Any, path: str = "") -> Document:
    inside = kind in {"framework", "areas", "glossary"}
    source = Source(path or (f"content/{kind}.yaml" if inside else f"{FOLDER}/{kind}.yaml"))
    return Document(source, kind, "" if inside else "northmoor-2040", value)


def test_every_part_knows_its_place() -> None:
    """Down to a text in a list in a list; its place takes no part in comparisons."""
    found = {
        "criterion": "1.1",
        "strengths": [{"letter": "a", "text": " Words.\n", "editor_notes": [{"text": "Why."}]}],
        "areas_for_improvement": [],
    }
    path = f"{FOLDER}/findings/1-1.yaml"
    programme, problems = build_programme([document("inspection", ABOUT), document("findings", found, path)])
    assert problems == []
    (inspection,) = programme.inspections
    (finding,) = inspection.by_criterion["1.1"].strengths
    assert finding.text == Prose("Words.")
    assert finding.text.source == Source(path, ("strengths", 0, "text"))
    assert finding.editor_notes[0].source == Source(path, ("strengths", 0, "editor_notes", 0))


def test_values_are_typed() -> None:
    """Enums, dates and keys that Python has for itself."""
    scores = {"cases": [{"case": "C1", "answers": {"1.1.1": "not_applicable"}}]}
    figures = [{"title": "T", "rows": [{"label": "L", "unit": "days", "value": 3}]}]
    programme, _ = build_programme(
        [
            document("framework", FRAMEWORK),
            document("inspection", ABOUT | {"context": figures}),
            document("case_scores", scores),
        ]
    )
    (inspection,) = programme.inspections
    assert inspection.about.publication.status is Status.PUBLISHED
    assert inspection.about.publication.date == PartialDate(2040)
    assert inspection.about.source_of_scores == Prose("A report.")
    assert inspection.about.context[0].rows[0].unit is Unit.DAYS
    assert inspection.case_scores is not None
    assert inspection.case_scores.cases[0].answers == {"1.1.1": Answer.NOT_APPLICABLE}
    assert programme.framework_by_id["f"].bands[0].from_ == 70


def test_a_whole_number_may_be_written_with_a_point() -> None:
    """To a schema 61.0 is a whole number; scoring it must not fail over that."""
    found = {"criterion": "1.1", "published_score": 61.0, "strengths": [], "areas_for_improvement": []}
    programme, _ = build_programme(
        [
            document("framework", FRAMEWORK),
            document("inspection", ABOUT | {"sample": {"cases": 98.0}}),
            document("findings", found, f"{FOLDER}/findings/1-1.yaml"),
        ]
    )
    (inspection,) = programme.inspections
    assert inspection.about.sample is not None
    assert repr(inspection.about.sample.cases) == "98"
    score = score_inspection(inspection, programme.frameworks[0]).criteria["1.1"].score
    assert score is not None
    assert score.whole == 61


def test_a_day_that_does_not_exist_is_a_problem_at_its_place() -> None:
    """Its document is left out, and the inspection counts as incomplete."""
    impossible = [{"title": "T", "as_at": "2040-02-30", "rows": []}]
    chapters = {"chapters": [{"id": "c", "title": "C", "parts": [{"text": "x", "figures": impossible}]}]}
    programme, (problem,) = build_programme([document("inspection", ABOUT), document("narrative", chapters)])
    pointer = ("chapters", 0, "parts", 0, "figures", 0, "as_at")
    assert problem.source == Source(f"{FOLDER}/narrative.yaml", pointer)
    assert (problem.code, problem.message) == ("OMI207", "there is no such day as 2040-02-30")
    assert problem.hint == "Look the day up in a calendar."
    assert programme.inspections[0].incomplete


def test_what_could_not_be_read_is_not_taken_for_missing() -> None:
    """The criteria of broken files are known by their names."""
    broken = [f"{FOLDER}/findings/1-10.yaml", f"{FOLDER}/targets.yaml", "content/inspections/eastfen-2040/targets.yaml"]
    programme, _ = build_programme([document("inspection", ABOUT)], broken)
    (inspection,) = programme.inspections
    assert (inspection.unread, inspection.incomplete) == (frozenset({"1.10"}), True)
    programme, _ = build_programme([document("inspection", ABOUT)], broken[2:])
    assert not programme.inspections[0].incomplete
