"""The themes: what was found on a subject in every report, with its good practice and recommendations, by area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.pages import Link, Page, across_reports, paged
from omi_build.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from omi_build.model.programme import Theme
    from omi_build.pages.across_reports import Group
    from omi_build.publication import PublicReport, PublicSite

ADDRESS = "themes/"


@dataclass(frozen=True)
class ThemeSummary:
    """A theme, and how much is marked with it."""

    theme: Theme
    numbers: tuple[int, int, int]
    """Of findings, of examples of good practice, and of recommendations."""
    reports: int
    """How many reports have them."""

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"{ADDRESS}{self.theme.id}/"

    @property
    def told(self) -> str:
        """How much is marked with it, in words."""
        findings, examples, recommendations = self.numbers
        told = (
            counted(findings, "finding", "findings"),
            counted(examples, "example of good practice", "examples of good practice"),
            counted(recommendations, "recommendation", "recommendations"),
        )
        parts = [words for words, number in zip(told, self.numbers, strict=True) if number]
        return _("%(what)s in %(number)s", what=listed(parts), number=counted(self.reports, "report", "reports"))


def summary(theme: Theme, marked: Collection[tuple[int, int, int]]) -> ThemeSummary:
    """Return a theme with how much is marked with it; `marked` are the numbers of each report that has any."""
    findings, examples, recommendations = (sum(numbers[n] for numbers in marked) for n in range(3))
    return ThemeSummary(theme, (findings, examples, recommendations), len(marked))


def numbers_of(report: PublicReport, theme: Theme) -> tuple[int, int, int] | None:
    """Return how many findings, examples and recommendations of a report are marked with a theme; None if it has none."""
    group = _group(report, theme)
    return (group.findings, len(group.examples), len(group.recommendations)) if group else None


def compose_list(summaries: Sequence[ThemeSummary]) -> Page:
    """Return the list of the themes."""
    return Page(
        ADDRESS,
        _("Themes"),
        _("What inspectors found, by subject: findings, good practice and recommendations of all reports."),
        "themes",
        {"themes": summaries},
    )


def compose(site: PublicSite, theme: Theme) -> tuple[Page, ...]:
    """Return the pages of a theme that something public is marked with."""
    groups = [group for report in site.reports if (group := _group(report, theme))]
    told = summary(theme, [(g.findings, len(g.examples), len(g.recommendations)) for g in groups])
    _findings, examples, recommendations = told.numbers
    page = Page(
        told.address,
        theme.title,
        _("%(theme)s in all reports: %(what)s.", theme=theme.title, what=told.told),
        "theme",
        {
            "summary": told,
            "site": site,
            "lists": [
                (kind, across_reports.of_theme(kind, theme), number)
                for kind, number in (
                    (across_reports.GOOD_PRACTICE, examples),
                    (across_reports.RECOMMENDATIONS, recommendations),
                )
                if number
            ],
        },
        (Link(_("Themes"), ADDRESS),),
    )
    return paged(page, "groups", groups, across_reports.SIZE)


def _group(report: PublicReport, theme: Theme) -> Group | None:
    if theme not in report.themes:
        return None
    group = across_reports.findings_of(report, lambda _, finding: theme.id in finding.themes)
    return replace(
        group,
        examples=tuple(e for e in across_reports.examples_of(report) if theme.id in e.part.themes),
        recommendations=tuple(r for r in across_reports.recommendations_of(report) if theme.id in r.part.themes),
    )
