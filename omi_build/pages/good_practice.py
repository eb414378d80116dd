"""The good practice examples of a report, each with its criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.pages import Page
from omi_build.publication import slug

if TYPE_CHECKING:
    from omi_build.model.inspection import GoodPractice
    from omi_build.publication import PublicReport


def compose(report: PublicReport) -> Page:
    """Return the good practice page of a report."""
    return Page(
        f"{report.address}good-practice/",
        _("Good practice"),
        _(
            "%(number)s examples of good practice found in %(report)s.",
            number=len(report.good_practice),
            report=report.name,
        ),
        "good-practice",
        {"anchors": [anchor(n, example) for n, example in enumerate(report.good_practice, 1)]},
    )


def anchor(number: int, example: GoodPractice) -> str:
    """Return the place of an example on the page, by its number from 1; never changes once published."""
    return f"example-{number}-{slug(example.title)}"
