"""The downloads of the whole site: tables over all reports, the list of reports, feeds and schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.downloads.files import DATA, latest_date
from omi_build.pages import Page, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicSite


def compose(site: PublicSite, files: Sequence[Download], site_url: str = "") -> Page:
    """Return the page of the site's downloads; `files` are they."""
    last = latest_date(site.reports)
    return Page(
        DATA,
        "Data",
        "The data of all reports to download, as tables and as JSON, and feeds of what is published and corrected.",
        "open-data",
        {
            "site": site,
            "data": [file for file in files if file.address.startswith(DATA)],
            "feeds": [file for file in files if file.format in {"Atom", "JSON Feed"}],
            "schemas": [file for file in files if file.format == "JSON Schema"],
        },
        linked_data=metadata.site_dataset(site, files, site_url),
        updated=last.due() if last else None,
    )
