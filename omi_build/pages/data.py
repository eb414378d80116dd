"""The downloads of a report, with their formats and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.downloads import downloads
from omi_build.pages import Page

if TYPE_CHECKING:
    from omi_build.publication import PublicReport


def compose(report: PublicReport) -> Page:
    """Return the data page of a report."""
    return Page(
        f"{report.address}data/",
        "Data",
        f"The data of {report.name} to download.",
        "data",
        {"downloads": downloads(report)},
    )
