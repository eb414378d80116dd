"""Folders that commands write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


def must_be_empty(folder: Path) -> None:
    """Raise UsageError, in the command line's own form, unless a folder is empty or not there yet."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; give a new folder.")
