"""Foreword, acknowledgements, the inspection team, and where the standards behind the report are explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.pages import Page

if TYPE_CHECKING:
    from omi_build.publication import PublicReport


def compose(report: PublicReport) -> Page:
    """Return the page about the inspection itself."""
    return Page(
        f"{report.address}inspection/",
        _("Foreword and team"),
        _("Foreword, thanks and inspection team of %(report)s.", report=report.name),
        "inspection",
    )
