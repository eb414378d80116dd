"""Rules on reports in two languages: the same figures in both, and no silence about what one of them lacks.

That a translation fits the file that it translates is found while the model is built (`model.translation`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from omi_build.citations import citations
from omi_build.languages import ENGLISH, WELSH
from omi_build.model.common import Prose
from omi_build.model.inspection import Inspection
from omi_build.model.programme import Programme
from omi_build.model.translation import figures_in, untranslated
from omi_build.problems import Problem, Severity
from omi_build.scoring import ScoredReport
from omi_build.sources import Source


def differing_figures(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI903: a figure in digits that a text has in one language and not in the other.

    Whoever reads the report in Welsh reads the same findings, so its figures must be the same. Numbers in words are not
    compared: each language has its own. A figure that is cited instead of typed (`[[share 1.2.3]]`) is the same by itself.

    Wrong: `73% of cases` with `37% o achosion` in cy. Right: `73% o achosion`.
    """
    for report in reports:
        for original in report.texts if programme.words else ():
            told = programme.words.get(original.source)
            if told is None:
                continue
            for mine, other, where in ((told, original, "the English"), (original, told, "the Welsh")):
                missing = Counter(_figures(other)) - Counter(_figures(mine))
                if missing:
                    figures = ", ".join(missing)
                    message = f"{where} has {figures}, and this text hasn't"
                    hint = "A report says the same in both languages: look which of the two is right."
                    yield Problem(mine.source, "OMI903", message, hint)
                    break


def lacking_in_welsh(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI904 (warning): a report in both languages with texts that have no words in Welsh.

    The Welsh report shows them in English, marked as such, and says so; nothing is hidden. Told once for each file.

    To look at: `languages: [en, cy]` and a finding (b) that stands in findings/1-1.yaml alone. Right: a finding (b) in
    cy/findings/1-1.yaml too.
    """
    for inspection in _in_both(programme):
        if not inspection.about.complete_in_welsh:
            for file, texts in _lacking(programme, inspection).items():
                yield Problem(Source(file), "OMI904", _told(len(texts)), _HINT, Severity.WARNING)


def incomplete_in_welsh(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI905: a text without words in Welsh in a report that says that it is complete in Welsh.

    Who reads `complete_in_welsh: true` relies on it, so what lacks is an error at its place.

    Wrong: `complete_in_welsh: true` and a finding (b) that stands in findings/1-1.yaml alone. Right: a finding (b) in
    cy/findings/1-1.yaml too.
    """
    for inspection in _in_both(programme):
        if inspection.about.complete_in_welsh:
            for texts in _lacking(programme, inspection).values():
                for text in texts:
                    hint = f"{_HINT} Or take complete_in_welsh out of inspection.yaml."
                    yield Problem(text.source, "OMI905", "this text has no words in Welsh", hint)


def unlisted_language(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI906: a folder of Welsh words in a report that doesn't say that it is in both languages.

    The words would be left out without a word, so it is told.

    Wrong: a file cy/narrative.yaml with no `languages`. Right: `languages: [en, cy]` in inspection.yaml.
    """
    for inspection in programme.inspections:
        if inspection.about.languages == (ENGLISH, WELSH):
            continue
        folder = inspection.about.source.path.rpartition("/")[0]
        there = any(text.source.path.startswith(f"{folder}/cy/") for text in programme.words.values())
        if there:
            message = "the folder cy has words of this report in Welsh, but its languages don't name both"
            hint = "Write languages: [en, cy], or take the folder cy away."
            yield Problem(inspection.about.source, "OMI906", message, hint)


_HINT = "Write the words into the file of the same name in the folder cy."


def _in_both(programme: Programme) -> Iterator[Inspection]:
    """Yield the inspections in both languages of which every file could be read."""
    for inspection in programme.inspections:
        if inspection.about.languages == (ENGLISH, WELSH) and not inspection.incomplete:
            yield inspection


def _lacking(programme: Programme, inspection: Inspection) -> dict[str, list[Prose]]:
    """Return the texts without words in Welsh by their file."""
    found: dict[str, list[Prose]] = {}
    for text in untranslated(inspection, programme.words):
        found.setdefault(text.source.path, []).append(text)
    return found


def _told(number: int) -> str:
    return "one text here has no words in Welsh" if number == 1 else f"{number} texts here have no words in Welsh"


def _figures(text: Prose) -> list[str]:
    words = text.text
    cited = [citation.written for citation in citations(words)]
    for written in cited:
        words = words.replace(written, " ", 1)
    return [*figures_in(words), *cited]
