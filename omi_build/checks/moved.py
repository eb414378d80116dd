"""Rules on addresses that moved. The last two need the addresses of the site, so they are asked where those are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from omi_build.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from omi_build.model.programme import Programme
    from omi_build.model.redirects import Redirect
    from omi_build.scoring import ScoredReport

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?:{_PART}/)+|(?:{_PART}/)*(?!index\.|404\.){_PART}\.html")
_HERE = re.compile(rf"(?:{_PART}/)*(?:{_PART}\.[a-z0-9]+)?(?:#[\w.-]+)?|/", re.ASCII)
_ELSEWHERE = re.compile(r"https://(?=[^/?#]*\.)[\w.-]+(?::\d+)?(?:/[\w.~:/?#@!&()*+,=%-]*)?", re.ASCII)
_OURS = ("assets/", "pagefind/", "search/")


def unfit_address(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI801: an address in redirects.yaml that isn't one of this site, nor one elsewhere with https.

    Readers are sent there without being asked, so it must be plain where they end up. An old address lies on this site.

    Wrong: `from: /reports/kent-08` and `to: http://example.org/`. Right: `from: reports/kent-08/` and
    `to: https://example.org/`.
    """
    for redirect in programme.redirects.redirects:
        if not _ADDRESS.fullmatch(redirect.from_) or redirect.from_.startswith(_OURS):
            yield _unfit(redirect, "from", redirect.from_, "an old address of this site")
        if not (_HERE.fullmatch(redirect.to) or _ELSEWHERE.fullmatch(redirect.to)):
            yield _unfit(
                redirect, "to", redirect.to, "an address of this site, nor one elsewhere that begins with https://"
            )


def _unfit(redirect: Redirect, key: str, address: str, what: str) -> Problem:
    hint = "Write it from the top of the site, without a / before it and with one behind it: reports/kent-2008/."
    plain = f"{re.sub(r'[?#].*', '', address).strip('/')}/"
    if ":" not in address and _ADDRESS.fullmatch(plain) and not plain.startswith(_OURS):
        hint = f"Write {key}: {plain}."
    elif address.startswith("http://"):
        hint = "Write https:// if it can be read so."
    return Problem(redirect.source.child(key), "OMI801", f"{address} is not {what}", hint)


def moved_twice(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI802: an old address that stands twice in redirects.yaml.

    Only one of the two could count.

    Wrong: `from: reports/kent-08/` on two lines. Right: one of them.
    """
    seen: set[str] = set()
    for redirect in programme.redirects.redirects:
        if redirect.from_ in seen:
            message = f"{redirect.from_} stands here a second time"
            yield Problem(redirect.source.child("from"), "OMI802", message, "Remove one of the two.")
        seen.add(redirect.from_)


def moved_on(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI803: a new address in redirects.yaml that moved itself: a chain, or a loop that leads nowhere.

    Readers would be sent on twice, or for ever.

    Wrong: `to: reports/kent-08/`, which is the `from` of another line. Right: `to: reports/kent-2008/`, where that leads.
    """
    circles: set[frozenset[str]] = set()
    onward = {redirect.from_: redirect.target for redirect in programme.redirects.redirects}
    for redirect in programme.redirects.redirects:
        way = [redirect.from_, redirect.target.partition("#")[0]]
        while way[-1] in onward and way[-1] not in way[:-1]:
            way.append(onward[way[-1]].partition("#")[0])
        if way[-1] in way[:-1]:
            circle = frozenset(way[way.index(way[-1]) :])
            if circle in circles:
                continue
            circles.add(circle)
            message = f"this leads in a circle: {' → '.join(way)}"
            hint = "Give the address that the page has now."
        elif way[2:]:
            message = f"{way[1]} moved itself"
            hint = f"Write to: {way[-1]}, where it leads in the end."
        else:
            continue
        yield Problem(redirect.source.child("to"), "OMI803", message, hint)


def still_there(redirects: Sequence[Redirect], addresses: Collection[str]) -> Iterator[Problem]:
    """OMI804: an old address in redirects.yaml that still has a page or a file.

    The page would be lost behind the notice that it moved. It is found when the site is built.

    Wrong: `from: glossary/`. Right: `from: words/`, which has no page any longer.
    """
    for redirect in redirects:
        if redirect.from_ in addresses:
            message = f"{redirect.from_} is still an address of the site, so it can't lead elsewhere"
            hint = "Remove this entry, or give the page its new address first."
            yield Problem(redirect.source.child("from"), "OMI804", message, hint)


def leads_nowhere(redirects: Sequence[Redirect], addresses: Collection[str]) -> Iterator[Problem]:
    """OMI805: a new address in redirects.yaml that the site doesn't have.

    A report that isn't public yet has no address either. It is found when the site is built.

    Wrong: `to: reports/kent-2088/`. Right: `to: reports/kent-2008/`.
    """
    moved = {redirect.from_ for redirect in redirects}
    for redirect in redirects:
        page = redirect.target.partition("#")[0]
        if not page.startswith("https:") and page not in addresses and page not in moved:
            message = f"the site has no address {page}"
            hint = (
                nearest(page, addresses)
                or "Look at the address in your browser: what stands there behind the site’s name?"
            )
            yield Problem(redirect.source.child("to"), "OMI805", message, hint)
