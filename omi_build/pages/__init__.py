"""What each page says, as data: no disk, no HTML. One module a kind of page, each with `compose`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from omi_build.charts import Chart
    from omi_build.charts.drawing import Drawing

from omi_build.languages import ENGLISH
from omi_build.languages import gettext as _

T = TypeVar("T")


@dataclass(frozen=True)
class Link:
    """A title and an address from the top of the site ('' is the home page)."""

    title: str
    address: str


@dataclass(frozen=True)
class Picture:
    """A picture that stands for a page where it is linked to from elsewhere."""

    address: str
    """Of its file, from the top of the site."""
    alternative: str
    """What it shows, for those who don't see it."""
    drawing: Drawing


@dataclass(frozen=True)
class Page:
    """A page before it is rendered."""

    address: str
    """From the top of the site, ending in a slash; '' is the home page."""
    title: str
    description: str
    """One sentence for search engines and link previews."""
    template: str
    """The file in `site_templates/pages/`, without its ending."""
    data: dict[str, Any] = field(default_factory=dict)
    """What the template is given."""
    trail: tuple[Link, ...] = ()
    """The pages above it."""
    report: str = ""
    """The name of its report, or of its framework, which its title in the browser and in search results ends with."""
    contents: tuple[Link, ...] = ()
    """The pages of its report, for the report's own navigation."""
    previous: Link | None = None
    next: Link | None = None
    linked_data: dict[str, Any] | None = None
    """What it is about in schema.org's terms."""
    picture: Picture | None = None
    updated: datetime.date | None = None
    """When its content last changed, as far as that is known."""
    banner: str = ""
    """What stands at the top of it, on paper too: a warning that all of it is made up."""
    overtaken: bool = False
    """Whether it belongs to a version that was corrected since: searches, here and elsewhere, leave it out."""
    charts: tuple[Chart, ...] = ()
    """Those that stand on it; each has files of its own."""
    script: str = ""
    """The file of the theme's assets that it uses; without script it says the same."""
    language: str = ENGLISH
    """The language that it is told in."""
    other: str | None = None
    """The address of the same page in the other language; None where there is none."""
    note: str = ""
    """What is to be said above it of its language: what of it is in the other one."""

    @property
    def link(self) -> Link:
        """A link to this page."""
        return Link(self.title, self.address)


@dataclass(frozen=True)
class Paging:
    """Where a page stands among those that share a list."""

    number: int
    """Counted from 1."""
    addresses: tuple[str, ...]
    """Those of all the pages, in order."""

    @property
    def previous(self) -> str | None:
        """The address of the page before."""
        return self.addresses[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after."""
        return self.addresses[self.number] if self.number < len(self.addresses) else None


def paged(first: Page, key: str, items: Sequence[T], size: int) -> tuple[Page, ...]:
    """Return the pages of a list, `size` items on each, so that no page grows without bound.

    Each template is given its items as `key` and its place as `paging`. An empty list has one page. The second page
    stands below the first, at `page-2/`.
    """
    parts = [tuple(items[n : n + size]) for n in range(0, len(items), size)] or [()]
    addresses = (first.address, *(f"{first.address}page-{n}/" for n in range(2, len(parts) + 1)))
    pages = [replace(first, data={**first.data, key: parts[0], "paging": Paging(1, addresses)})]
    for number, part in enumerate(parts[1:], 2):
        which = _("page %(number)s of %(all)s", number=number, all=len(parts))
        pages.append(
            replace(
                first,
                address=addresses[number - 1],
                title=f"{first.title}, {which}",
                description=f"{first.description.rstrip('.')}: {which}.",
                trail=(*first.trail, first.link),
                data={**first.data, key: part, "paging": Paging(number, addresses)},
            )
        )
    return tuple(pages)
