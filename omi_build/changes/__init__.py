"""What changed between two versions of the content, in the report's terms, for the person who reviews it.

`compare` is pure: two versions of the content as they were checked give one `Comparison`. `texts` finds which words
changed and which item is which, `parts` compares any part of the model field by field, `inspections` says it of a report
with its scores, `formats` puts it into text, Markdown or JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.changes.inspections import Version, inspection_changes, moved_scores
from omi_build.changes.parts import Where, fields_changed, items_changed, items_of
from omi_build.changes.texts import edits
from omi_build.changes.told import Change, Comparison, Edit, Group, Kind
from omi_build.scoring import score_inspection
from omi_build.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omi_build.checking import Checked
    from omi_build.model.house_style import HouseStyle
    from omi_build.model.programme import Programme
    from omi_build.model.redirects import Redirects
    from omi_build.sources import Source

__all__ = ["Change", "Comparison", "Edit", "Group", "Kind", "compare"]

SHARED = "What all inspections share"
"""The title of the changes to frameworks, areas, glossary, themes and pages."""


def compare(before: Checked, after: Checked) -> Comparison:
    """Return what changed between two versions of the content, drafts included.

    Both were read and scored by the code and the schemas of today, so what differs comes from the content alone. Files
    that one version holds but could not be read are named, and nothing is told of what they say.
    """
    unread = before.programme.unread | after.programme.unread
    groups = [Group("", SHARED, tuple(_shared(before, after)))]
    old, new = (_versions(checked) for checked in (before, after))
    for name in sorted({**old, **new}):
        if not any(path.endswith(f"/inspections/{name}/inspection.yaml") for path in unread):
            title = _title(name, after.programme if name in new else before.programme)
            changes = [*_inspection(name, old.get(name), new.get(name), unread)]
            if name in old and name in new:
                changes += _in_welsh(before.programme, after.programme, f"/inspections/{name}/")
            groups.append(Group(name, title, tuple(changes)))
    reasons = tuple(_uncompared(before, after))
    return Comparison(tuple(group for group in groups if group.changes), reasons)


def _versions(checked: Checked) -> dict[str, Version]:
    scored = {report.inspection.id: report for report in checked.reports}
    return {one.id: Version(one, scored.get(one.id)) for one in checked.programme.inspections}


def _title(name: str, programme: Programme) -> str:
    about = next(one.about for one in programme.inspections if one.id == name)
    area = programme.area_by_id.get(about.area)
    return f"{area.title} {about.year}" if area else name


def _inspection(name: str, before: Version | None, after: Version | None, unread: frozenset[str]) -> Iterator[Change]:
    if before and after:

        def readable(file: str) -> bool:
            return not any(f"/inspections/{name}/{file}" in path for path in unread)

        yield from inspection_changes(before, after, readable)
    elif after:
        yield Change("inspection", f"added: {_contents(after)}", Kind.ADDED)
    elif before:
        yield Change("inspection", f"removed: {_contents(before)}", Kind.REMOVED)


def _contents(version: Version) -> str:
    """Return what an inspection holds, in a line."""
    one = version.inspection
    findings = sum(len(found.strengths) + len(found.areas_for_improvement) for found in one.findings)
    return (
        listed(
            [
                counted(findings, "finding", "findings"),
                counted(len(one.recommendations), "recommendation", "recommendations"),
                counted(len(one.good_practice), "example of good practice", "examples of good practice"),
            ]
        )
        + f"; its status is {one.about.publication.status.value.replace('_', ' ')}"
    )


def _shared(before: Checked, after: Checked) -> Iterator[Change]:
    old, new = before.programme, after.programme
    for name in {**old.framework_by_id, **new.framework_by_id}:
        part, one, other = f"framework {name}", old.framework_by_id.get(name), new.framework_by_id.get(name)
        if one and other:
            yield from fields_changed(Where(part), one, other)
            yield from _followed(part, before, after)
        elif not (old.lacks(f"frameworks/{name}.yaml") or new.lacks(f"frameworks/{name}.yaml")):
            kind = Kind.ADDED if other else Kind.REMOVED
            yield Change(part, kind.value, kind)
    if not (old.lacks("areas.yaml") or new.lacks("areas.yaml")):
        yield from items_changed(Where("regions"), items_of(old.areas.regions), items_of(new.areas.regions))
        yield from items_changed(Where("areas"), items_of(old.areas.areas), items_of(new.areas.areas))
    if not (old.lacks("glossary.yaml") or new.lacks("glossary.yaml")):
        abbreviations = items_of(old.glossary.abbreviations), items_of(new.glossary.abbreviations)
        yield from items_changed(Where("abbreviations"), *abbreviations)
        yield from items_changed(Where("terms"), items_of(old.glossary.terms), items_of(new.glossary.terms))
    if not (old.lacks("themes.yaml") or new.lacks("themes.yaml")):
        yield from items_changed(Where("themes"), items_of(old.themes.themes), items_of(new.themes.themes))
    if not (old.lacks("house_style.yaml") or new.lacks("house_style.yaml")):
        yield from _house_style(old.house_style, new.house_style)
    if not (old.lacks("redirects.yaml") or new.lacks("redirects.yaml")):
        yield from _redirects(old.redirects, new.redirects)
    yield from _in_welsh(old, new, "")
    yield from _own_pages(before, after)


def _in_welsh(before: Programme, after: Programme, folder: str) -> Iterator[Change]:
    """Yield what changed in the Welsh words of the files in the folder of an inspection, or of what all share."""
    old, new = (_words_in(programme, folder) for programme in (before, after))
    for place in sorted({**old, **new}, key=lambda place: (place.path, [str(step) for step in place.pointer])):
        if old.get(place) != new.get(place):
            file = place.path.partition(folder)[2] if folder else place.path.partition("/")[2]
            where = ", ".join(str(step + 1) if isinstance(step, int) else step for step in place.pointer)
            kind = Kind.ADDED if place not in old else Kind.REMOVED if place not in new else Kind.CHANGED
            words = edits(old.get(place, ""), new.get(place, ""))
            yield Change(f"in Welsh, {file}", f"{where} {kind.value}", kind, words)


def _words_in(programme: Programme, folder: str) -> dict[Source, str]:
    return {
        place: text.text
        for place, text in programme.words.items()
        if (folder in place.path if folder else "/inspections/" not in place.path)
    }


def _redirects(before: Redirects, after: Redirects) -> Iterator[Change]:
    old, new = ({one.from_: one.to for one in both.redirects} for both in (before, after))
    for address in sorted({*old, *new}):
        if old.get(address) != new.get(address):
            kind = Kind.ADDED if address not in old else Kind.REMOVED if address not in new else Kind.CHANGED
            where = new.get(address, old.get(address))
            yield Change("moved addresses", f"{address} → {where} {kind.value}", kind)


def _house_style(before: HouseStyle, after: HouseStyle) -> Iterator[Change]:
    came_or_went = []
    for name in ("numbers", "abbreviations", "spelling"):
        old, new = getattr(before, name), getattr(after, name)
        if (old is None) != (new is None):
            came_or_went.append(name)
            kind = Kind.ADDED if old is None else Kind.REMOVED
            yield Change("house style", f"{name} {kind.value}", kind)
    yield from fields_changed(Where("house style"), before, after, passed_over=came_or_went)


def _followed(part: str, before: Checked, after: Checked) -> Iterator[Change]:
    """Yield how many scores move because of a framework alone: the inspections as they were, scored by it as it is."""
    frameworks = after.programme.framework_by_id
    moved = [
        len(moved_scores(report, score_inspection(report.inspection, frameworks[report.framework.id])))
        for report in before.reports
        if f"framework {report.framework.id}" == part
    ]
    if sum(moved):
        reports = sum(bool(number) for number in moved)
        scores = counted(sum(moved), "score", "scores")
        yield Change(part, f"{scores} of {counted(reports, 'report', 'reports')} change because of it")


def _own_pages(before: Checked, after: Checked) -> Iterator[Change]:
    faulty = {problem.source.path.partition("/")[2] for checked in (before, after) for problem in checked.problems}
    for path in sorted({**before.own_pages, **after.own_pages}):
        old, new = before.own_pages.get(path), after.own_pages.get(path)
        if old == new or ((old is None or new is None) and path in faulty):
            continue
        kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
        yield Change(f"page or picture {path}", kind.value, kind)


def _uncompared(before: Checked, after: Checked) -> Iterator[str]:
    for checked, when in ((before, "as it was"), (after, "as it is now")):
        for path in sorted(checked.programme.unread):
            yield f"{path} can’t be read {when}, so what it says is not compared"
    for checked, when in ((before, "before"), (after, "now")):
        scored = {report.inspection.id for report in checked.reports}
        for one in checked.programme.inspections:
            if one.id not in scored:
                yield f"{one.id} has no framework {when}, so its scores are not compared"
