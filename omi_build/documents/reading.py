"""Makes plain values of a text, and notes where each of them stands.

The parser's events are walked with a stack of our own, not composed by the library: its C composer recurses, and a
file of 200,000 brackets crashes Python. Aliases are refused outright: nothing here needs them, and without them a
file's value is never larger than the file.

JSON is read by Python's own reader, which is fifty times faster; only where it finds something odd, or places are
asked for, are its tokens walked as events of the same kind.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from omi_build.documents.faults import Fault, place_of
from omi_build.documents.signs import CONTROL, HIDDEN, UNFIT, control_fault, unfit_fault
from omi_build.documents.slips import json_fault, yaml_fault
from omi_build.problems import Place
from omi_build.sources import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["MAX_DEPTH", "MAX_DIGITS", "MAX_VALUES", "Fault", "Parsed", "Spot", "check_number", "parse"]

MAX_DEPTH = 30
MAX_DIGITS = 15
MAX_VALUES = 100_000
"""As many values, keys not counted, as a file may have: the case answers of an inspection are some thousands."""

_CONTROL = re.compile(CONTROL)
_HIDDEN = re.compile(HIDDEN)
_UNSEEN = re.compile(f"[\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|{HIDDEN}")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}
_BEGINS_A_NUMBER = frozenset("-0123456789")
_COLLECTIONS = {dict, list}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


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


def parse(text: str, *, json_text: bool = False, spots: bool = False) -> Parsed:
    """Read a text into plain values; with `spots`, note where each of them stands.

    Raises Fault where the text can't be read on; doubled keys are collected instead, all of them.
    """
    if json_text:
        return _parse_json(text, spots=spots)
    walk = _Walk(text, _plain_value, spots=spots)
    try:
        return walk.run(iter(yaml.CSafeLoader(text).get_event, None))
    except yaml.MarkedYAMLError as error:
        raise yaml_fault(text, error) from None
    except (yaml.YAMLError, UnicodeEncodeError):
        found = _CONTROL.search(text)
        place = place_of(text, found.start()) if found else Place(1, 1)
        raise control_fault(found.group() if found else "", place) from None


def _parse_json(text: str, *, spots: bool) -> Parsed:
    odd = "\\u" in text

    def number(word: str) -> int | float:
        nonlocal odd
        odd = odd or len(word) > MAX_DIGITS or "e" in word.lower()
        return int(word) if word.lstrip("-").isdigit() else float(word)

    def not_a_number(_: str) -> None:
        nonlocal odd
        odd = True

    value: Any = None
    try:
        value = json.loads(text, parse_int=number, parse_float=number, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        raise json_fault(error, place_of(text, error.pos)) from None
    except (RecursionError, ValueError):  # nested too deeply, or a number of thousands of digits
        odd = True
    if not (spots or odd or _is_odd(value, text)):
        return Parsed(value, [], {})
    walked = _Walk(text, _json_value, spots=spots).run(_json_events(text))
    return Parsed(value, walked.faults, walked.spots)


def _is_odd(value: Any, text: str) -> bool:
    """Say whether the value of a JSON text is nested too deeply, has too many parts, or lacks one whose key is doubled."""
    level, values, keys = ([value] if isinstance(value, dict | list) else []), 1, 0
    for _ in range(MAX_DEPTH):
        inside: list[Any] = []
        for part in level:
            parts = part
            if isinstance(part, dict):
                parts = list(part.values())
                keys += len(parts)
            values += len(parts)
            # Most hold words alone: looked at by their types they take no time.
            if not _COLLECTIONS.isdisjoint(map(type, parts)):
                inside += [one for one in parts if isinstance(one, dict | list)]
        level = inside
    # Each key has a colon behind it: where there are no more colons than keys, none is doubled.
    return values > MAX_VALUES or bool(level) or (text.count(":") != keys and _doubles_a_key(text))


def _doubles_a_key(text: str) -> bool:
    doubled = False

    def mapping(pairs: list[tuple[str, Any]]) -> None:
        nonlocal doubled
        doubled = doubled or len(dict(pairs)) != len(pairs)

    json.loads(text, object_pairs_hook=mapping)
    return doubled


def _json_events(text: str) -> Iterator[yaml.Event]:
    """Yield the events of a JSON text, as the YAML reader would."""
    kinds = {"{": yaml.MappingStartEvent, "[": yaml.SequenceStartEvent}
    for token in _JSON_TOKEN.finditer(text):
        word = token.group()
        start, end = _json_mark(text, token.start()), _json_mark(text, token.end())
        if word in kinds:
            yield kinds[word](anchor=None, tag=None, implicit=True, start_mark=start, end_mark=end)
        elif word in "}]":
            yield yaml.CollectionEndEvent(start, end)
        elif word not in ",:":
            quoted = word.startswith('"')
            value = json.loads(word, strict=False) if quoted else word
            yield yaml.ScalarEvent(None, None, (True, True), value, start, end, '"' if quoted else None)


def _json_mark(text: str, offset: int) -> yaml.Mark:
    place = place_of(text, offset)
    return yaml.Mark("", offset, place.line - 1, place.column - 1, None, 0)


class _Walk:
    """One walk over the events of a text."""

    def __init__(self, text: str, plain: Callable[[str, Any], Any], *, spots: bool) -> None:
        self.text = text
        self.plain = plain
        self.keep_spots = spots
        self.faults: list[Fault] = []
        self.spots: dict[tuple[Key, ...], Spot] = {}
        self.root: Any = None
        self.stack: list[_Open] = []
        self.values = 0
        # Where neither the text nor an escape in it has such a sign, none of its scalars has.
        self.may_hold_unfit = "\\" in text or UNFIT.search(text) is not None

    def run(self, events: Iterable[Any]) -> Parsed:
        documents = 0
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._collection(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent or kind is yaml.CollectionEndEvent:
                closed = self.stack.pop()
                if self.keep_spots:
                    self.spots[closed.pointer] = Spot(closed.own_key_index, closed.start, _end(event))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "Remove the line ---, or put what follows in a file of its own."
                    raise Fault("OMI001", "a second document starts here", hint, _mark(event))
            elif kind is yaml.AliasEvent:
                hint = f"A text that starts with * must stand in quotation marks: '*{event.anchor} …'."
                raise Fault("OMI003", "an alias (a word after *) stands here; they are not used", hint, _mark(event))
        return Parsed(self.root, self.faults, self.spots)

    def _node(self, event: Any, *, is_key: bool) -> None:
        """Refuse what no value and no key may have, and count the values."""
        if event.anchor is not None:
            hint = f"A text that starts with & must stand in quotation marks: '&{event.anchor} …'."
            raise Fault("OMI003", "an anchor (a word after &) stands here; they are not used", hint, _mark(event))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = f"A text that starts with ! must stand in quotation marks: '{tag} …'."
            raise Fault("OMI004", f"a tag ({tag}) stands here; they are not used", hint, _mark(event))
        if not is_key:
            self.values += 1
            if self.values > MAX_VALUES:
                check_number(self.values, _mark(event))

    def _collection(self, event: Any) -> None:
        is_key = bool(self.stack) and self.stack[-1].awaits_key
        self._node(event, is_key=is_key)
        if len(self.stack) >= MAX_DEPTH:
            message = f"this is nested more than {MAX_DEPTH} levels deep"
            raise Fault("OMI005", message, "Is a bracket left open?", _mark(event))
        if is_key:
            hint = "A key is a plain word. Put a text that contains braces or brackets in quotation marks."
            raise Fault("OMI001", "a list or mapping stands where a key should be", hint, _mark(event))
        value: Any = {} if type(event) is yaml.MappingStartEvent else []
        pointer, key_index = self._put(value, event)
        self.stack.append(_Open(value, pointer, key_index, _start(event)))

    def _scalar(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        is_key = parent is not None and parent.awaits_key
        self._node(event, is_key=is_key)
        word = event.value
        if self.may_hold_unfit and (control := _CONTROL.search(word)):
            raise control_fault(control.group(), _mark(event))
        if parent is not None and is_key:
            self._key(event, parent)
            return
        if self.may_hold_unfit and (hidden := _HIDDEN.search(word)):
            written = _HIDDEN.search(self.text, _start(event), _end(event))
            place = place_of(self.text, written.start()) if written else _mark(event)
            raise unfit_fault(hidden.group(), place)
        pointer, key_index = self._put(word if event.style else self.plain(word, event), event)
        if self.keep_spots:
            self.spots[pointer] = Spot(key_index, _start(event), _end(event))

    def _key(self, event: Any, parent: _Open) -> None:
        key = event.value
        if not key.isascii() and (unseen := _UNSEEN.search(key)):
            # The key may be written over several lines, or its character as an escape.
            written = _UNSEEN.search(self.text, _start(event), _end(event))
            where = place_of(self.text, written.start()) if written else _mark(event)
            message = f"an invisible character (code {ord(unseen.group()):#x}) stands in this key"
            hint = "Delete it, and type spaces anew; it often comes along when text is pasted."
            self.faults.append(Fault("OMI006", message, hint, where))
        if key in parent.keys:
            message = f"the key `{key}` stands here a second time; the first is in line {_mark(parent.keys[key]).line}"
            hint = "Keep one of the two, or join what they say."
            self.faults.append(Fault("OMI002", message, hint, _mark(event)))
        else:
            parent.keys[key] = event
        parent.key = key
        parent.awaits_key = False
        if self.keep_spots:
            parent.key_index = _start(event)

    def _put(self, value: Any, event: Any) -> tuple[tuple[Key, ...], int]:
        """Put a value where it belongs; return its pointer and the offset of its key, where places are kept."""
        step: Key
        if not self.stack:
            self.root = value
            return (), _start(event)
        parent = self.stack[-1]
        if parent.is_list:
            parent.value.append(value)
            if not self.keep_spots:
                return (), 0
            step, index = len(parent.value) - 1, _start(event)
        else:
            step, index = parent.key, parent.key_index
            parent.value[step] = value
            parent.awaits_key = True
        return ((*parent.pointer, step), index) if self.keep_spots else ((), 0)


class _Open:
    """A collection that the walk is inside of."""

    __slots__ = ("awaits_key", "is_list", "key", "key_index", "keys", "own_key_index", "pointer", "start", "value")

    def __init__(self, value: Any, pointer: tuple[Key, ...], key_index: int, start: int) -> None:
        self.value, self.pointer, self.start = value, pointer, start
        self.own_key_index = key_index
        self.is_list = isinstance(value, list)
        self.awaits_key = not self.is_list
        self.key = ""
        self.key_index = start
        self.keys: dict[str, Any] = {}


def _plain_value(word: str, event: Any) -> Any:
    """Return what an unquoted word means in YAML 1.2, of which only this much is read."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in _BEGINS_A_NUMBER:
        return word
    number = int if _INTEGER.fullmatch(word) else float if _DECIMAL.fullmatch(word) else None
    if number is None:
        return word
    _check_digits(word, event)
    return number(word)


def _json_value(word: str, event: Any) -> Any:
    """Return what an unquoted word means in JSON."""
    words = {"null": None, "true": True, "false": False}
    if word in words:
        return words[word]
    if not word[-1].isdigit():
        raise Fault("OMI005", f"`{word}` is not a number of JSON", "Write null where there is no value.", _mark(event))
    _check_digits(word, event)
    return float(word)


def check_number(values: int, place: Place) -> None:
    """Raise Fault at a value that is one too many for its file."""
    if values > MAX_VALUES:
        hint = "Is it the right file? A file of the content has some thousands at most."
        raise Fault("OMI007", f"this file has more than {MAX_VALUES:,} values", hint, place)


def _check_digits(word: str, event: Any) -> None:
    mantissa, _, exponent = word.lower().partition("e")
    digits = sum(character.isdigit() for character in mantissa)
    if digits > MAX_DIGITS or len(exponent) > MAX_DIGITS or abs(int(exponent or 0)) > MAX_DIGITS:
        message = f"this number has more than {MAX_DIGITS} digits"
        raise Fault("OMI005", message, "Put it in quotation marks if it is a text.", _mark(event))


def _mark(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    return int(event.end_mark.index)
