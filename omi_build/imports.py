"""Brings an information manager's export of case answers into the form of `case_scores.csv`.

What the columns and the answer codes of an export mean is told by a small mapping; what it doesn't tell is read as the
framework names it. Whatever can't be read is refused with its row and column, and nothing is guessed.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from omi_build.documents.faults import Fault
from omi_build.documents.identity import identity_faults
from omi_build.documents.tables import CASE, STRATA, Cell, Sheet, letter, read_sheet
from omi_build.model.inspection import Answer
from omi_build.problems import Place, Problem, Severity, errors, nearest
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from omi_build.model.framework import Framework

CODES = {
    Answer.SUFFICIENT: ("sufficient", "yes", "y", "above", "above the line", "met"),
    Answer.INSUFFICIENT: ("insufficient", "no", "n", "below", "below the line", "not met"),
    Answer.NOT_APPLICABLE: ("not_applicable", "not applicable", "na", "n/a"),
}
"""Answer codes that are understood without a mapping."""

YES = {"yes", "y", "true", "1", "x"}
NO = {"no", "n", "false", "0", ""}
"""What a column of a stratum may say, where the mapping doesn't tell."""

FEW = 10
"""As many missing questions as a message lists."""

MOST = 50
"""As many messages as are of use to anybody."""


@dataclass(frozen=True)
class CaseMapping:
    """What the columns and codes of an export mean."""

    case: str = ""
    """The heading of the column with the made-up reference; '' makes references up, by row."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """Heading → ref of the question."""
    strata: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Stratum → heading → the codes that mean it."""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answer → its codes."""
    ignore: tuple[str, ...] = ()
    """Headings of columns to leave out."""


@dataclass(frozen=True)
class Imported:
    """What came of an export."""

    text: str
    """`case_scores.csv`, or '' where something is wrong."""
    problems: tuple[Problem, ...]
    cases: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)
    """How many answers there are of each kind."""


def mapping_of(value: Mapping[str, Any]) -> CaseMapping:
    """Return the mapping that a document states; it has passed its schema."""
    return CaseMapping(
        value.get("case", ""),
        value.get("questions", {}),
        {
            stratum: {where["column"]: tuple(str(code) for code in where["values"])}
            for stratum, where in value.get("strata", {}).items()
        },
        {answer: tuple(str(code) for code in codes) for answer, codes in value.get("answers", {}).items()},
        tuple(value.get("ignore", ())),
    )


def decode_export(raw: bytes) -> str:
    """Return the text of an export, as spreadsheets write it: UTF-16 or UTF-8 with their marks, else Windows-1252."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def import_cases(
    text: str, path: str, mapping: CaseMapping, framework: Framework, *, synthetic: bool = False
) -> Imported:
    """Return the answers of an export in canonical form, or every reason why not.

    `path` is the export's, for messages; `synthetic` says that its cases are made up.
    """
    source = Source(path)
    if identity := identity_faults(text, None, table=True):
        return Imported("", tuple(fault.problem(path) for fault in identity))
    try:
        sheet, faults = read_sheet(text)
    except Fault as fault:
        return Imported("", (fault.problem(path),))
    problems = [fault.problem(path) for fault in faults]
    if not sheet.header:
        return Imported("", tuple(problems))
    columns, found = _columns(sheet, mapping, framework, source)
    problems += found
    rows, found = _cases(sheet, columns, mapping, source)
    problems += found
    if errors(problems):
        return Imported("", tuple(_first(problems, source)))
    refs = [ref for ref in framework.questions if ref in columns.questions.values()]
    out = io.StringIO()
    if synthetic:
        out.write("# synthetic: true\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([CASE, STRATA, *refs])
    order = _strata(framework)
    for reference, strata, answers in rows:
        writer.writerow([reference, " ".join(one for one in order if one in strata), *(answers[ref] for ref in refs)])
    kinds = Counter(answer for _, _, answers in rows for answer in answers.values())
    return Imported(out.getvalue(), tuple(problems), len(rows), dict(sorted(kinds.items())))


@dataclass(frozen=True)
class _Columns:
    """What each column of an export is, by its number from 0."""

    case: int | None
    questions: Mapping[int, str]
    strata: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]]
    """(stratum, the codes that mean it); without codes a yes means it."""
    listed: int | None
    """A column that lists strata by their keys."""


def _columns(
    sheet: Sheet, mapping: CaseMapping, framework: Framework, source: Source
) -> tuple[_Columns, list[Problem]]:
    strata = _strata(framework)
    at = {_plain(cell.text): n for n, cell in enumerate(sheet.header)}
    named = {_plain(heading): ref for heading, ref in mapping.questions.items()}
    ignored = {_plain(heading) for heading in mapping.ignore}
    by_column: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for stratum, columns in mapping.strata.items():
        for heading, codes in columns.items():
            if _plain(heading) in at:
                by_column.setdefault(at[_plain(heading)], []).append((stratum, codes))
    case = at.get(_plain(mapping.case or CASE))
    listed = None if STRATA in ignored else at.get(STRATA)
    questions: dict[int, str] = {}
    problems = list(_mapping_problems(sheet, mapping, framework, source))
    for n, cell in enumerate(sheet.header):
        name = _plain(cell.text)
        if n in {case, listed} or name in ignored or n in by_column or not name:
            continue
        if name in named or cell.text in framework.questions:
            questions[n] = named.get(name, cell.text)
        elif name in strata:
            by_column[n] = [(name, ())]
        else:
            problems.append(_unknown_column(n, cell, framework, strata, source))
    problems += _question_problems(list(questions.values()), sheet, framework, source)
    return _Columns(case, questions, {n: tuple(these) for n, these in by_column.items()}, listed), problems


def _mapping_problems(sheet: Sheet, mapping: CaseMapping, framework: Framework, source: Source) -> Iterator[Problem]:
    """Yield what the mapping names that is neither in the export nor in the framework."""
    place, strata = sheet.header[0].place, _strata(framework)
    headings = {_plain(cell.text) for cell in sheet.header}
    wanted = [mapping.case, *mapping.questions, *mapping.ignore]
    wanted += [heading for columns in mapping.strata.values() for heading in columns]
    for heading in dict.fromkeys(filter(None, wanted)):
        if _plain(heading) not in headings:
            hint = nearest(heading, [cell.text for cell in sheet.header]) or "Look at the first row of the export."
            message = f"the mapping names a column `{heading}` that the export doesn't have"
            yield Problem(source, "OMI014", message, hint, place=place)
    for heading, ref in mapping.questions.items():
        if ref not in framework.questions:
            message = f"the mapping leads `{heading}` to {ref}, which is no question of {framework.short_title}"
            hint = nearest(ref, framework.questions) or "Look at the questions of the framework."
            yield Problem(source, "OMI014", message, hint, place=place)
    for stratum in mapping.strata:
        if stratum not in strata:
            message = f"the mapping names a stratum `{stratum}` that {framework.short_title} doesn't have"
            hint = nearest(stratum, strata) or f"There are: {', '.join(strata) or 'none'}."
            yield Problem(source, "OMI014", message, hint, place=place)


def _question_problems(refs: list[str], sheet: Sheet, framework: Framework, source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the questions that the export has columns for."""
    place = sheet.header[0].place
    for ref, times in Counter(refs).items():
        if times > 1:
            message = f"{times} columns are question {ref}"
            yield Problem(source, "OMI014", message, "Each question has one column.", place=place)
    missing = [ref for ref in framework.questions if ref not in refs]
    if not refs:
        hint = 'Name the columns of the questions in a mapping file: questions: {"Q 1.2.3": "1.2.3"}.'
        yield Problem(source, "OMI014", "no column is a question", hint, place=place)
    elif missing:
        more = f" and {len(missing) - FEW} more" if len(missing) > FEW else ""
        message = f"there is no column for {len(missing)} questions: {', '.join(missing[:FEW])}{more}"
        hint = "They count as not answered. Add the columns, or name them in the mapping."
        yield Problem(source, "OMI014", message, hint, Severity.WARNING, place=place)


def _strata(framework: Framework) -> list[str]:
    return [stratum.stratum for stratum in framework.sample.strata] if framework.sample else []


def _unknown_column(n: int, cell: Cell, framework: Framework, strata: list[str], source: Source) -> Problem:
    near = nearest(cell.text, [CASE, STRATA, *strata, *framework.questions])
    hint = near or "Say in the mapping which question or stratum it is (questions, strata), or leave it out (ignore)."
    message = f"column {letter(n)} ({cell.text[:60]}) is not known"
    return Problem(source, "OMI014", message, hint, place=cell.place)


Row = tuple[str, frozenset[str], dict[str, str]]
"""The reference of a case, its strata, its answers by question."""


def _cases(sheet: Sheet, columns: _Columns, mapping: CaseMapping, source: Source) -> tuple[list[Row], list[Problem]]:
    codes = {_plain(code): answer.value for answer, known in CODES.items() for code in known}
    codes |= {_plain(code): answer for answer, known in mapping.answers.items() for code in known}
    problems: list[Problem] = []
    unknown: dict[str, list[tuple[int, Cell]]] = {}
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        reference = f"C{number:03}" if columns.case is None else row[columns.case].text
        if columns.case is not None:
            problems += _reference_problems(row[columns.case], columns.case, seen, source)
        strata = set(row[columns.listed].text.lower().split()) if columns.listed is not None else set()
        for n, meanings in columns.strata.items():
            said = _plain(row[n].text)
            for stratum, meant in meanings:
                if said in ({_plain(code) for code in meant} or YES):
                    strata.add(stratum)
                elif not meant and said not in NO:
                    unknown.setdefault(said, []).append((n, row[n]))
        answers = {}
        for n, ref in columns.questions.items():
            said = _plain(row[n].text)
            if said in codes:
                answers[ref] = codes[said]
            else:
                unknown.setdefault(said, []).append((n, row[n]))
        rows.append((reference, frozenset(strata), answers))
    for said, cells in unknown.items():
        problems.append(_unknown_code(said, cells, sheet, source))
    return rows, problems


def _reference_problems(cell: Cell, column: int, seen: dict[str, int], source: Source) -> Iterator[Problem]:
    where = f"row {cell.place.line}, column {letter(column)}"
    if not cell.text:
        yield Problem(
            source,
            "OMI014",
            f"{where}: the case has no reference",
            "Give it a made-up one, such as C017.",
            place=cell.place,
        )
    elif cell.text in seen:
        message = f"{where}: case {cell.text} stands in row {seen[cell.text]} already"
        yield Problem(source, "OMI014", message, "Each case stands once; remove one of the two.", place=cell.place)
    else:
        seen[cell.text] = cell.place.line
        if not (cell.text.isascii() and cell.text.isalnum() and cell.text[:1].isupper() and cell.text[-1].isdigit()):
            hint = "One to three capital letters and up to four digits, made up for this file: C017. Or leave `case` out of the mapping."
            yield Problem(
                source, "OMI014", f"{where}: this is no made-up reference", hint, place=cell.place, confidential=True
            )


def _unknown_code(said: str, cells: list[tuple[int, Cell]], sheet: Sheet, source: Source) -> Problem:
    n, cell = cells[0]
    more = f", and in {len(cells) - 1} more cells" if len(cells) > 1 else ""
    where = f"row {cell.place.line}, column {letter(n)} ({sheet.header[n].text})"
    if not said:
        message = f"{where}: there is no answer{more}"
        hint = 'Fill it in; or, if an empty cell means not applicable, say so in the mapping: answers: {not_applicable: [""]}.'
    else:
        message = f"{where}: `{cell.text[:40]}` is no answer that is known{more}"
        hint = f"Say in the mapping what it means: answers: {{sufficient: [{cell.text[:40]}]}}."
    return Problem(source, "OMI014", message, hint, place=cell.place)


def _first(problems: list[Problem], source: Source) -> list[Problem]:
    if len(problems) <= MOST:
        return problems
    rest = Problem(
        source, "OMI014", f"{len(problems) - MOST} more problems of this kind", "Mend these first.", place=Place(1, 1)
    )
    return [*problems[:MOST], rest]


def _plain(text: str) -> str:
    """Return a heading or code as it is compared: without outer spaces, capitals, and non-breaking spaces."""
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").lower().split())
