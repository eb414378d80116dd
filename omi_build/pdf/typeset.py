"""From the data of a report to the bytes of its PDF."""

from __future__ import annotations

import datetime
import io
import json
import re
import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pikepdf
import typst

from omi_build.problems import OmiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LACKING = re.compile(
    "[^ -~\u00a0-\u017e\u0218-\u021b\u1e80-\u1e85\u1ea0-\u1ef9\u2012-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f"
    "\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2190-\u2193\u2212\u2260\u2264\u2265\u25a0\u25b2\u25b6\u25c0\u25c6\u25ca]"
)
"""What the fonts may lack; the range of the text face that each of its styles holds is left out."""
_PLACE = re.compile(r"error: .*?\.typ:(\d+)", re.DOTALL)


class PdfError(OmiError):
    """The template of the PDF is wrong."""


def typeset(document: dict[str, Any], template: Path, day: datetime.date) -> bytes:
    """Return a document as PDF/UA-1, dated by a day: the same bytes for the same document.

    Raises PdfError where the template is wrong.
    """
    told = json.dumps(document, ensure_ascii=False)
    try:
        return with_row_headers(_compiled(told, template, day))
    except _LackingSignError:
        # PDF/UA has no place for a sign that no font holds. What surely is set stays, the rest becomes the sign for it.
        told = _LACKING.sub("�", unicodedata.normalize("NFC", told))
        return with_row_headers(_compiled(told, template, day))


class _LackingSignError(PdfError):
    """A sign of the text is in none of the fonts."""


def _compiled(told: str, template: Path, day: datetime.date) -> bytes:
    # Fonts of the machine are left alone, so that every machine makes the same pages.
    compiler = typst.Compiler(  # type: ignore[misc]  # its stub leaves a type open
        template.read_bytes(),
        font_paths=[str(files("font_source_sans_pro") / "files")],
        ignore_system_fonts=True,
        sys_inputs={"document": told},
    )
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=midnight)
    except typst.TypstError as error:
        place = _PLACE.search(error.diagnostic or "")
        line = f":{place.group(1)}" if place else ""
        lacking = "could not be displayed" in error.message
        kind = _LackingSignError if lacking else PdfError
        raise kind(f"site_templates/pdf/{template.name}{line}: {error.message}") from None
    assert isinstance(made, bytes)
    return made


def with_row_headers(made: bytes) -> bytes:
    """Return a PDF whose tables' rows begin with a header cell, as all tables of a report do.

    The typesetter tags the cells of a table's head, but has no way yet to tag the head of a row. It lists each cell's
    headers, too: such a list goes before what scopes tell, and would hide the row's.
    """
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for row in elements_of(pdf.Root.StructTreeRoot, "/TR"):
            cells = kids_of(row)
            for cell in cells:
                for attributes in attributes_of(cell):
                    if "/Headers" in attributes:
                        del attributes["/Headers"]
            if len(cells) > 1 and cells[0].S == "/TD":
                cells[0].S = pikepdf.Name.TH
                scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                kept = [a for a in attributes_of(cells[0]) if set(a.keys()) != {"/O"}]
                cells[0].A = pikepdf.Array([*kept, scope])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def attributes_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the attribute objects of an element of the structure tree."""
    found = element.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return what stands right below an element of the structure tree, in reading order."""
    kids = element.get("/K")
    if kids is None:
        return []
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary)]


def elements_of(top: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Yield each element of a kind below another, in reading order."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == kind:
            yield element
        waiting += reversed(kids_of(element))
