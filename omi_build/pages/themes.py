"""The themes: what was found on a subject in every report, with its good practice and recommendations, by area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.pages import Page, across_reports, paged
from omi_build.words import counted, listed

if TYPE_CHECKING:
    from omi_build.model.programme import Theme
    from omi_build.pages.across_reports import Group
    from omi_build.publication import PublicReport, PublicSite

KINDS = ("findings", "examples", "recommendations")


@dataclass(frozen=True)
class ThemeSummary:
    """A theme, and how much is marked with it."""

    theme: Theme
    groups: tuple[Group, ...]

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"themes/{self.theme.id}/"

    @property
    def told(self) -> str:
        """How much is marked with it, in words."""
        numbers = {
            "findings": sum(group.findings for group in self.groups),
            "examples": sum(len(group.examples) for group in self.groups),
            "recommendations": sum(len(group.recommendations) for group in self.groups),
        }
        told = (
            counted(numbers["findings"], "finding", "findings"),
            counted(numbers["examples"], "example of good practice", "examples of good practice"),
            counted(numbers["recommendations"], "recommendation", "recommendations"),
        )
        parts = [words for kind, words in zip(KINDS, told, strict=True) if numbers[kind]]
        return _("%(what)s in %(number)s", what=listed(parts), number=counted(len(self.groups), "report", "reports"))


def compose(site: PublicSite) -> tuple[Page, ...]:
    """Return the list of themes, and the pages of each that something public is marked with."""
    themes = [ThemeSummary(theme, _groups(site, theme)) for theme in site.themes]
    main = Page(
        "themes/",
        _("Themes"),
        _("What inspectors found, by subject: findings, good practice and recommendations of all reports."),
        "themes",
        {"themes": themes},
    )
    pages = [main]
    for summary in themes:
        page = Page(
            summary.address,
            summary.theme.title,
            _("%(theme)s in all reports: %(what)s.", theme=summary.theme.title, what=summary.told),
            "theme",
            {
                "summary": summary,
                "site": site,
                "lists": [
                    (kind, across_reports.of_theme(kind, summary.theme), number)
                    for kind, number in (
                        (across_reports.GOOD_PRACTICE, sum(len(group.examples) for group in summary.groups)),
                        (across_reports.RECOMMENDATIONS, sum(len(group.recommendations) for group in summary.groups)),
                    )
                    if number
                ],
            },
            (main.link,),
        )
        pages += paged(page, "groups", summary.groups, across_reports.SIZE)
    return tuple(pages)


def _groups(site: PublicSite, theme: Theme) -> tuple[Group, ...]:
    return tuple(group for report in site.reports if (group := _group(report, theme)))


def _group(report: PublicReport, theme: Theme) -> Group | None:
    if theme not in report.themes:
        return None
    group = across_reports.findings_of(report, lambda _, finding: theme.id in finding.themes)
    return replace(
        group,
        examples=tuple(e for e in across_reports.examples_of(report) if theme.id in e.part.themes),
        recommendations=tuple(r for r in across_reports.recommendations_of(report) if theme.id in r.part.themes),
    )
