"""The line from content to site files. A newcomer starts here, at `build_site`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.cache import Cache
from omi_build.checking import Project, check_content
from omi_build.downloads import REPORT_SCHEMA, REPORTS_SCHEMA, Download, downloads, site_downloads
from omi_build.pages import open_data, overview
from omi_build.pages import report as report_pages
from omi_build.pages import reports as report_lists
from omi_build.pages import site as site_pages
from omi_build.pdf import report_pdf
from omi_build.problems import ContentError, Problem, count, errors
from omi_build.publication import publish
from omi_build.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from omi_build.pages import Page


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


def build_site(project: Project, tell: Callable[[str], None] = lambda _: None) -> Site:
    """Return the files of the public site.

    Raises ContentError with every problem of the content if one of them is an error, and UsageError if the project
    lacks a folder. `tell` is given a line about each step.
    """
    checked = check_content(project)
    tell(f"{_number(len(checked.reports), 'inspection')} read, checked and scored: {count(checked.problems)}")
    if errors(checked.problems):
        raise ContentError(checked.problems)
    public = publish(checked.programme, checked.reports, project.on, preview=project.preview)
    cache = Cache(project.cache)
    renderer = Renderer(project.templates, public.glossary.expansions, cache)
    offered = {report.id: downloads(report, project.site_url) for report in public.reports}
    done: dict[str, tuple[Page, str]] = {}
    if project.pdf:
        # Made before the pages that tell its size; their lists of files are no part of it.
        for report in public.reports:
            told = [page for page in report_pages.compose(report, (), project.site_url) if page.template != "data"]
            rendered = [(page, renderer.page(page)) for page in told]
            pdf = report_pdf(report, rendered, project.templates, cache, on=project.on, site_url=project.site_url)
            offered[report.id] = (pdf, *offered[report.id])
            done |= {page.address: (page, text) for page, text in rendered}
        tell(f"{_number(len(public.reports), 'PDF')} made")
    of_all = site_downloads(public, overview.describe, _public_schemas(project), project.on, project.site_url)
    pages = [
        *site_pages.compose(public),
        open_data.compose(public, of_all, project.site_url),
        *(
            page
            for report in public.reports
            for page in report_pages.compose(report, offered[report.id], project.site_url)
        ),
    ]
    files = {}
    for page in pages:
        same, text = done.get(page.address, (None, ""))
        files[f"{page.address}index.md"] = (text if same == page else renderer.page(page)).encode()
    pictures = {page.picture.address: page.picture for page in pages if page.picture}
    files |= {address: renderer.picture(picture) for address, picture in pictures.items()}
    files |= _contents([*of_all, *(file for report in offered.values() for file in report)])
    kind = "report" if public.preview else "public report"
    tell(f"{_number(len(public.reports), kind)}: {_number(len(pages), 'page')} rendered")
    files[report_lists.INDEX] = report_lists.index(public)
    if public.preview:
        files["robots.txt"] = b"User-agent: *\nDisallow: /\n"
    return Site(checked.own_pages | files, checked.problems, site_pages.banner(public), public.preview)


def _public_schemas(project: Project) -> dict[str, bytes]:
    """Return the schemas of what the site publishes, by their address."""
    return {
        address: (project.schemas / address.rpartition("/")[2]).read_bytes()
        for address in (REPORT_SCHEMA, REPORTS_SCHEMA)
    }


def _contents(files: Iterable[Download]) -> dict[str, bytes]:
    return {file.address: file.content for file in files}


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
