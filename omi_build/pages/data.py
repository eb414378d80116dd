"""The downloads of a report, with their formats and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.pages import Page, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicReport


def compose(report: PublicReport, files: Sequence[Download], site_url: str) -> Page:
    """Return the data page of a report."""
    return Page(
        f"{report.address}data/",
        "Data",
        f"The data of {report.name} to download.",
        "data",
        {"downloads": files},
        linked_data=metadata.report_dataset(report, files, site_url),
    )
