"""Rules on words: doubled ones, names of people, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from faker.providers.person.en_GB import Provider

from omi_build.model.common import Prose
from omi_build.model.programme import Programme
from omi_build.model.walk import texts_of, words_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ABBREVIATION = re.compile(
    r"(?<![\w-])(?=[A-Za-z]{0,8}[A-Z])(?:[A-Z]{2,12}|[A-Z][a-z]{1,3}[A-Z]|[A-Z]{2,6}[a-z]{2,6}|[a-z][A-Z]{2,6}[a-z]{0,6})(?=s?(?!\w))"
)
_ROMAN = re.compile(r"[IVXL]+")
WELL_KNOWN = {"HM", "UK", "PDF", "ISBN", "TV", "OK", "AM", "PM", "ID", "CD", "DVD"}
"""Abbreviations that need no explanation."""

ALSO_WORDS = frozenset(
    "abigail amber april august autumn bailey basil beth carol charity chase christian clay daisy dale dawn dean derby "
    "duncan earl eve faith frank georgia ginger grace grant guy hazel heather henry hope iris ivy jack jade jasmine jay "
    "jean jewel joy june kent kerry lance lee leigh lily march mark may melody miles mercy norman olive page paris pat "
    "pearl poppy reed rich robin rose ross ruby sally sandy scarlett shannon sky stewart stone summer sydney terry "
    "victoria violet ward wayne will willow chesterfield nottingham lincoln bradley ashley stanley francis lauren lewis "
    "craig elliot glen holly howard douglas russell stuart".split()
)
"""First names that are words, places or surnames as well; taken for these, since a report is full of them."""


def doubled_word(report: ScoredReport) -> Iterator[Problem]:
    """OMI501 (warning): the same word twice in a row.

    To look at: `that the the offender`. 'had had' is good English, and left alone.
    """
    for text in texts_of(report.inspection):
        previous: re.Match[str] | None = None
        for word in _WORD.finditer(text.text):
            between = text.text[previous.end() : word.start()] if previous else "."
            same = previous and previous.group().lower() == word.group().lower() and between.isspace()
            if same and previous and word.group().lower() != "had":
                quote = text.text[previous.start() : word.end()]
                message = f"`{word.group().lower()}` stands twice in a row"
                yield Problem(
                    text.source,
                    "OMI501",
                    message,
                    "Remove one of the two, unless both are meant.",
                    Severity.WARNING,
                    quote,
                )
            previous = word


def unexplained_name(report: ScoredReport) -> Iterator[Problem]:
    """OMI502: a person's first name in a good practice example, with nothing said of its being changed.

    Wrong: `Peter was 21 years old`. Right: `A man of 21`, or `names_changed: true`. A first name followed by a surname
    is a person all the same; one that follows another capitalised word (`Foston Hall`, `Saint John`) is a place or body.
    """
    for example in report.inspection.good_practice:
        if example.names_changed:
            continue
        told: set[str] = set()
        for text in (example.text,):
            for word in re.finditer(r"[A-Z][a-z]{2,}", text.text):
                name = word.group()
                before = text.text[: word.start()].rstrip()
                inside_a_name = bool(re.search(r"[A-Z][A-Za-z]*$", before)) and word.start() - len(before) == 1
                if name in first_names() and name not in told and not inside_a_name:
                    told.add(name)
                    message = f"`{name}` looks like a person's first name, and nothing says that it was changed"
                    hint = "Leave the name out ('a man of 21'), or change it and add names_changed: true."
                    yield Problem(text.source, "OMI502", message, hint, quote=name)


def undefined_abbreviation(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI503: an abbreviation that is used and that the glossary doesn't explain.

    Wrong: `the YJB` with no entry for it. Right: an entry with `short: YJB` in glossary.yaml. Told once a report.
    """
    known = set(programme.glossary.expansions)
    for report in reports:
        told: set[str] = set()
        for text in sorted(texts_of(report.inspection), key=lambda text: text.source.path):
            for form in _abbreviations(text):
                if form not in known and form not in told:
                    told.add(form)
                    hint = "Add it to glossary.yaml with what it stands for, or write it out."
                    yield Problem(
                        text.source, "OMI503", f"{form} is used, but the glossary doesn't explain it", hint, quote=form
                    )


def unused_abbreviation(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI504 (warning): an abbreviation of the glossary that no report uses.

    To look at: an entry for `ATR` where no text says ATR any more.
    """
    if not reports or any(report.inspection.incomplete for report in reports):
        return
    words = words_of((*(report.inspection for report in reports), *programme.frameworks))
    for entry in programme.glossary.abbreviations:
        if not entry.stands_in(words):
            message = f"{entry.short} is in the glossary, but no report uses it"
            yield Problem(
                entry.source.child("short"),
                "OMI504",
                message,
                "Remove the entry, or look for a misspelling.",
                Severity.WARNING,
            )


@cache
def first_names() -> frozenset[str]:
    """Return first names common in Britain that are not ordinary words as well."""
    names = {*Provider.first_names_male, *Provider.first_names_female}
    return frozenset(name for name in names if name.lower() not in ALSO_WORDS)


def _abbreviations(text: Prose) -> Iterator[str]:
    for found in _ABBREVIATION.finditer(text.text):
        form = found.group()
        if form not in WELL_KNOWN and not _ROMAN.fullmatch(form):
            yield form
