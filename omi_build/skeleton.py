"""The files of an inspection that is about to be written: every part in place, nothing behind it, ready to fill.

Whoever writes has never seen YAML, so each file is a form: the criterion and its questions stand in it as comments, and
under each `text: |-` there is a place to type. A part left blank isn't there yet (`documents.blanks`), so the form
passes as the draft that it is.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import yaml

from omi_build.model.framework import Assessment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omi_build.model.framework import Criterion, Framework, Outline, Section
    from omi_build.model.programme import Area

WIDTH = 100
BLANK_TEXT = "text: |-"


def new_inspection(framework: Framework, area: Area, year: int) -> dict[str, str]:
    """Return the texts of the files of a new inspection, by their path inside its folder."""
    files = {
        "inspection.yaml": _lines("inspection", _about(framework, area, year)),
        "narrative.yaml": _lines("narrative", _narrative(framework, area)),
        "good_practice.yaml": _lines("good_practice", _good_practice()),
        "recommendations.yaml": _lines("recommendations", _recommendations()),
        "targets.yaml": _lines("targets", _targets()),
    }
    for section in framework.sections:
        for criterion in section.criteria:
            name = f"findings/{criterion.ref.replace('.', '-')}.yaml"
            files[name] = _lines("findings", _findings(framework, section, criterion), depth=4)
    return files


def _lines(kind: str, lines: Iterable[str], depth: int = 3) -> str:
    top = f"# yaml-language-server: $schema={'../' * depth}schemas/{kind}.schema.json"
    return "\n".join([top, *lines]).rstrip() + "\n"


def _about(framework: Framework, area: Area, year: int) -> Iterator[str]:
    yield f"area: {area.id}"
    yield f"year: {year}"
    yield f"framework: {framework.id}"
    outline = framework.outline
    yield f"title: {_scalar(_named(outline.title, area) if outline else area.title)}"
    yield f"lead_body: {_scalar(framework.inspectorate)}"
    yield "# The first day of the fieldwork week, such as 2008-06-02, or its month, such as 2008-06:"
    yield f"fieldwork: {year}"
    yield "sample:"
    yield "  # How many cases were read:"
    yield "  cases:"
    yield "publication:"
    yield "  # in_preparation, then with_area while the area comments on the draft, then published:"
    yield "  status: in_preparation"
    yield "  # The day of publication, such as 2008-09-15:"
    yield "  date:"
    yield "  isbn_print:"
    yield "  isbn_pdf:"
    yield from _team(outline)
    yield "# Who writes what, for omi status, which names the parts. It is never published."
    yield "assignments:"
    yield "  - to:"
    yield "    parts: []"
    yield from _context(outline)


def _team(outline: Outline | None) -> Iterator[str]:
    if outline and outline.roles:
        yield "# Add a line “- name: …” for each person; a role without a name is left out."
        yield "team:"
        for role in outline.roles:
            yield f"  - role: {_scalar(role)}"
            yield "    members:"
            yield "      - name:"


def _context(outline: Outline | None) -> Iterator[str]:
    if outline and outline.context:
        yield "# Figures that describe the area. as_at is the day or month that they are of."
        yield "context:"
        for table in outline.context:
            yield f"  - title: {_scalar(table.title)}"
            yield "    as_at:"
            yield "    rows:"
            for row in table.rows:
                yield f"      - label: {_scalar(row.label)}"
                yield "        value:"
                yield f"        unit: {row.unit.value}"


def _findings(framework: Framework, section: Section, criterion: Criterion) -> Iterator[str]:
    yield "#"
    yield from _comment(f"{criterion.ref} {criterion.title}")
    yield "#"
    yield from _comment(criterion.statement.text)
    if criterion.questions:
        yield "#"
        yield "# Asked of each case:"
        marks = {thread.thread: thread.title for thread in framework.threads}
        for question in criterion.questions:
            counted = ["the summary question"] if question.summary else []
            counted += [f"counts for {marks[thread]}" for thread in question.threads if thread in marks]
            more = f" ({'; '.join(counted)})" if counted else ""
            yield from _comment(f"{question.text}{more}", first=f"  {question.ref}  ")
    yield "#"
    yield "# Type each finding on the lines below its text, two spaces further in than the word text."
    yield "# For the next one, copy its lines and give it the next letter."
    yield ""
    yield f'criterion: "{criterion.ref}"'
    if section.assessment is Assessment.SCORED:
        conclusions = _one_of(band.conclusion for band in framework.bands)
        yield "# From case answers score and conclusion follow by themselves: leave both empty. Without answers,"
        yield f"# write the score in whole per cent, such as 65, and the conclusion: {conclusions}."
        yield "published_score:"
        yield "conclusion:"
    if section.assessment is Assessment.RATED:
        yield f"# {_one_of(rating.rating for rating in framework.ratings)}:"
        yield "rating:"
    for name in ("strengths", "areas_for_improvement"):
        yield f"{name}:"
        yield "  - letter: a"
        yield f"    {BLANK_TEXT}"
        yield ""


def _narrative(framework: Framework, area: Area) -> Iterator[str]:
    yield "# Type each text on the lines below “text: |-”, two spaces further in than the word text."
    yield "# Leave an empty line between paragraphs."
    yield "foreword:"
    yield "  signed_by:"
    yield "  role:"
    yield f"  {BLANK_TEXT}"
    yield ""
    yield "acknowledgements:"
    yield f"  {BLANK_TEXT}"
    yield ""
    yield "section_summaries:"
    for section in framework.sections:
        yield f"  # {section.title}"
        yield f"  - section: {section.number}"
        yield f"    {BLANK_TEXT}"
        yield ""
    if framework.threads:
        yield "thread_summaries:"
        for thread in framework.threads:
            yield f"  # {thread.title}"
            yield f"  - thread: {thread.thread}"
            yield f"    {BLANK_TEXT}"
            yield ""
    yield "next_steps:"
    yield "  # true if there is to be a further inspection, false if not:"
    yield "  further_inspection: false"
    yield f"  {BLANK_TEXT}"
    yield ""
    if framework.outline and framework.outline.chapters:
        yield "chapters:"
        for chapter in framework.outline.chapters:
            yield f"  - id: {chapter.id}"
            yield f"    title: {_scalar(_named(chapter.title, area))}"
            yield "    parts:"
            yield f"      - {BLANK_TEXT}"
            yield ""


def _good_practice() -> Iterator[str]:
    yield "# An example of good practice belongs to one criterion, such as “1.1”. It must not tell who the person is:"
    yield "# leave names out, or change them and add the line names_changed: true."
    yield "good_practice:"
    yield "  - title:"
    yield "    criterion:"
    yield f"    {BLANK_TEXT}"


def _recommendations() -> Iterator[str]:
    yield "# criteria are those that the recommendation answers, such as [“1.2”, “2.2”] in straight quotation marks."
    yield "recommendations:"
    yield "  - number: 1"
    yield f"    {BLANK_TEXT}"
    yield ""
    yield "    criteria: []"


def _targets() -> Iterator[str]:
    yield "# National performance measures. A table looks like this; take the # and a space away from each line, and the []."
    yield "#  - title: Performance"
    yield "#    period: 2006/2007"
    yield "#    comparator: England and Wales"
    yield "#    targets:"
    yield "#      - measure: Enforcement"
    yield "#        unit: per_cent"
    yield "#        better: higher"
    yield "#        target: 90"
    yield "#        area: {value: 98}"
    yield "#        comparator: {value: 92}"
    yield "tables: []"


def _comment(text: str, first: str = "") -> Iterator[str]:
    indent = " " * len(first)
    for n, line in enumerate(textwrap.wrap(" ".join(text.split()), WIDTH - len(first), break_on_hyphens=False)):
        yield f"# {indent if n else first}{line}"


def _named(title: str, area: Area) -> str:
    return title.replace("{area}", area.title)


def _scalar(text: str) -> str:
    """Return a line of text as YAML writes it, in quotation marks only where they are needed."""
    return str(yaml.safe_dump(text, allow_unicode=True, width=10_000)).removesuffix("\n").removesuffix("\n...")


def _one_of(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
