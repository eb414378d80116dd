"""The pages across reports in batches: what each is made of, so that one is made again only where that has changed.

A batch is made of all reports' cards, and of those aspects of them that it shows. Both languages of a page are in one
batch, for each tells where the other is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from omi_build.aspects import ENTRIES, ROWS, TARGETS, criterion, of_theme
from omi_build.downloads import criterion_downloads, site_downloads
from omi_build.languages import WELSH, speaking
from omi_build.pages import (
    Page,
    accessibility,
    across_reports,
    areas,
    criteria,
    guide,
    measures,
    open_data,
    overview,
    reports,
    rules,
    runbook,
    searching,
    themes,
    withdrawn,
)
from omi_build.pages import site as site_pages
from omi_build.pages import welsh as welsh_pages
from omi_build.pages.addresses import paired

if TYPE_CHECKING:
    import datetime

    from omi_build.downloads import Download
    from omi_build.model.framework import Criterion, Framework, Section
    from omi_build.model.programme import Theme
    from omi_build.publication import PublicSite


@dataclass(frozen=True)
class Made:
    """What a batch holds."""

    pages: tuple[Page, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Beside the pages, by path."""


Numbers = tuple[int, int, int]


@dataclass(frozen=True)
class Beyond:
    """What batches need that stands in no card."""

    rows: Callable[[str], bytes]
    """The rows of a table of all reports as CSV, without its head."""
    themes: Callable[[PublicSite, str], Sequence[Numbers]]
    """By the id of a theme, the numbers of each report of a site that has it, as `themes.numbers_of` gives them."""
    schemas: Mapping[str, bytes]
    """The published schemas, by address."""
    on: datetime.date
    """The day of the publication."""
    site_url: str


@dataclass(frozen=True)
class Batch:
    """Pages that are made together."""

    name: str
    needs: tuple[str, ...]
    """The aspects of all reports that it shows, cards apart."""
    make: Callable[[PublicSite, Beyond], Made]
    """From the site with those aspects, and what stands in none."""
    also: tuple[str, ...] = ()
    """Whatever else it is made of."""


def batches(site: PublicSite, beyond: Beyond) -> Iterator[Batch]:
    """Yield everything that is made across reports; of `site` the cards are enough."""
    yield _batch("home", _home)
    yield _batch("reports", reports.compose, files=lambda one: {reports.INDEX: reports.index(one)})
    yield _batch("withdrawn", lambda one: tuple(withdrawn.compose(report) for report in one.withdrawn))
    yield _batch("areas", areas.areas_list)
    for region in site.regions:
        # Each with its areas: an area's page is small, and there may be thousands.
        yield _batch(f"region {region.id}", partial(_region, region.id))
    yield _batch("frameworks", _frameworks)
    yield _batch("glossary", lambda one: (site_pages.glossary(one),))
    yield _batch("search", lambda one: (searching.compose_search(one),), files=searching.choices)
    yield _batch("browse", searching.compose_browse, needs=(ENTRIES, TARGETS))
    yield _batch(
        "texts", lambda _: (guide.compose(), runbook.compose(), accessibility.compose(), rules.compose()), english=True
    )
    for kind in across_reports.KINDS:
        yield _batch(kind.id, partial(_entries, kind), needs=(ENTRIES,), library=True)
    yield _batch("measures", measures.compose, needs=(TARGETS,), library=True)
    yield Batch(
        "themes", (), _themes, tuple(repr(beyond.themes(one, t.id)) for one in _tellings(site) for t in one.themes)
    )
    for theme in site.themes:
        # What of it stands where is among the aspects, so that not all findings of all reports have to be had.
        yield _batch(f"theme {theme.id}", partial(_theme, theme.id), needs=(of_theme(theme.id), ENTRIES), library=True)
    for framework in site.frameworks:
        for section in framework.sections:
            for one in section.criteria:
                yield Batch(
                    f"criterion {framework.id} {one.ref}",
                    (criterion(one.ref), ENTRIES),
                    partial(_criterion, framework, section, one),
                )
    yield Batch("data", (ROWS,), _data, (beyond.site_url, beyond.on.isoformat()))


def always_in_welsh(site: PublicSite) -> Iterator[str]:
    """Yield the English addresses of those pages across reports that are there in Welsh whatever is in Welsh.

    Of a list that has several pages the first stands for all.
    """
    yield from ("", "reports/", "reports/by-date/", "areas/", "frameworks/", "glossary/", "search/", "browse/")
    yield from (f"reports/{report.about.year}/" for report in site.reports)
    yield from (report.address for report in site.withdrawn)
    yield from (f"regions/{region.id}/" for region in site.regions)
    yield from (f"areas/{area.id}/" for area in site.areas)
    for framework in site.frameworks:
        yield from (f"frameworks/{framework.id}/", f"frameworks/{framework.id}/questions/")


def library_in_welsh(site: PublicSite) -> frozenset[str]:
    """Return the English addresses of the library's pages that have something in Welsh."""
    told = site.in_welsh.told_in_it if site.in_welsh else site
    if told.language != WELSH or not told.reports:
        return frozenset()
    pages = [
        themes.compose_list(()),
        *(page for theme in told.themes for page in _theme(theme.id, told)),
        *(page for kind in across_reports.KINDS for page in across_reports.compose(told, kind)),
        *measures.compose(told),
    ]
    return frozenset(page.address for page in pages)


def _batch(
    name: str,
    compose: Callable[[PublicSite], Sequence[Page]],
    *,
    needs: tuple[str, ...] = (),
    library: bool = False,
    english: bool = False,
    files: Callable[[PublicSite], Mapping[str, bytes]] = lambda _: {},
) -> Batch:
    """Return the batch of pages that are composed alike in both languages.

    Those of the library have in Welsh what is in Welsh alone; `english` ones are in English alone.
    """

    def make(site: PublicSite, _: Beyond) -> Made:
        pages = site_pages.dressed(site, compose(site))
        return Made(paired(pages, () if english else _in_welsh(site, compose, library=library)), files(site))

    return Batch(name, needs, make)


def _in_welsh(
    site: PublicSite, compose: Callable[[PublicSite], Sequence[Page]], *, library: bool = False
) -> tuple[Page, ...]:
    if site.in_welsh is None:
        return ()
    told = site.in_welsh.told_in_it if library else site.in_welsh
    if library and not told.reports:
        return ()
    with speaking(WELSH):
        return welsh_pages.dressed(site.in_welsh, compose(told), library=library)


def _tellings(site: PublicSite) -> tuple[PublicSite, ...]:
    return (site, *([site.in_welsh.told_in_it] if site.in_welsh else []))


def _home(site: PublicSite) -> tuple[Page, ...]:
    return (welsh_pages.home(site) if site.language == WELSH else site_pages.home(site),)


def _region(identifier: str, site: PublicSite) -> tuple[Page, ...]:
    region = next(region for region in site.regions if region.id == identifier)
    return (
        *areas.region_pages(site, region),
        *(areas.area_page(site, area) for area in site.areas if area.region == identifier),
    )


def _frameworks(site: PublicSite) -> tuple[Page, ...]:
    return (
        site_pages.frameworks_list(site),
        *(page for framework in site.frameworks for page in site_pages.framework_pages(framework)),
    )


def _entries(kind: across_reports.Kind, site: PublicSite) -> tuple[Page, ...]:
    return across_reports.compose(site, kind)


def _themes(site: PublicSite, beyond: Beyond) -> Made:
    def compose(one: PublicSite) -> tuple[Page, ...]:
        summaries = [themes.summary(theme, beyond.themes(one, theme.id)) for theme in one.themes]
        return (themes.compose_list(summaries),)

    return Made(paired(site_pages.dressed(site, compose(site)), _in_welsh(site, compose, library=True)))


def _theme(identifier: str, site: PublicSite) -> tuple[Page, ...]:
    theme: Theme | None = next((theme for theme in site.themes if theme.id == identifier), None)
    reports_with_it = any(theme in report.themes for report in site.reports)
    return themes.compose(site, theme) if theme and reports_with_it else ()


def _criterion(framework: Framework, section: Section, one: Criterion, site: PublicSite, _beyond: Beyond) -> Made:
    address = across_reports.criterion_address(framework, one.ref)
    files = criterion_downloads(site, framework, one.ref, address)
    pages = site_pages.dressed(site, criteria.compose(site, framework, section, one, files))
    return Made(pages, _contents(files))


def _data(site: PublicSite, beyond: Beyond) -> Made:
    files = site_downloads(site, overview.describe, beyond.schemas, beyond.on, beyond.site_url, rows=beyond.rows)
    page = open_data.compose(site, files, beyond.site_url)
    return Made(site_pages.dressed(site, [page]), _contents(files))


def _contents(files: Sequence[Download]) -> dict[str, bytes]:
    return {file.address: file.content for file in files}
