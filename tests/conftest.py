"""What holds for the whole run: its tests share built sites over its processes, and which of them stay together."""

from __future__ import annotations

import collections
import os
from typing import TYPE_CHECKING

import building
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tell every process of the run of one folder, in which `once` notes what has been built."""
    folder = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        # A worker of pytest-xdist has a folder of its own in that of the run.
        patch.setattr(building, "run_folder", folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file that share something dear (a site, a browser, a server) together on one worker.

    Spread over two, each would make it for itself.
    """
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker("xdist_group") and _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def _shares(item: pytest.Function) -> bool:
    """Return whether a test uses a fixture of these tests that outlives it; the one above is everybody's."""
    return any(
        fixture.scope != "function" and fixture.baseid.startswith("tests/")
        for fixtures in item._fixtureinfo.name2fixturedefs.values()  # noqa: SLF001  # pytest has no public way
        for fixture in fixtures
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line for each reason what was skipped, and how to have it."""
    reasons = collections.Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} skipped: {reason}")
