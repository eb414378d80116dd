"""What a web server must be told about the site: headers, caching, kinds of files. One source for every host.

Pure: the paths of the built site in, path → bytes out. The same rules are written for hosts that read
`_headers` (Netlify, Cloudflare Pages), for nginx, and into each page for hosts that send no headers (GitHub Pages).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

POLICY = {
    "default-src": "'none'",
    # The search is a program of WebAssembly; it lies on the site too, and nothing else may be compiled.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    # The drawings have style attributes: their inks are the theme's variables, and follow its colour scheme.
    "style-src-attr": "'unsafe-inline'",
    # The theme's icons are data in its style sheet.
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a page may load and do: what lies on the site itself, and no script that stands in a page."""

ONLY_AS_HEADER = {"frame-ancestors": "'none'"}
"""What browsers don't heed when it stands in a page."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name changes with what they hold."""

SHORT = "public, max-age=300, must-revalidate"
"""For everything else: a publication, a correction or a withdrawal reaches readers within five minutes."""

SEARCH = "pagefind/"
"""The folder of the search index, from the top of the site."""

SEARCH_GROUPS = f"{SEARCH}groups/"
"""The folder that holds a folder for each group of reports, named after what it holds."""

HASHED = rf"\.[0-9a-f]{{8}}\.min\.(?:js|css)$|{SEARCH_GROUPS}[0-9a-f]{{12}}/"
"""What the path of a file has that changes with what the file holds."""

TYPES = {
    r"^/feed\.json$": "application/feed+json",
    r"^/feed\.xml$": "application/atom+xml",
    r"\.csv$": "text/csv",
    r"\.bib$": "application/x-bibtex",
    r"\.ris$": "application/x-research-info-systems",
}
"""Kinds of files that servers don't know of themselves, by the end of the path."""


def policy(*, in_page: bool = False) -> str:
    """Return the Content-Security-Policy, as a header or as it can stand in a page."""
    rules = POLICY if in_page else POLICY | ONLY_AS_HEADER
    return "; ".join(f"{directive} {sources}" for directive, sources in rules.items())


def security_headers() -> dict[str, str]:
    """Return the headers that every answer has, by name."""
    return {
        "Content-Security-Policy": policy(),
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def cache_control(path: str) -> str:
    """Return how long a file of the site may be kept, by its path from the top."""
    return IMMUTABLE if re.search(HASHED, path) else SHORT


def content_type(path: str) -> str:
    """Return the kind of a file that a server may not know by its name, or ''."""
    return next((f"{kind}; charset=utf-8" for end, kind in TYPES.items() if re.search(end, f"/{path}")), "")


def deployment_files(paths: Iterable[str]) -> dict[str, bytes]:
    """Return what a host reads beside the pages, by path; `paths` are those of the whole built site.

    Hosts that read `_headers` serve the site at the top of their address.
    """
    return {"_headers": _headers(sorted(paths)).encode(), ".nojekyll": b""}


def _headers(paths: list[str]) -> str:
    """Return `_headers`. Where two rules fit a path, hosts join what both say: so no two set the same header."""
    rules = {"*": security_headers()} | {pattern: {"Cache-Control": how} for pattern, how in _cached(paths).items()}
    for path in ("feed.json", "feed.xml", "*.csv", "*.bib", "*.ris"):
        rules[path] = {**rules.get(path, {}), "Content-Type": content_type(path)}
    told = "\n\n".join(
        "\n".join([f"/{pattern}", *(f"  {name}: {value}" for name, value in headers.items())])
        for pattern, headers in rules.items()
    )
    return f"# Made with the site. Netlify and Cloudflare Pages read it; other hosts show it as a text.\n\n{told}\n"


def _cached(paths: list[str]) -> dict[str, str]:
    """Return how long what fits a pattern may be kept. Files beside hashed ones are left to the host, which asks each time."""
    found = re.compile(HASHED).search
    long = dict.fromkeys(path for path in paths if found(path))
    mixed = {path.split("/")[0] for path in long}
    # The search index has many files in folders that hold nothing else, and some beside those that are asked for anew.
    folder = re.compile(rf"^({SEARCH}\w+/).*")
    hashed = [folder.sub(r"\1*", path) for path in long]
    beside = [path for path in paths if path.startswith(SEARCH) and path not in long]
    tops = dict.fromkeys(f"{top}/*" if slash else top for top, slash, _ in (path.partition("/") for path in paths))
    short = ["", *(top for top in tops if top.removesuffix("/*") not in mixed and not top.startswith(("_", ".")))]
    return dict.fromkeys([*short, *beside], SHORT) | dict.fromkeys(hashed, IMMUTABLE)


MAPPED = 10_000
"""How many pages stand in one file of the map of the site; the protocol allows 50,000."""

_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(pages: Iterable[Sequence[str | None]], site_url: str) -> dict[str, bytes]:
    """Return the map of the site for search engines, by path; where there are very many pages, in pieces.

    Each page is its address, the day of its last change where that is known, and the address of its twin in the other
    language where there is one. Without a `site_url` the map is empty: it may hold whole addresses alone.
    """
    listed = [_mapped(str(page[0]), page[1], page[2], site_url) for page in sorted(pages, key=str)] if site_url else []
    parts = [listed[n : n + MAPPED] for n in range(0, len(listed), MAPPED)] or [[]]
    maps = [
        f'{_OPENING}<urlset {_XMLNS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(part)}</urlset>\n'
        for part in parts
    ]
    if len(maps) == 1:
        return {"sitemap.xml": maps[0].encode()}
    names = [f"sitemap-{number}.xml" for number in range(1, len(maps) + 1)]
    index = "".join(f"  <sitemap><loc>{html.escape(site_url + name)}</loc></sitemap>\n" for name in names)
    told = f"{_OPENING}<sitemapindex {_XMLNS}>\n{index}</sitemapindex>\n"
    return {"sitemap.xml": told.encode()} | {name: one.encode() for name, one in zip(names, maps, strict=True)}


def _mapped(address: str, updated: str | None, other: str | None, site_url: str) -> str:
    lines = [f"<loc>{html.escape(site_url + address)}</loc>"]
    if updated:
        lines.append(f"<lastmod>{updated}</lastmod>")
    if other is not None:
        # The Welsh address is the longer of the two, by its folder.
        english, welsh = sorted((address, other), key=len)
        for language, twin in (("en", english), ("cy", welsh)):
            lines.append(f'<xhtml:link rel="alternate" hreflang="{language}" href="{html.escape(site_url + twin)}"/>')
    return "  <url>\n" + "".join(f"    {line}\n" for line in lines) + "  </url>\n"


def nginx_example(site_url: str) -> str:
    """Return a configuration of nginx for the site, with the same values as `_headers`."""
    host = urlsplit(site_url).hostname or "localhost"
    headers = "\n".join(f'    add_header {name} "{value}" always;' for name, value in security_headers().items())
    kinds = "\n".join(f"    location ~ {end} {{ types {{ }} default_type {kind}; }}" for end, kind in TYPES.items())
    return f"""\
# An example for nginx, made by `make nginx` out of omi_build/deployment.py: change it there.
# It belongs inside the block http, below the line that includes mime.types. Put in your own host, folder and certificate.

map $uri $omi_cache {{
    default "{SHORT}";
    "~{HASHED}" "{IMMUTABLE}";
}}

# Addresses that moved. nginx reads them when it starts, and again on `nginx -s reload`; until then their pages lead on.
map $uri $omi_moved {{
    default "";
    include /srv/inspections/site/_redirects.ma[p];
}}

server {{
    listen 443 ssl;
    server_name {host};
    ssl_certificate /etc/ssl/{host}.pem;
    ssl_certificate_key /etc/ssl/{host}.key;

    root /srv/inspections/site;
    index index.html;
    error_page 404 /404.html;
    charset utf-8;
    charset_types text/css text/csv text/plain text/xml application/javascript application/json application/xml
                  application/atom+xml application/feed+json application/x-bibtex
                  application/x-research-info-systems;

    # All headers stand here and none in a location: one there would drop all of these.
{headers}
    add_header Cache-Control $omi_cache;

    if ($omi_moved) {{ return 301 $omi_moved; }}

    location / {{ try_files $uri $uri/ =404; }}
    location ~ /(?!\\.well-known/)[._] {{ return 404; }}
{kinds}
}}

server {{
    listen 80;
    server_name {host};
    return 301 https://$host$request_uri;
}}
"""
