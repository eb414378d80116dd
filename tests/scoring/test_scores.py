"""Answers → scores: the worked examples of the methodology, by hand, and what is said where there is no score.

The rule is that of appendix 3 of the reports: 80 per cent of the mean over a criterion's questions of (sufficient ÷
relevant), and 20 per cent of the same proportion for its summary question.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from factories import cases, counts, criterion, findings, framework, inspection, per_cent, result, section

from omi_build.model.common import NotAvailable
from omi_build.model.framework import Assessment, Section
from omi_build.model.inspection import CaseScores, Count, Inspection, ThreadScore
from omi_build.scoring import (
    Origin,
    QuestionResult,
    Score,
    ScoredReport,
    count_answers,
    score_criterion,
    score_inspection,
    score_section,
    score_thread,
)

RULES = framework()

CRITERIA = [
    # (sufficient, relevant) of each question, the last the summary question; exact per cent; per cent shown
    ([(1, 1)], "100", 100),
    ([(0, 1)], "0", 0),
    ([(3, 4)], "75", 75),
    # a mean of proportions, not of pooled cases: (100 + 0) / 2, though 1 of 101 was sufficient
    ([(1, 1), (0, 100)], "40", 40),  # 0.8 * 50 + 0.2 * 0
    ([(0, 100), (1, 1)], "60", 60),  # 0.8 * 50 + 0.2 * 100
    ([(40, 50), (30, 60), (45, 90)], "58", 58),  # 0.8 * (80 + 50 + 50) / 3 + 0.2 * 50
    ([(8, 11), (3, 16), (10, 98)], None, 29),  # 0.8 * (72.73 + 18.75 + 10.20) / 3 + 0.2 * 10.20 = 29.15
    ([(66, 98), (43, 50), (60, 97), (58, 98)], None, 67),  # 0.8 * (67.35+86+61.86+59.18)/4 + 0.2 * 59.18 = 66.71
    # questions with no relevant case take no part
    ([(0, 0), (1, 2)], "50", 50),
    ([(0, 0), (4, 4), (0, 0), (1, 2)], "70", 70),  # 0.8 * (100 + 50) / 2 + 0.2 * 50
    # halves are rounded up, and nothing else is
    ([(1, 8)], "12.5", 13),
    ([(3, 8)], "37.5", 38),
    ([(1, 200)], "0.5", 1),
    ([(199, 200)], "99.5", 100),
    ([(1, 201)], None, 0),
    ([(139, 200)], "69.5", 70),
    ([(1389, 2000)], "69.45", 69),
]


@pytest.mark.parametrize(("answered", "exact", "shown"), CRITERIA)
def test_a_criterion_score_is_worked_out_by_the_rule(
    answered: list[tuple[int, int]], exact: str | None, shown: int
) -> None:
    """Each question counts the same, however many cases it applies to; what is shown is rounded, half up."""
    results = [result(*count, summary=n == len(answered) - 1) for n, count in enumerate(answered)]
    score = score_criterion(results, RULES)
    assert score.origin is Origin.CASES
    assert score.whole == shown
    assert score.missing is None
    if exact is not None:
        assert score.proportion == per_cent(exact)


@pytest.mark.parametrize(
    ("weights", "shown"),
    [((80, 20), 60), ((60, 40), 70), ((100, 0), 50), ((0, 100), 100), ((8, 2), 60), ((50, 25), 67)],
)
def test_the_weights_are_those_of_the_framework(weights: tuple[int, int], shown: int) -> None:
    """No code knows 80 and 20; weights that don't add up to 100 weigh all the same."""
    results = [result(0, 4), result(4, 4, summary=True)]
    assert score_criterion(results, framework(weights=weights)).whole == shown


def test_several_summary_questions_share_their_weight() -> None:
    """A framework may have more than one: their mean counts."""
    results = [result(1, 1, summary=True), result(0, 1, summary=True)]
    assert score_criterion(results, RULES).proportion == per_cent("50")


REASONS = [
    ([], (80, 20), "No question of this criterion was answered for any case."),
    ([result(0, 0), result(0, 0, summary=True)], (80, 20), "No question of this criterion was answered for any case."),
    ([result(1, 2), result(0, 0, summary=True)], (80, 20), "The summary question of this criterion was not answered for any case."),
    ([result(1, 2)], (80, 20), "The summary question of this criterion was not answered for any case."),
    ([result(1, 2, summary=True)], None, "The framework has no scoring rule."),
    ([result(1, 2, summary=True)], (0, 0), "The weights of the framework are both 0."),
]  # fmt: skip


@pytest.mark.parametrize(("results", "weights", "reason"), REASONS)
def test_what_is_missing_gives_no_score_and_a_reason(
    results: list[QuestionResult], weights: tuple[int, int] | None, reason: str
) -> None:
    """Nothing is averaged over what is missing, and nothing is raised: the page says what is missing."""
    score = score_criterion(results, framework(weights=weights))
    assert (score.proportion, score.whole) == (None, None)
    assert score.missing == NotAvailable("x", reason)


def test_nothing_out_of_nothing_is_not_nought() -> None:
    """0 of 0 has no proportion; 0 of 1 has."""
    assert result(0, 0).proportion is None
    assert result(0, 1).proportion == 0


def scored(per_cents: dict[str, str | None]) -> list[tuple[str, Score]]:
    """Return criterion scores by ref; None for a missing one."""
    missing = NotAvailable("x", "Lost.")
    return [
        (ref, Score(Origin.CASES, per_cent(value)) if value is not None else Score(Origin.CASES, missing=missing))
        for ref, value in per_cents.items()
    ]


SECTIONS = [
    ({"1.1": "82", "1.2": "65", "1.3": "58", "1.4": "68", "1.5": "64"}, Fraction(337, 500), 67),  # 337 / 5 = 67.4
    ({"3.1": "61", "3.2": "64"}, Fraction(5, 8), 63),  # 62.5, half up
    ({"1.1": "49.5"}, Fraction(99, 200), 50),
    ({"1.1": "62.4", "1.2": "62.4"}, Fraction(78, 125), 62),  # of the exact scores, not of those shown
    ({"1.1": "62.4", "1.2": "62.6"}, Fraction(5, 8), 63),
]


@pytest.mark.parametrize(("criteria", "exact", "shown"), SECTIONS)
def test_a_section_score_is_the_mean_of_its_criteria(
    criteria: dict[str, str | None], exact: Fraction, shown: int
) -> None:
    """Of their exact scores; it is rounded once, when it is shown."""
    score = score_section(scored(criteria))
    assert (score.origin, score.proportion, score.whole) == (Origin.MEAN, exact, shown)


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        ({"2.6": "68", "2.7": None}, "There is no section score, because criterion 2.7 has no score."),
        ({"2.6": None, "2.7": None}, "There is no section score, because criteria 2.6 and 2.7 have no score."),
        ({}, "No criterion has a score."),
    ],
)
def test_a_section_with_an_unscored_criterion_has_no_score(criteria: dict[str, str | None], reason: str) -> None:
    """The mean of the others would be of another thing."""
    score = score_section(scored(criteria))
    assert (score.origin, score.proportion, score.missing) == (Origin.MEAN, None, NotAvailable("x", reason))


@pytest.mark.parametrize(
    ("answered", "exact"),
    [
        ([(15, 20), (10, 20), (16, 20)], Fraction(205, 300)),  # (75 + 50 + 80) / 3
        ([(1, 1), (0, 100), (0, 0)], Fraction(1, 2)),
        ([(0, 3)], Fraction(0)),
    ],
)
def test_a_thread_is_the_mean_over_its_questions(answered: list[tuple[int, int]], exact: Fraction) -> None:
    """Across criteria, each question the same, with no weight for a summary."""
    assert score_thread([result(*count, summary=True) for count in answered]).proportion == exact


def test_a_thread_with_no_answer_has_no_score() -> None:
    """And says so."""
    missing = NotAvailable("x", "No question of this thread was answered for any case.")
    assert score_thread([result(0, 0)]).missing == missing
    assert score_thread([]).missing == missing


EDGES = [(100, "good"), (71, "good"), (70, "good"), (69, "priority"), (61, "priority"), (60, "priority"),
         (59, "urgent_priority"), (1, "urgent_priority"), (0, "urgent_priority")]  # fmt: skip


@pytest.mark.parametrize(("score", "conclusion"), EDGES)
def test_a_band_begins_at_its_edge(score: int, conclusion: str) -> None:
    """Good from 70, priority from 60, in whatever order the framework lists its bands."""
    for bands in (
        {"good": 70, "priority": 60, "urgent_priority": 0},
        {"urgent_priority": 0, "good": 70, "priority": 60},
    ):
        band = framework(bands=bands).band(score)
        assert band is not None
        assert band.conclusion == conclusion


REPORT = [(82, "good"), (83, "good"), (80, "good"), (76, "good"), (68, "priority"), (65, "priority"), (64, "priority"),
          (62, "priority"), (61, "priority"), (58, "urgent_priority"), (57, "urgent_priority")]  # fmt: skip


@pytest.mark.parametrize(("score", "conclusion"), REPORT)
def test_the_bands_of_2006_give_the_conclusions_of_the_report(score: int, conclusion: str) -> None:
    """Every conclusion that the Derbyshire report states beside a score."""
    criteria = score_inspection(inspection(findings("1.1", score)), framework(section(1, criterion("1.1")))).criteria
    band = criteria["1.1"].band
    assert band is not None
    assert band.conclusion == conclusion


def test_a_score_below_every_band_has_none() -> None:
    """A framework need not begin at 0, nor have bands at all."""
    assert framework(bands={"good": 70}).band(69) is None
    assert framework(bands={}).band(69) is None


@pytest.mark.parametrize(
    ("count", "shown", "conclusion"),
    [
        ((139, 200), 70, "good"),
        ((138, 200), 69, "priority"),
        ((119, 200), 60, "priority"),
        ((1189, 2000), 59, "urgent_priority"),
    ],
)
def test_the_band_is_read_off_the_score_that_is_shown(count: tuple[int, int], shown: int, conclusion: str) -> None:
    """69.5 is shown as 70, and so it is good: a page can't contradict itself."""
    report = scored_report(inspection(case_scores=counts(q1_1_1=count)), section(1, criterion("1.1", 1)))
    one = report.criteria["1.1"]
    assert one.score is not None
    assert one.band is not None
    assert (one.score.whole, one.band.conclusion) == (shown, conclusion)


def scored_report(inspected: Inspection, *sections: Section, threads: tuple[str, ...] = ()) -> ScoredReport:
    return score_inspection(inspected, framework(*sections, threads=threads))


def test_answers_are_counted_by_question() -> None:
    """Not applicable counts nowhere; an answer to a question that the framework lacks is left to a rule."""
    frame = framework(section(1, criterion("1.1", 3)))
    given = cases(
        {"1.1.1": "s", "1.1.2": "i", "1.1.3": "n"},
        {"1.1.1": "i", "1.1.2": "i", "9.9.9": "s"},
        {"1.1.1": "s"},
    )
    counted = count_answers(given, frame)
    assert {ref: (one.sufficient, one.relevant) for ref, one in counted.items()} == {
        "1.1.1": (2, 3),
        "1.1.2": (0, 2),
        "1.1.3": (0, 0),
    }


def test_counts_are_taken_as_they_are() -> None:
    """Where only counts may leave the inspectorate; for other questions there is none."""
    frame = framework(section(1, criterion("1.1", 2)))
    counted = count_answers(CaseScores(counts={"1.1.2": Count(3, 4), "9.9.9": Count(1, 1)}), frame)
    assert {ref: (one.sufficient, one.relevant) for ref, one in counted.items()} == {"1.1.1": (0, 0), "1.1.2": (3, 4)}


def test_a_whole_report_is_scored_from_its_cases() -> None:
    """Four cases, two sections of two criteria, one thread across them; worked out by hand."""
    frame = [
        section(1, criterion("1.1", 2, "roh"), criterion("1.2", 1)),
        section(2, criterion("2.1", 2), criterion("2.2", 1, "roh")),
    ]
    given = cases(
        {"1.1.1": "s", "1.1.2": "s", "1.2.1": "s", "2.1.1": "n", "2.1.2": "i", "2.2.1": "i"},
        {"1.1.1": "s", "1.1.2": "i", "1.2.1": "n", "2.1.1": "n", "2.1.2": "s", "2.2.1": "s"},
        {"1.1.1": "i", "1.1.2": "s", "1.2.1": "s", "2.1.1": "n", "2.1.2": "s", "2.2.1": "i"},
        {"1.1.1": "s", "1.1.2": "s", "1.2.1": "i", "2.1.1": "n", "2.1.2": "s", "2.2.1": "i"},
    )  # fmt: skip
    report = scored_report(inspection(case_scores=given), *frame, threads=("roh",))
    assert {ref: one.score and one.score.proportion for ref, one in report.criteria.items()} == {
        "1.1": Fraction(3, 4),  # 0.8 * (3/4 + 3/4) / 2 + 0.2 * 3/4
        "1.2": Fraction(2, 3),
        "2.1": Fraction(3, 4),  # 2.1.1 is relevant to no case
        "2.2": Fraction(1, 4),
    }
    assert [one.score and (one.score.proportion, one.score.whole) for one in report.sections] == [
        (Fraction(17, 24), 71),
        (Fraction(1, 2), 50),
    ]
    assert [one.band and one.band.conclusion for one in report.criteria.values()] == [
        "good",
        "priority",
        "good",
        "urgent_priority",
    ]
    (thread,) = report.threads
    assert thread.score.proportion == Fraction(7, 12)  # (3/4 + 3/4 + 1/4) / 3
    assert [one.question.ref for one in thread.questions] == ["1.1.1", "1.1.2", "2.2.1"]


def test_an_older_report_keeps_its_published_scores() -> None:
    """Section 2 of the Derbyshire report: 2.7 is not available, so the section has no score."""
    found = [findings(f"2.{n}", at) for n, at in enumerate([65, 83, 68, 58, 76, 80], start=1)]
    lost = findings("2.7", conclusion="priority", not_available="The score is lost.")
    thread = ThreadScore("roh", score=64)
    inspected = inspection(*found, lost, threads=[thread])
    report = scored_report(inspected, section(2, *(criterion(f"2.{n}") for n in range(1, 8))), threads=("roh",))
    assert [one.score and one.score.whole for one in report.criteria.values()] == [65, 83, 68, 58, 76, 80, None]
    assert {one.score.origin for one in report.criteria.values() if one.score} == {Origin.PUBLISHED}
    last = report.criteria["2.7"]
    assert last.score == Score(Origin.PUBLISHED, missing=NotAvailable("x", "The score is lost."))
    assert last.band is not None
    assert last.band.conclusion == "priority"
    assert report.sections[0].score == Score(
        Origin.MEAN, missing=NotAvailable("x", "There is no section score, because criterion 2.7 has no score.")
    )
    assert report.threads[0].score == Score(Origin.PUBLISHED, Fraction(64, 100))


def test_where_both_exist_the_computed_score_is_shown_and_both_are_kept() -> None:
    """So that a rule can compare them."""
    inspected = inspection(
        findings("1.1", 61), case_scores=counts(q1_1_1=(1, 2)), threads=[ThreadScore("roh", score=64)]
    )
    report = scored_report(inspected, section(1, criterion("1.1", 1, "roh")), threads=("roh",))
    for one in (report.criteria["1.1"], report.threads[0]):
        assert one.score == one.computed == Score(Origin.CASES, Fraction(1, 2))
        assert one.published is not None
    assert report.criteria["1.1"].published == Score(Origin.PUBLISHED, Fraction(61, 100))


def test_what_has_neither_answers_nor_a_published_score_says_so() -> None:
    """A report in preparation may have nothing yet."""
    report = scored_report(inspection(), section(1, criterion("1.1", 1, "roh")), threads=("roh",))
    missing = NotAvailable("x", "The inspection has no case answers and no published score.")
    assert report.criteria["1.1"].score == Score(Origin.CASES, missing=missing)
    assert report.threads[0].score == Score(Origin.CASES, missing=missing)
    assert (report.criteria["1.1"].band, report.criteria["1.1"].findings) == (None, None)
    unavailable = ThreadScore("roh", not_available=NotAvailable("c", "Few cases."))
    report = scored_report(inspection(threads=[unavailable]), section(1, criterion("1.1")), threads=("roh",))
    assert report.threads[0].score.missing == NotAvailable("c", "Few cases.")


@pytest.mark.parametrize("assessment", [Assessment.RATED, Assessment.DESCRIBED])
def test_a_criterion_that_is_not_scored_has_no_score_and_no_conclusion(assessment: Assessment) -> None:
    """A rating is a judgement; it follows from no score and no score from it."""
    found = findings("4.1", 61, conclusion="priority", rating="well_met")
    report = scored_report(inspection(found, findings("4.2", rating="good")), section(4, criterion("4.1"), criterion("4.2"), assessment=assessment))  # fmt: skip
    one = report.criteria["4.1"]
    assert (one.score, one.computed, one.published, one.band) == (None, None, None, None)
    assert one.rating is not None
    assert one.rating.title == "Well met"
    assert report.criteria["4.2"].rating is None
    assert report.sections[0].score is None


def test_scoring_is_total_on_what_no_rule_has_seen() -> None:
    """An empty framework, answers to nothing, findings of nothing, doubled references: scores or reasons, no exception."""
    twice = section(1, criterion("1.1"), criterion("1.1"))
    for sections in ((), (section(1),), (section(1, criterion("1.1", 0)),), (twice,)):
        for given in (None, CaseScores(), cases({}), cases({"9.9": "s"}), counts(q1_1_1=(0, 0)), counts(q1_1_1=(5, 4))):
            report = scored_report(inspection(findings("9.9", 50), case_scores=given), *sections, threads=("roh",))
            assert all(one.score and (one.score.missing or one.score.proportion is not None) for one in report.sections)
            assert report.threads[0].score.missing is not None
