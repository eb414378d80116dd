"""Where a document doesn't fit its schema, as jsonschema tells it: `schemas` puts that into plain words.

It takes time to load and is slow; jsonschema-rs decides, and only what that refuses is asked about here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import referencing
from referencing.jsonschema import DRAFT202012

from omi_build.schemas import fast_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError


def misfits(value: Any, name: str, schemas: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Yield what the schema of a name refuses of a value; `schemas` are all of them by name, as one may refer to another."""
    resources = [(other, DRAFT202012.create_resource(schema)) for other, schema in schemas.items()]
    registry: referencing.Registry[Any] = referencing.Registry().with_resources(resources)
    yield from _validator()(schemas[name], registry=registry).iter_errors(value)


def why_no_schema(schema: Any) -> str:
    """Return in a line why something is not a JSON Schema."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return str(error).splitlines()[0]
    return "it doesn't fit the schema of schemas"


@cache
def _validator() -> Any:
    """Return the class of the validator, which judges patterns and missing keys as we tell them."""

    def pattern(_: Any, wanted: str, text: Any, __: Any) -> Iterator[ValidationError]:
        # Judged as the fast validator does; in Python's patterns `$` lets a line break pass.
        if isinstance(text, str) and not fast_pattern(wanted).is_valid(text):
            yield jsonschema.ValidationError(text)

    def required(_: Any, keys: Sequence[str], part: Any, __: Any) -> Iterator[ValidationError]:
        # Each missing key is told by its name alone, which the library's own error holds in a sentence only.
        if isinstance(part, dict):
            yield from (jsonschema.ValidationError(key) for key in keys if key not in part)

    return jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern, "required": required})
