"""Reads the hand-written pages and the pictures of a content folder.

They come by pull request like everything else, and MkDocs would take raw HTML, attribute lists, any link, and from the
lines at the top of a page another template of the theme. So what could put markup or script into a page is refused
here; the lines at its top are written anew, with what is known to be text; and links to files outside the folder are
not followed. What MkDocs makes of a page passes a sanitiser too, in `render`.
"""

from __future__ import annotations

import html
import itertools
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from omi_build.documents.faults import Fault, place_of
from omi_build.documents.files import DATA_FOLDERS, KINDS, read_bytes, read_text
from omi_build.documents.names import twins, unfit_name
from omi_build.documents.reading import parse
from omi_build.documents.signs import shown
from omi_build.problems import Place, Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

ASSETS = "assets"
"""The folder of the content whose pictures are published."""

PICTURES = {
    ".avif": rb".{4}ftypavi[fs]",
    ".gif": rb"GIF8[79]a",
    ".jpeg": rb"\xff\xd8\xff",
    ".jpg": rb"\xff\xd8\xff",
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".webp": rb"RIFF.{4}WEBP",
}
"""Kinds of picture that can't carry script, as an SVG can, and how a file of each begins."""

TAKEN = set(
    "404 areas assets browse cy data feed frameworks glossary good-practice guide index pagefind readme recommendations "
    "regions reports robots rules schemas search sitemap targets themes".split()
)
"""Names that a hand-written page can't have, because the site has a page or folder of that name."""

KEYS = ("title", "description")
"""What may stand at the top of a hand-written page."""

MAX_PAGE = 100_000
MAX_LINE = 400

_AT_THE_TOP = {*DATA_FOLDERS, ASSETS, *(path for path in KINDS if "/" not in path)}
_SAFE_LINK = re.compile(r"(?:https?:|mailto:)|[^:]*(?:[/?#]|$)", re.IGNORECASE)
_PICTURE = re.compile(r"(?:\./)?assets/[A-Za-z0-9_./-]+")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAMED_HEADING = re.compile(r"\{#[a-z][a-z0-9-]*\}")
_PAGE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_own_pages(content: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pages at the top of the content and the pictures in its assets, by path, and what is wrong in them.

    A page with a problem, or a file of another kind, is not among them. What stands at the top of a page is JSON, of
    texts that are escaped: the theme writes them into its pages as they are.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = list(_elsewhere(content))
    assets = content / ASSETS
    pictures = [] if assets.is_symlink() else [file for file in sorted(assets.rglob("*")) if not file.is_dir()]
    pages = [
        file for file in sorted([*content.glob("*.md"), *content.glob("cy/*.md")]) if not file.name.startswith(".")
    ]
    for file in [*pages, *pictures]:
        inside = file.relative_to(content).as_posix()
        source = Source(f"{content.name}/{shown(inside)}")
        if unfit := unfit_name(source.path, inside) or (_unfit_page(file, source) if file.suffix == ".md" else None):
            problems.append(unfit)
            continue
        try:
            if file.suffix == ".md" and file in pages:
                made, found = own_page(read_text(file, content), source)
                problems += found
                if not found:
                    files[inside] = made
            elif file.suffix.lower() in PICTURES:
                files[inside] = _picture(read_bytes(file, content), file.suffix.lower())
            else:
                message = f"a file of this kind ({file.suffix or 'without an ending'}) is not published"
                hint = f"Give a picture as one of: {', '.join(sorted(PICTURES))}."
                problems.append(Problem(source, "OMI009", message, hint, place=Place(1, 1)))
        except Fault as fault:
            problems.append(fault.problem(source.path))
    problems += twins(content.name, [shown(file.relative_to(content).as_posix()) for file in [*pages, *pictures]])
    return files, problems


def own_page(text: str, source: Source) -> tuple[bytes, list[Problem]]:
    """Return a hand-written page as it goes to MkDocs, and what is wrong with it."""
    if len(text) > MAX_PAGE:
        message = f"this page is too long: {len(text):,} characters, where {MAX_PAGE:,} are allowed"
        return b"", [Problem(source, "OMI007", message, "Write several pages.", place=Place(1, 1))]
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(lines)
    body = lines[front.end() :] if front else lines
    above = "\n" * (lines[: front.end()].count("\n") if front else 0)
    try:
        meta, problems = _front_matter(f"\n{front[1]}" if front else "", source)
    except Fault as fault:
        return b"", [fault.problem(source.path)]
    tokens = _parsed(above + body)
    problems += _unsafe(tokens, above + body, source)
    meta.setdefault("title", _heading(tokens) or Path(source.path).stem.replace("-", " ").capitalize())
    told = "\n".join(f"{key}: {json.dumps(html.escape(value), ensure_ascii=False)}" for key, value in meta.items())
    return f"---\n{told}\n---\n{body}".encode(), problems


def _elsewhere(content: Path) -> Iterator[Problem]:
    """Yield what no other reader tells: MkDocs walks through all of the folder, follows links, and round in circles."""
    for folder, below, files in os.walk(content):
        above = Path(folder).relative_to(content)
        for name in sorted([*below, *files]):
            # Of what lies among the data there are thousands.
            if (*above.parts, name)[0] in DATA_FOLDERS and not name.startswith(".") and not _is_hidden(above):
                continue
            path, inside = Path(folder, name), above / name
            told = Source(f"{content.name}/{shown(inside.as_posix())}")
            if path.is_symlink() and path.is_dir():
                hint = "Put the folder itself here."
                yield Problem(told, "OMI008", "this is a link to a folder", hint, place=Place(1, 1))
            elif len(inside.parts) == 1 and name.casefold() in _AT_THE_TOP - {name}:
                hint = f"Rename it to {name.casefold()}."
                yield Problem(
                    told, "OMI009", "this name has capitals, so it would not be read", hint, place=Place(1, 1)
                )
            elif name in files and len(inside.parts) > 1 and inside.parts[0] != ASSETS and not _is_hidden(inside):
                yield from filter(None, [unfit_name(told.path, inside.as_posix())])


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)


def _unfit_page(file: Path, source: Source) -> Problem | None:
    """Return what is wrong with the name of a page, which becomes its address, or None."""
    message = ""
    if not _PAGE_NAME.fullmatch(file.stem):
        message = "the name of this page can't become an address"
    elif file.stem in TAKEN:
        message = f"the site has something else at the address {file.stem}"
    hint = "Give it another name, of small letters, digits and hyphens, such as how-we-inspect.md."
    return Problem(source, "OMI009", message, hint, place=Place(1, 1)) if message else None


def _picture(raw: bytes, suffix: str) -> bytes:
    if not re.match(PICTURES[suffix], raw, re.DOTALL):
        hint = "Save the picture anew in the format that its name says."
        raise Fault("OMI009", f"this is not a picture of the kind {suffix}", hint, Place(1, 1))
    return raw


def _front_matter(text: str, source: Source) -> tuple[dict[str, str], list[Problem]]:
    """Return what stands at the top of a page, and what is wrong with it; raise Fault where it can't be read."""
    parsed = parse(text, spots=True)
    problems = [fault.problem(source.path) for fault in parsed.faults]
    meta: dict[str, Any] = parsed.value if isinstance(parsed.value, dict) else {}
    if parsed.value is not None and not isinstance(parsed.value, dict):
        message = "what stands between the two lines --- are no keys with a text each"
        problems.append(Problem(source, "OMI011", message, "Write `title: …`.", place=Place(2, 1)))
    for key, value in meta.items():
        message = ""
        if key not in KEYS:
            message = f"`{key[:60]}` can't stand at the top of a hand-written page"
        elif not isinstance(value, str) or not value.strip() or "\n" in value or len(value) > MAX_LINE:
            message = f"`{key}` must be a text of one line, of at most {MAX_LINE} characters"
        if message:
            spot = parsed.spots[key,]
            hint = f"What may stand here: {' and '.join(KEYS)}."
            problems.append(Problem(source, "OMI011", message, hint, place=place_of(text, spot.key)))
    return {key: value for key, value in meta.items() if isinstance(value, str)}, problems


class _Reader(MarkdownIt):
    """Reads links that run script too, which the parser would leave out of its own accord: they are to be told."""

    def validateLink(self, url: str) -> bool:
        """Take any link."""
        del url
        return True


def _parsed(body: str) -> list[Token]:
    return _Reader("commonmark").parse(body)


def _heading(tokens: list[Token]) -> str:
    """Return the words of a page's first heading of the first level, or ''."""
    for token, following in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            words = "".join(part.content for part in following.children or ())
            return " ".join(_NAMED_HEADING.sub("", words).split())[:MAX_LINE]
    return ""


def _unsafe(tokens: list[Token], body: str, source: Source) -> Iterator[Problem]:
    """Yield what in a hand-written page is more than text: HTML, attributes, and links that run script."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        for part in (token, *(token.children or ())):
            yield from _unsafe_part(part, line, source)
    for n, line_of_text in enumerate(body.split("\n"), 1):
        rest = _NAMED_HEADING.sub(lambda name: " " * len(name[0]), line_of_text)
        if 0 <= (opens := rest.find("{")) < rest.rfind("}"):
            shown_part = rest[opens : rest.rfind("}") + 1][:60]
            hint = "Only a name for a heading is allowed in braces: {#name}, of small letters, digits and hyphens."
            yield Problem(source, "OMI011", f"{shown_part} sets an attribute", hint, place=Place(n, opens + 1))


def _unsafe_part(part: Token, line: int, source: Source) -> Iterator[Problem]:
    if part.type in {"html_block", "html_inline"}:
        message = f"HTML stands here: {part.content.strip().splitlines()[0][:60]}"
        yield Problem(source, "OMI011", message, "Write it as Markdown; < alone is written &lt;.", place=Place(line, 1))
    link = str(part.attrs.get("href") or part.attrs.get("src") or "")
    if not _SAFE_LINK.match(link.strip()):
        message = f"this link can't be published: {link[:60]}"
        hint = "A link leads to another page of the site, or begins with https: or mailto:."
        yield Problem(source, "OMI011", message, hint, place=Place(line, 1))
    elif part.type == "image" and (not _PICTURE.fullmatch(link) or ".." in link):
        # A picture from elsewhere would tell its owner who reads the page.
        message = f"this picture is not one of the site: {link[:60]}"
        hint = "Put it into content/assets, and write ![What it shows](assets/its-name.png)."
        yield Problem(source, "OMI011", message, hint, place=Place(line, 1))
    elif part.type == "image" and not part.content.strip():
        message = f"this picture has no text alternative: {link[:60]}"
        hint = f"Say what it shows, for those who can't see it: ![What it shows]({link})."
        yield Problem(source, "OMI015", message, hint, place=Place(line, 1))
