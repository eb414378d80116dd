"""What a page says to machines: schema.org's terms, as JSON-LD, and the picture of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omi_build.charts.picture import scores_picture
from omi_build.downloads.files import CAUTION, DATA, LICENCE_ADDRESS, SITE_TITLE, corrected, latest_date
from omi_build.downloads.report import plain
from omi_build.languages import ENGLISH, LANGUAGE_TAGS
from omi_build.languages import gettext as _
from omi_build.pages import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.downloads import Download
    from omi_build.publication import PublicReport, PublicSite

Terms = dict[str, Any]
"""A thing in schema.org's terms."""

CONTEXT = "https://schema.org"
LANGUAGE = LANGUAGE_TAGS[ENGLISH]


def picture(report: PublicReport) -> Picture | None:
    """Return the picture of a report for link previews, or None if it has no score to show."""
    drawing = scores_picture(report)
    if drawing is None:
        return None
    made_up = _("Synthetic: made up.") + " " if report.synthetic else ""
    told = _("Bar chart of the scores of %(report)s by criterion. %(caution)s.", report=report.name, caution=_(CAUTION))
    alternative = f"{made_up}{told}"
    return Picture(f"{report.address}scores.png", alternative, drawing)


def report_terms(report: PublicReport, description: str, site_url: str) -> Terms:
    """Return a report in schema.org's terms; addresses are relative where the site's own is not known."""
    about = report.about
    isbns = {"print": about.publication.isbn_print, "PDF": about.publication.isbn_pdf}
    return _kept(
        {
            "@context": CONTEXT,
            "@type": "Report",
            "@id": f"{site_url}{report.address}",
            "name": about.title,
            "description": description,
            "url": f"{site_url}{report.address}",
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "ISBN", "name": f"ISBN ({kind})", "value": number}
                for kind, number in isbns.items()
                if number
            ],
            "temporalCoverage": about.fieldwork.iso(),
            "correction": [f"{c.date}: {plain(c.text.text)}" for c in about.publication.corrections],
        }
        | _shared(report)
        | {"isPartOf": {"@type": "WebSite", "name": _(SITE_TITLE), "url": site_url or "./"}}
    )


def report_dataset(report: PublicReport, files: Sequence[Download], site_url: str) -> Terms:
    """Return the data of a report in schema.org's terms."""
    caution = plain(report.framework.caution.text)
    return _kept(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "@id": f"{site_url}{report.address}data/",
            "name": _("%(report)s: data", report=report.about.title),
            "description": _(
                "Scores, findings, recommendations and all else of the inspection report on %(report)s, as data. %(caution)s",
                report=report.name,
                caution=caution,
            ),
            "url": f"{site_url}{report.address}data/",
            "temporalCoverage": report.about.fieldwork.iso(),
        }
        | _shared(report)
        | {
            "isAccessibleForFree": True,
            "isBasedOn": f"{site_url}{report.address}",
            "includedInDataCatalog": {"@type": "DataCatalog", "name": SITE_TITLE, "url": f"{site_url}{DATA}"},
            "distribution": _distribution(files, site_url),
        }
    )


def site_dataset(site: PublicSite, files: Sequence[Download], site_url: str) -> Terms:
    """Return the data of the whole site in schema.org's terms; feeds and schemas are no data."""
    last = latest_date(site.reports)
    countries = {report.area.country: None for report in site.reports}
    data = [file for file in files if file.address.startswith(DATA)]
    return _kept(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "@id": f"{site_url}{DATA}",
            "name": f"{SITE_TITLE}: data",
            "description": f"Scores, findings, recommendations, targets and good practice of all inspection reports of this site. {CAUTION}.",
            "url": f"{site_url}{DATA}",
            "dateModified": last.iso() if last else "",
            "spatialCoverage": [{"@type": "Country", "name": country} for country in countries],
            "creator": [_body(name) for name in {report.about.lead_body: None for report in site.reports}],
            "license": LICENCE_ADDRESS,
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "distribution": _distribution(data, site_url),
        }
    )


def _shared(report: PublicReport) -> Terms:
    """Return what a report and its data have in common."""
    published, last = report.about.publication.date, corrected(report)
    area: Terms = {
        "@type": "AdministrativeArea",
        "name": report.area.title,
        "containedInPlace": {
            "@type": "AdministrativeArea",
            "name": report.region.title,
            "containedInPlace": {"@type": "Country", "name": report.area.country},
        },
    }
    return {
        "disambiguatingDescription": _("Synthetic: made up; no such inspection took place.")
        if report.synthetic
        else "",
        "about": area,
        "spatialCoverage": area,
        "datePublished": published.iso() if published else "",
        "dateModified": last.iso() if last else "",
        "author": _body(report.about.lead_body),
        "publisher": _body(report.about.lead_body),
        "license": LICENCE_ADDRESS,
        "inLanguage": LANGUAGE_TAGS[report.language],
    }


def _body(name: str) -> Terms:
    return {"@type": "GovernmentOrganization", "name": name}


def _distribution(files: Sequence[Download], site_url: str) -> list[Terms]:
    return [
        {
            "@type": "DataDownload",
            "name": file.title,
            "contentUrl": f"{site_url}{file.address}",
            "encodingFormat": file.media_type,
            "contentSize": file.size,
        }
        for file in files
    ]


def _kept(terms: Terms) -> Terms:
    """Return a thing without what is not known of it."""
    return {key: value for key, value in terms.items() if value not in ("", [])}
