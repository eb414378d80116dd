"""Where the parts of a project lie, and digests of what they hold: all that is to be known where nothing has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build import fingerprint

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping
    from pathlib import Path

INSPECTIONS = "inspections"
"""The folder of the content in which each inspection has its own."""


@dataclass(frozen=True)
class Project:
    """Where the parts of a project lie, and the date of the publication."""

    content: Path
    schemas: Path
    templates: Path
    on: datetime.date
    """The moment that the site is published for, or a day as a whole: what is due later is not in it."""
    cache: Path | None = None
    """Where what builds and checks have made is kept for the next ones."""
    site_url: str = ""
    """The absolute address of the site, ending in a slash; '' where it is not known."""
    preview: bool = False
    """Whether reports that aren't public are shown too, marked as such on every page."""
    pdf: bool = True
    """Whether each report is made as a PDF too."""
    shard: tuple[int, int] | None = None
    """Which part of the inspections alone is made, counted from 1, and of how many; None for all of the site."""


@dataclass(frozen=True)
class Inputs:
    """Digests of all that the check of a project takes in."""

    shared: str
    """Of what no inspection has for itself: the shared content, the schemas and the program."""
    own: Mapping[str, str]
    """Of the files of each inspection, by its id."""

    @staticmethod
    def of(project: Project) -> Inputs:
        """Return those of a project as it lies on disk."""
        shared: dict[str, str] = {}
        own: dict[str, dict[str, str]] = {}
        for path, one in fingerprint.of_folder(project.content).items():
            top, _, rest = path.partition("/")
            name, _, inside = rest.partition("/")
            if top == INSPECTIONS and inside:
                own.setdefault(name, {})[inside] = one
            else:
                shared[path] = one
        schemas = fingerprint.of_files(fingerprint.of_folder(project.schemas))
        basis = (fingerprint.of_program(), project.content.name, fingerprint.of_files(shared), schemas)
        return Inputs(fingerprint.digest(*basis), {name: fingerprint.of_files(own[name]) for name in sorted(own)})

    def renewed(self, project: Project, names: Iterable[str]) -> Inputs:
        """Return the same with what the files of these inspections hold by now."""
        now = {name: fingerprint.of_folder(project.content / INSPECTIONS / name) for name in names}
        return replace(self, own={**self.own, **{name: fingerprint.of_files(one) for name, one in now.items()}})

    def of_one(self, name: str, *more: str) -> str:
        """Return a digest of all that the check of one inspection takes in, and of whatever else is given."""
        return fingerprint.digest(self.shared, name, self.own[name], *more)
