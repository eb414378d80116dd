"""Finds first names of people in a text, with the names that the package faker knows for Britain.

What is decided here, and why. A good practice example tells of one person, so a name that slips through harms someone,
while a name reported in vain costs its writer a line (`names_changed`, or an editor's note that explains OMI502).
So a first name is reported unless the words beside it say that it is something else:

- after another capitalised word inside a sentence it belongs to the name of a body or place (`the Butler Simon Trust`)
  or is a surname (`Anthony Lawrence`, where `Anthony` is reported). The first word of a sentence, a month or day, an
  abbreviation and `Mr` are capitalised for reasons of their own and excuse nothing: `When Peter came`, `PO Peter`.
  `St John` and `HMP Leigh` are excused wherever they stand;
- before a word such as House, League or Road it is the name of that: `Howard League`. Before any other capitalised
  word it is a person with a surname: `Anthony Rice` is reported;
- names that are ordinary words too (Mark, Grace) are taken for words at the start of a sentence, and names that are
  places too (Jordan, Victoria) for places after in, at, near or around;
- a few are nearly always something else (June, Christian) and never reported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

ORDINARY_WORDS = frozenset(
    "Amber Carol Dale Dawn Frank Grace Guy Hazel Heather Holly Jade Jasmine Jay Jean Mark Max Robin Sally".split()
)
"""Names that may begin a sentence as ordinary words."""

PLACES = frozenset(
    "Ashley Beverley Bradley Chelsea Douglas Georgia Glen Jordan Kerry Kimberley Leigh Lewis Lorraine Shannon "
    "Stanley Victoria".split()
)
"""Names that are places as well."""

HARDLY_EVER_NAMES = frozenset("Christian Dean June Norman".split())
"""A faith, an office, a month and a style of building."""

NAMED_AFTER_PEOPLE = frozenset(
    "Avenue Award Centre Church Close College Court Drive Foundation Gardens Grove Hall Hospital Hostel House Inquiry "
    "Institute Lane League Lodge Memorial Park Place Prison Project Report Review Road School Society Square Street "
    "Terrace Trust University Ward Way".split()
)
"""What places, bodies and reports named after people end with."""

_BEFORE_PLACES = frozenset("St Saint HMP HMYOI YOI".split())
_EXCUSES_NOTHING = frozenset(
    "Mr Mrs Ms Miss Dr January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_CAPITALISED = re.compile(r"(?<!\w)(?<!\w['’-])[A-Z]\w*")
_BESIDE = re.compile(r"[^\S\n]{1,4}|[^\S\n]{0,4}\n[^\S\n]{0,4}")  # on the same line or the next, with nothing between
GAP = 12
"""More characters than `_BESIDE` holds."""
NEAR = 16
"""As many characters as `_SENTENCE_START` holds."""
_SENTENCE_START = re.compile(
    r"(?:[.!?:]['\"’”)]{0,2}\s{1,4}|\n[^\S\n]{0,4}\n\s{0,4}|\n\s{0,4}[-*]\s{1,4})['\"‘“(*]{0,2}\Z"
)
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|around)\s{1,4}\Z", re.IGNORECASE)


@cache
def first_names() -> frozenset[str]:
    """Return the first names common in Britain. The list is read when it is first asked for.

    It is read from the source of faker, for to import one list of it is to load those of every country: a fifth of a second.
    """
    package = find_spec("faker")
    assert package is not None
    assert package.origin is not None
    source = Path(package.origin).with_name("providers") / "person" / "en_GB" / "__init__.py"
    lists = {
        ast.unparse(part.targets[0]): part.value
        for provider in ast.parse(source.read_bytes()).body
        if isinstance(provider, ast.ClassDef)
        for part in provider.body
        if isinstance(part, ast.Assign)
    }
    return frozenset(chain.from_iterable(ast.literal_eval(lists[name]) for name in _LISTS))


_LISTS = ("first_names_male", "first_names_female")


def people(text: str) -> Iterator[str]:
    """Yield each first name in a text that looks like a person's, once."""
    words = list(_CAPITALISED.finditer(text))
    told: set[str] = set()
    for n, word in enumerate(words):
        if word[0] not in first_names() or word[0] in HARDLY_EVER_NAMES or word[0] in told:
            continue
        before = words[n - 1] if n and _beside(text, words[n - 1], word) else None
        after = words[n + 1] if n + 1 < len(words) and _beside(text, word, words[n + 1]) else None
        if not _is_something_else(text, before, word, after):
            told.add(word[0])
            yield word[0]


def _is_something_else(
    text: str, before: re.Match[str] | None, name: re.Match[str], after: re.Match[str] | None
) -> bool:
    if before and _excuses(text, before):
        return True
    if after and after[0] in NAMED_AFTER_PEOPLE:
        return True
    if name[0] in ORDINARY_WORDS and not after and starts_sentence(text, name.start()):
        return True
    return name[0] in PLACES and bool(_IN_A_PLACE.search(text[max(0, name.start() - 12) : name.start()]))


def _excuses(text: str, before: re.Match[str]) -> bool:
    """Say whether a capitalised word before a first name makes it part of a longer name."""
    if before[0] in _BEFORE_PLACES:
        return True
    is_name = before[0][1:].islower() and before[0] not in _EXCUSES_NOTHING
    return is_name and (before[0] in first_names() or not starts_sentence(text, before.start()))


def starts_sentence(text: str, start: int) -> bool:
    """Say whether what stands at `start` begins a sentence, a paragraph or an entry of a list."""
    before = text[max(0, start - NEAR) : start]
    return bool(_SENTENCE_START.search(before if start > NEAR else f"\n\n{before}"))


def _beside(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    between = text[first.end() : min(second.start(), first.end() + GAP)]
    if first[0] in _BEFORE_PLACES:
        between = between.removeprefix(".")
    return second.start() - first.end() < GAP and bool(_BESIDE.fullmatch(between))
