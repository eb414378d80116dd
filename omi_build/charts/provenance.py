"""Where a chart comes from, and what of the open data it shows: its files are passed on without their page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omi_build.downloads.files import LICENCE
from omi_build.languages import gettext as _
from omi_build.languages import marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from omi_build.downloads.tables import Row, Table
    from omi_build.publication import PublicReport

UNEVEN = marked("Samples differ: do not rank areas by score.")
"""What stands beside scores that are passed on without their page."""

MADE_UP = marked("Synthetic: the area, its cases and all findings are made up.")


def source_of(report: PublicReport, *, scores: bool = False) -> tuple[str, ...]:
    """Return what a picture of a report's figures says of their source; one of scores says not to rank by them."""
    warnings = (
        _("Preview: this report %(why)s.", why=report.unpublished) if report.unpublished else "",
        _("The report has been corrected since.") if report.version else "",
        _(MADE_UP) if report.synthetic else "",
        _(UNEVEN) if scores else "",
    )
    return (
        *filter(None, warnings),
        _(
            "Source: %(title)s, report on %(report)s, %(body)s. %(licence)s.",
            title=report.about.title,
            report=report.name,
            body=report.about.lead_body,
            licence=_(LICENCE),
        ),
    )


def part_of(table: Table, columns: str, is_shown: Callable[[Row], bool]) -> Table:
    """Return of a table of the open data what a chart shows: those columns, given with spaces between, and those rows."""
    wanted = columns.split()
    by_name = {column.name: column for column in table.fields}
    rows = tuple(row for row in table.rows if is_shown(row))
    return replace(table, fields=tuple(by_name[name] for name in wanted), rows=rows)
