"""What was corrected in a report: the log, the figures as they were, and the way to the versions before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from omi_build.citations import unlinked
from omi_build.languages import gettext as _
from omi_build.model.inspection import Correction
from omi_build.publication import PublicReport, PublicScore


@dataclass(frozen=True)
class Moved:
    """A figure or judgement that is another than before."""

    what: str
    address: str
    """Where it stands now, from the top of the site."""
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One correction."""

    correction: Correction
    before: PublicReport | None
    """The version that it overtook; None where none is recorded."""
    moved: tuple[Moved, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    """Findings whose words changed: name and address."""


def log(report: PublicReport) -> tuple[Entry, ...]:
    """Return the corrections of a report, the last one first."""
    versions = [*report.earlier, report]
    entries = []
    for n, correction in enumerate(report.about.publication.corrections):
        at = next((i for i, one in enumerate(versions[:-1]) if len(one.about.publication.corrections) == n), None)
        if at is None:
            entries.append(Entry(correction, None))
            continue
        before, after = versions[at], versions[at + 1]
        entries.append(Entry(correction, before, tuple(moved(before, after)), tuple(reworded(before, after))))
    return tuple(reversed(entries))


def moved(before: PublicReport, after: PublicReport) -> Iterator[Moved]:
    """Yield each score, conclusion and rating, and each figure of a target, that differs between two versions."""
    old, new = dict(_figures(before)), dict(_figures(after))
    for what in {**old, **new}:
        was, (address, now) = old.get(what, ("", _("none")))[1], new.get(what, (after.address, _("none")))
        if was != now:
            yield Moved(what, address, was, now)


def reworded(before: PublicReport, after: PublicReport) -> Iterator[tuple[str, str]]:
    """Yield (name, address) of each finding whose words differ between two versions, or that is new."""
    old, new = dict(_findings(before)), dict(_findings(after))
    for what, (address, words) in new.items():
        if what not in old or old[what][1] != words:
            yield what, address
    for what in old:
        if what not in new:
            yield _("%(what)s (taken out)", what=what), old[what][0]


def _figures(report: PublicReport) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (what, (address, as shown)) of the figures that readers quote."""
    for thread in report.threads:
        yield thread.thread.title, (f"{report.address}#at-a-glance", _shown(thread.score))
    for section in report.sections:
        if section.score:
            yield (
                _("Section %(number)s", number=section.number),
                (f"{report.address}{section.slug}/", _shown(section.score)),
            )
        for criterion in section.criteria:
            ref = criterion.criterion.ref
            address = report.criterion_address(ref)
            if criterion.score:
                verdict = f", {criterion.band.title.lower()}" if criterion.band else ""
                yield _("Criterion %(ref)s", ref=ref), (address, f"{_shown(criterion.score)}{verdict}")
            if criterion.rating:
                yield _("Criterion %(ref)s, rating", ref=ref), (address, criterion.rating.title)
    for judged in report.targets:
        for one in judged.targets:
            name = (
                f"{one.target.measure}{f', {one.target.detail}' if one.target.detail else ''} ({judged.table.period})"
            )
            for whose, figure in ((_("area"), one.target.area), (judged.table.comparator, one.target.comparator)):
                value = _("none") if figure.value is None else f"{figure.value:g}"
                yield f"{name}: {whose}", (f"{report.address}targets/", value)


def _shown(score: PublicScore) -> str:
    return _("no score") if score.value is None else f"{score.value}%"


def _findings(report: PublicReport) -> Iterator[tuple[str, tuple[str, str]]]:
    for ref, (_section, criterion) in report.criteria.items():
        address = report.criterion_address(ref)
        for kind, name, findings in (
            ("strength", _("strength"), criterion.strengths),
            ("improvement", _("area for improvement"), criterion.areas_for_improvement),
        ):
            for finding in findings:
                yield (
                    f"{ref}, {name} ({finding.letter})",
                    (f"{address}-{kind}-{finding.letter}", unlinked(finding.text.text)),
                )
