"""A synthetic world: areas, people and figures that exist nowhere, under standards that are not those of 2006.

Its framework has three sections, one described, one scored from case answers and one rated, four bands of its own, no
line of priority and three threads. The scores that follow from its answers are worked out by hand below.
"""

from __future__ import annotations

from typing import Any

FRAMEWORK_ID = "synthetic-2040"
PUBLISHED = "northmoor-2040"

ANSWERS = {
    "2.1.1": (15, 20),
    "2.1.2": (10, 20),
    "2.1.3": (16, 20),
    "2.2.1": (9, 10),
    "2.2.2": (12, 20),
    "2.3.1": (4, 16),
    "2.3.2": (7, 20),
}
"""By question: how many of 20 cases were sufficient, and how many relevant: 75, 50, 80; 90, 60; 25 and 35 per cent."""

THREADS = {"risk_of_harm": 68, "likelihood_of_reoffending": 67, "compliance": 40}
"""(75 + 50 + 80) / 3 = 68.3; (50 + 90 + 60) / 3 = 66.7; (60 + 25 + 35) / 3 = 40."""

CRITERIA = {"2.1": 73, "2.2": 69, "2.3": 32}
"""The questions weigh 60 and the summary 40: 0.6 × 68.3 + 0.4 × 80 = 73; 0.6 × 75 + 0.4 × 60 = 69; 0.6 × 30 + 0.4 × 35 = 32."""

CONCLUSIONS = {"2.1": "sound", "2.2": "sound", "2.3": "failing"}
SECTION_SCORE = 58
"""(73 + 69 + 32) / 3."""


def framework() -> dict[str, Any]:
    """Return the framework."""
    marks = {
        "2.1.1": ["risk_of_harm"],
        "2.1.2": ["risk_of_harm", "likelihood_of_reoffending"],
        "2.1.3": ["risk_of_harm"],
        "2.2.1": ["likelihood_of_reoffending"],
        "2.2.2": ["likelihood_of_reoffending", "compliance"],
        "2.3.1": ["compliance"],
        "2.3.2": ["compliance"],
    }

    def questions(ref: str) -> list[dict[str, Any]]:
        own = [question for question in ANSWERS if question.startswith(f"{ref}.")]
        asked = [
            {"ref": q, "text": f"Was the work that question {q} asks about done well?", "threads": marks[q]}
            for q in own
        ]
        asked[-1]["summary"] = True
        return asked

    def criterion(ref: str, title: str) -> dict[str, Any]:
        return {"ref": ref, "title": title, "statement": f"{title}: this is done well and on time."}

    return {
        "id": FRAMEWORK_ID,
        "title": "Synthetic inspection standards, 2040",
        "short_title": "Synthetic 2040",
        "inspectorate": "Synthetic Inspectorate",
        "in_use_from": "2040-01",
        "about": "Standards made up for a test. No such inspectorate exists.",
        "caution": "These figures are made up; compare nothing by them.",
        "scoring": {"questions_weight": 60, "summary_weight": 40, "about": "The mean of proportions, 60 to 40."},
        "disclosure": {"minimum_count": 0, "note": "Nothing is withheld of what is made up."},
        "bands": [
            {"conclusion": "excellent", "title": "Excellent", "from": 85, "statement": "This was excellent."},
            {"conclusion": "sound", "title": "Sound", "from": 65, "statement": "This was sound."},
            {"conclusion": "weak", "title": "Weak", "from": 45, "statement": "This was weak."},
            {"conclusion": "failing", "title": "Failing", "from": 0, "statement": "This was failing."},
        ],
        "ratings": [
            {"rating": "strong", "title": "Strong", "about": "Better than expected."},
            {"rating": "adequate", "title": "Adequate", "about": "As expected."},
            {"rating": "poor", "title": "Poor", "about": "Worse than expected."},
        ],
        "threads": [
            {"thread": "risk_of_harm", "title": "Risk to others", "about": "The mean over its questions."},
            {
                "thread": "likelihood_of_reoffending",
                "title": "Likelihood of reoffending",
                "about": "The mean over its questions.",
            },
            {"thread": "compliance", "title": "Compliance and enforcement", "about": "The mean over its questions."},
        ],
        "sections": [
            {
                "number": 1,
                "title": "Courts and reports",
                "assessment": "described",
                "criteria": [criterion("1.1", "Advice to courts")],
            },
            {
                "number": 2,
                "title": "Work on supervision",
                "assessment": "scored",
                "criteria": [
                    criterion("2.1", "Keeping others safe") | {"questions": questions("2.1")},
                    criterion("2.2", "Helping people change") | {"questions": questions("2.2")},
                    criterion("2.3", "Keeping to the order") | {"questions": questions("2.3")},
                ],
            },
            {
                "number": 3,
                "title": "Running the service",
                "assessment": "rated",
                "criteria": [criterion("3.1", "Leading staff")],
            },
        ],
        "texts": [{"id": "method", "title": "How inspectors worked", "text": "They read files that do not exist."}],
    }


def areas() -> dict[str, Any]:
    """Return areas, of which each but Northmoor is used by one report that isn't public."""
    names = ["Northmoor", "Eastfen", "Westwold", "Southmere", "Midholme"]
    return {
        "regions": [{"id": "far-country", "title": "Far Country"}],
        "areas": [{"id": name.lower(), "title": name, "region": "far-country", "country": "England"} for name in names],
    }


def glossary() -> dict[str, Any]:
    """Return a glossary of one abbreviation and one term."""
    return {
        "abbreviations": [{"short": "SYN", "long": "Synthetic Year Number"}],
        "terms": [{"term": "Relevant cases", "means": "The cases that a question applies to."}],
    }


def case_scores() -> dict[str, Any]:
    """Return 20 cases whose answers add up to `ANSWERS`."""

    def answer(question: str, case: int) -> str:
        sufficient, relevant = ANSWERS[question]
        return "sufficient" if case < sufficient else "insufficient" if case < relevant else "not_applicable"

    return {
        "synthetic": True,
        "cases": [{"case": f"S{case + 1:03}", "answers": {q: answer(q, case) for q in ANSWERS}} for case in range(20)],
    }


def finding(text: str, letter: str = "a") -> dict[str, Any]:
    """Return a finding."""
    return {"letter": letter, "text": text}


def inspection(
    area: str = "northmoor",
    *,
    title: str = "",
    status: str = "published",
    date: str = "2040-03-15",
    words: str = "the plans were clear",
) -> dict[str, Any]:
    """Return the files of one inspection of 2040, by path; `words` stand in each of its texts."""
    name = area.capitalize()
    folder = f"inspections/{area}-2040"
    about = {
        "area": area,
        "year": 2040,
        "framework": FRAMEWORK_ID,
        "title": title or f"Supervision in {name}",
        "lead_body": "Synthetic Inspectorate",
        "fieldwork": "2040-01",
        "sample": {"cases": 20},
        "publication": {"status": status, "date": date} if date else {"status": status},
    }
    judged: dict[str, dict[str, Any]] = {"1.1": {}, "2.1": {}, "2.2": {}, "2.3": {}, "3.1": {"rating": "adequate"}}
    files: dict[str, Any] = {
        f"{folder}/inspection.yaml": about,
        f"{folder}/case_scores.yaml": case_scores(),
        f"{folder}/narrative.yaml": {
            "section_summaries": [{"section": n, "text": f"In section {n}, {words}."} for n in (1, 2, 3)],
            "thread_summaries": [{"thread": thread, "text": f"Throughout, {words}."} for thread in THREADS],
        },
        f"{folder}/recommendations.yaml": {
            "recommendations": [{"number": 1, "text": f"See to it that {words}.", "criteria": ["2.3"]}]
        },
        f"{folder}/good_practice.yaml": {
            "good_practice": [
                {"title": f"An example where {words}", "criterion": "2.1", "text": f"A team saw that {words}."}
            ]
        },
    }
    for ref, judgement in judged.items():
        files[f"{folder}/findings/{ref.replace('.', '-')}.yaml"] = {
            "criterion": ref,
            **judgement,
            "strengths": [finding(f"Under {ref} in the SYN, {words}.")],
            "areas_for_improvement": [finding(f"Under {ref} there was less to see, though {words}.")],
        }
    return files


def world() -> dict[str, Any]:
    """Return the content of the synthetic world with its one public report."""
    return {
        "areas.yaml": areas(),
        "glossary.yaml": glossary(),
        f"frameworks/{FRAMEWORK_ID}.yaml": framework(),
        **inspection(),
    }
