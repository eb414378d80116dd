"""What every download shares: its file, its media type, the licence, and the caution that goes with all figures."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.languages import marked
from omi_build.words import file_size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omi_build.model.dates import PartialDate
    from omi_build.publication import PublicReport

LICENCE = marked("Open Government Licence v3.0")
LICENCE_ID = "OGL-UK-3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

CAUTION = marked("Samples differ: do not rank areas")
"""Stands in each row of a table where several areas' figures can meet, because a table is passed on without its page."""

SITE_TITLE = marked("Inspection reports")
"""What the feeds and the data of the whole site are called."""

DATA = "data/"
"""The address of the downloads of the whole site."""
REPORT_SCHEMA = "schemas/report.schema.json"
"""Where the schema of `report.json` is published, from the top of the site."""
REPORTS_SCHEMA = "schemas/reports.schema.json"
"""Where the schema of `reports.json` is published."""
ATOM, JSON_FEED = "feed.xml", "feed.json"
"""Where the feeds are."""

MEDIA_TYPES = {
    "CSV": "text/csv",
    "JSON": "application/json",
    "Data Package": "application/json",
    "JSON Schema": "application/schema+json",
    "Atom": "application/atom+xml",
    "JSON Feed": "application/feed+json",
    "PDF": "application/pdf",
    "BibTeX": "application/x-bibtex",
    "RIS": "application/x-research-info-systems",
}
"""By the format as readers are told it."""


@dataclass(frozen=True)
class Download:
    """A file to download."""

    address: str
    """From the top of the site."""
    title: str
    """What it holds."""
    format: str
    """A key of `MEDIA_TYPES`."""
    content: bytes

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.address.rpartition("/")[2]

    @property
    def size(self) -> str:
        """Its size for a reader."""
        return file_size(len(self.content))

    @property
    def media_type(self) -> str:
        """Its type for a machine."""
        return MEDIA_TYPES[self.format]


def as_json(value: Any) -> bytes:
    """Return a value as JSON, indented, in UTF-8."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def latest_date(reports: Iterable[PublicReport]) -> PartialDate | None:
    """Return the date of the last publication or correction, or None where there is none."""
    dates = [date for report in reports for date in _dates(report)]
    return max(dates, key=lambda date: date.due(), default=None)


def corrected(report: PublicReport) -> PartialDate | None:
    """Return the date of a report's last correction, or None if it was not corrected."""
    dates = [correction.date for correction in report.about.publication.corrections]
    return max(dates, key=lambda date: date.due(), default=None)


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day, in universal time: feeds and packages want a moment where we know a day."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _dates(report: PublicReport) -> list[PartialDate]:
    publication = report.about.publication
    return [*([publication.date] if publication.date else []), *(c.date for c in publication.corrections)]
