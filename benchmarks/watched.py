"""Runs a command and writes what it cost as JSON: seconds, seconds of CPU, and the peak of its memory.

It is run by the Python of the benchmark's own environment, which has psutil: `python watched.py OUT COMMAND…`. Memory is
that of the command and of all that it starts, added up some times a second. What processes share is counted once where
the system tells (PSS, on Linux); elsewhere it is counted in each.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

EVERY = 1.0
"""Seconds between two looks at the memory."""


def main(out: Path, command: list[str]) -> int:
    """Run the command to its end, write its costs to a file, and return its exit code."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    peaks = [0]
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    ended.set()
    watch.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "memory": max(peaks)}
    out.write_text(json.dumps(cost), encoding="utf-8")
    return code


def _watch(pid: int, peaks: list[int], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        try:
            root = psutil.Process(pid)
            peaks.append(sum(_memory(process) for process in (root, *root.children(recursive=True))))
        except psutil.NoSuchProcess:
            return


def _memory(process: psutil.Process) -> int:
    try:
        told = process.memory_full_info()
    except psutil.Error:
        # It has ended between two looks.
        return 0
    return int(getattr(told, "pss", told.rss))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
