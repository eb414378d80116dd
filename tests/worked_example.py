# ruff: noqa: RUF002  # a times sign is a times sign
"""A worked example, by hand on paper first: 12 synthetic cases, three criteria, a thread. Nothing in it is real.

question      answers of cases 1 to 12   relevant  sufficient  proportion
1.1.1 harm    s s s s i i s s s i n n       10         7          7/10
1.1.2         s s s s s s i i i n n n        9         6          2/3
1.1.3 summary s s s s s s s s s i i i       12         9          3/4
1.2.1 harm    s i s i s i s i n n n n        8         4          1/2
1.2.2         s s s s s i i i n n n n        8         5          5/8
1.2.3 summary s s s s s s s i i i i i       12         7          7/12
2.1.1 harm    s s s i n n n n n n n n        4         3          3/4
2.1.2 summary n n n n n n n n n n n n        0         0          none

1.1   mean 127/180, score 4/5 × 127/180 + 1/5 × 3/4  = 643/900, 71.44, shown as 71
1.2   mean 41/72,   score 4/5 × 41/72  + 1/5 × 7/12  = 103/180, 57.22, shown as 57
2.1   no summary answer, so no score; section 2 has none either
section 1  (643/900 + 103/180) ÷ 2 = 193/300, 64.33, shown as 64
harm       (7/10 + 1/2 + 3/4) ÷ 3  = 13/20, 65
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from small_world import INSPECTION, criterion, finding, world

ANSWERS = {
    "1.1.1": "ssssiisssinn",
    "1.1.2": "ssssssiiinnn",
    "1.1.3": "sssssssssiii",
    "1.2.1": "sisisisinnnn",
    "1.2.2": "sssssiiinnnn",
    "1.2.3": "sssssssiiiii",
    "2.1.1": "sssinnnnnnnn",
    "2.1.2": "nnnnnnnnnnnn",
}
COUNTS = {
    "1.1.1": (7, 10),
    "1.1.2": (6, 9),
    "1.1.3": (9, 12),
    "1.2.1": (4, 8),
    "1.2.2": (5, 8),
    "1.2.3": (7, 12),
    "2.1.1": (3, 4),
    "2.1.2": (0, 0),
}
"""Sufficient and relevant cases by question."""

SCORES = {"1.1": Fraction(643, 900), "1.2": Fraction(103, 180), "2.1": None}
SECTIONS = {1: Fraction(193, 300), 2: None}
HARM = Fraction(13, 20)

WORDS = {"s": "sufficient", "i": "insufficient", "n": "not_applicable"}


def worked_example(minimum: int = 0) -> dict[str, Any]:
    """Return the content of the example; counts under `minimum` are withheld."""
    files = world()
    framework = files["frameworks/test-2040.yaml"]
    framework["disclosure"] = {"minimum_count": minimum, "note": "Small counts are withheld."}
    framework["sections"] = [
        {"number": 1, "title": "Cases", "assessment": "scored", "criteria": [_asked("1.1"), _asked("1.2")]},
        {"number": 2, "title": "More cases", "assessment": "scored", "criteria": [criterion("2.1")]},
    ]
    about = files[f"{INSPECTION}/inspection.yaml"]
    del about["published_thread_scores"]
    about["sample"] = {"cases": 12}
    texts = {
        "1.1": "[[count 1.1.1]] had it, [[share not 1.1.2]] did not; the score is [[score 1.1]] of [[score harm]].",
        "1.2": "It scored [[score 1.2]], and the section [[score section 1]].",
        "2.1": "Few had it: [[share 2.1.1]].",
    }
    for ref, text in texts.items():
        files[f"{INSPECTION}/findings/{ref.replace('.', '-')}.yaml"] = {
            "criterion": ref,
            "strengths": [finding("a", text)],
            "areas_for_improvement": [],
        }
    files[f"{INSPECTION}/narrative.yaml"] = {
        "section_summaries": [{"section": 1, "text": "A PSR was done."}],
        "thread_summaries": [{"thread": "harm", "text": "Harm was low."}],
    }
    files[f"{INSPECTION}/case_scores.yaml"] = {
        "synthetic": True,
        "cases": [
            {"case": f"C{n + 1:03}", "answers": {ref: WORDS[letters[n]] for ref, letters in ANSWERS.items()}}
            for n in range(12)
        ],
    }
    return files


def _asked(ref: str) -> dict[str, Any]:
    """Return a criterion of three questions: the first about harm, the last its summary."""
    questions = [
        {"ref": f"{ref}.1", "text": "Was harm looked at?", "threads": ["harm"]},
        {"ref": f"{ref}.2", "text": "Was it done?"},
        {"ref": f"{ref}.3", "text": "Was it sufficient overall?", "summary": True},
    ]
    return criterion(ref, questions=questions)
