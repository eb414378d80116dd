"""Reads case answers from a table: one row a case, one column a question, as an information manager exports them.

The habits of spreadsheets are survived: semicolons or tabs between cells, empty rows and columns at the end, spaces
around a word, capitals. What a cell says is read by Python's own csv module; where it stands is worked out here.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.documents.faults import LINE_BREAK, Fault, lines_of
from omi_build.documents.reading import Parsed, Spot, check_number
from omi_build.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omi_build.sources import Key

SEPARATORS = ",;\t"
CASE, STRATA = "case", "strata"
"""The columns of `case_scores.csv` that are no questions."""
MADE_UP = "# synthetic: true"
"""A first line that says that the cases are made up."""

MAX_CELL = 2000


@dataclass(frozen=True)
class Cell:
    """One cell of a table, without the spaces around it."""

    text: str
    place: Place


@dataclass(frozen=True)
class Sheet:
    """A table with its headings."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """As many cells each as there are headings."""


def read_sheet(text: str, first: int = 1) -> tuple[Sheet, list[Fault]]:
    """Return the table of a text, and what is wrong with its form; rows with faults are left out.

    `first` is the number of the line that the text begins with. Raises Fault where there are more cells than a file may
    have values.
    """
    faults: list[Fault] = []
    lines = [*lines_of(text)]
    rows = [row for row in _rows(lines, first, faults) if any(cell.text for cell in row)]
    if not rows:
        hint = "The first row names the columns; each further row is a case."
        return Sheet((), ()), [*faults, Fault("OMI013", "this table is empty", hint, Place(first, 1))]
    header = _without_empty_end(rows[0])
    seen: dict[str, int] = {}
    for n, cell in enumerate(header):
        if not cell.text:
            faults.append(
                Fault("OMI013", f"column {letter(n)} has no heading", "Name the column, or delete it.", cell.place)
            )
        elif cell.text.lower() in seen:
            message = (
                f"column {letter(n)} has the same heading as column {letter(seen[cell.text.lower()])}: {cell.text}"
            )
            faults.append(Fault("OMI013", message, "Keep one of the two.", cell.place))
        seen.setdefault(cell.text.lower(), n)
    good = []
    for row in rows[1:]:
        cells = row[: len(header)]
        if len(cells) < len(header) or any(cell.text for cell in row[len(header) :]):
            message = f"this row has {len(_without_empty_end(row))} cells, but there are {len(header)} headings"
            hint = "Look for a separator too many or too few, or a cell that should be in quotation marks."
            faults.append(Fault("OMI013", message, hint, row[0].place))
        else:
            good.append(tuple(cells))
    return Sheet(tuple(header), tuple(good)), faults


def parse_table(text: str) -> Parsed:
    """Read `case_scores.csv` into the same value as its YAML form, and note where each value stands."""
    top, *below = LINE_BREAK.split(text.lstrip("\ufeff"), maxsplit=1)
    made_up = top.strip().rstrip(",;").lower() == MADE_UP
    sheet, faults = read_sheet("".join(below) if made_up else text, 2 if made_up and below else 1)
    starts = _line_starts(text)
    spots: dict[tuple[Key, ...], Spot] = {(): Spot(0, 0, len(text))}

    def spot(pointer: tuple[Key, ...], cell: Cell) -> None:
        start = starts[cell.place.line - 1] + cell.place.column - 1
        spots[pointer] = Spot(start, start, start + len(cell.text))

    cases = []
    for n, row in enumerate(sheet.rows):
        case: dict[str, Any] = {"answers": {}}
        spot(("cases", n), row[0])
        for heading, cell in zip(sheet.header, row, strict=True):
            name = heading.text.lower()
            if name == CASE:
                case[CASE] = cell.text
                spot(("cases", n, CASE), cell)
            elif name == STRATA:
                case[STRATA] = cell.text.lower().split()
                spot(("cases", n, STRATA), cell)
                for m in range(len(case[STRATA])):
                    spot(("cases", n, STRATA, m), cell)
            elif heading.text not in case["answers"]:
                case["answers"][heading.text] = cell.text.lower().replace(" ", "_")
                spot(("cases", n, "answers", heading.text), cell)
        cases.append(case)
    return Parsed({"cases": cases} | ({"synthetic": True} if made_up else {}), faults, spots)


def letter(column: int) -> str:
    """Return the letter that a spreadsheet shows above a column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(lines: list[str], first: int, faults: list[Fault]) -> Iterator[list[Cell]]:
    heading = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=heading.count)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    before = cells = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            place = Place(first + min(before, len(lines) - 1), 1)
            hint = "Look at the quotation marks of this row: each that opens must close before the next separator."
            faults.append(Fault("OMI013", f"this row can't be read as a table ({error})", hint, place))
            before = reader.line_num
            continue
        if row is None:
            return
        cells += len(row)
        check_number(cells, Place(first + min(before, len(lines) - 1), 1))
        yield _cells(row, lines[before] if before < len(lines) else "", separator, first + before)
        before = reader.line_num


def _cells(row: Sequence[str], line: str, separator: str, number: int) -> list[Cell]:
    """Return the cells of a row with their places; where quotation marks hide them, all stand at its beginning."""
    plain = '"' not in line
    column, cells = 1, []
    for text in row:
        stripped = text.strip(" \t\xa0\u202f")
        ahead = len(text) - len(text.lstrip(" \t\xa0\u202f"))
        cells.append(Cell(stripped[:MAX_CELL], Place(number, column + ahead if plain else 1)))
        column += len(text) + len(separator)
    return cells


def _without_empty_end(row: list[Cell]) -> list[Cell]:
    filled = [n for n, cell in enumerate(row) if cell.text]
    return row[: filled[-1] + 1] if filled else []


def _line_starts(text: str) -> list[int]:
    starts, end = [0], 0
    for line in lines_of(text):
        end += len(line)
        end += 2 if text[end : end + 2] == "\r\n" else 1
        starts.append(end)
    return starts
