"""Rules on words: doubled ones, names of people (read by `names`), abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from operator import eq
from typing import Any

from omi_build.checks.names import people
from omi_build.model.common import Prose
from omi_build.model.inspection import GoodPractice, Inspection
from omi_build.model.programme import Glossary, Programme
from omi_build.model.walk import texts_of, words_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_ABBREVIATION = re.compile(
    r"(?<![\w-])(?=[A-Za-z]{0,8}[A-Z])(?:[A-Z]{2,12}|[A-Z][a-z]{1,3}[A-Z]|[A-Z]{2,6}[a-z]{2,6}|[a-z][A-Z]{2,6}[a-z]{0,6})(?=s?(?!\w))"
)
_TWO_CAPITALS = re.compile(r"[A-Z][a-z]{0,3}[A-Z]")
"""Stands in every abbreviation, and is found much faster: most texts have none."""
_ROMAN = re.compile(r"[IVXL]+")
WELL_KNOWN = frozenset("AM BBC CCTV CD DVD EU GCSE GP HM ID ISBN IT NHS OK PDF PM TV UK USA".split())
"""Abbreviations that need no explanation: an ordinary dictionary has them as words. (A4 and the like have a digit.)"""


def doubled_word(report: ScoredReport) -> Iterator[Problem]:
    """OMI501 (warning): the same word twice in a row.

    Nearly always a slip of the hand, and hard to see at the end of a line. 'Had had' is good English, and left alone;
    `IT it` are two words, and so are words across a full stop, a paragraph or a hyphen (`follow-up up to date`).

    To look at: `It was seen that that was late.` Right: `It was seen that this was late.`

    Source: the reference report ('that that').
    """
    for text in report.texts:
        words = list(map(str.lower, _WORD.findall(text.text)))
        if not any(map(eq, words, islice(words, 1, None))):
            continue
        previous: re.Match[str] | None = None
        for word in _WORD.finditer(text.text):
            if previous and _doubled(text.text, previous, word):
                quote = text.text[previous.start() : word.end()]
                message = f"`{word[0].lower()}` stands twice in a row"
                hint = "Remove one of the two, unless both are meant."
                yield Problem(text.source, "OMI501", message, hint, Severity.WARNING, quote)
            previous = word


def _doubled(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    same = first[0][0].lower() + first[0][1:] == second[0][0].lower() + second[0][1:]
    if not same or second[0].lower() == "had":
        return False
    between = text[first.end() : second.start()]
    outside = text[max(0, first.start() - 1) : first.start()] + text[second.end() : second.end() + 1]
    hyphenated = not {"-", "‑"}.isdisjoint(outside)
    return between.isspace() and "\n" not in between.replace("\n", "", 1) and not hyphenated


def unexplained_name(report: ScoredReport) -> Iterator[Problem]:
    """OMI502: a person's first name in a good practice example, with nothing said of its being changed.

    An example tells of one person's offences and troubles; with a name, neighbours know whose. Told once for each name,
    in the title or the text. What counts as a name, and what as a place or body, is written down in `names`.

    Wrong: `Peter was 21 years old.` Right: `A man of 21`, or `names_changed: true` where the name is not the person's.

    Source: the reference report, which gives a first name and does not say whether it was changed.
    """
    for example in report.inspection.good_practice:
        if example.names_changed:
            continue
        told: set[str] = set()
        for text in _title_and_text(example):
            for name in people(text.text):
                if name not in told:
                    told.add(name)
                    message = f"`{name}` looks like a person's first name, and nothing says that it was changed"
                    hint = "Leave the name out ('a man of 21'), or change it and add names_changed: true."
                    yield Problem(text.source, "OMI502", message, hint, quote=name)


def undefined_abbreviation(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI503: an abbreviation that is used and that the glossary doesn't explain.

    The public reads these reports, and the site explains each abbreviation where it stands, from the glossary. A plural
    s is the same abbreviation; Roman numerals and a few that everybody knows (`language.WELL_KNOWN`) need no entry.
    Told once in a report for each abbreviation, at the first use in the order of the files.

    Wrong: `The YJB knew.` with no entry for it. Right: `The PSR was there.` with `short: PSR` in glossary.yaml.

    Source: the reference report uses YJB and never lists it.
    """
    if programme.lacks("glossary.yaml"):
        return
    known = _explained(programme.glossary)
    walked = {report.inspection.id: report.texts for report in reports}
    for inspection in programme.inspections:
        told: set[str] = set()
        for text in _in_path_order(inspection, walked.get(inspection.id) or texts_of(inspection)):
            for form in _abbreviations(text):
                if form not in known and form not in told:
                    told.add(form)
                    message = f"{form} is used, but the glossary doesn't explain it"
                    hint = "Add it to glossary.yaml with what it stands for, or write it out."
                    yield Problem(text.source, "OMI503", message, hint, quote=form)


def unused_abbreviation(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI504 (warning): an abbreviation of the glossary that no report and no framework uses.

    It is left over, or the text spells it otherwise. Not judged while a file of an inspection or its framework can't
    be read, for the abbreviation may stand there.

    To look at: an entry `ATR` where no text says ATR any more. Right: an entry for what the texts say.

    Source: the reference report lists one that it never uses.
    """
    unread = len(reports) < len(programme.inspections) or any(report.inspection.incomplete for report in reports)
    if reports and not unread and not programme.unread and not programme.partial:
        used = (abbreviations_of(programme.glossary, inspection) for inspection in programme.inspections)
        yield from left_over(programme, frozenset().union(*used))


def abbreviations_of(glossary: Glossary, part: Any) -> frozenset[str]:
    """Return the abbreviations of the glossary that stand in a part of the model."""
    words = words_of(part)
    return frozenset(entry.short for entry in glossary.abbreviations if entry.stands_in(words))


def left_over(programme: Programme, used: AbstractSet[str]) -> Iterator[Problem]:
    """Yield OMI504 for each abbreviation of the glossary that is neither among those `used` nor in a framework."""
    in_frameworks = abbreviations_of(programme.glossary, programme.frameworks)
    for entry in programme.glossary.abbreviations:
        if entry.short not in used and entry.short not in in_frameworks:
            message = f"{entry.short} is in the glossary, but no report uses it"
            hint = "Remove the entry, or look for a misspelling."
            yield Problem(entry.source.child("short"), "OMI504", message, hint, Severity.WARNING)


def _explained(glossary: Glossary) -> set[str]:
    """Return the forms that the glossary explains, in the singular; `HMP/YOI` explains HMP and YOI."""
    forms = {form for form in glossary.expansions for form in (form, *re.findall(r"[A-Za-z]+", form))}
    return forms | {form.removesuffix("s") for form in forms}


def _in_path_order(inspection: Inspection, texts: Iterable[Prose]) -> list[Prose]:
    titles = [text for example in inspection.good_practice for text in _title_and_text(example)]
    return sorted((*titles, *texts), key=lambda text: text.source.path)


def _title_and_text(example: GoodPractice) -> Iterable[Prose]:
    return Prose(example.title, source=example.source.child("title")), example.text


def _abbreviations(text: Prose) -> Iterator[str]:
    for found in _ABBREVIATION.finditer(text.text) if _TWO_CAPITALS.search(text.text) else ():
        form = found.group()
        if form not in WELL_KNOWN and not _ROMAN.fullmatch(form):
            yield form
