"""The MkDocs plugin `omi`: builds everything before MkDocs starts, then hands the files over.

MkDocs empties and fills the folder that it is given. So it is given one beside the site, and only what was built without
a warning is renamed into place: whatever ends a build leaves the last site whole. Under `mkdocs serve` problems are
shown, in the terminal and on the page, without ending the server.
"""

from __future__ import annotations

import atexit
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import pass_context
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.utils import CountHandler

from omi_build import deployment, languages
from omi_build.beside import Beside, beside
from omi_build.doors import project_of, show_problems, wants_pdf, wants_preview
from omi_build.problems import ContentError, OmiError
from omi_build.render import mended, sanitised
from omi_build.scan import ScanError, scan
from omi_build.search.indexing import SearchError, write_index
from omi_build.site import Site, build_site
from omi_build.words import file_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

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
    """Where drawings are kept between builds, relative to mkdocs.yml."""


class OmiPlugin(BasePlugin[OmiConfig]):
    """Hands the site that `omi_build.site` makes to MkDocs."""

    def __init__(self) -> None:
        """Start without a site."""
        self._site = Site({}, ())
        self._serving = False
        self._beside: Beside | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Note whether this is a preview."""
        self._serving = command == "serve"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build all pages and downloads; stop here, with every problem, if something is wrong."""
        root = Path(config.config_file_path).parent
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
            )
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
        if not self._serving:
            self._go_beside(config)

    def _go_beside(self, config: MkDocsConfig) -> None:
        """Let MkDocs build beside the site; only now, when the content has no error, is there a folder to clear away."""
        try:
            self._beside = beside(Path(config.site_dir))
        except OSError as error:
            raise Abort(f"The site was not built: {_told(error)}") from None
        atexit.register(self._beside.drop)
        config.site_dir = str(self._beside.new)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the last one, unless a strict build had a warning."""
        self._write_search(Path(config.site_dir))
        self._write_for_hosts(Path(config.site_dir))
        if self._beside is None:
            return
        config.site_dir = str(self._beside.site)
        warned = _warnings()
        if warned:
            raise Abort(f"The site was not published, because of {warned} above. {_WHOLE}")
        if self._site.secrets is not None:
            hits = scan(_files_of(self._beside.new), self._site.secrets)
            if hits:
                raise Abort(f"The site was not published: {ScanError(hits)}\n{_WHOLE}")
            log.info("Looked through: nothing that must not be published")
        self._beside.put_in_place()
        log.info("Now in place: %s", config.site_dir)

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
        paths = [path for path in (*self._site.files, *_pages_of(config.nav)) if path.endswith(".md")]
        return Site(dict.fromkeys(paths, page), ())

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take nothing of the content folder as it lies there, and add what was built."""
        docs = Path(config.docs_dir)
        others = [file for file in files if file.src_dir is None or Path(file.src_dir) != docs]
        made = [File.generated(config, path, content=content) for path, content in sorted(self._site.files.items())]
        return Files([*others, *made])

    def _write_search(self, top: Path) -> None:
        """Write the search index into the finished site; a preview does without where it can't be made."""
        if not self._site.search:
            return
        try:
            size = write_index(self._site.search, top)
        except SearchError as error:
            if not self._serving:
                raise Abort(f"The site was not built: {error}. {_WHOLE}") from None
            sys.stderr.write(f"{error}\n")
        else:
            log.info("%d records can be searched for: %s", len(self._site.search), file_size(size))

    @staticmethod
    def _write_for_hosts(top: Path) -> None:
        """Write what hosts read into the finished site; it depends on the files that the theme brought too."""
        paths = [file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file()]
        for path, content in deployment.deployment_files(paths).items():
            (top / path).write_bytes(content)

    def on_env(self, env: Environment, **_: object) -> Environment:
        """Let the theme speak the language of its page, and its links lead to pages in it."""
        env.install_gettext_callables(languages.translated, languages.plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
        original = env.filters["url"]

        @pass_context
        def url(context: Context, value: str) -> str:
            address: str = original(context, self._site.addresses.of(value, languages.spoken()))
            return address

        env.filters["url"] = url
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

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> None:
        """Rebuild when a schema or a template changes too."""
        root = Path(config.config_file_path).parent
        for folder in (self.config.schemas, self.config.templates):
            server.watch(str(root / folder))


_WHOLE = "The last site stays as it was."


def _told(error: OSError) -> str:
    """Return what went wrong with which file."""
    return ": ".join(part for part in (str(error.filename or ""), error.strerror or str(error)) if part)


def _files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path, from the top of the site, and the content of each file in order."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


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
