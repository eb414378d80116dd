"""The last scan: looks through everything that is about to be published for what must not be.

Pages are made of `PublicReport` alone, which holds nothing that isn't public. This is the second lock: it looks at the
bytes that readers would get, whatever made them: pages, data, feeds, the search index, drawings, PDFs, what pictures
carry unseen, and the names of files. It looks for

- reports that aren't public: area and year together, the title, runs of eight words that no public text has, and the
  names of people in `assignments`, which are never published. An area's name alone is public knowledge;
- references of cases that stand in case answers;
- counts and scores that are withheld, where data and tables would have them;
- official numbers of people (PNC, CRO, CRN, prison, NHS and National Insurance numbers), and who took a picture and
  where. Dates, postcodes, telephone numbers and e-mail addresses are left alone: reports have the first, and offices
  may give the others.

A hit says where and what, and never repeats what was found.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import html
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image, UnidentifiedImageError
from stdnum.gb import nhs

from omi_build.citations import cited_questions, unlinked
from omi_build.deployment import SEARCH
from omi_build.disclosure import Withheld, withhold
from omi_build.documents.identity import VALUES
from omi_build.fingerprint import digest
from omi_build.model.walk import strings_of
from omi_build.problems import OmiError, Place
from omi_build.search.indexing import WORDS
from omi_build.search.settled import SIGNATURE

if TYPE_CHECKING:
    from omi_build.model.inspection import Inspection
    from omi_build.model.programme import Area, Programme
    from omi_build.publication import PublicParts
    from omi_build.scoring import ScoredReport

RUN = 8
"""How many words in a row no two people write by chance."""

PIECE = 4
"""How many words of a run are looked for first."""
STEP = RUN - PIECE + 1
"""A text is looked at every so many words: of each run in it a whole piece is met, wherever it begins."""

BETWEEN = " _ "
"""Stands between words that don't stand in a row: a word that no text has."""

AT_ONCE = 10_000
"""How many cells of a table are looked through at once."""

SHOWN = 100
"""How many hits are told one by one."""

TEXTS = ("bib", "css", "csv", "html", "js", "json", "map", "md", "ris", "svg", "txt", "webmanifest", "xml")
PICTURES = ("avif", "gif", "jpeg", "jpg", "png", "webp")

GZIP = b"\x1f\x8b"
"""How a packed file begins."""

ENGINE = ("assets/javascripts/", "assets/stylesheets/", f"{SEARCH}pagefind", f"{SEARCH}wasm.")
"""Scripts and styles of the engine's theme and of the search: not made here, and dense with what looks like numbers."""

KINDS = {
    r"/[0-9]{1,7}[A-Z]": ("a PNC number", "a CRO number"),
    r"[A-Z][0-9]{4}(?:[A-Z]{2}|[0-9]{2})": ("a prison number", "a case reference number (CRN)"),
    r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2}": ("a National Insurance number",),
    r"[0-9]{3} ?[0-9]{3} ?[0-9]{4}": ("an NHS number",),
}
"""Which of the forms that case files are searched for have no business on any public page, by a part of each that is
found fast."""

_IDENTITY = {
    re.compile(part): {what: re.compile(rf"(?<![\w./-])(?:{VALUES[what]})(?![\w/-]|\.\w)") for what in kinds}
    for part, kinds in KINDS.items()
}
_SHAPES = {
    r"[A-Z][0-9]{4}(?:[A-Z]{2}|[0-9]{2})": (b"A0000AA", b"A000000"),
    r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2}": (b"AA0000", b"AA 0000", b"AA00 00", b"AA 00 00"),
    r"[0-9]{3} ?[0-9]{3} ?[0-9]{4}": (b"0000000000", b"000 0000000", b"000000 0000", b"000 000 0000"),
}
"""Of the parts that don't begin with a sign of their own, how they look with A for each capital and 0 for each digit."""
_WORD = re.compile(r"\w+")
FEW = 50
"""Up to how many signs beyond ASCII are taken out of a text one by one."""
_SIGNS = "".join(map(chr, range(128)))
_SHAPE_OF = 2 * "".join("0" if s.isdigit() else "A" if s.isupper() else s if s == " " else "." for s in _SIGNS).encode()
_WINDOW = 24
"""How many characters before and after its part a number of these forms takes at the most, with room to spare."""

_LINES = re.compile(r"</text><text [^<>]*>")
"""What stands between two lines of a drawing."""
_WIDE = 400
"""How many characters before a year hold the name of an area with the marks between two lines of it, with room to spare."""

_ISBN = re.compile(r"isbn.{0,40}\Z", re.IGNORECASE | re.DOTALL)
_SPACED = "".join(s if s.isalnum() or s == "_" else " " for s in _SIGNS).encode() + bytes(range(128, 256))
"""Makes spaces of the ASCII signs of a text in UTF-8 that are no part of a word."""
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"=\"([^\"<>]{30,})\"")
_REFERENCE = re.compile(r"(?<![\w./#-])([A-Z]{1,3})[0-9]{3,4}(?![\w-])")
_REFERENCE_PART = re.compile(r"[A-Z][0-9]{3}")
_REFERENCE_SHAPE = b"A000"
_HEADING_ID = re.compile(r"\{#[^{}\n]*\}")
_ROW = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)
_ROW_REF = re.compile(r"omi-letter\">([0-9.]+)</span>")
_CELL = re.compile(r"<td data-label=\"(?:Sufficient|Relevant|Per cent|Likely range)\">(.*?)</td>", re.DOTALL)
_BETWEEN = r"(?:<[^<>]*>|&lt;[^&<>]*&gt;|&#?\w+;|\\u[0-9a-fA-F]{4}|\\[nrt]|[^\w<])+"
_SEPARATORS = " \t\r\n\u00a0_-–—,(/"
_COUNTS = ("sufficient", "relevant", "percentage", "range", "range_low", "range_high")
_SCORES = ("score", "range", "range_low", "range_high")

ARTIST, OWNER, SERIAL, GPS, XP_AUTHOR, EXIF = 0x013B, 0xA430, 0xA431, 0x8825, 0x9C9D, 0x8769
_XMP_PERSON = re.compile(r"dc:creator|photoshop:AuthorsPosition|aux:OwnerName|aux:SerialNumber|exif:GPS", re.IGNORECASE)

REMOVE = "Take it out of the page, file or template that it comes from, and build again."
UNREADABLE = "the file can’t be unpacked, so nobody can say what is in it"
ANSWERS = "Take it out; if it was ever published or committed, tell your data protection officer."


@dataclass(frozen=True)
class Hit:
    """Something in a file that must not be published."""

    path: str
    """The file, from the top of the site."""
    what: str
    """What stands there, without repeating it."""
    hint: str
    place: Place | None = None
    """Where in the file; None where it has no lines."""

    def __str__(self) -> str:
        """Return it as a line for the terminal."""
        where = f"{self.path}:{self.place.line}:{self.place.column}" if self.place else self.path
        return f"{where}: {self.what}. {self.hint}"


class ScanError(OmiError):
    """What is about to be published holds what must not be."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        """Tell every hit; where they are very many, how many more."""
        lines = [str(hit) for hit in hits[:SHOWN]]
        if len(hits) > SHOWN:
            lines.append(f"and {len(hits) - SHOWN} more")
        super().__init__("the last scan found what must not be published:\n" + "\n".join(lines))


@dataclass(frozen=True)
class Secrets:
    """What must stand nowhere in the site."""

    inspections: frozenset[tuple[str, str]] = frozenset()
    """Of each report that isn't public, the area's id and its title, in small letters, each with the year."""
    areas: frozenset[str] = frozenset()
    """The ids and titles of all areas, in small letters: 'North Kent 2040' is not about Kent."""
    titles: frozenset[str] = frozenset()
    """Titles that no public text has, as words."""
    runs: frozenset[tuple[str, ...]] = frozenset()
    """Runs of `RUN` words that no public text has."""
    names: frozenset[str] = frozenset()
    """Names of people that no public text has, as words."""
    references: frozenset[str] = frozenset()
    """References of cases."""
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    """By id of the public report."""

    @cached_property
    def names_of_areas(self) -> frozenset[str]:
        """Every name that may stand before a year, in small letters."""
        return self.areas | {name for name, _ in self.inspections}

    @cached_property
    def lengths(self) -> list[int]:
        """How long those names are, the longest first."""
        return sorted({len(name) for name in self.names_of_areas}, reverse=True)

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last letters of those names, of all the same number."""
        return frozenset(name[-self.ending :] for name in self.names_of_areas)

    @cached_property
    def ending(self) -> int:
        """How many last letters of a name are looked at first."""
        return min(3, *map(len, self.names_of_areas))

    @cached_property
    def pieces(self) -> frozenset[tuple[str, ...]]:
        """All pieces of `PIECE` words of the runs: where none of them stands, no run does."""
        return frozenset(run[n : n + PIECE] for run in self.runs for n in range(STEP))

    @cached_property
    def years(self) -> frozenset[str]:
        """The years in which an inspection was whose report isn't public."""
        return frozenset(year for _, year in self.inspections)

    @cached_property
    def digest(self) -> str:
        """A digest of all of it."""
        held = {
            name: [sorted(one.questions), sorted(map(list, one.scores))] for name, one in sorted(self.withheld.items())
        }
        sets = (self.inspections, self.areas, self.titles, self.runs, self.names, self.references)
        return digest(json.dumps([*(sorted(one) for one in sets), held]))


@dataclass(frozen=True)
class Hiding:
    """What one inspection must not tell, and what of it is told; of texts, their words in small letters."""

    inspections: tuple[tuple[str, str], ...] = ()
    """Names of its area, each with its year, where its report isn't public."""
    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """What isn't public yet."""
    names: tuple[str, ...] = ()
    """Of people who are assigned to write."""
    references: tuple[str, ...] = ()
    """Of its cases."""
    withheld: Withheld | None = None
    """What counts and scores its public report withholds; None where it has none."""
    case_like: tuple[str, ...] = ()
    """Words of its public texts that look like references of cases."""


@dataclass(frozen=True)
class Said:
    """Which of the things that are sought stand in public texts, and are no secrets."""

    titles: frozenset[str] = frozenset()
    runs: int = 0
    """A bit for each of the runs that are sought, the first as the lowest: there are very many, and each public text may
    say most of them."""
    names: frozenset[str] = frozenset()


def hiding_of(scored: ScoredReport, programme: Programme, parts: PublicParts, said: Iterable[str]) -> Hiding:
    """Return what an inspection must not tell, where `parts` are what is public of it and `said` are its public texts."""
    inspection = scored.inspection
    about = inspection.about
    shown = next(iter(parts.tellings.values()), None)
    # Before the day of a correction the version that it overtakes is the report, and all that is new a secret.
    waiting = shown is not None and about.publication.corrections != shown.about.publication.corrections
    hidden = shown is None
    area = programme.area_by_id.get(about.area)
    secret = (*strings_of(inspection), *_in_welsh(programme, inspection)) if hidden or waiting else ()
    answers = inspection.case_scores
    return Hiding(
        inspections=tuple((name, str(about.year)) for name in (_names_of(area) if area else (about.area,)))
        if hidden and not parts.withdrawn
        else (),
        titles=(title,) if hidden and " " in (title := " ".join(_words(about.title))) else (),
        texts=tuple(_each_once(secret)),
        names=tuple(name for a in about.assignments if " " in (name := " ".join(_words(a.to)))),
        references=tuple(sorted({c.case for c in answers.cases if _REFERENCE.fullmatch(c.case)})) if answers else (),
        withheld=withhold(scored, cited_questions(scored)) if shown and not waiting else None,
        case_like=tuple(sorted(_case_like(said))),
    )


def public_texts(part: Any) -> list[str]:
    """Return the words of each text of a public part of the model, each text once."""
    return _each_once(unlinked(text) for text in strings_of(part))


def page_texts(pages: Iterable[str]) -> list[str]:
    """Return the words of pages in Markdown."""
    return [" ".join(_words(_plain("", _HEADING_ID.sub("", page)))) for page in pages]


def _each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(_words(text)) for text in texts))


def _case_like(lines: Iterable[str]) -> set[str]:
    return {word for line in lines for word in line.split() if _REFERENCE.fullmatch(word.upper())}


@dataclass(frozen=True)
class Sought:
    """What all inspections hide, before it is known which of it is said in public anyway."""

    hidings: tuple[Hiding, ...]

    @cached_property
    def titles(self) -> frozenset[str]:
        """Titles of reports that aren't public."""
        return frozenset(title for one in self.hidings for title in one.titles)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of people who are assigned to write."""
        return frozenset(name for one in self.hidings for name in one.names)

    @cached_property
    def texts(self) -> list[str]:
        """What isn't public, each text once, in an order that rests on nothing else."""
        return sorted({line for one in self.hidings for line in one.texts})

    @cached_property
    def runs(self) -> dict[tuple[str, ...], int]:
        """Runs of `RUN` words of what isn't public, numbered from 0."""
        return {run: n for n, run in enumerate(dict.fromkeys(_runs(map(str.split, self.texts))))}

    @cached_property
    def digest(self) -> str:
        """A digest of what is looked for in public texts."""
        return digest("sought", *sorted(self.titles), "", *sorted(self.names), "", *self.texts)

    def said_in(self, lines: Sequence[str]) -> Said:
        """Return which of it stands in public texts, given as their words."""
        if not (self.titles or self.names or self.runs):
            return Said()
        padded = [f" {line} " for line in lines]
        bits = bytearray(len(self.runs) // 8 + 1)
        for n in map(self.runs.get, _runs(map(str.split, lines))):
            if n is not None:
                bits[n // 8] |= 1 << n % 8
        return Said(
            frozenset(title for title in self.titles if any(f" {title} " in line for line in padded)),
            int.from_bytes(bits, "little"),
            frozenset(name for name in self.names if any(f" {name} " in line for line in padded)),
        )

    def unsaid(self, said: Iterable[Said]) -> tuple[frozenset[str], frozenset[tuple[str, ...]], frozenset[str]]:
        """Return the titles, runs and names that no public text has."""
        titles, runs, names = set(self.titles), 0, set(self.names)
        for one in said:
            titles -= one.titles
            runs |= one.runs
            names -= one.names
        bits = f"{runs:0{len(self.runs)}b}"[::-1]
        unsaid = frozenset(run for run, bit in zip(self.runs, bits, strict=False) if bit == "0")
        return frozenset(titles), unsaid, frozenset(names)


def secrets_of(
    sought: Sought, said: Iterable[Said], areas: Iterable[Area], reports: Iterable[str], general: Collection[str] = ()
) -> Secrets:
    """Return what must stand nowhere in the public site.

    `said` is what public texts say of what is sought; `areas` are all areas, and `reports` the ids of the public reports,
    in the order of what is sought. `general` are texts of pages that no report is part of, such as the guide: whoever
    follows its example, and begins the inspection that it names, has no secret.
    """
    titles, runs, people = sought.unsaid(said)
    known = {word for one in sought.hidings for word in one.case_like} | _case_like(page_texts(general))
    names = frozenset(name for area in areas for name in _names_of(area))
    inspections = [frozenset(one.inspections) for one in sought.hidings if one.inspections]
    return Secrets(
        frozenset(pair for pairs in inspections if not _stand_in(general, pairs, names) for pair in pairs),
        names,
        titles,
        runs,
        people,
        frozenset(case for one in sought.hidings for case in one.references if case.lower() not in known),
        {name: one.withheld for name, one in zip(reports, sought.hidings, strict=True) if one.withheld is not None},
    )


def _names_of(area: Area) -> tuple[str, str]:
    return area.id, area.title.lower()


def _in_welsh(programme: Programme, inspection: Inspection) -> Iterator[str]:
    """Yield the Welsh words of an inspection."""
    folder = f"/inspections/{inspection.id}/"
    yield from (text.text for place, text in programme.words.items() if folder in place.path)


def _stand_in(texts: Iterable[str], pairs: frozenset[tuple[str, str]], areas: frozenset[str]) -> bool:
    """Say whether one of the texts names an inspection: an example in the guide can't be told from a leak."""
    return any(True for text in texts for _ in _inspections(text.lower(), Secrets(pairs, areas)))


def look(path: str, raw: bytes, secrets: Secrets) -> list[Hit]:
    """Return what in one file must not be published, one of a kind."""
    found = dict[str, Hit]()
    for hit in _look(path, raw, secrets):
        found.setdefault(hit.what, hit)
    return list(found.values())


def _look(path: str, raw: bytes, secrets: Secrets) -> Iterator[Hit]:
    for _ in _of_text(path, path, secrets):
        yield Hit(path, "the file’s name tells what must not be published", REMOVE)
    kind = path.lower().rpartition(".")[2]
    if path == WORDS or (path.startswith(SEARCH) and raw.startswith(GZIP)):
        yield from _of_search(path, raw, secrets)
    elif kind == "gz":
        try:
            yield from (Hit(path, hit.what, hit.hint) for hit in _look(path[:-3], gzip.decompress(raw), secrets))
        except (OSError, EOFError):
            yield Hit(path, UNREADABLE, REMOVE)
    elif kind == "pdf":
        try:
            text = "\n".join(_pdf_texts(raw))
        except pypdfium2.PdfiumError:
            yield Hit(path, "the PDF can’t be read, so nobody can say what is in it", REMOVE)
        else:
            yield from (Hit(path, hit.what, hit.hint) for hit in _of_text(path, text, secrets))
    elif kind in PICTURES:
        yield from _of_picture(path, raw, secrets)
    elif kind in TEXTS:
        text = raw.decode("utf-8", "replace")
        yield from _of_text(path, text, secrets)
        yield from _withheld(path, text, secrets.withheld)
    else:
        yield from (Hit(path, hit.what, hit.hint) for hit in _of_text(path, raw.decode("latin-1"), secrets))


def _of_search(path: str, raw: bytes, secrets: Secrets) -> Iterator[Hit]:
    """Yield what stands in a file of the search index; most are packed under another ending, and browsers unpack them."""
    if path == WORDS:
        # Words that stand side by side in the list stand so nowhere else.
        yield from _of_text(path, "\n_\n".join(raw.decode("utf-8", "replace").split()), secrets)
        return
    try:
        text = gzip.decompress(raw).removeprefix(SIGNATURE).decode("utf-8", "replace")
    except (OSError, EOFError):
        yield Hit(path, UNREADABLE, REMOVE)
    else:
        is_record = text.startswith("{")
        found = _of_text(f"{path}.json", _entry_by_entry(text), secrets) if is_record else _of_text(path, text, secrets)
        yield from (Hit(path, hit.what, hit.hint) for hit in found)


def _entry_by_entry(fragment: str) -> str:
    """Return a record of the search with its entries apart: the end of one and the beginning of the next say nothing."""
    record = json.loads(fragment)
    words = record["content"].split(" ")
    starts = {anchor["location"] for anchor in record.get("anchors", [])}
    record["content"] = " ".join(f"_ {word}" if n in starts else word for n, word in enumerate(words))
    return json.dumps(record, ensure_ascii=False)


def _of_text(path: str, text: str, secrets: Secrets) -> Iterator[Hit]:
    """Yield what stands in a text, with its place."""
    if secrets.inspections:
        for offset in _inspections(text.lower(), secrets):
            what = "here stand the area and the year of an inspection whose report isn’t public"
            yield Hit(path, what, REMOVE, _place(text, offset))
    if secrets.runs or secrets.titles or secrets.names:
        yield from _of_words(path, text, secrets)
    if path.startswith(ENGINE):
        return
    shape = text.encode("ascii", "replace").translate(_SHAPE_OF)
    for part in _REFERENCE_PART.finditer(text) if _REFERENCE_SHAPE in shape else ():
        match = _REFERENCE.search(text, max(0, part.start() - 2), part.end() + 2)
        if match and match[0] in secrets.references and (len(match[1]) > 1 or _stands_alone(text, *match.span())):
            yield Hit(path, "here stands the reference of a case", ANSWERS, _place(text, match.start()))
            break
    for what, offset in _identity(text, shape):
        yield Hit(path, f"here stands what looks like {what}", ANSWERS, _place(text, offset))


def _identity(text: str, shape: bytes) -> Iterator[tuple[str, int]]:
    """Yield what has the form of an official number of a person, and where."""
    for part, kinds in _IDENTITY.items():
        shapes = _SHAPES.get(part.pattern)
        if shapes is not None and not any(one in shape for one in shapes):
            continue
        for found in part.finditer(text):
            for what, pattern in kinds.items():
                match = pattern.search(text, max(0, found.start() - _WINDOW), found.end() + _WINDOW)
                if match and not (what == "an NHS number" and _is_no_nhs_number(text, match)):
                    yield what, match.start()


def _is_no_nhs_number(text: str, match: re.Match[str]) -> bool:
    """Say whether ten digits have no check digit of the NHS, or are an old ISBN, whose check is the same."""
    return not nhs.is_valid(match[0]) or bool(_ISBN.search(text[max(0, match.start() - 60) : match.start()]))


def _inspections(text: str, secrets: Secrets) -> Iterator[int]:
    """Yield where an area stands beside the year of an inspection of it whose report isn't public."""
    for year in secrets.years:
        for found in re.finditer(re.escape(year), text):
            offset, end = found.span()
            before = text[max(0, offset - secrets.lengths[0] - 5) : offset].replace("%20", "   ")
            name_end = len(before.rstrip(_SEPARATORS))
            if before[max(0, name_end - secrets.ending) : name_end] not in secrets.endings:
                continue
            gap = before[name_end:]
            name = _name_at_end(before[:name_end], secrets)
            dated = bool(re.match(r"-?[0-9]", text[end : end + 2])) and not (gap == "-" and text[end] == "-")
            left = before[: name_end - len(name)][-1:]
            if left == ">":
                # In a drawing a longer name may be broken into two lines.
                joined = _LINES.sub(" ", text[max(0, offset - _WIDE) : offset])
                name = _name_at_end(joined.rstrip(_SEPARATORS), secrets)
            if (name, year) in secrets.inspections and not dated and len(gap) <= RUN and not left.isalnum():
                yield offset - len(gap) - len(name)


def _name_at_end(before: str, secrets: Secrets) -> str:
    """Return the name of an area at the end of a text, '' where there is none: the longest is the one that is meant."""
    names = secrets.names_of_areas
    return next((before[-n:] for n in secrets.lengths if len(before) >= n and before[-n:] in names), "")


def _of_words(path: str, text: str, secrets: Secrets) -> Iterator[Hit]:
    """Yield what words in a row tell, through tags, entities and line breaks."""
    told = {
        "here stands the title of a report that isn’t public": secrets.titles,
        "here stands the name of a person who is assigned to write, which is never published": secrets.names,
    }
    for part in _cells(text) if path.endswith(".csv") else [text]:
        words = _words(_plain(path, part))
        line = f" {' '.join(words)} "
        for what, sayings in told.items():
            for saying in sayings:
                if f" {saying} " in line:
                    yield Hit(path, what, REMOVE, _found(text, saying.split()))
                    break
        run = _first_run(words, secrets)
        if run is not None:
            yield Hit(path, "here stand words of a report that isn’t public", REMOVE, _found(text, run))


def _cells(table: str) -> Iterator[str]:
    """Yield what the cells of a table say, so many at once: what ends one and begins the next was never written in a row.

    The words of the largest table of a large site, all at once, would take more room than the rest of its build.
    """
    cells = (cell for row in csv.reader(_lines(table)) for cell in row)
    try:
        while some := list(islice(cells, AT_ONCE)):
            yield BETWEEN.join(some)
    except csv.Error:
        yield table


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, with their ends."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    yield text[start:]


def _first_run(words: Sequence[str], secrets: Secrets) -> tuple[str, ...] | None:
    """Return the first of the runs that are looked for among words in a row."""
    if not secrets.runs:
        return None
    pieces = zip(*(words[n::STEP] for n in range(PIECE)), strict=False)
    places = (n * STEP for n, piece in enumerate(pieces) if piece in secrets.pieces)
    runs = (tuple(words[n : n + RUN]) for place in places for n in range(max(0, place - STEP + 1), place + 1))
    return next((run for run in runs if run in secrets.runs), None)


def _plain(path: str, text: str) -> str:
    """Return the words of a file as a reader has them: text without its tags, then what attributes say."""
    if path.endswith(".json"):
        with contextlib.suppress(ValueError):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        text = re.sub(r"\\[nrt\"]", " ", text)
    if path.endswith(".xml"):
        text = html.unescape(text)  # feeds carry HTML as text
    if "<" not in text:
        return html.unescape(text)
    attributes = "\n".join(_ATTRIBUTE.findall(text))
    return html.unescape(f"{_TAG.sub(' ', text)}\n{attributes}")


def _withheld(path: str, text: str, withheld: Mapping[str, Withheld]) -> Iterator[Hit]:
    """Yield where a number stands that is withheld, in what is built as data or as a table of working."""
    folder = path.split("/")[1] if path.startswith("reports/") else ""
    if path.endswith("/report.json") and folder in withheld:
        try:
            told = list(_in_report(json.loads(text), withheld[folder]))
        except (ValueError, LookupError, TypeError):
            yield Hit(path, "this is no data of a report as its schema has it, so nobody can say what is in it", REMOVE)
        else:
            yield from (_number(path, what) for what in told)
    elif path.endswith(".csv"):
        yield from (_number(path, what, Place(n, 1)) for n, what in _in_table(text, withheld))
    elif path.endswith(".html") and folder in withheld:
        for row in _ROW.finditer(text):
            ref = _ROW_REF.search(row[0])
            if ref and ref[1] in withheld[folder].questions and re.search(r"[0-9]", "".join(_CELL.findall(row[0]))):
                yield _number(path, f"question {ref[1]}", _place(text, row.start()))


def _number(path: str, what: str, place: Place | None = None) -> Hit:
    hint = "The table or template that makes this file must leave it out."
    return Hit(
        path, f"here stands a number for {what}, which is withheld because it could tell of single people", hint, place
    )


def _in_report(data: dict[str, Any], held: Withheld) -> Iterator[str]:
    def told(part: Mapping[str, Any], keys: Iterable[str]) -> bool:
        return any(part.get(key) is not None for key in keys)

    for section in data["sections"]:
        if ("section", str(section["number"])) in held.scores and told(section, _SCORES):
            yield f"section {section['number']}"
        for criterion in section["criteria"]:
            if ("criterion", criterion["ref"]) in held.scores and told(criterion, _SCORES):
                yield f"criterion {criterion['ref']}"
            for question in criterion["questions"]:
                if question["ref"] in held.questions and told(question, _COUNTS):
                    yield f"question {question['ref']}"
    for kind, name in held.scores:
        if kind == "thread" and any(data[part].get(name) is not None for part in ("scores", "ranges")):
            yield f"the thread {name}"


def _in_table(text: str, withheld: Mapping[str, Withheld]) -> Iterator[tuple[int, str]]:
    """Yield (line, what) of the rows of a table that give a number away."""
    if not withheld:
        return
    reader = csv.DictReader(_lines(text))
    columns = set(reader.fieldnames or ())
    if not {"report"} < columns or columns.isdisjoint({"sufficient", "score"}):
        return
    for row in reader:
        held = withheld.get(row["report"])
        if held is None:
            continue
        if row.get("question") in held.questions and any(row.get(column) for column in _COUNTS):
            yield reader.line_num, f"question {row['question']}"
        section, criterion = row.get("section") or "", row.get("criterion") or ""
        key = ("thread", criterion) if not section else ("criterion", criterion) if criterion else ("section", section)
        if "question" not in columns and key in held.scores and any(row.get(column) for column in _SCORES):
            yield reader.line_num, f"{key[0]} {key[1]}"


def _of_picture(path: str, raw: bytes, secrets: Secrets) -> Iterator[Hit]:
    """Yield what a picture carries beside what is seen in it."""
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            notes = {str(key): value for key, value in picture.info.items() if key != "icc_profile"}
            exif = picture.getexif()
            tags = {**exif, **exif.get_ifd(EXIF)}
            place = bool(exif.get_ifd(GPS))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return  # no program shows it either
    texts = [
        value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for value in [*notes.values(), *tags.values()]
    ]
    people = any(tags.get(tag) for tag in (ARTIST, OWNER, SERIAL, XP_AUTHOR)) or "author" in {
        key.lower() for key in notes
    }
    hint = "Save the picture without its metadata, and build again."
    if place or people or any(_XMP_PERSON.search(text) for text in texts):
        yield Hit(path, "the picture carries unseen who took it, with which camera, or where", hint)
    yield from (
        Hit(path, hit.what.replace("here", "in its metadata", 1), hint)
        for hit in _of_text(path, "\n".join(texts), secrets)
    )


def _pdf_texts(raw: bytes) -> Iterator[str]:
    """Yield the texts of a PDF: its metadata, what was not packed, its attachments, and the words of each page."""
    document = pypdfium2.PdfDocument(raw)
    try:
        yield from document.get_metadata_dict().values()
        for match in re.finditer(rb"<\?xpacket begin.*?<\?xpacket end", raw, re.DOTALL):
            yield match[0].decode("utf-8", "replace")
        for n in range(document.count_attachments()):
            attached = document.get_attachment(n)
            yield attached.get_name()
            yield bytes(attached.get_data()).decode("utf-8", "replace")
        for page in document:
            # At the end of a line a hyphen that parts a word comes as one of these.
            yield re.sub(r"[\x02\ufffe\u00ad]\r?\n?", "", page.get_textpage().get_text_bounded())
            page.close()
    finally:
        document.close()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether what stands here is a whole cell, attribute, element or value."""
    before, after = text[max(0, start - 3) : start].strip(" "), text[end : end + 3].strip(" ")
    return (not before or before[-1] in "\"'>,;|\t\r\n") and (not after or after[0] in "\"'<,;|\t\r\n")


def _words(text: str) -> list[str]:
    r"""Return what `\w+` finds in a text in small letters, in a third of the time."""
    text = text.lower()
    signs = set(text.encode(errors="surrogatepass").translate(None, _SIGNS.encode()).decode(errors="surrogatepass"))
    if len(signs) > FEW:
        return _WORD.findall(text)
    for sign in signs:
        if not sign.isalnum():
            text = text.replace(sign, " ")
    return text.encode(errors="surrogatepass").translate(_SPACED).decode(errors="surrogatepass").split()


def _runs(texts: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield every run of `RUN` words in each text."""
    for words in texts:
        yield from _runs_in(words)


def _runs_in(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(RUN)), strict=False)


def _found(text: str, words: Sequence[str]) -> Place | None:
    """Return where words stand in a text as it was written, if they can be found through its markup."""
    match = re.search(_BETWEEN.join(map(re.escape, words)), text, re.IGNORECASE)
    return _place(text, match.start()) if match else None


def _place(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
