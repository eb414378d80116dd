"""The line from content to site files. A newcomer starts here, at `build_site`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from omi_build.cache import Cache
from omi_build.checking import Checked, Project, check_content
from omi_build.checks.record import SETTLED_BY_COMMAND
from omi_build.downloads import (
    REPORT_SCHEMA,
    REPORTS_SCHEMA,
    Download,
    criterion_downloads,
    downloads,
    site_downloads,
)
from omi_build.languages import WELSH
from omi_build.model.dates import day_of
from omi_build.pages import across_reports, open_data, overview
from omi_build.pages import report as report_pages
from omi_build.pages import reports as report_lists
from omi_build.pages import site as site_pages
from omi_build.pages import welsh as welsh_pages
from omi_build.pages.addresses import Addresses, below, paired
from omi_build.pdf import report_pdf
from omi_build.problems import ContentError, Problem, count, errors
from omi_build.publication import publish
from omi_build.redirects import moved, redirect_files
from omi_build.render import Renderer
from omi_build.scan import Secrets, secrets_of
from omi_build.search import records
from omi_build.search.documents import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from omi_build.pages import Page
    from omi_build.publication import PublicReport, PublicSite


@dataclass(frozen=True)
class Site:
    """A built site, and what a person should look at."""

    files: dict[str, bytes]
    """Path in the folder that MkDocs builds from → content."""
    warnings: tuple[Problem, ...]
    banner: str = ""
    """What stands at the top of every page, those not made here among them."""
    preview: bool = False
    """Whether it shows what isn't public: search engines are then told to keep out."""
    secrets: Secrets | None = None
    """What the last scan looks for in what the engine makes of it; None in a preview, which may show all."""
    hand_written: frozenset[str] = frozenset()
    """The paths of the pages among the files that people wrote."""
    addresses: Addresses = field(default_factory=Addresses)
    """Which pages there are in Welsh."""
    search: dict[str, str] = field(default_factory=dict)
    """What the search index is made of: a document for each record, by its path."""


def build_site(project: Project, tell: Callable[[str], None] = lambda _: None) -> Site:
    """Return the files of the public site.

    Raises ContentError with every problem of the content if one of them is an error, and UsageError if the project
    lacks a folder. `tell` is given a line about each step.
    """
    checked = check_content(project)
    tell(f"{_number(len(checked.reports), 'inspection')} read, checked and scored: {count(checked.problems)}")
    # A correction is looked at before omi correct settles it.
    settled = SETTLED_BY_COMMAND if project.preview else frozenset()
    if any(problem.code not in settled for problem in errors(checked.problems)):
        raise ContentError(checked.problems)
    public = publish(
        checked.programme, checked.reports, project.on, overtaken=checked.overtaken, preview=project.preview
    )
    every = [one for report in public.every_telling for one in (*report.earlier, report)]
    offered = {report.address: downloads(report, project.site_url) for report in every}
    of_all = site_downloads(public, overview.describe, _public_schemas(project), day_of(project.on), project.site_url)
    of_criteria = {
        framework.id: criterion_downloads(public, framework, partial(across_reports.criterion_address, framework))
        for framework in public.frameworks
    }
    of_reports = [page for one in every for page in report_pages.compose(one, offered[one.address], project.site_url)]
    pages = {page.address: page for page in _composed(public, of_reports, of_all, of_criteria, project.site_url)}
    addresses = below(WELSH, [*pages, *map(_address, checked.own_pages)])
    cache = Cache(project.cache)
    renderer = _renderer(project, public, cache, addresses)
    rendered: dict[str, tuple[Page, str]] = {}
    if project.pdf:
        # Each is told of on pages of its report, which are no part of it.
        for report, parts, pdf in _pdfs(public, pages, renderer, project, cache):
            offered[report.address] = (pdf, *offered[report.address])
            own = [pages[link.address] for link in pages[report.address].contents]
            told = report_pages.with_files(own, report, offered[report.address], project.site_url)
            pages |= {page.address: page for page in told}
            rendered |= {page.address: (page, text) for page, text in parts}
        tell(f"{_number(len(public.reports), 'PDF')} made")
    files: dict[str, bytes] = {}
    for address, page in pages.items():
        same, text = rendered.get(address, (None, ""))
        files[f"{address}index.md"] = (text if same is page else renderer.page(page)).encode()
    pictures = {page.picture.address: page.picture for page in pages.values() if page.picture}
    files |= {address: renderer.picture(picture) for address, picture in pictures.items()}
    for chart in (chart for page in pages.values() for chart in page.charts):
        files |= renderer.chart_files(chart)
    files |= {file.address: file.content for file in chain(of_all, *offered.values())}
    files |= {file.address: file.content for by_ref in of_criteria.values() for file in chain(*by_ref.values())}
    files[report_lists.INDEX] = report_lists.index(public)
    kind = "report" if public.preview else "public report"
    tell(f"{_number(len(public.reports), kind)}: {_number(len(pages), 'page')} rendered")
    files |= _redirects(public, checked, {*files, *pages, *map(_address, checked.own_pages)}, project.site_url)
    if public.preview:
        files["robots.txt"] = b"User-agent: *\nDisallow: /\n"
    found = records(public, _written(checked.own_pages, files))
    return Site(
        checked.own_pages | files,
        checked.problems,
        site_pages.banner(public),
        public.preview,
        None if public.preview else _secrets(checked, public, files),
        frozenset(path for path in checked.own_pages if path not in files),
        addresses,
        documents(found, public.glossary.abbreviations),
    )


def _composed(
    public: PublicSite,
    of_reports: Sequence[Page],
    of_all: Sequence[Download],
    of_criteria: Mapping[str, Mapping[str, Sequence[Download]]],
    site_url: str,
) -> tuple[Page, ...]:
    """Return every page in both languages, those of reports among them, each knowing its twin."""
    return paired(
        (
            *site_pages.compose(public, of_criteria),
            open_data.compose(public, of_all, site_url),
            *(page for page in of_reports if page.language != WELSH),
        ),
        (
            *(welsh_pages.compose(public.in_welsh) if public.in_welsh else ()),
            *(page for page in of_reports if page.language == WELSH),
        ),
    )


def _renderer(project: Project, public: PublicSite, cache: Cache, addresses: Addresses) -> Renderer:
    return Renderer(
        project.templates,
        public.glossary,
        cache,
        quickly=not project.pdf,
        in_welsh=public.in_welsh.glossary if public.in_welsh else None,
        addresses=addresses,
    )


def _pdfs(
    public: PublicSite, pages: Mapping[str, Page], renderer: Renderer, project: Project, cache: Cache
) -> Iterator[tuple[PublicReport, list[tuple[Page, str]], Download]]:
    """Yield each report, in each of its languages, with the pages that its PDF is made of, rendered, and the PDF."""
    for report in public.every_telling:
        own = [pages[link.address] for link in pages[report.address].contents]
        parts = [(page, renderer.page(page)) for page in own if page.template not in {"data", "cite"}]
        pdf = report_pdf(report, parts, project.templates, cache, on=day_of(project.on), site_url=project.site_url)
        yield report, parts, pdf


def _redirects(public: PublicSite, checked: Checked, taken: Collection[str], site_url: str) -> dict[str, bytes]:
    """Return what leads from moved addresses to where they are now; no address in `taken` has moved."""
    # The newest version stands at the report's own address; whoever cites it by its number finds it too.
    newest = {
        f"{one.address}versions/{len(one.earlier) + 1}/": one.address for one in public.every_telling if one.earlier
    }
    return redirect_files(newest | moved(checked.programme.redirects, taken), site_url)


def _secrets(checked: Checked, public: PublicSite, files: Mapping[str, bytes]) -> Secrets:
    """Return what the last scan looks for."""
    return secrets_of(
        checked.programme,
        checked.reports,
        public,
        general=[files[path].decode() for path in ("guide/index.md", "rules/index.md")],
        own_pages=[page.decode() for path, page in checked.own_pages.items() if path.endswith(".md")],
    )


def _written(own_pages: Mapping[str, bytes], files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the Markdown of each page that people wrote, as content or in its template, by its address."""
    in_templates = {path: page for path, page in files.items() if path in _IN_TEMPLATES}
    return {_address(p): page.decode() for p, page in (in_templates | dict(own_pages)).items() if p.endswith(".md")}


_IN_TEMPLATES = ("accessibility/index.md", "guide/index.md", "rules/index.md", "runbook/index.md")
"""Pages whose text stands in their templates."""


def _public_schemas(project: Project) -> dict[str, bytes]:
    """Return the schemas of what the site publishes, by their address."""
    return {
        address: (project.schemas / address.rpartition("/")[2]).read_bytes()
        for address in (REPORT_SCHEMA, REPORTS_SCHEMA)
    }


def _address(own_page: str) -> str:
    """Return the address of a page, or of a picture."""
    if own_page.endswith("/index.md"):
        return own_page.removesuffix("index.md")
    return f"{own_page.removesuffix('.md')}/" if own_page.endswith(".md") else own_page


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
