"""The whole of a report as one accessible PDF (PDF/UA-1), made of the same pages as the site.

The pages become a tree of nodes, which `site_templates/pdf/report.typ` sets in type. Content reaches the template as
data: no word of it is read as code.
"""

from __future__ import annotations

import datetime
import inspect
import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import markdown

from omi_build.downloads.files import LICENCE, LICENCE_ADDRESS, Download, latest_date
from omi_build.languages import gettext as _
from omi_build.languages import marked, speaking
from omi_build.pages.report import banner
from omi_build.pdf import tree, typeset
from omi_build.pdf.tree import Reader, settle_links
from omi_build.pdf.typeset import PdfError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omi_build.cache import Cache
    from omi_build.pages import Page
    from omi_build.publication import PublicReport

__all__ = ["PdfError", "address", "report_pdf"]

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def address(report: PublicReport) -> str:
    """Return where the PDF of a report is, from the top of the site."""
    return f"{report.address}{report.id}.pdf"


def report_pdf(
    report: PublicReport,
    pages: Sequence[tuple[Page, str]],
    templates: Path,
    cache: Cache,
    *,
    on: datetime.date,
    site_url: str = "",
) -> Download:
    """Return the PDF of a report.

    `pages` are its pages, each with its Markdown; `templates` is the folder of the templates; `on` is the day of the
    build, which dates a report that has no date yet. Raises PdfError where the template is wrong.
    """
    template = templates / "pdf" / "report.typ"
    last = latest_date((report,))
    day = last.due() if last else on
    with speaking(report.language):
        cover = front(report, site_url)
    how = [inspect.getsource(tree), inspect.getsource(typeset), template.read_text(encoding="utf-8")]
    inputs = [how, inspect.getsource(document), version("typst"), version("pikepdf"), version("markdown")]
    parts = [(page.address, page.title, text) for page, text in pages]
    key = json.dumps([inputs, cover, parts, day.isoformat(), site_url], sort_keys=True)

    def make() -> bytes:
        return typeset.typeset(document(cover, parts, report.address, site_url), template, day)

    return Download(address(report), marked("The whole report to print or keep"), "PDF", cache.get(key, make))


def front(report: PublicReport, site_url: str) -> dict[str, Any]:
    """Return what the title page says."""
    publication = report.about.publication
    facts = [
        (_("Inspected by"), report.about.lead_body),
        (_("Fieldwork"), str(report.about.fieldwork)),
        (_("Published"), str(publication.date or "")),
        *((_("Corrected"), str(correction.date)) for correction in publication.corrections[-1:]),
        (_("Standards"), report.framework.title),
        (_("ISBN (print)"), publication.isbn_print),
        (_("ISBN (PDF)"), publication.isbn_pdf),
    ]
    return {
        "title": report.about.title,
        "name": report.name,
        "area": report.area.title,
        "author": report.about.lead_body,
        "banner": banner(report),
        "facts": [fact for fact in facts if fact[1]],
        "online": f"{site_url}{report.address}" if site_url else "",
        "licence": _(LICENCE),
        "licence_address": LICENCE_ADDRESS,
        "language": report.language,
        "words": {
            "page": _("Page"),
            "of": _("of"),
            "online": _("This report with its data, and later corrections:"),
            "licensed": _("Contains public sector information licensed under the"),
            "contents": _("Contents"),
            "overview": _("Overview"),
        },
    }


def document(
    cover: dict[str, Any], parts: Sequence[tuple[str, str, str]], overview: str, site_url: str
) -> dict[str, Any]:
    """Return a whole report as data for the template: what its title page says, and each page's blocks.

    `parts` are the pages as address, title and Markdown; `overview` is the address of the first.
    """
    chapters, anchors = [], set()
    for where, title, text in parts:
        reader = Reader(where)
        engine = markdown.Markdown(extensions=["attr_list", "toc"])
        blocks = reader.page(engine.convert(_FRONT_MATTER.sub("", text)))
        anchors |= {where, *reader.anchors}
        told = [block for block in blocks if block.get("level") != 1]
        chapters.append(
            {"title": cover["words"]["overview"] if where == overview else title, "anchor": where, "body": told}
        )
    return {**cover, "chapters": settle_links(chapters, anchors, site_url)}
