"""The public part of a small world, made without a build of the site."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from building import REPOSITORY, write

from omi_build.checking import check_content
from omi_build.project import Project
from omi_build.publication import PublicSite, publish

if TYPE_CHECKING:
    from collections.abc import Mapping


def public_site(folder: Path, files: Mapping[str, Any], on: str = "2041-01-01") -> PublicSite:
    """Write a world below a folder, and return what of it is public on a day (ISO)."""
    content = folder / "content"
    content.mkdir(parents=True)
    write(content, files)
    day = datetime.date.fromisoformat(on)
    checked = check_content(Project(content, REPOSITORY / "schemas", REPOSITORY / "site_templates", day))
    return publish(checked.programme, checked.reports, day)
