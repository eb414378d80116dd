"""From the data of a report to the bytes of its PDF."""

from __future__ import annotations

import datetime
import io
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import typst

from omi_build.problems import OmiError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = re.compile(r"error: .*?\.typ:(\d+)", re.DOTALL)


class PdfError(OmiError):
    """The template of the PDF is wrong."""


def typeset(document: dict[str, Any], template: Path, day: datetime.date) -> bytes:
    """Return a document as PDF/UA-1, dated by a day: the same bytes for the same document.

    Raises PdfError where the template is wrong.
    """
    fonts = Path(str(files("font_source_sans_pro"))) / "files"
    # Fonts of the machine are left alone, so that every machine makes the same pages.
    compiler = typst.Compiler(  # type: ignore[misc]  # its stub leaves a type open
        template.read_bytes(),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
    )
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=midnight)
    except typst.TypstError as error:
        place = _PLACE.search(error.diagnostic or "")
        line = f":{place.group(1)}" if place else ""
        raise PdfError(f"site_templates/pdf/{template.name}{line}: {error.message}") from None
    assert isinstance(made, bytes)
    return with_row_headers(made)


def with_row_headers(made: bytes) -> bytes:
    """Return a PDF whose tables' rows begin with a header cell, as all tables of a report do.

    The typesetter tags the cells of a table's head, but has no way yet to tag the head of a row. It lists each cell's
    headers, too: such a list goes before what scopes tell, and would hide the row's.
    """
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for row in _elements(pdf.Root.StructTreeRoot, "/TR"):
            cells = _kids(row)
            for cell in cells:
                for attributes in _attributes(cell):
                    if "/Headers" in attributes:
                        del attributes["/Headers"]
            if len(cells) > 1 and cells[0].S == "/TD":
                cells[0].S = pikepdf.Name.TH
                scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                kept = [a for a in _attributes(cells[0]) if set(a.keys()) != {"/O"}]
                cells[0].A = pikepdf.Array([*kept, scope])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _attributes(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary)]


def _elements(top: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Yield each element of a kind below another, in reading order."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == kind:
            yield element
        waiting += reversed(_kids(element))
