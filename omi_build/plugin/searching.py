"""Puts the search index into a site: made with the pages, left as it was, or following the pages of a preview."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from omi_build.cache import Cache, DamagedError
from omi_build.fingerprint import digest
from omi_build.placing import Placing
from omi_build.problems import OmiError
from omi_build.search.indexing import lists
from omi_build.search.kept import head_of, key_of, make_index
from omi_build.workers import aside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from omi_build.cache import Entry
    from omi_build.placing import Row
    from omi_build.plugin.finishing import Finishing, Outcome
    from omi_build.site import Searched


class Searching:
    """The search index of one build."""

    def __init__(self, groups: Sequence[Searched], cache: Cache, finishing: Finishing, site: Path) -> None:
        """Take what is to be searched for, where indexes are kept and put, and where the site stands in the end."""
        self._groups = groups
        self._cache = cache
        self._finishing = finishing
        self._last = digest("last index", str(site.resolve()))

    @property
    def numbers(self) -> range:
        """The numbers of the groups."""
        return range(len(self._groups))

    def is_kept(self, number: int) -> bool:
        """Say whether the index of a group need neither be made nor looked through."""
        entry = self._kept(number)
        return entry is not None and self._finishing.is_looked_through(entry)

    def place(self, number: int) -> Outcome:
        """Put the index of a group in its place, made where it isn't kept; raises SearchError where it can't be made."""
        return self._placed(number, self._kept(number) or self._made(number))

    def place_last(self) -> list[Outcome]:
        """Put the index that the site has in its place, as far as it is still kept."""
        note = self._cache.load(self._last)
        entries = [self._cache.load(key) for key in note.about] if note else []
        return [self._placed(number, entry) for number, entry in enumerate(entries) if entry is not None]

    def note(self) -> None:
        """Note that the site that is now in place has this index."""
        self._cache.keep(self._last, [key_of(group.digest) for group in self._groups], {})

    def follow(
        self, top: Path, place: Callable[[Callable[[], dict[str, Row]]], None], fail: Callable[[str], None]
    ) -> None:
        """Make the index while the program goes on, and put it into the site at `top`.

        What puts it there, and tells which files, is given to `place`, which may leave it undone; `fail` is told why there
        is no index.
        """

        def put(entries: Sequence[Entry]) -> dict[str, Row]:
            placing = Placing(top, top, self._cache)
            beside = Cache(None).keep("", None, lists(map(head_of, entries)))
            rows = {
                path: placing.renew(path, part.digest, partial(entry.read, path))
                for entry in (*entries, beside)
                for path, part in entry.parts.items()
            }
            self.note()
            return rows

        def work() -> None:
            try:
                place(partial(put, [self._kept(number) or aside(self._made, number) for number in self.numbers]))
            except (DamagedError, OSError) as error:
                fail(f"the search index could not be put in its place: {error}")
            except OmiError as error:
                fail(str(error))

        threading.Thread(target=work, daemon=True).start()

    def _kept(self, number: int) -> Entry | None:
        return self._cache.load(key_of(self._groups[number].digest))

    def _made(self, number: int) -> Entry:
        group = self._groups[number]
        return make_index(group.digest, group.documents(), self._cache)

    def _placed(self, number: int, entry: Entry) -> Outcome:
        head = head_of(entry)
        # Most of it is what the index of the group was before, and need not be looked through again.
        named = replace(entry, about={**entry.about, "name": f"index {number}"})
        return replace(self._finishing.place_files(named, head.folder), head=head)
