"""The page of all rules: what each finds, why, and an example of wrong and right. Made of the rules' own docstrings."""

from __future__ import annotations

from omi_build.checks.reference import by_group, rule_pages
from omi_build.pages import Page

ADDRESS = "rules/"
"""Its address; a rule stands at `#omi301` on it."""


def compose() -> Page:
    """Return the page of all rules."""
    rules = rule_pages()
    return Page(
        ADDRESS,
        "The rules that content is checked by",
        f"What the {len(rules)} checks of inspection data find, why, and how to put it right.",
        "rules",
        {"groups": list(by_group(rules)), "number": len(rules)},
    )
