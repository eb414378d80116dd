"""How to cite a report and its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.downloads import cite
from omi_build.languages import gettext as _
from omi_build.pages import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicReport

ADDRESS = "cite/"
"""Of the page, from its report's."""


def compose(report: PublicReport, files: Sequence[Download], site_url: str) -> Page:
    """Return the page that says how to cite a report."""
    return Page(
        f"{report.address}{ADDRESS}",
        _("Cite this report"),
        _(
            "How to cite the report on %(report)s and each of its findings: as text, for BibTeX and as RIS.",
            report=report.name,
        ),
        "cite",
        {
            "forms": cite.forms(cite.report_work(report, site_url)),
            "example": next((cite.as_text(work) for work in cite.finding_works(report, site_url)), ""),
            "citations": [file for file in files if file.format in cite.FORMATS],
        },
    )
