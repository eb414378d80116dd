"""A small synthetic world in English and Welsh: one report in both, one in English alone, one in Welsh alone."""

from __future__ import annotations

import copy
from typing import Any

from small_world import INSPECTION, world

BOTH, ENGLISH_ALONE, WELSH_ALONE = "ceredwen-2040", "testshire-2040", "aberllyn-2040"


def two_languages() -> dict[str, Any]:
    """Return the files of the content by path; no such area exists."""
    files = world()
    files["areas.yaml"]["areas"] += [
        {"id": "ceredwen", "title": "Ceredwen", "region": "the-region", "country": "Wales"},
        {"id": "aberllyn", "title": "Aberllyn", "region": "the-region", "country": "Wales"},
    ]
    for name in (BOTH, WELSH_ALONE):
        for path in [path for path in files if path.startswith(f"{INSPECTION}/")]:
            files[path.replace(INSPECTION, f"inspections/{name}")] = copy.deepcopy(files[path])
        about = files[f"inspections/{name}/inspection.yaml"]
        about["area"] = name.partition("-")[0]
        del about["publication"]["isbn_print"]
    files[f"inspections/{BOTH}/inspection.yaml"]["languages"] = ["en", "cy"]
    files["cy/areas.yaml"] = {
        "regions": [{"id": "the-region", "title": "Y Rhanbarth"}],
        "areas": [{"id": "ceredwen", "title": "Ceredwen"}],
    }
    files["cy/frameworks/test-2040.yaml"] = {
        "caution": "Peidiwch â chymharu dim.",
        "sections": [{"number": 1, "title": "Achosion", "criteria": [{"ref": "1.1", "title": "Maen prawf 1.1"}]}],
        "bands": [{"conclusion": "good", "title": "Da", "statement": "Da."}],
        "threads": [{"thread": "harm", "title": "Niwed"}],
    }
    files["cy/glossary.yaml"] = {"abbreviations": [{"short": "PSR", "long": "Adroddiad cyn dedfrydu"}]}
    files["cy/themes.yaml"] = {"themes": [{"id": "staff", "title": "Staff", "about": "Y rhai sy’n gweithio yno."}]}
    folder = f"inspections/{BOTH}/cy"
    files[f"{folder}/inspection.yaml"] = {"title": "Adroddiad synthetig"}
    files[f"{folder}/narrative.yaml"] = {
        "section_summaries": [{"section": 1, "text": "Gwnaed y gwaith."}],
        "thread_summaries": [{"thread": "harm", "text": "Roedd y niwed yn isel."}],
        "chapters": [{"id": "the-area", "title": "Yr ardal", "parts": [{"text": "Mae’n fach."}]}],
    }
    files[f"{folder}/findings/1-1.yaml"] = {
        "criterion": "1.1",
        "strengths": [{"letter": "a", "text": "Roedd PSR yno."}],
    }
    files[f"{folder}/recommendations.yaml"] = {"recommendations": [{"number": 1, "text": "Byddwch ar amser."}]}
    files[f"inspections/{WELSH_ALONE}/inspection.yaml"] |= {"languages": ["cy"], "title": "Adroddiad yn Gymraeg"}
    narrative = files[f"inspections/{WELSH_ALONE}/narrative.yaml"]
    narrative["section_summaries"][0]["text"] = "Gwnaed y gwaith yn dda."
    return files


def twins() -> dict[str, Any]:
    """Return the small world whose one report has a file with Welsh words for each of its texts (here the English ones)."""
    files = world()
    for path in [path for path in files if path.startswith(f"{INSPECTION}/")]:
        if not path.endswith(("inspection.yaml", "targets.yaml")):
            files[path.replace(INSPECTION, f"{INSPECTION}/cy")] = copy.deepcopy(files[path])
    files[f"{INSPECTION}/inspection.yaml"]["languages"] = ["en", "cy"]
    return files
