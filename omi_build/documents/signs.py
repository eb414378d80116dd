"""Signs that no text and no file name may have, because a reader can't see them or reads something else for them.

A sign that turns the direction of writing shows a sentence in another order than it is written in; one without a width
hides a word from a search and from a reviewer. English needs neither. Allowed are letters of every script, spaces that
don't break, and the dashes and quotation marks of print.
"""

from __future__ import annotations

import re
import unicodedata

from omi_build.documents.faults import Fault
from omi_build.problems import Place

CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
"""Characters that no text may hold, written out or as an escape."""

HIDDEN = (
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that can't be seen, or that turn the direction of what follows."""

UNFIT = re.compile(f"{CONTROL}|{HIDDEN}")

_HIDDEN = re.compile(HIDDEN)
_DELETE = "Delete it; it often comes along when text is pasted."


def control_fault(character: str, place: Place) -> Fault:
    """Return the fault of a character that no text may hold."""
    code = f" (code {ord(character):#x})" if character else ""
    return Fault("OMI006", f"an invisible control character{code} stands here", _DELETE, place)


def unfit_fault(character: str, place: Place) -> Fault:
    """Return the fault of a character that `UNFIT` finds."""
    if not _HIDDEN.match(character):
        return control_fault(character, place)
    return Fault(
        "OMI006", f"an invisible character, {name_of(character)}, stands here", f"{_DELETE} No text needs one.", place
    )


def name_of(character: str) -> str:
    """Return a character that can't be shown by its number and name: U+202E (right-to-left override)."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def shown(name: str) -> str:
    """Return the name of a file as text that can be shown, whatever it is of: what can't be read stands as a sign for it."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\t\n\r\x85\u2028\u2029]", "\ufffd", UNFIT.sub("\ufffd", text))
