"""House style: which words, numbers and abbreviations are told, and which are left alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_world import INSPECTION, finding, problems_of, world

from omi_build.checks import style
from omi_build.checks.style import slips
from omi_build.model.common import Prose
from omi_build.model.house_style import HouseStyle, NumberStyle, Wording
from omi_build.model.programme import Abbreviation, Areas, Glossary, Programme, Theme, Themes
from omi_build.reporting import Located

FINDINGS = f"{INSPECTION}/findings/1-1.yaml"
NARRATIVE = f"{INSPECTION}/narrative.yaml"
ABOUT = f"{INSPECTION}/inspection.yaml"
STYLE = "house_style.yaml"


def wording(write: str, *instead_of: str, safe: bool = False) -> dict[str, Any]:
    """Return an entry of the words."""
    return {"write": write, "instead_of": [*instead_of], "why": "The house says so.", "safe": safe}


WORDS = [
    wording("affected by", "effected by", safe=True),
    wording("into account", "in to account", safe=True),
    wording("OASys", "OASYS", "Oasys"),
    wording("programme", "program"),
    wording("per cent", "percent", "per-cent"),
    wording("offender’s plan", "offenders plan"),
    wording("PPOs", "PPO's"),
    wording("Risk of Harm", "Risk of harm", "risk of Harm"),
    wording("account", "account of"),
]


def written(text: str, **house: Any) -> dict[str, Any]:
    """Return the small world with a text in its second strength, under a house style."""
    files = world()
    files[FINDINGS]["strengths"][1] = finding("b", text)
    return files | {STYLE: house}


def told(folder: Path, files: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Return code, quoted words and fix of each problem."""
    return [(one.problem.code, one.problem.quote, one.problem.fix) for one in problems_of(folder, files)]


WORD_ROWS: list[tuple[str, list[tuple[str, str]]]] = [
    ("Work was effected by sickness.", [("effected by", "affected by")]),
    ("Effected by sickness, work was late.", [("Effected by", "Affected by")]),
    ("Work was effected\nby sickness, and in \n  to account.", [("effected\nby", "affected by"), ("in \n  to account", "into account")]),
    ("It was effected\n\nby them. It was effected     by five spaces.", []),
    ("It was Effected by that.", []),
    ("A change was effected; by then it was late.", []),
    ("It was uneffected by, and effected bystanders.", []),
    ("OASYS and Oasys, not OASys or oasys.", [("OASYS", "OASys"), ("Oasys", "OASys")]),
    ("The program's end. A program-like thing, a re-program.", [("program", "programme")]),
    ("Programs and reprogram.", []),
    ("A small percent, or per-cent, of it; a percentage.", [("percent", "per cent"), ("per-cent", "per cent")]),
    ("Each PPO’s plan and PPO's plan.", [("PPO’s", "PPOs"), ("PPO's", "PPOs")]),
    ("Risk of harm, a Risk of harm and a risk of Harm, the Risk of Harm. Risk of Harm.", [("Risk of harm", "Risk of Harm"), ("Risk of harm", "Risk of Harm"), ("risk of Harm", "Risk of Harm")]),
    ("Taken in to account of it.", [("in to account", "into account")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), WORD_ROWS, ids=range(len(WORD_ROWS)))
def test_words_are_told_where_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    """Whole words in their order, within a paragraph; of two that overlap the first and longest; capitals count."""
    wordings = [Wording(one["write"], tuple(one["instead_of"]), one["why"]) for one in WORDS]
    assert [(slip.quote, slip.right) for slip in slips(text, wordings)] == found


def test_a_wording_is_told_with_its_reason_and_place(tmp_path: Path) -> None:
    """The column is that of the words; only a safe wording has a fix, with the capital of the place."""
    (one, other) = problems_of(tmp_path, written("Effected by that. A Risk of harm.", words=WORDS))
    assert (one.problem.source.path, one.place.line, one.place.column) == (f"content/{FINDINGS}", 8, 9)
    assert (one.problem.code, one.problem.severity.value) == ("OMI601", "warning")
    assert one.problem.message == "`Effected by` is written `Affected by`"
    assert (one.problem.hint, one.problem.fix) == ("The house says so.", "Affected by")
    assert (other.problem.quote, other.problem.fix) == ("Risk of harm", None)


def test_what_all_reports_share_is_judged_too(tmp_path: Path) -> None:
    """The framework, the glossary and the themes are read by the same people."""
    files = world() | {STYLE: {"words": WORDS}}
    files["themes.yaml"]["themes"][0]["about"] = "Those effected by it."
    files["frameworks/test-2040.yaml"]["sections"][0]["criteria"][0]["statement"] = "It is effected by it."
    paths = [one.problem.source.path for one in problems_of(tmp_path, files)]
    assert paths == ["content/frameworks/test-2040.yaml", "content/themes.yaml"]


def test_an_editors_note_can_explain_a_word(tmp_path: Path) -> None:
    """Where a published report has such words and they are to stay, a note says so, as for every other rule."""
    files = written("It was effected by that.", words=WORDS)
    note = {"text": "So printed.", "explains": ["OMI601"]}
    files[FINDINGS]["strengths"][1]["editor_notes"] = [note]
    assert told(tmp_path, files) == []


PER_CENT = [
    ("79 per cent", "79%"),
    ("79 percent", "79%"),
    ("79 per-cent", "79%"),
    ("79-per-cent", "79%"),
    ("91.6 Per Cent", "91.6%"),
    ("79\nper cent", "79%"),
    ("79 per\n  cent", "79%"),
]


@pytest.mark.parametrize(("quote", "right"), PER_CENT, ids=[row[0] for row in PER_CENT])
def test_a_figure_takes_the_sign(tmp_path: Path, quote: str, right: str) -> None:
    """However the words are written, they are told once and may be replaced; the list of words keeps its peace."""
    files = written(f"It was {quote} of them.", words=WORDS, numbers={"per_cent_sign": True})
    assert told(tmp_path, files) == [("OMI602", quote, right)]


@pytest.mark.parametrize(
    "text", ["It was 79% of them.", "It was ten per cent.", "10–20 per cent.", "A 5 percentage point gap."]
)
def test_other_percentages_keep_their_form(tmp_path: Path, text: str) -> None:
    """What has the sign or no figure is right, and ranges are left alone."""
    assert told(tmp_path, written(text, numbers={"per_cent_sign": True})) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Reviews were late in 5 cases.", "5 cases"),
        ("It was missing in 8 out of 11 cases.", ""),
        ("We met 2 offender managers.", "2 offender"),
        ("3 offenders came.", "3 offenders"),
        ("They had (4 reports), also\n2 plans.", "4 reports|2 plans"),
        ("In 4 reports it was.", "4 reports"),
        ("All of the\n6 officers.", "6 officers"),
        ("It came up over 9 meetings.", "9 meetings"),
    ],
)
def test_small_counts_are_told(tmp_path: Path, text: str, quote: str) -> None:
    """A figure before the things that it counts."""
    found = [(code, words) for code, words, _ in told(tmp_path, written(text, numbers={"words_below": 10}))]
    assert found == [("OMI603", words) for words in quote.split("|") if words]


FIGURES_STAY = [
    "five cases, 10 cases and 11 cases", "1 case", "5% of cases", "5 per cent", "5.5 cases", "1.2 is met", "5,000 cases",
    "Level 2 meetings", "level 2 meetings", "stage 2 work", "Tier 4 cases", "criterion 4 says", "Section 3 is met",
    "one in 5 cases", "2 to 5 cases", "2-5 cases", "5 or 6 cases", "between 2 and 5 cases", "5 of the cases",
    "5 days", "6 months", "2 miles", "5 June", "on 5 june", "5 million cases", "aged 5 years", "£5 notes", "B5 forms",
    "a 2:1 ratio", "3/4 cases", "5 PSRs", "5 and 6", "Phase 2 cases", "No 5 court", "page 5 shows", "2 [x]", "5.",
    "Figure 2 shows", "Table 3 has", "a 5-page form", "in Ward 3 women lived", "-5 cases", "#5 cases",
]  # fmt: skip


def test_other_figures_stay(tmp_path: Path) -> None:
    """Percentages, units, times, dates, ranges, labels and numbers of criteria are no counts of things."""
    texts = [f"It was: see {text}." for text in FIGURES_STAY] + [f"{text}." for text in FIGURES_STAY]
    found = told(tmp_path, written("\n\n".join(texts), numbers={"words_below": 10}))
    assert [problem for problem in found if problem[0] == "OMI603"] == []


def test_the_limit_is_data(tmp_path: Path) -> None:
    """A house that writes five cases and 6 cases says 6."""
    files = written("In 5 cases; in 6 cases.", numbers={"words_below": 6})
    assert [words for _, words, _ in told(tmp_path, files)] == ["5 cases"]


def abbreviated(*, fieldwork: str = "2040-06", **house: Any) -> dict[str, Any]:
    """Return a world whose foreword, chapter and findings can use abbreviations."""
    files = world() | {STYLE: {"abbreviations": {"from": "2040", **house}}}
    files["glossary.yaml"]["abbreviations"] = [
        {"short": "PSR", "long": "Pre-sentence report"},
        {"short": "RoH", "long": "Risk of Harm", "also": ["ROH"]},
        {"short": "HMI", "long": "Her Majesty's Inspectorate"},
        {"short": "HMI Prisons", "long": "Her Majesty's Inspectorate of Prisons"},
    ]
    files[FINDINGS]["strengths"][0]["text"] = "A PSR by HMI, of RoH, from HMI Prisons."
    files[NARRATIVE]["foreword"] = {"text": "Words.", "signed_by": "A. Person", "role": "Chief"}
    files[ABOUT]["fieldwork"] = fieldwork
    return files


def test_an_abbreviation_is_told_at_its_first_use(tmp_path: Path) -> None:
    """The foreword is read before the findings; what is written out there needs no words later."""
    files = abbreviated()
    files[NARRATIVE]["foreword"]["text"] = (
        "A Pre-Sentence\nReport (PSR) and ROH (risk of harm). Her Majesty’s Inspectorate of Prisons (HMI Prisons) came."
    )
    (one,) = problems_of(tmp_path, files)
    assert (one.problem.code, one.problem.quote) == ("OMI604", "HMI")
    assert one.problem.hint == "Write it out once: Her Majesty's Inspectorate (HMI)."


def test_plurals_are_written_out_as_such(tmp_path: Path) -> None:
    """`Pre-sentence reports (PSRs)` is right, and shown where it is missing."""
    house = {"as_they_are": ["HMI", "HMI Prisons", "RoH"]}
    files = abbreviated(**house)
    files[NARRATIVE]["section_summaries"][0]["text"] = "PSRs were good."
    (one,) = problems_of(tmp_path, files)
    assert one.problem.hint == "Write it out once: Pre-sentence reports (PSRs)."
    files[NARRATIVE]["section_summaries"][0]["text"] = "Pre-sentence reports (PSRs) were good."
    assert problems_of(tmp_path, files) == []


def test_older_reports_stay_as_they_were_published(tmp_path: Path) -> None:
    """Which reports are judged follows from their fieldwork."""
    files = abbreviated(fieldwork="2039-12")
    assert problems_of(tmp_path, files) == []
    assert len(problems_of(tmp_path, abbreviated())) == 4


def test_without_a_house_style_nothing_is_judged(tmp_path: Path) -> None:
    """Neither the file nor any part of it is required."""
    text = "It was effected by that in 5 cases and 79 per cent, organized behavior."
    files = written(text)
    assert told(tmp_path, files) == []
    del files[STYLE]
    assert told(tmp_path, files) == []


@pytest.mark.parametrize(
    ("words", "quote", "message"),
    [
        ([wording("OASys", "oasys"), wording("eOASys", "oasys")], 1, "`oasys` stands under `OASys` already"),
        ([wording("other priority offender", "priority offender")], 0, "`priority offender` stands in `other priority offender`"),
        ([wording("while", "whilst"), wording("whilst", "meanwhile")], 0, "`whilst` stands in `whilst`, which is to be written"),
    ],
)  # fmt: skip
def test_a_style_against_itself_is_told_and_left_out(tmp_path: Path, words: Any, quote: int, message: str) -> None:
    """An entry that would tell the right words for wrong, or be mended without end, is told where it stands."""
    files = written("Any other priority offender, whilst it was.", words=words)
    (one,) = problems_of(tmp_path, files)
    assert (one.problem.code, one.problem.source.path) == ("OMI605", f"content/{STYLE}")
    assert one.problem.source.pointer == ("words", quote, "instead_of", 0)
    assert message in one.problem.message


def test_no_wording_is_a_pattern(tmp_path: Path) -> None:
    """What looks like one is looked for as it stands: content never becomes an expression."""
    files = written(
        "It was (a+)+$ and [x] and a.c but aac.", words=[wording("x", "(a+)+$", "a.c"), wording("y", "[x]")]
    )
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI601"] * 3


ANYTHING = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
SCRAPS = st.lists(
    st.sampled_from("5 79 1.2 cases per cent percent per-cent - ( ) [ * + ? \\ . effected by Effected in to \n \n\n PSR ’s 's ß ǆ ŉ".split(" ")),
    min_size=1,
    max_size=12,
).map(" ".join)  # fmt: skip


@settings(max_examples=300)
@given(text=ANYTHING | SCRAPS, write=ANYTHING | SCRAPS, phrase=ANYTHING | SCRAPS)
@example(text="ŉ", write="a", phrase="ŉ")
@example(text="ß Ss", write="a", phrase="ß")
@example(text="a  b", write="-", phrase="-")
def test_any_words_can_be_looked_for(text: str, write: str, phrase: str) -> None:
    """Whatever stands in the style and in the text, slips stand in the text, in order, and never overlap."""
    if not write.strip() or not phrase.strip():
        return
    found = slips(text, [Wording(write.strip(), (phrase.strip(),), "So.")])
    end = 0
    for slip in found:
        assert slip.start >= end
        assert text[slip.start : slip.end] == slip.quote != slip.right
        end = slip.end


@settings(max_examples=300)
@given(text=ANYTHING | SCRAPS, phrase=ANYTHING | SCRAPS)
def test_no_text_makes_a_rule_of_style_fail(text: str, phrase: str) -> None:
    """Any prose under any style gives problems or none, never an exception; what is quoted stands in the text."""
    wordings = [
        Wording(one["write"], tuple(one["instead_of"]), one["why"])
        for one in [*WORDS, wording(phrase.strip() or "x", "teh", text.strip() or "x")]
    ]
    house = HouseStyle(tuple(wordings), NumberStyle(10, per_cent_sign=True))
    themes = Themes((Theme("a", "A", Prose(f"It was. {text}")),))
    programme = Programme((), Areas(), Glossary(), themes, (), house_style=house)
    for rule in (style.house_word, style.words_for_per_cent, style.small_number_in_figures):
        assert all(problem.quote in f"It was. {text}" for problem in rule(programme, ()))
    assert {problem.code for problem in style.style_against_itself(programme, ())} <= {"OMI605"}
    entry = Abbreviation(text[:4].strip() or "x", phrase.strip() or "x")
    for prose, found, one in style.first_uses([Prose(f"{text} ({phrase})")], [entry]):
        style.written_out(prose.text, found, one)


@pytest.mark.parametrize(
    "text",
    [
        "9 " * 9000,
        " " * 19000 + "x",
        "(" * 19000,
        "a" * 19000,
        "9 a" * 6000,
        "per " * 4000,
        "effected " * 2000 + "\n" * 900,
    ],
)
def test_long_texts_are_judged_in_step_with_their_length(tmp_path: Path, text: str) -> None:
    """No text makes a pattern go back and forth; the test's own time limit would end it."""
    files = written(f"It was {text}", words=WORDS, numbers={"words_below": 10, "per_cent_sign": True})
    assert {one.problem.code for one in problems_of(tmp_path, files)} <= {"OMI501", "OMI603"}


EXAMPLES = {
    "OMI601": (style.house_word, {"words": WORDS}),
    "OMI602": (style.words_for_per_cent, {"numbers": {"per_cent_sign": True}}),
    "OMI603": (style.small_number_in_figures, {"numbers": {"words_below": 10}}),
    "OMI604": (style.abbreviation_before_its_words, {"abbreviations": {"from": "2040"}}),
}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_examples_of_a_docstring_are_true(tmp_path: Path, code: str) -> None:
    """What a rule shows to look at is reported, and what it shows as right is not."""
    rule, house = EXAMPLES[code]
    words = " ".join(str(rule.__doc__).split())
    (wrong,), (right,) = (re.findall(rf"{name}: `([^`]+)`", words) for name in ("To look at", "Right"))

    def shown(text: str) -> list[Located]:
        files = written(text, **house)
        files[FINDINGS]["strengths"][0]["text"] = text
        files[FINDINGS]["strengths"][1]["text"] = "A PSR."
        return problems_of(tmp_path, files)

    assert [one.problem.code for one in shown(wrong)] == [code]
    assert shown(right) == []
