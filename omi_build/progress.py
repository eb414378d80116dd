"""How far a report is, and what stands in the way of its publication.

What stands in the way is what the rules would find if the report were published as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from omi_build.checks import check
from omi_build.dictionary import Dictionary
from omi_build.model.inspection import Status
from omi_build.model.programme import Programme
from omi_build.parts import Part, parts_of_report, unwritten_parts
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport

TOLD_BY_PARTS = frozenset({"OMI202", "OMI211", "OMI214"})
"""Codes of what a part of the report lacks: the list of parts tells it already."""


@dataclass(frozen=True)
class Progress:
    """How far a report is."""

    report: ScoredReport
    parts: tuple[Part, ...]
    in_the_way: tuple[Problem, ...]
    """What the rules would find if it were published as it is, without what its parts lack."""

    @property
    def unwritten(self) -> tuple[Part, ...]:
        """The parts that it needs and that aren't written yet."""
        return unwritten_parts(self.report)


def progress(
    programme: Programme, reports: Sequence[ScoredReport], report: ScoredReport, dictionary: Dictionary
) -> Progress:
    """Return how far one of the reports of a programme is; the dictionary is asked about its spelling."""
    return Progress(report, parts_of_report(report), tuple(_in_the_way(programme, reports, report, dictionary)))


def _in_the_way(
    programme: Programme, reports: Sequence[ScoredReport], report: ScoredReport, dictionary: Dictionary
) -> Iterator[Problem]:
    """Yield what the rules would find if the report were published as it is."""
    inspection = report.inspection
    publication = replace(inspection.about.publication, status=Status.PUBLISHED)
    as_published = replace(inspection, about=replace(inspection.about, publication=publication))
    inspections = tuple(as_published if one.id == inspection.id else one for one in programme.inspections)
    supposed = replace(programme, inspections=inspections)
    there = tuple(replace(one, inspection=as_published) if one is report else one for one in reports)
    path = inspection.about.source.path.rpartition("/")[0]
    found = [
        p
        for p in check(supposed, there, dictionary)
        if p.source.path.startswith(f"{path}/") and p.code not in TOLD_BY_PARTS
    ]
    yield from sorted(found, key=lambda problem: (problem.severity is Severity.WARNING, problem.source))
