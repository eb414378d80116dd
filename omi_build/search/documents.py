"""Records as the small pages that Pagefind reads, and the words that they are made of.

What the page's script has to know of a record stands in the page: its facets, its kind, and before each entry an element
whose id holds the entry's place, themes and label. Pagefind keeps them with the text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from omi_build.languages import speaking
from omi_build.model.common import Prose
from omi_build.pages.searching import Kind
from omi_build.render import ProseRenderer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from omi_build.model.programme import Abbreviation
    from omi_build.search import Entry, Record

KIND, TITLE, ALSO, UNSHOWN = "=kind", "=title", "=also", "=unshown"
"""Ids of what stands before the kind of a record, its title, and what an abbreviation in an entry or title stands for."""

EVERY = "\ua66e"
"""A word that every record has and no reader types: by it all records can be asked for without fetching the whole index."""

SHORTEST = 3
"""How many letters a word has at the least that a typing error can be mended to."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_TAG = re.compile(r"<[^<>]*>")


LAST = "~"
"""What stands in order after the id of every report."""


def documents(records: Iterable[Record], abbreviations: Iterable[Abbreviation]) -> dict[str, str]:
    """Return a page for each record, by the path that Pagefind takes for its address: that of its page, and a number.

    Where nothing but order is asked for, records stand by the id of their report, and within one as they are given. So
    the pages of a report are the same whichever others there are.
    """
    writer = _Writer(abbreviations)
    pages: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for record in records:
        numbers[record.address] += 1
        places[record.report] += 1
        path = f"{record.address}{numbers[record.address]}.html"
        pages[path] = writer.page(record, f"{record.report or LAST} {places[record.report]:06}")
    return pages


def count_words(pages: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in the pages that a typing error can be mended to."""
    found: Counter[str] = Counter()
    for page in pages:
        text = html.unescape(_TAG.sub(" ", page)).lower()
        found.update(word for word in _WORD.findall(text) if len(word) >= SHORTEST)
    return found


def list_words(found: Mapping[str, int]) -> str:
    """Return the words, one a line, the most frequent first."""
    return "".join(f"{word}\n" for word, _ in sorted(found.items(), key=lambda one: (-one[1], one[0])))


class _Writer:
    """Writes records with the abbreviations of one glossary."""

    def __init__(self, abbreviations: Iterable[Abbreviation]) -> None:
        self._prose = ProseRenderer({})
        by_form = {form: one for one in abbreviations for form in (one.short, *one.also)}
        # In any case for what an abbreviation stands for: sentences begin with it.
        self._by_form = by_form | {one.long.lower(): one for one in by_form.values()}
        forms, long = _any(by_form), _any({one.long.lower() for one in by_form.values()})
        self._forms = re.compile(rf"(?<!\w)(?:{forms})(?=s?(?!\w))") if by_form else None
        self._long = re.compile(rf"(?<!\w)(?:{long})(?=s?(?!\w))") if by_form else None

    def page(self, record: Record, place: str) -> str:
        """Return a record as a page; `place` is what it is sorted by where nothing but order is asked for."""
        facets = {**record.facets, "kind": (record.kind.value,), "theme": record.themes}
        told = "".join(
            f'<meta data-pagefind-filter="{name}[content]" content="{html.escape(value)}">'
            for name, values in facets.items()
            for value in values
        )
        heading = "h1" if record.headed else "p"
        # The glossary says both anyway.
        abbreviations = record.kind is not Kind.GLOSSARY
        of_title = "".join(f"{_mark(UNSHOWN)}<p>{html.escape(words)}</p>\n" for words in self._stand_for(record.title))
        entries = "".join(self._entry(entry, abbreviations=abbreviations) for entry in record.entries)
        with speaking(record.language):
            kind = record.kind.title
        return (
            f'<!doctype html><html lang="{html.escape(record.language)}"><body data-pagefind-body>{told}'
            f'<meta data-pagefind-sort="place[content]" content="{html.escape(place)}">'
            f"<p>{EVERY}</p>{_mark(KIND)}<p>{html.escape(kind)}</p>\n"
            f"{_mark(TITLE)}<{heading}>{html.escape(record.title)}</{heading}>\n{of_title}{entries}</body></html>"
        )

    def _entry(self, entry: Entry, *, abbreviations: bool) -> str:
        texts = "\n".join(
            self._prose.block(text) if isinstance(text, Prose) else f"<p>{html.escape(text)}</p>"
            for text in entry.texts
        )
        place = _mark("|".join((entry.anchor, ",".join(entry.themes), entry.label)))
        also = "".join(
            f"{_mark(ALSO)}<p>{html.escape(words)}</p>\n" for words in self._stand_for(*entry.texts) if abbreviations
        )
        return f"{place}{texts}\n{also}"

    def _stand_for(self, *texts: Prose | str) -> Iterator[str]:
        """Yield, for each abbreviation that the texts write in one of its two ways, both."""
        if self._forms is None or self._long is None:
            return
        text = " ".join("\n".join(map(str, texts)).split())
        found = {self._by_form[form].short for form in self._forms.findall(text)}
        found |= {self._by_form[form].short for form in self._long.findall(text.lower())}
        for short in sorted(found):
            yield f"{short}: {self._by_form[short].long}"


def _any(forms: Iterable[str]) -> str:
    """Return a pattern for any of the forms, the longest one that fits."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


def _mark(name: str) -> str:
    return f'<b id="{html.escape(name)}"></b>'
