"""Gives an inspection of a world the record of its publication, as `omi publish` writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from omi_build.model.record import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def recorded(files: Mapping[str, Any], folder: str, **changes: Any) -> dict[str, Any]:
    """Return a world with the first version of an inspection; `changes` are keys of it that are otherwise."""
    own = {path.removeprefix(f"{folder}/"): value for path, value in files.items() if path.startswith(f"{folder}/")}
    version = {
        "version": 1,
        "date": "2040-08-15",
        "by": "Synthetic publications team",
        "corrections": 0,
        "digest": digest_of(own),
        "documents": {path: yaml.safe_dump(value, sort_keys=False) for path, value in own.items()},
    }
    return {**files, f"{folder}/versions/1.json": json.dumps(version | changes, indent=1)}
