"""Reads a file of the content safely: plain values, or problems; and says where any value stands.

YAML means what was written: only `true` and `false` are booleans, dates and `010` stay text, and a doubled key is
an error. What kind of document a file is follows from its path (`KINDS`); nothing else in the content folder is data.

`files` finds the files and reads their bytes, `own_pages` those that are hand-written, `reading` makes values of a text,
`blanks` leaves out of a draft what isn't written yet, `slips` says what a person most likely did where YAML gives up,
and `places` finds lines and columns. `signs`, `names` and `markup` say what no text and no name of a file may have.
"""

from omi_build.documents.blanks import is_published, without_blanks
from omi_build.documents.files import (
    CASE_SCORES,
    DATA_FOLDERS,
    KINDS,
    MAX_BYTES,
    Document,
    Reading,
    inspections_in,
    kind_of,
    read_content,
    read_inspections,
    read_shared,
    read_text,
    translated_file,
)
from omi_build.documents.markup import markup_problems
from omi_build.documents.own_pages import read_own_pages
from omi_build.documents.places import lines_of, locate
from omi_build.documents.reading import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, Fault, Parsed, Spot, parse
from omi_build.documents.versions import documents_of

__all__ = [
    "CASE_SCORES",
    "DATA_FOLDERS",
    "KINDS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_VALUES",
    "Document",
    "Fault",
    "Parsed",
    "Reading",
    "Spot",
    "documents_of",
    "inspections_in",
    "is_published",
    "kind_of",
    "lines_of",
    "locate",
    "markup_problems",
    "parse",
    "read_content",
    "read_inspections",
    "read_own_pages",
    "read_shared",
    "read_text",
    "translated_file",
    "without_blanks",
]
