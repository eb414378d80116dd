"""One page of each kind of a built site, for tests that look at every kind.

A kind is known by its address. What fits none of the patterns is a kind of its own, so that a page which somebody adds
is looked at from its first day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from building import BuiltSite

PATTERNS = [
    r"reports/\d{4}/",
    r"reports/[^/]+-\d{4}/",
    r"reports/[^/]+-\d{4}/\d-[^/]+/",
    r"reports/[^/]+-\d{4}/[a-z-]+/",
    r"reports/[^/]+-\d{4}/versions/\d+/",
    r"reports/[^/]+-\d{4}/versions/\d+/.+/",
    r"areas/[^/]+/",
    r"regions/[^/]+/",
    r"themes/[^/]+/",
    r"(?:good-practice|recommendations)/themes/[^/]+/",
    r"(?:good-practice|recommendations)/criteria/[^/]+/[^/]+/",
    r"targets/[^/]+/",
    r"frameworks/[^/]+/",
    r"frameworks/[^/]+/\d-\d/",
    r".*/page-\d+/",
]
"""Addresses of which a site has many alike."""

ALWAYS_APART = r"reports/[^/]+-\d{4}/(?:targets|data|context|search)/"
"""Pages of a report that are of different kinds, though their addresses are alike."""


def kind(address: str) -> str:
    """Return the kind of the page at an address."""
    if address.startswith("cy/"):  # made by the same templates, in Welsh
        return "cy/"
    if re.fullmatch(ALWAYS_APART, address):
        return address.rstrip("/").rpartition("/")[2]
    return next((pattern for pattern in PATTERNS if re.fullmatch(pattern, address)), address)


def kinds(site: BuiltSite) -> list[str]:
    """Return the address of one page of each kind, in order: of those alike the one with most on it."""
    found: dict[str, tuple[int, str]] = {}
    for page in site.pages.values():
        if 'http-equiv="refresh"' in page.text:  # where something moved, browsers don't stay
            continue
        largest = found.get(kind(page.address), (0, ""))
        found[kind(page.address)] = max(largest, (len(page.text), page.address))
    return sorted(address for _, address in found.values())
