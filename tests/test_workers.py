"""Work in processes beside this one: results come in order, and whatever goes wrong there is told here."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from omi_build.problems import OmiError
from omi_build.workers import PATIENT, WorkerError, aside, spread

if TYPE_CHECKING:
    from collections.abc import Callable


def alone(work: Callable[[Any], Any], piece: Any) -> Any:
    """Spread one piece among others, which would be done here if it were by itself."""
    return list(spread(lambda one: work(piece) if one == 2 else one, range(5)))[2]


WAYS = pytest.mark.parametrize("way", [aside, alone])


def refuse(_: object) -> None:
    raise OmiError("there is no such report")


def fill_the_disk(_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "index")


def die(_: object) -> None:
    os._exit(3)


def test_results_come_in_order() -> None:
    """However many pieces there are."""
    assert list(spread(lambda piece: piece * 2, range(40))) == list(range(0, 80, 2))


@WAYS
def test_a_result_comes_back(way: Callable[..., Any]) -> None:
    """From a process that knows what this one does."""
    known = {"report": "found"}
    word, process = way(lambda piece: (known[piece], os.getpid()), "report")
    assert word == "found"
    assert process != os.getpid()


def test_what_is_done_aside_lets_all_else_go_first() -> None:
    """The process has a lower priority, and this one keeps its own."""
    before = os.nice(0)
    assert aside(lambda _: os.nice(0), None) == min(before + PATIENT, 19)
    assert os.nice(0) == before


@WAYS
@pytest.mark.parametrize(
    ("work", "error", "words"),
    [
        (refuse, OmiError, "there is no such report"),
        (fill_the_disk, OSError, "No space left on device"),
        (die, WorkerError, "was ended from outside"),
    ],
)
def test_what_goes_wrong_is_raised_here(
    way: Callable[..., Any], work: Callable[[Any], Any], error: type[Exception], words: str
) -> None:
    """A mistake of the content, a full disk, and a process that somebody ended."""
    with pytest.raises(error, match=words):
        way(work, None)
