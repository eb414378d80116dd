"""Reads the hand-written pages and the pictures of a content folder, which go into the site as they are.

They come by pull request like everything else, and MkDocs would take raw HTML, attribute lists and any link from them.
So what could put markup or script into a page is refused here, and links to files outside the folder are not followed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from omi_build.documents.faults import Fault, place_of
from omi_build.documents.files import read_bytes, read_text
from omi_build.problems import Place, Problem
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

ASSETS = "assets"
"""The folder of the content whose pictures are published."""

PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"}
"""Kinds of picture that can't carry script; an SVG can."""

_SAFE_LINK = re.compile(r"(?:https?:|mailto:)|[^:]*(?:[/?#]|$)", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{[^{}\n]*=[^{}\n]*\}")


def read_own_pages(content: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pages at the top of the content and the pictures in its assets, by path, and what is wrong in them.

    A page with a problem, or a file of another kind, is not among them.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    pictures = [file for file in sorted((content / ASSETS).rglob("*")) if not file.is_dir() or file.is_symlink()]
    for file in [*sorted(content.glob("*.md")), *pictures]:
        inside = file.relative_to(content).as_posix()
        source = Source(f"{content.name}/{inside}")
        try:
            if file.suffix == ".md":
                text = read_text(file, content)
                found = list(_unsafe(text, source))
                problems += found
                if not found:
                    files[inside] = text.encode()
            elif file.suffix.lower() in PICTURES:
                files[inside] = read_bytes(file, content)
            else:
                message = f"a file of this kind ({file.suffix or 'without an ending'}) is not published"
                hint = f"Give a picture as one of: {', '.join(sorted(PICTURES))}."
                problems.append(Problem(source, "OMI009", message, hint, place=Place(1, 1)))
        except Fault as fault:
            problems.append(fault.problem(source.path))
    return files, problems


def _unsafe(text: str, source: Source) -> Iterator[Problem]:
    """Yield what in a hand-written page is more than text: HTML, attributes, and links that run script."""
    parser = MarkdownIt("commonmark")
    # The parser leaves such links out of its own accord; here they are to be told.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # the library names it
    body = re.sub(r"\A---\n.*?\n---\n", lambda meta: "\n" * meta.group().count("\n"), text, flags=re.DOTALL)
    for token in parser.parse(body):
        line = token.map[0] + 1 if token.map else 1
        for part in (token, *(token.children or ())):
            yield from _unsafe_part(part, line, source)
    for found in _ATTRIBUTES.finditer(body):
        hint = "Only a name for a heading is allowed: {#name}."
        yield Problem(source, "OMI011", f"{found.group()} sets an attribute", hint, place=place_of(text, found.start()))


def _unsafe_part(part: Token, line: int, source: Source) -> Iterator[Problem]:
    if part.type in {"html_block", "html_inline"}:
        message = f"HTML stands here: {part.content.strip().splitlines()[0][:60]}"
        yield Problem(source, "OMI011", message, "Write it as Markdown; < alone is written &lt;.", place=Place(line, 1))
    link = str(part.attrs.get("href") or part.attrs.get("src") or "")
    if not _SAFE_LINK.match(link.strip()):
        message = f"this link can't be published: {link[:60]}"
        hint = "A link leads to another page of the site, or begins with https: or mailto:."
        yield Problem(source, "OMI011", message, hint, place=Place(line, 1))
