"""Reads what a text claims about counts: `five out of 36 (15%)`, `79% of the 50 reports`. It judges nothing.

Prose is free and the rules on it stop a publication, so what is read here errs on the side of silence: a range
(`12-15 out of 36`), an age (`40% of 16 to 18 year olds`), a span of time, a thousand or million, or a clause of its own
before the bracket (`one of the two teams saw most (15%)`) is no claim. Every repetition in the patterns has a bound, so
that they take a time proportional to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: n for n, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
NUMBER_WORDS |= {f"{tens}-{one}": NUMBER_WORDS[tens] + n for tens in _TENS for n, one in enumerate(_ONES[:9], 1)}
"""Numbers in words, up to ninety-nine."""

_WORDS = rf"(?:{'|'.join(_TENS)})[\s‑-](?:{'|'.join(_ONES[:9])})\b|(?:{'|'.join([*_ONES[::-1], *_TENS])})\b"
_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}|[0-9]{{1,9}}|{_WORDS})"
_START = r"(?<![\w.,£$€‑–-])"  # not inside a word or decimal, and not the end of a range
_END = (  # not inside a word, decimal or range, and no age, span of time or large round number
    r"(?![\w%]|[.,][0-9]|[‑–-]\w|\s{1,4}(?:to\s{1,4}[0-9]|(?:hundred|thousand|million|billion|percent|per\s{1,4}cent|"
    r"years?|months?|weeks?|days?|hours?|minutes?)\b))"
)
_PER_CENT = r"([0-9]{1,3}(?:\.[0-9]{1,3})?)%"
_ARTICLES = r"(?:(?:the|all|these|those)\s{1,4})"
_OF = rf"\s{{1,4}}(?:out\s{{1,4}})?of\s{{1,4}}{_ARTICLES}{{0,2}}"
_NOUNS = r"((?:\s{1,4}[A-Za-z/'’-]{1,30}){0,4})"
_POSSESSIVE = r"(?!\s{1,4}[A-Za-z]{1,30}['’])"  # the cases of the three teams are not three

_COUNT_THEN_SHARE = re.compile(
    rf"{_START}({_NUMBER}){_OF}({_NUMBER}){_END}{_NOUNS}\s{{0,4}}\({_PER_CENT}\)", re.IGNORECASE
)
_COUNT_SHARE_BASE = re.compile(rf"{_START}({_NUMBER})\s{{0,4}}\({_PER_CENT}\){_OF}({_NUMBER}){_END}", re.IGNORECASE)
_SHARE_THEN_COUNT = re.compile(
    rf"{_START}{_PER_CENT}{_NOUNS}\s{{0,4}}\(({_NUMBER}){_OF}({_NUMBER}){_END}{_NOUNS}\)", re.IGNORECASE
)
_COUNT_OF_BASE = re.compile(
    rf"{_START}({_NUMBER})\s{{1,4}}(?:out\s{{1,4}}of\s{{1,4}}{_ARTICLES}{{0,2}}|of\s{{1,4}}{_ARTICLES}{{1,2}})({_NUMBER}){_END}",
    re.IGNORECASE,
)
_SHARE_OF_BASE = re.compile(
    rf"{_START}{_PER_CENT}\s{{1,4}}of\s{{1,4}}{_ARTICLES}{{0,2}}({_NUMBER}){_END}{_POSSESSIVE}", re.IGNORECASE
)
_OF_A_NUMBER = re.compile(rf"[Oo][Ff]\s{{1,4}}(?i:{_ARTICLES}{{0,2}}{_NUMBER})")
"""Stands in every count of a base, and is found much faster: most texts have none."""
_SHARE = re.compile(rf"{_START}{_PER_CENT}")

_NOT_A_COUNT = re.compile(  # `one hundred and five`, `page 15`
    r"\b(?:(?:hundred|thousand|million|billion)(?:\s{1,4}and)?|pages?|sections?|paragraphs?|criterion|criteria|tables?|"
    r"recommendations?|charts?|figures?|appendix|levels?|stages?|parts?|steps?|year|weeks?|days?|phases?|tiers?|questions?|"
    r"chapters?|numbers?|act|january|february|march|april|may|june|july|august|september|october|november|december)\s{1,4}\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CLAUSE = {
    *NUMBER_WORDS,
    *"all almost but every few half many most nearly none only several some while who which".split(),
    *"are did gave had has have is made met said saw showed was were".split(),
}
"""Words that begin something new between a count and a bracket: what the bracket then says is not of that count."""


@dataclass(frozen=True)
class Claim:
    """A count of a base that a text states, or a percentage of a base, or all three."""

    quote: str
    """The words, as they stand."""
    base: str
    """The base, in digits or words."""
    count: str = ""
    """The count, or '' where the text gives only the percentage."""
    per_cent: str = ""
    """The percentage without its sign, or '' where the text gives only the count."""


@lru_cache(maxsize=1024)  # four rules ask, each of all the texts of a report
def counts(text: str) -> tuple[Claim, ...]:
    """Return every count of a base, with its percentage where the text gives one."""
    return tuple(_counts(text))


def _counts(text: str) -> Iterator[Claim]:
    if not _OF_A_NUMBER.search(text):
        return
    told: set[int] = set()
    for found in _COUNT_THEN_SHARE.finditer(text):
        count, base, nouns, per_cent = found.groups()
        if is_count(text, found.start(1)) and _one_phrase(nouns):
            told.add(found.start(1))
            yield Claim(found[0], base, count, per_cent)
    for found in _COUNT_SHARE_BASE.finditer(text):
        count, per_cent, base = found.groups()
        if is_count(text, found.start(1)):
            told.add(found.start(1))
            yield Claim(found[0], base, count, per_cent)
    for found in _SHARE_THEN_COUNT.finditer(text):
        per_cent, before, count, base, _ = found.groups()
        if _one_phrase(before):
            told.add(found.start(3))
            yield Claim(found[0], base, count, per_cent)
    for found in _COUNT_OF_BASE.finditer(text):
        count, base = found.groups()
        if found.start(1) not in told and is_count(text, found.start(1)) and not _YEAR.fullmatch(count):
            yield Claim(found[0], base, count)


def shares(text: str) -> Iterator[Claim]:
    """Yield every percentage of a stated base: `79% of the 50 reports`. `One` as a base is a pronoun, not a number."""
    for found in _SHARE_OF_BASE.finditer(text) if "%" in text else ():
        per_cent, base = found.groups()
        if base.lower() != "one":
            yield Claim(found[0], base, per_cent=per_cent)


def percentages(text: str) -> list[str]:
    """Return every percentage of a text, without its sign."""
    return _SHARE.findall(text) if "%" in text else []


def number(words: str) -> int:
    """Return a number written in digits or in words, such as `1,204`, `Twenty-nine` or `twenty nine`."""
    if words[0].isdigit():
        return int(words.replace(",", ""))
    return NUMBER_WORDS["-".join(words.lower().replace("‑", "-").replace("-", " ").split())]


def is_count(text: str, start: int) -> bool:
    """Say whether the number at `start` counts something: no page, date, or end of a larger number."""
    return not _NOT_A_COUNT.search(text[max(0, start - 24) : start])


def _one_phrase(nouns: str) -> bool:
    """Say whether the words between a count and its bracket name the things counted, and no more."""
    return _CLAUSE.isdisjoint(nouns.lower().split())
