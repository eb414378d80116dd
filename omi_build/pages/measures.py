"""National targets across reports: each measure with every area's figure and its status in words, by area."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.languages import gettext as _
from omi_build.languages import original_of
from omi_build.pages import Page, paged
from omi_build.publication import slug
from omi_build.words import counted

if TYPE_CHECKING:
    from omi_build.model.framework import Framework
    from omi_build.publication import PublicReport, PublicSite
    from omi_build.targets import ScoredTable, ScoredTarget

SIZE = 100
"""How many figures stand on a page."""

LONGEST = 60
"""How many characters of a measure's name stand in its address."""


@dataclass(frozen=True)
class Figure:
    """What one report says on a measure."""

    report: PublicReport
    table: ScoredTable
    target: ScoredTarget


@dataclass(frozen=True)
class Measure:
    """A measure, and the figures that reports give for it."""

    title: str
    address: str
    figures: tuple[Figure, ...]

    @property
    def details(self) -> tuple[str, ...]:
        """What exactly was measured, as the reports tell it."""
        return tuple(dict.fromkeys(f.target.target.detail for f in self.figures if f.target.target.detail))

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """The standards that its reports were made under."""
        return tuple({figure.report.framework.id: figure.report.framework for figure in self.figures}.values())


def compose(site: PublicSite) -> tuple[Page, ...]:
    """Return the list of measures and the pages of each."""
    measures = measures_of(site)
    main = Page(
        "targets/",
        _("National targets"),
        _("National performance targets by measure: how each area stood to them, in words."),
        "measures",
        {"measures": measures},
    )
    pages = [main]
    for measure in measures:
        page = Page(
            measure.address,
            _("National target: %(measure)s", measure=measure.title),
            _(
                "%(measure)s: figures of %(number)s, by area.",
                measure=measure.title,
                number=counted(len(measure.figures), "report", "reports"),
            ),
            "measure",
            {"measure": measure},
            (main.link,),
        )
        pages += paged(page, "figures", measure.figures, SIZE)
    return tuple(pages)


def measures_of(site: PublicSite) -> tuple[Measure, ...]:
    """Return the measures of all reports by name; figures by area and year."""
    found: dict[str, list[Figure]] = {}
    for report in site.reports:
        for table in report.targets:
            for target in table.targets:
                found.setdefault(_address(target.target.measure), []).append(Figure(report, table, target))
    measures = (
        Measure(figures[0].target.target.measure, address, tuple(figures)) for address, figures in found.items()
    )
    return tuple(sorted(measures, key=lambda measure: (measure.title.lower(), measure.address)))


def _address(measure: str) -> str:
    """Return the address of a measure: its name, as far as an address can hold it."""
    name = slug(measure)
    if not name or len(name) > LONGEST:
        name = f"{name[:LONGEST]}-{hashlib.sha256(original_of(measure).encode()).hexdigest()[:8]}".lstrip("-")
    return f"targets/{name}/"
