"""The schemas are the editor's help and the data dictionary: every key is told, and every example is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import referencing
from referencing.jsonschema import DRAFT202012

from omi_build.documents import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "schemas"
SCHEMAS: dict[str, Any] = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.iterdir()}
RESOURCES = [(name, DRAFT202012.create_resource(schema)) for name, schema in SCHEMAS.items()]
REGISTRY: referencing.Registry[Any] = referencing.Registry().with_resources(RESOURCES)

Node = tuple[str, Any]
"""Where a part of a schema stands (`findings.schema.json/properties/criterion`), and the part."""


def nodes(where: str, schema: Any) -> Iterator[Node]:
    """Yield every schema inside a schema."""
    if not isinstance(schema, dict):
        return
    yield where, schema
    for word in ("properties", "$defs", "patternProperties"):
        for key, inner in schema.get(word, {}).items():
            yield from nodes(f"{where}/{word}/{key}", inner)
    for word in ("items", "additionalProperties", "propertyNames", "not"):
        yield from nodes(f"{where}/{word}", schema.get(word))


def named(kind: str) -> list[Any]:
    """Return the rows of a parametrised test: properties, objects or examples of every schema."""
    found = [node for name, schema in sorted(SCHEMAS.items()) for node in nodes(name, schema)]
    rows = {
        "properties": [node for node in found if node[0].split("/")[-2:-1] == ["properties"]],
        "objects": [node for node in found if node[1].get("type") == "object"],
        "examples": [node for node in found if "examples" in node[1]],
    }[kind]
    return [pytest.param(*row, id=row[0]) for row in rows]


def resolved(where: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to; its own words come first."""
    if "$ref" not in schema:
        return schema
    name, _, fragment = schema["$ref"].partition("#/")
    name = name or where.split("/", maxsplit=1)[0]
    node = SCHEMAS[name]
    for step in filter(None, fragment.split("/")):
        node = node[step]
    return {**resolved(name, node), **schema}


def test_every_kind_of_document_has_a_schema() -> None:
    """And every schema is one of a kind, of the parts that they share, or of the published data."""
    names = {f"{kind}.schema.json" for kind in KINDS.values()}
    assert set(SCHEMAS) == names | {
        "case_mapping.schema.json",
        "common.schema.json",
        "report.schema.json",
        "reports.schema.json",
    }


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_says_what_it_is(name: str) -> None:
    """Its draft, its name, a title and a description."""
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == name
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize(("where", "schema"), named("properties"))
def test_every_key_is_told(where: str, schema: dict[str, Any]) -> None:
    """An editor shows the title and the description; the published data are described without titles."""
    whole = resolved(where, schema)
    assert whole.get("description", "").endswith("."), f"{where} has no description"
    assert whole.get("title") or where.startswith("report."), f"{where} has no title"


BY_THREAD = {"report.schema.json/properties/scores", "report.schema.json/properties/ranges"}


@pytest.mark.parametrize(("where", "schema"), named("objects"))
def test_unknown_keys_are_refused_everywhere(where: str, schema: dict[str, Any]) -> None:
    """A misspelt key is never passed over; where keys are free, as those of answers are, both key and value have a form.

    In the published data, which nobody writes, a thread of any framework is a key of the scores and their ranges.
    """
    other = schema.get("additionalProperties")
    keys_have_a_form = "properties" not in schema and "pattern" in schema.get("propertyNames", {})
    free = isinstance(other, dict) and (keys_have_a_form or where in BY_THREAD)
    assert other is False or free, f"{where} accepts any key"


@pytest.mark.parametrize(("where", "schema"), named("objects"))
def test_what_is_required_is_described(where: str, schema: dict[str, Any]) -> None:
    """A key that is asked for is one of those that are known."""
    then = schema.get("then", {}).get("required", [])
    assert {*schema.get("required", []), *then} <= set(schema.get("properties", {})), where


@pytest.mark.parametrize(("where", "schema"), named("examples"))
def test_every_example_is_right(where: str, schema: dict[str, Any]) -> None:
    """What is offered as an example passes."""
    name = where.split("/", maxsplit=1)[0]
    rooted = {**schema, "$id": name, "$defs": SCHEMAS[name].get("$defs", {})}  # its references start from its file
    validator = jsonschema.Draft202012Validator(rooted, registry=REGISTRY)
    for example in schema["examples"]:
        assert list(validator.iter_errors(example)) == []


def test_a_text_or_number_has_an_example() -> None:
    """Whoever writes a plain value sees one first; a truth value or a reference to a described part needs none."""
    bare = [
        where
        for name, schema in SCHEMAS.items()
        for where, node in nodes(name, schema)
        if where.split("/")[-2:-1] == ["properties"]
        and not name.startswith("report.")
        and resolved(where, node).get("type") in ("string", "integer", "number")
        and "examples" not in resolved(where, node)
    ]
    assert bare == []
