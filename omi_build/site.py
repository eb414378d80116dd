"""The line from content to site files. A newcomer starts here, at `build_site`.

The unit of work is one inspection: it is read, checked, scored, and made into pages, charts and downloads by itself, in a
process of its own, and what comes of it is kept by a digest of all that it was made of. Then the pages across reports are
made, in batches, of what each report gives to them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omi_build import fingerprint
from omi_build.across import Beyond, Numbers, always_in_welsh, batches, library_in_welsh
from omi_build.aspects import CARD, ENTRIES, ROWS, TARGETS, WITHDRAWN, Shared, aspects_of, put_together
from omi_build.cache import Cache, DamagedError, Entry
from omi_build.checking import (
    Checked,
    Ground,
    Verdict,
    check_content,
    problems_of_all,
    read_ground,
    verdict_on,
)
from omi_build.checks.record import SETTLED_BY_COMMAND
from omi_build.deployment import sitemap
from omi_build.downloads import REPORT_SCHEMA, REPORTS_SCHEMA, downloads, table_rows
from omi_build.languages import LANGUAGES, WELSH, in_folder
from omi_build.model.dates import day_of
from omi_build.model.programme import Glossary
from omi_build.pages import report as report_pages
from omi_build.pages import site as site_pages
from omi_build.pages import themes
from omi_build.pages.addresses import Addresses, below, paired
from omi_build.pdf import report_pdf
from omi_build.problems import ContentError, Problem, count, errors
from omi_build.project import INSPECTIONS, Inputs, Project
from omi_build.publication import (
    PublicParts,
    PublicReport,
    PublicSite,
    has_come,
    public_parts,
    public_site,
    turning_points,
)
from omi_build.redirects import moved, redirect_files
from omi_build.render import Renderer
from omi_build.scan import Said, Secrets, Sought, hiding_of, page_texts, public_texts, secrets_of
from omi_build.search import records_of_report, records_of_site
from omi_build.search.documents import documents
from omi_build.search.grouping import groups, with_own
from omi_build.workers import spread

if TYPE_CHECKING:
    from omi_build.pages import Page
    from omi_build.scoring import ScoredReport

_HIDING, _SAID, _SEARCHED = "hiding", "said", "searched"
_AHEAD = 3
"""Up to so many inspections that were edited at once are shown before all else; a person edits one."""
FILE = "file "
"""How the name of a part of an entry begins that is a file of the site."""


class Files(Mapping[str, bytes]):
    """Files by path, most of which lie in the cache until they are asked for."""

    def __init__(self, entries: Sequence[Entry], others: Mapping[str, bytes]) -> None:
        """Take the entries that hold files, and other files."""
        self._kept = {
            name.removeprefix(FILE): (entry, name) for entry in entries for name in entry.parts if name.startswith(FILE)
        }
        self._others = dict(others)

    def __getitem__(self, path: str) -> bytes:
        """Return the content of a file; raises DamagedError where the cache has lost it."""
        if path in self._others:
            return self._others[path]
        entry, name = self._kept[path]
        return entry.read(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        yield from self._kept
        yield from (path for path in self._others if path not in self._kept)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._kept.keys() | self._others.keys())


@dataclass(frozen=True)
class Searched:
    """What a group of reports has to be searched for."""

    digest: str
    """A digest of it."""
    documents: Callable[[], dict[str, str]]
    """Gives a document for each record, by its path."""


@dataclass(frozen=True)
class Site:
    """A built site, and what a person should look at."""

    files: Mapping[str, bytes]
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
    search: tuple[Searched, ...] = ()
    """What the search index is made of, by groups of reports."""
    alike: frozenset[str] = frozenset()
    """Paths of further pages that all say what the home page says."""
    entries: tuple[Entry, ...] = ()
    """What is kept of the files, each entry by a digest of what it was made of."""
    ahead: Callable[[datetime.date, Collection[Path]], tuple[Entry, ...]] = lambda _on, _paths: ()
    """Of a preview, gives what comes of files that were edited, by itself; nothing, where all has to be built for it."""


def build_site(project: Project, tell: Callable[[str], None] = lambda _: None) -> Site:
    """Return the files of the public site.

    Raises ContentError with every problem of the content if one of them is an error, and UsageError if the project
    lacks a folder. `tell` is given a line about each step.
    """
    while True:
        try:
            return _Build(project, tell).site()
        except DamagedError:
            # Of an entry that is found damaged nothing is left, so this comes to an end.
            tell("Something kept from an earlier build was damaged; it is made again")


class _Build:
    """One build of a project."""

    def __init__(self, project: Project, tell: Callable[[str], None], inputs: Inputs | None = None) -> None:
        """Begin a build; `inputs` are what the project holds, where that is known."""
        self._project = project
        self._tell = tell
        self._cache = Cache(project.cache)
        self._inputs = inputs or Inputs.of(project)
        templates = fingerprint.of_folder(project.templates)
        self._templates = fingerprint.of_files(templates)
        forms = {path: one for path, one in templates.items() if not path.startswith("theme/")}
        self._forms = fingerprint.of_files(forms)

    def site(self) -> Site:
        """Return the site; raises DamagedError where something that was kept turns out to be damaged."""
        project = self._project
        self._check_templates()
        ground = read_ground(project)
        checked = check_content(project, only=(), ground=ground)
        programme = checked.programme
        renderer = Renderer(project.templates, programme.glossary, self._cache, in_welsh=programme.in_welsh.glossary)
        shared = Shared(programme)
        units = self._units(ground.judged, renderer)
        verdicts = [Verdict.unpacked(unit.about["verdict"]) for unit in units.values()]
        problems = problems_of_all(checked, verdicts, partial=project.shard is not None)
        self._tell(f"{_number(len(units), 'inspection')} read, checked and scored: {count(problems)}")
        # A correction is looked at before omi correct settles it.
        settled = SETTLED_BY_COMMAND if project.preview else frozenset()
        if any(problem.code not in settled for problem in errors(problems)):
            raise ContentError(problems)
        given = _Given(units, shared)
        public = public_site(checked.programme, given.parts, preview=project.preview)
        welsh = self._in_welsh(public, units, checked.own_pages)
        banner = site_pages.banner(public)
        if project.shard:
            return Site({}, problems, banner, public.preview, addresses=welsh, entries=tuple(units.values()))
        entries = (*units.values(), *self._batches(public, given, renderer.among(welsh), welsh))
        pages = [page for entry in entries for page in entry.about["pages"]]
        self._tell(
            f"{_number(len(public.reports), 'report' if public.preview else 'public report')}: "
            f"{_number(len(pages), 'page')} rendered"
        )
        files = Files(entries, {})
        addresses = [*(page[0] for page in pages), *map(_address, checked.own_pages)]
        others = _redirects(public, checked, {*files, *addresses}, project.site_url)
        others |= sitemap(
            [*pages, *([_address(path), None, None] for path in checked.own_pages if path.endswith(".md"))],
            project.site_url,
        )
        if public.preview:
            others["robots.txt"] = b"User-agent: *\nDisallow: /\n"
        return Site(
            Files(entries, checked.own_pages | others),
            problems,
            banner,
            public.preview,
            None if public.preview else self._secrets(public, units, given, checked, files),
            frozenset(path for path in checked.own_pages if path not in files),
            welsh,
            search=self._search(
                public, units, given, checked.own_pages | others | {p: files[p] for p in _IN_TEMPLATES}
            ),
            entries=entries,
            ahead=partial(self._ahead, ground.judged, renderer, units) if public.preview else lambda _on, _paths: (),
        )

    def _check_templates(self) -> None:
        """Raise TemplateError where a template is wrong, unless all were right when they were looked through before."""
        key = fingerprint.digest("templates", fingerprint.of_program(), self._templates)
        if self._cache.load(key) is None:
            Renderer(self._project.templates, Glossary(), self._cache).check()
            self._cache.keep(key, None, {})

    # ---- Inspections ----

    def _units(self, ground: Ground, renderer: Renderer) -> dict[str, Entry]:
        """Return what comes of each inspection, by its id; what isn't kept is made, spread over the cores."""
        kept = {name: self._kept_unit(name) for name in self._inputs.own if _is_of(name, self._project.shard)}
        missing = [name for name, unit in kept.items() if not unit]
        if missing:
            renderer.load()
        made = dict(zip(missing, spread(partial(self._unit, ground, renderer), missing), strict=True))
        return {name: unit or made[name] for name, unit in kept.items()}

    def _ahead(
        self,
        ground: Ground,
        renderer: Renderer,
        units: Mapping[str, Entry],
        on: datetime.date,
        paths: Collection[Path],
    ) -> tuple[Entry, ...]:
        """Return what comes of the inspections to which edited files belong, as far as they stand by themselves.

        That is none where there is more to it: something else was edited too, an inspection has an error, or pages come
        or go, to which other pages lead.
        """
        project = replace(self._project, on=on)
        top = project.content / INSPECTIONS
        names = {path.relative_to(top).parts[0] if top in path.parents else "" for path in paths}
        if not 0 < len(names) <= _AHEAD or not names <= units.keys():
            return ()
        now = _Build(project, self._tell, self._inputs.renewed(project, names))
        made = now.made_of(names, ground, renderer)
        alone = all(
            not errors(Verdict.unpacked(unit.about["verdict"]).problems)
            and unit.about["welsh"] == units[name].about.get("welsh")
            and [page[0] for page in unit.about["pages"]] == [page[0] for page in units[name].about["pages"]]
            for name, unit in made.items()
        )
        return tuple(made.values()) if alone else ()

    def made_of(self, names: Collection[str], ground: Ground, renderer: Renderer) -> dict[str, Entry]:
        """Return what comes of these inspections, one after the other."""
        return {name: self._kept_unit(name) or self._unit(ground, renderer, name) for name in names}

    def _kept_unit(self, name: str) -> Entry | None:
        key = self._key_of(name)
        return self._cache.load(key) if key else None

    def _key_of(self, name: str) -> str | None:
        """Return the key of what comes of an inspection; None where it isn't known yet on which dates that changes."""
        dates = self._cache.load(self._key_of_dates(name))
        return self._key_on(name, dates.about) if dates else None

    def _key_of_dates(self, name: str) -> str:
        return self._inputs.of_one(name, "dates")

    def _key_on(self, name: str, points: Sequence[str]) -> str:
        """Return the key where what is public changes at these points in time: not the date counts, but which have come."""
        project = self._project
        come = [str(has_come(_point(point), project.on)) for point in points]
        # A report without a date is dated by the day of the build, which only a preview shows.
        day = day_of(project.on).isoformat() if project.preview and project.pdf else ""
        how = (project.site_url, str(project.preview), str(project.pdf), day)
        return self._inputs.of_one(name, "unit", self._forms, *how, *come)

    def _unit(self, ground: Ground, renderer: Renderer, name: str) -> Entry:
        """Return what comes of an inspection: its problems; and where they let it be published, all that is its own."""
        project = self._project
        checked = check_content(project, only=(name,), ground=ground)
        points = [point.isoformat() for one in checked.reports for point in turning_points(one)]
        self._cache.keep(self._key_of_dates(name), points, {})
        found: dict[str, bytes] = {}
        about: dict[str, Any] = {
            "name": f"inspection {name}",
            "verdict": verdict_on(checked).packed(),
            "pages": [],
            "themes": {},
        }
        settled = SETTLED_BY_COMMAND if project.preview else frozenset()
        if all(problem.code in settled for problem in errors(checked.problems)):
            for one in checked.reports:
                self._publish(one, checked, renderer, found, about)
        return self._cache.keep(self._key_on(name, points), about, found)

    def _publish(
        self,
        scored: ScoredReport,
        checked: Checked,
        renderer: Renderer,
        found: dict[str, bytes],
        about: dict[str, Any],
    ) -> None:
        """Add what of an inspection is public to the parts and the facts of its entry."""
        project, shared = self._project, Shared(checked.programme)
        parts = public_parts(
            scored,
            checked.programme,
            project.on,
            overtaken=checked.overtaken,
            preview=project.preview,
        )
        found |= {f"{language} {WITHDRAWN}": shared.packed(one) for language, one in parts.withdrawn.items()}
        if not project.preview:
            said = public_texts((tuple(parts.tellings.values()), tuple(parts.withdrawn.values())))
            found[_HIDING] = shared.packed(hiding_of(scored, checked.programme, parts, said))
            found[_SAID] = "\n".join(said).encode()
        offered = {}
        composed: list[Page] = []
        for report in parts.tellings.values():
            for one in (*report.earlier, report):
                offered[one.address] = downloads(one, project.site_url)
                composed += report_pages.compose(one, offered[one.address], project.site_url)
        pages = {
            page.address: page
            for page in paired(
                [page for page in composed if page.language != WELSH],
                [page for page in composed if page.language == WELSH],
            )
        }
        programme = checked.programme
        # Of the pages across reports those alone are led to that this report gives something to.
        about["welsh"] = sorted(library_in_welsh(public_site(programme, [parts], preview=project.preview)))
        around = always_in_welsh(public_site(programme, [parts], preview=project.preview))
        in_welsh = [*pages, *(in_folder(address, WELSH) for address in (*around, *about["welsh"]))]
        renderer = renderer.among(below(WELSH, in_welsh))
        rendered: dict[str, str] = {}
        if project.pdf:
            for report in parts.tellings.values():
                own = [pages[link.address] for link in pages[report.address].contents]
                bound = [(page, renderer.page(page)) for page in own if page.template not in {"data", "cite"}]
                pdf = report_pdf(
                    report, bound, project.templates, self._cache, on=day_of(project.on), site_url=project.site_url
                )
                offered[report.address] = (pdf, *offered[report.address])
                told = report_pages.with_files(own, report, offered[report.address], project.site_url)
                rendered |= {page.address: text for page, text in bound}
                # Each is told of on pages of its report, which are no part of it.
                for before, page in zip(own, told, strict=True):
                    if page is not before:
                        pages[page.address] = page
                        rendered.pop(page.address, None)
        files = _rendered(renderer, pages.values(), rendered)
        files |= {file.address: file.content for file in chain(*offered.values())}
        searched: dict[str, str] = {}
        for language, report in parts.tellings.items():
            searched |= documents(records_of_report(report), checked.programme.glossary.abbreviations)
            found |= {f"{language} {name}": shared.packed(value) for name, value in aspects_of(report)}
            found |= {f"{language} {ROWS} {name}": rows for name, rows in table_rows(report).items()}
            numbers = {theme.id: themes.numbers_of(report, theme) for theme in report.themes}
            about["themes"][language] = numbers
        if searched:
            found[_SEARCHED] = json.dumps(searched).encode()
        found |= {f"{FILE}{path}": content for path, content in files.items()}
        about["pages"] += [_facts(page) for page in pages.values()]

    # ---- Pages across reports ----

    def _secrets(
        self, public: PublicSite, units: Mapping[str, Entry], given: _Given, checked: Checked, files: Files
    ) -> Secrets:
        """Return what the last scan looks for: what inspections hide, without what is said in public anyway."""
        hiding = {name: unit for name, unit in units.items() if _HIDING in unit.parts}
        sought = Sought(tuple(given.unpacked(unit.read(_HIDING)) for unit in hiding.values()))
        general = [files[path].decode() for path in ("guide/index.md", "rules/index.md")]
        shared = (public.frameworks, public.glossary, public.areas, public.regions, checked.programme.themes)
        own = [page.decode() for path, page in checked.own_pages.items() if path.endswith(".md")]
        said = chain(
            (self._said(unit, sought) for unit in hiding.values()),
            [
                sought.said_in([*public_texts(shared), *page_texts(general)]),
                # Who is named on a hand-written page is no secret; what else stands there may be a slip.
                Said(names=sought.said_in(page_texts(own)).names),
            ],
        )
        return secrets_of(sought, said, checked.programme.areas.areas, hiding, general)

    def _search(
        self, public: PublicSite, units: Mapping[str, Entry], given: _Given, written: Mapping[str, bytes]
    ) -> tuple[Searched, ...]:
        """Return what can be searched for; `written` are the pages that people wrote, among other files."""
        pages = {_address(path): page for path, page in written.items() if path.endswith(".md")}
        own = self._own_documents(public, given, pages)
        parts = {name: unit.parts[_SEARCHED] for name, unit in units.items() if _SEARCHED in unit.parts}

        def read(names: Sequence[str], beside: Mapping[str, str]) -> dict[str, str]:
            of_reports = [json.loads(units[name].read(_SEARCHED)) for name in names]
            return {path: page for one in of_reports for path, page in one.items()} | dict(beside)

        def searched(names: Sequence[str], beside: Mapping[str, str]) -> Searched:
            told = [*(f"{name} {parts[name].digest}" for name in names), *chain(*beside.items())]
            return Searched(fingerprint.digest("searched", *told), partial(read, names, beside))

        return tuple(searched(names, beside) for names, beside in with_own(groups(parts), own))

    def _own_documents(self, public: PublicSite, given: _Given, pages: Mapping[str, bytes]) -> dict[str, str]:
        """Return what can be searched for beside the reports, as documents by their paths."""
        key = fingerprint.digest(
            "own documents",
            self._inputs.shared,
            *given.digests(CARD),
            *given.digests(TARGETS),
            *chain(*((address, fingerprint.digest(page)) for address, page in sorted(pages.items()))),
        )
        entry = self._cache.load(key)
        if entry is not None:
            found: dict[str, str] = json.loads(entry.read(_SEARCHED))
            return found
        told = {address: page.decode() for address, page in pages.items()}
        records = records_of_site(given.site_with(public, (TARGETS,)), told)
        made = documents(records, public.glossary.abbreviations)
        self._cache.keep(key, None, {_SEARCHED: json.dumps(made).encode()})
        return made

    def _said(self, unit: Entry, sought: Sought) -> Said:
        """Return what the public texts of an inspection say of what is sought."""
        key = fingerprint.digest("said", fingerprint.of_program(), sought.digest, unit.parts[_SAID].digest)
        entry = self._cache.load(key)
        if entry is None:
            found = sought.said_in(unit.read(_SAID).decode().split("\n"))
            told = [sorted(found.titles), f"{found.runs:x}", sorted(found.names)]
            entry = self._cache.keep(key, told, {})
        titles, runs, names = entry.about
        return Said(frozenset(titles), int(runs, 16), frozenset(names))

    @staticmethod
    def _in_welsh(public: PublicSite, units: Mapping[str, Entry], own_pages: Collection[str]) -> Addresses:
        """Return which pages there are in Welsh."""
        library = {address for entry in units.values() for address in entry.about.get("welsh", ())}
        across = [in_folder(address, WELSH) for address in (*always_in_welsh(public), *library)]
        return below(
            WELSH,
            [*across, *(page[0] for one in units.values() for page in one.about["pages"]), *map(_address, own_pages)],
        )

    def _batches(
        self, public: PublicSite, given: _Given, renderer: Renderer, addresses: Addresses
    ) -> tuple[Entry, ...]:
        """Return the pages across reports, in batches; what isn't kept is made, spread over the cores."""
        project = self._project
        schemas = {
            address: (project.schemas / address.rpartition("/")[2]).read_bytes()
            for address in (REPORT_SCHEMA, REPORTS_SCHEMA)
        }
        beyond = Beyond(partial(given.rows, public), given.numbers, schemas, day_of(project.on), project.site_url)
        every = list(batches(public, beyond))
        around = fingerprint.digest(*sorted(addresses.welsh))
        basis = fingerprint.digest(
            self._inputs.shared,
            self._forms,
            *given.digests(CARD),
            *given.digests(WITHDRAWN),
            around,
            project.site_url,
            str(project.preview),
            str(project.pdf),
        )
        keys = [
            fingerprint.digest("batch", basis, one.name, *one.also, *chain(*map(given.digests, one.needs)))
            for one in every
        ]
        kept = {key: self._cache.load(key) for key in keys}
        missing = [n for n, key in enumerate(keys) if not kept[key]]

        if missing:
            renderer.load()

        def make(number: int) -> Entry:
            one = every[number]
            made = one.make(given.site_with(public, one.needs), beyond)
            files = {**_rendered(renderer, made.pages, {}), **made.files}
            parts = {f"{FILE}{path}": content for path, content in files.items()}
            about = {"name": one.name, "around": around, "pages": [_facts(page) for page in made.pages]}
            return self._cache.keep(keys[number], about, parts)

        new = dict(zip(missing, spread(make, missing), strict=True))
        return tuple(kept[key] or new[n] for n, key in enumerate(keys))


class _Given:
    """What the inspections give to the pages across reports, had from what is kept of each."""

    def __init__(self, units: Mapping[str, Entry], shared: Shared) -> None:
        self._units = units
        self._shared = shared
        # Most batches show them: a process that makes several has them once.
        self._entries: dict[tuple[str, str], Any] = {}
        self.parts = [self._parts(entry) for entry in units.values()]

    def _parts(self, entry: Entry) -> PublicParts:
        return PublicParts(
            {language: self._had(entry, language, CARD) for language in entry.about["themes"]},
            {
                language: self._had(entry, language, WITHDRAWN)
                for language in LANGUAGES
                if f"{language} {WITHDRAWN}" in entry.parts
            },
        )

    def _had(self, entry: Entry, language: str, aspect: str) -> Any:
        if aspect == ENTRIES and (entry.key, language) in self._entries:
            return self._entries[entry.key, language]
        had = self._shared.unpacked(entry.read(f"{language} {aspect}"))
        if aspect == ENTRIES:
            self._entries[entry.key, language] = had
        return had

    def unpacked(self, raw: bytes) -> Any:
        """Return a value that was packed with one of the inspections."""
        return self._shared.unpacked(raw)

    def digests(self, aspect: str) -> list[str]:
        """Return the digests of an aspect of every report in each of its languages."""
        return [
            f"{entry.parts[name].digest} {name}"
            for entry in self._units.values()
            for language in LANGUAGES
            for name in (
                [name for name in entry.parts if name.startswith(f"{language} {ROWS} ")]
                if aspect == ROWS
                else [f"{language} {aspect}"]
            )
            if name in entry.parts
        ]

    def site_with(self, public: PublicSite, aspects: Sequence[str]) -> PublicSite:
        """Return the site whose reports have these aspects too."""
        wanted = [aspect for aspect in aspects if aspect != ROWS]
        if not wanted:
            return public
        in_welsh = self._with(public.in_welsh, wanted) if public.in_welsh else None
        return replace(self._with(public, wanted), in_welsh=in_welsh)

    def _with(self, public: PublicSite, aspects: Sequence[str]) -> PublicSite:
        return replace(public, reports=tuple(self._whole(report, aspects) for report in public.reports))

    def _whole(self, report: PublicReport, aspects: Sequence[str]) -> PublicReport:
        entry, language = self._units[report.id], report.language
        there = [aspect for aspect in aspects if f"{language} {aspect}" in entry.parts]
        return put_together(report, {aspect: self._had(entry, language, aspect) for aspect in there})

    def rows(self, public: PublicSite, table: str) -> bytes:
        """Return the rows of all reports in a table, by area and year."""
        return b"".join(self._units[report.id].read(f"{report.language} {ROWS} {table}") for report in public.reports)

    def numbers(self, public: PublicSite, theme: str) -> list[Numbers]:
        """Return how much of each report is marked with a theme, of those that have it."""
        found = (self._units[report.id].about["themes"][report.language].get(theme) for report in public.reports)
        return [tuple(numbers) for numbers in found if numbers]


def _is_of(name: str, shard: tuple[int, int] | None) -> bool:
    """Say whether an inspection is in a shard: by its name alone, so that a new one moves no other."""
    return shard is None or int(fingerprint.digest(name), 16) % shard[1] == shard[0] - 1


def _rendered(renderer: Renderer, pages: Collection[Page], rendered: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of pages: themselves, as far as they aren't `rendered` yet, their charts and their pictures."""
    files = {f"{p.address}index.md": (rendered.get(p.address) or renderer.page(p)).encode() for p in pages}
    pictures = {page.picture.address: page.picture for page in pages if page.picture}
    files |= {address: renderer.picture(picture) for address, picture in pictures.items()}
    for chart in (chart for page in pages for chart in page.charts):
        files |= renderer.chart_files(chart)
    return files


def _facts(page: Page) -> list[str | None]:
    """Return what the map of the site tells of a page: its address, when it changed last, and its twin's address."""
    return [page.address, page.updated.isoformat() if page.updated else None, page.other]


def _point(told: str) -> datetime.date:
    return datetime.datetime.fromisoformat(told) if "T" in told else datetime.date.fromisoformat(told)


def _redirects(public: PublicSite, checked: Checked, taken: Collection[str], site_url: str) -> dict[str, bytes]:
    """Return what leads from moved addresses to where they are now; no address in `taken` has moved."""
    # The newest version stands at the report's own address; whoever cites it by its number finds it too.
    newest = {
        f"{one.address}versions/{len(one.earlier) + 1}/": one.address for one in public.every_telling if one.earlier
    }
    return redirect_files(newest | moved(checked.programme.redirects, taken), site_url)


_IN_TEMPLATES = ("accessibility/index.md", "guide/index.md", "rules/index.md", "runbook/index.md")
"""Pages whose text stands in their templates."""


def _address(own_page: str) -> str:
    """Return the address of a page, or of a picture."""
    if own_page.endswith("/index.md"):
        return own_page.removesuffix("index.md")
    return f"{own_page.removesuffix('.md')}/" if own_page.endswith(".md") else own_page


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
