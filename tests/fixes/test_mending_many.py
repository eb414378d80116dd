"""Many files mended together, with the rules asked again until they have nothing more to say that has one right answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from mending import says, shapes

from omi_build.fixes import Kind, mend
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from omi_build.problems import Problem

FINDINGS = "content/inspections/testshire-2040/findings/1-1.yaml"
ABOUT = "content/inspections/testshire-2040/inspection.yaml"
GLOSSARY = "content/glossary.yaml"
TEXT = 'criterion: "1.1"\nstrengths:\n  - letter: a\n    text: In 20 percent of the the cases.\nareas_for_improvement: []\n'
PLACE = ("strengths", 0, "text")


def rules(
    texts: dict[str, str], *rule: Callable[[str], Problem | None]
) -> Callable[[Mapping[str, str]], list[Problem]]:
    """Return a check of made-up rules, each of which sees the text of the findings."""

    def check(replaced: Mapping[str, str]) -> list[Problem]:
        text = {**texts, **replaced}[FINDINGS]
        return [replace(found, source=Source(FINDINGS, PLACE)) for one in rule if (found := one(text))]

    return check


def word(quote: str, fix: str, **more: bool) -> Callable[[str], Problem | None]:
    """Return a rule that wants another word for a word."""
    return lambda text: says(PLACE, fix, quote, **more) if f" {quote} " in text else None


def test_what_a_rule_says_only_after_a_fix_is_done_too() -> None:
    """One run does what several would."""
    texts = {FINDINGS: TEXT}
    done = mend(
        texts, [FINDINGS], rules(texts, word("percent", "per cent"), word("per cent", "parts in 100")), shapes()
    )
    assert done.texts == {FINDINGS: TEXT.replace("percent", "parts in 100")}
    assert (done.counts, done.problems) == ({Kind.RULE: 2}, ())


def test_rules_that_contradict_each_other_change_nothing() -> None:
    """A person decides; both go on being told."""
    texts = {FINDINGS: TEXT}
    done = mend(texts, [FINDINGS], rules(texts, word("percent", "per cent"), word("per cent", "percent")), shapes())
    assert (done.texts, done.counts, len(done.problems)) == ({}, {}, 1)


def test_a_rule_that_is_never_content_changes_nothing() -> None:
    """It would make the text longer for ever."""
    texts = {FINDINGS: TEXT}
    done = mend(texts, [FINDINGS], rules(texts, word("percent", "whole percent")), shapes())
    assert (done.texts, done.counts, len(done.problems)) == ({}, {}, 1)


def test_a_fix_that_a_rule_complains_of_is_taken_back() -> None:
    """The file stays as it was."""
    texts = {FINDINGS: TEXT}

    def complains(text: str) -> Problem | None:
        return replace(says(PLACE, ""), code="OMI999", fix=None) if "per cent" in text else None

    done = mend(texts, [FINDINGS], rules(texts, word("percent", "per cent"), complains), shapes())
    assert (done.texts, done.counts) == ({}, {})
    assert [problem.code for problem in done.problems] == ["OMI599"]


def test_only_what_was_chosen_is_mended() -> None:
    """The others are read, because files refer to each other."""
    texts = {FINDINGS: f"{TEXT}\n", GLOSSARY: "terms: []  \n"}
    done = mend(texts, [GLOSSARY], rules(texts), shapes())
    assert done.texts == {GLOSSARY: "terms: []\n"}


def test_a_file_that_may_name_a_person_is_left_alone() -> None:
    """Not even its layout is touched."""
    texts = {FINDINGS: f"{TEXT}\n"}
    assert mend(texts, [FINDINGS], rules(texts, word("percent", "per cent", confidential=True)), shapes()).texts == {}


@pytest.mark.parametrize(
    ("about", "letter"),
    [
        ("publication: {status: in_preparation}\n", "a"),
        ("publication: {status: with_area}\n", "a"),
        ("publication: {status: published, date: 2099-01-01}\n", "c"),
        ("publication: {status: publshed}\n", "c"),
        ("publication: [\n", "c"),
        ("", "c"),
        (None, "c"),
    ],
)
def test_letters_run_on_only_where_a_report_is_certainly_not_published(about: str | None, letter: str) -> None:
    """A status that can't be read may be any."""
    texts = {FINDINGS: TEXT.replace("letter: a", "letter: c")} | ({ABOUT: about} if about is not None else {})
    done = mend(texts, [FINDINGS], rules(texts), shapes())
    assert f"letter: {letter}" in {**texts, **done.texts}[FINDINGS]
