"""Pages of the whole site: home, the frameworks, the glossary; and what stands at the top of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.languages import marked
from omi_build.pages import Link, Page, overview
from omi_build.pages.reports import by_date
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omi_build.model.framework import Framework
    from omi_build.publication import PublicSite

SYNTHETIC = marked("Synthetic: every area, case and finding on this site is made up.")
"""The banner of a site that has no real report."""

PREVIEW = marked("Preview, not the public site: drafts are shown.")
"""The banner of a site that shows what isn't public."""


def dressed(site: PublicSite, pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return pages of the whole site with the banner that stands on all of them."""
    return tuple(replace(page, banner=banner(site) or page.banner) for page in pages)


def banner(site: PublicSite) -> str:
    """Return what stands at the top of every page of a preview, or of a site whose reports are all made up; or nothing."""
    unpublished = sum(bool(report.unpublished) for report in site.reports)
    preview = ""
    if site.preview:
        number = counted(unpublished, "report is", "reports are").capitalize()
        preview = " ".join([_(PREVIEW), _("%(number)s not published.", number=number)])
    return " ".join(filter(None, (preview, _(SYNTHETIC) if site.synthetic else "")))


def home(site: PublicSite) -> Page:
    """Return the home page, which shows the reports published last."""
    return Page(
        "",
        _("Inspection reports"),
        _("Inspection reports on probation areas of England and Wales, published from data."),
        "home",
        {"site": site, "latest": [(report, overview.describe(report)) for report in by_date(site)[:5]]},
    )


def frameworks_list(site: PublicSite) -> Page:
    """Return the list of inspection frameworks."""
    return Page(
        "frameworks/",
        _("How inspections work"),
        _("The inspection standards that the reports were made under, and how scores are made."),
        "frameworks",
        {"site": site},
    )


def framework_pages(framework: Framework) -> tuple[Page, Page]:
    """Return the page of a framework (scores, ratings, shared texts) and that of its question bank."""
    address = f"frameworks/{framework.id}/"
    trail = (Link(_("How inspections work"), "frameworks/"),)
    main = Page(
        address,
        framework.title,
        _(
            "%(framework)s: sections and criteria, how scores are made, and how inspections were carried out.",
            framework=framework.title,
        ),
        "framework",
        {"framework": framework},
        trail,
    )
    questions = Page(
        f"{address}questions/",
        _("Criteria and questions"),
        _("The criteria of the %(framework)s and the questions asked of each case.", framework=framework.title),
        "questions",
        {"framework": framework},
        (*trail, main.link),
    )
    return main, questions


def glossary(site: PublicSite) -> Page:
    """Return the glossary."""
    return Page(
        "glossary/",
        _("Glossary"),
        _("Abbreviations and terms of the inspection reports."),
        "glossary",
        {
            "abbreviations": site.glossary.abbreviations,
            "terms": sorted(site.glossary.terms, key=lambda entry: entry.term.lower()),
        },
    )
