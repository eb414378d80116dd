"""Holds a document against its JSON Schema, and says in plain words what doesn't fit.

jsonschema-rs decides, being some hundred times faster; only what it refuses is given to jsonschema, whose errors
carry what is needed to explain them. Their English is never shown: each keyword has its own wording here.
"""

from __future__ import annotations

import datetime
import json
import re
import textwrap
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from omi_build.documents import KINDS
from omi_build.problems import SMART_QUOTES, OmiError, Problem, closest, nearest
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

    from omi_build.documents import Document
    from omi_build.sources import Key

    Explanation = Callable[["Refusal", Source], Iterator[Problem]]


_BRITISH_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([12][0-9]{3})")

SENTENCE = 4
"""A key of as many words is a text rather than a key."""

BLOCK = "Write |- after the colon, and the text on the lines below it, indented."

TYPE_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "nothing",
}


@dataclass(frozen=True)
class Refusal:
    """What a schema refuses, as facts."""

    keyword: str
    """The keyword of the schema, or `keyName` for a key that is itself refused."""
    wanted: Any
    """What the keyword asks for."""
    value: Any
    """What is there."""
    path: tuple[Key, ...]
    """The steps from the top of the document to it."""
    missing: str
    """The key that it lacks, if it is refused for that."""
    about: Mapping[str, Any]
    """Title, description and examples of the value, and its `properties`: what its keys are."""

    @property
    def known(self) -> Mapping[str, Any]:
        """The keys that the value may have, with their own titles and descriptions."""
        properties: Mapping[str, Any] = self.about["properties"]
        return properties


class SchemaError(OmiError):
    """A schema of the project is itself wrong."""


class Schemas:
    """The schemas of a folder, ready to check documents."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        """Take the schemas by the name of their file, such as `findings.schema.json`.

        Raises SchemaError if one of them is not a JSON Schema, or refers to what isn't there.
        """
        self.by_name = dict(schemas)
        self._fast: dict[str, Any] = {}
        for name, schema in self.by_name.items():
            if not jsonschema_rs.meta.is_valid(schema):
                from omi_build.misfits import why_no_schema  # noqa: PLC0415  # 0.1 seconds, and most schemas are right

                raise SchemaError(f"schemas/{name} is not a JSON Schema: {why_no_schema(schema)}")
        name = "a schema"
        try:
            registry = jsonschema_rs.Registry(list(self.by_name.items()))
            for name, schema in self.by_name.items():
                kind = name.removesuffix(".schema.json")
                self._fast[kind] = jsonschema_rs.Draft202012Validator(schema, registry=registry, base_uri=name)
        except (jsonschema_rs.ReferencingError, ValueError) as error:
            message = f"schemas: {name} refers to what isn't there: {str(error).splitlines()[0]}"
            raise SchemaError(message) from None

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield what in a document its schema refuses, in the order of the document.

        A key with nothing behind it says nothing in a draft, but one that isn't known is a slip all the same.
        """
        told = set()
        for problem in self._misfits(document):
            told.add(problem.source)
            yield problem
        if document.form is not None:
            whole = replace(document, value=document.form, form=None, source=Source(document.source.path))
            yield from (problem for problem in self._unknown_keys(whole) if problem.source not in told)

    def _unknown_keys(self, document: Document) -> Iterator[Problem]:
        errors = self._fast[document.kind].iter_errors(document.value)
        if any("AdditionalProperties" in type(error.kind).__name__ for error in errors):
            for error in self._explaining(document):
                if error.validator == "additionalProperties":
                    yield from _explain(self._refusal(document.kind, error), document.source)

    def _misfits(self, document: Document) -> Iterator[Problem]:
        if self.accepts(document.kind, document.value):
            return
        refusals = [self._refusal(document.kind, error) for error in self._explaining(document)]
        refusals.sort(key=lambda refusal: (_position(document.value, refusal.path), refusal.keyword))
        told: set[Source] = set()
        if not refusals:  # the two validators disagree: the document must not pass for that
            for error in self._fast[document.kind].iter_errors(document.value):
                source = document.source.child(*error.instance_path)
                yield Problem(source, "OMI105", f"this doesn't fit its schema: {error.message}")
        for refusal in refusals:
            for problem in _explain(refusal, document.source):
                # A second complaint about the same value is an echo: an empty text is both too short and a misfit.
                if problem.code == "OMI102" or problem.source not in told:
                    yield problem
                    told |= set() if problem.code == "OMI102" else {problem.source}

    def _explaining(self, document: Document) -> Iterator[ValidationError]:
        """Yield the errors of the validator that explains, which is loaded only where something is refused."""
        from omi_build.misfits import misfits  # noqa: PLC0415  # 0.1 seconds, and most runs refuse nothing

        yield from misfits(document.value, f"{document.kind}.schema.json", self.by_name)

    def accepts(self, kind: str, value: Any) -> bool:
        """Say whether a value fits the schema of a kind."""
        return bool(self._fast[kind].is_valid(value))

    def _refusal(self, kind: str, error: ValidationError) -> Refusal:
        schema_path = tuple(error.absolute_schema_path)
        return Refusal(
            keyword="keyName" if "propertyNames" in schema_path else str(error.validator),
            wanted=error.validator_value,
            value=error.instance,
            path=tuple(error.absolute_path),
            missing=error.message if error.validator == "required" else "",
            about=self._annotations(kind, schema_path),
        )

    def _annotations(self, kind: str, schema_path: Sequence[str | int]) -> dict[str, Any]:
        """Return title, description and examples of the value that a refusal is about, the nearest to its key first."""
        node: Any = self.by_name[f"{kind}.schema.json"]
        chain = [node]
        for step in takewhile(lambda step: step != "propertyNames", schema_path):
            # jsonschema leaves `$ref` out of the path: go through it where the next step lies behind it.
            while isinstance(node, dict) and step not in node and "$ref" in node:
                node = self._resolve(node["$ref"])
                chain.append(node)
            node = node[step]
            if isinstance(node, dict) and step not in {"then", "else", "not"}:
                chain = [node]
        merged: dict[str, Any] = {"properties": {}}
        for part in reversed(chain):
            merged.update({key: part[key] for key in ("title", "description", "examples", "items") if key in part})
            merged["properties"] = {
                key: (self._resolve(inner["$ref"]) if "$ref" in inner else {}) | inner
                for key, inner in part.get("properties", merged["properties"]).items()
            }
        return merged

    def _resolve(self, reference: str) -> Any:
        name, _, fragment = reference.partition("#/")
        node = self.by_name[name]
        for part in filter(None, fragment.split("/")):
            node = node[part]
        return node


def load_schemas(folder: Path) -> Schemas:
    """Read every `*.schema.json` of a folder; raise SchemaError where one is broken, or missing for a kind of document."""
    schemas = {}
    for file in sorted(folder.glob("*.schema.json")):
        try:
            schemas[file.name] = json.loads(file.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            message = f"{file}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}"
            raise SchemaError(message) from None
        except UnicodeDecodeError:
            message = f"{file}: this file is not UTF-8"
            raise SchemaError(message) from None
    if not schemas:
        message = f"there are no schemas in {folder}"
        raise SchemaError(message)
    loaded = Schemas(schemas)
    needed = {f"{kind}.schema.json" for kind in (*KINDS.values(), "report", "reports")}
    if missing := sorted(needed - set(schemas)):
        message = f"{folder} lacks {', '.join(missing)}"
        raise SchemaError(message)
    return loaded


def show(value: Any) -> str:
    """Return a value as its writer would recognise it, cut to a line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return TYPE_WORDS["object" if isinstance(value, dict) else "array"]
    return f"`{textwrap.shorten(str(value), 60, placeholder='…') or '…'}`"


@cache
def fast_pattern(pattern: str) -> Any:
    """Return what says whether a text fits a pattern, as the validator that decides reads patterns."""
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


def _position(value: Any, path: Sequence[Key]) -> list[int]:
    """Return where a value stands in its document, as numbers to sort by."""
    position = []
    for step in path:
        position.append(step if isinstance(step, int) else list(value).index(step))
        value = value[step]
    return position


def _explain(refusal: Refusal, top: Source) -> Iterator[Problem]:
    yield from EXPLAIN.get(refusal.keyword, _misfit)(refusal, top.child(*refusal.path))


def _help(about: Mapping[str, Any], label: str = "") -> str:
    """Return the schema's own help: what the value is, and an example behind its label."""
    words = str(about.get("description", ""))
    example = next(iter(about.get("examples", [])), None)
    if isinstance(example, str):
        words += f" Example: {label}{_quoted(example)}"
    elif example is not None and not isinstance(example, dict | list):
        words += f" Example: {label}{json.dumps(example)}"
    return words.strip()


def _quoted(word: str) -> str:
    looks_like_number = word.replace(".", "", 1).isdigit()
    return f'"{word}"' if looks_like_number else word


def _key(refusal: Refusal) -> str:
    """Return the key that a value stands under, at it or above it."""
    return next((step for step in reversed(refusal.path) if isinstance(step, str)), "")


def _label(refusal: Refusal) -> str:
    """Return what stands before a value: its key, or the hyphen of a list."""
    return "- " if refusal.path and isinstance(refusal.path[-1], int) else f"{_key(refusal)}: "


def _own_help(refusal: Refusal) -> str:
    return _help(refusal.about, _label(refusal))


def _name(refusal: Refusal) -> str:
    """Return what a value is called: by its key, or by its number in a list."""
    if not refusal.path:
        return "this file"
    last = refusal.path[-1]
    return f"entry {last + 1} of `{_key(refusal)}`" if isinstance(last, int) else f"`{last}`"


def _meant(key: str, refusal: Refusal) -> str:
    """Return the known key that an unknown one was most likely meant to be, one that is still free if there is one."""
    free = [name for name in refusal.known if name not in refusal.value]
    return closest(key, free) or closest(key, refusal.known)


def _unknown_key(refusal: Refusal, source: Source) -> Iterator[Problem]:
    for key in refusal.value:
        if key in refusal.known:
            continue
        hints = [f"Did you mean `{meant}`?" if (meant := _meant(key, refusal)) else ""]
        if key != key.translate(SMART_QUOTES):
            hints.append("Curly quotation marks are part of the word; write the key without any.")
        if key.startswith("-"):
            hints.append("Put a space after the hyphen.")
        if len(key.split()) >= SENTENCE:
            hints = [
                "This reads like a text: put as many spaces before it as the lines of its text have, or a # before a note."
            ]
        hint = " ".join(filter(None, hints)) or f"Keys known here: {', '.join(refusal.known)}."
        yield Problem(source.child(key), "OMI101", f"unknown key `{key}`", hint, at_key=True)


def _missing_key(refusal: Refusal, source: Source) -> Iterator[Problem]:
    key = refusal.missing
    unknown = [name for name in refusal.value if name not in refusal.known]
    if key in {_meant(name, refusal) for name in unknown}:
        return  # told as an unknown key
    described = refusal.known.get(key, {})
    hint = f"Add a line `{key}: …` here. {_help(described, f'{key}: ')}".strip()
    yield Problem(source, "OMI102", f"`{key}` is missing", hint, at_key=True)


def _wrong_type(refusal: Refusal, source: Source) -> Iterator[Problem]:
    wanted = refusal.wanted if isinstance(refusal.wanted, list) else [refusal.wanted]
    words = " or ".join(TYPE_WORDS[name] for name in wanted)
    value = refusal.value
    if value is None:
        message = f"{_name(refusal)} is empty; it must be {words}"
        hint = f"{BLOCK} {_own_help(refusal)}" if _is_prose(refusal) else _own_help(refusal)
        yield Problem(source, "OMI103", message, hint)
        return
    message = f"{_name(refusal)} must be {words}, but {_type_told(value)}"
    yield Problem(source, "OMI103", message, _how_to_write(wanted, refusal))


def _how_to_write(wanted: Sequence[str], refusal: Refusal) -> str:
    """Return how to make the value of the type that is wanted."""
    value, label, own_help = refusal.value, _label(refusal), _own_help(refusal)
    if "string" in wanted and isinstance(value, float):
        return f'Put it in quotation marks, with every digit, as in {label}"1.10". Without them a last 0 is lost.'
    if "string" in wanted and isinstance(value, bool | int):
        return f'Put it in quotation marks: {label}"{str(value).lower()}".'
    if "string" in wanted and isinstance(value, list):
        return f"Is the key of the list missing above it, such as `strengths:`? {own_help}".strip()
    if {"integer", "number"} & set(wanted) and isinstance(value, str):
        digits = value.strip(" %£").replace(",", "")
        if digits.replace(".", "", 1).isdecimal():
            return f"Write {label}{digits}, without quotation marks or signs."
    if "boolean" in wanted:
        return f"Write {label}true or {label}false."
    if "array" in wanted:
        return _how_to_list(refusal)
    if "object" in wanted:
        where = "below it" if refusal.path else "below each other"
        return f"Write its keys {where} on lines of their own, each as `key: value`. {own_help}".strip()
    return own_help


def _how_to_list(refusal: Refusal) -> str:
    value = refusal.value
    if isinstance(value, dict) and any(name.startswith("-") for name in value):
        return "Put a space after each hyphen: “- ” starts an entry of a list."
    holds_words = refusal.about.get("items", {}).get("type") != "object"
    if holds_words and isinstance(value, str | int | float) and (entries := _as_entries(str(value))):
        return f"Write it as a list: {_label(refusal)}[{entries}]."
    return "Start each entry of the list on a line of its own with “- ”; write [] for an empty list."


def _as_entries(text: str) -> str:
    """Return words with commas or 'and' between them as the entries of a list, or '' if they are no words of a list."""
    words = [word.strip() for word in re.split(r",|\s+and\s+", text)]
    if not all(re.fullmatch(r"[\w.-]{1,40}", word) for word in words):
        return ""
    return ", ".join(f'"{word}"' if word.replace(".", "", 1).isdigit() else word for word in words)


def _type_told(value: Any) -> str:
    if isinstance(value, bool):
        return f"this is the value {show(value)}"
    if isinstance(value, dict | list):
        return f"this is {show(value)}"
    kind = "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"
    return f"{show(value)} is {TYPE_WORDS[kind]}"


def _not_listed(refusal: Refusal, source: Source) -> Iterator[Problem]:
    allowed = [str(value) for value in refusal.wanted]
    hint = nearest(str(refusal.value), allowed)
    message = f"{_name(refusal)} can't be {show(refusal.value)}; it is one of: {', '.join(allowed)}"
    yield Problem(source, "OMI104", message, hint or _help(refusal.about))


def _as_date(text: str) -> str:
    """Return a date that is written in another way as it is written here, or ''."""
    if found := _BRITISH_DATE.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    for form, wanted in (("%d %B %Y", "%Y-%m-%d"), ("%d %b %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%b %Y", "%Y-%m")):
        try:
            return datetime.datetime.strptime(" ".join(text.split()), form).strftime(wanted)  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return ""


def _folded(word: str, pattern: str) -> str:
    """Return a word in small letters with its spaces joined, if it fits a pattern so; or ''."""
    forms = [joint.join(word.lower().split(" ")) for joint in "_-"]
    return next((form for form in forms if form != word.strip() and fast_pattern(pattern).is_valid(form)), "")


def _is_prose(refusal: Refusal) -> bool:
    """Say whether a value is a text of several lines rather than a word or a title."""
    return _key(refusal) == "text"


def _misfit(refusal: Refusal, source: Source) -> Iterator[Problem]:
    value = refusal.value
    hints = [_own_help(refusal)]
    if isinstance(value, str) and not value.strip():
        yield Problem(source, "OMI105", f"{_name(refusal)} is empty", _own_help(refusal))
        return
    if isinstance(value, str):
        if day := _as_date(value):
            hints = [f"Write the year first, then month and day: {_label(refusal)}{day}."]
        elif refusal.keyword == "pattern" and (meant := _folded(value, refusal.wanted)):
            hints.insert(0, f"Did you mean `{meant}`?")
        if value != value.strip():
            hints.insert(0, "Remove the spaces and line breaks before and after it.")
        elif "\n" in value:
            hints.insert(0, "Write it on one line.")
        if value != value.translate(SMART_QUOTES):
            hints.insert(0, "Curly quotation marks are part of the text; use straight ones.")
    title = str(refusal.about.get("title", "value"))
    what = (
        ""
        if title.lower() == _key(refusal)
        else f" ({title if title[1:2].isupper() else title[:1].lower() + title[1:]})"
    )
    message = f"{show(value)} doesn't fit {_name(refusal)}{what}"
    yield Problem(source, "OMI105", message, " ".join(filter(None, hints)))


def _key_misfit(refusal: Refusal, source: Source) -> Iterator[Problem]:
    message = f"the key {show(refusal.value)} doesn't fit here"
    yield Problem(source.child(refusal.value), "OMI105", message, _help(refusal.about), at_key=True)


def _length(limit: str) -> Explanation:
    def explain(refusal: Refusal, source: Source) -> Iterator[Problem]:
        size = len(refusal.value)
        nouns = ("character", "characters") if isinstance(refusal.value, str) else ("entry", "entries")
        what = nouns[size != 1]
        message = f"{_name(refusal)} has {size} {what}; it needs {limit} {refusal.wanted}"
        if size == 0:
            message = f"{_name(refusal)} is empty"
        yield Problem(source, "OMI105", message, _own_help(refusal))

    return explain


def _bound(limit: str) -> Explanation:
    def explain(refusal: Refusal, source: Source) -> Iterator[Problem]:
        message = f"{_name(refusal)} is {refusal.value}; it must be {limit} {refusal.wanted}"
        yield Problem(source, "OMI105", message, _own_help(refusal))

    return explain


def _repeated(refusal: Refusal, source: Source) -> Iterator[Problem]:
    value = refusal.value
    second = next((n for n, part in enumerate(value) if part in value[:n]), 0)
    message = f"{show(value[second])} stands twice in {_name(refusal)}"
    yield Problem(source.child(second), "OMI105", message, "Remove one of the two.")


EXPLAIN: dict[str, Explanation] = {
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
    "keyName": _key_misfit,
}
"""How each keyword is told; any other is a misfit, told by the schema's own title, description and example."""
