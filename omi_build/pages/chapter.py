"""A chapter of a report beside its criteria, such as the prison visited or what service users said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.pages import Page

if TYPE_CHECKING:
    from omi_build.model.inspection import Chapter
    from omi_build.publication import PublicReport


def compose(report: PublicReport, chapter: Chapter) -> Page:
    """Return the page of a chapter."""
    return Page(
        f"{report.address}{chapter.id}/",
        chapter.title,
        f"{report.name}: {chapter.title}.",
        "chapter",
        {"chapter": chapter},
    )
