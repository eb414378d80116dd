"""`omi check` beside check-jsonschema, over the same files and schemas."""

from __future__ import annotations

import shutil
from collections import defaultdict

from benchmarks.measuring import OURS, REPOSITORY, Book, Figure, NotMeasured, own_program, program, rounds_at, run
from benchmarks.setting_up import Bench
from omi_build.documents import kind_of

CHECK = "check"
CHECK_AGAIN = "check, nothing changed"
SCHEMAS_ONLY = "check-jsonschema"


def measure_check(bench: Bench, book: Book, *, quick: bool) -> None:
    """Check the content with an empty cache, and again; then hold the same files against the same schemas."""
    rounds = rounds_at(bench.areas, quick=quick)
    cold, again = [], []
    for _ in range(rounds):
        shutil.rmtree(bench.cache, ignore_errors=True)
        cold.append(run([program("omi"), "check"], bench.root).seconds)
        again.append(run([program("omi"), "check"], bench.root).seconds)
    book.add(Figure(CHECK, OURS, bench.areas, "s", tuple(cold)))
    book.add(Figure(CHECK_AGAIN, OURS, bench.areas, "s", tuple(again)))

    files: dict[str, list[str]] = defaultdict(list)
    for file in sorted(bench.content.rglob("*")):
        kind = kind_of(file.relative_to(bench.content).as_posix())
        if file.is_file() and kind:
            files[kind].append(str(file))
    number = sum(map(len, files.values()))
    try:
        seconds = [sum(_against(kind, files[kind], bench) for kind in files) for _ in range(min(rounds, 3))]
    except NotMeasured as error:
        book.add(Figure(CHECK, SCHEMAS_ONLY, bench.areas, "s", note=str(error)))
    else:
        note = f"{number} files against {len(files)} schemas, a call a schema: shape alone"
        book.add(Figure(CHECK, SCHEMAS_ONLY, bench.areas, "s", tuple(seconds), note))


def _against(kind: str, files: list[str], bench: Bench) -> float:
    """Return the seconds that one call takes. Raises NotMeasured where it refuses a file: all of them are right."""
    schemas = REPOSITORY / "schemas"
    command = [own_program("check-jsonschema"), "--base-uri", f"{schemas.as_uri()}/"]
    return run([*command, "--schemafile", str(schemas / f"{kind}.schema.json"), *files], bench.root).seconds


def times_faster(book: Book, areas: int) -> float | None:
    """Return how many times as long check-jsonschema takes."""
    ours, theirs = book.median(CHECK, OURS, areas), book.median(CHECK, SCHEMAS_ONLY, areas)
    return theirs / ours if ours and theirs else None
