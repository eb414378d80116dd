"""What is said of each slip of a person who has never seen YAML: the place, what is wrong, and what to do."""

from __future__ import annotations

import pytest

from omi_build.documents import Fault, parse

BLOCK = "write |- after the key and the text on the lines below it, indented."
NO_COLON = (
    "Write `key: value`. If this line belongs to the text above, indent it like that text; for a text of several "
    f"lines, {BLOCK}"
)
LINE_UP = "Line it up with the lines it belongs to: keys below keys, and each - below the - before it."
TAB = "Put spaces instead: two for each step of indentation."
BRACKET = "Put a text that starts with a bracket in quotation marks."
SIGN = "Move the text to the next line, indented. If it is meant to start with the sign {}, put all of it in quotation marks."


def quotes(text: str) -> str:
    return f"Put the text in quotation marks: '{text}'."


SLIPS = [
    # text, line, column, message, hint
    ("a:\n\tb: 1\n", 2, 1, "a tab stands at the start of this line", TAB),
    ("s:\n  - letter: a\n\t text: b\n", 3, 1, "a tab stands at the start of this line", TAB),
    ("s:\n  -\tletter: a\n    text: b\n", 2, 4, "a tab stands at the start of this line", TAB),
    ("text: |-\n\tabc\n", 2, 1, "a tab stands at the start of this line", TAB),
    ("text: |-\n  abc\n\tdef\nb: 1\n", 3, 1, "a tab stands at the start of this line", TAB),
    ('a: "abc\nb: 1\n', 1, 4, "the quotation mark that opens here is never closed", f"Close it. For a text with quotation marks in it, {BLOCK}"),
    ("a: 'abc\nb: 1\n", 1, 4, "the quotation mark that opens here is never closed", f"Close it. For a text with quotation marks in it, {BLOCK}"),
    ('x: 1\na: "abc\nb: "def"\n', 2, 4, "the quotation mark that opens here is closed only in line 3", f"Is one missing at the end of this text? For a text with quotation marks in it, {BLOCK}"),
    ("a: 'abc\nb: 'def'\n", 1, 4, "the quotation mark that opens here is closed only in line 2", f"Is one missing at the end of this text? For a text with quotation marks in it, {BLOCK}"),
    ("a: 'the offender's plan'\nb: 1\n", 1, 18, "there is more text after the closing quotation mark", f"Inside '…' write an apostrophe twice, as in 'the offender''s'; or, for a text with quotation marks, {BLOCK}"),
    ('a: "Good" work\nb: 1\n', 1, 11, "there is more text after the closing quotation mark", f"Put the whole text in single quotation marks, as in '\"Good\" work'; or {BLOCK}"),
    ('a: "C:\\Users"\n', 1, 9, "a backslash inside double quotation marks starts a code", "Put the text in single quotation marks, '…', where a backslash means nothing else."),
    ('a: "100\\% sure"\n', 1, 8, "a backslash inside double quotation marks starts a code", "Put the text in single quotation marks, '…', where a backslash means nothing else."),
    ('a: "\\ud800"\n', 1, 7, "a backslash inside double quotation marks starts a code", "Put the text in single quotation marks, '…', where a backslash means nothing else."),
    ("title: First: second\n", 1, 13, "there is a second colon in this line", 'A text with a colon in it must stand in straight quotation marks: title: "First: second".'),
    ("- title: One: two\n", 1, 13, "there is a second colon in this line", 'A text with a colon in it must stand in straight quotation marks: title: "One: two".'),
    ("title: “One: two”\n", 1, 12, "there is a second colon in this line", 'A text with a colon in it must stand in straight quotation marks: title: "One: two".'),
    ('title: "One": "two"\n', 1, 13, "there is a second colon in this line", 'A text with a colon in it must stand in straight quotation marks: title: "First: second".'),
    ("a: 1\n  b: 2\n", 2, 3, "this line is indented too far", f"A key stands in the same column as its neighbours, and line 1 already has a value. For a text of several lines, {BLOCK}"),
    ("s:\n  - letter: a\n\n      text: b\n", 4, 7, "this line is indented too far", f"A key stands in the same column as its neighbours, and line 2 already has a value. For a text of several lines, {BLOCK}"),
    ("a: 1\r\n b: 2\r\n", 2, 2, "this line is indented too far", f"A key stands in the same column as its neighbours, and line 1 already has a value. For a text of several lines, {BLOCK}"),
    ("s:\n  - letter: a\n   text: b\n", 3, 4, "this line is not indented like the lines around it (it starts in column 4)", LINE_UP),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "this line is not indented like the lines around it (it starts in column 2)", LINE_UP),
    ("s:\n  - letter: a\n - letter: b\n", 3, 2, "this line is not indented like the lines around it (it starts in column 2)", LINE_UP),
    ("- a\nb: 1\n", 2, 1, "this line belongs to no entry of the list", "Start it with “- ”, or move it to the column of its neighbours; the list begins in line 1."),
    ("a: 1\n- b\n", 2, 1, "an entry of a list stands here, where a key is expected", "Is the key of the list missing above it, such as `strengths:`? A key that has a list has no value."),
    ("a: @home\n", 1, 4, "a text can't start with @", quotes("@home")),
    ("a: `x`\n", 1, 4, "a text can't start with `", quotes("`x`")),
    ("a: % of cases\n", 1, 4, "a text can't start with %", quotes("% of cases")),
    ("a: *good* work\n", 1, 4, "a text can't start with *", quotes("*good* work")),
    ("a: & more\n", 1, 4, "a text can't start with &", quotes("& more")),
    ("a: , b\n", 1, 4, "a text can't start with ,", quotes(", b")),
    ("a: ? b\n", 1, 4, "a text can't start with ?", quotes("? b")),
    ("%FOO\na: 1\n", 1, 1, "a text can't start with %", quotes("%FOO")),
    ("a: >50% of cases\n", 1, 4, "a text can't begin on the same line as >", SIGN.format(">")),
    ("a: |- text\n  more\n", 1, 4, "a text can't begin on the same line as |-", SIGN.format("|")),
    ("a: - b\n   - c\n", 1, 4, "a list can't begin on the line of its key", "Put each entry on a line of its own below the key. A text that starts with - needs quotation marks."),
    ("a: 1\nb 2\nc: 3\n", 2, 1, "this line has no colon after its key", NO_COLON),
    ("a 1\nb: 2\n", 1, 1, "this line has no colon after its key", NO_COLON),
    ("a: 1\nstrengths\n  - letter: a\n", 2, 1, "this line has no colon after its key", NO_COLON),
    ("s:\n  - letter a\n    text: b\n", 2, 5, "this line has no colon after its key", NO_COLON),
    ("text: |-\n  one\ntwo three\nb: 1\n", 3, 1, "this line has no colon after its key", NO_COLON),
    ("letter:a\ntext: b\n", 1, 8, "there is no space after the colon", "Write `key: value`, with an ordinary space after the colon."),
    ("text: b\nletter:a\n", 2, 8, "there is no space after the colon", "Write `key: value`, with an ordinary space after the colon."),
    ('text: b\ncriterion:"1.2"\nc: 1\n', 2, 11, "there is no space after the colon", "Write `key: value`, with an ordinary space after the colon."),
    ("letter:\xa0a\ntext: b\n", 1, 8, "there is no space after the colon", "Write `key: value`, with an ordinary space after the colon."),
    ("s:\n  -letter: a\n   text: b\n", 2, 4, "there is no space after the hyphen", "Write “- ”, with a space, before each entry of a list."),
    ("a: {value: 98 asterisk: true}\n", 1, 23, "a comma, or the } that closes the {, is missing before this", f"Write it like {{one: 1, two: 2}}. {BRACKET}"),
    ("a: [1, 2\nb: 1\n", 1, 4, "the [ that opens here is never closed", f"Close it by ]. {BRACKET}"),
    ("a: {value: 98\nb: 1\n", 1, 4, "the { that opens here is never closed", f"Close it by }}. {BRACKET}"),
    ("a: [1, 2", 1, 4, "the [ that opens here is never closed", f"Close it by ]. {BRACKET}"),
    ("a: [1, 2}\n", 1, 9, "the [ in line 1, column 4, is closed by }", f"Close it by ]. {BRACKET}"),
    ("a: [1, {b: 2]\n", 1, 13, "the { in line 1, column 8, is closed by ]", f"Close it by }}. {BRACKET}"),
    ("a: [{b: 1}, [2], , 3]\n", 1, 18, "there is a comma too many here", f"Delete it. {BRACKET}"),
    ("a: [1, , 2]\n", 1, 8, "there is a comma too many here", f"Delete it. {BRACKET}"),
    ("a: 1\nb: [\n", 2, 4, "the [ that opens here is never closed", f"Close it by ]. {BRACKET}"),
    ("a: [sic] the text\nb: 1\n", 1, 10, "there is more text after the closing bracket", "Put a text that contains brackets in quotation marks."),
    ("[a]: 1\n", 1, 1, "a list or mapping stands where a key should be", "A key is a plain word. Put a text that contains braces or brackets in quotation marks."),
    ("a: 1\n---\nb: 2\n", 2, 1, "a second document starts here", "Remove the line ---, or put what follows in a file of its own."),
    ("a: 1\n...\nb: 2\n", 3, 1, "there is more text here after the end of the data", "Remove the line ... above it, or the text."),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n", 2, 1, "this is the mark of an unresolved merge", "Two versions of this file were not joined: keep the right lines and delete the marks <<<<<<<, =======, >>>>>>>."),
    ("%YAML 2.0\n---\na: 1\n", 1, 1, "this can't be read as YAML: found incompatible YAML document", "Look at the indentation, colons and quotation marks here."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), SLIPS)
def test_a_slip_is_told_where_it_was_made(text: str, line: int, column: int, message: str, hint: str) -> None:
    """The message stands where the hand slipped, not where the parser noticed, and says what to do."""
    with pytest.raises(Fault) as caught:
        parse(text)
    fault = caught.value
    assert (fault.code, fault.place.line, fault.place.column) == ("OMI001", line, column)
    assert str(fault) == message
    assert fault.hint == hint


REFUSED = [
    ("a: *good work\n", "OMI003", "an alias (a word after *) stands here; they are not used", "A text that starts with * must stand in quotation marks: '*good …'."),
    ("a: &good work\n", "OMI003", "an anchor (a word after &) stands here; they are not used", "A text that starts with & must stand in quotation marks: '&good …'."),
    ("a: !important\n", "OMI004", "a tag (!important) stands here; they are not used", "A text that starts with ! must stand in quotation marks: '!important …'."),
    ("a: !!str 1\n", "OMI004", "a tag (!!str) stands here; they are not used", "A text that starts with ! must stand in quotation marks: '!!str …'."),
    ("a: !!python/object/apply:os.system [ls]\n", "OMI004", "a tag (!!python/object/apply:os.system) stands here; they are not used", "A text that starts with ! must stand in quotation marks: '!!python/object/apply:os.system …'."),
    ("a: &b [1]\n", "OMI003", "an anchor (a word after &) stands here; they are not used", "A text that starts with & must stand in quotation marks: '&b …'."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "message", "hint"), REFUSED)
def test_aliases_anchors_and_tags_are_refused(text: str, code: str, message: str, hint: str) -> None:
    """Nothing in the content needs them, and by them a small file can be a huge value, or a command."""
    with pytest.raises(Fault) as caught:
        parse(text)
    fault = caught.value
    assert (fault.code, fault.place.line, fault.place.column) == (code, 1, 4)
    assert (str(fault), fault.hint) == (message, hint)
