"""Which addresses there are in Welsh, and where a link on a page leads: to its own language where there is one.

What composes pages names an address as it is in English. A Welsh page stands at the same one below `cy/`; a link leads
there where the page exists, and else to the English page, marked as such: no page is doubled for want of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from omi_build.languages import ENGLISH, WELSH, in_folder, language_of
from omi_build.languages import gettext as _

if TYPE_CHECKING:
    from omi_build.pages import Page

_LATER = re.compile(r"page-[0-9]+/\Z")
_LINK = re.compile(
    r'<a (?P<rest>[^<>]*?)href="(?P<up>(?:\.\./)*|\./)(?P<to>(?![a-z]+:)[^"]*)"(?P<more>[^<>]*)>(?P<words>.*?)</a>',
    re.DOTALL,
)


@dataclass(frozen=True)
class Addresses:
    """The pages and files that stand below `cy/`, by their English addresses."""

    welsh: frozenset[str] = frozenset()

    def of(self, address: str, language: str) -> str:
        """Return where a link on a page in a language leads; an address below `cy/` is meant as it is."""
        if language == ENGLISH or language_at(address) != ENGLISH or address.startswith("#"):
            return address
        # The pages of a list are there together.
        first = _LATER.sub("", urldefrag(address).url)
        return in_folder(address, language) if first in self.welsh else address

    def link(self, title: str, address: str, language: str) -> dict[str, Any]:
        """Return a link as the theme takes it, with the language of its words where it is another."""
        told: dict[str, Any] = {"title": title, "address": self.of(address, language)}
        words = language_of(title) or language
        return told | ({"lang": words} if words != language else {})

    def marked(self, body: str, address: str) -> str:
        """Return the HTML of the page at an address, whose links to pages in the other language say so to readers and machines."""
        here = language_at(address)
        if here == ENGLISH and f"{WELSH}/" not in body:
            return body
        depth = address.count("/")

        def told(found: re.Match[str]) -> str:
            up, to = found["up"], found["to"]
            if up.count("../") != depth or _is_data(to) or "hreflang" in found[0]:
                return found[0]
            there = language_at(to)
            if there == here or to.startswith("#"):
                return found[0]
            mark = f' <span class="omi-when">({_in(there)})</span>'
            return (
                f'<a {found["rest"]}href="{up}{to}" hreflang="{there}"{found["more"]}>{found["words"]}</a>'
                f"{'' if _short(found['words']) else mark}"
            )

        return _LINK.sub(told, body)


def below(language: str, addresses: Iterable[str]) -> Addresses:
    """Return which of some addresses stand in the folder of a language."""
    return Addresses(frozenset(one.removeprefix(f"{language}/") for one in addresses if language_at(one) == language))


def language_at(address: str) -> str:
    """Return the language of what stands at an address."""
    return WELSH if address.startswith(f"{WELSH}/") else ENGLISH


def paired(english: Iterable[Page], welsh: Iterable[Page]) -> tuple[Page, ...]:
    """Return the pages of both languages, each knowing the address of the same page in the other."""
    own, other = list(english), list(welsh)
    there = {page.address for page in own}
    told = {page.address.removeprefix(f"{WELSH}/"): page.address for page in other}
    return (
        *(replace(page, other=told.get(page.address)) for page in own),
        *(
            replace(page, other=address if (address := page.address.removeprefix(f"{WELSH}/")) in there else None)
            for page in other
        ),
    )


def _in(language: str) -> str:
    return _("in English") if language == ENGLISH else _("in Welsh")


def _is_data(address: str) -> bool:
    """Say whether an address is that of a file that isn't read as a page: data are the same in every language."""
    path = urldefrag(address).url
    return bool(path) and not path.endswith(("/", ".pdf"))


def _short(words: str) -> bool:
    """Say whether the words are a mark or number alone, beside which nothing more can stand."""
    return not re.search(r"[^\W\d_]{2}", re.sub(r"<[^<>]*>", "", words))
