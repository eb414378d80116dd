"""The feeds: an entry for each publication and each correction, as Atom (RFC 4287) and as JSON Feed 1.1.

An entry's id is a tag URI (RFC 4151) of the site's host and the report's address: it stays the same however often the
site is built, so that a reader shows each entry once.
"""

from __future__ import annotations

import datetime
import html
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed

from omi_build.downloads.files import ATOM, JSON_FEED, LICENCE, SITE_TITLE, Download, as_json, midnight
from omi_build.downloads.report import plain
from omi_build.languages import ENGLISH, LANGUAGE_TAGS, speaking
from omi_build.languages import gettext as _
from omi_build.publication import PublicReport, WithdrawnReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from omi_build.publication import PublicSite

ENTRIES = 50
"""How many entries a feed has at most; the list of reports has them all."""

AUTHORITY = "probation-inspections.example"
"""Names the ids where the site's address is not known."""
MINTED = "2026"
"""The year of RFC 4151 from which the ids count; it never changes, or every reader would see every entry anew."""

LANGUAGE = LANGUAGE_TAGS[ENGLISH]


@dataclass(frozen=True)
class Entry:
    """One thing that happened to a report: it was published, corrected or withdrawn."""

    about: str
    """What its id is made of: the address of the report, with the correction's date and number."""
    title: str
    text: str
    """Plain text."""
    day: datetime.date
    report: PublicReport | WithdrawnReport
    language: str = LANGUAGE
    """Of its title and text."""

    @property
    def author(self) -> str:
        """Who led the inspection."""
        return self.report.about.lead_body if isinstance(self.report, PublicReport) else self.report.lead_body

    @property
    def tags(self) -> tuple[str, ...]:
        """What it can be filtered by."""
        return (self.report.region.title,) if isinstance(self.report, PublicReport) else ()


def entries(site: PublicSite, describe: Callable[[PublicReport], str], on: datetime.date) -> tuple[Entry, ...]:
    """Return what happened up to a day, the newest first, at most `ENTRIES`.

    What is dated by a month happened when the month was over. `describe` says in a sentence what a report found.
    """
    found = [_withdrawn(report) for report in site.withdrawn]
    for report in site.every_telling:
        with speaking(report.language):
            happened = (*_published(report, describe), *_corrections(report))
        found += [replace(entry, language=LANGUAGE_TAGS[report.language]) for entry in happened]
    due = [entry for entry in found if entry.day <= on]
    due.sort(key=lambda entry: entry.about)
    due.sort(key=lambda entry: entry.day, reverse=True)
    return tuple(due[:ENTRIES])


def atom(listed: Sequence[Entry], site_url: str, on: datetime.date) -> Download:
    """Return the entries as Atom; `on` dates a feed without entries."""
    feed = _Atom(
        title=SITE_TITLE,
        link=site_url or "./",
        description=_subtitle(),
        language=LANGUAGE,
        author_name=SITE_TITLE,
        feed_url=f"{site_url}{ATOM}",
        feed_guid=_tag(site_url, "feed"),
        feed_copyright=LICENCE,
        updated=midnight(_updated(listed, on)),
    )
    for entry in listed:
        feed.add_item(
            title=entry.title,
            link=f"{site_url}{entry.report.address}",
            # RFC 4287 reads a summary of this library as HTML.
            description=html.escape(entry.text, quote=False),
            author_name=entry.author,
            pubdate=midnight(entry.day),
            updateddate=midnight(entry.day),
            unique_id=_tag(site_url, entry.about),
            categories=entry.tags,
            language=entry.language,
        )
    out = io.StringIO()
    feed.write(out, "utf-8")
    return Download(ATOM, "Publications and corrections, for feed readers", "Atom", f"{out.getvalue()}\n".encode())


def json_feed(listed: Sequence[Entry], site_url: str) -> Download:
    """Return the entries as JSON Feed 1.1."""
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": SITE_TITLE}
    if site_url:
        feed |= {"home_page_url": site_url, "feed_url": f"{site_url}{JSON_FEED}"}
    feed |= {
        "description": _subtitle(),
        "language": LANGUAGE,
        "items": [
            {
                "id": _tag(site_url, entry.about),
                "url": f"{site_url}{entry.report.address}",
                "title": entry.title,
                "content_text": entry.text,
                "date_published": midnight(entry.day).isoformat(),
                "authors": [{"name": entry.author}],
                "tags": list(entry.tags),
            }
            | ({} if entry.language == LANGUAGE else {"language": entry.language})
            for entry in listed
        ],
    }
    return Download(
        JSON_FEED, "Publications and corrections, for feed readers and programs", "JSON Feed", as_json(feed)
    )


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types, and mypy takes no class of unknown type for a base
    """Atom whose date is given: the library's would be the time of the build where there is no entry."""

    def latest_post_date(self) -> datetime.datetime:
        """Return the date of the feed."""
        updated: datetime.datetime = self.feed["updated"]
        return updated

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Return the attributes of an entry: its language, where that is another than the feed's."""
        return {} if item["language"] == LANGUAGE else {"xml:lang": item["language"]}


def _subtitle() -> str:
    return "Inspection reports as they are published, and corrections to them."


def _updated(listed: Sequence[Entry], on: datetime.date) -> datetime.date:
    return max((entry.day for entry in listed), default=on)


def _tag(site_url: str, about: str) -> str:
    return f"tag:{urlsplit(site_url).hostname or AUTHORITY},{MINTED}:{about}"


def _label(report: PublicReport | WithdrawnReport) -> str:
    return _("Synthetic") + ": " if report.synthetic else ""


def _published(report: PublicReport, describe: Callable[[PublicReport], str]) -> list[Entry]:
    date = report.about.publication.date
    if date is None:
        return []
    title = f"{_label(report)}{report.about.title} ({report.name})"
    return [Entry(report.address, title, describe(report), date.due(), report)]


def _withdrawn(report: WithdrawnReport) -> Entry:
    title = _label(report) + _("Withdrawn: %(report)s", report=report.title) + f" ({report.name})"
    return Entry(f"{report.address}withdrawn", title, plain(report.reason.text), report.withdrawn.due(), report)


def _corrections(report: PublicReport) -> list[Entry]:
    told: list[Entry] = []
    days: list[str] = []
    for correction in report.about.publication.corrections:
        day = correction.date.iso()
        days.append(day)
        number = days.count(day)
        told.append(
            Entry(
                f"{report.address}corrections/{day}{f'/{number}' if number > 1 else ''}",
                _label(report) + _("Correction to %(report)s", report=report.about.title) + f" ({report.name})",
                plain(correction.text.text),
                correction.date.due(),
                report,
            )
        )
    return told
