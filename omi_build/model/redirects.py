"""Addresses that moved (`redirects.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass

from omi_build.model.common import Sourced


@dataclass(frozen=True)
class Redirect(Sourced):
    """An address that a page once had, and where it is now."""

    from_: str
    """From the top of the site, ending in a slash."""
    to: str
    """As `from_`, perhaps with the name of a heading behind `#`; `/` for the home page; or one elsewhere, with https."""

    @property
    def target(self) -> str:
        """Where it leads, the home page being ''."""
        return self.to.removeprefix("/")


@dataclass(frozen=True)
class Redirects(Sourced):
    """Every address that moved."""

    redirects: tuple[Redirect, ...] = ()
