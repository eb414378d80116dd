"""Holds a document against its JSON Schema, and says in plain words what doesn't fit.

jsonschema-rs decides, being some hundred times faster; only what it refuses is given to jsonschema, whose errors
carry what is needed to explain them. Their English is never shown: each keyword has its own wording here.
"""

from __future__ import annotations

import difflib
import json
import textwrap
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import referencing
from referencing.jsonschema import DRAFT202012

from omi_build.problems import OmiError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

    from omi_build.documents import Document
    from omi_build.sources import Source

_SMART = str.maketrans({"“": "", "”": "", "‘": "", "’": "", "„": ""})

TYPE_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "nothing",
}


class SchemaError(OmiError):
    """A schema of the project is itself wrong."""


class Schemas:
    """The schemas of a folder, ready to check documents."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        """Take the schemas by the name of their file, such as `findings.schema.json`.

        Raises SchemaError if one of them is not a JSON Schema.
        """
        self.by_name = dict(schemas)
        resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in self.by_name.items()]
        self._registry: referencing.Registry[Any] = referencing.Registry().with_resources(resources)
        fast_registry = jsonschema_rs.Registry(list(self.by_name.items()))
        self._fast: dict[str, Any] = {}
        self._slow: dict[str, jsonschema.Draft202012Validator] = {}
        for name, schema in self.by_name.items():
            try:
                jsonschema.Draft202012Validator.check_schema(schema)
                kind = name.removesuffix(".schema.json")
                self._fast[kind] = jsonschema_rs.Draft202012Validator(schema, registry=fast_registry, base_uri=name)
                self._slow[kind] = jsonschema.Draft202012Validator(schema, registry=self._registry)
            except (jsonschema.SchemaError, ValueError) as error:
                message = f"schemas/{name} is not a JSON Schema: {str(error).splitlines()[0]}"
                raise SchemaError(message) from None

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield what in a document its schema refuses, in the order of the document's keys."""
        if self.accepts(document.kind, document.value):
            return
        found = sorted(self._slow[document.kind].iter_errors(document.value), key=_order)
        yield from _without_echoes(
            problem
            for error in found
            for problem in _explain(error, document.source, self._annotations(document.kind, error))
        )

    def accepts(self, kind: str, value: Any) -> bool:
        """Say whether a value fits the schema of a kind."""
        return bool(self._fast[kind].is_valid(value))

    def _annotations(self, kind: str, error: ValidationError) -> dict[str, Any]:
        """Return title, description and examples of the value that an error is about, the nearest to its key first."""
        node: Any = self.by_name[f"{kind}.schema.json"]
        chain = [node]
        for step in error.absolute_schema_path:
            # jsonschema leaves `$ref` out of the path: go through it where the next step lies behind it.
            while isinstance(node, dict) and step not in node and "$ref" in node:
                node = self._resolve(node["$ref"])
                chain.append(node)
            node = node[step]
            if isinstance(node, dict) and step not in {"if", "then"}:
                chain = [node]
        merged: dict[str, Any] = {}
        for part in reversed(chain):
            merged.update({key: part[key] for key in ("title", "description", "examples", "properties") if key in part})
        return merged

    def _resolve(self, reference: str) -> Any:
        name, _, fragment = reference.partition("#/")
        node = self.by_name[name]
        for part in filter(None, fragment.split("/")):
            node = node[part]
        return node


def load_schemas(folder: Path) -> Schemas:
    """Read every `*.schema.json` of a folder."""
    schemas = {}
    for file in sorted(folder.glob("*.schema.json")):
        try:
            schemas[file.name] = json.loads(file.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            message = f"{file}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}"
            raise SchemaError(message) from None
    if not schemas:
        message = f"there are no schemas in {folder}"
        raise SchemaError(message)
    return Schemas(schemas)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean `x`?' for the known word most like this one, or ''."""
    close = difflib.get_close_matches(word.translate(_SMART).strip().lower(), list(known), n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else ""


def show(value: Any) -> str:
    """Return a value as its writer would recognise it, cut to a line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return TYPE_WORDS["object" if isinstance(value, dict) else "array"]
    return f"`{textwrap.shorten(str(value), 60, placeholder='…') or '…'}`"


def _order(error: ValidationError) -> tuple[list[tuple[bool, Any]], str]:
    return [(isinstance(step, str), step) for step in error.absolute_path], str(error.validator)


def _without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Keep one message for one slip.

    'x is missing' is dropped where the same group has an unknown key that was meant to be x, and a second
    complaint about the same value (an empty text is both too short and of the wrong pattern).
    """
    found = list(problems)
    meant = {(p.source.pointer[:-1], p.hint) for p in found if p.code == "OMI101" and p.hint.startswith("Did you mean")}
    told = set()
    for problem in found:
        missing = problem.code == "OMI102"
        echo = missing and (problem.source.pointer, f"Did you mean {problem.message.split()[0]}?") in meant
        repeated = not missing and problem.source in told
        told |= set() if missing else {problem.source}
        if not echo and not repeated:
            yield problem


def _explain(error: ValidationError, top: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    source = top.child(*error.absolute_path)
    keyword = str(error.validator)
    explain = _key_misfit if "propertyNames" in error.absolute_schema_path else EXPLAIN.get(keyword, _misfit)
    yield from explain(error, source, about)


def _help(about: Mapping[str, Any], key: str = "") -> str:
    """Return the schema's own help: what the value is, and an example."""
    words = str(about.get("description", ""))
    examples = about.get("examples")
    if examples and not isinstance(examples[0], dict | list):
        example = (
            json.dumps(examples[0], ensure_ascii=False) if not isinstance(examples[0], str) else _quoted(examples[0])
        )
        words += f" Example: {key}: {example}" if key else f" Example: {example}"
    return words.strip()


def _quoted(word: str) -> str:
    looks_like_number = word.replace(".", "", 1).isdigit()
    return f'"{word}"' if looks_like_number else word


def _last_key(source: Source) -> str:
    return next((step for step in reversed(source.pointer) if isinstance(step, str)), "")


def _unknown_key(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    present = set(error.instance)
    for key in error.instance:
        if key in known:
            continue
        free = [name for name in known if name not in present]
        hint = nearest(key, free) or nearest(key, known)
        if key != key.translate(_SMART):
            hint = f"{hint} Curly quotation marks are part of the word; write the key without any.".strip()
        yield Problem(
            source.child(key),
            "OMI101",
            f"unknown key `{key}`",
            hint or f"Keys known here: {', '.join(known)}.",
            at_key=True,
        )


def _missing_key(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    missing = [key for key in error.validator_value if key not in error.instance]
    # jsonschema yields an error for each missing key; its message is the only place that tells which.
    key = next((name for name in missing if error.message.startswith(repr(name))), missing[0])
    described = about.get("properties", {}).get(key, {})
    yield Problem(
        source,
        "OMI102",
        f"`{key}` is missing",
        f"Add a line `{key}: …` here. {_help(described, key)}".strip(),
        at_key=True,
    )


def _wrong_type(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    value, key = error.instance, _last_key(source)
    name = f"`{key}`" if key else "this file"
    words = " or ".join(TYPE_WORDS[name] for name in wanted)
    if value is None:
        yield Problem(source, "OMI103", f"{name} is empty; it must be {words}", _help(about, key))
        return
    hint = _help(about, key)
    if "string" in wanted and isinstance(value, int | float) and not isinstance(value, bool):
        hint = f'Put it in quotation marks, with every digit, as in {key}: "1.10". Without them a last 0 is lost.'
    elif "string" in wanted and isinstance(value, bool):
        hint = f'Put it in quotation marks: "{show(value)}".'
    elif (
        {"integer", "number"} & set(wanted)
        and isinstance(value, str)
        and (digits := value.strip(" %")).replace(".", "", 1).isdigit()
    ):
        hint = f"Write {digits} without quotation marks or signs."
    elif "boolean" in wanted:
        hint = "Write true or false."
    elif "array" in wanted:
        hint = "Start each entry of the list on a line of its own with “- ”; write [] for an empty list."
    elif "object" in wanted:
        hint = f"Write its keys on lines of their own below it, indented. {hint}".strip()
    yield Problem(source, "OMI103", f"{name} must be {words}, but {show(value)} is {_type_of(value)}", hint)


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    for kind, name in ((str, "string"), (int, "integer"), (float, "number"), (list, "array"), (dict, "object")):
        if isinstance(value, kind):
            return TYPE_WORDS[name]
    return "nothing"


def _not_listed(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    allowed = [str(value) for value in error.validator_value]
    hint = nearest(str(error.instance), allowed)
    message = f"`{_last_key(source)}` can't be {show(error.instance)}; it is one of: {', '.join(allowed)}"
    yield Problem(source, "OMI104", message, hint or _help(about))


def _misfit(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    key = _last_key(source)
    value = error.instance
    hint = _help(about, key)
    if isinstance(value, str) and value != value.translate(_SMART):
        hint = f"Curly quotation marks are part of the text; use straight ones. {hint}"
    title = str(about.get("title", "value"))
    yield Problem(source, "OMI105", f"{show(value)} doesn't fit `{key}` ({title[:1].lower()}{title[1:]})", hint)


def _key_misfit(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    yield Problem(
        source.child(error.instance),
        "OMI105",
        f"the key {show(error.instance)} doesn't fit here",
        _help(about),
        at_key=True,
    )


def _length(limit: str) -> Callable[[ValidationError, Source, Mapping[str, Any]], Iterator[Problem]]:
    def explain(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
        size = len(error.instance)
        what = "characters" if isinstance(error.instance, str) else "entries"
        message = f"`{_last_key(source)}` has {size} {what}; it needs {limit} {error.validator_value}"
        if size == 0:
            message = f"`{_last_key(source)}` is empty"
        yield Problem(source, "OMI105", message, _help(about, _last_key(source)))

    return explain


def _bound(limit: str) -> Callable[[ValidationError, Source, Mapping[str, Any]], Iterator[Problem]]:
    def explain(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
        message = f"`{_last_key(source)}` is {error.instance}; it must be {limit} {error.validator_value}"
        yield Problem(source, "OMI105", message, _help(about, _last_key(source)))

    return explain


def _repeated(error: ValidationError, source: Source, about: Mapping[str, Any]) -> Iterator[Problem]:
    again = next((value for n, value in enumerate(error.instance) if value in error.instance[:n]), None)
    yield Problem(source, "OMI105", f"{show(again)} stands twice in `{_last_key(source)}`", "Remove one of the two.")


EXPLAIN: dict[str, Callable[[ValidationError, Source, Mapping[str, Any]], Iterator[Problem]]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_listed,
    "minLength": _length("at least"),
    "maxLength": _length("at most"),
    "minItems": _length("at least"),
    "maxItems": _length("at most"),
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "uniqueItems": _repeated,
}
"""How each keyword is told; any other is a misfit, told by the schema's own title, description and example."""
