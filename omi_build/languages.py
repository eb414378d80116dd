"""The languages of the site: which one is spoken now, and the words of the interface in it.

English stands in the code and in the templates; what each sentence is in Welsh stands in one file for a translator,
`locale/cy.po`, which is read as it is: there is no compiled form of it that could be forgotten. What a page says is
composed and rendered `with speaking(language)`.

A sentence is translated where it is said, never where a module is loaded: `_("…")` in a constant would be English for
good. A constant is marked by `marked("…")`, and passes `_` where it is said. A per cent sign in a sentence is written
`%%`.
"""

from __future__ import annotations

import calendar
import html
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Self

from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LANGUAGES = ENGLISH, WELSH = "en", "cy"

NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}
"""Each language as it calls itself."""

LANGUAGE_TAGS = {ENGLISH: "en-GB", WELSH: "cy"}
"""Each language as machines are told it (BCP 47)."""

CATALOGUE = Path(__file__).parent / "locale" / f"{WELSH}.po"
"""The file for the translator."""

SEPARATORS = OPEN, BETWEEN, CLOSE = "\ue000\ue001\ue002"
"""What stands around words of another language until `marked_up` makes HTML of it; content can't hold these signs."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


class Line(str):
    """A line of text that stands for another: it knows its language, and what it says in the original.

    In a template it is marked by itself where its language is another than the page's.
    """

    __slots__ = ("language", "original")

    language: str
    original: str

    def __new__(cls, text: str, language: str, original: str) -> Self:
        """Take the text, its language, and the original's text, of which addresses are made."""
        line = super().__new__(cls, text)
        line.language, line.original = language, original
        return line

    def __reduce__(self) -> tuple[type[Line], tuple[str, str, str]]:
        """Return what it is made anew of where it was kept."""
        return Line, (str(self), self.language, self.original)

    def __html__(self) -> str:
        """Return it for a template."""
        return in_marks(html.escape(self), self.language)

    def lower(self) -> Line:
        """Return it in small letters."""
        return Line(super().lower(), self.language, self.original)


def like(text: str, line: str) -> str:
    """Return a text that was made around a line, in the language of that."""
    return Line(text, line.language, text) if isinstance(line, Line) else text


def original_of(text: str) -> str:
    """Return what a text is in the original."""
    return text.original if isinstance(text, Line) else text


def language_of(text: object) -> str:
    """Return the language of a line, or '' where it is not said."""
    return text.language if isinstance(text, Line) else ""


def spoken() -> str:
    """Return the language that is spoken now."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak a language from now on: for the engine, which renders pages one after the other, between two calls of ours."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for what is composed and rendered inside."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def in_folder(address: str, language: str) -> str:
    """Return the address that a page at an English address has in a language; of the same page, anchors and all."""
    return address if language == ENGLISH else f"{language}/{address}"


def marked(message: str) -> str:
    """Return a sentence as it is: the mark by which it is found for the translator, where it is said elsewhere."""
    return message


def pair(one: str, many: str) -> tuple[str, str]:
    """Return a noun in the singular and the plural as it is: a mark like `marked`, for what is counted elsewhere."""
    return one, many


def translated(message: str) -> str:
    """Return a sentence of the interface in the language that is spoken; its English where there is no other."""
    return message if spoken() == ENGLISH else _sentences().get(message, message)


def plural(one: str, many: str, number: int) -> str:
    """Return the form of a noun that fits a number; Welsh has six."""
    if spoken() == ENGLISH:
        return one if number == 1 else many
    forms = _nouns().get(one)
    return forms[_form(number)] if forms else (one if number == 1 else many)


def gettext(message: str, /, **values: object) -> str:
    """Return a sentence with values put in for its `%(name)s`."""
    return translated(message) % values


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a sentence that fits a number, with values put in; `%(num)s` is the number."""
    return plural(one, many, number) % {"num": number, **values}


def month(number: int) -> str:
    """Return the name of a month (from 1) in the language that is spoken."""
    return calendar.month_name[number] if spoken() == ENGLISH else get_month_names("wide", locale=spoken())[number]


def in_marks(told: str, language: str) -> str:
    """Return a piece of HTML between the marks of its language, where that is another than the one spoken."""
    return told if language in {"", spoken()} else f"{OPEN}{language}{BETWEEN}{told}{CLOSE}"


def marked_up(rendered: str) -> str:
    """Return HTML with words of another language in elements that say so; inside a tag they are words alone."""
    if OPEN not in rendered:
        return rendered
    out: list[str] = []
    inside_tag = False
    for n, piece in enumerate(rendered.split(OPEN)):
        if n:
            language, _, rest = piece.partition(BETWEEN)
            words, _, after = rest.partition(CLOSE)
            out.append(words if inside_tag else f'<span lang="{language}">{words}</span>')
        else:
            after = piece
        out.append(after)
        opened, closed = after.rfind("<"), after.rfind(">")
        inside_tag = inside_tag if opened == closed else opened > closed
    return "".join(out)


def unmarked(text: str) -> str:
    """Return a text without the marks of other languages."""
    out = []
    for n, piece in enumerate(text.split(OPEN)):
        out.append(piece.partition(BETWEEN)[2].replace(CLOSE, "", 1) if n else piece)
    return "".join(out)


def unchecked() -> int:
    """Return how many entries of the catalogue no translator has checked yet."""
    return sum(message.fuzzy for message in _catalogue() if message.id)


@cache
def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=WELSH, abort_invalid=True)


@cache
def _sentences() -> dict[str, str]:
    single = {m.id: str(m.string) for m in _catalogue() if m.id and isinstance(m.id, str) and m.string}
    return {one: forms[_form(1)] for one, forms in _nouns().items()} | single


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    return {
        m.id[0]: tuple(m.string)
        for m in _catalogue()
        if m.id and isinstance(m.id, tuple | list) and isinstance(m.string, tuple | list) and all(m.string)
    }


def _form(number: int) -> int:
    """Return the place of the form that fits a number, as the head of the catalogue says it."""
    return int(c2py(_catalogue().plural_expr)(number))
