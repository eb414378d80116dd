"""The guide for inspectors. Its text is its template; the tests follow it to the letter."""

from __future__ import annotations

from omi_build.pages import Page


def compose() -> Page:
    """Return the guide."""
    return Page(
        "guide/",
        "Write a report: a guide for inspectors",
        "From an empty folder to a pull request, step by step, for inspectors who have never seen YAML or git.",
        "guide",
        {},
    )
