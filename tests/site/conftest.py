"""Sites that several tests look at, each built at most once in a run."""

from __future__ import annotations

import pytest
import synthetic_world
from building import BuiltSite, build, build_demo, make_project, once, real_content


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The repository's own content, built."""
    return real_content(tmp_path_factory)


@pytest.fixture(scope="session")
def synthetic_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The synthetic world, built."""
    root = tmp_path_factory.mktemp("synthetic")
    return once("synthetic", lambda: build(make_project(root, synthetic_world.world()), "2040-06-30", fresh=True))


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The synthetic programme of 42 areas, built."""
    return once("demo", lambda: build_demo(tmp_path_factory.mktemp("demo")))
