"""What stands at addresses that moved: a page that leads on, and the same for hosts that can lead on by themselves."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING

from omi_build.checks.moved import leads_nowhere, still_there
from omi_build.problems import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from omi_build.model.redirects import Redirects

HOSTS = "_redirects"
"""What Netlify and Cloudflare Pages read."""

NGINX = "_redirects.map"
"""What nginx includes in a map."""

_SAFE = re.compile(r"[\w.~:/?#@!&()*+,=%-]*", re.ASCII)

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>This page has moved</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={link}">
</head>
<body>
<h1>This page has moved</h1>
<p>It is now at <a href="{link}">{canonical}</a>.</p>
</body>
</html>
"""


def moved(redirects: Redirects, addresses: Collection[str]) -> dict[str, str]:
    """Return where each address that moved leads, by the old one; `addresses` are those of the site's pages and files.

    Raises ContentError where an old one is still there or a new one isn't.
    """
    problems = [*still_there(redirects.redirects, addresses), *leads_nowhere(redirects.redirects, addresses)]
    if problems:
        raise ContentError(problems)
    return {redirect.from_: redirect.target for redirect in redirects.redirects}


def redirect_files(moves: Mapping[str, str], site_url: str) -> dict[str, bytes]:
    """Return the files, by path, that lead from each old address to its new one; none where nothing moved.

    Both are addresses from the top of the site, a new one perhaps elsewhere, with https; `site_url` is the site's own
    address, ending in a slash, or ''. The pages hold no script. Give every move in one call, for some files list them
    all. Raises ValueError for an address with a sign that could end a line of them.
    """
    if wrong := [address for pair in moves.items() for address in pair if not _SAFE.fullmatch(address)]:
        raise ValueError(f"not an address: {wrong[0]!r}")
    if not moves:
        return {}
    ordered = sorted(moves.items())
    ways = [(f"/{old}", new if _away(new) else f"/{new}") for old, new in ordered]
    files = {_file(old): _page(old, new, site_url).encode() for old, new in ordered}
    files[HOSTS] = "".join(f"{old} {new} 301\n" for old, new in ways).encode()
    files[NGINX] = "".join(f'"{old}" "{new}";\n' for old, new in ways).encode()
    return files


def _page(old: str, new: str, site_url: str) -> str:
    """Return the page at an old address. Its link is relative, so that it works in any folder of any host."""
    path, hash_sign, heading = new.partition("#")
    link, canonical = new, new
    if not _away(new):
        relative = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{_file(old)}"))
        link = f"{relative}{'/' * (path.endswith('/') or not path)}{hash_sign}{heading}"
        canonical = f"{site_url}{path}" if site_url else link
    return _PAGE.format(link=html.escape(link), canonical=html.escape(canonical))


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") else address


def _away(address: str) -> bool:
    return address.startswith("https:")
