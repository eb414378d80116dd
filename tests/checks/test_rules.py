"""Each rule finds its fault, at its place and in words, and leaves what is right alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import INSPECTION, problems_of, world

from omi_build.checks import PROGRAMME_RULES, REPORT_RULES

FINDINGS = f"{INSPECTION}/findings/1-1.yaml"
ABOUT = f"{INSPECTION}/inspection.yaml"
FRAMEWORK = "frameworks/test-2040.yaml"
TARGETS = f"{INSPECTION}/targets.yaml"
CASES = f"{INSPECTION}/case_scores.yaml"
PRACTICE = f"{INSPECTION}/good_practice.yaml"

Step = str | int


def changed(path: str, pointer: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """Return the small world with one value changed."""
    files = world()
    files.setdefault(path, {})
    part = files[path]
    for step in pointer[:-1]:
        part = part[step]
    part[pointer[-1]] = value
    return files


def prose(text: str) -> dict[str, Any]:
    """Return the small world with a text in its first finding."""
    return changed(FINDINGS, ("strengths", 0, "text"), f"A PSR was there. {text}")


def example(text: str, **more: Any) -> dict[str, Any]:
    """Return the small world with a text in its good practice example."""
    return changed(PRACTICE, ("good_practice", 0), {"title": "A form", "criterion": "1.1", "text": text, **more})


def table(*values: float, adds_up_to: float, unit: str = "count") -> dict[str, Any]:
    """Return the small world with a table whose rows should add up."""
    rows = [{"label": f"Row {n}", "value": value, "unit": unit} for n, value in enumerate(values)]
    return changed(ABOUT, ("context", 0), {"title": "Parts", "rows": rows, "adds_up_to": adds_up_to})


def share_of(value: float, of: int) -> dict[str, Any]:
    """Return the small world with a percentage of a base, as data."""
    rows = [{"label": "Done", "value": value, "unit": "per_cent", "of": of}]
    return changed(ABOUT, ("context", 0), {"title": "Shares", "rows": rows})


def without(path: str) -> dict[str, Any]:
    files = world()
    del files[path]
    return files


def moved(path: str, to: str) -> dict[str, Any]:
    files = world()
    files[to] = files.pop(path)
    return files


def extra(path: str, value: Any) -> dict[str, Any]:
    return {**world(), path: value}


def answers(*refs: str, case: str = "C001") -> dict[str, Any]:
    return {"case": case, "answers": dict.fromkeys(refs, "sufficient")}


def counted(*, first: int, second: int, thread: int) -> dict[str, Any]:
    """Return the small world with counts: so many of 50 sufficient, for every question of 1.1 and of 1.2."""
    files = changed(ABOUT, ("published_thread_scores", 0, "score"), thread)
    counts = {f"1.{n}.{q}": {"sufficient": s, "relevant": 50} for n, s in ((1, first), (2, second)) for q in (1, 2)}
    return files | {CASES: {"counts": counts}}


WRONG = [
    ("OMI201", extra(f"{INSPECTION}/findings/1-9.yaml", {"criterion": "1.9", "strengths": [], "areas_for_improvement": []}), f"{INSPECTION}/findings/1-9.yaml", 1, "Test 2040 has no criterion 1.9"),
    ("OMI202", without(f"{INSPECTION}/findings/2-1.yaml"), ABOUT, 1, "no findings on criterion 2.1, Leading"),
    ("OMI203", changed(FINDINGS, ("strengths", 1, "letter"), "c"), FINDINGS, 7, "(c) stands where the letter (b) should be"),
    ("OMI203", changed(FINDINGS, ("strengths", 1, "letter"), "a"), FINDINGS, 7, "(a) stands where the letter (b) should be"),
    ("OMI204", changed(PRACTICE, ("good_practice", 0, "criterion"), "2.9"), PRACTICE, 3, "no criterion 2.9"),
    ("OMI204", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "criteria"), ["1.2", "7.1"]), f"{INSPECTION}/recommendations.yaml", 6, "no criterion 7.1"),
    ("OMI204", changed(f"{INSPECTION}/narrative.yaml", ("section_summaries", 0, "section"), 5), f"{INSPECTION}/narrative.yaml", 2, "no section 5"),
    ("OMI204", changed(ABOUT, ("published_thread_scores", 0, "thread"), "ham"), ABOUT, 12, "no thread ham"),
    ("OMI205", moved(FINDINGS, f"{INSPECTION}/findings/1-3.yaml"), f"{INSPECTION}/findings/1-3.yaml", 1, "the file is called 1-3.yaml, but its criterion is 1.1"),
    ("OMI205", changed(ABOUT, ("year",), 2041), ABOUT, 1, "doesn't agree with area testshire and year 2041"),
    ("OMI206", changed("areas.yaml", ("areas", 0, "region"), "the-regoin"), "areas.yaml", 7, "there is no region the-regoin"),
    ("OMI207", changed(ABOUT, ("fieldwork",), "2040-02-31"), ABOUT, 6, "there is no such day as 2040-02-31"),
    ("OMI208", changed(ABOUT, ("publication", "date"), "2040-05-01"), ABOUT, 9, "published 1 May 2040, before the fieldwork (June 2040)"),
    ("OMI208", changed(ABOUT, ("fieldwork",), "2038-12"), ABOUT, 6, "before Test 2040 was in use"),
    ("OMI208", changed(ABOUT, ("context", 0, "as_at"), "2040-09"), ABOUT, 16, "figures as at September 2040, after the publication"),
    ("OMI209", changed(ABOUT, ("publication", "isbn_print"), "978-1-84726-356-7"), ABOUT, 10, "978-1-84726-356-7 is not an ISBN"),
    ("OMI210", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "number"), 2), f"{INSPECTION}/recommendations.yaml", 2, "recommendation 2 stands where number 1 should be"),
    ("OMI211", changed(FINDINGS, ("rating",), "well_met"), FINDINGS, 10, "its criteria have no rating"),
    ("OMI211", changed(FINDINGS, ("score_not_available",), {"shorthand": "x", "reason": "Lost."}), FINDINGS, 10, "contradict each other"),
    ("OMI212", changed(FRAMEWORK, ("scoring", "summary_weight"), 30), FRAMEWORK, 9, "the weights add up to 110"),
    ("OMI212", changed(FRAMEWORK, ("bands", 2, "from"), 5), FRAMEWORK, 13, "they must run down to 0"),
    ("OMI301", prose("In 79% of the 50 reports it was."), FINDINGS, 6, "79% of 50 can't be: 39 is 78%, 40 is 80%"),
    ("OMI301", share_of(14.5, 36), ABOUT, 18, "14.5% of 36 can't be: 5 is 13.9%, 6 is 16.7%"),
    ("OMI302", prose("It was late in five out of 36 (15%)."), FINDINGS, 6, "five out of 36 is 14%, not 15%"),
    ("OMI302", prose("It was late in 33 of the 50 reports (67%)."), FINDINGS, 6, "33 out of 50 is 66%, not 67%"),
    ("OMI302", prose("In 11 (22%) out of 53 cases."), FINDINGS, 6, "11 out of 53 is 21%, not 22%"),
    ("OMI302", prose("In 66% (32 of 50)."), FINDINGS, 6, "32 out of 50 is 64%, not 66%"),
    ("OMI302", prose("Twenty-nine out of 58 cases (51%)."), FINDINGS, 6, "Twenty-nine out of 58 is 50%, not 51%"),
    ("OMI303", table(61, 6, 46, adds_up_to=118), ABOUT, 26, "61 + 6 + 46 is 113, not 118"),
    ("OMI303", table(60, 20, 13, adds_up_to=100, unit="per_cent"), ABOUT, 26, "60 + 20 + 13 is 93, not 100"),
    ("OMI304", prose("It was 44% here and 44% there."), FINDINGS, 6, "44% stands here 2 times"),
    ("OMI305", prose("In 12 out of 11 cases."), FINDINGS, 6, "12 out of 11 can't be"),
    ("OMI401", changed(FINDINGS, ("conclusion",), "priority"), FINDINGS, 3, "a score of 72% is good, not priority"),
    ("OMI402", changed(f"{INSPECTION}/findings/2-1.yaml", ("rating",), "well_meet"), f"{INSPECTION}/findings/2-1.yaml", 2, "`well_meet` is no rating of the framework"),
    ("OMI403", changed(FINDINGS, ("conclusion",), "goood"), FINDINGS, 3, "`goood` is no conclusion of the framework"),
    ("OMI404", counted(first=25, second=29, thread=54), FINDINGS, 2, "criterion 1.1: 72% was published, but the case answers give 50%"),
    ("OMI404", counted(first=36, second=29, thread=64), ABOUT, 13, "Harm: 64% was published, but the case answers give 65%"),
    ("OMI405", changed(TARGETS, ("tables", 0, "targets", 0, "area", "asterisk"), False), TARGETS, 12, "88 against a target of 90 (higher is better) is near miss"),
    ("OMI406", extra(CASES, {"cases": [answers("9.9.9")]}), CASES, 4, "no question 9.9.9"),
    ("OMI406", extra(CASES, {"cases": [answers("1.1.1"), answers("1.1.1")]}), CASES, 5, "case C001 stands here a second time"),
    ("OMI406", extra(CASES, {"counts": {"1.1.1": {"sufficient": 3, "relevant": 2}}}), CASES, 3, "3 sufficient of 2 relevant cases can't be"),
    ("OMI406", extra(CASES, {"synthetic": True}), CASES, 1, "neither cases nor counts"),
    ("OMI407", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "criteria"), ["1.1"]), f"{INSPECTION}/findings/1-2.yaml", 3, "no recommendation takes it up"),
    ("OMI501", prose("It was the the best."), FINDINGS, 6, "`the` stands twice in a row"),
    ("OMI502", example("Peter was 21 years old."), PRACTICE, 4, "`Peter` looks like a person's first name"),
    ("OMI503", prose("The YJB knew."), FINDINGS, 6, "YJB is used, but the glossary doesn't explain it"),
    ("OMI504", changed("glossary.yaml", ("abbreviations",), [{"short": "PSR", "long": "Report"}, {"short": "ATR", "long": "Treatment"}]), "glossary.yaml", 4, "ATR is in the glossary, but no report uses it"),
    ("OMI505", changed(FINDINGS, ("strengths", 0, "editor_notes"), [{"text": "So printed.", "explains": ["OMI301"]}]), FINDINGS, 10, "this note explains OMI301"),
]  # fmt: skip

RIGHT = [
    world(),
    prose("In 78% of the 50 reports it was, and in 91.6% of 3,734 cases."),
    prose("It was late in five out of 36 (14%), eight out of 11 cases (73%) and nine out of 32 licence cases (28%)."),
    prose("In 11 (21%) out of 53 cases; one in 16 (half of 8) and 10% of the 2007 plan."),
    prose("It had had its day."),
    table(67, 21, 13, adds_up_to=100, unit="per_cent"),
    table(91.6, 8.4, adds_up_to=100, unit="per_cent"),
    share_of(73, 11),
    example("A man of 21 went to Foston Hall in May."),
    example("Peter was 21 years old.", names_changed=True),
    changed(ABOUT, ("publication", "date"), "2040-06"),
    changed(FINDINGS, ("published_score",), 70),
    counted(first=36, second=29, thread=65),
]


@pytest.mark.parametrize(
    ("code", "files", "path", "line", "words"), WRONG, ids=[f"{row[0]}-{n}" for n, row in enumerate(WRONG)]
)
def test_a_fault_is_found_where_it_stands(
    tmp_path: Path, code: str, files: dict[str, Any], path: str, line: int, words: str
) -> None:
    """A fault gives its code, its line and its words; and one slip gives one message of its code."""
    found = problems_of(tmp_path, files)
    same = [one for one in found if one.problem.code == code]
    assert len(same) == 1, [(one.problem.code, one.problem.message) for one in found]
    (one,) = same
    assert (one.problem.source.path, one.place.line) == (f"content/{path}", line)
    assert words in one.problem.message
    assert one.problem.hint


@pytest.mark.parametrize("files", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_left_alone(tmp_path: Path, files: dict[str, Any]) -> None:
    """Content without a fault gives no problem."""
    assert [(one.problem.code, one.problem.message) for one in problems_of(tmp_path, files)] == []


def test_an_editors_note_answers_the_check_that_it_names(tmp_path: Path) -> None:
    """A public note beside a finding silences the code that it explains there, and no other."""
    files = prose("In 79% of the 50 reports, and the the rest.")
    files[FINDINGS]["strengths"][0]["editor_notes"] = [{"text": "The report prints it.", "explains": ["OMI301"]}]
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI501"]


def test_a_note_speaks_for_its_own_finding_only(tmp_path: Path) -> None:
    """The same fault in the next finding is reported all the same."""
    files = prose("In 79% of the 50 reports.")
    files[FINDINGS]["strengths"][0]["editor_notes"] = [{"text": "So printed.", "explains": ["OMI301"]}]
    files[FINDINGS]["strengths"][1]["text"] = "In 79% of the 50 reports."
    assert [one.place.line for one in problems_of(tmp_path, files) if one.problem.code == "OMI301"] == [12]


def test_a_file_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    """A broken findings file gives its own problem, and none about missing findings or unused abbreviations."""
    files = extra(FINDINGS, "criterion: [")
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI001"]


def test_missing_findings_of_a_draft_are_a_warning(tmp_path: Path) -> None:
    """A report in preparation may be unfinished."""
    files = without(f"{INSPECTION}/findings/2-1.yaml")
    files[ABOUT]["publication"] = {"status": "in_preparation"}
    found = [(one.problem.code, one.problem.severity.value) for one in problems_of(tmp_path, files)]
    assert found == [("OMI202", "warning")]


def test_the_column_is_that_of_the_words(tmp_path: Path) -> None:
    """A problem in prose points at the words themselves, inside a block of several lines."""
    files = world()
    files[FINDINGS] = (
        'criterion: "1.1"\npublished_score: 72\nconclusion: good\nstrengths:\n  - letter: a\n    text: |-\n'
        "      A PSR was there. It was done in 79% of\n      the 50 reports.\nareas_for_improvement: []\n"
    )
    (one,) = problems_of(tmp_path, files)
    assert (one.place.line, one.place.column, one.problem.code) == (7, 39, "OMI301")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("0123456789%., ()-ofut aABPS\n’"), min_size=1, max_size=80))
def test_no_text_makes_a_rule_fail(tmp_path: Path, text: str) -> None:
    """Any prose gives problems or none, never an exception."""
    for one in problems_of(tmp_path, prose(text)):
        assert one.problem.code.startswith("OMI")


def test_every_rule_says_what_it_is_for() -> None:
    """Each rule's docstring begins with its code, which no other rule has."""
    codes = [str(rule.__doc__).split()[0].strip(":") for rule in (*REPORT_RULES, *PROGRAMME_RULES)]
    assert all(code.startswith("OMI") for code in codes)
    assert len(set(codes)) == len(codes)
