"""Makes finished pages of Markdown by MkDocs' engine and theme, and keeps them.

The reports' pages don't stand in the navigation, so one needs nothing of another: they are rendered here, spread over the
cores, by what MkDocs itself renders pages with, and one whose Markdown, theme and settings are those of an earlier build
isn't rendered again.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from omi_build import fingerprint
from omi_build.cache import Cache, Entry
from omi_build.languages import WELSH
from omi_build.pages.addresses import language_at
from omi_build.problems import Place
from omi_build.scan import Hit
from omi_build.site import FILE

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

    from omi_build.pages.addresses import Addresses
    from omi_build.placing import Placing, Row
    from omi_build.search.indexing import Head


class Finished(File):
    """A page that is rendered here: MkDocs knows of it, so that links to it are right, and leaves it alone."""

    def is_documentation_page(self) -> bool:
        """Say that it isn't one to be rendered."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002  # as MkDocs has it
        """Copy nothing."""


@dataclass(frozen=True)
class Engine:
    """What MkDocs has made ready to render pages with."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    addresses: Addresses
    """Which pages there are in Welsh: the theme's links lead to those."""
    taken: Collection[str]
    """The pages, by their path, that MkDocs renders itself."""

    @cached_property
    def _pages(self) -> Sequence[File]:
        # MkDocs would look through all files for them with every page.
        return self.files.documentation_pages()

    def html(self, path: str, markdown: str) -> str:
        """Return the finished page of a file, as MkDocs makes it, all plugins taking part."""
        config, files = self.config, self.files
        plugins = config.plugins
        page = Page(None, File.generated(config, path, content=markdown), config)
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        whole = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.markdown, blocks = set_aside(whole)
        page.render(config, files)
        page.markdown, page.content = whole, put_back(page.content or "", blocks)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        context = get_context(self.nav, self._pages, config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        return plugins.on_post_page(template.render(context), page=page, config=config)


def set_aside(markdown: str) -> tuple[str, list[str]]:
    """Return a page in Markdown with something short in the place of each block of HTML, and those blocks.

    The pages made here are HTML but for their headings. Markdown lets a block of HTML be, but takes longer to find its end
    than all else takes together; what doesn't clearly begin and end on lines of its own stays where it is.
    """
    blocks: list[str] = []
    left: list[str] = []
    at = 0
    while opening := _BLOCK.search(markdown, at):
        end = _end_of(opening[1], markdown, opening.start())
        if end is None:
            return markdown, []
        left += [markdown[at : opening.start()], f"<div>omi-block-{len(blocks)}</div>"]
        blocks.append(markdown[opening.start() : end])
        at = end
    return "".join([*left, markdown[at:]]), blocks


def put_back(html: str, blocks: Sequence[str]) -> str:
    """Return a page with its blocks in their places again."""
    return _PLACE.sub(lambda place: blocks[int(place[1])], html) if blocks else html


def _end_of(tag: str, markdown: str, start: int) -> int | None:
    """Return where the element ends that starts here, if its line ends there too."""
    depth = 0
    for found in _tags(tag).finditer(markdown, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found.end() if markdown[found.end() : found.end() + 1] in {"\n", ""} else None
    return None


@cache
def _tags(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}\b[^<>]*>")


_BLOCK = re.compile(r"(?m)^<(article|aside|details|div|dl|figure|form|nav|ol|section|table|ul)\b")
_PLACE = re.compile(r"<div>omi-block-(\d+)</div>")


@dataclass(frozen=True)
class Outcome:
    """What came of the pages and files of one entry."""

    rows: dict[str, Row]
    """What is noted of each file that was put in its place, by path."""
    hits: list[Hit]
    """What the last scan found in them."""
    warnings: list[str]
    """What MkDocs and its plugins warned of."""
    head: Head | None = None
    """Of a search index, what is told of it."""


_Contents: TypeAlias = "Mapping[str, tuple[str, Callable[[], bytes]]]"
"""By the path of a file the digest of what it holds, and what gives that."""


class Finishing:
    """Makes finished pages of what the site's entries hold, looks through them, and puts them in their places."""

    def __init__(
        self,
        engine: Engine,
        cache: Cache,
        placing: Placing,
        look: Callable[[str, bytes], list[Hit]] | None,
        secrets: str,
    ) -> None:
        """Take what renders pages, where they are kept and put, and what the last scan looks for with its digest.

        `look` is None where nothing is looked for.
        """
        self._engine = engine
        self._cache = cache
        self._placing = placing
        self._look = look
        self._secrets = secrets
        self._how = _how(engine)
        # On a Welsh page the theme links to what stands at the top in Welsh.
        self._at_the_top = fingerprint.digest(
            *sorted(address for address in engine.addresses.welsh if "/" not in address.removesuffix("/"))
        )

    def is_kept(self, entry: Entry) -> bool:
        """Say whether nothing of an entry has to be rendered or looked through."""
        return self.is_finished(entry) and self.is_looked_through(entry)

    def is_finished(self, entry: Entry) -> bool:
        """Say whether no page of an entry has to be rendered."""
        return self._finished(entry) is not None

    def is_looked_through(self, entry: Entry) -> bool:
        """Say whether the last scan has nothing to do with an entry."""
        return self._look is None or self._looked(entry) is not None

    def finish(self, entry: Entry) -> Outcome:
        """Make the pages of an entry that aren't kept, and put nothing in its place."""
        warnings: list[str] = []
        if not self.is_finished(entry):
            self._finish(entry, warnings)
        return Outcome({}, [], warnings)

    def place(self, entry: Entry) -> Outcome:
        """Put the pages and files of an entry in their places; make what isn't kept.

        Raises DamagedError where the cache has lost something, and OSError where the disk is full.
        """
        warnings: list[str] = []
        return self._place(entry, self._contents(entry, warnings), warnings)

    def renew(self, entry: Entry) -> dict[str, Row]:
        """Put the pages and files of an entry into the site that is in use; returns what is to be noted of them.

        Raises what `place` does.
        """
        contents = self._contents(entry, [])
        return {path: self._placing.renew(path, digest, read) for path, (digest, read) in contents.items()}

    def _contents(self, entry: Entry, warnings: list[str]) -> _Contents:
        finished = self._finished(entry) or self._finish(entry, warnings)
        return {
            path: (holder.parts[part].digest, partial(holder.read, part))
            for holder in (entry, finished)
            for part in holder.parts
            if part.startswith(FILE) and not (holder is entry and is_page(part))
            for path in (_built(part),)
        }

    def place_files(self, entry: Entry, folder: str) -> Outcome:
        """Put the parts of an entry in their places, which are files by their path; raises what `place` does.

        The name of `folder` among their paths changes with what is in it, and says nothing.
        """
        contents = {path: (part.digest, partial(entry.read, path)) for path, part in entry.parts.items()}
        return self._place(entry, contents, [], folder)

    def place_others(self, files: Mapping[str, bytes]) -> Outcome:
        """Put files in their places, given by their path, that stand in no entry; raises what `place` does."""
        entry = Cache(None).keep("", {"name": "others"}, files)
        told = fingerprint.digest(*(f"{part.digest} {path}" for path, part in sorted(entry.parts.items())))
        return self.place_files(replace(entry, key=told), "")

    def place_alike(self, markdown: str, paths: Sequence[str]) -> dict[str, Row]:
        """Put one page in the places of several at the same depth, and return what is to be noted of them."""
        page = self._engine.html(paths[0], markdown).encode()
        built = [_built(f"{FILE}{path}") for path in paths]
        return {path: self._placing.place(path, fingerprint.digest(page), lambda: page) for path in built}

    def _place(self, entry: Entry, contents: _Contents, warnings: list[str], folder: str = "") -> Outcome:
        looked = self._looked(entry)
        hits = self._look_through(entry, contents, folder) if looked is None else _hits(looked.about["hits"])
        rows = {path: self._placing.place(path, digest, read) for path, (digest, read) in contents.items()}
        return Outcome(rows, hits, warnings)

    # ---- Pages ----

    def _finished(self, entry: Entry) -> Entry | None:
        return self._cache.load(self._key("finished", self._name(entry)))

    def _finish(self, entry: Entry, warnings: list[str]) -> Entry:
        """Render the pages of an entry; those that were the same when it was last rendered are had from there."""
        last = self._last("finished", entry)
        pages: dict[str, bytes] = {}
        digests = {
            n: p.digest for n, p in entry.parts.items() if is_page(n) and n.removeprefix(FILE) not in self._engine.taken
        }
        # Where a link on a Welsh page leads depends on what else is in Welsh.
        welsh = [name for name in digests if language_at(name.removeprefix(FILE)) == WELSH]
        there = fingerprint.digest(*welsh, self._at_the_top, entry.about.get("around", ""))
        digests |= {name: fingerprint.digest(digests[name], there) for name in welsh}
        with _heard(warnings):
            for name, of_page in digests.items():
                pages[name] = (
                    last.read(name)
                    if last and last.about.get(name) == of_page
                    else self._engine.html(name.removeprefix(FILE), entry.read(name).decode()).encode()
                )
        if warnings:
            # So that the next build hears them too.
            return Cache(None).keep("", digests, pages)
        return self._keep("finished", entry, digests, pages)

    # ---- The last scan ----

    def _looked(self, entry: Entry) -> Entry | None:
        return self._cache.load(self._key(f"looked {self._secrets}", self._name(entry)))

    def _look_through(self, entry: Entry, contents: _Contents, folder: str) -> list[Hit]:
        """Return what the last scan finds in files; those that were clean when it last looked are passed over."""
        if self._look is None:
            return []
        kind = f"looked {self._secrets}"
        last = self._last(kind, entry)
        clean = last.about["clean"] if last else {}
        hits: list[Hit] = []
        now: dict[str, str] = {}
        for path, (digest, read) in contents.items():
            name = path.replace(folder, "", 1)
            found = [] if clean.get(name) == digest else self._look(path, read())
            hits += found
            if not found:
                now[name] = digest
        told = [[hit.path, hit.what, hit.hint, hit.place and [hit.place.line, hit.place.column]] for hit in hits]
        self._keep(kind, entry, {"hits": told, "clean": now}, {})
        return hits

    # ---- What is kept ----

    def _name(self, entry: Entry) -> str:
        """Return what tells the finished pages of an entry from others."""
        in_welsh = any(is_page(name) and language_at(name.removeprefix(FILE)) == WELSH for name in entry.parts)
        return f"{entry.key} {self._at_the_top}" if in_welsh else entry.key

    def _key(self, kind: str, name: str) -> str:
        return fingerprint.digest(kind, self._how, name)

    def _last(self, kind: str, entry: Entry) -> Entry | None:
        """Return what was kept of the same inspection or batch before, whatever it was made of then."""
        pointer = self._cache.load(self._key(f"last {kind}", entry.about["name"]))
        return self._cache.load(pointer.about) if pointer else None

    def _keep(self, kind: str, entry: Entry, about: Any, parts: Mapping[str, bytes]) -> Entry:
        made = self._cache.keep(self._key(kind, self._name(entry)), about, parts)
        self._cache.keep(self._key(f"last {kind}", entry.about["name"]), made.key, {})
        return made


def is_page(name: str) -> bool:
    """Say whether a part of an entry is a page in Markdown."""
    return name.startswith(FILE) and name.endswith("index.md")


def _built(name: str) -> str:
    """Return where a part of an entry is in the finished site."""
    path = name.removeprefix(FILE)
    return f"{path.removesuffix('md')}html" if is_page(name) else path


def _hits(told: Iterable[Any]) -> list[Hit]:
    return [Hit(path, what, hint, Place(*place) if place else None) for path, what, hint, place in told]


def _how(engine: Engine) -> str:
    """Return a digest of all that a finished page is made of beside its Markdown.

    What another plugin or a hook makes of a page may come from anywhere: then nothing that was kept fits.
    """
    config = engine.config
    foreign = [name for name in config.plugins if name != "omi"] or config.hooks
    once = str(time.time_ns()) if foreign else ""
    settings = {key: value for key, value in config.items() if key not in _ELSEWHERE}
    theme = {key: value for key, value in config.theme.items() if key != "custom_dir"}
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return fingerprint.digest(
        fingerprint.of_program(),
        json.dumps([settings, config.theme.name, theme], sort_keys=True, default=_plain),
        *(f"{path} {one}" for path, one in (fingerprint.of_folder(custom) if custom else {}).items()),
        *(f"{page.url} {page.title}" for page in engine.nav.pages),
        once,
    )


_ELSEWHERE = frozenset(
    "config_file_path dev_addr docs_dir draft_docs exclude_docs hooks not_in_nav plugins site_dir theme watch".split()
)
"""Settings that say where things are and what is built, and those that are looked at by themselves."""


def _plain(value: object) -> object:
    """Return a value of the settings that JSON doesn't know as one that it does; of a function its name."""
    if isinstance(value, Mapping):
        return dict(value)
    return getattr(value, "__qualname__", None) or repr(value)


@contextmanager
def _heard(warnings: list[str]) -> Iterator[None]:
    """Note what is warned of meanwhile: of what a process beside this one warns nobody else would hear."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warnings.append(record.getMessage())

    ear = Ear(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(ear)
    try:
        yield
    finally:
        logger.removeHandler(ear)
