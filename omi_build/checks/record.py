"""Rules on what was published: it stays as it was, or a dated correction says what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omi_build.model.inspection import Inspection, Status
from omi_build.model.programme import Programme
from omi_build.problems import Problem
from omi_build.scoring import ScoredReport, scores_shown
from omi_build.sources import Source

SETTLED_BY_COMMAND = frozenset({"OMI702", "OMI703"})
"""Codes of what `omi correct` settles once the content says what it should: nothing to be mended in a file."""

RESTORE = "Restore the file as it was; a version is written by omi publish and omi correct alone."


def impossible_embargo(report: ScoredReport) -> Iterator[Problem]:
    """OMI701: an hour of publication without a day, a time zone that doesn't exist, or a withdrawal that doesn't add up.

    A report is public from its day on, or from the hour on that day. An hour needs a day, and a clock to be told by.

    Wrong: `date: 2040-08` with `time: "09:30"`. Right: `date: 2040-08-15` with `time: "09:30"`, which is told in
    Europe/London.
    """
    publication = report.inspection.about.publication
    if publication.time and not (publication.date and publication.date.day):
        message = f"the time {publication.time} needs a day, and the date is {publication.date or 'not given'}"
        hint = "Write the date as year, month and day, or remove the time."
        yield Problem(publication.source.child("time"), "OMI701", message, hint)
    if publication.date and publication.due() is None:
        message = f"there is no time zone {publication.time_zone}"
        hint = "Write it as Europe/London, or remove the line: that is what holds without it."
        yield Problem(publication.source.child("time_zone"), "OMI701", message, hint)
    withdrawn = publication.withdrawn
    if publication.status is Status.WITHDRAWN and withdrawn is None:
        message, hint = (
            "withdrawn, and nothing says when and why",
            "Add withdrawn with its date and reason for readers.",
        )
        yield Problem(publication.source.child("status"), "OMI701", message, hint)
    if withdrawn and publication.status is not Status.WITHDRAWN:
        message = f"this says that it was withdrawn, and its status is {publication.status.value}"
        yield Problem(withdrawn.source, "OMI701", message, "Write status: withdrawn, or remove this part.")
    if withdrawn and publication.date and withdrawn.date.last_day() < publication.date.first_day():
        message = f"withdrawn {withdrawn.date}, before it was published ({publication.date})"
        yield Problem(withdrawn.source.child("date"), "OMI701", message, "One of the two dates is wrong.")


def changed_after_publication(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI702: a published report that says something else than what was published, and no correction tells of it.

    Readers rely on what they have read and cited. A change is published with its date and its reason, and what was said
    before stays readable. One message for each file that changed, at the first place in it.

    Wrong: a score changed from 56 to 65 in a published report, and nothing else. Right: the same, and then
    `omi correct derbyshire-2007 --by "Publications team" --text "The score of criterion 1.2 was misprinted as 56%."`

    Source: Code of Practice for Statistics, on corrections.
    """
    for inspection in programme.inspections:
        history = inspection.history
        if history is None or inspection.incomplete or not inspection.about.publication.status.is_final:
            continue
        for file, pointer in history.differences:
            message = f"this is not what was published as version {history.versions[-1].version}"
            hint = (
                f'Run omi correct {inspection.id} --by ROLE --text "What was changed, and why."; before its day, '
                "omi publish again. If it was changed by mistake, put it back."
            )
            yield Problem(_place(inspection, file, pointer), "OMI702", message, hint)


def unrecorded_correction(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI703: a correction in the log that belongs to no recorded version, or a logged one that is gone.

    `omi correct` writes both together, so that the log and what readers can look up always agree.

    Wrong: an entry under `corrections` written by hand. Right: the entry that `omi correct` wrote.
    """
    for inspection in programme.inspections:
        history = inspection.history
        if history is None or not history.versions:
            continue
        logged, recorded = len(inspection.about.publication.corrections), history.versions[-1].corrections
        if logged > recorded:
            message = f"{'this correction is' if logged - recorded == 1 else 'corrections from here on are'} not recorded as a version"
            hint = f"Take it out of the list, and run omi correct {inspection.id}, which writes it with its version."
            source = inspection.about.publication.source.child("corrections", recorded)
            yield Problem(source, "OMI703", message, hint)
        elif logged < recorded:
            message = f"the log holds {logged} corrections, and {recorded} were published"
            yield Problem(inspection.about.publication.source, "OMI703", message, "Put back what is missing.")


def altered_version(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI704: a recorded version that was altered, is missing, or stands under another number.

    A version is what readers were given. Its digest is made of all that it says, so a change of it shows.

    Wrong: `versions/1.json` edited by hand. Right: the file as `omi publish` wrote it.
    """
    for inspection in programme.inspections:
        for n, version in enumerate(inspection.history.versions if inspection.history else (), 1):
            if version.version != n or not version.source.path.endswith(f"/{n}.json"):
                message = f"version {version.version} stands in {version.source.path.rpartition('/')[2]}, where version {n} should"
                yield Problem(version.source.child("version"), "OMI704", message, RESTORE)
                break
            if inspection.history and version.version in inspection.history.altered:
                message = f"version {n} is not what was recorded: its digest doesn\u2019t fit what it says"
                yield Problem(version.source.child("digest"), "OMI704", message, RESTORE)


def moved_score(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI705: a score of a published report that follows otherwise today, though the report wasn't changed.

    Its framework was: a weight, a question or a rule of scoring. Standards change, and old reports do not; a new
    standard is a new framework.

    Wrong: another weight in the framework of a published report. Right: a new file in `frameworks/`.

    Source: the domain, 'framework'.
    """
    for report in reports:
        history = report.inspection.history
        if history is None or not history.versions or history.differences or report.inspection.incomplete:
            continue
        version = history.versions[-1]
        today = scores_shown(report)
        for name, score in version.scores.items():
            if today.get(name) != score:
                now = f"is {today[name]}% today" if name in today else "is not there today"
                message = f"the score of {name} was published as {score}% and {now}"
                hint = f"Look at what changed in {report.framework.id}; a changed standard is a new framework."
                yield Problem(version.source.child("scores", name), "OMI705", message, hint)


def _place(inspection: Inspection, file: str, pointer: tuple[str | int, ...]) -> Source:
    """Return the place of a value of a file, or of the report itself where the file is gone."""
    folder = inspection.about.source.path.rpartition("/")[0]
    if file == "inspection.yaml":
        return Source(f"{folder}/{file}", pointer)
    parts = (*inspection.findings, *inspection.good_practice, *inspection.recommendations, *inspection.targets)
    parts += (inspection.narrative, *((inspection.case_scores,) if inspection.case_scores else ()))
    there = {part.source.path for part in parts}
    path = next((one for one in there if one.startswith(f"{folder}/{file}")), "")
    return Source(path, pointer) if path else inspection.about.publication.source
