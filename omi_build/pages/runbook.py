"""The runbook of the publications team. Its text is its template."""

from __future__ import annotations

from omi_build.pages import Page


def compose() -> Page:
    """Return the runbook."""
    return Page(
        "runbook/",
        "Publish a report: a runbook for the publications team",
        "Embargo day, a correction, a withdrawal, a failed build, a moved address, and the set-up, step by step.",
        "runbook",
        {},
    )
