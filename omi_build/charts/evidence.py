"""The evidence behind a score: each question's share of sufficient work, how sure it is, and in how many cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omi_build.charts import Chart, Table, line_at, priority_line
from omi_build.charts.drawing import (
    LINE,
    NARROW,
    WIDE,
    Drawing,
    Layout,
    Mark,
    Place,
    Point,
    Rule,
    Shape,
    level_ink,
    per_cent,
    text,
)
from omi_build.charts.provenance import part_of, source_of
from omi_build.citations import number_word
from omi_build.downloads import tables
from omi_build.languages import gettext as _
from omi_build.languages import ngettext
from omi_build.model.figures import decimals
from omi_build.words import SHORTHANDS, counted

if TYPE_CHECKING:
    from fractions import Fraction

    from omi_build.model.framework import PriorityLine
    from omi_build.publication import PublicCriterion, PublicQuestion, PublicReport, PublicSection

TOLD = 132
"""How much of the width the figures at the right take, in pixels."""

COLUMNS = (
    "report section criterion question text sufficient relevant percentage range_low range_high not_available synthetic"
    " note"
)


def evidence_charts(report: PublicReport, section: PublicSection) -> dict[str, Chart]:
    """Return the chart of each criterion of a section, by ref; none where no question has counts to show."""
    counted_ones = [c for c in section.criteria if any(question.proportion is not None for question in c.questions)]
    questions = tables.questions((report,)) if counted_ones else None
    return {c.criterion.ref: _chart(report, c, questions) for c in counted_ones if questions}


def _chart(report: PublicReport, criterion: PublicCriterion, questions: tables.Table) -> Chart:
    ref, line = criterion.criterion.ref, report.framework.priority_line
    told = [_sentence(question) for question in criterion.questions]
    words = _(
        "Chart of %(number)s. %(words)s", number=counted(len(told), "question", "questions"), words=" ".join(told)
    )
    return Chart(
        id=f"chart-{criterion.anchor}",
        title=_title(criterion, line),
        alternative=" ".join([words, line_at(line.at)]) if line else words,
        wide=_drawing(criterion, line, told, Layout(WIDE, 350)),
        narrow=_drawing(criterion, line, told, Layout(NARROW, 0)),
        table=Table(
            (_("Question"), _("Sufficient"), _("Relevant"), _("Per cent"), _("Likely range")),
            tuple(_cells(question) for question in criterion.questions),
        ),
        address=f"{report.address}charts/{ref.replace('.', '-')}",
        source=source_of(report, scores=True),
        data=part_of(questions, COLUMNS, lambda row: row["criterion"] == ref),
    )


def _title(criterion: PublicCriterion, line: PriorityLine | None) -> str:
    """Return the message: how many questions stand below the line, or from where to where they reach."""
    shares = [question.proportion for question in criterion.questions if question.proportion is not None]
    if line is None:
        low, high = _whole(min(shares)), _whole(max(shares))
        reach = low if low == high else _("%(low)s to %(high)s", low=low, high=high)
        return _(
            "%(ref)s: work was sufficient in %(reach)s of the relevant cases, by question",
            ref=criterion.criterion.ref,
            reach=reach,
        )
    below = sum(share * 100 < line.at for share in shares)
    number = number_word(below)
    asked = counted(len(shares), "question", "questions")
    if len(shares) < len(criterion.questions):
        asked = _("%(questions)s with figures", questions=asked)
    if below in (0, len(shares)):
        which = ngettext("the %(questions)s", "all %(questions)s", len(shares), questions=asked)
    else:
        which = _("%(number)s of the %(questions)s", number=number, questions=asked)
    told = {"ref": criterion.criterion.ref, "line": line.at, "which": which}
    if not below:
        return _("%(ref)s: work was sufficient in at least %(line)s%% of cases on %(which)s", **told)
    return _("%(ref)s: work was sufficient in fewer than %(line)s%% of cases on %(which)s", **told)


def _whole(share: Fraction) -> str:
    return f"{decimals(share * 100, 0)}%"


def _missing(question: PublicQuestion) -> str:
    """Return in words why a question has no figures: a mark alone would have to be looked up."""
    shorthand = question.missing.shorthand if question.missing else "x"
    return _("no relevant case") if shorthand == "z" else SHORTHANDS[shorthand]


def _sentence(question: PublicQuestion) -> str:
    name = f"{question.question.ref} {question.question.text}"
    name = name if name.endswith(("?", ".")) else f"{name}."
    if question.proportion is None:
        return f"{name} {_missing(question).capitalize()}."
    return _(
        "%(question)s Sufficient in %(number)s of %(cases)s, %(share)s; likely range %(range)s.",
        question=name,
        number=question.sufficient,
        cases=counted(question.relevant or 0, "relevant case", "relevant cases"),
        share=_whole(question.proportion),
        range=question.interval,
    )


def _cells(question: PublicQuestion) -> tuple[str, ...]:
    name = f"{question.question.ref} {question.question.text}"
    if question.proportion is None:
        return (name, *(_missing(question) for _ in range(3)), "")
    share = f"{decimals(question.proportion * 100, 2)}%"
    return name, str(question.sufficient), str(question.relevant), share, str(question.interval or "")


def _drawing(criterion: PublicCriterion, line: PriorityLine | None, told: list[str], layout: Layout) -> Drawing:
    """Return the drawing: a row a question; a mark for the share, a bar for its likely range."""
    left, right = layout.label_width + (14 if layout.label_width else 8), layout.width - TOLD
    shares: list[Mark] = []
    ranges: list[Mark] = []
    grounds: list[Mark] = []
    texts = [
        text(layout.width, 7, _("sufficient"), size=12, ink="muted", anchor="end"),
        text(left, 7, "0%", size=12, ink="muted", anchor="middle"),
        text(right, 7, "100%", size=12, ink="muted", anchor="end" if layout.above else "middle"),
    ]
    places: list[Place] = []
    spans: list[tuple[float, float]] = []
    y, follows = 24.0, False
    for question, words in zip(criterion.questions, told, strict=True):
        summary = " " + _("(summary question)") if question.question.summary else ""
        label = layout.wrapped(f"{question.question.ref} {question.question.text}{summary}")
        high = LINE * len(label)
        texts.append(text(0, y + 7, label, weight=600 if summary else 400))
        middle = y + high + 11 if layout.above else y + max(high, LINE) / 2
        bottom = y + high + (30 if layout.above else 12)
        places.append(Place(-3, y - 5, layout.width + 3, bottom - 6, words))
        if question.proportion is None:
            texts.append(
                text(0 if layout.above else left, middle, _missing(question), size=12, ink="muted", italic=True)
            )
        else:
            share = float(question.proportion * 100)
            low, high_end = (question.interval.low, question.interval.high) if question.interval else (share, share)
            is_below = line is not None and question.proportion * 100 < line.at
            if layout.above or not follows:
                spans.append((middle - 6, middle + 6))
            else:
                spans[-1] = (spans[-1][0], middle + 6)
            grounds.append(Rule((left, middle), (right, middle), "rule"))
            reach = per_cent(low, left, right), per_cent(high_end, left, right)
            ranges.append(Rule((reach[0], middle), (reach[1], middle), "muted", 4))
            shape: Shape = "square" if is_below else "circle"
            ink = level_ink(3 if is_below else 1)
            shares.append(Point(per_cent(share, left, right), middle, shape, 5.2, ink, "paper", 1.5))
            counts = _("%(sufficient)s of %(relevant)s", sufficient=question.sufficient, relevant=question.relevant)
            shown = f"{counts} · {_whole(question.proportion)}"
            texts.append(text(layout.width, middle, shown, size=12, weight=600, anchor="end"))
        follows, y = question.proportion is not None, bottom
    legend = (
        _("round: at or above %(line)s%% · square: below", line=line.at)
        if line
        else _("round: share of relevant cases")
    )
    told_below = layout.heading(" · ".join([legend, _("bar: likely range")]))
    foot = LINE * len(told_below) + 5
    height = y + (18 if line else 0) + foot
    texts.append(text(0, height - foot + 8, told_below, size=12, ink="muted"))

    layers = [grounds, ranges]
    if line:
        rules, told_of_line = priority_line(line, spans, height, layout, (left, right), below=foot)
        layers.append(rules)
        texts.append(told_of_line)
    layers.append(shares)
    return Drawing(layout.width, height, tuple(map(tuple, layers)), tuple(texts), tuple(places))
