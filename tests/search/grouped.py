"""Documents in groups, as the site has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.search.grouping import MOST, groups, with_own

if TYPE_CHECKING:
    from collections.abc import Mapping


def gathered(
    of_reports: Mapping[str, Mapping[str, str]], own: Mapping[str, str], most: int = MOST
) -> tuple[dict[str, str], ...]:
    """Return the documents of each group; given are those of each report by its id, and the site's own."""
    runs = with_own(groups(of_reports, most), own)
    return tuple(
        {path: page for one in run for path, page in of_reports[one].items()} | dict(also) for run, also in runs
    )
