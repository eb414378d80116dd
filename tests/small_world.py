"""A small synthetic world without a problem, for tests that spoil one thing in it. No such area or person exists."""

from __future__ import annotations

import copy
import datetime
from pathlib import Path
from typing import Any

import yaml

from omi_build.checking import check_content
from omi_build.doors import reader
from omi_build.project import Project
from omi_build.reporting import Located, located

REPOSITORY = Path(__file__).parents[1]
INSPECTION = "inspections/testshire-2040"


def finding(letter: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a finding."""
    return {"letter": letter, "text": text, **more}


def criterion(ref: str, **more: Any) -> dict[str, Any]:
    """Return a criterion of the framework, with two questions of which the second is its summary."""
    questions = [
        {"ref": f"{ref}.1", "text": "Was it done?", "threads": ["harm"]},
        {"ref": f"{ref}.2", "text": "Was it sufficient overall?", "summary": True},
    ]
    return {"ref": ref, "title": f"Criterion {ref}", "statement": "It is done.", "questions": questions, **more}


def world() -> dict[str, Any]:
    """Return the files of the content by path, as plain values; each call gives new ones."""
    return copy.deepcopy(_WORLD)


_WORLD: dict[str, Any] = {
    "areas.yaml": {
        "regions": [{"id": "the-region", "title": "The Region"}],
        "areas": [{"id": "testshire", "title": "Testshire", "region": "the-region", "country": "England"}],
    },
    "glossary.yaml": {"abbreviations": [{"short": "PSR", "long": "Pre-sentence report"}], "terms": []},
    "themes.yaml": {"themes": [{"id": "staff", "title": "Staff", "about": "Those who work there."}]},
    "frameworks/test-2040.yaml": {
        "id": "test-2040",
        "title": "Synthetic standards",
        "short_title": "Test 2040",
        "inspectorate": "Synthetic Inspectorate",
        "in_use_from": "2039-01",
        "about": "Made up for tests.",
        "caution": "Compare nothing.",
        "scoring": {"questions_weight": 80, "summary_weight": 20, "about": "A mean."},
        "bands": [
            {"conclusion": "good", "title": "Good", "from": 70, "statement": "Good."},
            {"conclusion": "priority", "title": "Priority", "from": 60, "statement": "Priority."},
            {
                "conclusion": "urgent_priority",
                "title": "Urgent priority",
                "from": 0,
                "statement": "Urgent.",
                "needs_recommendation": True,
            },
        ],
        "ratings": [
            {"rating": "well_met", "title": "Well met", "about": "Met."},
            {"rating": "not_met", "title": "Not met", "about": "Not met."},
        ],
        "threads": [{"thread": "harm", "title": "Harm", "about": "Questions about harm."}],
        "targets": {"near_miss_tolerance": 10, "note": "Made up."},
        "sections": [
            {"number": 1, "title": "Cases", "assessment": "scored", "criteria": [criterion("1.1"), criterion("1.2")]},
            {
                "number": 2,
                "title": "Leadership",
                "assessment": "rated",
                "criteria": [{"ref": "2.1", "title": "Leading", "statement": "It is led."}],
            },
        ],
        "texts": [],
    },
    f"{INSPECTION}/inspection.yaml": {
        "area": "testshire",
        "year": 2040,
        "framework": "test-2040",
        "title": "A synthetic report",
        "lead_body": "Synthetic Inspectorate",
        "fieldwork": "2040-06",
        "publication": {"status": "published", "date": "2040-08-15", "isbn_print": "978-1-84726-356-8"},
        "published_thread_scores": [{"thread": "harm", "score": 64}],
        "context": [
            {"title": "Caseload", "as_at": "2040-03", "rows": [{"label": "Total", "value": 90, "unit": "count"}]}
        ],
    },
    f"{INSPECTION}/narrative.yaml": {
        "section_summaries": [{"section": 1, "text": "Work was done."}],
        "thread_summaries": [{"thread": "harm", "text": "Harm was low."}],
        "chapters": [{"id": "the-area", "title": "The area", "parts": [{"text": "It is small."}]}],
    },
    f"{INSPECTION}/findings/1-1.yaml": {
        "criterion": "1.1",
        "published_score": 72,
        "conclusion": "good",
        "strengths": [finding("a", "A PSR was there."), finding("b", "It was clear.")],
        "areas_for_improvement": [],
    },
    f"{INSPECTION}/findings/1-2.yaml": {
        "criterion": "1.2",
        "published_score": 58,
        "conclusion": "urgent_priority",
        "strengths": [],
        "areas_for_improvement": [finding("a", "It was late.")],
    },
    f"{INSPECTION}/findings/2-1.yaml": {
        "criterion": "2.1",
        "rating": "well_met",
        "strengths": [finding("a", "It was led.")],
        "areas_for_improvement": [],
    },
    f"{INSPECTION}/good_practice.yaml": {
        "good_practice": [{"title": "A form", "criterion": "1.1", "text": "A form was used."}]
    },
    f"{INSPECTION}/recommendations.yaml": {
        "recommendations": [{"number": 1, "text": "Be on time.", "criteria": ["1.2"]}]
    },
    f"{INSPECTION}/targets.yaml": {
        "tables": [
            {
                "title": "Performance",
                "period": "2039/2040",
                "comparator": "Everywhere",
                "targets": [
                    {
                        "measure": "Breach",
                        "unit": "per_cent",
                        "better": "higher",
                        "target": 90,
                        "area": {"value": 88, "asterisk": True},
                        "comparator": {"value": 80, "asterisk": False},
                    }
                ],
            }
        ]
    },
}


def problems_of(folder: Path, files: dict[str, Any]) -> list[Located]:
    """Write a world into a folder and return every problem found in it, with its place."""
    content = folder / "content"
    for path, value in files.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (
            value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=200)
        )
        file.write_text(text, encoding="utf-8")
    project = Project(content, REPOSITORY / "schemas", REPOSITORY / "site_templates", datetime.date(2041, 1, 1))
    return located(check_content(project).problems, reader(folder, content))
