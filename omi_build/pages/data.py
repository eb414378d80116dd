"""The downloads of a report, with their formats and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.downloads import cite
from omi_build.languages import gettext as _
from omi_build.pages import Page, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicReport


def compose(report: PublicReport, files: Sequence[Download], site_url: str) -> Page:
    """Return the data page of a report; its citations have a page of their own."""
    data = [file for file in files if file.format not in cite.FORMATS]
    return Page(
        f"{report.address}data/",
        _("Data"),
        _("The data of %(report)s to download.", report=report.name),
        "data",
        {"downloads": data},
        linked_data=metadata.report_dataset(report, data, site_url),
    )
