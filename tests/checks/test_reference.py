"""Every rule can be looked up: what it finds, why, and an example of wrong and right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commanding import omi

from omi_build.checks.reference import GROUPS, by_group, rule_page, rule_pages
from omi_build.problems import Severity

PACKAGE = Path(__file__).parents[2] / "omi_build"
CODES = sorted(
    {code for file in PACKAGE.rglob("*.py") for code in re.findall(r'"(OMI\d{3})"', file.read_text("utf-8"))}
)


def explain(*arguments: str) -> tuple[int, str]:
    """Run `omi explain`."""
    done = omi("explain", *arguments)
    return done.exit_code, done.output


def test_every_code_that_can_be_reported_is_explained() -> None:
    """No message has a code that can't be looked up, and no code is explained twice."""
    assert CODES
    assert [rule.code for rule in rule_pages()] == CODES


def test_every_rule_belongs_to_a_group() -> None:
    """The page of rules and `omi explain` leave none out."""
    assert [rule.code for _, group in by_group(rule_pages()) for rule in group] == CODES
    assert all(title for title in GROUPS.values())


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_explained_with_wrong_and_right(code: str) -> None:
    """`omi explain CODE` prints what it finds, an example that is wrong and one that is right."""
    exit_code, output = explain(code)
    assert exit_code == 0
    assert output.startswith(f"{code} (")
    warning = output.startswith(f"{code} (warning)")
    assert re.search(rf"^{'To look at' if warning else 'Wrong'}: \S", output, re.MULTILINE)
    assert re.search(r"^Right: \S", output, re.MULTILINE)


def test_severities_are_those_of_the_docstrings() -> None:
    """A rule that only warns is shown as one."""
    severities = {rule.code: rule.severity for rule in rule_pages()}
    assert (severities["OMI301"], severities["OMI304"]) == (Severity.ERROR, Severity.WARNING)


def test_a_code_that_there_is_not_leads_to_the_nearest() -> None:
    """Exit 2, and what was most likely meant."""
    assert explain("OMI24")[0] == 2
    assert "there is no rule 204. Did you mean `OMI204`?" in explain("204")[1]
    assert "omi explain lists them all." in explain("everything")[1]


def test_without_a_code_every_rule_is_listed() -> None:
    """One line a rule, below the title of its group."""
    lines = explain()[1].splitlines()
    assert "Figures in the text" in lines
    assert [line.split()[0] for line in lines if line.startswith("  OMI")] == CODES


def test_a_docstring_in_another_form_is_a_mistake_of_the_programmer() -> None:
    """It is noticed when the reference is made, not on the published page."""
    with pytest.raises(ValueError, match="not the docstring of a rule: OMI999 something"):
        rule_page("OMI999 something.\n\nWrong: `a`. Right: `b`.")
    with pytest.raises(ValueError, match="not the docstring of a rule: OMI999: something"):
        rule_page("OMI999: something.\n\nNo example.")
