"""The reference of all rules, for `omi explain` and the site: made of the rules' own docstrings.

What is found while a file is read or held against its schema has no function of its own; it is told here in the same
form.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from omi_build.checks import RULES, without_explained
from omi_build.checks.moved import leads_nowhere, still_there
from omi_build.problems import Severity

WHILE_READING = (
    """OMI001: a file that can't be read, because something in how it is written is amiss.

    The message says which slip it most likely is: a tab, a missing space after a colon, a line that is not lined up with
    its neighbours, a quotation mark or bracket that is never closed, a colon inside a text. Often the slip is a line
    above the one where the reader noticed. Until it is mended nothing else in the file can be checked.

    Wrong: `title: First: second`. Right: `title: "First: second"`.

    Source: YAML 1.2 and JSON.
    """,
    """OMI002: a key that stands twice in the same place.

    Only one of the two could count, and nobody could tell which. The message names both lines.

    Wrong: `rating: well_met` and two lines below `rating: not_met`. Right: one of them.
    """,
    """OMI003: an anchor or alias: a word after & or *, which YAML takes for a reference.

    Nothing here needs them, so it is nearly always a text that begins with one of these signs.

    Wrong: `title: *Good* work`. Right: `title: "*Good* work"`.
    """,
    """OMI004: a tag: a word after !, which YAML takes for a command.

    Content says what was found; it never tells a program what to do.

    Wrong: `title: !Important`. Right: `title: "!Important"`.
    """,
    """OMI005: a value that can't be meant: nested 30 levels deep, or a number of more than 15 digits.

    A bracket may have been left open, or a reference was written as a number.

    Wrong: `isbn_pdf: 97818472635759781847`. Right: `isbn_pdf: 978-1-84726-357-5`.
    """,
    """OMI006: a character that a text can't hold: an invisible one, one that turns the direction, or one that is not UTF-8.

    Such characters come along when text is pasted from elsewhere. Some can't be seen at all, and some make words look
    other than they are.

    Wrong: a key with a no-break space behind it. Right: the key typed anew.
    """,
    """OMI007: a file of more than five megabytes, or of more than 100,000 values.

    No file of an inspection comes near that; it is most likely another file.

    Wrong: a scanned report as `narrative.yaml`. Right: its text.
    """,
    """OMI008: a file that can't be opened, or that is a link to elsewhere.

    A report is made of what is in its folder, and of nothing outside it.

    Wrong: a link to a file on your own disk. Right: the file itself.
    """,
    """OMI009: a file that is no part of an inspection, by its name, or whose name another computer could not hold.

    It would be left out without a word, so it is told. An inspection's files have fixed names.

    Wrong: `findings/1.2.yaml` or `narrative.yml`. Right: `findings/1-2.yaml`, `narrative.yaml`.
    """,
    """OMI010: a file that an inspection can't do without, or two of which only one can be read.

    Without `inspection.yaml` nobody knows which area was inspected, and nothing of the folder is published.

    Wrong: `case_scores.csv` beside `case_scores.yaml`. Right: one of them.
    """,
    """OMI011: something in a text that could act: HTML, an attribute, or a link that runs a script.

    Texts are text: prose of the data with a little Markdown, hand-written pages with headings, lists, links and pictures
    too. At the top of such a page only `title` and `description` may stand.

    Wrong: `<b>Important</b>`. Right: `**Important**`.
    """,
    """OMI012: something in case answers that could tell who a person is.

    Cases are real people. A name, a date of birth, an official number, a postcode or the like is refused before anything
    else is said of the file, and never repeated. If the file was committed, tell your data protection officer.

    Wrong: a column `Surname`. Right: made-up references such as `C017`.

    Source: the Code of Practice for Statistics, T6, and data protection law.
    """,
    """OMI013: a table of case answers that isn't shaped like one: a row too long, or a column without a heading.

    Each row is a case and each column a question; a cell out of place would be counted for another question.

    Wrong: a row with more cells than there are headings. Right: a cell under each heading.
    """,
    """OMI014: an export of case answers that can't be brought in as it is.

    `omi import-cases` names each row and column: a heading that is no question of the framework, a word that is no
    answer, a case that stands twice or has no made-up reference.

    Wrong: `Y` in a column of answers, with no mapping. Right: a mapping with `sufficient: [Y]`.
    """,
    """OMI015: a picture on a hand-written page with no words for those who can't see it.

    A screen reader would say the name of its file, or nothing.

    Wrong: `![](assets/map.png)`. Right: `![The ten regions on a map](assets/map.png)`.

    Source: WCAG 2.2, 1.1.1.
    """,
    """OMI101: a key that isn't known here.

    It is most often a slip of the hand, or stands at the wrong depth. Nothing under it would be published.

    Wrong: `strenghts:`. Right: `strengths:`.
    """,
    """OMI102: a key that is missing.

    The part can't do without it.

    Wrong: a finding without `letter`. Right: `letter: a` above its text.
    """,
    """OMI103: a value of another kind than belongs here: a text for a number, one value for a list.

    Numbers of criteria are texts, because 1.10 would lose its 0 as a number; scores are numbers.

    Wrong: `published_score: "65%"` and `criterion: 1.2`. Right: `published_score: 65` and `criterion: "1.2"`.
    """,
    """OMI104: a word that is not among those that can stand here.

    Wrong: `status: draft`. Right: `status: in_preparation`.
    """,
    """OMI105: a value that doesn't fit: an empty text, a number too large, a date in another form.

    The message says what would fit.

    Wrong: `date: 15/08/2007`. Right: `date: 2007-08-15`.
    """,
    """OMI207: a day that the calendar doesn't have.

    Wrong: `date: 2007-02-30`. Right: `date: 2007-02-28`.
    """,
    """OMI901: a translation of what isn't there: a key, letter, number or file that the original doesn't have.

    A file in the folder `cy` has the keys of the file of the same name outside it, and under them the words in Welsh.
    What it leaves out isn't translated yet; what it has too much would be lost.

    Wrong: `letter: d` in cy/findings/1-1.yaml, where findings/1-1.yaml ends with (c). Right: letters that are there.
    """,
    """OMI902: something other than words that a translation has otherwise than the original.

    Scores, dates, references and figures of tables are no matter of language. A translation may leave them out.

    Wrong: `value: 3733` in cy/inspection.yaml for `value: 3734`. Right: the same value, or the label alone.
    """,
)

GROUPS = {
    "OMI0": "Reading a file",
    "OMI1": "What stands where",
    "OMI2": "How the parts fit together",
    "OMI3": "Figures in the text",
    "OMI4": "Scores, answers and targets",
    "OMI5": "Words, names and abbreviations",
    "OMI6": "House style and spelling",
    "OMI7": "What was published",
    "OMI8": "Addresses that moved",
    "OMI9": "English and Welsh",
}
"""What the codes of each hundred are about."""

_TITLE = re.compile(r"(OMI\d{3})(?: \((warning)\))?: (.*)", re.DOTALL)
_EXAMPLE = re.compile(r"(?:Wrong|To look at): (?P<wrong>.*?)\s+Right: (?P<right>.*)", re.DOTALL)


@dataclass(frozen=True)
class RulePage:
    """What is to be known of a rule; words between backticks are as they are written in a file."""

    code: str
    severity: Severity
    title: str
    """What it finds, as a sentence."""
    reasons: tuple[str, ...]
    """Why, paragraph by paragraph."""
    wrong: str
    """What it finds fault with; for a warning what a person should look at."""
    right: str
    source: str
    """Where the rule comes from, if not from common sense."""

    @property
    def anchor(self) -> str:
        """Its place on the page of the rules."""
        return self.code.lower()


def rule_pages() -> tuple[RulePage, ...]:
    """Return what is to be known of every rule, by code."""
    functions = [*RULES, without_explained, still_there, leads_nowhere]
    docstrings = [*WHILE_READING, *(function.__doc__ or "" for function in functions)]
    return tuple(sorted((rule_page(docstring) for docstring in docstrings), key=lambda rule: rule.code))


def rule_page(docstring: str) -> RulePage:
    """Read the docstring of a rule; raise ValueError where it isn't in the form that all of them have."""
    first, *rest = (" ".join(part.split()) for part in inspect.cleandoc(docstring).split("\n\n"))
    title = _TITLE.fullmatch(first)
    examples = [found for part in rest if (found := _EXAMPLE.fullmatch(part))]
    if title is None or len(examples) != 1:
        raise ValueError(f"not the docstring of a rule: {first}")
    code, warning, said = title.groups()
    reasons = tuple(part for part in rest if not _EXAMPLE.fullmatch(part) and not part.startswith("Source: "))
    source = next((part.removeprefix("Source: ") for part in rest if part.startswith("Source: ")), "")
    severity = Severity.WARNING if warning else Severity.ERROR
    wrong, right = (_example(examples[0][name]) for name in ("wrong", "right"))
    return RulePage(code, severity, f"{said[0].upper()}{said[1:]}", reasons, wrong, right, source)


def _example(text: str) -> str:
    """Return an example without the full stop behind words that are to be typed."""
    return f"{text[0].upper()}{text[1:]}".removesuffix(".") if text.endswith("`.") else f"{text[0].upper()}{text[1:]}"


def by_group(rules: tuple[RulePage, ...]) -> Iterator[tuple[str, list[RulePage]]]:
    """Yield the title of each group of rules and its rules, in order; empty groups are left out."""
    for start, title in GROUPS.items():
        if inside := [rule for rule in rules if rule.code.startswith(start)]:
            yield title, inside
