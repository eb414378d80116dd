"""Two versions of the small synthetic world, and what is told of the difference."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

from building import REPOSITORY, write
from small_world import INSPECTION, finding, world

from omi_build.changes import Comparison, compare
from omi_build.checking import Checked, check_content
from omi_build.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Files = dict[str, Any]


def full_world() -> Files:
    """Return the small world with something of everything that an inspection can hold."""
    files = world()
    note = {"text": "The report says so.", "explains": ["OMI301"]}
    table = {
        "title": "Reports",
        "period": "2040",
        "rows": [{"label": "Written", "value": 8, "unit": "count", "of": 9, "measures": "met"}],
        "adds_up_to": 8,
        "note": "Counted once.",
        "editor_notes": [note],
    }
    about = files[f"{INSPECTION}/inspection.yaml"]
    about |= {
        "sample": {"cases": 3, "note": "A small one."},
        "source": "Scores are recorded as published.",
        "synthetic": True,
        "team": [
            {"role": "Inspectors", "members": [{"name": "A Person"}, {"name": "B Person"}]},
            {"role": "Assessors", "members": [{"name": "C Person"}]},
        ],
    }
    about["publication"] |= {
        "isbn_pdf": "978-1-84726-357-5",
        "corrections": [{"date": "2040-09-01", "text": "A figure was corrected."}],
    }
    narrative = files[f"{INSPECTION}/narrative.yaml"]
    narrative |= {
        "foreword": {"text": "This was done.", "signed_by": "D Person", "role": "Chief"},
        "acknowledgements": {"text": "Thanks to all."},
        "next_steps": {"text": "A plan follows.", "further_inspection": False},
    }
    narrative["section_summaries"][0]["editor_notes"] = [note]
    narrative["thread_summaries"][0]["editor_notes"] = [note]
    narrative["chapters"][0]["parts"] = [
        {"title": "Size", "text": "It is small.", "figures": [table], "editor_notes": [note]},
        {"text": "It is green."},
    ]
    one = files[f"{INSPECTION}/findings/1-1.yaml"]
    one |= {"comment": "It was close.", "editor_notes": [note]}
    one["strengths"][0] |= {"evidence": ["1.1.1"], "themes": ["staff"], "figures": [table], "editor_notes": [note]}
    files[f"{INSPECTION}/good_practice.yaml"]["good_practice"][0] |= {
        "names_changed": True,
        "themes": ["staff"],
        "figures": [table],
        "editor_notes": [note],
    }
    files[f"{INSPECTION}/recommendations.yaml"]["recommendations"] += [
        {"number": 2, "text": "Write more to victims.", "criteria": ["1.1", "1.2"], "themes": ["staff"]}
    ]
    files[f"{INSPECTION}/targets.yaml"]["tables"][0]["targets"] += [
        {
            "measure": "Sickness",
            "detail": "Days a year",
            "unit": "days",
            "better": "lower",
            "target": 9,
            "area": {"value": 11.3, "asterisk": False, "as_at": "2040-03", "geography": "The Region"},
            "comparator": {"not_available": {"shorthand": "x", "reason": "Not collected."}},
            "editor_notes": [note],
        }
    ]
    files[f"{INSPECTION}/case_scores.yaml"] = {
        "synthetic": True,
        "cases": [
            case("S1", "sufficient"),
            case("S2", "sufficient"),
            case("S3", "insufficient"),
        ],
    }
    # YAML would write what stands in two places once, and refer to it.
    plain: Files = json.loads(json.dumps(files))
    return plain


def case(name: str, answer: str, **more: str) -> Files:
    """Return a case with the same answer to each question of section 1, but for those in `more` (`q1_1_2`)."""
    answers = {f"1.{n}.{m}": answer for n in (1, 2) for m in (1, 2)}
    return {"case": name, "answers": answers | {key[1:].replace("_", "."): value for key, value in more.items()}}


def checked(folder: Path, files: Files) -> Checked:
    """Write a world and return it as it is read."""
    write(folder / "content", files)
    project = Project(
        folder / "content", REPOSITORY / "schemas", REPOSITORY / "site_templates", datetime.date(2041, 1, 1)
    )
    return check_content(project)


def difference(folder: Path, change: Callable[[Files], object], make: Callable[[], Files] = world) -> Comparison:
    """Return what is told of a world that `change` has changed in place."""
    after = make()
    change(after)
    return compare(checked(folder / "before", make()), checked(folder / "after", after))


def told(comparison: Comparison) -> list[str]:
    """Return the changes as lines, without the words that changed."""
    return [f"{change.part}: {change.what}" for group in comparison.groups for change in group.changes]


__all__ = ["INSPECTION", "Files", "case", "checked", "difference", "finding", "full_world", "told", "world"]
