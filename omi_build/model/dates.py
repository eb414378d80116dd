"""Dates as reports state them: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from omi_build.languages import month

LONDON = "Europe/London"
"""The time zone in which days begin, where nothing else is said."""


@dataclass(frozen=True)
class PartialDate:
    """A date that may lack its day, or its month and day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str | int) -> PartialDate:
        """Read `2007`, `2007-06` or `2007-06-30`; raise ValueError if there is no such day."""
        parts = [int(part) for part in str(text).split("-")]
        date = cls(*parts)
        date.last_day()
        return date

    def first_day(self) -> datetime.date:
        """Return the first day that it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> datetime.date:
        """Return the last day that it can mean."""
        month = 12 if self.month is None else self.month
        day = calendar.monthrange(self.year, month)[1] if self.day is None else self.day
        return datetime.date(self.year, month, day)

    def due(self) -> datetime.date:
        """Return the day from which what is dated by it is public: that day, or the first after its month or year."""
        last = self.last_day()
        return last if self.day or last == datetime.date.max else last + datetime.timedelta(days=1)

    def iso(self) -> str:
        """Return it as it is written in the content."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    def __str__(self) -> str:
        """Return it for a reader: '30 June 2007', 'June 2007', '2007'."""
        words = [str(self.day)] if self.day else []
        words += [month(self.month)] if self.month else []
        return " ".join([*words, str(self.year)])


def moment(on: datetime.date) -> datetime.datetime:
    """Return the moment that a site is published for: a moment as it is, of a bare day the last one, in London."""
    if isinstance(on, datetime.datetime):
        return on if on.tzinfo else on.replace(tzinfo=ZoneInfo(LONDON))
    return datetime.datetime.combine(on, datetime.time.max, ZoneInfo(LONDON))


def day_of(on: datetime.date) -> datetime.date:
    """Return the day, in London, of a moment; a bare day is itself."""
    return moment(on).astimezone(ZoneInfo(LONDON)).date()
