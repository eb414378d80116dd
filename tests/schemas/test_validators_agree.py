"""The fast validator decides and the other explains: on what one refuses, the other must find something to say."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing.jsonschema import DRAFT202012

from omi_build.documents import Document
from omi_build.schemas import load_schemas
from omi_build.sources import Key, Source

SCHEMAS = load_schemas(Path(__file__).parents[2] / "schemas")
REGISTRY: referencing.Registry[Any] = referencing.Registry().with_resources(
    [(name, DRAFT202012.create_resource(schema)) for name, schema in SCHEMAS.by_name.items()]
)

GOOD: dict[str, Any] = {
    "areas": {
        "regions": [{"id": "far-country", "title": "Far Country"}],
        "areas": [{"id": "northmoor", "title": "Northmoor", "region": "far-country", "country": "England"}],
    },
    "case_mapping": {
        "case": "Ref",
        "questions": {"Q1": "1.2.3"},
        "strata": {"ppo": {"column": "PPO", "values": ["Yes"]}},
        "answers": {"sufficient": ["S", 1], "insufficient": ["I"], "not_applicable": [""]},
        "ignore": ["Reviewer"],
    },
    "themes": {"themes": [{"id": "victims", "title": "Victims", "about": "Their safety."}]},
    "redirects": {"redirects": [{"from": "reports/old/", "to": "reports/new/"}]},
    "house_style": {
        "words": [{"write": "affected by", "instead_of": ["effected by"], "why": "It is acted on.", "safe": True}],
        "numbers": {"words_below": 10, "per_cent_sign": True},
        "abbreviations": {"from": "2008-04", "as_they_are": ["HMP"]},
        "spelling": {"right": ["sentencer"], "ise": True},
    },
    "glossary": {
        "abbreviations": [{"short": "RoH", "long": "Risk of Harm", "also": ["ROH"], "about": "What it is."}],
        "terms": [{"term": "Relevant", "means": "That it applies to."}],
    },
    "inspection": {
        "area": "northmoor",
        "year": 2040,
        "framework": "synthetic-2040",
        "title": "Work in Northmoor",
        "lead_body": "Synthetic Inspectorate",
        "fieldwork": "2040-01-30",
        "sample": {"cases": 20, "note": "All."},
        "publication": {"status": "published", "date": 2040, "isbn_pdf": "978-1-84726-357-5"},
        "source": "A report.",
        "published_thread_scores": [{"thread": "risk_of_harm", "score": 64}],
        "team": [{"role": "Inspectors", "members": [{"name": "A. Person"}]}],
        "context": [
            {"title": "Caseload", "as_at": "2040-01", "rows": [{"label": "All", "value": 1.5, "unit": "days", "of": 3}]}
        ],
    },
    "narrative": {
        "foreword": {"text": "Words.", "signed_by": "A. Person", "role": "Chief"},
        "section_summaries": [{"section": 1, "text": "Words."}],
        "thread_summaries": [{"thread": "risk_of_harm", "text": "Words."}],
        "next_steps": {"text": "Words.", "further_inspection": False},
        "chapters": [{"id": "prison", "title": "A prison", "parts": [{"text": "Words."}]}],
    },
    "findings": {
        "criterion": "1.2",
        "published_score": 61,
        "conclusion": "priority",
        "strengths": [{"letter": "a", "text": "Words.", "editor_notes": [{"text": "A.", "explains": ["OMI301"]}]}],
        "areas_for_improvement": [],
    },
    "good_practice": {
        "good_practice": [{"title": "An example", "criterion": "1.1", "text": "Words.", "names_changed": True}]
    },
    "recommendations": {"recommendations": [{"number": 1, "text": "Words.", "criteria": ["1.1", "1.2"]}]},
    "targets": {
        "tables": [
            {
                "title": "Targets",
                "period": "2040",
                "comparator": "All",
                "targets": [
                    {
                        "measure": "Enforcement",
                        "unit": "per_cent",
                        "better": "higher",
                        "target": 90,
                        "area": {"value": 98, "asterisk": True},
                        "comparator": {"not_available": {"shorthand": "x", "reason": "Lost."}},
                    }
                ],
            }
        ]
    },
    "version": {
        "version": 1,
        "date": "2040-08-15",
        "by": "Publications team",
        "corrections": 0,
        "digest": f"sha256:{'0' * 64}",
        "scores": {"criterion 1.2": 65},
        "documents": {"inspection.yaml": "area: testshire"},
    },
    "case_scores": {
        "synthetic": True,
        "cases": [{"case": "C001", "answers": {"1.1.1": "sufficient", "1.1.2": "not_applicable"}}],
        "counts": {"1.1.3": {"sufficient": 3, "relevant": 4}},
    },
}

ODD: list[Any] = [None, True, False, 0, 1, 1.0, 61.0, -1, 0.5, 10**14, "", " ", "a", "a\n", "1.2", "1.2\n", "1.٢", "\x85",
                  "“a”", "2040-13", "20400", "x" * 401, "sufficient", "published", "in_preparation", "OMI1",
                  [], {}, [1, 1], ["a", "a"], [1, 1.0, True], {"a": 1}, [[]], [{}]]  # fmt: skip
"""What a slip of the hand, or of an export, may put in the place of a value."""


def places(value: Any, pointer: tuple[Key, ...] = ()) -> list[tuple[Key, ...]]:
    """Return the pointers of everything inside a value."""
    steps: list[tuple[Key, Any]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    return [pointer, *(place for step, inner in steps for place in places(inner, (*pointer, step)))]


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> Any:
    """Return a good document with up to three things replaced, removed, added or doubled."""
    value = copy.deepcopy(GOOD[kind])
    for _ in range(draw(st.integers(1, 3))):
        pointer = draw(st.sampled_from(places(value)))
        if not pointer:
            continue
        parent = value
        for step in pointer[:-1]:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "remove", "add", "double"])):
            case "replace":
                parent[pointer[-1]] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "remove":
                del parent[pointer[-1]]
            case "add" if isinstance(parent, dict):
                key = draw(st.sampled_from(["x", "not_available", "titel", "“text”", "1.1", "", "-letter"]))
                parent[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "double" if isinstance(parent, list):
                parent += copy.deepcopy(parent[-1:])
            case _:
                pass
    return value


def test_the_good_documents_cover_every_kind() -> None:
    """But the framework, which the content and other tests hold against its schema."""
    assert set(GOOD) == {name.split(".")[0] for name in SCHEMAS.by_name} - {"common", "report", "reports", "framework"}


@pytest.mark.parametrize("kind", GOOD)
def test_good_documents_pass(kind: str) -> None:
    """What the mutations start from fits."""
    assert list(SCHEMAS.check(Document(Source("x"), kind, "", GOOD[kind]))) == []


@pytest.mark.parametrize("kind", GOOD)
@settings(max_examples=100)
@given(st.data())
def test_what_one_validator_refuses_the_other_explains(kind: str, data: st.DataObject) -> None:
    """Every refused document has a message with a place inside it, and a good one has none."""
    value = data.draw(mutated(kind))
    problems = list(SCHEMAS.check(Document(Source("x"), kind, "", value)))
    assert bool(problems) is not SCHEMAS.accepts(kind, value), json.dumps(value)
    assert not any("doesn't fit its schema" in problem.message for problem in problems)
    for problem in problems:
        assert problem.message
        inside = value
        for step in problem.source.pointer:
            inside = inside[step]
    slips = [problem.source for problem in problems if problem.code != "OMI102"]
    assert len(slips) == len(set(slips))


@pytest.mark.parametrize("kind", GOOD)
@settings(max_examples=100)
@given(st.data())
def test_both_validators_agree(kind: str, data: st.DataObject) -> None:
    """The library as it comes agrees too, but for line breaks and digits of other scripts in patterns."""
    value = data.draw(mutated(kind))
    text = json.dumps(value, ensure_ascii=False)
    if "\\n" in text or "٢" in text or "\x85" in text:
        return
    stock = jsonschema.Draft202012Validator(SCHEMAS.by_name[f"{kind}.schema.json"], registry=REGISTRY)
    assert stock.is_valid(value) is SCHEMAS.accepts(kind, value), text


@pytest.mark.parametrize("value", ["a\n", "1\n", "\n"])
def test_a_line_break_at_the_end_does_not_slip_through_a_pattern(value: str) -> None:
    """Python's `$` would let it pass: refused by the one, unexplained by the other, it would count as fitting."""
    document = {"criterion": "1.2", "strengths": [{"letter": value, "text": "x"}], "areas_for_improvement": []}
    (problem,) = SCHEMAS.check(Document(Source("x"), "findings", "", document))
    assert problem.source.pointer == ("strengths", 0, "letter")
