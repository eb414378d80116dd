"""The pages of the whole site: home, the list of reports, the frameworks, the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.pages import Link, Page, overview

if TYPE_CHECKING:
    from omi_build.model.framework import Framework
    from omi_build.publication import PublicReport, PublicSite


def compose(site: PublicSite) -> tuple[Page, ...]:
    """Return every page that does not belong to a single report."""
    return (
        home(site),
        reports_list(site),
        frameworks_list(site),
        *(page for framework in site.frameworks for page in framework_pages(framework)),
        glossary(site),
    )


def home(site: PublicSite) -> Page:
    """Return the home page, which shows the reports published last."""
    return Page(
        "",
        "Inspection reports",
        "Inspection reports on probation areas of England and Wales, published from data.",
        "home",
        {"site": site, "latest": [(report, overview.describe(report)) for report in by_date(site)[:5]]},
    )


def reports_list(site: PublicSite) -> Page:
    """Return the list of all reports, by name; never by score."""
    return Page("reports/", "Reports", "All inspection reports, by area and year.", "reports", {"site": site})


def frameworks_list(site: PublicSite) -> Page:
    """Return the list of inspection frameworks."""
    return Page(
        "frameworks/",
        "How inspections work",
        "The inspection standards that the reports were made under, and how scores are made.",
        "frameworks",
        {"site": site},
    )


def framework_pages(framework: Framework) -> tuple[Page, Page]:
    """Return the page of a framework (scores, ratings, shared texts) and that of its question bank."""
    address = f"frameworks/{framework.id}/"
    trail = (Link("How inspections work", "frameworks/"),)
    main = Page(
        address,
        framework.title,
        f"{framework.title}: sections and criteria, how scores are made, and how inspections were carried out.",
        "framework",
        {"framework": framework},
        trail,
    )
    questions = Page(
        f"{address}questions/",
        "Criteria and questions",
        f"The criteria of the {framework.title} and the questions asked of each case.",
        "questions",
        {"framework": framework},
        (*trail, main.link),
    )
    return main, questions


def glossary(site: PublicSite) -> Page:
    """Return the glossary."""
    return Page(
        "glossary/",
        "Glossary",
        "Abbreviations and terms of the inspection reports.",
        "glossary",
        {
            "abbreviations": site.glossary.abbreviations,
            "terms": sorted(site.glossary.terms, key=lambda entry: entry.term.lower()),
        },
    )


def by_date(site: PublicSite) -> list[PublicReport]:
    """Return the reports, the one published last first."""
    return sorted(site.reports, key=lambda r: (_published(r), r.area.title), reverse=True)


def _published(report: PublicReport) -> str:
    date = report.about.publication.date
    return date.iso() if date else ""
