"""Whatever a pull request changes, the answer is a report or problems with places: no traceback, no hang, no file elsewhere."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import small_world
import yaml
from fuzz.targets import PLACES, TARGETS, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = ["a", " ", "\n", "- ", "* ", "**", "_", "\\", "[[share 1.1.1]]", "[[", "<b>", "<", "&lt;", "{{ x }}", "{#a}",
          "[a](javascript:x)", "![a](//b)", "```", "<script>x()</script>", "PSR", "10%", "12 of 50", "“", "\u202e", "\xad",
          "'", '"', "é", "😀", "---", "title: ", "# ", "> ", "|", "\t", "\r", "1.", "0"]  # fmt: skip
"""What prose is made of, and what gets into it."""

texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), texts, st.lists(texts, max_size=2), st.just({}), st.just([])
)
calm = settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", ["prose", "page", "citations", "table"])
@settings(calm, max_examples=120)
@given(text=texts)
def test_any_text_keeps_the_law(name: str, text: str) -> None:
    """Prose, pages, citations and tables made of what hurts."""
    TARGETS[name](text.encode("utf-8", "replace"))


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Any]:
    """Return a file of the small world with one part of it replaced, taken away or doubled."""
    place = draw(st.sampled_from(sorted(small_world.world())))
    value = copy.deepcopy(small_world.world()[place])
    part: Any = value
    while True:
        steps = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not steps:
            break
        step = draw(st.sampled_from(steps))
        if isinstance(part[step], dict | list) and part[step] and draw(st.integers(0, 3)):
            part = part[step]
            continue
        action = draw(st.sampled_from(["replace", "remove", "wrap"]))
        if action == "remove":
            del part[step]
        else:
            part[step] = draw(odd) if action == "replace" else [part[step]]
        break
    return place, value


@settings(calm, max_examples=60)
@given(spoilt())
def test_any_part_in_any_place_is_told(change: tuple[str, Any]) -> None:
    """A value of any kind in the place of another gives a report or problems."""
    place, value = change
    told(place, yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(calm, max_examples=30)
@given(
    st.sampled_from(PLACES), st.one_of(st.binary(max_size=80), texts.map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes_in_the_place_of_any_file_are_told(place: str, raw: bytes) -> None:
    """A file of anything, in each place that a file can have."""
    told(place, raw)
