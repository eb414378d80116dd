"""Lighthouse finds nothing wrong with the pages that most readers see; how fast they are is told by `make lighthouse`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import MAIN
from lighthouse import AT_ONCE, faults, look, scores
from npm import TOOLS, node_modules

if TYPE_CHECKING:
    from browsing import Served


@pytest.mark.timeout(300)  # on a busy machine the first run waits for the site and for the packages
@pytest.mark.parametrize("address", MAIN)
@pytest.mark.usefixtures("browser")  # which skips where there is none
def test_lighthouse_finds_nothing_wrong(compressed: Served, address: str) -> None:
    """Each page has 100 of 100 for accessibility, best practices and for how searches can read it."""
    report = look(
        f"{compressed.url}{address}", node_modules(TOOLS), ["accessibility", "best-practices", "seo"], *AT_ONCE
    )
    assert faults(report) == []
    assert scores(report) == {"accessibility": 100, "best-practices": 100, "seo": 100}
