"""Rules on house style, as `house_style.yaml` tells it: words, per cent, numbers, abbreviations. All of them warn.

The words to look for are content, so they are looked for as they stand, never as patterns. Most stand in no text: only
those all of whose words a text has are searched for in it. What is read of numbers errs on the side of silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from omi_build.checks.claims import is_count
from omi_build.checks.language import WELL_KNOWN
from omi_build.checks.names import starts_sentence
from omi_build.model.common import Prose
from omi_build.model.house_style import HouseStyle, Wording
from omi_build.model.inspection import Inspection
from omi_build.model.programme import Abbreviation, Programme
from omi_build.model.walk import texts_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.words import SMALL

GAP = r"(?:[^\S\n]{1,4}|[^\S\n]{0,4}\n[^\S\n]{0,4})"
"""What may stand between two words of a paragraph: a space, or the end of a line."""

_WORD = re.compile(r"\w+")
_PER_CENT = re.compile(
    rf"(?<![\w.,‑–-])([0-9]{{1,3}}(?:\.[0-9]{{1,3}})?)(?:{GAP}|-)(?:per{GAP}cent|per-cent|percent)(?![\w-])",
    re.IGNORECASE,
)
_SMALL_NUMBER = re.compile(rf"([2-9])(?<![^\s(‘“][2-9]){GAP}([a-z][a-z’'-]{{2,30}})(?![\w-])")
_AFTER_A_NUMBER = re.compile(r"[0-9][^.!?\n]{0,24}\b(?:to|and|or|than|by|from)\s{1,4}\Z")
_RATIO = re.compile(r"\b(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine)\s{1,4}in\s{1,4}\Z", re.IGNORECASE)
_LABEL = re.compile(r"([A-Z][\w’'-]{0,40})\s{1,4}\Z")
_SMALL_WORDS = frozenset(
    "About After All Among At Before By For From In Of On Only Over The These Those To Under With".split()
)
"""Words before a figure that make no label of it, though they begin a sentence."""
_UNITS_AND_OTHERS = frozenset(
    "per percent percentage out and but nor yet plus minus times are had has have was were did the who whose which "
    "hundred thousand million billion year years month months week weeks day days hour hours minute minutes second "
    "seconds mile miles metre metres kilometre kilometres feet inches pounds pence stone degrees star stars "
    "january february march april june july august september october november december".split()
)
"""What, after a figure, makes it a quantity or a number by itself, not a count of things."""


@dataclass(frozen=True)
class Slip:
    """Words of a text that house style writes otherwise."""

    start: int
    end: int
    quote: str
    """The words, as they stand."""
    right: str
    """What is written instead, with the capital of the place."""
    wording: Wording


def house_word(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI601 (warning): a word or phrase that house style writes otherwise.

    Reports by many hands read as one when they use the same words. `house_style.yaml` lists what is written instead of
    what, and why. Whole words are looked for, across the end of a line too; one that is listed in small letters is found
    at the start of a sentence as well, every other capital counts.

    To look at: `Work was effected by sickness.` Right: `Work was affected by sickness.`

    Source: the reference report ('effected' for 'affected', 'in to account').
    """
    style = programme.house_style
    texts = [(text, _words_of(text.text)) for text in _all_texts(programme, reports)]
    wordings = _standing_in(usable_wordings(style), set().union(*(words for _, words in texts)))
    for text, words in texts:
        told = [found.span() for found in _per_cents(text.text)] if _takes_sign(style) else []
        for slip in _slips(text.text, words, wordings):
            if any(start < slip.end and slip.start < end for start, end in told):
                continue
            message = f"`{_flat(slip.quote)}` is written `{slip.right}`"
            fix = slip.right if slip.wording.safe else None
            yield _warning(text, "OMI601", message, slip.wording.why, slip.quote, fix=fix)


def words_for_per_cent(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI602 (warning): `per cent` in words after a figure, where house style has the sign.

    A reader who compares figures finds them faster when all look alike; the rules on figures read the sign, too. Words
    without a figure (`a small percentage`) are not meant.

    To look at: `In 79 per cent of cases it was.` Right: `In 79% of cases it was.`

    Source: the reference report writes figures so throughout.
    """
    if not _takes_sign(programme.house_style):
        return
    for text in _all_texts(programme, reports):
        for found in _per_cents(text.text):
            right = f"{found[1]}%"
            message = f"`{_flat(found[0])}` is written `{right}`"
            yield _warning(text, "OMI602", message, "A figure takes the sign %.", found[0], fix=right)


def small_number_in_figures(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI603 (warning): a small count in figures, where house style has words.

    Only what surely counts things is judged: a single figure at the beginning of a sentence or after a small word, with
    the things after it. Percentages, units, spans of time, dates, ranges, numbers of criteria and the like (`stage 2`,
    `one in 5`) keep their figures, and tables are free.

    To look at: `Reviews were late in all 5 cases.` Right: `Reviews were late in all five cases.`

    Source: the reference report writes numbers below ten in words.
    """
    numbers = programme.house_style.numbers
    if numbers is None:
        return
    for text in _all_texts(programme, reports):
        for found in _SMALL_NUMBER.finditer(text.text):
            number = int(found[1])
            if number < numbers.words_below and _counts_things(text.text, found):
                message = f"`{_flat(found[0])}` has a figure, but numbers below {numbers.words_below} are in words"
                hint = f"Write {SMALL[number]}, if it counts something; a number of a list or a table stays."
                yield _warning(text, "OMI603", message, hint, found[0])


def abbreviation_before_its_words(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI604 (warning): an abbreviation that its report doesn't write out where it uses it first.

    The site explains each abbreviation where it stands, but not on paper, nor to those who have a page read aloud. A
    report is read from its foreword through the summaries, the recommendations, the next steps, good practice and the
    chapters to the criteria; there the first use of each abbreviation of the glossary has its words beside it. Which
    reports are judged, by their fieldwork, and which abbreviations need no words, is told in `house_style.yaml`.

    To look at: `A PSR was there.` Right: `A pre-sentence report (PSR) was there.`

    Source: the usual practice of public bodies; the reference report has a list of abbreviations instead, and is older.
    """
    style = programme.house_style.abbreviations
    if style is None:
        return
    known = WELL_KNOWN | set(style.as_they_are)
    for report in reports:
        if report.inspection.about.fieldwork.last_day() < style.from_.first_day() or report.inspection.incomplete:
            continue
        for text, found, entry in first_uses(in_reading_order(report), programme.glossary.abbreviations):
            if entry.short not in known and not written_out(text.text, found, entry):
                message = f"{found[0]} is used here first, and isn't written out"
                hint = f"Write it out once: {_in_brackets(entry, found[0])}."
                yield _warning(text, "OMI604", message, hint, found[0])


def style_against_itself(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI605 (warning): an entry of the house style that another one contradicts, or that would never come to rest.

    Whoever wrote the right words would be told that they are wrong. Such words are not looked for until it is mended.

    To look at: `write: priority offender`, `instead_of: [offender]`. Right: `write: person`, `instead_of: [offender]`.
    """
    for (n, m), against in _contradictions(programme.house_style).items():
        wording = programme.house_style.words[n]
        hint = "Keep one of the two, or choose words that don't hold each other."
        source = wording.source.child("instead_of", m)
        yield Problem(source, "OMI605", f"`{wording.instead_of[m]}` {against}", hint, Severity.WARNING)


def slips(text: str, wordings: Sequence[Wording]) -> list[Slip]:
    """Return the words of a text that house style writes otherwise, in order; of those that overlap, the longest."""
    return _slips(text, _words_of(text), wordings)


def _slips(text: str, words: AbstractSet[str], wordings: Sequence[Wording]) -> list[Slip]:
    found: list[Slip] = []
    for wording in wordings:
        for phrase in wording.instead_of:
            needed, pattern = _sought(phrase)
            if not needed <= words:
                continue
            for match in pattern().finditer(text):
                capital = match[0][:1].isupper() and not phrase[:1].isupper()
                right = wording.write[:1].upper() + wording.write[1:] if capital else wording.write
                if match[0] != right and (not capital or starts_sentence(text, match.start())):
                    found.append(Slip(match.start(), match.end(), match[0], right, wording))
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda slip: (slip.start, -slip.end)):
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return kept


def in_reading_order(report: ScoredReport) -> list[Prose]:
    """Return the texts of a report in the order in which it is read: the summaries first, the criteria last."""
    inspection: Inspection = report.inspection
    narrative = inspection.narrative
    criteria = [inspection.by_criterion[ref] for ref in report.criteria if ref in inspection.by_criterion]
    parts = (
        *((narrative.foreword,) if narrative.foreword else ()),
        narrative.section_summaries,
        narrative.thread_summaries,
        inspection.recommendations,
        *((narrative.next_steps,) if narrative.next_steps else ()),
        inspection.good_practice,
        narrative.chapters,
        tuple(criteria),
    )
    return [text for part in parts for text in texts_of(part)]


def _takes_sign(style: HouseStyle) -> bool:
    return style.numbers is not None and style.numbers.per_cent_sign


def _all_texts(programme: Programme, reports: Iterable[ScoredReport]) -> Iterator[Prose]:
    for report in reports:
        yield from report.texts
    yield from texts_of(programme.shared_texts)


def _warning(text: Prose, code: str, message: str, hint: str, quote: str, *, fix: str | None = None) -> Problem:
    return Problem(text.source, code, message, hint, Severity.WARNING, quote, fix=fix)


def _per_cents(text: str) -> Iterator[re.Match[str]]:
    """Yield every figure with `per cent` in words behind it; most texts have no such word, which is seen much faster."""
    return _PER_CENT.finditer(text if "cent" in text.lower() else "")


def _flat(words: str) -> str:
    """Return words without the line break among them."""
    return " ".join(words.split())


@lru_cache(maxsize=4096)
def _sought(phrase: str) -> tuple[frozenset[str], Callable[[], re.Pattern[str]]]:
    """Return the words that a text must have to hold a phrase, and what makes the pattern that finds it there."""

    @lru_cache(maxsize=1)
    def pattern() -> re.Pattern[str]:
        words = [_either_apostrophe(re.escape(word)) for word in phrase.split()]
        first = phrase[0]
        if first.islower():
            words[0] = f"[{first}{first.upper()}]{words[0][1:]}" if len(first.upper()) == 1 else words[0]
        return re.compile(rf"(?<![\w-]){GAP.join(words)}(?![\w]|-\w)")

    return frozenset(word.lower() for word in _WORD.findall(phrase)), pattern


def _either_apostrophe(pattern: str) -> str:
    return pattern.replace("’", "'").replace("'", "['’]")


@lru_cache(maxsize=2)
def usable_wordings(style: HouseStyle) -> list[Wording]:
    """Return the wordings without the phrases that the style itself contradicts."""
    against = _contradictions(style)
    return [
        replace(wording, instead_of=kept)
        for n, wording in enumerate(style.words)
        if (kept := tuple(phrase for m, phrase in enumerate(wording.instead_of) if (n, m) not in against))
    ]


def _standing_in(wordings: Iterable[Wording], words: AbstractSet[str]) -> list[Wording]:
    """Return the wordings with those phrases alone all of whose words are among those of some texts."""
    return [
        replace(wording, instead_of=kept)
        for wording in wordings
        if (kept := tuple(phrase for phrase in wording.instead_of if _sought(phrase)[0] <= words))
    ]


@lru_cache(maxsize=2)
def _contradictions(style: HouseStyle) -> dict[tuple[int, int], str]:
    """Return what speaks against phrases, by entry and phrase: an entry that has it, or right words in which it stands."""
    against: dict[tuple[int, int], str] = {}
    first: dict[str, str] = {}
    right = " \n\n".join(dict.fromkeys(wording.write for wording in style.words))
    words = _words_of(right)
    for n, wording in enumerate(style.words):
        for m, phrase in enumerate(wording.instead_of):
            if phrase in first:
                against[n, m] = f"stands under `{first[phrase]}` already"
            elif _sought(phrase)[0] <= words and (found := slips(right, (replace(wording, instead_of=(phrase,)),))):
                whole = right[right.rfind("\n", 0, found[0].start) + 1 :].partition(" \n")[0]
                against[n, m] = f"stands in `{whole}`, which is to be written"
            first.setdefault(phrase, wording.write)
    return against


def _words_of(text: str) -> frozenset[str]:
    return frozenset().union(*map(_words_between_spaces, set(text.split())))


@lru_cache(maxsize=2**16)  # reports share most of their words
def _words_between_spaces(piece: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(piece))


def _counts_things(text: str, found: re.Match[str]) -> bool:
    """Say whether a figure counts the things that follow it, and does nothing else."""
    before = text[max(0, found.start() - 48) : found.start()].rstrip("(‘“")
    label = None if starts_sentence(text, found.start()) else _LABEL.search(before)
    labelled = label is not None and label[1] not in _SMALL_WORDS
    counts = is_count(text, found.start()) and found[2].lower() not in _UNITS_AND_OTHERS
    compared = bool(_AFTER_A_NUMBER.search(before) or _RATIO.search(before))
    return counts and not labelled and not compared


def first_uses(
    texts: Iterable[Prose], entries: Iterable[Abbreviation]
) -> Iterator[tuple[Prose, re.Match[str], Abbreviation]]:
    """Yield where each abbreviation stands first; `HMI Probation` is no use of `HMI`."""
    entry_of = {form: entry for entry in entries for form in (entry.short, *entry.also)}
    if not entry_of:
        return
    forms = "|".join(re.escape(form) for form in sorted(entry_of, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({forms})s?(?!\w)")
    told: set[str] = set()
    for text in texts:
        for found in pattern.finditer(text.text):
            entry = entry_of[found[1]]
            if entry.short not in told:
                told.add(entry.short)
                yield text, found, entry


def written_out(text: str, found: re.Match[str], entry: Abbreviation) -> bool:
    """Say whether the words stand before the abbreviation in brackets, or in brackets behind it; a plural is as good."""
    words = [_either_apostrophe(re.escape(word)) for word in entry.long.split()]
    long = rf"{GAP.join(words)}(?:s|es)?"
    around = text[max(0, found.start() - len(entry.long) - 40) : found.end() + len(entry.long) + 40]
    short = re.escape(found[0])
    before, behind = rf"\b{long}{GAP}\({short}\)", rf"{short}{GAP}\({long}\)"
    return bool(re.search(f"{before}|{behind}", around, re.IGNORECASE))


def _in_brackets(entry: Abbreviation, form: str) -> str:
    plural = "s" if form.endswith("s") and form.removesuffix("s") == entry.short else ""
    return f"{entry.long}{plural} ({form})"
