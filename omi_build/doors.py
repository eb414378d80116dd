"""What both doors, the plugin and the command line, do at the edge: find the project, the date, show problems."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from omi_build.problems import UsageError
from omi_build.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from omi_build.problems import Problem


def project_of(
    root: Path,
    *,
    content: Path | None = None,
    schemas: Path | None = None,
    templates: Path | None = None,
    cache: Path | None = None,
    on: datetime.date | None = None,
    site_url: str | None = None,
    preview: bool | None = None,
    pdf: bool | None = None,
    shard: tuple[int, int] | None = None,
) -> Project:
    """Return the project in a folder; what isn't given lies where it lies by default, or stands in mkdocs.yml."""
    address = configured_address(root) if site_url is None else site_url
    return Project(
        content or root / "content",
        schemas or root / "schemas",
        templates or root / "site_templates",
        on or now(),
        cache or root / ".cache" / "omi",
        f"{address.rstrip('/')}/" if address else "",
        wants_preview() if preview is None else preview,
        wants_pdf() if pdf is None else pdf,
        shard,
    )


def wants_preview(*, otherwise: bool = False) -> bool:
    """Return whether drafts are to be shown: OMI_PREVIEW, 1 for yes and 0 for no, where it is set.

    Raises UsageError if the variable is something else: whoever sets it must know what is shown.
    """
    return _switch("OMI_PREVIEW", "write 1 to show drafts too, 0 or nothing for the public site", otherwise=otherwise)


def wants_pdf(*, otherwise: bool = True) -> bool:
    """Return whether each report is made as a PDF too: OMI_PDF, 1 for yes and 0 for no, where it is set.

    Raises UsageError if the variable is something else.
    """
    return _switch("OMI_PDF", "write 1 to make each report as a PDF too, 0 to leave that out", otherwise=otherwise)


def wants_search() -> bool:
    """Return whether the search index is made anew: OMI_SEARCH, 1 for yes and 0 for no, where it is set.

    Raises UsageError if the variable is something else.
    """
    return _switch("OMI_SEARCH", "write 1 to make the search index anew, 0 to leave it as it is", otherwise=True)


def wanted_shard() -> tuple[int, int] | None:
    """Return which part of the inspections is to be made, and of how many: OMI_SHARD, such as 2/8, where it is set.

    Raises UsageError if the variable is something else.
    """
    word = os.environ.get("OMI_SHARD", "")
    found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", word)
    shard = (int(found[1]), int(found[2])) if found else None
    if word and (shard is None or shard[0] > shard[1]):
        raise UsageError(f"OMI_SHARD is {word!r}; write which part of how many is to be made, such as 2/8")
    return shard


def _switch(name: str, advice: str, *, otherwise: bool) -> bool:
    word = os.environ.get(name, "")
    if word not in {"", "0", "1"}:
        raise UsageError(f"{name} is {word!r}; {advice}")
    return word == "1" if word else otherwise


def configured_address(root: Path) -> str:
    """Return the `site_url` of the project's mkdocs.yml as it stands there, or '' if there is none.

    The file is composed, not loaded: its tags are MkDocs' own (`!ENV`, `!!python/name:`), and none of our business.
    """
    import yaml  # noqa: PLC0415  # 30 ms, which a check that finds nothing new is spared

    try:
        top = yaml.compose((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ""
    pairs = top.value if isinstance(top, yaml.MappingNode) else []
    found = {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}.get("site_url")
    return found.value if isinstance(found, yaml.ScalarNode) and found.tag == "tag:yaml.org,2002:str" else ""


def now() -> datetime.datetime:
    """Return the moment of the publication: SOURCE_DATE_EPOCH (seconds, as reproducible builds set it), else now.

    Raises UsageError if the variable is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a number of seconds since 1970") from None


def reader(root: Path, content: Path) -> Callable[[str], str]:
    """Return a function that gives the text of a file by its path from the root, '' where it can't be read."""
    from omi_build.documents import Fault, read_text  # noqa: PLC0415  # 0.1 seconds, which only a problem that is shown needs

    def read(path: str) -> str:
        try:
            return read_text(root / path, content)
        except Fault:
            return ""

    return read


def show_problems(problems: Iterable[Problem], root: Path, stream: TextIO) -> str:
    """Write problems with their lines to a stream, in colour where it is a terminal; return the plain text."""
    from rich.console import Console  # noqa: PLC0415  # 50 ms, which only a problem that is shown needs

    from omi_build.reporting import as_text, located  # noqa: PLC0415  # 0.1 seconds, likewise

    text = as_text(located(problems, reader(root, root)))
    console = Console(file=stream, highlight=False, soft_wrap=True)
    console.print(text, end="")
    return text.plain
