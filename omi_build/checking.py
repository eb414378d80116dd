"""From content to checked content: read, held against its schemas, typed, scored, judged by every rule.

This is the first half of the line in `site`, and all that `omi check` needs: no page, chart or engine is loaded for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from omi_build.cache import Cache
from omi_build.checks import check
from omi_build.checks.language import abbreviations_of, left_over
from omi_build.dictionary import Dictionary
from omi_build.documents import (
    Document,
    inspections_in,
    markup_problems,
    read_inspections,
    read_own_pages,
    read_shared,
    without_blanks,
)
from omi_build.history import read_histories
from omi_build.model.build import build_programme
from omi_build.model.programme import Programme
from omi_build.model.translation import with_words
from omi_build.problems import Problem, UsageError, packed, unpacked
from omi_build.publication import Overtaken
from omi_build.schemas import load_schemas
from omi_build.scoring import ScoredReport, score_inspection
from omi_build.workers import spread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from omi_build.documents import Reading
    from omi_build.model.translation import Words
    from omi_build.project import Inputs, Project
    from omi_build.schemas import Schemas


@dataclass(frozen=True)
class Checked:
    """The content read, typed and scored, with every problem found on the way."""

    programme: Programme
    reports: tuple[ScoredReport, ...]
    own_pages: dict[str, bytes]
    """The hand-written pages and the pictures, by path."""
    problems: tuple[Problem, ...]
    overtaken: tuple[Overtaken, ...] = ()
    """Versions of published reports that a correction has overtaken."""


@dataclass(frozen=True)
class Ground:
    """What inspections stand on: what all of them share, read, held against its schemas and typed."""

    schemas: Schemas
    programme: Programme
    """Without an inspection."""
    own_pages: dict[str, bytes]
    """The hand-written pages and the pictures, by path."""
    problems: tuple[Problem, ...]
    """What is wrong with all that before any rule has judged it."""
    dictionary: Dictionary

    @property
    def judged(self) -> Ground:
        """The same for the check of inspections alone: what is wrong with all that was told."""
        return replace(self, programme=replace(self.programme, base=self.programme, judged=True), problems=())


def read_ground(project: Project, unsaved: Mapping[str, str] | None = None) -> Ground:
    """Return what inspections are checked against; the arguments and errors are those of `check_content`."""
    for folder in (project.content, project.schemas, project.templates):
        if not folder.is_dir():
            message = f"there is no folder {folder}; run this in the folder that holds mkdocs.yml"
            raise UsageError(message)
    schemas = load_schemas(project.schemas)
    own_pages, unfit = read_own_pages(project.content)
    bare = Ground(schemas, Programme(), own_pages, (), Dictionary(Cache(project.cache)))
    typed = _typed(read_shared(project.content, unsaved), bare, partial=True)
    programme = replace(typed.programme, base=None)
    return replace(bare, programme=programme, problems=(*typed.problems, *unfit))


def check_content(
    project: Project,
    only: Collection[str] | None = None,
    unsaved: Mapping[str, str] | None = None,
    ground: Ground | None = None,
) -> Checked:
    """Return the content read, held against its schemas, typed, scored and checked by every rule.

    With `only`, the inspections with these ids alone are read, beside what all share (frameworks, areas, glossary);
    rules that look for what no report uses hold their peace. `unsaved` holds texts that stand for what files say on
    disk, by their path as problems name it: what an editor has before it is saved. With a `ground` whose programme is
    judged, rules look at the inspections alone. Raises UsageError if the project lacks a folder.
    """
    stood_on = ground or read_ground(project, unsaved)
    names = inspections_in(project.content) if only is None else only
    typed = _typed(read_inspections(project.content, names, unsaved), stood_on, partial=only is not None)
    programme = typed.programme
    frameworks = programme.framework_by_id
    reports = tuple(
        score_inspection(inspection, frameworks[inspection.about.framework])
        for inspection in programme.inspections
        if inspection.about.framework in frameworks
    )
    found = check(programme, reports, stood_on.dictionary)
    overtaken = tuple(
        Overtaken(one.version, score_inspection(one.inspection, frameworks[one.inspection.about.framework]))
        for one in programme.earlier
        if one.inspection.about.framework in frameworks
    )
    problems = dict.fromkeys((*stood_on.problems, *typed.problems, *found))
    return Checked(programme, reports, stood_on.own_pages, tuple(problems), overtaken)


@dataclass(frozen=True)
class Verdict:
    """What the check found in one inspection by itself, and what has to be known of it to judge all together."""

    problems: tuple[Problem, ...]
    uses: frozenset[str]
    """The abbreviations of the glossary that it uses."""
    whole: bool
    """Whether everything of it could be read and judged."""
    drafts: tuple[str, ...]
    """Its id, where its report isn't final."""
    there: bool
    """Whether there is a report in it."""

    def packed(self) -> list[Any]:
        """Return it as values of JSON."""
        return [list(map(packed, self.problems)), sorted(self.uses), self.whole, self.drafts, self.there]

    @staticmethod
    def unpacked(values: Sequence[Any]) -> Verdict:
        """Return the verdict that was packed."""
        problems, uses, whole, drafts, there = values
        return Verdict(tuple(map(unpacked, problems)), frozenset(uses), whole, tuple(drafts), there)


def verdict_on(checked: Checked) -> Verdict:
    """Return the verdict on an inspection that was checked by itself."""
    programme, reports = checked.programme, checked.reports
    return Verdict(
        checked.problems,
        abbreviations_of(programme.glossary, programme.inspections),
        len(reports) == len(programme.inspections)
        and not any(report.inspection.incomplete for report in reports)
        and not programme.unread,
        tuple(one.inspection.id for one in reports if not one.inspection.about.publication.status.is_final),
        bool(reports),
    )


def problems_of_all(shared: Checked, verdicts: Collection[Verdict], *, partial: bool = False) -> tuple[Problem, ...]:
    """Return every problem, each once, where each inspection was checked by itself.

    `shared` is the content checked without an inspection. It is the same as if all were checked together; `partial` says
    that there are more inspections than these.
    """
    found = [*shared.problems, *chain(*(verdict.problems for verdict in verdicts))]
    if not partial and any(verdict.there for verdict in verdicts) and all(verdict.whole for verdict in verdicts):
        found += left_over(shared.programme, frozenset().union(*(verdict.uses for verdict in verdicts)))
    return tuple(dict.fromkeys(found))


def check_each(project: Project, inputs: Inputs, cache: Cache) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Return every problem of a project and the ids of its drafts, each inspection checked by itself, over the cores.

    The verdict on an inspection whose `inputs` are those of an earlier check is had from the cache.
    """
    ground = read_ground(project)
    alone = ground.judged
    keys = {name: inputs.of_one(name, "verdict") for name in inputs.own}
    kept = {name: cache.load(one) for name, one in keys.items()}
    missing = [name for name, one in kept.items() if one is None]

    def judged(name: str) -> Any:
        verdict = verdict_on(check_content(project, (name,), ground=alone)).packed()
        cache.keep(keys[name], verdict, {})
        return verdict

    made = dict(zip(missing, spread(judged, missing), strict=True))
    verdicts = [Verdict.unpacked(one.about if one else made[name]) for name, one in kept.items()]
    found = problems_of_all(check_content(project, (), ground=ground), verdicts)
    return found, tuple(name for verdict in verdicts for name in verdict.drafts)


@dataclass(frozen=True)
class _Typed:
    """What documents state, and what is wrong with them before any rule has judged them."""

    programme: Programme
    problems: tuple[Problem, ...]


def _typed(reading: Reading, ground: Ground, *, partial: bool) -> _Typed:
    """Return the programme that documents state together with what they stand on."""
    fitting, misfits = _hold_against_schemas(without_blanks(reading.documents), ground.schemas)
    histories = read_histories(fitting)
    texts = [document for document in reading.documents if document.kind != "version"]
    unfit = markup_problems([*texts, *histories.earlier])
    earlier, unfit_earlier = _hold_against_schemas(histories.earlier, ground.schemas)
    unread = [*reading.problems, *misfits, *histories.problems, *unfit_earlier]
    documents = [*(document for document in fitting if document.kind != "version"), *earlier]
    programme, impossible = build_programme(
        documents,
        {problem.source.path for problem in unread},
        partial=partial,
        histories=histories.by_inspection,
        base=ground.programme,
    )
    impossible += _unfit_words(documents, programme.words, ground.schemas)
    return _Typed(programme, (*unread, *unfit, *impossible))


def _unfit_words(documents: Iterable[Document], words: Words, schemas: Schemas) -> Iterator[Problem]:
    """Yield what a schema refuses of the words that another language has for a document's."""
    translated = {place.path for place in words}
    for document in documents:
        if document.source.path in translated and not document.language:
            told = replace(document, value=with_words(document.value, document.source, words), form=None)
            for problem in schemas.check(told):
                if problem.source in words:
                    yield replace(problem, source=words[problem.source].source)


def _hold_against_schemas(documents: Iterable[Document], schemas: Schemas) -> tuple[list[Document], list[Problem]]:
    fitting, problems = [], []
    for document in documents:
        # A translation is held against the file that it translates, and so against its schema.
        found = [] if document.language else list(schemas.check(document))
        problems += found
        if not found:
            fitting.append(document)
    return fitting, problems
