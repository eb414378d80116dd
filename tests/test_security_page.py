"""SECURITY.md says what stops each threat, and names the test that tries it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
ROWS = [
    line
    for line in (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Threat")
]


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_each_threat_names_tests_that_there_are(row: str) -> None:
    """A test that was renamed or taken out is missed here."""
    threat, stopped, tests = (cell.strip() for cell in row.strip("|").rsplit("|", 2))
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", tests)
    assert threat
    assert stopped
    assert named
    for path, name in named:
        text = (REPOSITORY / path).read_text(encoding="utf-8")
        assert f"def {name}(" in text if name else "def test_" in text
