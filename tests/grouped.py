"""Builds a site as `mkdocs build` does, but with a search index for every two reports: what is found must be the same."""

from __future__ import annotations

from functools import partial
from unittest.mock import patch

from mkdocs.__main__ import cli

from omi_build.search.grouping import groups

patch("omi_build.site.groups", partial(groups, most=2)).start()

if __name__ == "__main__":
    cli()
