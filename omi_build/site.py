"""The line from content to site files. A newcomer starts here, at `build_site`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
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
from omi_build.languages import WELSH, in_folder
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
    from collections.abc import Callable, Iterable, Iterator

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
    day = day_of(project.on)
    cache = Cache(project.cache)
    in_welsh = welsh_pages.compose(public.in_welsh) if public.in_welsh else ()
    addresses = _in_welsh([*in_welsh, *(page for one in every for page in report_pages.compose(one, ()))], checked)
    renderer = Renderer(
        project.templates,
        public.glossary,
        cache,
        quickly=not project.pdf,
        in_welsh=public.in_welsh.glossary if public.in_welsh else None,
        addresses=addresses,
    )
    done: dict[str, tuple[Page, str]] = {}
    if project.pdf:
        # Made before the pages that tell its size; their lists of files are no part of it.
        for report, pdf, rendered in _pdfs(public, renderer, project, cache):
            offered[report.address] = (pdf, *offered[report.address])
            done |= rendered
        tell(f"{_number(len(public.reports), 'PDF')} made")
    of_all = site_downloads(public, overview.describe, _public_schemas(project), day, project.site_url)
    of_criteria = {
        framework.id: criterion_downloads(public, framework, partial(across_reports.criterion_address, framework))
        for framework in public.frameworks
    }
    of_reports = [
        page for report in every for page in report_pages.compose(report, offered[report.address], project.site_url)
    ]
    pages = paired(
        (
            *site_pages.compose(public, of_criteria),
            open_data.compose(public, of_all, project.site_url),
            *(page for page in of_reports if page.language != WELSH),
        ),
        (
            *in_welsh,
            *(page for page in of_reports if page.language == WELSH),
        ),
    )
    files = {}
    for page in pages:
        same, text = done.get(page.address, (None, ""))
        files[f"{page.address}index.md"] = (text if same == page else renderer.page(page)).encode()
    pictures = {page.picture.address: page.picture for page in pages if page.picture}
    files |= {address: renderer.picture(picture) for address, picture in pictures.items()}
    for chart in (chart for page in pages for chart in page.charts):
        files |= renderer.chart_files(chart)
    files |= _contents([*of_all, *(file for report in offered.values() for file in report)])
    files |= _contents(file for framework in of_criteria.values() for one in framework.values() for file in one)
    kind = "report" if public.preview else "public report"
    tell(f"{_number(len(public.reports), kind)}: {_number(len(pages), 'page')} rendered")
    files[report_lists.INDEX] = report_lists.index(public)
    files[_WELSH_INDEX] = report_lists.index(public.in_welsh or public)
    taken = {*files, *(page.address for page in pages), *map(_address, checked.own_pages)}
    # The newest version stands at the report's own address; whoever cites it by its number finds it too.
    newest = {
        f"{one.address}versions/{len(one.earlier) + 1}/": one.address for one in public.every_telling if one.earlier
    }
    files |= redirect_files(newest | moved(checked.programme.redirects, taken), project.site_url)
    if public.preview:
        files["robots.txt"] = b"User-agent: *\nDisallow: /\n"
    secrets = None
    if not public.preview:
        texts = [page for path, page in checked.own_pages.items() if path.endswith(".md")]
        secrets = secrets_of(
            checked.programme,
            checked.reports,
            public,
            general=[files[path].decode() for path in ("guide/index.md", "rules/index.md")],
            own_pages=[page.decode() for page in texts],
        )
    hand_written = frozenset(path for path in checked.own_pages if path not in files)
    written = {**{path: page for path, page in files.items() if path in _IN_TEMPLATES}, **checked.own_pages}
    texts_of_pages = {_address(path): page.decode() for path, page in written.items() if path.endswith(".md")}
    found = records(public, texts_of_pages)
    return Site(
        checked.own_pages | files,
        checked.problems,
        site_pages.banner(public),
        public.preview,
        secrets,
        hand_written,
        addresses,
        documents(found, public.glossary.abbreviations),
    )


_WELSH_INDEX = in_folder(report_lists.INDEX, WELSH)

_IN_TEMPLATES = ("accessibility/index.md", "guide/index.md", "rules/index.md", "runbook/index.md")
"""Pages whose text stands in their templates."""


def _in_welsh(pages: Iterable[Page], checked: Checked) -> Addresses:
    """Return which of all pages stand below `cy/`, hand-written ones among them."""
    return below(WELSH, [*(page.address for page in pages), *map(_address, checked.own_pages), _WELSH_INDEX])


def _pdfs(
    public: PublicSite, renderer: Renderer, project: Project, cache: Cache
) -> Iterator[tuple[PublicReport, Download, dict[str, tuple[Page, str]]]]:
    """Yield each report, in each of its languages, with its PDF and the pages it was made of, rendered, by address."""
    on, site_url = day_of(project.on), project.site_url
    for report in public.every_telling:
        pages = report_pages.compose(report, (), site_url)
        rendered = [(page, renderer.page(page)) for page in pages if page.template not in {"data", "cite"}]
        pdf = report_pdf(report, rendered, project.templates, cache, on=on, site_url=site_url)
        yield report, pdf, {page.address: (page, text) for page, text in rendered}


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


def _contents(files: Iterable[Download]) -> dict[str, bytes]:
    return {file.address: file.content for file in files}


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
