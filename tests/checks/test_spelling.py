"""Spelling: which words are looked up in the dictionary, what is known without it, and what is suggested."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import INSPECTION, finding, problems_of, world

from omi_build import dictionary
from omi_build.cache import Cache
from omi_build.checks import spelling
from omi_build.dictionary import MAX_WORD, Dictionary
from omi_build.model.common import Prose
from omi_build.model.house_style import HouseStyle, SpellingStyle
from omi_build.model.programme import Areas, Glossary, Programme, Theme, Themes

FINDINGS = f"{INSPECTION}/findings/1-1.yaml"
ABOUT = f"{INSPECTION}/inspection.yaml"
STYLE = "house_style.yaml"


def written(text: str, *right: str, **house: Any) -> dict[str, Any]:
    """Return the small world with a text in its second strength, and spelling judged."""
    files = world()
    files[FINDINGS]["strengths"][1] = finding("b", text)
    return files | {STYLE: {"spelling": {"right": [*right], "ise": True}, **house}}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is suggested, which is what takes time."""
    monkeypatch.setattr(spelling, "MAX_SUGGESTIONS", 0)


WORDS: list[tuple[str, list[str]]] = [
    ("The behavior in the center was good.", ["behavior", "center"]),
    ("Offendder managers knew.", ["Offendder"]),
    ("It was clear. Offendder managers knew.", ["Offendder"]),
    ("- Offendder work\n- teh plan", ["Offendder", "teh"]),
    ("A well-managd case; half-brothr's case.", ["managd", "brothr"]),
    ("The managr's plan and the managr’s plan.", ["managr"]),
    ("Managers didnt, and dont.", ["didnt", "dont"]),
    # right
    ("Managers didn't, don’t and won't; the offenders' plans, children’s needs.", []),
    ("A multi-agency, non-statutory, co-located, one-to-one, in-depth, follow-up plan, not pell-mell.", []),
    ("Reoffending, criminogenic, learnt, licence, practise, programme, enrolment, judgement, café.", []),
    # names and abbreviations
    ("They went to Wharfmouth, where the Zzyzx Trust was.", []),
    ("Wharfmouth was far. They went to Wharfmouth.", []),
    ("Zzyzx Trust helped. Wharfmouth's Trust did.", []),
    ("OASyz, XQZ, eMail, McZzyz, O'Zzyz.", []),
    # what is no prose
    ("See www.zzyzx.com, http://qqq.example/zzyzx, zzyzx@example.com and zzyzx.gov.uk.", []),
    ("In 3rdd, 5zzyz, B2bx and zz_yz cases.", []),
    ("It was [[share 1.1.1]].", ["!"]),
    ("And/or, he/she; and/orr.", ["orr"]),
    ("Ab, xz, ot.", []),
    ("x" * 60, []),
    ("Work was *wel* done—and whn?", ["wel", "whn"]),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("text", "words"), WORDS, ids=range(len(WORDS)))
def test_words_of_prose_are_looked_up(tmp_path: Path, text: str, words: list[str]) -> None:
    """Halves of hyphenated words too; not names, abbreviations, addresses, or anything with a figure."""
    found = [one.problem for one in problems_of(tmp_path, written(text)) if one.problem.code.startswith("OMI6")]
    assert [problem.quote for problem in found] == [word for word in words if word != "!"]


def test_a_misspelt_word_is_told_with_a_suggestion(tmp_path: Path) -> None:
    """The whole problem: where, which word, and what was most likely meant, with the capital of the place."""
    files = written("A PSR was there. Offendder managers knew.")
    (one,) = problems_of(tmp_path, files)
    assert (one.problem.source.path, one.place.line, one.place.column) == (f"content/{FINDINGS}", 8, 26)
    assert (one.problem.code, one.problem.severity.value) == ("OMI606", "warning")
    assert one.problem.message == "`Offendder` is not in the dictionary of British English"
    assert one.problem.hint == (
        "Did you mean `Offender`? If it is right, add it to house_style.yaml, under spelling, right."
    )
    assert one.problem.fix is None


def test_the_words_of_the_house_are_suggested_first(tmp_path: Path) -> None:
    """`sentenncers` is near a word that only the house style has."""
    (one,) = problems_of(tmp_path, written("The sentenncers knew.", "sentencers"))
    assert one.problem.hint.startswith("Did you mean `sentencers`?")


def test_suggestions_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text in another language is told at once; past the bound words are told without a suggestion."""
    asked: list[str] = []
    monkeypatch.setattr(Dictionary, "nearest", lambda _, word: asked.append(word) or "near")
    text = " ".join(f"zzyz{letter}" for letter in "abcdefghijklmnop")
    found = problems_of(tmp_path, written(text))
    assert len(found) == 16
    assert len(asked) == spelling.MAX_SUGGESTIONS
    assert sum(one.problem.hint.startswith("Did you mean") for one in found) == spelling.MAX_SUGGESTIONS


@pytest.mark.usefixtures("quick")
def test_what_the_content_names_is_known(tmp_path: Path) -> None:
    """Glossary, areas, regions, team, signatories and the house's own words need no entry."""
    files = written("- Qqarea, qqterm, qqlong\n- Qqregion\n- Qqmember\n- Qqsigner\n- qqright, Qqright’s\n", "qqright")
    files["areas.yaml"]["areas"][0]["title"] = "Qqarea"
    files["areas.yaml"]["regions"][0]["title"] = "Qqregion"
    files["glossary.yaml"] = {
        "abbreviations": [{"short": "PSR", "long": "Qqlong report"}],
        "terms": [{"term": "Qqterm", "means": "Words."}],
    }
    files[ABOUT]["team"] = [{"role": "Inspectors", "members": [{"name": "A. Qqmember"}]}]
    files[f"{INSPECTION}/narrative.yaml"]["foreword"] = {"text": "Words.", "signed_by": "B. Qqsigner", "role": "Chief"}
    assert problems_of(tmp_path, files) == []


@pytest.mark.usefixtures("quick")
def test_titles_labels_and_notes_are_read_too(tmp_path: Path) -> None:
    """A slip in a heading is seen by everybody."""
    files = written("Fine.")
    files[ABOUT]["title"] = "A synthetic reprot"
    files[ABOUT]["context"][0]["rows"][0]["label"] = "Totl number"
    files[FINDINGS]["strengths"][1]["editor_notes"] = [{"text": "So prinnted."}]
    files["themes.yaml"]["themes"][0]["about"] = "Those who wrok there."
    assert sorted(one.problem.quote for one in problems_of(tmp_path, files)) == ["Totl", "prinnted", "reprot", "wrok"]


@pytest.mark.usefixtures("quick")
def test_what_house_style_tells_is_not_told_again(tmp_path: Path) -> None:
    """One slip, one message; the same word elsewhere in the text is told once."""
    words = [
        {"write": "a lot of", "instead_of": ["alot of"], "why": "Two words."},
        {"write": "used", "instead_of": ["utilized"], "why": "It is plainer."},
    ]
    found = problems_of(tmp_path, written("He utilized alot of plans, teh one and teh other.", words=words))
    assert [one.problem.quote for one in found] == ["utilized", "alot of", "teh"]
    assert [one.problem.code for one in found] == ["OMI601", "OMI601", "OMI606"]


@pytest.mark.usefixtures("quick")
def test_an_editors_note_can_explain_a_spelling(tmp_path: Path) -> None:
    """Where a published report has it so."""
    files = written("The behavior was so.")
    files[FINDINGS]["strengths"][1]["editor_notes"] = [{"text": "So printed.", "explains": ["OMI606"]}]
    assert problems_of(tmp_path, files) == []


OXFORD: list[tuple[str, dict[str, str]]] = [
    ("Work was organized by an organization.", {"organized": "organised", "organization": "organisation"}),
    ("Prioritizing helped.", {"Prioritizing": "Prioritising"}),
    ("They recognize it, are recognizable, and recognizes.", {"recognize": "recognise", "recognizable": "recognisable", "recognizes": "recognises"}),
    ("The World Health Organization of that size seized a prize; citizens were capsized.", {}),
    ("Downsizing, resized, sizeable, horizon, citizen and Lizzie.", {}),
]  # fmt: skip


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("text", "words"), OXFORD, ids=range(len(OXFORD)))
def test_ise_is_written(tmp_path: Path, text: str, words: dict[str, str]) -> None:
    """A word in -ize of which the dictionary has the twin in -ise is told, with its one right form."""
    found = [one.problem for one in problems_of(tmp_path, written(text))]
    assert {problem.quote: problem.fix for problem in found} == words
    assert {problem.code for problem in found} <= {"OMI607"}


def test_a_house_may_write_ize(tmp_path: Path) -> None:
    """Both are good English; the dictionary has both."""
    assert problems_of(tmp_path, written("It was organized.") | {STYLE: {"spelling": {}}}) == []


def test_answers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked the same again, it answers without opening the dictionary; asked more, it doesn't lean on the old answer."""
    first = Dictionary(Cache(tmp_path))
    assert first.misspelt(["colour", "color"]) == {"color"}
    assert first.nearest("offendder") == "offender"
    monkeypatch.setattr(dictionary, "_hunspell", lambda: pytest.fail("it was opened"))
    again = Dictionary(Cache(tmp_path))
    assert again.misspelt(["color", "colour", "color"]) == {"color"}
    assert again.nearest("offendder") == "offender"
    assert again.misspelt([]) == frozenset()
    monkeypatch.undo()
    assert again.misspelt(["color", "centre", "center"]) == {"color", "center"}


def test_what_is_too_long_is_no_word() -> None:
    """Nothing that long is looked up, or looked for."""
    long = "x" * (MAX_WORD + 1)
    assert Dictionary().misspelt([long]) == frozenset()
    assert Dictionary().nearest(long) == ""


ANYTHING = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)
SCRAPS = st.lists(
    st.sampled_from("teh the - ’s 's -- x-y it's [[share 1]] [[ a/b colour-izd iz izing organize \n É ß ŉ".split(" ")),
    max_size=9,
).map("".join)


@settings(max_examples=300)
@given(text=ANYTHING | SCRAPS)
def test_no_text_makes_a_rule_of_spelling_fail(text: str) -> None:
    """Any prose gives problems or none, never an exception; what is quoted stands in the text."""
    themes = Themes((Theme("a", "A", Prose(f"It was. {text}")),))
    house = HouseStyle(spelling=SpellingStyle(("right",), ise=True))
    programme = Programme((), Areas(), Glossary(), themes, (), house_style=house)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "MAX_SUGGESTIONS", 0)
        for rule in (spelling.misspelt_word, spelling.oxford_spelling):
            assert all(problem.quote in themes.themes[0].about.text for problem in rule(programme, (), Dictionary()))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "text", ["-" * 19000, "a-" * 9000, "a'" * 9000, "/a" * 9000, "[[" * 9000, "iz" * 9000, "Xx. " * 4000, " " * 19000]
)
def test_long_texts_are_judged_in_step_with_their_length(tmp_path: Path, text: str) -> None:
    """No text makes a pattern go back and forth; the test's own time limit would end it."""
    assert {one.problem.code for one in problems_of(tmp_path, written(f"It was {text}."))} <= {"OMI606"}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("rule", "code"), [(spelling.misspelt_word, "OMI606"), (spelling.oxford_spelling, "OMI607")])
def test_the_examples_of_a_docstring_are_true(tmp_path: Path, rule: Any, code: str) -> None:
    """What a rule shows to look at is reported, and what it shows as right is not."""
    words = " ".join(str(rule.__doc__).split())
    (wrong,), (right,) = (re.findall(rf"{name}: `([^`]+)`", words) for name in ("To look at", "Right"))
    assert [one.problem.code for one in problems_of(tmp_path, written(wrong))] == [code]
    assert problems_of(tmp_path, written(right)) == []
