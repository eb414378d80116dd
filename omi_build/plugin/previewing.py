"""The server of a preview: what was edited is shown first, and all that follows from it elsewhere a little later."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from wsgiref.types import StartResponse

    from watchdog.observers.api import ObservedWatch

    from omi_build.placing import Row

QUIET, PATIENCE = 0.3, 2.0
"""For how many seconds no browser asks for anything when it has its page; and how long that is waited for at most."""


class Server(LiveReloadServer):
    """MkDocs' server, which shows the pages of an edited inspection before it builds everything.

    A browser loads its page anew when those are in their places. When everything is, it does so again if the page that it
    has open is another one by then.
    """

    def __init__(
        self, made: LiveReloadServer, ahead: Callable[[Collection[Path]], bool], rows: Callable[[], Mapping[str, Row]]
    ) -> None:
        """Take the place of the server that MkDocs has made and not started yet.

        `ahead` puts into the site what has become of edited files, and says whether it has; `rows` gives what is noted of
        the files of the site.
        """
        host, port = made.server_address[:2]
        super().__init__(self._build, str(host), port, made.root, made.mount_path)
        made.server_close()
        self.error_handler = made.error_handler
        # MkDocs looks twice a second at every file; the system tells at once of one that was saved.
        self.observer = Observer()  # type: ignore[assignment]  # it is started, stopped and asked as MkDocs' own
        self.observer.schedule = partial(self._schedule, self.observer.schedule)  # type: ignore[method-assign]  # of which class it is, the system decides
        self._edited: set[Path] = set()
        self._whole = made.builder
        self._ahead = ahead
        self._rows = rows
        self._opened: set[str] = set()
        self._asked = 0.0
        for path in made._watched_paths:  # noqa: SLF001  # whatever MkDocs was asked to follow, it tells of nowhere else
            self.watch(path)

    def _schedule(
        self, schedule: Callable[..., ObservedWatch], handler: FileSystemEventHandler, path: str, *, recursive: bool
    ) -> ObservedWatch:
        """Have writing alone told, and note what was written: the system tells of reading too, and each build reads all."""
        tell = handler.on_any_event

        def heard(event: FileSystemEvent) -> None:
            if not event.is_directory:
                # A set that is looked at elsewhere may not grow meanwhile.
                self._edited = self._edited | {
                    Path(os.fsdecode(one)) for one in (event.src_path, event.dest_path) if one
                }
            tell(event)

        handler.on_any_event = heard  # type: ignore[method-assign]  # as MkDocs does
        return schedule(handler, path, recursive=recursive, event_filter=_WRITING)

    def _build(self) -> None:
        edited, self._edited = self._edited, set()
        ahead = self._ahead(edited)
        if ahead:
            self._opened.clear()
            with self._epoch_cond:
                self._visible_epoch = self._wanted_epoch
                self._epoch_cond.notify_all()
            self._let_load()
        before = self._rows()
        self._whole()
        if ahead and any(_content(before, path) != _content(self._rows(), path) for path in tuple(self._opened)):
            # What it is set to here is told to the browsers next.
            self._wanted_epoch += 1

    def _let_load(self) -> None:
        """Leave the processor to the browsers until they have asked for all that a page needs."""
        end = time.monotonic() + PATIENCE
        self._asked = time.monotonic()
        while time.monotonic() < min(end, self._asked + QUIET):
            time.sleep(QUIET / 10)

    def serve_request(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, and note which page it is for."""
        path = str(environ["PATH_INFO"]).removeprefix(self.mount_path.rstrip("/")).lstrip("/")
        self._opened.add(f"{path}index.html" if not path or path.endswith("/") else path)
        self._asked = time.monotonic()
        return super().serve_request(environ, start_response)


def _content(rows: Mapping[str, Row], path: str) -> str | int | None:
    """Return the digest of a file, None where there is none."""
    row = rows.get(path)
    return row[0] if row else None


_WRITING = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
