"""Met, near miss, missed: the two tables of section 4.2 of the Derbyshire report, and the edges of the tolerance."""

from __future__ import annotations

import pytest

from omi_build.model.common import NotAvailable, Prose, Unit
from omi_build.model.framework import TargetRule
from omi_build.model.inspection import Target, TargetFigure, TargetTable
from omi_build.targets import TargetStatus, judge, judge_table

RULE = TargetRule(10, Prose("Within 10 per cent."))
MET, NEAR, MISSED = TargetStatus.MET, TargetStatus.NEAR_MISS, TargetStatus.MISSED


def target(goal: float, better: str = "higher") -> Target:
    return Target("Measure", Unit.PER_CENT, better, goal, TargetFigure(), TargetFigure())


# measure, better, target, figure, asterisk in the report, status: the area's and the comparator's columns in turn
CELLS = [
    ("Enforcement, area", "higher", 90, 98, True, MET),
    ("Enforcement, England and Wales", "higher", 90, 92, True, MET),
    ("Offender compliance, area", "higher", 85, 82, True, NEAR),
    ("Offender compliance, England and Wales", "higher", 85, 83, True, NEAR),
    ("Accredited programme completions, area", "higher", 100, 117, True, MET),
    ("Accredited programme completions, England and Wales", "higher", 100, 114, True, MET),
    ("Unpaid work completions, area", "higher", 100, 108, True, MET),
    ("Unpaid work completions, England and Wales", "higher", 100, 111, True, MET),
    ("DTTO/DRR starts, area", "higher", 100, 83, False, MISSED),
    ("DTTO/DRR starts, England and Wales", "higher", 100, 99, True, NEAR),
    ("DTTO/DRR completions, area", "higher", 100, 158, True, MET),
    ("DTTO/DRR completions, England and Wales", "higher", 100, 119, True, MET),
    ("Skills for life, area", "higher", 100, 105, True, MET),
    ("Skills for life, England and Wales", "higher", 100, 125, True, MET),
    ("Sickness absence, area", "lower", 9, 11.3, False, MISSED),
    ("Sickness absence, England and Wales", "lower", 9, 12, False, MISSED),
    ("Court report timeliness, area", "higher", 90, 88, True, NEAR),
    ("Court report timeliness, England and Wales", "higher", 90, 80, False, MISSED),
    ("Ethnicity data, area", "higher", 95, 97.3, True, MET),
    ("Ethnicity data, England and Wales", "higher", 95, 98.2, True, MET),
    ("Race equality employment target, region", "higher", 7.2, 11.6, True, MET),  # its other cell is empty
    ("Victims offered contact, area", "higher", 85, 88, True, MET),
    ("Victims offered contact, England and Wales", "higher", 85, 93, True, MET),
    ("RoH assessments, high RoH, area", "higher", 90, 93, True, MET),
    ("RoH assessments, high RoH, England and Wales", "higher", 90, 94, True, MET),
    ("RoH assessments, PPO, area", "higher", 90, 94, True, MET),
    ("RoH assessments, PPO, England and Wales", "higher", 90, 96, True, MET),
    ("Offenders into employment, area", "higher", 100, 113, True, MET),
    ("Offenders into employment, England and Wales", "higher", 100, 128, True, MET),
    ("Employment retained, area", "higher", 100, 108, True, MET),
    ("Employment retained, England and Wales", "higher", 100, 115, True, MET),
    ("Days to resolve breach, area", "lower", 35, 45, False, MISSED),
    ("Days to resolve breach, England and Wales", "lower", 35, 45, False, MISSED),
    ("Breach resolved in time, area", "higher", 50, 50, True, MET),
    ("Breach resolved in time, England and Wales", "higher", 50, 48, True, NEAR),
]


def test_the_report_has_thirty_five_cells() -> None:
    """Eighteen rows of two, one of them with a regional figure alone; twenty-nine cells earned an asterisk."""
    assert len(CELLS) == 35
    assert sum(asterisk for _, _, _, _, asterisk, _ in CELLS) == 29


@pytest.mark.parametrize(
    ("better", "goal", "value", "asterisk", "status"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS]
)
def test_each_cell_of_the_report_earns_its_asterisk(
    better: str,
    goal: float,
    value: float,
    *,
    asterisk: bool,
    status: TargetStatus,
) -> None:
    """An asterisk means met or near miss; 10 per cent of the target tells them from missed."""
    judged = judge(target(goal, better), TargetFigure(value), RULE)
    assert judged is status
    assert judged.earns_asterisk is asterisk


EDGES = [
    ("higher", 100, 100, MET),
    ("higher", 100, 99.9, NEAR),
    ("higher", 100, 90, NEAR),
    ("higher", 100, 89.9, MISSED),
    ("higher", 100, 0, MISSED),
    ("higher", 7.2, 6.48, NEAR),  # exactly 10 per cent short; in binary fractions it is a little more
    ("higher", 7.2, 6.47, MISSED),
    ("lower", 9, 9, MET),
    ("lower", 9, 0, MET),
    ("lower", 9, 9.9, NEAR),
    ("lower", 9, 9.91, MISSED),
    ("lower", 0.3, 0.33, NEAR),
    ("lower", 35, 38.5, NEAR),
    ("lower", 35, 39, MISSED),
    ("lower", 0, 0, MET),
    ("lower", 0, 1, MISSED),  # no share of nothing is near
    ("higher", 0, 0, MET),
    ("higher", 0, -1, MISSED),
    ("higher", -10, -11, NEAR),
    ("higher", -10, -12, MISSED),
]


@pytest.mark.parametrize(("better", "goal", "value", "status"), EDGES)
def test_the_tolerance_is_exact_at_its_edge(better: str, goal: float, value: float, status: TargetStatus) -> None:
    """Short is counted in per cent of the target, in the direction that is worse; the edge itself is a near miss."""
    assert judge(target(goal, better), TargetFigure(value), RULE) is status


@pytest.mark.parametrize(("tolerance", "status"), [(0, MISSED), (3.9, MISSED), (4, NEAR), (4.0, NEAR), (100, NEAR)])
def test_the_tolerance_is_the_frameworks(tolerance: float, status: TargetStatus) -> None:
    """48 of 50 is 4 per cent short."""
    assert judge(target(50), TargetFigure(48), TargetRule(tolerance, Prose("Words."))) is status


def test_without_a_figure_or_a_rule_there_is_no_status() -> None:
    """What is not available is not missed."""
    assert judge(target(50), TargetFigure(not_available=NotAvailable("x", "Lost.")), RULE) is None
    assert judge(target(50), TargetFigure(50), None) is None


def test_a_table_keeps_its_order_and_judges_both_columns() -> None:
    """Each row with the status of the area and of its comparator."""
    rows = (
        Target("A", Unit.DAYS, "lower", 9, TargetFigure(8), TargetFigure(12)),
        Target("B", Unit.PER_CENT, "higher", 90, TargetFigure(85), TargetFigure()),
    )
    judged = judge_table(TargetTable("T", "2040", "All", rows), RULE)
    assert [(one.target.measure, one.area, one.comparator) for one in judged.targets] == [
        ("A", MET, MISSED),
        ("B", NEAR, None),
    ]


def test_a_status_is_told_in_words() -> None:
    """Not by an asterisk or a colour."""
    assert [status.title for status in TargetStatus] == ["Met", "Near miss", "Missed"]
