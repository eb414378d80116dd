"""Says what a person most likely did where a text can't be read as YAML or JSON: an inspector has never seen either.

The parser tells what it missed and where it noticed; the slip is often in a line before that. The commonest slips are
told apart here by the line itself. What is not among them is told in the parser's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from omi_build.documents.faults import Fault, lines_of
from omi_build.problems import Place

if TYPE_CHECKING:
    import json
    from collections.abc import Iterator

BLOCK = "write |- after the key and the text on the lines below it, indented"

MAX_EXAMPLE = 60
"""How many characters of a line are repeated in a hint."""

SENTENCE = 4
"""A line of as many words is a text rather than a key."""

_TAB = re.compile(r"[ -]*\t")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})( |$)")
_NO_SPACE = re.compile(r"\s*(?:- +)*[^\s:'\"]+:(?=[^ \t])")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"\s*-(?=[^\s-])")
_QUOTES = ("'", '"')


@dataclass(frozen=True)
class _Slip:
    """What the parser tells, and the lines around it."""

    text: str
    lines: tuple[str, ...]
    problem: str
    context: str
    place: Place
    """Where the parser gave up."""
    opened: Place
    """Where what it was reading began."""

    @property
    def line(self) -> str:
        return self.line_at(self.place)

    @property
    def before(self) -> str:
        return self.line[: self.place.column - 1]

    @property
    def at(self) -> str:
        return self.character_at(self.place)

    def line_at(self, place: Place) -> str:
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def character_at(self, place: Place) -> str:
        return self.line_at(place)[place.column - 1 : place.column]

    @property
    def opening(self) -> str:
        return self.character_at(self.opened)

    @property
    def above(self) -> int:
        """The number of the last line above that has anything in it, or 0."""
        return next((n for n in range(self.place.line - 1, 0, -1) if self.lines[n - 1].strip()), 0)


def yaml_fault(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """Return the most likely slip where the YAML parser gave up."""
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    opened = Place(error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else place
    slip = _Slip(text, lines_of(text), error.problem or "", error.context or "", place, opened)
    for explain in (_by_line, _by_context, _by_problem, _by_neighbours):
        if fault := explain(slip):
            return fault
    message = f"this can't be read as YAML: {slip.problem}"
    return _fault(message, "Look at the indentation, colons and quotation marks here.", place)


def json_fault(error: json.JSONDecodeError, place: Place) -> Fault:
    """Return what is wrong where the JSON parser gave up."""
    words = {
        "Expecting ',' delimiter": "a comma or a closing bracket is missing before this",
        "Expecting property name": "a key in double quotation marks must stand here",
        "Expecting ':' delimiter": "a colon must stand here, after the key",
        "Expecting value": "a value must stand here",
        "Extra data": "there is more text here after the end of the data",
        "Unterminated string": "the quotation mark that opens here is never closed",
        "Invalid control character": "a line break or tab stands here inside quotation marks",
        "Invalid \\": "this backslash starts a code that JSON doesn't have",
        "Illegal trailing comma": "there is a comma here after the last entry",
    }
    told = next((plain for start, plain in words.items() if error.msg.startswith(start)), error.msg)
    hint = "JSON needs double quotation marks around every text and a comma between entries, but none after the last."
    return _fault(f"this is not JSON: {told}", hint, place)


def _fault(message: str, hint: str, place: Place) -> Fault:
    return Fault("OMI001", message, hint, place)


def _no_colon(place: Place, line: str) -> Fault:
    if len(line.split()) >= SENTENCE:
        hint = f"Put as many spaces before it as the lines of its text have. To begin a text, {BLOCK}."
        return _fault("this line reads like a text, but is not indented like one", hint, place)
    hint = (
        "Write `key: value`. If this line belongs to the text above, indent it like that text; for a text of several "
        f"lines, {BLOCK}."
    )
    return _fault("this line has no colon after its key", hint, place)


def _no_space(line: str, number: int) -> Fault | None:
    """Return the fault of a line such as `letter:a` or `-letter: a`."""
    if found := _NO_SPACE_AFTER_HYPHEN.match(line):
        hint = "Write “- ”, with a space, before each entry of a list."
        return _fault("there is no space after the hyphen", hint, Place(number, found.end() + 1))
    if found := _NO_SPACE.match(line):
        hint = "Write `key: value`, with an ordinary space after the colon."
        return _fault("there is no space after the colon", hint, Place(number, found.end() + 1))
    return None


def _by_line(slip: _Slip) -> Fault | None:
    """Tell slips that the line itself gives away."""
    for place in (slip.place, slip.opened):
        line = slip.line_at(place)
        if tab := _TAB.match(line):
            hint = "Put spaces instead: two for each step of indentation."
            return _fault("a tab stands at the start of this line", hint, Place(place.line, tab.end()))
        if _CONFLICT.match(line):
            first = next(n for n, one in enumerate(slip.lines, 1) if _CONFLICT.match(one))
            hint = "Two versions of this file were not joined: keep the right lines and delete the marks <<<<<<<, =======, >>>>>>>."
            return _fault("this is the mark of an unresolved merge", hint, Place(first, 1))
    return None


def _by_context(slip: _Slip) -> Fault | None:
    """Tell slips by what the parser was reading."""
    if "quoted scalar" in slip.context:
        if "escape" in slip.problem or "hexdecimal" in slip.problem:
            hint = "Put the text in single quotation marks, '…', where a backslash means nothing else."
            return _fault("a backslash inside double quotation marks starts a code", hint, slip.place)
        return _unclosed_quote(slip.opened)
    if "block scalar" in slip.context:
        indicator = slip.opening
        message = f"a text can't begin on the same line as {'|-' if indicator == '|' else indicator}"
        hint = (
            "Move the text to the next line, indented. "
            f"If it is meant to start with the sign {indicator}, put all of it in quotation marks."
        )
        return _fault(message, hint, slip.opened)
    if "flow" in slip.context:
        return _open_bracket(slip)
    return None


def _unclosed_quote(place: Place) -> Fault:
    hint = f"Close it. For a text with quotation marks in it, {BLOCK}."
    return _fault("the quotation mark that opens here is never closed", hint, place)


def _open_bracket(slip: _Slip) -> Fault:
    """Tell what is wrong inside brackets: none closes them, the wrong one does, or a comma is missing."""
    quote = "Put a text that starts with a bracket in quotation marks."
    opened = _innermost_bracket(slip)
    opening = slip.character_at(opened)
    closing = {"{": "}", "[": "]"}.get(opening, "bracket")
    if slip.at in {"]", "}"} - {closing}:
        message = f"the {opening} in line {opened.line}, column {opened.column}, is closed by {slip.at}"
        return _fault(message, f"Close it by {closing}. {quote}", slip.place)
    if slip.place.line == opened.line and slip.at == ",":
        return _fault("there is a comma too many here", f"Delete it. {quote}", slip.place)
    if slip.place.line == opened.line and slip.at:
        message = f"a comma, or the {closing} that closes the {opening}, is missing before this"
        example = "{one: 1, two: 2}" if closing == "}" else "[1, 2]"
        return _fault(message, f"Write it like {example}. {quote}", slip.place)
    return _fault(f"the {opening} that opens here is never closed", f"Close it by {closing}. {quote}", opened)


def _innermost_bracket(slip: _Slip) -> Place:
    stack = []
    for token in _tokens(slip.text):
        place = Place(token.start_mark.line + 1, token.start_mark.column + 1)
        if (place.line, place.column) >= (slip.place.line, slip.place.column):
            break
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            stack.append(place)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and stack:
            stack.pop()
    return stack[-1] if stack else slip.opened


def _by_problem(slip: _Slip) -> Fault | None:
    """Tell slips by what the parser missed."""
    problem = slip.problem
    if "mapping values are not allowed" in problem:
        return _colon(slip)
    if "could not find expected ':'" in problem:
        return _no_space(slip.line_at(slip.opened), slip.opened.line) or _no_colon(
            slip.opened, slip.line_at(slip.opened)
        )
    if "block sequence entries are not allowed" in problem:
        hint = "Put each entry on a line of its own below the key. A text that starts with - needs quotation marks."
        return _fault("a list can't begin on the line of its key", hint, slip.place)
    starts = slip.place
    if "alphabetic or numeric" in problem or "directive" in slip.context:
        starts = slip.opened
    elif "cannot start any token" not in problem and "mapping keys are not allowed" not in problem and slip.at != ",":
        return None
    text = slip.line_at(starts)[starts.column - 1 :].strip()
    quoted = f": '{text}'" if len(text) <= MAX_EXAMPLE and "'" not in text else ""
    return _fault(
        f"a text can't start with {slip.character_at(starts)}", f"Put the text in quotation marks{quoted}.", starts
    )


def _colon(slip: _Slip) -> Fault:
    """Tell a colon where none can be: a second one in its line, or a line that isn't a key."""
    if key := re.match(r"[\s-]*(.+?):\s", slip.before):
        value = slip.line[key.end() :].strip(" “”„‘’")
        example = f'{key[1]}: "{value}"' if len(value) <= MAX_EXAMPLE and '"' not in value else 'title: "First: second"'
        hint = f"A text with a colon in it must stand in straight quotation marks: {example}."
        return _fault("there is a second colon in this line", hint, slip.place)
    above = slip.lines[slip.above - 1] if slip.above else ""
    here = Place(slip.place.line, len(slip.before) - len(slip.before.lstrip()) + 1)
    if fault := _no_space(above, slip.above):
        return fault
    if above and ":" not in above:
        return _no_colon(Place(slip.above, len(above) - len(above.lstrip(" -")) + 1), above)
    hint = (
        f"A key stands in the same column as its neighbours, and line {slip.above} already has a value. For a text of "
        f"several lines, {BLOCK}."
    )
    return _fault("this line is indented too far", hint, here)


def _by_neighbours(slip: _Slip) -> Fault | None:
    """Tell slips by what stands around the place: quotation marks, brackets, indentation."""
    before = slip.before.rstrip()
    if before.endswith(_QUOTES):
        return _after_quote(slip)
    if before.endswith(("]", "}")):
        hint = "Put a text that contains brackets in quotation marks."
        return _fault("there is more text after the closing bracket", hint, slip.place)
    if "document start" in slip.problem:
        hint = "Remove the line … above it, or the text."
        return _fault("there is more text here after the end of the data", hint.replace("…", "..."), slip.place)
    if "did not find expected" not in slip.problem:
        return None
    entry = slip.at == "-"
    if slip.place.column == slip.opened.column and entry != ("'-'" in slip.problem):
        if entry:
            hint = "Is the key of the list missing above it, such as `strengths:`? A key that has a list has no value."
            return _fault("an entry of a list stands here, where a key is expected", hint, slip.place)
        hint = f"Start it with “- ”, or move it to the column of its neighbours; the list begins in line {slip.opened.line}."
        return _fault("this line belongs to no entry of the list", hint, slip.place)
    hint = "Line it up with the lines it belongs to: keys below keys, and each - below the - before it."
    message = f"this line is not indented like the lines around it (it starts in column {slip.place.column})"
    return _fault(message, hint, slip.place)


def _after_quote(slip: _Slip) -> Fault:
    """Tell text after a closing quotation mark, which often is the opening one of another text."""
    last = None
    for token in _tokens(slip.text):
        if token.start_mark.line + 1 > slip.place.line:
            break
        if (
            isinstance(token, yaml.ScalarToken)
            and token.style in _QUOTES
            and token.end_mark.line + 1 == slip.place.line
        ):
            last = token
    if last and last.start_mark.line != last.end_mark.line:
        message = f"the quotation mark that opens here is closed only in line {slip.place.line}"
        hint = f"Is one missing at the end of this text? For a text with quotation marks in it, {BLOCK}."
        return _fault(message, hint, Place(last.start_mark.line + 1, last.start_mark.column + 1))
    apostrophe = slip.before.rstrip().endswith("'")
    hint = (
        f"Inside '…' write an apostrophe twice, as in 'the offender''s'; or, for a text with quotation marks, {BLOCK}."
        if apostrophe
        else f"Put the whole text in single quotation marks, as in '\"Good\" work'; or {BLOCK}."
    )
    return _fault("there is more text after the closing quotation mark", hint, slip.place)


def _tokens(text: str) -> Iterator[yaml.Token]:
    try:
        yield from yaml.scan(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return
