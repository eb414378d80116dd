"""The versions of each report out of its documents, beside the content of today: what `checks.record` judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from omi_build.documents import Document, documents_of
from omi_build.model.build import version_of
from omi_build.model.record import History, differences, digest_of
from omi_build.problems import Problem


@dataclass(frozen=True)
class Histories:
    """What was published, of all inspections."""

    by_inspection: Mapping[str, History]
    earlier: tuple[Document, ...]
    """The documents of the versions that a correction has overtaken; the folder is `<inspection>/<number>`."""
    problems: tuple[Problem, ...]


def read_histories(documents: Iterable[Document]) -> Histories:
    """Return the versions among documents that have passed their schemas, and how today's content differs from them."""
    found: dict[str, History] = {}
    earlier: list[Document] = []
    problems: list[Problem] = []
    folders: dict[str, list[Document]] = {}
    for document in documents:
        folders.setdefault(document.folder, []).append(document)
    for folder, own in sorted(folders.items()):
        recorded = sorted((d for d in own if d.kind == "version"), key=lambda d: int(d.value["version"]))
        if not recorded:
            continue
        today = {inside(document): document.value for document in own if document.kind != "version"}
        digest = digest_of(today)
        versions, altered = [], []
        differing: tuple[Any, ...] = ()
        for n, document in enumerate(recorded):
            version = version_of(document)
            if isinstance(version, Problem):
                problems.append(version)
                continue
            versions.append(version)
            last = n == len(recorded) - 1
            if last and version.digest == digest:
                continue
            parts, wrong = documents_of(document)
            problems += wrong
            values = {str(part.source.pointer[-1]): part.value for part in parts}
            if not wrong and digest_of(values) != version.digest:
                altered.append(version.version)
            if last:
                differing = tuple(differences(values, today))
            else:
                earlier += parts
        found[folder] = History(tuple(versions), differing, tuple(altered))
    return Histories(found, tuple(earlier), tuple(problems))


def inside(document: Document) -> str:
    """Return the path of a document in the folder of its inspection."""
    return document.source.path.partition(f"/inspections/{document.folder}/")[2]
