"""What reports say, gathered across them: good practice and recommendations, each by theme and by criterion.

Everything stands by area and year, with the address that it has in its report. Nothing is sorted by a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from omi_build.languages import gettext as _
from omi_build.languages import marked, pair
from omi_build.pages import Link, Page, good_practice, paged
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from omi_build.model.framework import Criterion, Framework
    from omi_build.model.inspection import Finding, GoodPractice, Recommendation
    from omi_build.model.programme import Theme
    from omi_build.publication import PublicCriterion, PublicReport, PublicSite

SIZE = 20
"""How many reports, or entries of a list, stand on a page."""


@dataclass(frozen=True)
class Found:
    """A finding, and where it stands."""

    criterion: PublicCriterion
    finding: Finding
    address: str


P = TypeVar("P", bound="GoodPractice | Recommendation")


@dataclass(frozen=True)
class Entry(Generic[P]):
    """An example of good practice or a recommendation, and where it stands."""

    report: PublicReport
    part: P
    refs: tuple[str, ...]
    """Of the criteria that it belongs to, or answers."""
    address: str

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes that it is marked with."""
        return self.report.themes_of(self.part)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that it belongs to, or answers."""
        return tuple(c.criterion for ref, (_section, c) in self.report.criteria.items() if ref in self.refs)


@dataclass(frozen=True)
class Group:
    """What one report says on a subject."""

    report: PublicReport
    strengths: tuple[Found, ...]
    areas_for_improvement: tuple[Found, ...]
    examples: tuple[Entry[GoodPractice], ...] = ()
    recommendations: tuple[Entry[Recommendation], ...] = ()

    @property
    def findings(self) -> int:
        """How many findings it has."""
        return len(self.strengths) + len(self.areas_for_improvement)


@dataclass(frozen=True)
class Way:
    """A way into a list: a title, an address, and how much stands there."""

    title: str
    address: str
    number: int


@dataclass(frozen=True)
class Kind:
    """One kind of list across reports."""

    id: str
    """Its part of the address."""
    title: str
    about: str
    one: str
    many: str
    entries: Callable[[PublicReport], tuple[Entry[Any], ...]]


def examples_of(report: PublicReport) -> tuple[Entry[GoodPractice], ...]:
    """Return the examples of good practice of a report."""
    page = f"{report.address}good-practice/"
    return tuple(
        Entry(report, example, (example.criterion,), f"{page}#{good_practice.anchor(number, example)}")
        for number, example in enumerate(report.good_practice, 1)
    )


def recommendations_of(report: PublicReport) -> tuple[Entry[Recommendation], ...]:
    """Return the recommendations of a report."""
    return tuple(
        Entry(report, one, one.criteria, f"{report.address}#recommendation-{one.number}")
        for one in report.recommendations
    )


GOOD_PRACTICE = Kind(
    "good-practice",
    marked("Good practice"),
    marked("Examples that inspectors held up for others to learn from."),
    *pair("example", "examples"),
    examples_of,
)
RECOMMENDATIONS = Kind(
    "recommendations",
    marked("Recommendations"),
    marked("What inspectors asked areas to improve."),
    *pair("recommendation", "recommendations"),
    recommendations_of,
)
KINDS = (GOOD_PRACTICE, RECOMMENDATIONS)


def compose(site: PublicSite, kind: Kind) -> tuple[Page, ...]:
    """Return the pages of good practice, or of recommendations: all, by theme and by criterion."""
    entries = [entry for report in site.reports for entry in kind.entries(report)]
    by_theme = [
        (theme, with_it) for theme in site.themes if (with_it := [e for e in entries if theme.id in e.part.themes])
    ]
    by_criterion = [
        (framework, criterion, under)
        for framework in site.frameworks
        for criterion in framework.criteria.values()
        if (under := [e for e in entries if e.report.framework.id == framework.id and criterion in e.criteria])
    ]
    main = Page(
        f"{kind.id}/",
        _(kind.title),
        " ".join([_(kind.about), _("By theme, by criterion and by area.")]),
        "library",
        {
            "kind": kind,
            "number": len(entries),
            "themes": [Way(theme.title, of_theme(kind, theme), len(with_it)) for theme, with_it in by_theme],
            "frameworks": [
                (
                    framework,
                    [
                        Way(f"{c.ref} {c.title}", of_criterion(kind, framework, c.ref), len(under))
                        for own, c, under in by_criterion
                        if own is framework
                    ],
                )
                for framework in site.frameworks
            ],
        },
    )
    pages = [*paged(main, "entries", entries, SIZE)]
    for theme, with_it in by_theme:
        page = Page(
            of_theme(kind, theme),
            f"{_(kind.title)}: {theme.title}",
            _(
                "%(kind)s on %(theme)s: %(number)s.",
                kind=_(kind.title),
                theme=theme.title,
                number=counted(len(with_it), kind.one, kind.many),
            ),
            "entries",
            {"kind": kind, "number": len(with_it), "whole": Link(theme.title, f"themes/{theme.id}/")},
            (main.link,),
        )
        pages += paged(page, "entries", with_it, SIZE)
    for framework, criterion, under in by_criterion:
        name = f"{criterion.ref} {criterion.title}"
        page = Page(
            of_criterion(kind, framework, criterion.ref),
            f"{_(kind.title)}: {name}",
            _(
                "%(kind)s under %(criterion)s: %(number)s.",
                kind=_(kind.title),
                criterion=name,
                number=counted(len(under), kind.one, kind.many),
            ),
            "entries",
            {"kind": kind, "number": len(under), "whole": Link(name, criterion_address(framework, criterion.ref))},
            (main.link,),
            report=framework.short_title,
        )
        pages += paged(page, "entries", under, SIZE)
    return tuple(pages)


def of_criterion(kind: Kind, framework: Framework, ref: str) -> str:
    """Return the address of the entries under a criterion."""
    return f"{kind.id}/criteria/{framework.id}/{ref.replace('.', '-')}/"


def of_theme(kind: Kind, theme: Theme) -> str:
    """Return the address of the entries that are marked with a theme."""
    return f"{kind.id}/themes/{theme.id}/"


def findings_of(report: PublicReport, chosen: Callable[[PublicCriterion, Finding], bool]) -> Group:
    """Return the findings of a report that are chosen, in the order of the report."""

    def found(kind: str) -> Iterator[Found]:
        for ref, (_section, criterion) in report.criteria.items():
            items = criterion.strengths if kind == "strength" else criterion.areas_for_improvement
            for finding in items:
                if chosen(criterion, finding):
                    yield Found(criterion, finding, f"{report.criterion_address(ref)}-{kind}-{finding.letter}")

    return Group(report, tuple(found("strength")), tuple(found("improvement")))


def criterion_address(framework: Framework, ref: str) -> str:
    """Return the address of a criterion's own page, across all reports."""
    return f"frameworks/{framework.id}/{ref.replace('.', '-')}/"
