"""Looks for what could tell who a person is, in case answers and in exports of them.

Case data are about real people, and git keeps what it is given for good. So a file with a name, a date of birth or an
official number is refused before anything else is said of it, and no message repeats what was found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stdnum.gb import nhs

from omi_build.documents.faults import Fault, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HINT = (
    "Remove it where it comes from, and export anew: a case carries a made-up reference, its strata and its answers, "
    "nothing else. If this file was committed, tell your data protection officer: git keeps what it was given."
)

HEADINGS = {
    "a name": r"(?:sur|fore|first|last|given|family|middle|full|offender|client|case|person|known|maiden)?_?names?|initials|alias(?:es)?|aka",
    "a date of birth": r"d_?o_?b|(?:date_of_)?birth(?:_?da(?:te|y))?|born",
    "an address": r"(?:home_|postal_|last_)?address(?:_?line)?(?:_?[0-9])?|street|town|post_?code|zip",
    "a way to reach a person": r"e_?mail(?:_address)?|(?:tele|mobile_?)?phone(?:_(?:no|number))?|mobile|tel",
    "an official number": r"(?:pnc|cro|noms|crn|nhs|ni|nino|crams|delius|prison|police)(?:_?(?:id|no|num|number|ref|reference))?|national_insurance(?:_number)?",
}
_HEADINGS = {what: re.compile(rf"(?:offender_?s?_|client_?s?_)?(?:{pattern})") for what, pattern in HEADINGS.items()}

VALUES = {
    "a PNC number": r"(?:[0-9]{4}|[0-9]{2})/[0-9]{1,7}[A-HJ-NP-RT-Z]",
    "a CRO number": r"[0-9]{1,6}/[0-9]{2}[A-HJ-NP-RT-Z]|SF[0-9]{2}/[0-9]{1,6}[A-HJ-NP-RT-Z]",
    "a postcode": r"(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]? ?[0-9][ABD-HJLNP-UW-Z]{2})",
    "an e-mail address": r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    "a date": r"(?:19|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]|[0-3]?[0-9][/-][01]?[0-9][/-](?:(?:19|20)[0-9]{2}|[0-9]{2})|[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}",
    "a prison number": r"[A-Z][0-9]{4}[A-Z]{2}",
    "a case reference number (CRN)": r"[A-Z][0-9]{6}",
    "a National Insurance number": r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    "a telephone number": r"(?:\+44|0)[ 0-9]{9,13}[0-9]",
    "an NHS number": r"[0-9]{3} ?[0-9]{3} ?[0-9]{4}",
}
_VALUES = {
    what: re.compile(rf"(?<![\w./-])(?:{pattern})(?![\w/-]|\.\w)", re.IGNORECASE) for what, pattern in VALUES.items()
}
_KEY = re.compile(r"""(?:^|[{,\n])[ \t-]*["']?([^\W\d_][\w .'-]{0,40}?)["']?[ \t]*:(?=\s|$)""")
_REFERENCE = re.compile(r"[A-Z]{1,3}[0-9]{1,4}")
_ANSWERS = {"sufficient", "insufficient", "not_applicable"}
_CASE_KEYS = {"case", "strata", "answers"}


def identity_faults(text: str, value: Any, *, table: bool) -> list[Fault]:
    """Return a fault for each thing in the text of a case file that looks like identity, one of each kind.

    `value` is what was read of it, or None; a file that holds nothing but references, strata and answers is passed by
    without a search.
    """
    if _is_plain(value) and "#" not in text:
        return []
    found = dict[str, int]()
    headings = _first_cells(text) if table else ((match[1], match.start(1)) for match in _KEY.finditer(text))
    for heading, offset in headings:
        if what := kind_of_heading(heading):
            found.setdefault(what, offset)
    for offset, what in values_in(text):
        found.setdefault(what, offset)
    return [
        Fault("OMI012", f"here stands what looks like {what}", HINT, place_of(text, offset), confidential=True)
        for what, offset in found.items()
    ]


@lru_cache(maxsize=256)  # every case of a file names the same few strata
def kind_of_heading(heading: str) -> str:
    """Return what a column or key of this name would hold of a person's identity, or ''."""
    name = re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")
    return next((what for what, pattern in _HEADINGS.items() if pattern.fullmatch(name)), "")


def values_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, what) of everything in a text that has the form of an official number, date or address."""
    for what, pattern in _VALUES.items():
        for match in pattern.finditer(text):
            if what == "an NHS number" and not nhs.is_valid(match[0]):
                continue
            yield match.start(), what
            break


def _is_plain(value: Any) -> bool:
    """Say whether a case file holds references, strata and answers alone."""
    if not isinstance(value, dict) or not set(value) <= {"cases", "counts", "synthetic"}:
        return False
    cases = value.get("cases", [])
    if not isinstance(cases, list) or "counts" in value:
        return False
    refs: set[str] = set()
    return all(_is_plain_case(case, refs) for case in cases)


def _is_plain_case(case: Any, refs: set[str]) -> bool:
    """Say whether a case is plain; `refs` are those of questions that were looked at, and gains its own."""
    if not isinstance(case, dict) or not set(case) <= _CASE_KEYS:
        return False
    answers = case.get("answers")
    return (
        isinstance(answers, dict)
        and isinstance(case.get("case"), str)
        and _REFERENCE.fullmatch(case["case"]) is not None
        and _are_answers(answers.values())
        and (answers.keys() <= refs or _are_refs(answers.keys() - refs, refs))
        and all(isinstance(word, str) and not kind_of_heading(word) for word in case.get("strata", ()))
    )


def _are_answers(values: Iterable[Any]) -> bool:
    try:
        return _ANSWERS.issuperset(values)
    except TypeError:  # a list or a mapping among them
        return False


def _are_refs(new: set[str], refs: set[str]) -> bool:
    """Say whether keys are references of questions; if so, they are added to `refs`."""
    refs |= new
    return all(ref[:1].isdigit() for ref in new)


def _first_cells(text: str) -> Iterator[tuple[str, int]]:
    """Yield each heading of a table and its offset."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            for match in re.finditer(r"[^,;\t\r\n]+", line):
                yield match[0].strip(" \"'"), start + match.start()
            return
        start += len(line)
