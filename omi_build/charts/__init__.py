"""Charts as data: what each draws, with the title, the text alternative and the table that stand beside it.

A chart is drawn twice, for wide screens and paper and for phones. Its inks are the keys of `INKS`: in a page they are
the theme's variables, so that the drawing follows the colour scheme. What a band or status is, is told by
words and by the shape or the weight of a mark, never by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omi_build.charts.drawing import (
    BAR,
    CHARACTER,
    LINE,
    NARROW,
    WIDE,
    Box,
    Drawing,
    Layout,
    Mark,
    Place,
    Point,
    Rule,
    Shape,
    Text,
    level_ink,
    per_cent,
    text,
)
from omi_build.charts.provenance import part_of, source_of
from omi_build.downloads import tables
from omi_build.languages import gettext as _
from omi_build.languages import ngettext
from omi_build.model.figures import exact, half_up
from omi_build.model.framework import Assessment
from omi_build.words import SHORTHANDS, counted, quantity

if TYPE_CHECKING:
    from omi_build.model.framework import PriorityLine
    from omi_build.model.inspection import TargetFigure
    from omi_build.publication import PublicCriterion, PublicReport
    from omi_build.targets import ScoredTable, ScoredTarget, TargetStatus


@dataclass(frozen=True)
class Table:
    """A table of words: what a chart shows, for those who would rather read it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart with everything that stands beside it."""

    id: str
    """Unique on its page."""
    title: str
    """The message of the chart, as a sentence."""
    alternative: str
    """What the drawing shows, for those who don't see it."""
    wide: Drawing
    """How it is drawn on wide screens and paper."""
    narrow: Drawing
    """The same for phones."""
    table: Table
    address: str
    """Of its files from the top of the site, without their endings; never changes once published."""
    source: tuple[str, ...]
    """What a picture of it says below, since it is passed on without its page."""
    data: tables.Table
    """What it shows, as data."""

    @property
    def name(self) -> str:
        """The name of its files, without their endings."""
        return self.address.rpartition("/")[2]


def scores_chart(report: PublicReport) -> Chart | None:
    """Return chart 1, the scores of the criteria by section with the line of priority; None if nothing is scored."""
    criteria = [c for s in report.sections if s.assessment is Assessment.SCORED for c in s.criteria]
    if not any(c.score and c.score.value is not None for c in criteria):
        return None
    rows = [score_row(criterion, report) for criterion in criteria]
    line = report.framework.priority_line
    below = [c for c in criteria if line and c.score and c.score.value is not None and c.score.value < line.at]
    title = _("Scores of %(report)s by criterion", report=report.name)
    if line:
        scored = sum(c.score is not None and c.score.value is not None for c in criteria)
        number = counted(len(below), "criterion", "criteria").split()[0].capitalize()
        title = ngettext(
            "%(number)s of the %(scored)s criteria with a score falls below the %(line)s",
            "%(number)s of the %(scored)s criteria with a score fall below the %(line)s",
            len(below),
            number=number,
            scored=scored,
            line=_lower(line.title),
        )
    return Chart(
        id="chart-scores",
        title=title,
        alternative=_score_words(rows, line.at if line else None),
        wide=_scores(report, rows, Layout(WIDE, 360)),
        narrow=_scores(report, rows, Layout(NARROW, 0)),
        table=Table(
            (_("Criterion"), _("Score"), _("Conclusion")),
            tuple((f"{r['ref']} {r['title']}", r["shown"], r["conclusion"]) for r in rows),
        ),
        address=f"{report.address}charts/scores",
        source=source_of(report, scores=True),
        data=part_of(
            tables.scores((report,)),
            "report section criterion title score conclusion not_available range_low range_high synthetic note",
            lambda row: row["criterion"] in {criterion.criterion.ref for criterion in criteria},
        ),
    )


def targets_chart(report: PublicReport, table: ScoredTable, number: int) -> Chart:
    """Return the chart of a table of targets: how far each figure stands from its target, on its better side or not."""
    rows = [row for target in table.targets for row in _target_rows(report, table, target)]
    judged = [target.area for target in table.targets if target.area]
    met = sum(status.earns_asterisk for status in judged)
    return Chart(
        id=f"chart-targets-{number}",
        title=_(
            "%(area)s met or nearly met %(met)s of its %(targets)s",
            area=report.area.title,
            met=counted(met, "target", "targets").split()[0],
            targets=counted(len(judged), "target", "targets"),
        ),
        alternative=" ".join(str(row["sentence"]) for row in rows if row["of_area"]),
        wide=_targets(report, table, rows, Layout(WIDE, 370)),
        narrow=_targets(report, table, rows, Layout(NARROW, 0)),
        table=Table(
            (
                _("Measure"),
                _("Target"),
                report.area.title,
                _("Status"),
                table.table.comparator,
                _("Status, %(of)s", of=table.table.comparator),
            ),
            tuple(_target_cells(target) for target in table.targets),
        ),
        address=f"{report.address}charts/targets-{number}",
        source=source_of(report),
        data=part_of(
            tables.targets((report,)),
            "report table period measure unit better target area area_status comparator comparator_status synthetic note",
            lambda row: (row["table"], row["period"]) == (table.table.title, table.table.period),
        ),
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def score_row(criterion: PublicCriterion, report: PublicReport) -> dict[str, Any]:
    """Return what a chart says of a criterion that is scored: its score, in figures and words, and the step of the scale."""
    assert criterion.score is not None
    value, missing = criterion.score.value, criterion.score.missing
    levels = {band.conclusion: n for n, band in enumerate(report.framework.bands, 1)}
    shown = f"{value}%" if value is not None else f"[{missing.shorthand if missing else 'x'}]"
    conclusion = criterion.band.title if criterion.band else ""
    return {
        "ref": criterion.criterion.ref,
        "title": criterion.criterion.title,
        "value": value,
        "shown": shown,
        "conclusion": conclusion,
        "told": f"{shown} {_short(criterion).lower()}".strip()
        if value is not None
        else f"{shown} {SHORTHANDS[shown[1]]}",
        "level": levels.get(criterion.band.conclusion, 1) if criterion.band else 1,
        "section": report.criteria[criterion.criterion.ref][0].title,
    }


def _short(criterion: PublicCriterion) -> str:
    band = criterion.band
    return (band.short_title or band.title) if band else ""


def _score_words(rows: list[dict[str, Any]], line: int | None) -> str:
    words = [f"{row['ref']} {row['title']}: {row['told']}" for row in rows]
    told = _("Bar chart of %(number)s criteria. %(words)s.", number=len(rows), words="; ".join(words))
    return told if line is None else " ".join([told, line_at(line)])


def line_at(line: int) -> str:
    """Return where the line of priority stands, in a sentence."""
    return _("The line of priority for improvement stands at %(score)s%%.", score=line)


def _scores(report: PublicReport, rows: list[dict[str, Any]], layout: Layout) -> Drawing:
    """Return the drawing: a row a criterion, below a heading for each section."""
    bars: list[Mark] = []
    texts: list[Text] = []
    places: list[Place] = []
    spans: list[tuple[float, float]] = []
    left, reach = layout.label_width, layout.width - layout.label_width
    y = 0.0
    for n, row in enumerate(rows):
        if n == 0 or row["section"] != rows[n - 1]["section"]:
            y += 8 if n else 0
            heading = layout.heading(row["section"])
            texts.append(text(0, y + 7, heading, size=14, weight=700, line=LINE + 2))
            y += 7 + (LINE + 2) * len(heading)
        top = y
        label = layout.wrapped(f"{row['ref']} {row['title']}")
        texts.append(text(0, y + (6 if layout.above else 8), label))
        bar_top = y + (LINE * len(label) + 2 if layout.above else 1)
        middle = bar_top + BAR / 2
        spans.append((bar_top, bar_top + BAR))
        if row["value"] is None:
            texts.append(text(left, middle, row["told"], size=12, ink="muted", italic=True))
        else:
            length = row["value"] / 100 * reach
            bars.append(Box(left, bar_top, left + length, bar_top + BAR, fill=level_ink(row["level"])))
            if length > CHARACTER * len(row["told"]) + 12:
                texts.append(text(left + 6, middle, row["told"], size=12, weight=600, ink="paper"))
            else:
                texts.append(text(left + length + 6, middle, row["told"], size=12, weight=600))
        y = bar_top + BAR + 9 if layout.above else y + max(BAR, LINE * len(label)) + 7
        places.append(Place(-3, top - 2, layout.width + 3, y - 4, f"{row['ref']} {row['title']}: {row['told']}"))
    height = y + 24
    layers = [bars]
    line = report.framework.priority_line
    if line:
        crossed = spans if layout.above else [(spans[0][0], spans[-1][1])]
        rules, words = priority_line(line, crossed, height, layout, (left, layout.width))
        layers.append(rules)
        texts.append(words)
    return Drawing(layout.width, height, tuple(map(tuple, layers)), tuple(texts), tuple(places))


def priority_line(
    line: PriorityLine,
    spans: list[tuple[float, float]],
    height: float,
    layout: Layout,
    plot: tuple[float, float],
    *,
    below: float = 0,
) -> tuple[list[Mark], Text]:
    """Return the line, as a rule for each of its parts, and its label.

    `spans` are the top and bottom of what it crosses, `plot` is from where to where 0 to 100 per cent lie, `below`
    how much of the drawing stands below the label.
    """
    left, right = plot
    words = f"{line.title}: {line.at}%"
    middle = per_cent(line.at, left, right)
    rules: list[Mark] = [Rule((middle, top - 2), (middle, bottom + 2), "ink", 1.5, (4, 3)) for top, bottom in spans]
    half = CHARACTER * len(words) / 2
    if not layout.above and middle + half <= layout.width:
        return rules, text(middle, height - below - 8, words, size=12, weight=600, anchor="middle")
    return rules, text(layout.width, height - below - 8, words, size=12, weight=600, anchor="end")


def _target_rows(report: PublicReport, table: ScoredTable, target: ScoredTarget) -> list[dict[str, Any]]:
    """Return a row for the area and, where it has a figure, one for the comparator."""
    goal = quantity(target.target.target, target.target.unit)
    rows = []
    sides: tuple[tuple[bool, str, TargetFigure, TargetStatus | None], ...] = (
        (True, report.area.title, target.target.area, target.area),
        (False, table.table.comparator, target.target.comparator, target.comparator),
    )
    for of_area, name, figure, status in sides:
        if figure.value is None or status is None:
            continue
        told = quantity(figure.value, target.target.unit)
        rows.append(
            {
                "measure": target.target.measure,
                "goal": goal,
                "of_area": of_area,
                "lead": _lead(target, figure),
                "told": f"{told}, {status.title.lower()}" if of_area else told,
                "status": status,
                "sentence": _(
                    "%(measure)s: %(name)s %(figure)s, target %(target)s, %(status)s.",
                    measure=target.target.measure,
                    name=name,
                    figure=told,
                    target=goal,
                    status=status.title.lower(),
                ),
            }
        )
    return rows


def _lead(target: ScoredTarget, figure: TargetFigure) -> float:
    """Return how far a figure is on the better side of its target, in per cent of it; minus is the worse side."""
    assert figure.value is not None
    goal, value = exact(target.target.target), exact(figure.value)
    ahead = value - goal if target.target.better == "higher" else goal - value
    return float(half_up(ahead / goal * 1000)) / 10 if goal else 0.0


def _target_cells(target: ScoredTarget) -> tuple[str, ...]:
    def cells(figure: TargetFigure, status: TargetStatus | None) -> tuple[str, str]:
        if figure.value is None:
            shorthand = f"[{figure.not_available.shorthand}]" if figure.not_available else "[x]"
            return shorthand, ""
        extra = ", ".join(
            filter(None, (figure.geography, figure.period, _("at %(date)s", date=figure.as_at) if figure.as_at else ""))
        )
        told = quantity(figure.value, target.target.unit)
        return f"{told} ({extra})" if extra else told, status.title if status else ""

    goal = quantity(target.target.target, target.target.unit)
    more = target.target.better == "higher"
    goal = _("%(figure)s or more", figure=goal) if more else _("%(figure)s or less", figure=goal)
    if target.target.target_geography:
        goal = f"{goal} ({target.target.target_geography})"
    detail = f": {target.target.detail}" if target.target.detail else ""
    return (
        f"{target.target.measure}{detail}",
        goal,
        *cells(target.target.area, target.area),
        *cells(target.target.comparator, target.comparator),
    )


def _targets(report: PublicReport, table: ScoredTable, rows: list[dict[str, Any]], layout: Layout) -> Drawing:
    """Return the drawing: a row a measure; the area a filled mark, the comparator an open one."""
    texts: list[Text] = []
    places: list[Place] = []
    shapes: dict[str, tuple[Shape, str]] = {
        "met": ("circle", level_ink(1)),
        "near_miss": ("triangle", level_ink(2)),
        "missed": ("square", level_ink(3)),
    }
    middles: dict[str, float] = {}
    y = 26.0
    for row in rows:
        if row["measure"] not in middles:
            label = layout.wrapped(_("%(measure)s (target %(target)s)", measure=row["measure"], target=row["goal"]))
            texts.append(text(0, y + 5, label))
            text_height = LINE * len(label)
            middles[row["measure"]] = y + (text_height + 9 if layout.above else text_height / 2 - 1)
            bottom = y + text_height + (26 if layout.above else 11)
            words = " ".join(str(r["sentence"]) for r in rows if r["measure"] == row["measure"])
            places.append(Place(-3, y - 4, layout.width + 3, bottom - 5, words))
            y = bottom
        if row["of_area"]:
            texts.append(text(layout.width, middles[row["measure"]], row["told"], size=12, weight=600, anchor="end"))
    height = y + 22
    reach = max(20.0, *(row["lead"] for row in rows)) * 1.25 if rows else 20.0
    worst = max(20.0, *(-row["lead"] for row in rows)) * 1.25 if rows else 20.0
    left, right = layout.label_width + 10, layout.width - 140
    at_zero = left + (right - left) * worst / (worst + reach)
    spans = [(y - 9, y + 9) for y in middles.values()] if layout.above else [(20, height - 22)]
    zero: list[Mark] = [Rule((at_zero, top), (at_zero, bottom), "ink", 1.5, (5, 3)) for top, bottom in spans]
    stems: list[Mark] = []
    of_others: list[Mark] = []
    of_area: list[Mark] = []
    for row in rows:
        at, middle = left + (right - left) * (row["lead"] + worst) / (worst + reach), middles[row["measure"]]
        if row["of_area"]:
            shape, ink = shapes[row["status"].value]
            stems.append(Rule((at_zero, middle), (at, middle), "muted", 2))
            of_area.append(Point(at, middle, shape, 4.5, ink))
        else:
            of_others.append(Point(at, middle, "diamond", 5.5, stroke="muted", width=1.5))
    texts += [
        text(
            at_zero - 6,
            12,
            _("◂ worse") if layout.above else _("◂ worse than target"),
            size=12,
            ink="muted",
            anchor="end",
        ),
        text(at_zero + 6, 12, _("better ▸") if layout.above else _("better than target ▸"), size=12, ink="muted"),
        text(
            0 if layout.above else left,
            height - 8,
            _("filled: %(area)s · ◇ %(other)s", area=report.area.title, other=table.table.comparator),
            size=12,
            ink="muted",
        ),
    ]
    layers = (zero, stems, of_others, of_area)
    return Drawing(layout.width, height, tuple(map(tuple, layers)), tuple(texts), tuple(places))
