"""The forms of the editor: every value that an inspector writes has a field, in the words of the field."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from desk import project
from small_world import INSPECTION, REPOSITORY, world

from omi_build.doors import project_of
from omi_build.editor.forms import FILLED_IN
from omi_build.editor.settings import KINDS, LOCAL, Backend, editable_paths, editor_settings, github

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omi_build.editor.forms import Field


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of the small world's editor."""
    return editor_settings(project(tmp_path_factory.mktemp("forms")), Backend(LOCAL, workflow=False), checks=True)


def form(settings: dict[str, Any], name: str) -> list[Field]:
    """Return the form of a file, by its name in the collection."""
    files = settings["config"]["collections"][0]["files"]
    (made,) = [settings["forms"][file["form"]] for file in files if file["name"] == name]
    return made


def field(fields: list[Field], *names: str) -> Field:
    """Return the field that the names of keys lead to."""
    (found,) = [one for one in fields if one["name"] == names[0]]
    return field(found["fields"], *names[1:]) if names[1:] else found


def every(fields: list[Field]) -> Iterator[Field]:
    """Yield each field, the inner ones too."""
    for one in fields:
        yield one
        yield from every(one.get("fields", []))


def keys_of(schema: Any, all_schemas: dict[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to each key that a schema knows."""
    while "$ref" in schema:
        name, _, fragment = schema["$ref"].partition("#/")
        schema = all_schemas[name]
        for step in fragment.split("/"):
            schema = schema[step]
    for key, part in schema.get("properties", {}).items():
        yield (*way, key)
        yield from keys_of(part, all_schemas, (*way, key))
    if "items" in schema:
        yield from keys_of(schema["items"], all_schemas, way)


def ways(fields: list[Field], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to each field."""
    for one in fields:
        yield (*way, one["name"])
        yield from ways(one.get("fields", []), (*way, one["name"]))


def test_the_real_content_has_a_form_for_every_key_of_every_schema() -> None:
    """Over all criteria, no key of a schema is without a field but the mark of what is made up."""
    made = editor_settings(project_of(REPOSITORY), Backend(LOCAL, workflow=False), checks=True)
    schemas = {file.name: json.loads(file.read_text()) for file in (REPOSITORY / "schemas").glob("*.schema.json")}
    for kind in KINDS:
        offered = {way for name, fields in made["forms"].items() if name.startswith(f"{kind}/") for way in ways(fields)}
        known = set(keys_of(schemas[f"{kind}.schema.json"], schemas))
        assert known - offered == ({("synthetic",)} if kind == "inspection" else set()), kind


def test_an_inspection_is_a_collection_with_a_form_for_each_file(settings: dict[str, Any]) -> None:
    """The forms stand in the order of a report, criteria by number and title."""
    (collection,) = settings["config"]["collections"]
    assert collection["label"] == "Testshire 2040"
    assert [(file["label"], file["file"].rpartition("/")[2]) for file in collection["files"]] == [
        ("The inspection", "inspection.yaml"),
        ("1.1 Criterion 1.1", "1-1.yaml"),
        ("1.2 Criterion 1.2", "1-2.yaml"),
        ("2.1 Leading", "2-1.yaml"),
        ("Foreword, summaries and chapters", "narrative.yaml"),
        ("Good practice", "good_practice.yaml"),
        ("Recommendations", "recommendations.yaml"),
        ("Targets", "targets.yaml"),
    ]
    assert settings["published"] == ["testshire-2040"]
    assert f"content/{INSPECTION}/inspection.yaml" in editable_paths(settings)


def test_case_answers_have_no_form(tmp_path: Path) -> None:
    """Neither a file of case answers nor any file that all inspections share can be reached from the editor."""
    answers = {"cases": [{"case": "a1", "answers": {"1.1.1": "sufficient"}}]}
    files = world() | {f"{INSPECTION}/case_scores.yaml": answers}
    made = editor_settings(project(tmp_path, files), Backend(LOCAL, workflow=False), checks=True)
    assert not {path for path in editable_paths(made) if "case_scores" in path or path.count("/") < 3}
    assert "case_scores" not in json.dumps(made["config"])


def test_choices_carry_the_titles_of_the_framework(settings: dict[str, Any]) -> None:
    """Conclusions, ratings, questions, criteria and themes are chosen by their titles, not typed as keys."""
    scored, rated = form(settings, "1-1"), form(settings, "2-1")
    assert field(scored, "conclusion")["options"][2] == {"label": "Urgent priority", "value": "urgent_priority"}
    assert field(rated, "rating")["options"][0] == {"label": "Well met", "value": "well_met"}
    evidence = field(scored, "strengths", "evidence")
    assert (evidence["multiple"], evidence["options"][0]) == (True, {"label": "1.1.1 Was it done?", "value": "1.1.1"})
    assert field(scored, "strengths", "themes")["options"] == [{"label": "Staff", "value": "staff"}]
    criteria = field(form(settings, "recommendations"), "recommendations", "criteria")
    assert (criteria["options"][2], criteria["min"]) == ({"label": "2.1 Leading", "value": "2.1"}, 1)
    summary = field(form(settings, "narrative"), "section_summaries", "section")
    assert summary["options"][1] == {"label": "2 Leadership", "value": 2}
    missing = field(form(settings, "targets"), "tables", "targets", "area", "not_available", "shorthand")
    assert missing["options"][1] == {"label": "Withheld for confidentiality", "value": "c"}


def test_a_criterion_shows_what_it_asks_for_and_only_what_it_can_have(settings: dict[str, Any]) -> None:
    """Title, statement and questions are shown; a scored criterion has no rating, a rated one no score."""
    shown = field(form(settings, "1-1"), "criterion")
    assert (shown["widget"], shown["titles"]) == ("fixed", {"1.1": "1.1 Criterion 1.1"})
    assert shown["more"] == ["It is done.", "1.1.1 Was it done?", "1.1.2 Was it sufficient overall?"]
    assert "rating" not in [one["name"] for one in form(settings, "1-1")]
    assert not {"published_score", "conclusion"} & {one["name"] for one in form(settings, "2-1")}


def test_a_value_that_a_criterion_can_not_have_is_shown_to_be_emptied(tmp_path: Path) -> None:
    """A rating that stands in a scored criterion by mistake has a field, or nobody could take it out."""
    files = world()
    files[f"{INSPECTION}/findings/1-1.yaml"]["rating"] = "well_met"
    made = editor_settings(project(tmp_path, files), Backend(LOCAL, workflow=False), checks=True)
    assert field(form(made, "1-1"), "rating")["widget"] == "select"


def test_a_file_that_its_schema_refuses_can_be_mended_in_its_form(tmp_path: Path) -> None:
    """A finding without a text, and an inspection of an unknown framework, still have their forms."""
    files = world()
    files[f"{INSPECTION}/findings/1-1.yaml"]["strengths"] = [{"letter": "a"}]
    files[f"{INSPECTION}/inspection.yaml"]["framework"] = "unknown"
    files[f"{INSPECTION}/findings/1-2.yaml"] = "criterion: ["
    made = editor_settings(project(tmp_path, files), Backend(LOCAL, workflow=False), checks=True)
    assert {path.rpartition("/")[2] for path in editable_paths(made)} >= {"1-1.yaml", "inspection.yaml"}
    assert f"content/{INSPECTION}/findings/1-2.yaml" not in editable_paths(made)


def test_nothing_is_asked_for_in_a_group_that_is_left_out(settings: dict[str, Any]) -> None:
    """Only what is needed whatever else is filled in is marked as needed: a foreword may be missing as a whole."""
    narrative = form(settings, "narrative")
    assert not any(one["required"] for one in every(field(narrative, "foreword")["fields"]))
    assert field(narrative, "chapters", "title")["required"]
    assert field(form(settings, "1-1"), "strengths", "text")["required"]
    assert not field(form(settings, "1-1"), "strengths")["required"]
    assert field(form(settings, "inspection"), "publication", "status")["required"]


def test_letters_and_numbers_are_not_typed(settings: dict[str, Any]) -> None:
    """They are given on saving, and shown in the line that stands for a closed entry."""
    strengths = field(form(settings, "1-1"), "strengths")
    assert field(strengths["fields"], "letter")["widget"] == "hidden"
    assert strengths["summary"].startswith("({{fields.letter")
    assert {
        one["name"] for name in settings["forms"] for one in every(settings["forms"][name]) if one["widget"] == "hidden"
    } == FILLED_IN


def test_help_tells_nothing_of_files(settings: dict[str, Any]) -> None:
    """No help speaks of quotation marks, brackets or keys, and its characters are masked for Decap's Markdown."""
    for fields in settings["forms"].values():
        for one in every(fields):
            hint = one.get("hint", "")
            assert not re.search(r"quotation marks| \[\] |: a key of", hint), hint
            assert not re.search(r"(?<!\\)[*\[\]]", hint), hint
    assert field(form(settings, "1-1"), "published_score")["hint"].endswith("whole per cent. Example: 65")


def test_a_hosted_editor_saves_to_pull_requests(tmp_path: Path) -> None:
    """On GitHub each form that is saved is a branch, and nobody merges from the editor."""
    made = editor_settings(project(tmp_path), github("a/b", "main", "https://sign-in.example/x/auth"), checks=False)
    config = made["config"]
    assert config["publish_mode"] == "editorial_workflow"
    assert config["backend"] == {
        "name": "github",
        "repo": "a/b",
        "branch": "main",
        "base_url": "https://sign-in.example/x",
        "auth_endpoint": "auth",
    }
    assert config["collections"][0]["publish"] is False
    assert made["checks"] is False
