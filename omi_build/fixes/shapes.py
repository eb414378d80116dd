"""What a schema wants at a place of a document: which type, which keys in which order, and whether it is prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omi_build.schemas import Schemas
    from omi_build.sources import Key

PROSE = "common.schema.json#/$defs/prose"
"""The shape of what the site sets as text: paragraphs, with its own quotation marks."""


@dataclass(frozen=True)
class Shape:
    """What is wanted at one place."""

    node: Mapping[str, Any]
    """The part of the schema, what it refers to included."""
    file: str
    """The schema that the part stands in: what it refers to is named from there."""
    is_prose: bool
    registry: Any

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping, in the order in which they are written."""
        return tuple(self.node.get("properties", ()))

    @property
    def is_text(self) -> bool:
        """Whether it is a text, and nothing else."""
        return self.node.get("type") == "string"

    def accepts(self, value: Any) -> bool:
        """Say whether a value fits here."""
        return bool(self._validator.is_valid(value))

    @cached_property
    def _validator(self) -> Any:
        return jsonschema_rs.Draft202012Validator(dict(self.node), registry=self.registry, base_uri=self.file)


class Shapes:
    """The shapes of every kind of document."""

    def __init__(self, schemas: Schemas) -> None:
        """Take the schemas of the project."""
        self._by_name = schemas.by_name
        self._registry = jsonschema_rs.Registry(list(schemas.by_name.items()))
        self._kept: dict[tuple[str, tuple[Key, ...]], Shape | None] = {}

    def at(self, kind: str, pointer: tuple[Key, ...]) -> Shape | None:
        """Return what a document of this kind must have at a pointer, or None where its schema says nothing of it."""
        place = (kind, tuple(0 if isinstance(step, int) else step for step in pointer))
        if place not in self._kept:
            self._kept[place] = self._find(kind, place[1])
        return self._kept[place]

    def _find(self, kind: str, pointer: tuple[Key, ...]) -> Shape | None:
        if not pointer:
            return self._shape(self._by_name[f"{kind}.schema.json"], f"{kind}.schema.json")
        around = self.at(kind, pointer[:-1])
        if around is None:
            return None
        step = pointer[-1]
        inner = (
            around.node.get("items")
            if isinstance(step, int)
            else around.node.get("properties", {}).get(step, around.node.get("additionalProperties"))
        )
        return self._shape(inner, around.file) if isinstance(inner, dict) else None

    def _shape(self, node: Mapping[str, Any], file: str) -> Shape:
        """Return the shape of a part of a schema, with what it refers to."""
        is_prose = False
        merged = dict(node)
        while "$ref" in merged:
            name, _, fragment = merged.pop("$ref").partition("#/")
            file = name or file
            is_prose = is_prose or f"{file}#/{fragment}" == PROSE
            target: Any = self._by_name[file]
            for part in filter(None, fragment.split("/")):
                target = target[part]
            merged = {**target, **merged}
        return Shape(merged, file, is_prose, self._registry)
