"""A fuzzer that follows which lines are run finds no input that breaks a law of `targets`, in a fixed number of tries."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from building import untraced
from fuzz.targets import TARGETS

HERE = Path(__file__).parent
RUNS = {"texts": 12_000, "folder": 50}
"""By target: `texts` has all the others in it."""

FOUND: list[tuple[str, bytes]] = [
    ("yaml", b"a: \xed\xa0\x80"),
    ("page", b"```\n<script>x()</script>\n"),
    ("page", b"---\ntitle: </title>\ntemplate: x\n---\n"),
    ("page", b"template: 404.html\n\n# A\n"),
    ("prose", b"[[share 1.2.3]] <b> &lt;b&gt; *a **b* c** \\<script>"),
    ("table", b"# synthetic: true"),
    ("folder", b"\x06\xff"),
]
"""What was found once, by the fuzzer or by hand, and is tried for good."""


@pytest.mark.parametrize(("name", "raw"), FOUND, ids=range(len(FOUND)))
def test_what_was_found_once_stays_mended(name: str, raw: bytes) -> None:
    """Each input that broke a law keeps it now."""
    TARGETS[name](raw)


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris has no wheel for this Python or this platform"
)
@pytest.mark.parametrize("name", RUNS)
def test_a_guided_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    """The same tries each time: the seed and the number are fixed, and time ends them only on a slow machine."""
    command = [sys.executable, str(HERE / "guided.py"), name, f"-runs={RUNS[name]}", "-seed=1", "-max_len=2000"]
    done = subprocess.run(
        [*command, "-max_total_time=25", "-timeout=20", f"-artifact_prefix={tmp_path}/"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
        env=untraced(),  # the fuzzer ends without a word to coverage, which would only take half of the time
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-3000:]
    assert b"Done " in done.stdout
