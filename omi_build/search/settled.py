"""A filter index of Pagefind in one order: it writes the values of a filter in another order at each run.

Filters and the list of them are rewritten sorted, and named after what they hold, so that the same content gives the same
bytes, and a file whose name stays may be kept for good.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGNATURE = b"pagefind_dcd"
"""How each of Pagefind's files begins, once it is unpacked."""

Value = int | str | None | list["Value"]

_FILTERS = 3
"""The place of the filters, each a name and the name of its file, in the list that Pagefind loads first."""

_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}
"""Of a CBOR number that doesn't fit its first byte, how many bytes follow."""

_NUMBER, _NEGATIVE, _TEXT, _LIST, _OTHER = 0, 1, 3, 4, 7
"""Kinds of CBOR values, as the first three bits of each have them."""

_LONG, _END, _NULL = 31, 0xFF, 22
"""What says that a list goes on until an end is marked, that end, and no value."""


def settle(folder: Path) -> None:
    """Bring the filters in a folder that Pagefind wrote into one order."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for language, about in sorted(entry["languages"].items()):
        old = folder / f"pagefind.{about['hash']}.pf_meta"
        meta = unpacked(old.read_bytes())
        assert isinstance(meta, list)
        filters = meta[_FILTERS]
        assert isinstance(filters, list)
        meta[_FILTERS] = [*sorted(_settled(folder, language, one) for one in filters)]
        raw = packed(meta)
        about["hash"] = f"{language}_{_name(raw, 10)}"
        old.unlink()
        (folder / f"pagefind.{about['hash']}.pf_meta").write_bytes(raw)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _settled(folder: Path, language: str, named: Value) -> list[Value]:
    """Write one filter anew, its values sorted, and return its name with that of its new file."""
    assert isinstance(named, list)
    file = folder / "filter" / f"{named[1]}.pf_filter"
    value = unpacked(file.read_bytes())
    assert isinstance(value, list)
    values = value[1]
    assert isinstance(values, list)
    raw = packed([value[0], sorted(values)])  # type: ignore[type-var]  # each begins with its name
    name = f"{language}_{_name(raw, 10)}"
    file.unlink()
    (folder / "filter" / f"{name}.pf_filter").write_bytes(raw)
    return [named[0], name]


def _name(raw: bytes, length: int) -> str:
    return hashlib.sha256(raw).hexdigest()[:length]


def packed(value: Value) -> bytes:
    """Return a list as Pagefind writes it; the same list gives the same bytes."""
    return gzip.compress(SIGNATURE + b"".join(_encoded(value)), 9, mtime=0)


def unpacked(raw: bytes) -> Value:
    """Return what stands in one of Pagefind's lists (gzipped CBOR: numbers, texts, lists)."""
    value, _ = _decoded(gzip.decompress(raw).removeprefix(SIGNATURE), 0)
    return value


def _decoded(raw: bytes, at: int) -> tuple[Value, int]:
    """Return the value that begins at a place, and the place behind it."""
    kind, number = raw[at] >> 5, raw[at] & 31
    at += 1
    if number in _SIZES:
        size = _SIZES[number]
        number, at = int.from_bytes(raw[at : at + size], "big"), at + size
    elif kind == _LIST and number == _LONG:
        found: list[Value] = []
        while raw[at] != _END:
            value, at = _decoded(raw, at)
            found.append(value)
        return found, at + 1
    if kind == _NUMBER:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _TEXT:
        return raw[at : at + number].decode(), at + number
    if kind == _LIST:
        found = []
        for _ in range(number):
            value, at = _decoded(raw, at)
            found.append(value)
        return found, at
    if kind == _OTHER and number == _NULL:
        return None, at
    raise ValueError(f"kind {kind} of value is not known in Pagefind's index")


def _encoded(value: Value) -> Iterator[bytes]:
    if value is None:
        yield bytes([_OTHER << 5 | _NULL])
    elif isinstance(value, int):
        yield _head(_NUMBER, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    elif isinstance(value, str):
        raw = value.encode()
        yield _head(_TEXT, len(raw)) + raw
    else:
        yield _head(_LIST, len(value))
        for one in value:
            yield from _encoded(one)


def _head(kind: int, number: int) -> bytes:
    if number < min(_SIZES):
        return bytes([kind << 5 | number])
    code, size = next((code, size) for code, size in _SIZES.items() if number < 1 << 8 * size)
    return bytes([kind << 5 | code]) + number.to_bytes(size, "big")
