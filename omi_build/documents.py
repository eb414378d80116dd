"""Reads a file of the content safely: plain values, or problems; and says where any value stands.

YAML means what was written: only `true` and `false` are booleans, dates and `010` stay text, and a doubled key is
an error. The parser's events are walked with a stack of our own, not composed by the library: its C composer
recurses, and a file of 200,000 brackets crashes Python. Aliases are refused outright: nothing here needs them, and
without them a file's value is never larger than the file.

What kind of document a file is follows from its path (`KINDS`); nothing else in the content folder is data.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from omi_build.problems import Place, Problem
from omi_build.sources import Key, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "areas.yaml": "areas",
    "glossary.yaml": "glossary",
    "frameworks/*.yaml": "framework",
    "inspections/*/inspection.yaml": "inspection",
    "inspections/*/narrative.yaml": "narrative",
    "inspections/*/findings/*.yaml": "findings",
    "inspections/*/good_practice.yaml": "good_practice",
    "inspections/*/recommendations.yaml": "recommendations",
    "inspections/*/targets.yaml": "targets",
    "inspections/*/case_scores.yaml": "case_scores",
    "inspections/*/case_scores.json": "case_scores",
}
"""Which files are data, and of which kind: the kind names the schema."""

DATA_FOLDERS = ("frameworks", "inspections")
"""Folders in which every file must be one of `KINDS`."""

MAX_BYTES = 5_000_000
MAX_DEPTH = 30
MAX_DIGITS = 15

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """A file that could be read."""

    source: Source
    kind: str
    """The name of its schema, as in `KINDS`."""
    folder: str
    """The folder of its inspection, or '' for a document of the whole site."""
    value: Any
    """Plain values: dict, list, str, int, float, bool, None."""


@dataclass(frozen=True)
class Reading:
    """What was found in a content folder."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


class Fault(Exception):
    """A file can't be read on from here; carries what to tell, without the path."""

    def __init__(self, code: str, message: str, hint: str, place: Place) -> None:
        """Take the parts of the problem."""
        super().__init__(message)
        self.code, self.message, self.hint, self.place = code, message, hint, place

    def problem(self, path: str) -> Problem:
        """Return the problem for the file at `path`."""
        return Problem(Source(path), self.code, self.message, self.hint, place=self.place)


class Spot(NamedTuple):
    """Where a value and its key stand in the text, as character offsets."""

    key: int
    start: int
    end: int


@dataclass
class Parsed:
    """The value of a text, its doubled keys, and (when asked for) where each value stands."""

    value: Any
    faults: list[Fault]
    spots: dict[tuple[Key, ...], Spot]


def read_content(content: Path) -> Reading:
    """Read every data file below `content`, in the order of the paths.

    Files of a kind in `KINDS` become documents; other files in the data folders are problems, since a misnamed
    file would otherwise be left out in silence. Hidden files are passed over.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for file in _data_files(content):
        inside = file.relative_to(content).as_posix()
        path = f"{content.name}/{inside}"
        kind = kind_of(inside)
        if kind is None:
            problems.append(_unknown_file(path, inside))
            continue
        try:
            text = read_text(file, content)
            parsed = parse(text, json_text=file.suffix == ".json")
        except Fault as fault:
            problems.append(fault.problem(path))
            continue
        problems += [fault.problem(path) for fault in parsed.faults]
        if not parsed.faults:
            parts = inside.split("/")
            folder = parts[1] if parts[0] == "inspections" else ""
            documents.append(Document(Source(path), kind, folder, parsed.value))
    return Reading(tuple(documents), tuple(problems))


def kind_of(inside: str) -> str | None:
    """Return the kind of the document at this path inside the content folder, or None."""
    for pattern, kind in KINDS.items():
        if fnmatchcase(inside, pattern) and inside.count("/") == pattern.count("/"):
            return kind
    return None


def _data_files(content: Path) -> Iterator[Path]:
    single = [content / pattern for pattern in KINDS if "/" not in pattern]
    nested = [file for folder in DATA_FOLDERS for file in (content / folder).rglob("*") if not file.is_dir()]
    yield from sorted(
        file
        for file in [*(file for file in single if file.exists() or file.is_symlink()), *nested]
        if not any(part.startswith(".") for part in file.relative_to(content).parts)
    )


def _unknown_file(path: str, inside: str) -> Problem:
    if inside.endswith(".yml") and kind_of(inside[:-3] + "yaml"):
        hint = f"Rename it to {inside.rsplit('/', 1)[-1][:-3]}yaml."
    else:
        names = sorted({pattern.rsplit("/", 1)[-1] for pattern in KINDS if pattern.startswith("inspections/*")})
        hint = f"An inspection has these files: {', '.join(names)} (findings in the folder findings)."
    return Problem(Source(path), "OMI009", "this file is not part of an inspection's data", hint, place=Place(1, 1))


def read_text(file: Path, content: Path) -> str:
    """Return the text of a file, which must lie inside `content`, be of a fair size and be UTF-8.

    Raises Fault, with its place, where it isn't so.
    """
    start = Place(1, 1)
    resolved = file.resolve()
    if not resolved.is_relative_to(content.resolve()):
        raise Fault("OMI008", "this is a link to a file outside the content folder", "Put the file itself here.", start)
    try:
        size = resolved.stat().st_size
        if not resolved.is_file():
            raise Fault("OMI008", "this is not a regular file", "Put a plain text file here.", start)
        if size > MAX_BYTES:
            message = f"this file is too large: {size / 1e6:.1f} MB, where {MAX_BYTES / 1e6:.0f} MB are allowed"
            raise Fault("OMI007", message, "Is it the right file? Large texts belong in several files.", start)
        raw = resolved.read_bytes()
    except OSError as error:
        raise Fault("OMI008", f"this file can't be read: {error.strerror}", "Look at its permissions.", start) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        hint = "Save the file as UTF-8 (in most editors: Save with encoding → UTF-8)."
        raise Fault("OMI006", "this character is not UTF-8", hint, _place(before, len(before))) from None
    if control := _CONTROL.search(text):
        message = f"an invisible control character (code {ord(control.group()):#x}) stands here"
        raise Fault(
            "OMI006", message, "Delete it; it often comes along when text is pasted.", _place(text, control.start())
        )
    return text


def parse(text: str, *, json_text: bool = False, spots: bool = False) -> Parsed:
    """Read a text into plain values.

    With `spots`, note where each value stands (JSON is then read as the YAML that it is). Raises Fault where the
    text can't be read on; doubled keys are collected instead, all of them.
    """
    if json_text and not spots:
        return _parse_json(text)
    return _Walk(text, spots=spots).run()


def locate(text: str, problem: Problem) -> Place:
    """Return where in the text of its file a problem stands: the quoted words, else the value or its key."""
    if problem.place is not None:
        return problem.place
    try:
        spots = parse(text, spots=True).spots
    except Fault as fault:
        return fault.place
    pointer = problem.source.pointer
    while pointer and pointer not in spots:
        pointer = pointer[:-1]
    if pointer not in spots:
        return Place(1, 1)
    spot = spots[pointer]
    if problem.quote:
        words = r"\s+".join(re.escape(word) for word in problem.quote.split())
        if found := re.search(words, text[spot.start : spot.end]):
            return _place(text, spot.start + found.start())
    at_key = problem.at_key and pointer == problem.source.pointer
    return _place(text, spot.key if at_key else spot.start)


def lines_of(text: str) -> list[str]:
    """Split a text into its lines, as the YAML reader counts them."""
    return _LINE_BREAK.split(text)


def _place(text: str, offset: int) -> Place:
    before = lines_of(text[:offset])
    return Place(len(before), len(before[-1]) + 1)


def _parse_json(text: str) -> Parsed:
    doubled: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            doubled.append("")
        return value

    try:
        value = json.loads(text, object_pairs_hook=mapping, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        hint = "JSON needs double quotes around every text and a comma between entries, but none after the last."
        raise Fault("OMI001", f"this is not JSON: {error.msg}", hint, Place(error.lineno, error.colno)) from None
    except (RecursionError, ValueError):
        raise Fault(
            "OMI005", "this file is nested too deeply, or holds an impossible number", "", Place(1, 1)
        ) from None
    # Only the walk over YAML's events knows the two places of a doubled key.
    return Parsed(value, _Walk(text, spots=False).run().faults if doubled else [], {})


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class _Loader(yaml.CSafeLoader):
    """The C parser; its events are all that is used of it."""


class _Walk:
    """One walk over the events of a text."""

    def __init__(self, text: str, *, spots: bool) -> None:
        self.text = text
        self.keep_spots = spots
        self.faults: list[Fault] = []
        self.spots: dict[tuple[Key, ...], Spot] = {}
        self.root: Any = None
        self.stack: list[_Open] = []

    def run(self) -> Parsed:
        documents = 0
        try:
            for event in yaml.parse(self.text, _Loader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        hint = "Remove the line ---, or put what follows in a file of its own."
                        raise Fault("OMI001", "a second document starts here", hint, _mark(event.start_mark))
                elif isinstance(event, yaml.AliasEvent):
                    hint = f"A text that starts with * must stand in quotation marks: '*{event.anchor}'."
                    raise Fault("OMI003", "an alias stands here; they are not used", hint, _mark(event.start_mark))
                elif isinstance(event, yaml.NodeEvent):
                    self._node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    closed = self.stack.pop()
                    self._spot(closed.pointer, closed.own_key_index, closed.start, event.end_mark.index)
        except yaml.MarkedYAMLError as error:
            raise _syntax_fault(self.text, error) from None
        except yaml.YAMLError:
            raise Fault("OMI006", "a character that YAML does not allow", "Delete it.", Place(1, 1)) from None
        return Parsed(self.root, self.faults, self.spots)

    def _node(self, event: yaml.NodeEvent) -> None:
        mark = _mark(event.start_mark)
        explicit_tag = event.tag is not None
        if event.anchor is not None:
            hint = f"A text that starts with & must stand in quotation marks: '&{event.anchor}'."
            raise Fault("OMI003", "an anchor stands here; they are not used", hint, mark)
        if explicit_tag:
            hint = "Remove it; a text that starts with ! must stand in quotation marks."
            raise Fault("OMI004", f"a tag ({event.tag}) stands here; they are not used", hint, mark)
        parent = self.stack[-1] if self.stack else None
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, parent)
            return
        if len(self.stack) >= MAX_DEPTH:
            raise Fault("OMI005", f"this is nested more than {MAX_DEPTH} levels deep", "Is a bracket left open?", mark)
        if parent is not None and parent.awaits_key:
            hint = "A key is a plain word. Put a text that contains braces or brackets in quotation marks."
            raise Fault("OMI001", "a list or mapping stands where a key should be", hint, mark)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        pointer, key_index = self._put(value, event)
        self.stack.append(_Open(value, pointer, key_index, event.start_mark.index))

    def _scalar(self, event: yaml.ScalarEvent, parent: _Open | None) -> None:
        if parent is not None and parent.awaits_key:
            key = event.value
            place = _mark(event.start_mark)
            if key in parent.keys:
                message = f"the key `{key}` stands here a second time; the first is in line {parent.keys[key].line}"
                hint = "Keep one of the two, or join what they say."
                self.faults.append(Fault("OMI002", message, hint, place))
            parent.keys[key] = parent.keys.get(key, place)
            parent.key, parent.key_index = key, event.start_mark.index
            return
        plain = event.style is None or event.style == ""
        value = _plain_value(event.value, _mark(event.start_mark)) if plain else event.value
        pointer, key_index = self._put(value, event)
        self._spot(pointer, key_index, event.start_mark.index, event.end_mark.index)

    def _put(self, value: Any, event: yaml.NodeEvent) -> tuple[tuple[Key, ...], int]:
        if not self.stack:
            self.root = value
            return (), event.start_mark.index
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
            return (*parent.pointer, len(parent.value) - 1), event.start_mark.index
        key, index = parent.key, parent.key_index
        assert key is not None
        parent.value[key] = value
        parent.key = None
        return (*parent.pointer, key), index

    def _spot(self, pointer: tuple[Key, ...], key: int, start: int, end: int) -> None:
        if self.keep_spots:
            self.spots[pointer] = Spot(key, start, end)


class _Open:
    """A collection that the walk is inside of."""

    def __init__(self, value: Any, pointer: tuple[Key, ...], key_index: int, start: int) -> None:
        self.value, self.pointer, self.start = value, pointer, start
        self.own_key_index = key_index
        self.key: str | None = None
        self.key_index = start
        self.keys: dict[str, Place] = {}

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


def _plain_value(word: str, place: Place) -> Any:
    """Return what an unquoted word means in YAML 1.2, of which only this much is read."""
    if word in {"", "null", "~"}:
        return None
    if word in {"true", "false"}:
        return word == "true"
    number = int if _INTEGER.fullmatch(word) else float if _DECIMAL.fullmatch(word) else None
    if number is None:
        return word
    if len(word) > MAX_DIGITS:
        raise Fault(
            "OMI005",
            f"this number has more than {MAX_DIGITS} digits",
            "Put it in quotation marks if it is a text.",
            place,
        )
    return number(word)


def _mark(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _syntax_fault(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """Say what a person most likely did where the parser gave up."""
    lines = lines_of(text)
    mark = error.problem_mark or error.context_mark
    place = _mark(mark)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    before, at = line[: place.column - 1], line[place.column - 1 : place.column]
    opened = _mark(error.context_mark) if error.context_mark else place
    problem, context = error.problem or "", error.context or ""

    if "\t" in line[: len(line) - len(line.lstrip())]:
        tab = Place(place.line, line.index("\t") + 1)
        return Fault("OMI001", "a tab stands at the start of this line", "Indent with spaces: two for each step.", tab)
    if "quoted scalar" in context:
        hint = "Close it, or take a text block (|-) for a text with quotation marks in it."
        return Fault("OMI001", "the quotation mark that opens here is never closed", hint, opened)
    if "flow" in context:
        opening = lines[opened.line - 1][opened.column - 1]
        hint = "Close it, or put a text that starts with a bracket in quotation marks."
        return Fault("OMI001", f"the {opening} that opens here is never closed", hint, opened)
    if "mapping values are not allowed" in problem:
        return _colon_fault(lines, place, before)
    if "could not find expected ':'" in problem:
        return Fault(
            "OMI001",
            "this line has no colon after its key",
            "Write `key: value`; a text over several lines needs |- and indentation.",
            opened,
        )
    if "cannot start any token" in problem or "alphabetic or numeric" in problem or "directive" in context:
        return Fault("OMI001", f"a text can't start with {at or line[:1]}", "Put the text in quotation marks.", place)
    if before.rstrip().endswith(("'", '"')):
        hint = "Put the whole text in quotation marks, or take a text block (|-)."
        return Fault("OMI001", "there is more text after the closing quotation mark", hint, place)
    if "block scalar" in context:
        hint = "Write |- alone at the end of the line and the text below it, indented."
        return Fault("OMI001", "a text can't begin on the same line as |-", hint, place)
    if "did not find expected" in problem:
        hint = "Line it up with the lines it belongs to: keys below keys, and each - below the - before it."
        return Fault(
            "OMI001",
            f"this line is not indented like the lines around it (it starts in column {place.column})",
            hint,
            place,
        )
    return Fault(
        "OMI001",
        f"this can't be read as YAML: {problem}",
        "Look at the indentation, colons and quotation marks here.",
        place,
    )


def _colon_fault(lines: list[str], place: Place, before: str) -> Fault:
    if re.search(r":\s", before):
        hint = 'A text with a colon in it must stand in quotation marks: title: "First: second".'
        return Fault("OMI001", "there is a second colon in this line", hint, place)
    previous = next((n for n in range(place.line - 1, 0, -1) if lines[n - 1].strip()), 0)
    above = lines[previous - 1] if previous else ""
    column = len(before) - len(before.lstrip()) + 1
    if above and ":" not in above:
        hint = "Write a colon after the key, or indent a text of several lines below |-."
        return Fault(
            "OMI001", f"the line above this key (line {previous}) has no colon", hint, Place(place.line, column)
        )
    hint = f"A key stands in the same column as its neighbours; line {previous} already has a value."
    return Fault("OMI001", "this line is indented too far", hint, Place(place.line, column))
