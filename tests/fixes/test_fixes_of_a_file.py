"""What is mended in one file, and what is left alone because it has no one right answer."""

from __future__ import annotations

from textwrap import dedent

import pytest
from mending import fixed, says, shapes

from omi_build.documents import parse
from omi_build.fixes import Kind
from omi_build.fixes.pages import Edit, Fix, Page, mended
from omi_build.render import ProseRenderer

HEAD = 'criterion: "1.2"\n'
TAIL = "areas_for_improvement: []\n"


def finding(text: str, before: str = "") -> str:
    """Return a findings file with one strength, whose text is written so."""
    return f"{HEAD}{before}strengths:\n  - letter: a\n    text: {text}\n{TAIL}"


LAYOUT = {
    "spaces at the end of a line": (f"{HEAD}strengths: []  \n{TAIL}", f"{HEAD}strengths: []\n{TAIL}"),
    "a tab at the end of a line": (f"{HEAD}strengths: []\t\n{TAIL}", f"{HEAD}strengths: []\n{TAIL}"),
    "spaces behind a comment": (f"# why  \n{HEAD}strengths: []\n{TAIL}", f"# why\n{HEAD}strengths: []\n{TAIL}"),
    "spaces in a block of prose": (
        finding("|-\n      It was done.  \n   \n      Twice. "),
        finding("|-\n      It was done.\n\n      Twice."),
    ),
    "no line break at the end": (f"{HEAD}strengths: []\n{TAIL}".rstrip(), f"{HEAD}strengths: []\n{TAIL}"),
    "three at the end": (f"{HEAD}strengths: []\n{TAIL}\n  \n", f"{HEAD}strengths: []\n{TAIL}"),
    "line ends of Windows stay": (
        f"{HEAD}strengths: [] \n{TAIL}\n".replace("\n", "\r\n"),
        f"{HEAD}strengths: []\n{TAIL}".replace("\n", "\r\n"),
    ),
    "no-break spaces that make a text of a list": (
        f"{HEAD}strengths:\n\xa0\xa0- letter: a\n\xa0\xa0\xa0\xa0text: It was done.\n{TAIL}",
        finding("It was done."),
    ),
    "no-break spaces before the second line of a text": (
        finding("It was\n  \xa0\xa0\xa0\xa0done."),
        finding("It was\n      done."),
    ),
    "a tab for two spaces": (
        f"{HEAD}strengths:\n  - letter: a\n    text: It was done.\n\t- letter: b\n\t  text: So was this.\n{TAIL}",
        f"{HEAD}strengths:\n  - letter: a\n    text: It was done.\n  - letter: b\n    text: So was this.\n{TAIL}",
    ),
    "tabs before each line of a block": (
        finding("|-\n\t\tIt was done.\n\t\tTwice."),
        finding("|-\n        It was done.\n        Twice."),
    ),
}


@pytest.mark.parametrize("name", LAYOUT)
def test_layout_is_mended(name: str) -> None:
    """What nobody sees is put in order; what the file says stays."""
    before, after = LAYOUT[name]
    assert fixed(before).text == after


@pytest.mark.parametrize(
    "text",
    [
        # Blanks are part of a plain line of text behind |.
        "figures:\n  - title: |-\n      Cases  \n    rows: []\n",
        # The tab may make an entry of its own, or one inside the first.
        "comment: |-\n  - One\n\t- Two\n" + f'criterion: "1.2"\nstrengths: []\n{TAIL}',
        # With either width the file has a key that its schema doesn't know.
        f"{HEAD}strengths:\n  - letter: a\n\ttext: It was done.\n{TAIL}more: 1\n",
        # Nothing in it to end with a line break.
        "",
        "\n\n",
    ],
)
def test_layout_that_may_be_meant_stays(text: str) -> None:
    """Where blanks are part of a value, or a tab may have stood for several widths."""
    assert fixed(text).text == text


def test_layout_is_mended_where_a_file_cannot_be_read() -> None:
    """An unclosed quotation mark doesn't keep spaces at the ends of lines."""
    assert fixed('criterion: "1.2  \nstrengths: []  \n\n').text == 'criterion: "1.2\nstrengths: []\n'


def test_a_no_break_space_inside_a_block_of_text_stays() -> None:
    """It may be meant there."""
    text = finding("|-\n      It was\n      \xa0\xa0done.")
    assert fixed(text).text == text


QUOTES = {
    "in a plain text": (finding("The “plan” wasn’t ready."), finding('The "plan" wasn\'t ready.')),
    "in a block": (
        finding("|-\n      The “plan”\n      wasn’t ‘ready’."),
        finding("|-\n      The \"plan\"\n      wasn't 'ready'."),
    ),
    "in a folded block": (finding(">-\n      “So”\n      it’s."), finding('>-\n      "So"\n      it\'s.')),
    "in double quotation marks": (
        finding('"The “plan”: it’s \\\\ late"'),
        finding('"The \\"plan\\": it\'s \\\\ late"'),
    ),
    "in single quotation marks": (finding("'The “plan”: it’s late'"), finding("'The \"plan\": it''s late'")),
    "at the start of a plain text": (finding("“Good” work, it’s said."), finding("'\"Good\" work, it''s said.'")),
    "at the start, over two lines": (
        finding("“Good” work\n      was done."),
        finding("'\"Good\" work\n      was done.'"),
    ),
    "an apostrophe at the start": (finding("’Tis done."), finding("’Tis done.")),  # it would be curled the other way
    "only where it reads the same": (
        finding("|-\n      The plan wasn’t ready in ’07.\n\n      It’s late."),
        finding("|-\n      The plan wasn't ready in ’07.\n\n      It's late."),
    ),
    "around a key": (f"{HEAD}“strengths”: []\n{TAIL}", f"{HEAD}strengths: []\n{TAIL}"),
    "around a key in single ones": (f"{HEAD}‘strengths’: []\n{TAIL}", f"{HEAD}strengths: []\n{TAIL}"),
    "around a word that must be one": (
        f"{HEAD}conclusion: ‘good’\nstrengths: []\n{TAIL}",
        f'{HEAD}conclusion: "good"\nstrengths: []\n{TAIL}',
    ),
    "around the number of a criterion": (f"criterion: “1.2”\nstrengths: []\n{TAIL}", f"{HEAD}strengths: []\n{TAIL}"),
    "around a number": (
        f"{HEAD}published_score: “65”\nstrengths: []\n{TAIL}",
        f"{HEAD}published_score: 65\nstrengths: []\n{TAIL}",
    ),
    "around an unknown key": (f"{HEAD}“strenghts”: []\n{TAIL}", f"{HEAD}“strenghts”: []\n{TAIL}"),
    "around a key that is there": (
        f"{HEAD}strengths: []\n“strengths”: []\n{TAIL}",
        f"{HEAD}strengths: []\n“strengths”: []\n{TAIL}",
    ),
    "in a comment": (f"# “so” it’s\n{HEAD}strengths: []\n{TAIL}", f"# “so” it’s\n{HEAD}strengths: []\n{TAIL}"),
}


@pytest.mark.parametrize("name", QUOTES)
def test_curly_quotation_marks_become_straight(name: str) -> None:
    """In prose where the page then reads the same, around keys and values where they were meant as YAML's own."""
    before, after = QUOTES[name]
    assert fixed(before).text == after


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("“Diversity”", '"Diversity"'),
        ("“Good” and “bad”", "“Good” and “bad”"),
        ("‘Through the gate’", "‘Through the gate’"),
        ("N’hants", "N’hants"),
        ("“First: second”", '"First: second"'),
    ],
)
def test_marks_around_a_title(title: str, after: str) -> None:
    """A title in one pair of marks was to be quoted for YAML, even where it can't be read so; others are its own."""
    text = "chapters:\n  - id: a\n    title: {}\n    parts: []\n"
    assert fixed(text.format(title), "narrative").text == text.format(after)


@pytest.mark.parametrize(
    "text",
    ["The “plan” wasn’t ready.", "“All” – “of” it’s ‘so’.", "’Twas “‘so’”", "5’ 6” and rock ’n’ roll", "*“So”* it’s"],
)
def test_the_page_reads_the_same_with_straight_marks(text: str) -> None:
    """The site's own typography curls them again."""
    after = parse(fixed(finding(f"|-\n      {text}")).text).value["strengths"][0]["text"]
    assert ProseRenderer({}).block(after) == ProseRenderer({}).block(text)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("findings", "criterion: 1.10\n", 'criterion: "1.10"\n'),
        ("findings", "criterion: 1\n", 'criterion: "1"\n'),
        (
            "findings",
            "strengths:\n  - {letter: a, evidence: [1.10, 2]}\n",
            'strengths:\n  - {letter: a, evidence: ["1.10", 2]}\n',
        ),
        ("findings", "comment: 2007\n", 'comment: "2007"\n'),
        ("findings", "conclusion: true\n", 'conclusion: "true"\n'),
        ("findings", "published_score: 65\n", "published_score: 65\n"),
        ("findings", "conclusion: 1\n", "conclusion: 1\n"),  # quoted it would still not fit
        ("findings", "comment:\n", "comment:\n"),
        ("inspection", "fieldwork: 2007\n", "fieldwork: 2007\n"),  # may be a number
        ("case_scores", "cases:\n  - case: 12  # why\n", "cases:\n  - case: 12  # why\n"),
    ],
)
def test_a_number_that_must_be_a_text_is_put_in_quotation_marks(kind: str, before: str, after: str) -> None:
    """As it is written: a last 0 is kept."""
    assert fixed(before, kind).text == after


LETTERS = dedent("""\
    criterion: "1.2"
    strengths:
      - {{letter: {}, text: It was done.}}
      - letter: {}  # why
        text: So was this.
    areas_for_improvement: []
""")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("a", "c"), ("a", "b")),
        (("b", "c"), ("a", "b")),
        (("a", '"a"'), ("a", '"b"')),
        (("b", "a"), ("a", "b")),
        (("a", "2"), ("a", "2")),  # what isn't a letter may stand for any
    ],
)
def test_letters_run_on_until_a_report_is_published(before: tuple[str, str], after: tuple[str, str]) -> None:
    """In preparation they run from (a); a published finding keeps its letter for good."""
    text = LETTERS.format(*before)
    assert fixed(text, is_published=False).text == LETTERS.format(*after)
    assert fixed(text, is_published=True).text == text


def test_numbers_of_recommendations_run_on() -> None:
    """As letters do."""
    text = 'recommendations:\n  - number: {}\n    text: One.\n    criteria: ["1.2"]\n  - number: {}\n'
    assert fixed(text.format(1, 3), "recommendations", is_published=False).text == text.format(1, 2)
    assert fixed(text.format(1, 3), "recommendations").text == text.format(1, 3)


ORDER = {
    "comments move along": (
        """\
        # yaml-language-server: $schema=x
        # The findings on 1.2.
        strengths: []
        # Counted twice,
        # by two people.
        published_score: 65  # as printed
        areas_for_improvement: []
        criterion: "1.2"
        """,
        """\
        # yaml-language-server: $schema=x
        # The findings on 1.2.
        criterion: "1.2"
        # Counted twice,
        # by two people.
        published_score: 65  # as printed
        strengths: []
        areas_for_improvement: []
        """,
    ),
    "behind a hyphen": (
        """\
        criterion: "1.2"
        strengths:
          - text: |-
              It was done.

              # Twice.
            # from the print
            themes: [staff]
            letter: a
        areas_for_improvement: []
        """,
        """\
        criterion: "1.2"
        strengths:
          - letter: a
            # from the print
            themes: [staff]
            text: |-
              It was done.

              # Twice.
        areas_for_improvement: []
        """,
    ),
    "a group inside a group": (
        """\
        strengths:
          - text: It was done.
            letter: a
            editor_notes:
              - explains: [OMI301]
                text: So it is printed.
          # The second.
          - text: Again.
            letter: b
        criterion: "1.2"
        areas_for_improvement: []
        """,
        """\
        criterion: "1.2"
        strengths:
          - letter: a
            text: It was done.
            editor_notes:
              - text: So it is printed.
                explains: [OMI301]
          # The second.
          - letter: b
            text: Again.
        areas_for_improvement: []
        """,
    ),
    "blank lines stay": (
        """\
        strengths: []

        criterion: "1.2"
        areas_for_improvement: []
        """,
        """\
        criterion: "1.2"

        strengths: []
        areas_for_improvement: []
        """,
    ),
    "a comment further right belongs to what is above it": (
        """\
        strengths:
          - letter: a
            text: It was done.
          # - letter: b
        criterion: "1.2"
        areas_for_improvement: []
        """,
        """\
        criterion: "1.2"
        strengths:
          - letter: a
            text: It was done.
          # - letter: b
        areas_for_improvement: []
        """,
    ),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ORDER)
def test_keys_stand_in_the_order_of_the_schema(name: str, end: str) -> None:
    """With all that belongs to them."""
    before, after = (dedent(text).replace("\n", end) for text in ORDER[name])
    assert fixed(before).text == after


@pytest.mark.parametrize(
    "text",
    [
        # a comment that stands apart: whose is it?
        'strengths: []\n# The score.\n\npublished_score: 65\ncriterion: "1.2"\n',
        # one at the end, in the column of the keys
        'strengths: []\ncriterion: "1.2"\n# The last word.\n',
        # one that would have to stand behind the hyphen
        "strengths:\n  - text: It was done.\n    # The first.\n    letter: a\n",
        # one above the first key of a group
        "strengths:\n  - letter: a\n    text: It was done.\n    figures:\n      - title: Cases\n        rows:\n          -\n            # Why\n            unit: count\n            label: Cases\n",
        # on one line
        "strengths: [{text: It was done., letter: a}]\n",
        # with a key that the schema doesn't know
        'strengths: []\nstrenghts: []\ncriterion: "1.2"\n',
        # a block that keeps its blank lines
        'comment: |+\n  So.\n\n\ncriterion: "1.2"\n',
    ],
)
def test_an_order_that_is_not_certain_to_be_safe_stays(text: str) -> None:
    """Where it isn't clear what belongs to which key."""
    assert fixed(text).text == text


RULES = {
    "a plain text": (finding("In 20 percent of cases."), "percent", "per cent", finding("In 20 per cent of cases.")),
    "each time": (finding("A percent and a percent."), "percent", "per cent", finding("A per cent and a per cent.")),
    "not inside a word": (finding("A percentage."), "percent", "per cent", finding("A percentage.")),
    "a block": (
        finding("|-\n      In 20 percent\n      of cases."),
        "percent of",
        "per cent of",
        finding("|-\n      In 20 per cent of cases."),
    ),
    "over a line break": (
        finding("|-\n      In 20 per\n      cent of cases."),
        "20 per cent",
        "20%",
        finding("|-\n      In 20% of cases."),
    ),
    "not over a paragraph": (
        finding("|-\n      In 20 per\n\n      cent."),
        "per cent",
        "%",
        finding("|-\n      In 20 per\n\n      cent."),
    ),
    "single quotation marks": (finding("'It''s 20 percent'"), "It's 20 percent", "It's 20%", finding("'It''s 20%'")),
    "double quotation marks": (finding('"A \\"plan\\" so"'), 'A "plan"', 'The "plan"', finding('"The \\"plan\\" so"')),
    "a plain text that can't stay plain": (finding("Note this."), "Note", "Note:", finding('"Note: this."')),
    "a figure that stands twice": (finding("In 5 cases of 5."), "5", "five", finding("In 5 cases of 5.")),
    "a figure beside a share": (finding("In 5 cases, 5%."), "5", "five", finding("In five cases, 5%.")),
    "what isn't there": (finding("In 5 cases."), "six", "6", finding("In 5 cases.")),
    "signs of a pattern": (finding("In (.*) cases."), "(.*)", "\\1 all", finding("In \\1 all cases.")),
}


@pytest.mark.parametrize("name", RULES)
def test_what_a_rule_says_stands_for_the_words_it_quotes(name: str) -> None:
    """Written as the text around it is written; where it isn't certain which words are meant, they stay."""
    before, quote, fix, after = RULES[name]
    assert fixed(before, "findings", "yaml", says(("strengths", 0, "text"), fix, quote)).text == after


@pytest.mark.parametrize(
    ("before", "fix", "after"),
    [
        ("conclusion: good", "priority", "conclusion: priority"),
        ("conclusion: 'good'  # so", "priority", "conclusion: 'priority'  # so"),
        ("published_score: 65", "66", "published_score: 66"),
        ("conclusion: good", "so: it is", 'conclusion: "so: it is"'),
        ("comment: |-\n  So.", "No.", "comment: |-\n  So."),
        ("published_score: 65", "[1]", "published_score: 65"),
    ],
)
def test_without_a_quote_it_stands_for_the_whole_value(before: str, fix: str, after: str) -> None:
    """A text for a text, a number for a number; a block of several lines is left to a person."""
    pointer = (before.partition(":")[0],)
    assert fixed(f"{before}\n", "findings", "yaml", says(pointer, fix)).text == f"{after}\n"


def test_two_rules_on_the_same_words_wait_for_each_other() -> None:
    """The second is asked again after the first is done."""
    text = finding("In 20 percent of cases.")
    pointer = ("strengths", 0, "text")
    after = fixed(text, "findings", "yaml", says(pointer, "20%", "20 percent"), says(pointer, "per cent", "percent"))
    assert after.text == finding("In 20% of cases.")


def test_what_is_about_a_key_or_confidential_is_left() -> None:
    """A key is no value, and what may name a person is not touched."""
    text = finding("Done.")
    pointer = ("strengths", 0, "text")
    left = (says(pointer, "No.", at_key=True), says(pointer, "No.", "Done.", confidential=True))
    assert fixed(text, "findings", "yaml", *left).text == text


@pytest.mark.parametrize(
    ("ending", "before", "after"),
    [
        ("json", '{"cases": []}  \n\n', '{"cases": []}\n'),
        ("json", '{"cases": [] \n}', '{"cases": []\n}\n'),
        ("csv", "case,1.1.1\nC1,sufficient\n\n", "case,1.1.1\nC1,sufficient\n"),
        ("csv", "case;1.1.1\r\nC1;sufficient", "case;1.1.1\r\nC1;sufficient\r\n"),
        ("csv", "case\t1.1.1\nC1\t\n", "case\t1.1.1\nC1\t\n"),
    ],
)
def test_json_and_tables_end_with_one_line_break(ending: str, before: str, after: str) -> None:
    """Nothing else of them is certain."""
    assert fixed(before, "case_scores", ending).text == after


NET = "# one\na: 1 # two\nb: |- # three\n  x # no comment\n"


@pytest.mark.parametrize(
    ("old", "new", "sets"),
    [
        ("# one\n", "", ()),
        (" # two", "", ()),
        (" # three", "", ()),
        ("# two", "# 2", ()),
        ("1", "2", ()),
        ("1", "1.0", ()),
        ("1", "true", ()),
        ("b:", "c:", ()),
        ("1", "2", ((("a",), 3),)),
        ("1", "[", ((("a",), 3),)),
        ("x ", "y ", ()),
    ],
)
def test_the_net_lets_nothing_through_that_does_more_than_it_says(
    old: str, new: str, sets: tuple[tuple[tuple[str, ...], int], ...]
) -> None:
    """A fix that loses a comment or changes another value is left out, and those beside it are made."""
    page = Page.of(NET, "findings", "yaml", shapes())
    start = NET.index(old)
    wrong = Fix(Kind.RULE, (Edit(start, start + len(old), new),), sets)
    place = NET.index("b:")
    right = Fix(Kind.BLANKS, (Edit(place, place, "\n"),))
    assert mended(page, [wrong]) == (page, [])
    kept, made = mended(page, [right, wrong])
    assert (kept.text, len(made)) == (NET.replace("b:", "\nb:"), 1)


def test_fixes_are_counted_by_kind() -> None:
    """Each mark, line and group counts."""
    text = f"strengths:  \n  - text: “It’s” done.\n    letter: a\n{TAIL}criterion: 1.2\n\n"
    assert fixed(text).counts == {Kind.BLANKS: 1, Kind.MARKS: 3, Kind.TEXT: 1, Kind.ORDER: 2, Kind.END: 1}


def test_a_text_that_no_report_can_hold_is_left_alone() -> None:
    """Where the schema refuses a text for its length, nothing is set in it: that would take without end."""
    long = "“x” " * 50_000
    text = f"{HEAD}strengths: []\nareas_for_improvement: []\ncomment: |-\n  {long.strip()}\n"
    assert fixed(text).text == text
