"""The accessibility statement. Its text is its template: it tells what the tests of the software look at."""

from __future__ import annotations

from omi_build.pages import Page


def compose() -> Page:
    """Return the statement."""
    return Page(
        "accessibility/",
        "Accessibility",
        "How this site is made to work for everyone, what was tested and how, what does not work yet, and whom to tell.",
        "accessibility",
        {},
    )
