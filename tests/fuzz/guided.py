"""Lets a coverage-guided fuzzer try one target: `python tests/fuzz/guided.py prose -runs=10000 -seed=1`."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["omi_build", "markdown_it"]):
    from fuzz.targets import TARGETS


MEMORY = 2 * 2**30
"""In bytes."""


def main() -> None:
    """Take the name of the target, and pass the rest on to the fuzzer.

    The fuzzer's own limit of memory goes by the greatest use on record, which a process inherits from the one that
    started it: a test run that once was large. So the system holds the limit instead.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:], "-rss_limit_mb=0"], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
