"""What each page says, as data: no disk, no HTML. One module a kind of page, each with `compose`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any


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
    spec: dict[str, Any]
    """Its Vega-Lite specification."""


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
    """The name of its report, which its title in the browser and in search results ends with."""
    contents: tuple[Link, ...] = ()
    """The pages of its report, for the report's own navigation."""
    previous: Link | None = None
    next: Link | None = None
    linked_data: dict[str, Any] | None = None
    """What it is about in schema.org's terms."""
    picture: Picture | None = None
    updated: datetime.date | None = None
    """When its content last changed, as far as that is known."""

    @property
    def link(self) -> Link:
        """A link to this page."""
        return Link(self.title, self.address)
