"""Makes a form of a schema: a field of Decap's configuration for each key, in the words of the field.

Label, help and limits come from the schema; the choices of a select come from the framework and the lists of the site.
What the schema says of how a file is written (quotation marks, brackets) is left out: in a form it would mislead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from omi_build.words import SHORTHANDS, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

Field = dict[str, Any]
"""A field as Decap's configuration has it."""

FILLED_IN = {"letter", "number"}
"""Keys of entries that run on in the order of their list; they are given on saving."""

LABELS = (
    ("letter", "({{fields.letter | default('new')}}) {{fields.text | truncate(90, '…')}}"),
    ("number", "{{fields.number | default('new')}} {{fields.text | truncate(90, '…')}}"),
    ("section", "Section {{fields.section}}: {{fields.text | truncate(80, '…')}}"),
    ("label", "{{fields.label}}: {{fields.value}}"),
    ("measure", "{{fields.measure}}"),
    ("title", "{{fields.title}}"),
    ("role", "{{fields.role}}"),
    ("name", "{{fields.name}}"),
    ("date", "{{fields.date}}"),
    ("text", "{{fields.text | truncate(90, '…')}}"),
)
"""What a closed entry of a list shows, by the first of these keys that it has."""

_FILE_TALK = re.compile(r"\[\]|quotation marks|name of the file|printed by|prints it")
_KEY_TALK = re.compile(r": a key of [^.]*(?=\.)")
_MARKDOWN = re.compile(r"([*_\[\]`<>\\])")


@dataclass(frozen=True)
class Fixed:
    """What a key shows that can't be changed."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """What to show for a value; any other is shown as it is."""
    more: tuple[str, ...] = ()
    """Lines of help, which are shown when asked for."""
    heading: str = ""
    """What the lines of help are."""


@dataclass(frozen=True)
class Offer:
    """What a form offers for its keys."""

    choices: Mapping[str, Mapping[str | int, str]] = field(default_factory=dict)
    """Values with their titles, by the key that they are for."""
    fixed: Mapping[str, Fixed] = field(default_factory=dict)
    """What keys show that can't be changed here."""
    hidden: frozenset[str] = frozenset()
    """Keys that the form leaves as they are."""
    draft: bool = False
    """Whether anything may be left blank: in a draft what isn't written yet isn't missed."""


class Forms:
    """Makes forms of the schemas of a folder."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        """Take the schemas by the name of their file, such as `findings.schema.json`."""
        self._schemas = schemas

    def fields(self, kind: str, offer: Offer) -> list[Field]:
        """Return the fields for documents of a kind."""
        return self._keys(self._schemas[f"{kind}.schema.json"], offer, needed=not offer.draft)

    def _keys(self, schema: Mapping[str, Any], offer: Offer, *, needed: bool) -> list[Field]:
        required = schema.get("required", ())
        return [
            self._field(name, self._whole(part), offer, needed=needed and name in required)
            for name, part in schema["properties"].items()
            if name not in offer.hidden
        ]

    def _field(self, name: str, schema: Mapping[str, Any], offer: Offer, *, needed: bool) -> Field:
        title = str(schema.get("title", name))
        made: Field = {"name": name, "label": title, "required": needed}
        if name in FILLED_IN:
            return made | {"widget": "hidden", "required": False}
        if name in offer.fixed and schema.get("type") != "object":
            shown = offer.fixed[name]
            fixed = {"titles": dict(shown.titles), "more": list(shown.more), "heading": shown.heading}
            return made | {"widget": "fixed", "required": True, **fixed}
        made |= self._widget(name, schema, offer, needed=needed)
        if hint := help_of(schema, example=made["widget"] in {"string", "text", "number"}):
            made["hint"] = hint
        return made

    def _widget(self, name: str, schema: Mapping[str, Any], offer: Offer, *, needed: bool) -> Field:
        kind = schema.get("type")
        choices = offer.choices.get(name)
        if kind == "array":
            return self._list(name, schema, offer)
        if kind == "object":
            # Of a group that may be left out, nothing is asked for: the checks say what a group that is begun lacks.
            return {"widget": "object", "collapsed": not needed, "fields": self._keys(schema, offer, needed=needed)}
        if "enum" in schema:
            choices = {value: _worded(value) for value in schema["enum"]}
        if choices:
            return {"widget": "select", "options": _options(choices)}
        if kind == "boolean":
            return {"widget": "boolean"}
        if kind in ("integer", "number"):
            limits = {key: schema[limit] for key, limit in (("min", "minimum"), ("max", "maximum")) if limit in schema}
            return {"widget": "number", "value_type": "int" if kind == "integer" else "float", **limits}
        if _is_prose(schema):
            return {"widget": "text"}
        return {"widget": "string"} | self._pattern(schema)

    def _list(self, name: str, schema: Mapping[str, Any], offer: Offer) -> Field:
        items = self._whole(schema.get("items", {}))
        limits = {key: schema[limit] for key, limit in (("min", "minItems"), ("max", "maxItems")) if limit in schema}
        if offer.draft:
            limits.pop("min", None)
        if choices := offer.choices.get(name):
            return {"widget": "select", "multiple": True, "options": _options(choices), **limits}
        made: Field = {"widget": "list", "required": "min" in limits, **limits}
        if items.get("type") != "object":
            return made
        summary = next((label for key, label in LABELS if key in items["properties"]), "")
        return made | {
            "label_singular": str(items.get("title", schema.get("title", name))),
            "collapsed": True,
            "summary": summary,
            "fields": self._keys(items, offer, needed=not offer.draft),
        }

    def _pattern(self, schema: Mapping[str, Any]) -> Field:
        if "pattern" not in schema:
            return {}
        examples = listed([str(example) for example in schema.get("examples", ())])
        is_line = str(schema.get("of", "")).endswith("#/$defs/line")
        return {
            "pattern": [schema["pattern"], "one line of text" if is_line or not examples else f"such as {examples}"]
        }

    def _whole(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a schema with what it refers to merged in, its own words before the shared ones."""
        if "$ref" not in schema:
            return schema
        name, _, fragment = schema["$ref"].partition("#/")
        shared = self._schemas[name]
        for step in fragment.split("/"):
            shared = shared[step]
        return {**self._whole(shared), **schema, "of": schema["$ref"]}


def help_of(schema: Mapping[str, Any], *, example: bool) -> str:
    """Return the help for a field: its description and an example if so, without how it would be written in a file.

    Decap reads help as Markdown, so that its characters are masked.
    """
    sentences = re.split(r"(?<=[.:]) (?=[A-Z])", str(schema.get("description", "")))
    words = " ".join(sentence for sentence in sentences if not _FILE_TALK.search(sentence))
    if example and (examples := schema.get("examples")):
        words += f" Example: {examples[0]}"
    return _MARKDOWN.sub(r"\\\1", _KEY_TALK.sub("", words).strip())


def _is_prose(schema: Mapping[str, Any]) -> bool:
    return str(schema.get("of", "")).endswith("#/$defs/prose")


def _worded(value: object) -> str:
    words = SHORTHANDS.get(str(value), str(value).replace("_", " "))
    return words[:1].upper() + words[1:]


def _options(choices: Mapping[str | int, str]) -> list[dict[str, str | int]]:
    return [{"label": title, "value": value} for value, title in choices.items()]
