"""The MkDocs plugin `omi`: builds everything before MkDocs starts, then hands the files over.

MkDocs empties and fills the folder that it is given. So it is given one of its own, of which what it renders and copies
comes into the new site beside the last one; and only what was built without a warning is renamed into place: whatever
ends a build leaves the last site whole. Under `mkdocs serve` problems are shown, in the terminal and on the page, without
ending the server.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import tempfile
import threading
from functools import cache, partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from jinja2 import pass_context
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import CountHandler

from omi_build import deployment, languages
from omi_build.beside import Beside, beside
from omi_build.cache import Cache, DamagedError
from omi_build.doors import now, project_of, show_problems, wanted_shard, wants_pdf, wants_preview, wants_search
from omi_build.placing import Placing
from omi_build.plugin.finishing import Engine, Finished, Finishing
from omi_build.plugin.previewing import Server
from omi_build.plugin.searching import Searching
from omi_build.problems import ContentError, OmiError
from omi_build.render import compiled, mended, sanitised
from omi_build.scan import ScanError, look
from omi_build.search.indexing import lists
from omi_build.site import FILE, Site, build_site
from omi_build.workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from omi_build.placing import Row
    from omi_build.plugin.finishing import Outcome
    from omi_build.project import Project
    from omi_build.scan import Hit
    from omi_build.search.indexing import Head

T = TypeVar("T")

log = get_plugin_logger("omi")

LAST = -100
"""The priority of what comes after every other plugin."""


class OmiConfig(base.Config):
    """The plugin's settings in mkdocs.yml."""

    schemas = c.Type(str, default="schemas")
    """The folder of the JSON Schemas, relative to mkdocs.yml."""
    templates = c.Type(str, default="site_templates")
    """The folder of the page templates, relative to mkdocs.yml."""
    cache = c.Type(str, default=".cache/omi")
    """Where what a build has made is kept for the next one, relative to mkdocs.yml."""


class OmiPlugin(BasePlugin[OmiConfig]):
    """Hands the site that `omi_build.site` makes to MkDocs."""

    def __init__(self) -> None:
        """Start without a site."""
        self._site = Site({}, ())
        self._serving = False
        self._beside: Beside | None = None
        self._cache = Cache(None)
        self._content = ""
        self._nav: Navigation | None = None
        self._placing: Placing | None = None
        self._searching: Searching | None = None
        self._finishing: Finishing | None = None
        self._heads: list[Head] = []
        self._indexes = True
        self._round = 0
        self._lock = threading.Lock()
        self._rows: dict[str, Row] = {}
        self._hits: list[Hit] = []
        self._project: Project | None = None
        atexit.register(self._drop)

    def _drop(self) -> None:
        if self._beside is not None:
            self._beside.drop()
            if self._serving:
                self._beside.forget()

    @property
    def _shard(self) -> tuple[int, int] | None:
        return self._project.shard if self._project is not None else None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Note whether this is a preview."""
        self._serving = command == "serve"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build all pages and downloads; stop here, with every problem, if something is wrong."""
        root = Path(config.config_file_path).parent
        self._content = config.docs_dir
        self._cache = Cache(root / self.config.cache)
        try:
            project = project_of(
                root,
                content=Path(config.docs_dir),
                schemas=root / self.config.schemas,
                templates=root / self.config.templates,
                cache=root / self.config.cache,
                site_url=config.site_url or "",
                preview=wants_preview(otherwise=self._serving),
                # While a person writes, each save would cost the seconds that a PDF takes.
                pdf=wants_pdf(otherwise=not self._serving),
                shard=None if self._serving else wanted_shard(),
            )
            self._project = project
            self._indexes = wants_search()
            self._site = build_site(project, log.info)
        except ContentError as error:
            shown = show_problems(error.problems, root, sys.stderr)
            if not self._serving:
                raise Abort("The site was not built: mend the problems above.") from None
            self._site = self._problem_site(shown, config)
        except OmiError as error:
            if not self._serving:
                raise Abort(f"The site was not built: {error}") from None
            # Not by the log: what stands there from a warning on ends a strict build, and with it the preview.
            sys.stderr.write(f"{error}\n")
            self._site = self._problem_site(str(error), config)
        else:
            if self._site.warnings:
                show_problems(self._site.warnings, root, sys.stderr)

        # For the pages that are not made here: the hand-written ones, and the one for a missing address.
        config.extra["banner"] = self._site.banner
        config.extra["preview"] = self._site.preview
        config.extra["unchecked"] = languages.unchecked() > 0
        # MkDocs' own server writes a script into each page, which the policy would stop.
        config.extra["policy"] = "" if self._serving else deployment.policy(in_page=True)
        # MkDocs takes nothing of the content as it lies there, and need not look at its thousands of files.
        config.docs_dir = _empty_folder()
        # The theme's map of the site would know the pages alone that MkDocs renders.
        config.theme.static_templates.discard("sitemap.xml")
        self._go_beside(config)

    def _go_beside(self, config: MkDocsConfig) -> None:
        """Let MkDocs build beside the site; only now, when the content has no error, is there a folder to clear away."""
        try:
            self._beside = beside(Path(config.site_dir))
        except OSError as error:
            raise Abort(f"The site was not built: {_told(error)}") from None
        config.site_dir = str(self._beside.rendered)
        self._placing = Placing(self._beside.new, self._beside.site, self._cache)
        if not self._shard:
            self._beside.begin()
            self._placing.take_over()

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the last one, unless a strict build had a warning."""
        assert self._beside is not None
        assert self._placing is not None
        assert self._searching is not None
        warned = "" if self._serving else _warnings()
        if self._shard:
            self._beside.drop()
            if warned:
                raise Abort(f"This part of the site was not made, because of {warned} above.")
            number, of = self._shard
            log.info("Part %d of %d is kept in %s", number, of, self._cache.folder)
            return
        found = sum(number for one in self._heads for number in one.languages.values())
        if found and not self._serving:
            log.info("%d records can be searched for", found)
        config.site_dir = str(self._beside.site)
        if warned:
            raise Abort(f"The site was not published, because of {warned} above. {_WHOLE}")
        self._place_others(self._beside.rendered)
        if self._site.secrets is not None:
            if hits := list(dict.fromkeys(self._hits)):
                raise Abort(f"The site was not published: {ScanError(hits)}\n{_WHOLE}")
            log.info("Looked through: nothing that must not be published")
        self._placing.tidy(self._rows.keys())
        with self._lock:
            self._round += 1
            self._beside.put_in_place()
        self._placing.keep(self._rows)
        self._cache.sweep()
        log.info("Now in place: %s", config.site_dir)
        if self._serving and self._indexes:
            self._searching.follow(self._beside.site, partial(self._if_still, self._round), self._tell_of_search)
        elif self._indexes:
            self._searching.note()

    def _if_still(self, number: int, work: Callable[[], dict[str, Row]]) -> None:
        """Put files into the site that is in place, if it is still the one of that round, and note them."""
        with self._lock:
            if self._round == number:
                assert self._placing is not None
                self._placing.keep(self._rows | work())

    @staticmethod
    def _tell_of_search(why: str) -> None:
        sys.stderr.write(f"{why}\n")

    def on_build_error(self, *, error: Exception) -> None:
        """Clear away what was built so far; tell of a disk that is full, or of rights that lack, in plain words."""
        if self._beside is not None:
            self._beside.drop()
            if isinstance(error, OSError):
                raise Abort(f"The site was not built: {_told(error)}. {_WHOLE}") from None

    def _problem_site(self, shown: str, config: MkDocsConfig) -> Site:
        """Return a site, for the preview, whose every page says what is wrong: whichever one is open shows it."""
        lines = "".join(f"    {line}\n" for line in shown.splitlines())
        text = f"# Problems\n\nMend these and save; this page follows.\n\n{lines}"
        page = f"---\ntitle: Problems\nhide: [navigation]\n---\n{text}".encode()
        paths = frozenset(path for path in (*self._site.files, *self._site.alike) if path.endswith(".md"))
        rendered = frozenset(_pages_of(config.nav))
        return Site(dict.fromkeys(rendered, page), (), alike=paths - rendered)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what was built: as files what MkDocs renders or copies, by name alone the pages that are finished here."""
        kept = {
            name.removeprefix(FILE) for entry in self._site.entries for name in entry.parts if name.startswith(FILE)
        }
        rendered = kept & set(_pages_of(config.nav))
        given = sorted(path for path in self._site.files if path not in kept or path in rendered)
        contents = self._undamaged(lambda: [self._site.files[path] for path in given])
        made = [File.generated(config, path, content=raw) for path, raw in zip(given, contents, strict=True)]
        finished = [
            Finished(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
            for path in sorted(kept - rendered)
            if path.endswith(".md")
        ]
        return Files([*files, *made, *finished, *self._stand_ins(config)])

    def _stand_ins(self, config: MkDocsConfig) -> Iterator[File]:
        """Yield something for each page of the navigation, where part of a site is made that has none of them."""
        if self._shard:
            yield from (File.generated(config, path, content="# Elsewhere\n") for path in _pages_of(config.nav))

    def _undamaged(self, work: Callable[[], T]) -> T:
        """Return what some work on the site gives; where the cache has lost a part of it, it is made again first."""
        while True:
            try:
                return work()
            except DamagedError:
                assert self._project is not None
                self._site = build_site(self._project)

    def on_nav(self, nav: Navigation, **_: object) -> Navigation:
        """Note the navigation, which stands on every page."""
        self._nav = nav
        return nav

    def _finish(self, config: MkDocsConfig, files: Files, env: Environment) -> None:
        """Finish the pages of the reports and those across reports, and put all files of theirs in their places."""
        assert self._nav is not None
        assert self._placing is not None
        secrets = self._site.secrets
        finishing = self._finishing = Finishing(
            Engine(config, files, self._nav, env, self._site.addresses, frozenset(_pages_of(config.nav))),
            self._cache,
            self._placing,
            partial(look, secrets=secrets) if secrets is not None else None,
            secrets.digest if secrets is not None else "",
        )
        try:
            self._undamaged(lambda: self._place(finishing))
        except OmiError as error:
            raise Abort(f"The site was not built: {error}. {_WHOLE}") from None
        self._place_alike(finishing)

    def _place(self, finishing: Finishing) -> None:
        """Put files and the search index in their places; where there is something to make for it, spread over the cores."""
        assert self._beside is not None
        searching = self._searching = Searching(self._site.search, self._cache, finishing, self._beside.site)
        self._rows, self._hits, self._heads = {}, [], []
        is_made, make = (
            (finishing.is_finished, finishing.finish) if self._shard else (finishing.is_kept, finishing.place)
        )
        # The preview doesn't wait for the index, which takes longer than all else.
        anew = self._indexes and not self._serving
        jobs = [
            *(
                (partial(searching.is_kept, n), partial(searching.place, n))
                for n in (searching.numbers if anew else ())
            ),
            *((partial(is_made, e), partial(make, e)) for e in self._site.entries),
        ]
        kept: list[int] = []
        new: list[int] = []
        for number, (is_there, _) in enumerate(jobs):
            (kept if is_there() else new).append(number)
        outcomes = [] if anew or self._shard else searching.place_last()

        def place(number: int) -> Outcome:
            return jobs[number][1]()

        placed = dict(zip((*kept, *new), chain(map(place, kept), spread(place, new)), strict=True))
        for outcome in (*outcomes, *(placed[number] for number in sorted(placed))):
            self._rows |= outcome.rows
            self._hits += outcome.hits
            self._heads += [outcome.head] if outcome.head is not None else []
            for warning in outcome.warnings:
                log.warning(warning)

    def _place_alike(self, finishing: Finishing) -> None:
        """Put the page that stands for many others in their places: it is the same for all at one depth."""
        markdown = self._site.files.get("index.md", b"").decode()
        for _depth, paths in groupby(sorted(self._site.alike, key=_depth_of), key=_depth_of):
            self._rows |= finishing.place_alike(markdown, list(paths))

    def _place_others(self, rendered: Path) -> None:
        """Put what MkDocs has rendered and copied in its place, the lists of the search, and what hosts read."""
        assert self._finishing is not None
        others = {path: (rendered / path).read_bytes() for path in _paths_in(rendered)}
        others |= lists(self._heads) if self._heads else {}
        others |= deployment.deployment_files({*self._rows, *others})
        outcome = self._finishing.place_others(others)
        self._rows |= outcome.rows
        self._hits += outcome.hits

    @event_priority(LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let the theme speak the language of its page, and its links lead to pages in it; then finish the pages."""
        env.install_gettext_callables(languages.translated, languages.plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
        original = env.filters["url"]

        @pass_context
        def url(context: Context, value: str) -> str:
            address: str = original(context, self._site.addresses.of(value, languages.spoken()))
            return address

        env.filters["url"] = url
        env.bytecode_cache = compiled(self._cache.folder)
        self._finish(config, files, env)
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        """Speak the language of the page until it is written."""
        languages.speak(str(page.meta.get("lang", languages.ENGLISH)))
        return context

    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        """Take out what the theme writes against the standard of HTML, mark links to the other language; speak English."""
        marked = self._site.addresses.marked(mended(output), page.url)
        languages.speak(languages.ENGLISH)
        return marked

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Let through of a hand-written page what is text; those made here passed a sanitiser text by text."""
        return sanitised(html) if page.file.src_uri in self._site.hand_written else html

    def on_post_template(self, output_content: str, **_: object) -> str:
        """Do the same for the page of a missing address."""
        return mended(output_content)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Show what was edited before all else, and rebuild when a schema or a template changes too."""
        root = Path(config.config_file_path).parent
        followed = Server(server, self._show_ahead, lambda: self._rows)
        for path in (self._content, self.config.schemas, self.config.templates):
            followed.watch(str(root / path))
        return followed

    def _show_ahead(self, paths: Collection[Path]) -> bool:
        """Put what has become of edited files into the site that is in place; say whether that could be done."""
        if self._finishing is None or self._beside is None:
            return False
        try:
            entries = self._site.ahead(now(), paths)
            with self._lock:
                for entry in entries:
                    self._rows = self._rows | self._finishing.renew(entry)
        except (DamagedError, OmiError, OSError):
            # Whatever it is, the build that follows meets it too, and tells.
            return False
        return bool(entries)


_WHOLE = "The last site stays as it was."


def _told(error: OSError) -> str:
    """Return what went wrong with which file."""
    return ": ".join(part for part in (str(error.filename or ""), error.strerror or str(error)) if part)


def _paths_in(folder: Path) -> list[str]:
    """Return the path, from the top of the site, of each file in order."""
    return sorted(
        os.path.relpath(f"{top}/{name}", folder) for top, _folders, files in os.walk(folder) for name in files
    )


def _depth_of(path: str) -> int:
    return path.count("/")


@cache
def _empty_folder() -> str:
    """Return a folder with nothing in it, which is there as long as this process."""
    folder = tempfile.TemporaryDirectory(prefix="omi-nothing-")
    atexit.register(folder.cleanup)
    return folder.name


def _warnings() -> str:
    """Return how many warnings a strict build has had ('2 warnings'), '' for none: MkDocs counts them, and looks later."""
    counters = [handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)]
    number = sum(count for counter in counters for count in counter.counts.values())
    return f"{number} warning{'' if number == 1 else 's'}" if number else ""


def _pages_of(nav: Any) -> Iterator[str]:
    """Yield the paths that stand in a navigation as mkdocs.yml has it."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages_of(part)
