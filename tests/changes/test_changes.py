"""What changed between two versions, in the words of a reviewer."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
from versions import INSPECTION, Files, case, checked, difference, finding, full_world, told, world

from omi_build.changes import Edit, compare
from omi_build.model.common import Prose
from omi_build.model.inspection import CaseScores
from omi_build.scoring import score_inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from omi_build.checking import Checked

ABOUT, ONE, TWO, THREE = (
    f"{INSPECTION}/{name}.yaml" for name in ("inspection", "findings/1-1", "findings/1-2", "findings/2-1")
)
NARRATIVE = f"{INSPECTION}/narrative.yaml"
FRAMEWORK = "frameworks/test-2040.yaml"


def put(path: str, *steps: str | int) -> Callable[[object], Callable[[Files], None]]:
    """Return what makes a change: the value at these steps of a file becomes another."""

    def with_value(value: object) -> Callable[[Files], None]:
        def change(files: Files) -> None:
            inner = files[path]
            for step in steps[:-1]:
                inner = inner[step]
            inner[steps[-1]] = value

        return change

    return with_value


NEVER = {"score_not_available": {"shorthand": "x", "reason": "Never printed."}}

ROWS: list[tuple[Callable[[Files], None], list[str]]] = [
    (
        put(TWO, "published_score")(59),
        ["section 1: score 65% → 66%", "criterion 1.2: score 58% → 59%, still ‘Urgent priority’"],
    ),
    (
        lambda files: files[ONE].update(published_score=68, conclusion="priority"),
        [
            "section 1: score 65% → 63%",
            "criterion 1.1: score 72% → 68%",
            "criterion 1.1: conclusion changed from ‘Good’ to ‘Priority’",
        ],
    ),
    (put(ONE, "conclusion")("priority"), ["criterion 1.1: conclusion ‘good’ → ‘priority’"]),
    (put(THREE, "rating")("not_met"), ["criterion 2.1: rating changed from ‘Well met’ to ‘Not met’"]),
    (put(ABOUT, "published_thread_scores", 0, "score")(63), ["Harm: score 64% → 63%"]),
    (
        put(ABOUT, "publication", "status")("with_area"),
        ["status: published → with area, dated 2040-08-15"],
    ),
    (
        put(ABOUT, "publication", "date")("2040-09"),
        ["status: published, dated 2040-08-15 → 2040-09"],
    ),
    (put(ABOUT, "year")(2041), ["inspection: year 2040 → 2041"]),
    (put(ABOUT, "context", 0, "rows", 0, "value")(1091), ["context figures: table ‘Caseload’, row ‘Total’: value 90 → 1,091"]),
    (put(ABOUT, "sample")({"cases": 98}), ["inspection: sample 98 added"]),
    (
        put(f"{INSPECTION}/recommendations.yaml", "recommendations", 0, "criteria")(["1.2", "2.1"]),
        ["recommendation 1: now answers 2.1 too"],
    ),
    (
        put(f"{INSPECTION}/recommendations.yaml", "recommendations", 0, "criteria")(["2.1"]),
        ["recommendation 1: now answers 2.1 too", "recommendation 1: no longer answers 1.2"],
    ),
    (
        put(f"{INSPECTION}/targets.yaml", "tables", 0, "targets", 0, "area", "value")(87.5),
        ["target ‘Breach’: area figure 88% → 87.5%, still near miss"],
    ),
    (
        put(f"{INSPECTION}/targets.yaml", "tables", 0, "targets", 0, "area", "value")(98),
        ["target ‘Breach’: area figure 88% → 98%, now met"],
    ),
    (
        put(f"{INSPECTION}/targets.yaml", "tables", 0, "targets", 0, "target")(80),
        [
            "target ‘Breach’: target 90% → 80%",
            "target ‘Breach’: area figure near miss → met",
            "target ‘Breach’: comparator figure missed → met",
        ],
    ),
    (
        put(f"{INSPECTION}/good_practice.yaml", "good_practice", 0, "title")("A better form"),
        ["good practice ‘A form’: is now ‘A better form’"],
    ),
    (
        put(f"{INSPECTION}/narrative.yaml", "chapters", 0, "parts", 0, "text")("It is quite small."),
        ["chapter ‘The area’: part changed"],
    ),
    (put("glossary.yaml", "abbreviations", 0, "long")("Report"), ["abbreviations: ‘PSR’: stands for ‘Pre-sentence report’ → ‘Report’"]),
    (put("areas.yaml", "areas", 0, "country")("Wales"), ["areas: ‘Testshire’: country ‘England’ → ‘Wales’"]),
    (put("themes.yaml", "themes")([]), ["themes: ‘Staff’ removed"]),
    (
        lambda files: files.update({"redirects.yaml": {"redirects": [{"from": "old/", "to": "areas/"}]}}),
        ["moved addresses: old/ → areas/ added"],
    ),
    (lambda files: files.update({"house_style.yaml": {"numbers": {"words_below": 9}}}), ["house style: numbers added"]),
    (
        put(FRAMEWORK, "targets", "near_miss_tolerance")(1),
        [
            "framework test-2040: targets: near miss tolerance 10 → 1",
            "target ‘Breach’: area figure near miss → missed",
        ],
    ),
    (put(ONE, "comment")("It was close."), ["criterion 1.1: comment added"]),
    (lambda files: files.pop(THREE), ["criterion 2.1: findings removed: one strength, no areas for improvement", "criterion 2.1: rating changed from ‘Well met’ to none"]),
    (
        lambda files: files.update({TWO: {key: value for key, value in files[TWO].items() if key != "published_score"} | NEVER}),
        ["section 1: score 65% → no score (There is no section score, because criterion 1.2 has no score.)", "criterion 1.2: score 58% → no score (Never printed.), still ‘Urgent priority’"],
    ),
    (put(NARRATIVE, "foreword")({"text": "This was done.", "signed_by": "D Person", "role": "Chief"}), ["foreword: added"]),
    (put(NARRATIVE, "section_summaries")([]), ["section 1: summary removed"]),
    (put(NARRATIVE, "thread_summaries", 0, "text")("Harm was very low."), ["Harm: summary changed"]),
    (
        lambda files: files[ABOUT]["context"][0]["rows"].insert(0, {"label": "Orders", "value": 2.5, "unit": "per_cent"}),
        ["context figures: table ‘Caseload’, row ‘Orders’ added"],
    ),
    (
        put(ABOUT, "team")([{"role": "Inspectors", "members": [{"name": "A Person"}]}]),
        ["team: ‘Inspectors’ added"],
    ),
    (put(ONE, "strengths", 0, "evidence")(["1.1.1", "1.1.2"]), ["criterion 1.1: strength (a): evidence: ‘1.1.1’ and ‘1.1.2’ added"]),
    (
        put(ONE, "strengths", 0, "editor_notes")([{"text": "The report says so."}]),
        ["criterion 1.1: strength (a), editor’s note added"],
    ),
    (put(FRAMEWORK, "sections", 0, "criteria", 0, "questions", 0, "text")("Was it?"), ["framework test-2040: section 1, criterion 1.1, question 1.1.1: text ‘Was it done?’ → ‘Was it?’"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), ROWS, ids=lambda value: value[0] if isinstance(value, list) else "")
def test_a_change_is_told_in_the_terms_of_the_report(
    change: Callable[[Files], None], lines: list[str], tmp_path: Path
) -> None:
    """Each change of a value is one line that names the part, and what follows from it stands beside it."""
    comparison = difference(tmp_path, change)
    assert (told(comparison), comparison.uncompared) == (lines, ())


def texts(files: Files, *words: str) -> None:
    """Let the strengths of criterion 1.1 be these."""
    files[ONE]["strengths"] = [finding(letter, text) for letter, text in zip("abcdefg", words, strict=False)]


FIVE = (
    "A report was there in nearly every case.",
    "Plans were clear and to the point.",
    "Victims were written to within eight weeks.",
    "Reviews came when something had changed.",
    "Staff knew the people whom they supervised.",
)


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (("Something new.", *FIVE), ["strength (a) added", "strengths (a) to (e) are now (b) to (f)"]),
        (FIVE[1:], ["strength (a) removed", "strengths (b) to (e) are now (a) to (d)"]),
        ((*FIVE[:3], "Something new.", *FIVE[3:]), ["strength (d) added", "strengths (d) and (e) are now (e) and (f)"]),
        ((FIVE[1], FIVE[0], *FIVE[2:]), ["strength (b) is now (a)", "strength (a) is now (b)"]),
        (
            ("Something new.", FIVE[0].replace("nearly", "almost"), *FIVE[1:]),
            ["strength (a) added", "strengths (a) to (e) are now (b) to (f)", "strength (b) changed"],
        ),
        (("Something else altogether.", *FIVE[1:]), ["strength (a) changed"]),
        (FIVE, []),
    ],
)
def test_a_finding_that_moved_is_known_again(after: tuple[str, ...], lines: list[str], tmp_path: Path) -> None:
    """A finding put in or taken out isn't told as a change of all that follow; its text says which is which."""

    def make() -> Files:
        files = world()
        texts(files, *FIVE)
        return files

    comparison = difference(tmp_path, lambda files: texts(files, *after), make)
    assert told(comparison) == [f"criterion 1.1: {line}" for line in lines]


def test_the_order_of_a_list_counts(tmp_path: Path) -> None:
    """Rows that only changed places are told to have done so."""

    def turn(files: Files) -> None:
        files[f"{INSPECTION}/narrative.yaml"]["chapters"][0]["parts"].reverse()
        files[ABOUT]["team"][0]["members"].reverse()

    assert told(difference(tmp_path, turn, full_world)) == [
        "team: ‘Inspectors’, order of the entries changed",
        "chapter ‘The area’: order of the parts changed",
    ]


def test_a_strength_that_became_an_area_for_improvement_is_told_so(tmp_path: Path) -> None:
    """A finding is known again on the other side too."""

    def change(files: Files) -> None:
        files[ONE]["areas_for_improvement"] = [finding("a", files[ONE]["strengths"].pop()["text"])]

    assert told(difference(tmp_path, change)) == ["criterion 1.1: strength (b) is now area for improvement (a)"]


def test_the_words_that_changed_are_shown_with_a_few_around_them(tmp_path: Path) -> None:
    """A reviewer sees what was taken out and what was put in, not the whole text; edits side by side are one."""

    def make() -> Files:
        files = world()
        texts(files, "In the sample of that spring we saw that 79% of the 50 reports were clear and ten were not so.")
        return files

    def change(files: Files) -> None:
        texts(files, "In the sample of that spring we saw that 78% of the 51 reports were clear and ten were not.")

    ((changed,),) = (group.changes for group in difference(tmp_path, change, make).groups)
    assert changed.edits == (
        Edit("… spring we saw that", "79% of the 50", "78% of the 51", "reports were clear and …"),
        Edit("… clear and ten were", "not so.", "not.", ""),
    )


def test_a_text_in_which_only_lines_are_broken_otherwise_is_told_so(tmp_path: Path) -> None:
    """Nobody has to look for a word that changed where none did."""
    comparison = difference(tmp_path, lambda files: texts(files, "A PSR\nwas there.", "It was clear."))
    assert told(comparison) == ["criterion 1.1: strength (a) changed in its line breaks alone"]


def test_a_new_and_a_removed_inspection_are_a_line_each(tmp_path: Path) -> None:
    """What the new one holds is counted, and its status told: drafts are the inspectors' own."""

    def change(files: Files) -> None:
        for path in [path for path in files if path.startswith(INSPECTION)]:
            files[path.replace("testshire-2040", "testshire-2041")] = files.pop(path)
        files["inspections/testshire-2041/inspection.yaml"] |= {
            "year": 2041,
            "publication": {"status": "in_preparation"},
        }

    comparison = difference(tmp_path, change)
    assert [group.title for group in comparison.groups] == ["Testshire 2040", "Testshire 2041"]
    assert told(comparison) == [
        "inspection: removed: four findings, one recommendation and one example of good practice; its status is published",
        "inspection: added: four findings, one recommendation and one example of good practice; its status is in preparation",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda cases: cases.append(case("S4", "insufficient")),
            "3 cases → 4 cases, 1 new; the scores of 1.1, 1.2, section 1 and Harm changed with them",
        ),
        (
            lambda cases: cases.__setitem__(2, case("S3", "insufficient", q1_1_2="sufficient")),
            "answers of one case changed; the scores of 1.1 and section 1 changed with them",
        ),
        (lambda cases: cases.reverse(), "only the order of the cases changed; no score that is shown changed"),
    ],
)
def test_case_answers_are_told_in_numbers_alone(change: Callable[[Any], object], line: str, tmp_path: Path) -> None:
    """How many cases and answers changed and which scores followed, but never which case or which answer."""
    path = f"{INSPECTION}/case_scores.yaml"
    lines = told(difference(tmp_path, lambda files: change(files[path]["cases"]), full_world))
    assert lines[0] == f"case answers: {line}"
    assert not any(f"S{n}" in text for text in lines for n in (1, 2, 3, 4))


def test_case_answers_that_come_to_a_published_report_change_where_its_scores_come_from(tmp_path: Path) -> None:
    """Scores that stay the same are told to rest on something else now."""

    def change(files: Files) -> None:
        cases = [case(f"S{n}", "sufficient" if n < 18 else "insufficient") for n in range(25)]
        files[f"{INSPECTION}/case_scores.yaml"] = {"synthetic": True, "cases": cases}

    lines = told(difference(tmp_path, change))
    assert lines[0].startswith("case answers: 25 cases added; the scores of 1.2, section 1 and Harm changed with them")
    assert "criterion 1.1: score still 72%, but now computed from the case answers" in lines


def test_a_framework_says_how_many_scores_it_moves(tmp_path: Path) -> None:
    """The weights are one line, the scores that they move a number, and each report tells its own."""

    def make() -> Files:
        files = full_world()
        cases = [case("S1", "sufficient"), case("S2", "sufficient"), case("S3", "insufficient", q1_1_2="sufficient")]
        files[f"{INSPECTION}/case_scores.yaml"]["cases"] = cases
        return files

    comparison = difference(tmp_path, lambda files: files[FRAMEWORK]["scoring"].update(questions_weight=20, summary_weight=80), make)  # fmt: skip
    assert told(comparison) == [
        "framework test-2040: scoring: questions weight 80 → 20",
        "framework test-2040: scoring: summary weight 20 → 80",
        "framework test-2040: two scores of one report change because of it",
        "section 1: score 77% → 82%",
        "criterion 1.1: score 87% → 97%, still ‘Good’",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *(f"{INSPECTION}/{name}.yaml" for name in ("narrative", "recommendations", "targets", "good_practice")),
        *(ABOUT, ONE, FRAMEWORK),
        *("glossary.yaml", "areas.yaml", "themes.yaml"),
        f"{INSPECTION}/case_scores.yaml",
    ],
)
def test_what_cannot_be_read_is_named_and_not_told_as_removed(path: str, tmp_path: Path) -> None:
    """A file with a mistake, now or before, leaves out what it says and nothing else; the reason names the file."""
    whole = checked(tmp_path / "whole", full_world())
    broken = checked(tmp_path / "broken", full_world() | {path: "strengths: [\n"})
    for pair, when in (((whole, broken), "is now"), ((broken, whole), "was")):
        comparison = compare(*pair)
        assert comparison.uncompared[0] == f"content/{path} can’t be read as it {when}, so what it says is not compared"
        assert told(comparison) == []


def test_every_value_counts(tmp_path: Path) -> None:
    """Whatever is changed anywhere in an inspection or in what all share, something is told of it."""
    before = checked(tmp_path, full_world())
    (inspection,) = before.programme.inspections
    number = 0
    for way, changed in variants(inspection, ""):
        after = dataclasses.replace(before.programme, inspections=(changed,))
        assert compare(before, scored(before, after)).groups, way
        number += 1
    for name in ("frameworks", "areas", "glossary", "themes"):
        for way, changed in variants(getattr(before.programme, name), name):
            after = dataclasses.replace(before.programme, **{name: changed})
            if after.framework_by_id.keys() == before.programme.framework_by_id.keys():
                assert compare(before, scored(before, after)).groups, way
                number += 1
    assert number > 300


def scored(before: Checked, after: Any) -> Checked:
    """Return the content with another programme, scored."""
    reports = tuple(score_inspection(one, after.framework_by_id[one.about.framework]) for one in after.inspections if one.about.framework in after.framework_by_id)  # fmt: skip
    return dataclasses.replace(before, programme=after, reports=reports)


def variants(value: Any, way: str) -> Iterator[tuple[str, Any]]:
    """Yield a part of the model with one value inside it changed, once for each value, with the way to it."""
    if isinstance(value, Prose | CaseScores):
        yield way, replaced(value)
    elif isinstance(value, tuple):
        yield from shorter(value, way)
        for n, item in enumerate(value):
            yield from (
                (inside, (*value[:n], changed, *value[n + 1 :])) for inside, changed in variants(item, f"{way}[{n}]")
            )
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        derived = {"source"} if way else {"id", "unread", "answers_unread", "incomplete"}
        for name in [field.name for field in dataclasses.fields(value) if field.name not in derived]:
            for inside, changed in variants(getattr(value, name), f"{way}.{name}"):
                yield inside, dataclasses.replace(value, **{name: changed})
    elif value is not None:
        yield way, replaced(value)


def shorter(items: tuple[Any, ...], way: str) -> Iterator[tuple[str, Any]]:
    """Yield a list without each of its items, and the other way round where its order says something."""
    for n in range(len(items)):
        yield f"{way}[{n}] out", (*items[:n], *items[n + 1 :])
    if len(items) > 1 and way != ".findings":
        yield f"{way} turned", items[::-1]


def replaced(value: Any) -> Any:
    """Return another value of the same type."""
    match value:
        case Prose():
            return Prose(f"{value.text} Indeed.")
        case CaseScores():
            return dataclasses.replace(value, cases=value.cases[1:])
        case Enum():
            return next(member for member in type(value) if member is not value)
        case bool():
            return not value
        case int() | float():
            return value + 1
        case _:
            return f"{value}x"
