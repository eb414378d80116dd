"""Rules on spelling, by the dictionary of British English and the words that house style adds to it. They warn.

What is judged is decided here. A word is letters, with apostrophes and hyphens inside; of a hyphenated word each half is
judged, unless the dictionary has the whole. Not judged are words with a digit beside them, addresses, citations,
words of one or two letters, abbreviations (any word with a capital inside), and names: a word with a capital inside a
sentence. At the start of a sentence a word with a capital is a name if it has one elsewhere, inside a sentence, or if
the next word has one too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, cast

from omi_build.checks.names import starts_sentence
from omi_build.checks.style import slips, usable_wordings
from omi_build.citations import citations
from omi_build.dictionary import Dictionary
from omi_build.model.common import Prose, Sourced
from omi_build.model.house_style import Wording
from omi_build.model.programme import Programme
from omi_build.model.walk import parts_of
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source

MAX_SUGGESTIONS = 8
"""For so many misspelt words of a run a suggestion is looked for: each takes some tenths of a second."""

SHORTEST = 3
"""Shorter words are not judged."""

_LINES = frozenset("about detail label measure note text title".split())
"""The fields of the model that, as plain text, are read by people."""

_CHUNK = re.compile(r"\S+")
_NOT_PROSE = re.compile(r"[0-9@\\/_]|www\.|\w\.\w")
_ALTERNATIVES = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)+\W{0,4}")
_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_HYPHEN = re.compile("[‑-]")
_POSSESSIVE = re.compile(r"['’](?:s|S)\Z")
_OXFORD = re.compile(r"iz(e[drs]?|ers|ing|ings|able|ations?|ational)\Z")
_NOT_OXFORD = frozenset("prize prized prizes seize seized seizes seizing".split())
"""Words with -iz- whose twin in -is- is another word."""


@dataclass(frozen=True)
class _Token:
    """A word of a text that is to be judged."""

    text: Prose
    start: int
    word: str
    """As it stands, without a possessive ending."""
    whole: str
    """The hyphenated word that it is a part of, or itself."""

    @property
    def capital(self) -> bool:
        return self.word[:1].isupper()


def misspelt_word(programme: Programme, reports: Sequence[ScoredReport], dictionary: Dictionary) -> Iterator[Problem]:
    """OMI606 (warning): a word that neither the dictionary of British English nor the house style has.

    A slip of the hand, or a spelling of another country (`color`). Words of the glossary, areas, regions and the names of
    the inspection team are known; a word of the field that is right belongs in `house_style.yaml`. Names, abbreviations,
    figures and addresses aren't judged. Told once in a text for each word, and not where house style has spoken.

    To look at: `The behavior of staff was good.` Right: `The behaviour of staff was good.`
    """
    style = programme.house_style.spelling
    if style is None:
        return
    wordings = usable_wordings(programme.house_style)
    for texts, known in _writings(programme, reports, style.right):
        left = MAX_SUGGESTIONS
        suggested: dict[str, str] = {}
        for token in _misspelt(texts, known, dictionary):
            if _is_told_by_style(token, wordings):
                continue
            word = token.word.lower()
            if word not in suggested:
                suggested[word] = _suggestion(word, known, dictionary) if left else ""
                left = max(0, left - 1)
            yield _problem(token, suggested[word])


def oxford_spelling(programme: Programme, reports: Sequence[ScoredReport], dictionary: Dictionary) -> Iterator[Problem]:
    """OMI607 (warning): a word in -ize or -ization, where house style has -ise.

    Good English has both, and the dictionary too; a report has one. `Prize`, `seize` and `size` are other words.

    To look at: `Work was well organized.` Right: `Work was well organised.`
    """
    style = programme.house_style.spelling
    if style is None or not style.ise:
        return
    wordings = usable_wordings(programme.house_style)
    tokens = [
        token
        for texts, known in _writings(programme, reports, style.right)
        for text in texts
        if "iz" in text.text
        for token in _tokens(text)
        if _OXFORD.search(token.word) and token.word.lower() not in _NOT_OXFORD | known
        if not token.capital or starts_sentence(token.text.text, token.start)
        if not _is_told_by_style(token, wordings)
    ]
    asked = {word.lower() for token in tokens for word in (token.word, _with_s(token.word))}
    unknown = dictionary.misspelt(asked)
    for token in tokens:
        twin = _with_s(token.word)
        if unknown.isdisjoint({token.word.lower(), twin.lower()}):
            message = f"`{token.word}` is written `{twin}`"
            hint = "House style has -ise and -isation."
            yield Problem(token.text.source, "OMI607", message, hint, Severity.WARNING, token.word, fix=twin)


def _is_told_by_style(token: _Token, wordings: Sequence[Wording]) -> bool:
    """Say whether a word stands in words that house style writes otherwise: one slip, one message."""
    return any(slip.start <= token.start < slip.end for slip in slips(token.text.text, wordings))


def _problem(token: _Token, suggestion: str) -> Problem:
    message = f"`{token.word}` is not in the dictionary of British English"
    hint = "If it is right, add it to house_style.yaml, under spelling, right."
    if suggestion:
        shown = suggestion[:1].upper() + suggestion[1:] if token.capital else suggestion
        hint = f"Did you mean `{shown}`? {hint}"
    return Problem(token.text.source, "OMI606", message, hint, Severity.WARNING, token.word)


def _suggestion(word: str, known: Iterable[str], dictionary: Dictionary) -> str:
    """Return the word that was most likely meant: one of the house's own, else one of the dictionary, else ''."""
    near = difflib.get_close_matches(word, [one for one in sorted(known) if len(one) > SHORTEST], 1, 0.87)
    return near[0] if near else dictionary.nearest(word)


def _writings(
    programme: Programme, reports: Iterable[ScoredReport], right: Iterable[str]
) -> Iterator[tuple[list[Prose], frozenset[str]]]:
    """Yield the texts and titles of each report, and of what all share, with the words that are right in them.

    Names are known by the other texts of their group. Words that are right are in small letters.
    """
    shared = frozenset(
        _words_in(
            [
                *right,
                *(
                    text
                    for entry in programme.glossary.abbreviations
                    for text in (entry.short, entry.long, *entry.also)
                ),
                *(term.term for term in programme.glossary.terms),
                *(text for area in programme.areas.areas for text in (area.title, area.short_title)),
                *(region.title for region in programme.areas.regions),
            ]
        )
    )
    for report in reports:
        about, foreword = report.inspection.about, report.inspection.narrative.foreword
        names = [member.name for role in about.team for member in role.members]
        own = _words_in([*names, foreword.signed_by] if foreword else names)
        yield list(_texts_and_lines(report.parts)), shared.union(own)
    if programme.shared_texts:
        yield list(_texts_and_lines(parts_of(programme.shared_texts))), shared


def _words_in(texts: Iterable[str]) -> Iterator[str]:
    return (word.lower() for text in texts for whole in _WORD.findall(text) for word in _halves(whole))


def _texts_and_lines(parts: Iterable[Any]) -> Iterator[Prose]:
    for part in parts:
        if isinstance(part, Prose):
            yield part
        elif isinstance(part, Sourced):
            for name in _lines_of(cast("Any", part.__class__)):
                if line := getattr(part, name):
                    yield Prose(line, source=part.source.child(name))


@cache
def _lines_of(kind: Any) -> tuple[str, ...]:
    """Return the fields of a type of the model that are a line of text to be read."""
    return tuple(field.name for field in fields(kind) if field.name in _LINES and field.type == "str")


def _misspelt(texts: Sequence[Prose], known: frozenset[str], dictionary: Dictionary) -> Iterator[_Token]:
    """Yield the words of a group of texts that nobody knows, each once in a text.

    The words are looked up all together; only texts with a word that isn't known are read word by word.
    """
    wholes = [frozenset().union(*map(_wholes, set(text.text.split()))) for text in texts]
    halves = {whole: _halves(whole) for whole in frozenset().union(*wholes)}
    asked = {half.lower() for some in halves.values() for half in some if _is_judged(half)}
    unknown = dictionary.misspelt(asked - known)
    strange = {whole for whole, some in halves.items() if any(half.lower() in unknown for half in some)}
    suspect = [
        token
        for text, words in zip(texts, wholes, strict=True)
        if not strange.isdisjoint(words)
        for token in _tokens(text)
        if token.word.lower() in unknown and token.whole.lower() in unknown
    ]
    not_capital = dictionary.misspelt({token.word for token in suspect if token.capital})
    names = {token.word for token in suspect if token.capital and _is_name(token)}
    told: set[tuple[Source, str]] = set()
    for token in suspect:
        named = token.capital and (token.word not in not_capital or token.word in names)
        if not named and (token.text.source, token.word) not in told:
            told.add((token.text.source, token.word))
            yield token


def _is_name(token: _Token) -> bool:
    """Say whether a word with a capital is a name by where it stands."""
    text = token.text.text
    if not starts_sentence(text, token.start):
        return True
    after = re.match(r"(?:['’]s)?\s{1,4}[A-Z]", text[token.start + len(token.word) :][:12])
    return bool(after)


def _tokens(text: Prose) -> Iterator[_Token]:
    for start, whole in _words(text.text):
        offset = start
        for half in _HYPHEN.split(whole):
            word = _POSSESSIVE.sub("", half)
            if _is_judged(word):
                yield _Token(text, offset, word, _POSSESSIVE.sub("", whole))
            offset += len(half) + 1


def _is_judged(word: str) -> bool:
    """Say whether a word is long enough, and no abbreviation."""
    return len(word) >= SHORTEST and word[1:].islower()


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, word) of what is prose in a text: no citation, address, figure or anything with a digit."""
    for citation in citations(text):
        end = citation.start + len(citation.written)
        text = f"{text[: citation.start]}{' ' * len(citation.written)}{text[end:]}"
    for chunk in _CHUNK.finditer(text):
        if not _NOT_PROSE.search(chunk[0]) or _ALTERNATIVES.fullmatch(chunk[0]):
            for word in _WORD.finditer(chunk[0]):
                yield chunk.start() + word.start(), word[0]


@lru_cache(maxsize=2**16)  # reports share most of their words
def _wholes(piece: str) -> frozenset[str]:
    """Return the words of what stands between two spaces, hyphenated ones whole."""
    return frozenset(_WORD.findall(piece))


@lru_cache(maxsize=16384)  # reports share most of their words
def _halves(whole: str) -> frozenset[str]:
    """Return a word and, if it has hyphens, its parts, without possessive endings."""
    return frozenset(_POSSESSIVE.sub("", word) for word in (whole, *_HYPHEN.split(whole)))


def _with_s(word: str) -> str:
    return _OXFORD.sub(r"is\1", word)
