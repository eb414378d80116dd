"""Reads the documents inside a version of a report, as if each lay in a file of its own."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from omi_build.documents.files import Document, kind_of, language_of_file, read_value
from omi_build.problems import Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from omi_build.documents.faults import Fault


def documents_of(version: Document) -> tuple[list[Document], list[Problem]]:
    """Return the documents that a version (whose schema has passed it) holds, and what is wrong in them.

    Their folder is `<inspection>/<number>`; places are those of the whole text in the version's file.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for file, text in version.value["documents"].items():
        source = version.source.child("documents", file)
        kind = kind_of(f"inspections/x/{file}")
        if kind in {None, "version"}:
            hint = "A version is written by omi publish and omi correct alone: restore the file as it was."
            problems.append(Problem(source, "OMI704", f"{file} is no file of an inspection", hint))
            continue
        value, faults = read_value(text, PurePosixPath(file).suffix, str(kind))
        problems += [_told(fault, source, file) for fault in faults]
        if not faults:
            language = language_of_file(f"inspections/x/{file}")
            folder = f"{version.folder}/{version.value['version']}"
            documents.append(Document(source, str(kind), folder, value, language=language))
    return documents, problems


def _told(fault: Fault, source: Source, file: str) -> Problem:
    problem = fault.problem(source.path)
    hint = "A version is written by omi publish and omi correct alone: restore the file as it was."
    return Problem(source, problem.code, f"in {file}: {problem.message}", hint, confidential=problem.confidential)
