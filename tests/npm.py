"""The npm packages of the editor, for tests that need one of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from building import REPOSITORY

from omi_build.editor.packages import install_packages
from omi_build.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def node_modules() -> Path:
    """Return the folder of the installed packages, installing them where they are missing or out of date.

    Skips the test where they can't be had (no Node.js, no registry); in continuous integration it fails instead.
    """
    try:
        return install_packages(REPOSITORY / "editor")
    except UsageError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))
