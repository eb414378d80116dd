"""Where a chart comes from, and what of the open data it shows: its files are passed on without their page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.downloads.files import CAUTION, LICENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from omi_build.downloads.tables import Row, Table
    from omi_build.publication import PublicReport

MADE_UP = "Synthetic: the area, its cases and all findings are made up."


def source_of(report: PublicReport, *, scores: bool = False) -> tuple[str, ...]:
    """Return what a picture of a report's figures says of their source; one of scores says not to rank by them."""
    warnings = (
        f"Preview: this report {report.unpublished}." if report.unpublished else "",
        "The report has been corrected since." if report.version else "",
        MADE_UP if report.synthetic else "",
        f"{CAUTION} by score." if scores else "",
    )
    return (
        *filter(None, warnings),
        f"Source: {report.about.title}, report on {report.name}, {report.about.lead_body}. {LICENCE}.",
    )


def part_of(table: Table, columns: str, is_shown: Callable[[Row], bool]) -> Table:
    """Return of a table of the open data what a chart shows: those columns, given with spaces between, and those rows."""
    wanted = columns.split()
    by_name = {column.name: column for column in table.fields}
    rows = tuple(row for row in table.rows if is_shown(row))
    return replace(table, fields=tuple(by_name[name] for name in wanted), rows=rows)
