"""Spreads independent work over the cores: each piece in a process of its own, the results in order.

The processes are forked, so what a piece needs of this one (the programme, the templates) is there without being sent.
Where a system can't fork safely the work is done here, one piece after the other, with the same results.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import warnings
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Self, TypeVar

from omi_build.problems import OmiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

MANY = 2
"""From how many processes on it is worth having any."""

PATIENT = 10
"""How far a process stands back that nobody waits for."""

AHEAD = 2
"""For each process, how many pieces are handed out before the first of them is asked for: memory stays bounded."""


class WorkerError(OmiError):
    """A process that did a piece of the work ended before it was done."""


def spread(work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
    """Yield the result of each piece, in order; as many processes work at once as there are cores.

    A piece and its result must be picklable, `work` needn't be. An OmiError of a piece is raised here; WorkerError where a
    process was ended from outside.
    """
    number = min(len(os.sched_getaffinity(0)) if _forks() else 1, len(pieces))
    if number < MANY:
        yield from map(work, pieces)
        return
    with _Pool(work, number) as pool:
        under_way: deque[Future[Any]] = deque()
        for piece in pieces:
            under_way.append(pool.begin(piece))
            if len(under_way) > number * AHEAD:
                yield _result(under_way.popleft())
        while under_way:
            yield _result(under_way.popleft())


def aside(work: Callable[[T], R], piece: T) -> R:
    """Return the result of a piece that a process beside this one makes, which lets all else go first; raises as `spread`.

    Whatever ends this process, that one ends with its piece.
    """
    if not _forks():
        return work(piece)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_aside, args=(work, piece, theirs), daemon=True)
    _fork(process.start)
    theirs.close()
    with ours:
        try:
            done = ours.recv()
        except EOFError:
            raise WorkerError(_ENDED) from None
        finally:
            process.join()
    if isinstance(done, Exception):
        raise done
    result: R = _told(done)
    return result


def _aside(work: Callable[[Any], Any], piece: Any, to: Connection) -> None:
    os.nice(PATIENT)
    try:
        to.send(_attempt(work, piece))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised where the result is waited for
        to.send(error)


def _forks() -> bool:
    # macOS has it, but its own libraries don't outlive it.
    return sys.platform == "linux"


class _Pool:
    """Processes that do one kind of work."""

    def __init__(self, work: Callable[[Any], Any], number: int) -> None:
        # Forked processes know the work by its place in this table: a closure could not be sent to them.
        self._place = len(_WORK)
        _WORK.append(work)
        self._executor = ProcessPoolExecutor(number, multiprocessing.get_context("fork"))

    def __enter__(self) -> Self:
        # What there is now is no rubbish: looked through for it, in each process all memory would become its own.
        gc.freeze()
        return self

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()
        self._executor.shutdown(cancel_futures=True)
        _WORK[self._place] = None

    def begin(self, piece: Any) -> Future[Any]:
        return _fork(self._executor.submit, _done, self._place, piece)


_WORK: list[Callable[[Any], Any] | None] = []

_ENDED = (
    "a process that did part of the work was ended from outside, perhaps for want of memory; "
    "close other programs and try again"
)


def _fork(begin: Callable[..., R], *arguments: Any) -> R:
    """Do what forks a process."""
    with warnings.catch_warnings():
        # The preview has threads of its own, which wait for files and readers and hold nothing that a piece needs.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        return begin(*arguments)


def _done(place: int, piece: Any) -> tuple[Any, str | None]:
    work = _WORK[place]
    assert work is not None
    return _attempt(work, piece)


def _attempt(work: Callable[[Any], Any], piece: Any) -> tuple[Any, str | None]:
    """Return the result of a piece, or the message of what went wrong with it: not every error can be sent as it is."""
    try:
        return work(piece), None
    except OmiError as error:
        return None, str(error)


def _result(future: Future[Any]) -> Any:
    try:
        return _told(future.result())
    except BrokenProcessPool:
        raise WorkerError(_ENDED) from None


def _told(done: tuple[Any, str | None]) -> Any:
    """Return the result of a piece, or raise what went wrong with it."""
    result, told = done
    if told is not None:
        raise OmiError(told)
    return result
