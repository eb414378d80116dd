"""What the editor writes into a file: the changed values, and nothing else."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pytest
from building import REPOSITORY
from node import edit, edit_one

from omi_build.documents import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from node import Change

INSPECTION = REPOSITORY / "content" / "inspections" / "derbyshire-2007"
FILES = sorted(INSPECTION.rglob("*.yaml"))

FINDINGS = """\
# A comment at the top.
criterion: "1.2"   # why the quotes
published_score: 65
conclusion: priority

strengths:
  # Before the first.
  - letter: a
    text: |-
      A screening had been completed in 91% of the community cases, and in 88% of the
      others it came late.

      A second paragraph that stays as it is, however it
      is wrapped.
    themes: [assessment,  risk-of-harm]
  # Before the second.
  - letter: b
    text: 'It was clear.'
areas_for_improvement: []
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return ([line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"])


def plain(value: Any) -> Any:
    """Return a value with every run of white space in its texts as one space."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def leaves(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the steps to each value that is no collection, and the value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from leaves(part, (*steps, step))
    if not isinstance(value, dict | list):
        yield steps, value


def test_a_file_that_nobody_changed_is_written_as_it_was() -> None:
    """Saving without a change gives the same bytes, and the form shows the values that `omi check` reads."""
    texts = [file.read_text(encoding="utf-8") for file in FILES]
    for file, text, made in zip(FILES, texts, edit([(text, []) for text in texts]), strict=True):
        assert made.text == text, file
        assert plain(made.old) == plain(parse(text).value), file
        assert made.refusals == [], file


def test_each_change_touches_its_own_lines_only() -> None:
    """Whatever value of a real report is changed, the lines of all other values stay byte for byte the same."""
    rows: list[tuple[str, list[Change]]] = []
    wanted: list[tuple[Any, set[int]]] = []
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        parsed = parse(text, spots=True)
        found = [(steps, value) for steps, value in leaves(parsed.value) if steps[-1] not in {"letter", "number"}]
        for steps, value in found[::9]:
            new = f"{' '.join(value.split())} Indeed." if isinstance(value, str) else 7 if value != 7 else 8
            spot = parsed.spots[steps]
            first, last = text.count("\n", 0, spot.start), text.count("\n", 0, spot.end)
            rows.append((text, [(list(steps), new)]))
            wanted.append(((steps, new), set(range(first, last + 1))))
    for (text, _), ((steps, new), own), made in zip(rows, wanted, edit(rows), strict=True):
        value = parse(made.text).value
        for step in steps:
            value = value[step]
        assert plain(value) == new
        matcher = difflib.SequenceMatcher(None, text.splitlines(), made.text.splitlines(), autojunk=False)
        gone = {n for tag, i, j, *_ in matcher.get_opcodes() if tag != "equal" for n in range(i, j)}
        assert gone <= own, (steps, made.text)


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        pytest.param((["published_score"], 66), ["published_score: 65"], ["published_score: 66"], id="number"),
        pytest.param((["conclusion"], None), ["conclusion: priority"], [], id="emptied, where it may be left out"),
        pytest.param(
            (
                ["strengths", 0, "text"],
                "A screening had been completed in 92% of the community cases, and in 88% of the others it came late.\n\nA second paragraph that stays as it is, however it is wrapped.",
            ),
            ["      A screening had been completed in 91% of the community cases, and in 88% of the"],
            ["      A screening had been completed in 92% of the community cases, and in 88% of the"],
            id="one word of a wrapped text",
        ),
        pytest.param(
            (["strengths", 1, "text"], "It was not clear."),
            ["    text: 'It was clear.'"],
            ["    text: 'It was not clear.'"],
            id="the quotation marks that were there",
        ),
        pytest.param(
            (["strengths", 1, "text"], "1.10"), ["    text: 'It was clear.'"], ["    text: '1.10'"], id="like a number"
        ),
        pytest.param(
            (["strengths", 0, "themes"], ["assessment", "victims"]),
            ["    themes: [assessment,  risk-of-harm]"],
            ["    themes: [assessment, victims]"],
            id="list in brackets",
        ),
        pytest.param(
            (["strengths", 0, "themes"], []), ["    themes: [assessment,  risk-of-harm]"], [], id="no theme left"
        ),
        pytest.param(
            (["areas_for_improvement", "+"], {"text": "It was late: often.\n\n- by days\n- by weeks"}),
            ["areas_for_improvement: []"],
            [
                "areas_for_improvement:",
                "  - letter: a",
                "    text: |-",
                "      It was late: often.",
                "",
                "      - by days",
                "      - by weeks",
            ],
            id="the first of a list, with its letter",
        ),
        pytest.param(
            (["strengths", 1],),
            ["  # Before the second.", "  - letter: b", "    text: 'It was clear.'"],
            [],
            id="one of a list taken out, with the comment before it",
        ),
        pytest.param(
            (["comment"], "yes"), [], ["comment: |-", "  yes"], id="a key that was not there, prose as a block"
        ),
        pytest.param(
            (["strengths", 1, "evidence"], ["1.2.1", "1.10"]), [], ['    evidence: [1.2.1, "1.10"]'], id="short list"
        ),
        pytest.param((["rating"], "010"), [], ['rating: "010"'], id="a text that others take for a number"),
        pytest.param((["rating"], "no"), [], ["rating: no"], id="a word is a word"),
    ],
)
def test_a_change_is_written_as_a_person_would(change: Change, gone: list[str], come: list[str]) -> None:
    """Comments, order, quotation marks and line breaks of everything else are kept; new prose is a block."""
    made = edit_one(FINDINGS, change)
    assert changed_lines(FINDINGS, made.text) == (gone, come)
    parse(made.text)


def test_odd_words_mean_in_the_form_what_they_mean_to_the_checks() -> None:
    """The editor reads YAML as `omi check` does: dates, `010`, `no` and `1e3` are words, 11.090 is a number."""
    words = "2007-06 010 0x10 no yes Null 1e3 .5 1_000 12:30:00 +1 -4 0 11.090 true null ~".split()
    text = "criterion: '1.1'\nstrengths: []\nareas_for_improvement: []\n" + "".join(
        f"k{n}: {word}\n" for n, word in enumerate(words)
    )
    (made,) = edit([(text, [(["k0"], "2007-07")])])
    assert made.old == parse(text).value
    assert made.text == text.replace("k0: 2007-06", "k0: 2007-07")


def test_figures_in_brackets_keep_their_spelling() -> None:
    """A neighbour of a changed figure stays as it was typed, 11.090 included."""
    text = (
        "area: x\ncontext:\n  - title: Budget\n    rows:\n      - {label: One, value: 11.090, unit: count} # as told\n"
    )
    made = edit_one(text, (["context", 0, "rows", 0, "label"], "One, or two"))
    assert made.text.splitlines()[-1] == '      - {label: "One, or two", value: 11.090, unit: count} # as told'


def test_letters_run_on_in_a_draft_and_stay_in_a_published_report() -> None:
    """In a draft, findings are lettered in their order; a published finding keeps its letter, and a new one goes on."""
    taken_out: list[Change] = [(["strengths", 0],), (["strengths", "+"], {"text": "It was new."})]
    draft = parse(edit_one(FINDINGS, *taken_out).text).value
    assert [finding["letter"] for finding in draft["strengths"]] == ["a", "b"]
    published = parse(edit_one(FINDINGS, *taken_out, published=True).text).value
    assert [finding["letter"] for finding in published["strengths"]] == ["b", "c"]


def test_moving_an_entry_moves_its_lines() -> None:
    """Findings in another order keep the lines of their texts, and the comment before each goes along."""
    old = edit_one(FINDINGS).old["strengths"]
    made = edit_one(FINDINGS, (["strengths"], old[::-1]))
    assert parse(made.text).value["strengths"][1]["text"] == parse(FINDINGS).value["strengths"][0]["text"]
    assert made.text.index("# Before the second.") < made.text.index("'It was clear.'") < made.text.index("A screening")


def test_line_ends_and_marks_of_windows_are_kept() -> None:
    """A file with CRLF and a byte order mark keeps them."""
    text = "\ufeff" + FINDINGS.replace("\n", "\r\n")
    made = edit_one(text, (["published_score"], 66))
    assert made.text == text.replace("65", "66")


def test_a_needed_value_that_was_emptied_is_told_without_a_service() -> None:
    """On a web host, where no service checks, the schema does: an emptied text stays in place and is refused."""
    made = edit_one(FINDINGS, (["strengths", 1, "text"], ""), (["published_score"], 120))
    told = {tuple(refused["pointer"]): refused["message"] for refused in made.refusals}
    assert told == {("published_score",): "Published score doesn’t fit", ("strengths", 1, "text"): "Text is empty"}
