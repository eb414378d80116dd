"""Rules on how the parts of an inspection fit together: names, refs, letters, numbers, dates, ISBNs."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from stdnum import isbn

from omi_build.model.common import FigureTable
from omi_build.model.figures import WHOLE
from omi_build.model.framework import Assessment, Framework
from omi_build.model.inspection import (
    Finding,
    GoodPractice,
    Inspection,
    Narrative,
    Recommendation,
    TargetFigure,
)
from omi_build.model.programme import Glossary, Programme
from omi_build.parts import parts_of_report
from omi_build.problems import Problem, Severity, nearest
from omi_build.scoring import ScoredReport
from omi_build.sources import Source

FEW = 10
"""As many names as a hint lists; there are 42 areas."""


def unknown_criterion(report: ScoredReport) -> Iterator[Problem]:
    """OMI201: findings of a criterion that the framework doesn't have.

    No page has a place for them, so they would vanish. Where the file is named after a criterion that there is, that
    one is meant, and the name of the file is not complained of as well.

    Wrong: `criterion: "1.9"` where section 1 ends with 1.5. Right: `criterion: "1.5"`.
    """
    criteria = report.framework.criteria
    for findings in report.inspection.findings:
        if findings.criterion not in criteria:
            filed = _filed_under(findings.source)
            meant = f"Did you mean `{filed}`, as the file is called?" if filed in criteria else ""
            message = f"{report.framework.short_title} has no criterion {findings.criterion}"
            hint = meant or _criteria_hint(report, findings.criterion)
            yield Problem(findings.source.child("criterion"), "OMI201", message, hint)


def missing_criterion(report: ScoredReport) -> Iterator[Problem]:
    """OMI202: a criterion of the framework that the inspection has no findings file for.

    A report answers every criterion of its framework; a heading lost takes its findings with it. A warning while the
    report is in preparation. A file that is there and can't be read, or names another criterion, has its own message.

    Wrong: a published report without `findings/1-3.yaml`. Right: a file for each criterion of the framework.

    Source: the reference report, whose heading of 2.7 is lost.
    """
    published = report.inspection.about.publication.status.is_final
    severity = Severity.ERROR if published else Severity.WARNING
    filed = {_filed_under(findings.source) for findings in report.inspection.findings}
    there = filed | report.inspection.unread | report.inspection.by_criterion.keys()
    for ref, criterion in report.framework.criteria.items():
        if ref not in there:
            message = f"there are no findings on criterion {ref}, {criterion.title}"
            hint = f"Add the file findings/{ref.replace('.', '-')}.yaml."
            yield Problem(report.inspection.about.source, "OMI202", message, hint, severity)


def skipped_letter(report: ScoredReport) -> Iterator[Problem]:
    """OMI203: letters of findings that skip or repeat.

    A letter is the address of a finding and a published finding keeps it for good, so letters are written down; a gap
    or a repetition shows that one is lost or copied. Told once for each list, at the first letter that is wrong.

    Wrong: (a), (c). Right: (a), (b).
    """
    for findings in report.inspection.findings:
        for name, items in (
            ("strengths", findings.strengths),
            ("areas for improvement", findings.areas_for_improvement),
        ):
            yield from _letters(name, items)


def _letters(name: str, items: Sequence[Finding]) -> Iterator[Problem]:
    for expected, finding in zip(string.ascii_lowercase, items, strict=False):
        if finding.letter != expected:
            message = f"({finding.letter}) stands where the letter ({expected}) should be in the {name}"
            hint = f"The letters run on from (a) without a gap: write letter: {expected}, and look at those below."
            yield Problem(finding.source.child("letter"), "OMI203", message, hint)
            return


def unknown_reference(report: ScoredReport) -> Iterator[Problem]:
    """OMI204: good practice, a recommendation, a summary or a score that names what the framework doesn't have.

    It would stand nowhere on the site, or lead nowhere.

    Wrong: good practice with `criterion: "2.9"` where section 2 ends with 2.7. Right: `criterion: "2.5"`.
    """
    inspection, framework = report.inspection, report.framework
    named = [(example.criterion, example.source.child("criterion")) for example in inspection.good_practice]
    for recommendation in inspection.recommendations:
        named += [(ref, recommendation.source.child("criteria", n)) for n, ref in enumerate(recommendation.criteria)]
    for ref, source in named:
        if ref not in framework.criteria:
            message = f"{framework.short_title} has no criterion {ref}"
            yield Problem(source, "OMI204", message, _criteria_hint(report, ref))
    numbers = [section.number for section in framework.sections]
    for section in inspection.narrative.section_summaries:
        if section.section not in numbers:
            hint = f"Its sections are {', '.join(map(str, numbers))}."
            message = f"{framework.short_title} has no section {section.section}"
            yield Problem(section.source.child("section"), "OMI204", message, hint)
    threads = [thread.thread for thread in framework.threads]
    told = [(one.thread, one.source) for one in inspection.narrative.thread_summaries]
    told += [(one.thread, one.source) for one in inspection.about.published_thread_scores]
    for thread, source in told:
        if thread not in threads:
            hint = nearest(thread, threads) or f"Its threads are: {', '.join(threads) or 'none'}."
            message = f"{framework.short_title} has no thread {thread}"
            yield Problem(source.child("thread"), "OMI204", message, hint)


def misnamed_file(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI205: a name that doesn't agree with its file or folder, or one name for two things.

    Files are found by their names and addresses are made of them; where the name inside says otherwise one of the two
    is a slip, most often of copying a file. Of two things with one name only one would be shown.

    Wrong: `criterion: "1.3"` in `1-2.yaml`. Right: `criterion: "1.2"`.
    """
    for framework in programme.frameworks:
        yield from _agrees(framework.source, "id", framework.id, (_stem(framework.source),))
    for inspection in programme.inspections:
        yield from _misnamed_folder(inspection, programme)
        under = programme.framework_by_id.get(inspection.about.framework)
        for findings in inspection.findings:
            if under is None or findings.criterion in under.criteria:  # else OMI201 says what the file is called
                yield from _agrees(findings.source, "criterion", findings.criterion, under.criteria if under else ())
        yield from _told_twice(inspection)
    yield from _doubled("area", [(area.id, area.source.child("id")) for area in programme.areas.areas])
    yield from _doubled("region", [(region.id, region.source.child("id")) for region in programme.areas.regions])
    yield from _listed_twice(programme.glossary)


def _misnamed_folder(inspection: Inspection, programme: Programme) -> Iterator[Problem]:
    about = inspection.about
    # Of an area that nothing describes OMI206 tells.
    if f"{about.area}-{about.year}" != inspection.id and about.area in programme.area_by_id:
        wrong = "year" if inspection.id.startswith(f"{about.area}-") else "area"
        message = f"the folder {inspection.id} doesn't agree with area {about.area} and year {about.year}"
        hint = f"Name the folder {about.area}-{about.year}, or mend area and year."
        yield Problem(about.source.child(wrong), "OMI205", message, hint)


def _told_twice(inspection: Inspection) -> Iterator[Problem]:
    narrative: Narrative = inspection.narrative
    yield from _doubled("chapter", [(part.id, part.source.child("id")) for part in narrative.chapters])
    for what, named in (
        (
            "summary of section",
            [(str(one.section), one.source.child("section")) for one in narrative.section_summaries],
        ),
        ("summary of", [(one.thread, one.source.child("thread")) for one in narrative.thread_summaries]),
        ("score of", [(one.thread, one.source.child("thread")) for one in inspection.about.published_thread_scores]),
    ):
        yield from _doubled(what, named)


def _listed_twice(glossary: Glossary) -> Iterator[Problem]:
    forms = [(entry.short, entry.source.child("short")) for entry in glossary.abbreviations]
    forms += [
        (form, entry.source.child("also", n)) for entry in glossary.abbreviations for n, form in enumerate(entry.also)
    ]
    yield from _doubled("abbreviation", forms)
    yield from _doubled("term", [(entry.term, entry.source.child("term")) for entry in glossary.terms])


def unknown_place(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI206: an area, framework or region that nothing describes.

    Nothing can be said of it, and without its framework a report can't be scored or checked at all.

    Wrong: `area: darbyshire`. Right: `area: derbyshire`, as areas.yaml has it.
    """
    for area in programme.areas.areas:
        if area.region not in programme.region_by_id:
            yield _unknown(area.source.child("region"), "region", area.region, programme.region_by_id)
    for inspection in programme.inspections:
        about = inspection.about
        if about.area not in programme.area_by_id and not programme.lacks("areas.yaml"):
            yield _unknown(about.source.child("area"), "area", about.area, programme.area_by_id)
        if about.framework not in programme.framework_by_id and not programme.lacks(
            f"frameworks/{about.framework}.yaml"
        ):
            yield _unknown(about.source.child("framework"), "framework", about.framework, programme.framework_by_id)


def unknown_theme(
    programme: Programme, reports: Sequence[ScoredReport]
) -> Iterator[Problem]:  # every rule of its kind has the same two
    """OMI213: a theme that themes.yaml doesn't list, or one that it lists twice.

    Readers browse findings, good practice and recommendations by theme; under a name of its own nobody would find it.

    Wrong: `themes: [victim]`. Right: `themes: [victims]`, as themes.yaml has it.
    """
    themes = programme.themes
    yield from _doubled("theme", [(theme.id, theme.source.child("id")) for theme in themes.themes], "OMI213")
    known = [theme.id for theme in themes.themes]
    if programme.lacks("themes.yaml"):
        return
    for report in reports:
        for part in report.parts:
            if isinstance(part, (Finding, GoodPractice, Recommendation)):
                for n, theme in enumerate(part.themes):
                    if theme not in known:
                        yield _unknown(part.source.child("themes", n), "theme", theme, known, "OMI213")


def dates_out_of_order(report: ScoredReport) -> Iterator[Problem]:
    """OMI208: dates that can't follow each other: fieldwork, then publication; figures before publication.

    An inspection is made under a framework in use, and published some twelve weeks after its fieldwork with figures
    that were known by then. Only what is certainly wrong is reported: a month may mean any of its days, a year any of
    its months.

    Wrong: fieldwork in June 2007, published in May 2007. Right: fieldwork in June 2007, published in June 2007.

    Source: the domain, 'the life of a report'.
    """
    about = report.inspection.about
    published = about.publication.date
    if published and published.last_day() < about.fieldwork.first_day():
        message = f"published {published}, before the fieldwork ({about.fieldwork})"
        yield Problem(about.publication.source.child("date"), "OMI208", message, "One of the two dates is wrong.")
        published = None  # whichever it is, figures can't be held against it
    if about.fieldwork.last_day() < report.framework.in_use_from.first_day():
        message = f"fieldwork in {about.fieldwork}, before {report.framework.short_title} was in use ({report.framework.in_use_from})"
        yield Problem(about.source.child("fieldwork"), "OMI208", message, "Look at the date, and at the framework.")
    for part in report.parts:
        as_at = part.as_at if isinstance(part, FigureTable | TargetFigure) else None
        if published and as_at and as_at.first_day() > published.last_day():
            message = f"figures as at {as_at}, after the publication ({published})"
            yield Problem(part.source.child("as_at"), "OMI208", message, "One of the two dates is wrong.")


def wrong_isbn(report: ScoredReport) -> Iterator[Problem]:
    """OMI209: an ISBN whose check digit doesn't follow from the others: one of its digits is a slip.

    The last digit is worked out from those before it, so that a slip shows. Either it is wrong, or one before it is.

    Wrong: `978-1-84726-356-7`, which would have to end in 8. Right: `978-1-84726-356-8`.

    Source: ISO 2108, by way of python-stdnum.
    """
    publication = report.inspection.about.publication
    for key, value in (("isbn_print", publication.isbn_print), ("isbn_pdf", publication.isbn_pdf)):
        if value and not isbn.is_valid(value):
            digits = isbn.compact(value)
            fitting = next((digit for digit in "0123456789X" if isbn.is_valid(digits[:-1] + digit)), "")
            reason = (
                f"its last digit is {digits[-1]}, but from the others it should be {fitting}"
                if fitting
                else f"an ISBN has 13 digits, the first of them 978 or 979; this has {len(digits)}"
                if len(digits) not in {10, 13}
                else "an ISBN is digits and hyphens, and begins with 978 or 979"
            )
            hint = "Compare each digit with the printed report."
            yield Problem(publication.source.child(key), "OMI209", f"{value} is not an ISBN: {reason}", hint)


def skipped_number(report: ScoredReport) -> Iterator[Problem]:
    """OMI210: numbers of recommendations that skip or repeat.

    The area's improvement plan answers them by number. Told once, at the first number that is wrong.

    Wrong: 1, 3. Right: 1, 2.

    Source: the domain, 'recommendation'.
    """
    for expected, recommendation in enumerate(report.inspection.recommendations, 1):
        if recommendation.number != expected:
            message = f"recommendation {recommendation.number} stands where number {expected} should be"
            hint = f"They run on from 1 without a gap: write number: {expected}, and look at those below."
            yield Problem(recommendation.source.child("number"), "OMI210", message, hint)
            return


def unwritten_criterion(report: ScoredReport) -> Iterator[Problem]:
    """OMI214: a criterion of a published report under which nothing was found.

    Its heading would stand above nothing. While a report is in preparation, `omi status` lists such criteria instead.

    Wrong: a published report with `strengths: []`, `areas_for_improvement: []` and no `comment`. Right: at least one
    finding, or a comment that says why there is none.
    """
    if not report.inspection.about.publication.status.is_final:
        return
    for findings in report.inspection.findings:
        known = findings.criterion in report.framework.criteria
        if known and not (findings.strengths or findings.areas_for_improvement or findings.comment):
            message = f"criterion {findings.criterion} has no finding, and the report is published"
            yield Problem(
                findings.source, "OMI214", message, "Write what was found, or say in a comment why nothing was."
            )


def unknown_part(report: ScoredReport) -> Iterator[Problem]:
    """OMI215: an assignment of a part that the report doesn't have.

    `omi status` would show nobody for the part that is meant.

    Wrong: `parts: ["1.9"]` where section 1 ends with 1.5. Right: `parts: ["1.5", foreword]`.
    """
    names = [part.name for part in parts_of_report(report)]
    for assignment in report.inspection.about.assignments:
        for n, name in enumerate(assignment.parts):
            if name not in names:
                yield _unknown(assignment.source.child("parts", n), "part", name, names, "OMI215")


def unfitting_framework(programme: Programme, reports: Sequence[ScoredReport]) -> Iterator[Problem]:
    """OMI212: a framework that doesn't hold together.

    All that is shown follows from it: a score that no band takes, or a question counted twice, would be wrong in every
    report. Weights add up to 100; bands run down to 0; a scored section has its bands and scoring, a rated one its
    ratings; refs stand once; a scored criterion with questions has one summary question; and each thread that a
    question names exists. A thread that no question names is allowed.

    Wrong: weights of 80 and 30. Right: weights of 80 and 20.

    Source: appendix 3 of the reports.
    """
    for framework in programme.frameworks:
        yield from _scales(framework)
        yield from _questions(framework)
        for what, named in (
            ("section", [(str(s.number), s.source) for s in framework.sections]),
            ("criterion", [(c.ref, c.source) for s in framework.sections for c in s.criteria]),
            ("question", [(q.ref, q.source) for c in framework.criteria.values() for q in c.questions]),
            ("thread", [(t.thread, t.source) for t in framework.threads]),
            ("conclusion", [(b.conclusion, b.source) for b in framework.bands]),
            ("rating", [(r.rating, r.source) for r in framework.ratings]),
            ("text", [(t.id, t.source) for t in framework.texts]),
        ):
            yield from _doubled(what, named, "OMI212")


def _scales(framework: Framework) -> Iterator[Problem]:
    rule = framework.scoring
    if rule and rule.questions_weight + rule.summary_weight != WHOLE:
        message = f"the weights add up to {rule.questions_weight + rule.summary_weight}, not to 100"
        yield Problem(rule.source, "OMI212", message, "They are per cent of one score.")
    edges = [band.from_ for band in framework.bands]
    if edges and (edges != sorted(set(edges), reverse=True) or edges[-1] != 0):
        message = f"the bands begin at {', '.join(map(str, edges))}; they must run down to 0, each below the last"
        yield Problem(
            framework.bands[0].source, "OMI212", message, "List the highest first and let the last begin at 0."
        )
    for section in framework.sections:
        lacks = {
            Assessment.SCORED: [name for name, there in (("scoring", rule), ("bands", framework.bands)) if not there],
            Assessment.RATED: [] if framework.ratings else ["ratings"],
            Assessment.DESCRIBED: [],
        }[section.assessment]
        if lacks:
            message = f"section {section.number} is {section.assessment.value}, but the framework has no {' and no '.join(lacks)}"
            yield Problem(
                section.source.child("assessment"), "OMI212", message, "Add them, or assess the section otherwise."
            )


def _questions(framework: Framework) -> Iterator[Problem]:
    threads = [thread.thread for thread in framework.threads]
    for section in framework.sections:
        for criterion in section.criteria:
            summaries = sum(question.summary for question in criterion.questions)
            if section.assessment is Assessment.SCORED and criterion.questions and summaries != 1:
                message = f"criterion {criterion.ref} has {summaries} summary questions; it needs one"
                yield Problem(
                    criterion.source.child("questions"), "OMI212", message, "Mark one question with summary: true."
                )
            for question in criterion.questions:
                for n, thread in enumerate(question.threads):
                    if thread not in threads:
                        yield _unknown(question.source.child("threads", n), "thread", thread, threads, "OMI212")


def _criteria_hint(report: ScoredReport, ref: str) -> str:
    section = ref.partition(".")[0]
    near = [known for known in report.framework.criteria if known.partition(".")[0] == section]
    known = near or list(report.framework.criteria)
    return f"It has {', '.join(known) or 'no criteria'}."


def _agrees(source: Source, key: str, value: str, known: Collection[str]) -> Iterator[Problem]:
    """Tell a file whose name is of something else than its value; `known` are the values that it could have."""
    expected = _filed_under(source) if key == "criterion" else _stem(source)
    if value != expected:
        message = f"the file is called {source.path.rsplit('/', 1)[-1]}, but its {key} is {value}"
        written = f'"{expected}"' if key == "criterion" else expected
        other = f", or write {key}: {written}" if expected in known else ""
        hint = f"Rename the file to {value.replace('.', '-')}.yaml{other}."
        yield Problem(source.child(key), "OMI205", message, hint)


def _doubled(what: str, named: Iterable[tuple[str, Source]], code: str = "OMI205") -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for name, source in named:
        seen[name] += 1
        if seen[name] > 1:
            yield Problem(source, code, f"the {what} {name} stands here a second time", "Keep one of the two.")


def _unknown(source: Source, what: str, name: str, known: Iterable[str], code: str = "OMI206") -> Problem:
    names = sorted(known)
    shown = [*names[:FEW], *(["and more"] if len(names) > FEW else [])]
    hint = nearest(name, names) or f"There {'is' if len(names) == 1 else 'are'}: {', '.join(shown) or 'none'}."
    return Problem(source, code, f"there is no {what} {name}", hint)


def _filed_under(source: Source) -> str:
    """Return the ref that the name of a findings file stands for."""
    return _stem(source).replace("-", ".")


def _stem(source: Source) -> str:
    return source.path.rsplit("/", 1)[-1].removesuffix(".yaml")
