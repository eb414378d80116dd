"""The areas: which have been inspected and when, on a map and in a list; a page for each area and each region.

An area without a public report looks the same whether it was never inspected or its report is still a draft, so pages
say that no report is published, never that no inspection was made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.charts.across_reports import areas_map, has_map
from omi_build.languages import gettext as _
from omi_build.pages import Link, Page, overview, paged
from omi_build.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.charts import Chart
    from omi_build.model.programme import Area, Region
    from omi_build.publication import PublicSite

SIZE = 100
"""How many areas stand on a page."""


def compose(site: PublicSite) -> tuple[Page, ...]:
    """Return the list of areas with its map, and the pages of the regions and of the areas."""
    return (
        *areas_list(site),
        *(page for region in site.regions for page in region_pages(site, region)),
        *(area_page(site, area) for area in site.areas),
    )


def areas_list(site: PublicSite) -> tuple[Page, ...]:
    """Return the list of all areas by name, with the map."""
    chart = areas_map(site)
    page = Page(
        "areas/",
        _("Areas"),
        _("The probation areas, and the years in which a report on each was published."),
        "areas",
        {"site": site, "map": chart, "maps": chart is None and any(has_map(site, one) for one in site.regions)},
    )
    return _with_map(paged(page, "areas", site.areas, SIZE), chart)


def region_pages(site: PublicSite, region: Region) -> tuple[Page, ...]:
    """Return the list of a region's areas and their reports, with its map where that of all areas would be too large."""
    chart = None if has_map(site) else areas_map(site, region)
    areas = [area for area in site.areas if area.region == region.id]
    page = Page(
        f"regions/{region.id}/",
        _("%(region)s region", region=region.title),
        _("The probation areas of the %(region)s region and their inspection reports.", region=region.title),
        "region",
        {
            "site": site,
            "number": len(areas),
            "inspected": sum(bool(site.of_area(area)) for area in areas),
            "map": chart,
        },
        (_above(),),
    )
    return _with_map(paged(page, "areas", areas, SIZE), chart)


def _with_map(pages: Sequence[Page], chart: Chart | None) -> tuple[Page, ...]:
    """Return the pages of a list, of which the first has the map."""
    first, *more = pages
    return (replace(first, charts=(chart,) if chart else ()), *more)


def area_page(site: PublicSite, area: Area) -> Page:
    """Return the page of an area: its inspections over time, the latest first."""
    reports = site.of_area(area)[::-1]
    region = next((region for region in site.regions if region.id == area.region), None)
    return Page(
        f"areas/{area.id}/",
        area.title,
        _(
            "Inspections of %(area)s: %(number)s.",
            area=area.title,
            number=counted(len(reports), "report", "reports"),
        ),
        "area",
        {"area": area, "region": region, "inspections": [(report, overview.describe(report)) for report in reports]},
        (_above(), *([Link(region.title, f"regions/{region.id}/")] if region else [])),
    )


def _above() -> Link:
    return Link(_("Areas"), "areas/")
