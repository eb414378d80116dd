"""How to cite a report and its findings: as text, for BibTeX, and as RIS, which programs for references read.

The page of a section is given the same three with gaps (`forms`), which the page's script fills for the finding that is
asked for: so each form is written here alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omi_build.downloads.files import Download, corrected
from omi_build.downloads.report import plain
from omi_build.languages import gettext as _
from omi_build.languages import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omi_build.model.dates import PartialDate
    from omi_build.publication import PublicReport

FORMATS = ("BibTeX", "RIS")
"""Those of the files of citations."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The months as BibTeX knows them."""

# Braces are named and not escaped: BibTeX counts them before it reads the backslash.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


@dataclass(frozen=True)
class Work:
    """What is cited: a report, or a part of one."""

    key: str
    author: str
    title: str
    published: PartialDate | None
    notes: tuple[str, ...]
    """What a reader of the citation has to know: that the report was corrected, or is made up."""
    isbn: str
    url: str
    """'' where the site's address is not known."""
    place: str = ""
    """Which part, such as 'criterion 2.2, area for improvement (d)'; '' for the whole."""
    words: str = ""
    """What the part says."""


def report_work(report: PublicReport, site_url: str = "") -> Work:
    """Return a report as something to cite."""
    publication, last = report.about.publication, corrected(report)
    version = _("Version %(number)s, since corrected", number=report.version) if report.version else ""
    return Work(
        key=f"{report.id}-version-{report.version}" if report.version else report.id,
        author=report.about.lead_body,
        title=report.about.title,
        published=publication.date,
        notes=tuple(
            filter(
                None,
                (
                    version or (_("Corrected %(date)s", date=last) if last else ""),
                    _("Synthetic: made up") if report.synthetic else "",
                ),
            )
        ),
        isbn=publication.isbn_pdf or publication.isbn_print,
        url=f"{site_url}{report.address}" if site_url else "",
    )


def finding_works(report: PublicReport, site_url: str = "") -> Iterator[Work]:
    """Yield each finding of a report as something to cite, in the order of the report."""
    whole = report_work(report, site_url)
    for ref, (_section, criterion) in report.criteria.items():
        for anchor, kind, findings in (
            ("strength", _("strength"), criterion.strengths),
            ("improvement", _("area for improvement"), criterion.areas_for_improvement),
        ):
            for finding in findings:
                place = f"{report.criterion_address(ref)}-{anchor}-{finding.letter}"
                yield replace(
                    whole,
                    key=f"{whole.key}-{ref.replace('.', '-')}-{anchor}-{finding.letter}",
                    url=f"{site_url}{place}" if site_url else "",
                    place=" ".join([_("criterion"), f"{ref}, {kind} ({finding.letter})"]),
                    words=plain(finding.text.text),
                )


def forms(work: Work) -> dict[str, str]:
    """Return the three forms of a citation by their name."""
    return {"text": as_text(work), "bibtex": as_bibtex([work]), "ris": as_ris([work])}


def gaps(report: PublicReport, site_url: str = "") -> dict[str, str]:
    """Return the three forms for any part of a report, with gaps between at signs: @key@, @place@ and @url@.

    What fills them has no sign that one of the forms would read otherwise.
    """
    return forms(replace(report_work(report, site_url), key="@key@", place="@place@", url="@url@"))


def as_text(work: Work) -> str:
    """Return a citation for people: author, year, title, part, date, ISBN and address."""
    year = str(work.published.year) if work.published else _("no date")
    title = f"{work.title}, {work.place}" if work.place else work.title
    dated = str(work.published or "") != year
    parts = [
        f"{work.author} ({year}) {title}",
        _("Published %(date)s", date=work.published) if work.published and dated else "",
        *work.notes,
        f"ISBN {work.isbn}" if work.isbn else "",
    ]
    return f"{'. '.join(filter(None, parts))}. {work.url}".strip()


def as_bibtex(works: Iterable[Work]) -> str:
    """Return citations for BibTeX and biblatex, in UTF-8; an address stands as it is, as both want it."""
    return "\n".join(_bibtex(work) for work in works)


def as_ris(works: Iterable[Work]) -> str:
    """Return citations as RIS, whose lines end as its specification has it."""
    return "".join(f"{line}\r\n" for work in works for line in (*_ris(work), ""))


def files(report: PublicReport, site_url: str = "") -> tuple[Download, ...]:
    """Return the files of citations: the report, and all of its findings."""
    report_alone, findings = [report_work(report, site_url)], list(finding_works(report, site_url))
    told = [("cite", marked("The citation of the report"), report_alone)]
    told += [("cite-findings", marked("The citation of each finding, with its words"), findings)] if findings else []
    return tuple(
        Download(f"{report.address}{name}.{end}", title, kind, write(works).encode())
        for name, title, works in told
        for kind, end, write in (("BibTeX", "bib", as_bibtex), ("RIS", "ris", as_ris))
    )


def _bibtex(work: Work) -> str:
    # In two braces an author is one body, not a first name and a surname, and a title keeps its capitals.
    fields = {
        "author": f"{{{_tex(work.author)}}}",
        "title": f"{{{_tex(work.title)}}}",
        "institution": _tex(work.author),
        "date": work.published.iso() if work.published else "",
        "year": str(work.published.year) if work.published else "",
        "month": _MONTHS[work.published.month - 1] if work.published and work.published.month else "",
        "isbn": _tex(work.isbn),
        "note": _tex(_note(work)),
        "url": work.url,
        "abstract": _tex(work.words),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{work.key},", *lines, "}\n"])


def _ris(work: Work) -> Iterator[str]:
    date = work.published
    fields = {
        "TY": "RPRT",
        "AU": work.author,
        "TI": work.title,
        "PB": work.author,
        "PY": f"{date.year}" if date else "",
        "DA": "/".join([*date.iso().split("-"), "", "", ""][:4]) if date else "",
        "SN": work.isbn,
        "SE": work.place,
        "N1": _note(work),
        "AB": work.words,
        "UR": work.url,
    }
    yield from (f"{tag}  - {_line(value)}" for tag, value in fields.items() if value)
    yield "ER  - "


def _note(work: Work) -> str:
    """Return what both formats have no field for, as sentences."""
    return " ".join(f"{part}." for part in (work.place, *work.notes) if part)


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    """Return a text on one line: in both formats a line has its meaning."""
    return " ".join(text.split())
