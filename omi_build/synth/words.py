"""The words that made-up reports are written with, from the YAML files beside this one, and how numbers are put.

Text alone: which words are chosen is decided in the other modules.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from omi_build.words import SMALL

if TYPE_CHECKING:
    from random import Random


@cache
def words(name: str) -> Any:
    """Return one of the word lists: `questions`, `remarks`, `places` or `parts`."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # safe: it is the safe loader of libyaml


def in_words(number: int) -> str:
    """Return a number as house style writes it: below ten in words."""
    return SMALL[number] if number < len(SMALL) else str(number)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def filled(text: str, area: str, random: Random) -> str:
    """Return a text with its blanks filled: the area, and numbers made up afresh for each."""
    if "{" not in text:
        return text
    return text.format(
        area=area, few=in_words(random.randint(2, 9)), many=random.randint(11, 48), share=f"{random.randint(41, 94)}%"
    )
