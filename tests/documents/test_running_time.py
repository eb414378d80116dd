"""No text keeps a builder busy: what is read and judged takes time in proportion to its length.

What runs away takes minutes here, and the limit that every test has ends it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from typing import TYPE_CHECKING

import pytest
import small_world
from small_world import INSPECTION, problems_of

import omi_build
from omi_build.citations import begins_sentence
from omi_build.documents import MAX_VALUES, Fault, parse
from omi_build.documents.identity import identity_faults
from omi_build.documents.own_pages import MAX_PAGE, own_page
from omi_build.documents.tables import parse_table
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEDS = ["a", "A", "1", " ", "\n", "\t", "-", "’", "(", ".", ",", "é", "[[", "{", "<", "&", ": ", "a ", "A ", "1 ", "aA", "a-", "a.",
         "one hundred and ", "12 of ", "of the ", "per cent ", "10% (", "5% of the ", "in ", "1 in ", "0", "07 ", "a@a.", "- ", '"\\',
         "1,", "[1", "x: ", "AB ", "a/", "a\n"]  # fmt: skip
"""What is repeated, to lead a pattern on that then doesn't match."""

FROM_THE_START = {"_ADDRESS", "_ALTERNATIVES", "_QUESTION", "_SCORE", "_NO_SPACE"}
"""Patterns that are held against a text from its first sign alone."""


untraced = pytest.mark.no_cover
"""What is timed is the builder, not the tracing of coverage; the lines run here are run by other tests too."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern that a module of the package keeps, with its name."""
    seen = set()
    for found in pkgutil.walk_packages(omi_build.__path__, "omi_build."):
        if any(part in found.name for part in ("checks", "documents", "citations", "words", "imports", "model")):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                kept = value.values() if isinstance(value, dict) else [value]
                for pattern in kept:
                    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str) and pattern not in seen:
                        seen.add(pattern)
                        yield f"{found.name}.{name}", pattern


@untraced
def test_no_pattern_runs_away() -> None:
    """Every pattern of the readers and rules, against each seed repeated: none takes two seconds for nine thousand signs."""
    slow = []
    for name, pattern in patterns():
        look = pattern.match if name.rpartition(".")[2] in FROM_THE_START else pattern.search
        for seed in SEEDS:
            text = f"x{(seed * 9_000)[:9_000]}!"
            start = time.process_time()
            look(text)
            if time.process_time() - start > 2:
                slow.append((name, seed))
    assert slow == []


@untraced
@pytest.mark.parametrize(
    "seed", ["a", "a ", "A ", "1 ", "12 of ", "10% ", "one hundred and ", "[[", "*", "- ", "'", "a/", "PSR ", "\n"]
)
def test_the_longest_text_is_judged_in_seconds(tmp_path: Path, seed: str) -> None:
    """Twenty thousand characters, which is what a schema allows, of what leads rules on."""
    files = small_world.world()
    files[f"{INSPECTION}/findings/1-2.yaml"]["comment"] = f"x{(seed * 20_000)[:19_900]}[[share 1.1.1]] x"
    problems_of(tmp_path, files)


@pytest.mark.parametrize("gap", ["\n", "\n ", " ", "\t\n"])
def test_where_a_sentence_begins_is_found_in_no_time(gap: str) -> None:
    """A citation behind twenty thousand line breaks."""
    text = f"x{(gap * 20_000)[:20_000]}y"
    assert not begins_sentence(text, len(text))
    assert begins_sentence(text, len(text) - 1) == ("\n" in gap)


MEGABYTES = [
    ("[" + "1," * 2_490_000 + "1]", "yaml"),
    ("- 1\n" * 1_240_000, "yaml"),
    ("".join(f"k{n}: 1\n" for n in range(420_000)), "yaml"),
    ("[" + "1," * 2_490_000 + "1]", "json"),
    ("[" + "[]," * 1_600_000 + "[]]", "json"),
    ("case,1.1.1\n" + "1,1\n" * 1_200_000, "csv"),
    ("case" + "," * 4_900_000, "csv"),
]


@pytest.mark.parametrize(("text", "kind"), MEGABYTES, ids=range(len(MEGABYTES)))
def test_a_file_of_tiny_values_is_refused_in_seconds(text: str, kind: str) -> None:
    """Five megabytes of them would take as many seconds as there are rules."""
    try:
        parsed = parse_table(text) if kind == "csv" else parse(text, json_text=kind == "json")
        faults = parsed.faults
    except Fault as fault:
        faults = [fault]
    assert [fault.message for fault in faults][:1] == [f"this file has more than {MAX_VALUES:,} values"]


@untraced
@pytest.mark.parametrize("seed", ["a", "1", " ", "\n", "- ", "a ", "07 ", "a@a.", ", ", "SF"])
def test_case_answers_are_searched_for_identity_in_seconds(seed: str) -> None:
    """A megabyte of one sign or word."""
    identity_faults((seed * 1_000_000)[:1_000_000], None, table=False)


@untraced
@pytest.mark.parametrize(
    "seed", ["[", "![", "](", "*a ", "> ", "`", "``a", "<", "&", "{", "- ", "  - ", "\\", "[a](", "|", "# "]
)
def test_the_longest_page_is_judged_in_seconds(seed: str) -> None:
    """A page of what leads readers of Markdown on."""
    own_page((seed * MAX_PAGE)[:MAX_PAGE], Source("content/about.md"))
