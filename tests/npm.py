"""The npm packages of the editor and of the browser tests, for tests that need one of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from building import REPOSITORY

from omi_build.editor.packages import install_packages
from omi_build.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path


TOOLS = REPOSITORY / "tests/browser/tools"


def node_modules(project: Path = REPOSITORY / "editor") -> Path:
    """Return the folder of a project's installed packages, installing them where they are missing or out of date.

    Skips the test where they can't be had (no Node.js, no registry); in continuous integration it fails instead.
    """
    try:
        return install_packages(project)
    except UsageError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))
