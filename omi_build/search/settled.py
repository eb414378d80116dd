"""What Pagefind wrote, as it is published: in one order, and with its program above.

It writes the values of a filter in another order at each run. Filters and the list of them are rewritten sorted, and named
after what they hold, so that the same content gives the same bytes. Pagefind's lists are gzipped CBOR behind a signature.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

import cbor2

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = b"pagefind_dcd"
"""How each of Pagefind's files begins, once it is unpacked."""

ABOVE = "../../"
"""The way from the folder of a group to that of Pagefind's program, which is the same for all groups."""

_FILTERS = 3
"""The place of the filters, each a name and the name of its file, in the list that Pagefind loads first."""


def settle(folder: Path) -> dict[str, set[str]]:
    """Bring what lies in a folder that Pagefind wrote into order; return the values of each filter by its name."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for language, about in sorted(entry["languages"].items()):
        old = folder / f"pagefind.{about['hash']}.pf_meta"
        meta = unpacked(old.read_bytes())
        filters = []
        for name, file in meta[_FILTERS]:
            new, values = _settled(folder, language, file)
            filters.append([name, new])
            found.setdefault(name, set()).update(values)
        meta[_FILTERS] = sorted(filters)
        raw = packed(meta)
        about["hash"] = f"{language}_{_name(raw, 10)}"
        # Pagefind's script asks for wasm.NAME.pagefind in the folder of the group; a name may lead out of it.
        program = about["wasm"] or "unknown"
        about["wasm"] = f"{program}/../{ABOVE}wasm.{program}"
        old.unlink()
        (folder / f"pagefind.{about['hash']}.pf_meta").write_bytes(raw)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return found


def _settled(folder: Path, language: str, file: str) -> tuple[str, list[str]]:
    """Write one filter anew, its values sorted; return the name of its new file, and the values."""
    old = folder / "filter" / f"{file}.pf_filter"
    of_filter, values = unpacked(old.read_bytes())
    raw = packed([of_filter, sorted(values)])
    new = f"{language}_{_name(raw, 10)}"
    old.unlink()
    (folder / "filter" / f"{new}.pf_filter").write_bytes(raw)
    return new, [value for value, _ in values]


def _name(raw: bytes, length: int) -> str:
    return hashlib.sha256(raw).hexdigest()[:length]


def packed(value: list[Any]) -> bytes:
    """Return a list as Pagefind writes it; the same list gives the same bytes."""
    return gzip.compress(SIGNATURE + cbor2.dumps(value), 9, mtime=0)


def unpacked(raw: bytes) -> list[Any]:
    """Return what stands in one of Pagefind's lists."""
    found: list[Any] = cbor2.loads(gzip.decompress(raw).removeprefix(SIGNATURE))
    return found
