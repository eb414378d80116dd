"""Brings the file for the translator up to date (`make words`): what is there is kept, what is new waits for its words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from omi_build.languages import CATALOGUE

REPOSITORY = Path(__file__).parents[2]

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "marked": None,
    "pair": (1, 2),
    "counted": (2, 3),
}
"""The functions whose words are translated, and which of their arguments are the singular and the plural."""

SPOKEN = (
    "charts/**/*.py",
    "downloads/**/*.py",
    "pdf/**/*.py",
    "search/**/*.py",
    "pages/**/*.py",
    "publication.py",
    "scoring.py",
    "targets.py",
    "citations.py",
    "render.py",
    "words.py",
)
"""The rooms whose words readers of the site see."""

ENGLISH_ONLY = {"pages/accessibility.md", "pages/guide.md", "pages/rules.md", "pages/runbook.md"}
"""Templates of pages for those who make the reports, which are in English alone."""

JINJA = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
}
OURS = JINJA | {"comment_start_string": "{##", "comment_end_string": "##}"}
HEADER = """\
The Welsh words of the site, for a translator.

Each entry has the English (msgid) and below it the Welsh (msgstr).
Those marked “fuzzy” were made by a machine: check them, and take the
mark away. While one is left, the Welsh home page says that its words
are to be checked. Keep what stands like %(name)s as it is, and write a
per cent sign as %%. Nouns have six forms: none, 1, 2, 3, 6, others.
`make words` adds what is new."""


def found() -> Catalog:
    """Return every entry that stands in the templates and the code."""
    catalogue = Catalog(locale="cy")
    files = [(file, "python", {}) for pattern in SPOKEN for file in sorted((REPOSITORY / "omi_build").glob(pattern))]
    templates = REPOSITORY / "site_templates"
    for pattern, options in (("pages/*.md", OURS), ("parts/*.html", OURS), ("theme/**/*.html", JINJA)):
        files += [
            (file, "jinja2", options)
            for file in sorted(templates.glob(pattern))
            if file.relative_to(templates).as_posix() not in ENGLISH_ONLY
        ]
    for file, method, options in files:
        for _, message, _, _ in extract_from_file(method, str(file), KEYWORDS, options=options):
            if message:
                catalogue.add(message, locations=[(file.relative_to(REPOSITORY).as_posix(), 0)])
    return catalogue


def main() -> None:
    """Write the catalogue anew, with what was translated."""
    with CATALOGUE.open("rb") as file:
        old = read_po(file, locale="cy")
    new = found()
    old.update(new, no_fuzzy_matching=True)
    old.obsolete.clear()
    old.header_comment = "\n".join(f"# {line}".rstrip() for line in HEADER.splitlines())
    with CATALOGUE.open("wb") as file:
        write_po(file, old, width=110, omit_header=False, include_lineno=False, sort_by_file=True)
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line
        for line in lines
        if not line.startswith(('"POT-', '"PO-', '"Generated', '"Report-', '"Last-T', '"Language-T'))
    ]
    CATALOGUE.write_text("".join(kept), encoding="utf-8")
    waiting = sum(not m.string or (isinstance(m.string, tuple) and not all(m.string)) for m in old if m.id)
    print(f"{len(old)} entries, {waiting} without words, {sum(m.fuzzy for m in old if m.id)} to be checked")


if __name__ == "__main__":
    main()
