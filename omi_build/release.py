"""What a publication needs, and what records it: the checklist, the text of `inspection.yaml`, the version.

All of it is pure; `omi publish` and `omi correct` read and write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from omi_build.charts import Chart
from omi_build.documents import parse
from omi_build.model.record import digest_of
from omi_build.pages import Page
from omi_build.parts import unwritten_parts
from omi_build.problems import Problem, UsageError
from omi_build.scoring import ScoredReport, scores_shown
from omi_build.words import counted

FIRST_NAMES = "OMI502"
"""The code of a first name of which nothing says that it was changed."""

ORDER = (
    "status",
    "date",
    "time",
    "time_zone",
    "factual_accuracy",
    "withdrawn",
    "isbn_print",
    "isbn_pdf",
    "corrections",
)


@dataclass(frozen=True)
class Item:
    """One thing that a publication needs."""

    title: str
    """What must be so."""
    missing: str = ""
    """What stands in the way, or '' where nothing does."""
    problems: tuple[Problem, ...] = ()
    """The same, where places in files can be named."""

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.missing or self.problems)


def checklist(
    report: ScoredReport, problems: Sequence[Problem], charts: Iterable[Chart], *, dated: bool
) -> tuple[Item, ...]:
    """Return what the publication of a report needs.

    `problems` are those that were found in it as it would be published, and `charts` those of its pages; `dated` says whether it has a day.
    """
    publication = report.inspection.about.publication
    names = tuple(problem for problem in problems if problem.code == FIRST_NAMES)
    mute = [chart.title for chart in charts if not (chart.alternative.strip() and chart.title.strip())]
    unwritten = "; ".join(
        f"{part.name} ({part.missing})" if part.missing else part.name for part in unwritten_parts(report)
    )
    signed = publication.factual_accuracy
    return (
        Item("Every part and chapter is written", f"not written yet: {unwritten}" if unwritten else ""),
        Item("No error or warning is left", problems=tuple(problem for problem in problems if problem not in names)),
        Item("First names in good practice are said to be changed", problems=names),
        Item("Every chart has a text alternative", f"none for: {', '.join(mute)}" if mute else ""),
        Item("It has its date", "" if dated else "give it with --date, such as --date 2040-08-15"),
        Item(
            "Factual accuracy is signed off",
            ""
            if signed and (signed.not_available or (signed.date and signed.by))
            else "write in inspection.yaml, under publication: factual_accuracy: {date: 2040-08-01, by: Assistant Chief Inspector}",
        ),
    )


def charts_of(pages: Iterable[Page]) -> list[Chart]:
    """Return the charts of pages."""
    return [chart for page in pages for chart in _charts(page.data)]


def _charts(value: Any) -> Iterable[Chart]:
    if isinstance(value, Chart):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _charts(part)


def with_publication(text: str, changes: Mapping[str, Any]) -> str:
    """Return the text of an `inspection.yaml` with keys of its `publication` set; all else stays as it is written.

    Raises UsageError where the text can't be changed so.
    """
    value = parse(text).value
    old = value.get("publication") if isinstance(value, dict) else None
    if not isinstance(old, dict):
        raise UsageError("inspection.yaml has no publication block to write to; add one with its status")
    told = {key: part for key, part in {**old, **changes}.items() if part not in (None, "", [])}
    publication = {key: told[key] for key in (*ORDER, *(key for key in told if key not in ORDER)) if key in told}
    top = yaml.compose(text, yaml.SafeLoader)
    assert top is not None
    key, node = next(pair for pair in top.value if pair[0].value == "publication")
    # A block ends where the next key begins: comments and empty lines before that belong to it.
    lines = text[key.start_mark.index : node.end_mark.index].splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    kept = "".join(lines)
    rest = text[key.start_mark.index + len(kept) :]
    block: str = yaml.dump({"publication": publication}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    # What is written in braces ends before its line does.
    changed = text[: key.start_mark.index] + block + (rest if kept.endswith("\n") else rest.removeprefix("\n"))
    if parse(changed).value != {**value, "publication": publication}:
        raise UsageError("inspection.yaml is written in a way that can't be changed; write publication as a block")
    return changed


class _Dumper(yaml.SafeDumper):
    """Writes days as they are: here they are text without quotation marks."""


_Dumper.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def version_text(
    *, number: int, date: str, by: str, report: ScoredReport, values: Mapping[str, Any], texts: Mapping[str, str]
) -> str:
    """Return the text of a version's file: `values` and `texts` are those of the inspection's files by path inside."""
    version = {
        "version": number,
        "date": date,
        "by": by,
        "corrections": len(report.inspection.about.publication.corrections),
        "digest": digest_of(values),
        "scores": scores_shown(report),
        "documents": dict(sorted(texts.items())),
    }
    return json.dumps(version, indent=1, ensure_ascii=False) + "\n"


def told(items: Sequence[Item]) -> str:
    """Return in a sentence how far a publication is."""
    waiting = [item for item in items if not item.ready]
    if not waiting:
        return "Nothing stands in the way of its publication."
    return f"{counted(len(waiting), 'thing stands', 'things stand')} in the way of its publication.".capitalize()
