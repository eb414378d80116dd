"""All pages of one report, in reading order, each knowing its neighbours and the report's own contents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.downloads import cite
from omi_build.downloads.files import latest_date
from omi_build.languages import gettext as _
from omi_build.languages import marked, ngettext, speaking
from omi_build.pages import (
    Link,
    Page,
    chapter,
    citing,
    context,
    data,
    good_practice,
    inspection,
    metadata,
    overview,
    section,
    targets,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicReport

SYNTHETIC = marked("Synthetic: this area, its cases and all findings are made up.")
"""The banner of each page of a report that is made up."""


def banner(report: PublicReport) -> str:
    """Return what stands at the top of each page of a report that isn't public yet, was overtaken or is made up."""
    preview = _("Preview: this report %(why)s.", why=report.unpublished) if report.unpublished else ""
    overtaken = (
        _("Version %(number)s, kept for reference: the report has been corrected since.", number=report.version)
        if report.version
        else ""
    )
    return " ".join(filter(None, (preview, overtaken, _(SYNTHETIC) if report.synthetic else "")))


def compose(report: PublicReport, files: Sequence[Download], site_url: str = "") -> tuple[Page, ...]:
    """Return the pages of a report; those with nothing to say are left out.

    `files` are its downloads; `site_url` is the site's absolute address, '' where it is not known.
    """
    with speaking(report.language):
        return _pages(report, files, site_url)


def with_files(
    pages: Iterable[Page], report: PublicReport, files: Sequence[Download], site_url: str = ""
) -> Iterator[Page]:
    """Yield the pages of a report, told of other downloads than they were composed with; what tells of none stays itself."""
    with speaking(report.language):
        told = data.compose(report, files, site_url)
    for page in pages:
        if page.address == told.address:
            yield replace(page, data={**page.data, **told.data}, linked_data=told.linked_data)
        elif "downloads" in page.data:
            yield replace(page, data={**page.data, "downloads": files})
        else:
            yield page


def _pages(report: PublicReport, files: Sequence[Download], site_url: str) -> tuple[Page, ...]:
    pages = [
        overview.compose(report, files, site_url),
        *(section.compose(report, part) for part in report.sections),
        *([targets.compose(report)] if report.targets else []),
        *([good_practice.compose(report)] if report.good_practice else []),
        *(chapter.compose(report, part) for part in report.narrative.chapters),
        *([context.compose(report)] if report.about.context else []),
        inspection.compose(report),
        data.compose(report, files, site_url),
        citing.compose(report, files, site_url),
    ]
    contents = (Link(_("Overview"), report.address), *(page.link for page in pages[1:]))
    current = replace(report, version=0)
    trail = (
        Link(_("Reports"), "reports/"),
        *((Link(current.name, current.address),) if report.version else ()),
        Link(report.name, report.address),
    )
    picture, last = metadata.picture(report), latest_date((report,))
    gaps = {"site": site_url, "name": cite.report_work(report).key, **cite.gaps(report, site_url)}
    linked = []
    for n, page in enumerate(pages):
        linked.append(
            replace(
                page,
                report=report.name,
                contents=contents,
                trail=trail if n else trail[:-1],
                previous=contents[n - 1] if n else None,
                next=contents[n + 1] if n + 1 < len(contents) else None,
                data={"report": report, "gaps": gaps, **page.data},
                picture=picture,
                updated=last.due() if last else None,
                banner=banner(report),
                overtaken=bool(report.version),
                language=report.language,
                note=_lacking(report),
            )
        )
    return tuple(linked)


def _lacking(report: PublicReport) -> str:
    """Return what stands above each page of a report of which some texts are in the other language."""
    if not report.lacking:
        return ""
    return ngettext(
        "%(num)s text of this report is in English only; it is marked where it stands.",
        "%(num)s texts of this report are in English only; each is marked where it stands.",
        report.lacking,
    )
