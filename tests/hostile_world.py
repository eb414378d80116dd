"""The synthetic world with hostile text in every place that takes text, and a twin with harmless text in the same places."""

from __future__ import annotations

from typing import Any

import synthetic_world

MARK = "zq7x"
"""Stands in every piece of hostile text; on the page it may be read, and nothing more."""

PIECES = (
    f"<script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f'" onmouseover="{MARK}()" x="',
    f"'><b id={MARK}>",
    f"{{{{ 191*7 }}}}{{% raise {MARK} %}}{{# {MARK} #}}{{## {MARK} ##}}",
    f"{{: onclick={MARK}() #{MARK} .{MARK} }}",
    f"[{MARK}](javascript:{MARK}()) ![{MARK}](//evil.test/{MARK}.png) <javascript:{MARK}>",
    f"&lt;u {MARK}&gt; &#60;u&#62;",
    f"</title></head></p></div><svg/onload={MARK}()> <!-- {MARK} # {MARK}",
)
HOSTILE = " ".join(PIECES)
HARMLESS = "harmless words"

TEXTS = {
    "text",
    "statement",
    "about",
    "caution",
    "note",
    "means",
    "reason",
    "label",
    "role",
    "name",
    "signed_by",
    "lead_body",
}
TITLES = {"title", "short_title", "inspectorate", "long", "term", "measure", "detail", "comparator", "geography"}
FORMULAS = ("=hyperlink(1)", "+1+1", "-1+1", "@sum(1)")


def poisoned(part: Any, words: str) -> Any:
    """Return a part of the content with `words` after each text and title."""
    if isinstance(part, list):
        return [poisoned(item, words) for item in part]
    if isinstance(part, dict):
        return {
            key: f"{value} {words}" if key in TEXTS | TITLES and isinstance(value, str) else poisoned(value, words)
            for key, value in part.items()
        }
    return part


def world(words: str) -> dict[str, Any]:
    """Return content of every kind, with `words` in each of its texts."""
    files = synthetic_world.world()
    folder = "inspections/northmoor-2040"
    lost = {"shorthand": "x", "reason": "It was lost."}
    figures = [
        {
            "title": "Figures",
            "as_at": "2040-01",
            "rows": [
                {"label": "Row", "value": 3, "unit": "count"},
                {"label": "Lost", "unit": "count", "not_available": lost},
            ],
            "note": "A note.",
            "editor_notes": [{"text": "A note by the editor."}],
        }
    ]
    files[f"{folder}/inspection.yaml"] |= {
        "team": [{"role": "Inspectors", "members": [{"name": "Synthetic Person"}]}],
        "source": "Chart 1.",
        "context": figures,
    }
    files[f"{folder}/narrative.yaml"] |= {
        "foreword": {"text": "A foreword.", "signed_by": "Synthetic Person", "role": "Chief"},
        "acknowledgements": {"text": "Thanks."},
        "next_steps": {"text": "A plan is due.", "further_inspection": False},
        "chapters": [
            {
                "id": "prison",
                "title": "The prison",
                "parts": [{"title": "A part", "text": "A text.", "figures": figures}],
            }
        ],
    }
    finding = files[f"{folder}/findings/2-1.yaml"]["strengths"][0]
    finding |= {"text": "The ZQ<b> was used.", "figures": figures, "editor_notes": [{"text": "A note."}]}
    files[f"{folder}/findings/2-1.yaml"]["comment"] = "A comment."
    files[f"{folder}/targets.yaml"] = {
        "tables": [
            {
                "title": "Targets",
                "period": "2039/2040",
                "comparator": "Elsewhere",
                "targets": [
                    {
                        "measure": "Starts",
                        "detail": "Orders",
                        "unit": "count",
                        "better": "higher",
                        "target": 10,
                        "area": {"value": 12, "geography": "Far Country"},
                        "comparator": {"not_available": lost},
                        "editor_notes": [{"text": "A note."}],
                    }
                ],
            }
        ]
    }
    files["frameworks/synthetic-2040.yaml"] |= {
        "targets": {"near_miss_tolerance": 10, "note": "A note."},
        "priority_line": {"at": 60, "title": "The line", "note": "A note."},
        "reconstruction": "Made up.",
        "ratings_note": "A judgement.",
        "bands_note": "Made up.",
    }
    files["glossary.yaml"]["abbreviations"].append(
        {"short": "ZQ<b>", "also": ["ZQ"], "long": "Zero Quantity", "about": "An abbreviation."}
    )
    hostile = {path: poisoned(value, words) for path, value in files.items()}
    for path, prefix in zip(("1-1", "2-2", "2-3", "3-1"), FORMULAS, strict=True):
        found = hostile[f"{folder}/findings/{path}.yaml"]["areas_for_improvement"][0]
        found["text"] = f"{prefix} {found['text']}"
    criterion = hostile["frameworks/synthetic-2040.yaml"]["sections"][0]["criteria"][0]
    criterion["title"] = f"{FORMULAS[0]} {criterion['title']}"
    for section in hostile["frameworks/synthetic-2040.yaml"]["sections"]:
        # A section's title is part of an address, which has its length.
        section["title"] = section["title"].replace(words, words[:60])
    return hostile
