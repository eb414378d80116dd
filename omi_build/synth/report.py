"""The documents of one made-up inspection, beside its findings' words: what was inspected, when, and all that is told.

`Plan` says what kind of report it is to be. It follows from the number of the area, not from chance, so that even a
small programme has some of each kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from omi_build.model.common import Unit
from omi_build.model.framework import Assessment
from omi_build.model.inspection import Target, TargetFigure
from omi_build.scoring import score_criterion, score_thread
from omi_build.synth.cases import case_file, made_up_cases
from omi_build.synth.findings import Writer
from omi_build.synth.words import filled, words
from omi_build.targets import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omi_build.model.framework import Criterion, Framework
    from omi_build.synth.areas import MadeUpArea
    from omi_build.synth.cases import MadeUpCases

FIRST_YEAR, LAST_YEAR = 2006, 2009

GOOD_SHARES = (0.95, 0.7, 0.45, 0.2)
"""How much of what is said under a rated criterion is good, from the best rating down; the last serves all below."""


class Scores(Enum):
    """What is known of the scores of a report."""

    CASES = "cases"
    """The answers on each case."""
    COUNTS = "counts"
    """The counts of each question."""
    PUBLISHED = "published"
    """The scores as published, and no more."""


@dataclass(frozen=True)
class Plan:
    """What kind of report is to be made up."""

    year: int
    month: int
    """Of the fieldwork."""
    status: str
    scores: Scores
    corrected: bool = False
    foreword: bool = False

    @property
    def publication(self) -> tuple[int, int]:
        """Year and month of the publication, some twelve weeks after the fieldwork."""
        return (self.year, self.month + 3) if self.month + 3 <= 12 else (self.year + 1, self.month - 9)  # months


def plans(number: int, random: Random) -> list[Plan]:
    """Return the inspections of the area of this number (from 0).

    A fourth of areas have published scores alone, an eighth a draft, a sixth two inspections; a ninth have counts.
    """
    published, draft, twice = number % 4 == 2, number % 8 == 5, number % 6 == 3
    scores = Scores.PUBLISHED if published else Scores.COUNTS if number % 9 == 4 else Scores.CASES
    first = FIRST_YEAR + (number % 2 if published or twice else LAST_YEAR - FIRST_YEAR if draft else number // 2 % 4)
    draft_status = "in_preparation" if number % 16 == 5 else "with_area"
    made = [
        Plan(
            first,
            random.randint(5 if first == FIRST_YEAR else 1, 11),
            draft_status if draft else "published",
            scores,
            corrected=number % 7 == 1,
            foreword=number % 3 == 0,
        )
    ]
    if twice:
        status = "with_area" if number % 12 == 9 else "published"
        made.append(Plan(first + 2, random.randint(1, 11), status, Scores.CASES, foreword=True))
    return made


def inspection(
    area: MadeUpArea, plan: Plan, framework: Framework, seed: int, *, citations: bool = True
) -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of each document of one inspection, below the content folder."""
    stream = f"{seed}/{area.number}/{plan.year}"
    cases = made_up_cases(framework, Random(f"{stream}/cases"))
    report = _Report(area, plan, cases, random=Random(f"{stream}/words"), seed=seed)
    writer = Writer(cases, area.title, report.random, citations=citations and plan.scores is not Scores.PUBLISHED)
    folder = f"inspections/{area.id}-{plan.year}"
    yield f"{folder}/inspection.yaml", report.about()
    if plan.scores is not Scores.PUBLISHED:
        name, value = case_file(cases, counts_only=plan.scores is Scores.COUNTS)
        yield f"{folder}/{name}", value
    for ref, criterion in framework.criteria.items():
        yield f"{folder}/findings/{ref.replace('.', '-')}.yaml", report.findings(criterion, writer)
    yield f"{folder}/narrative.yaml", report.narrative()
    yield f"{folder}/recommendations.yaml", {"recommendations": report.recommendations()}
    yield f"{folder}/good_practice.yaml", {"good_practice": report.good_practice()}
    yield f"{folder}/targets.yaml", {"tables": [report.targets()]}


class _Report:
    """Makes the documents of one report, in the order in which `inspection` asks for them."""

    def __init__(self, area: MadeUpArea, plan: Plan, cases: MadeUpCases, *, random: Random, seed: int) -> None:
        self.area, self.plan, self.cases, self.framework = area, plan, cases, cases.framework
        self.random, self.seed = random, seed
        framework = cases.framework
        self.parts: dict[str, Any] = words("parts")
        self.scores = {
            ref: score_criterion([cases.results[question.ref] for question in criterion.questions], framework).whole
            for ref, criterion in framework.criteria.items()
            if framework.section_of[ref].assessment is Assessment.SCORED
        }
        self.threads = {
            thread.thread: score_thread(
                result for ref, result in cases.results.items() if thread.thread in framework.questions[ref].threads
            ).whole
            for thread in framework.threads
        }
        self.ratings = {
            ref: min(len(framework.ratings) - 1, max(0, round(random.gauss(1.1, 0.8))))
            for ref in framework.criteria
            if framework.section_of[ref].assessment is Assessment.RATED
        }
        """The step of each rating on the scale, from 0, the best."""

    def about(self) -> dict[str, Any]:
        """Return `inspection.yaml`."""
        plan, year, month = self.plan, *self.plan.publication
        publication: dict[str, Any] = {"status": plan.status}
        day = self.random.randint(1, 28)
        exact = self.random.random() < 0.7 or plan.corrected  # some reports give the month alone
        if plan.status != "in_preparation":
            publication["date"] = f"{year}-{month:02}-{day:02}" if exact else f"{year}-{month:02}"
        if plan.corrected and plan.status == "published":
            text = self.random.choice(self.parts["corrections"])
            publication["corrections"] = [{"date": f"{year + 1}-{month:02}-{day:02}", "text": text}]
        scores: dict[str, Any] = {}
        if plan.scores is Scores.PUBLISHED:
            threads = [
                {"thread": thread, "score": score} for thread, score in self.threads.items() if score is not None
            ]
            scores = {"source": self.parts["source"], "published_thread_scores": threads}
        elif plan.scores is Scores.COUNTS:
            scores = {"source": self.parts["source_of_counts"]}
        return {
            "area": self.area.id,
            "year": plan.year,
            "framework": self.framework.id,
            "synthetic": True,
            "title": self.parts["title"].format(area=self.area.title),
            "lead_body": self.parts["lead_body"],
            "fieldwork": f"{plan.year}-{plan.month:02}",
            "sample": {"cases": self.cases.number, "note": self.parts["sample_note"]},
            "publication": publication,
            **scores,
            "team": [
                {
                    "role": one["role"],
                    "members": [{"name": f"{one['member']} {letter}"} for letter in ascii_uppercase[: one["number"]]],
                }
                for one in self.parts["team"]
            ],
            "context": list(self._context()),
        }

    def findings(self, criterion: Criterion, writer: Writer) -> dict[str, Any]:
        """Return the findings file of a criterion."""
        ref = criterion.ref
        value: dict[str, Any] = {"criterion": ref}
        if ref in self.scores:
            lists = writer.scored(criterion)
            score = self.scores[ref]
            band = None if score is None else self.framework.band(score)
            published = self.plan.scores is Scores.PUBLISHED
            if published and score is not None:
                value["published_score"] = score
            # From answers the conclusion follows by itself; some inspectors write it down all the same.
            if band and (published or self.random.random() < 0.3):
                value["conclusion"] = band.conclusion
        else:
            step = self.ratings.get(ref, 1)
            if ref in self.ratings:
                value["rating"] = self.framework.ratings[step].rating
            lists = writer.judged(criterion, GOOD_SHARES[min(step, len(GOOD_SHARES) - 1)])
        value["strengths"], value["areas_for_improvement"] = lists
        if self.random.random() < 0.08:  # few criteria call for one
            value["comment"] = self.random.choice(self.parts["comments"])
        return value

    def narrative(self) -> dict[str, Any]:
        """Return `narrative.yaml`."""
        parts, value = self.parts, dict[str, Any]()
        if self.plan.foreword:
            foreword = parts["foreword"]
            known = [score for score in self.scores.values() if score is not None]
            tone = "strong" if sum(known) >= len(known) * 68 else "weak"
            first = self.random.choice(foreword[tone])
            middle = self.random.sample(foreword["middle"], 2)
            texts = (" ".join([first, *middle]), " ".join(foreword["last"]))
            value["foreword"] = {
                "signed_by": foreword["signed_by"],
                "role": foreword["role"],
                "text": self._filled("\n\n".join(texts)),
            }
        value["acknowledgements"] = {"text": self._filled(" ".join(self.random.sample(parts["acknowledgements"], 2)))}
        value["section_summaries"] = [
            {"section": section.number, "text": self._summary(str(section.number), self._goodness(section.number))}
            for section in self.framework.sections
        ]
        value["thread_summaries"] = [
            {"thread": thread, "text": self._summary(thread, (score or 0) / 100)}
            for thread, score in self.threads.items()
        ]
        further = any(score is not None and score < 58 for score in self.threads.values())  # few are
        value["next_steps"] = {
            "further_inspection": further,
            "text": f"{parts['next_steps']['plan']}\n\n{parts['next_steps']['further' if further else 'none'].strip()}",
        }
        value["chapters"] = [
            self._chapter(chapter)
            for chapter in parts["chapters"]
            if chapter["id"] != "prison" or self.random.random() < 0.5  # not every report visits one
        ]
        return value

    def recommendations(self) -> list[dict[str, Any]]:
        """Return the recommendations: each urgent priority is taken up, and some of the rest."""
        urgent: list[str] = []
        others: list[str] = []
        for ref in self.framework.criteria:
            score = self.scores.get(ref)
            band = None if score is None else self.framework.band(score)
            poor = self.ratings.get(ref, 0) >= 2 if ref in self.ratings else score is not None and score < 66
            (urgent if band and band.needs_recommendation else others if poor else []).append(ref)
        taken_up = sorted({*urgent, *others[: max(1, 9 - len(urgent))]}, key=list(self.framework.criteria).index)
        made: list[dict[str, Any]] = []
        for ref in taken_up or list(self.framework.criteria)[:1]:
            texts = self.parts["recommendations"].get(ref) or ["Bring this work up to what the criterion asks."]
            for text in texts if ref in urgent else texts[:1]:
                made.append({"number": len(made) + 1, "text": text, "criteria": [ref], "themes": self._themes(ref)})
        return made

    def good_practice(self) -> list[dict[str, Any]]:
        """Return three to six examples, in the order of their criteria."""
        known = [one for one in self.parts["good_practice"] if one["criterion"] in self.framework.criteria]
        chosen = self.random.sample(known, min(len(known), self.random.randint(3, 6)))
        made = []
        for one in sorted(chosen, key=known.index):
            example = {key: value for key, value in one.items() if key != "course"}
            if one.get("course"):
                values = [self.random.randint(least, 60) for least in (20, 10, 5)]
                rows = [
                    {"label": label, "value": value, "unit": "count"}
                    for label, value in zip(self.parts["course"]["rows"], values, strict=True)
                ]
                example["figures"] = [{"title": self.parts["course"]["title"], "rows": rows, "adds_up_to": sum(values)}]
            made.append(example)
        return made

    def targets(self) -> dict[str, Any]:
        """Return the table of national targets; asterisks stand where the area met one or nearly did."""
        told = self.parts["targets"]
        before = self.plan.year - 1
        # The national figures are the same in each report of a year.
        national = Random(f"{self.seed}/national/{self.plan.year}")
        asterisks = self.random.random() < 0.5  # half of the reports print them
        rows = []
        for measure in told["measures"]:
            row = {key: value for key, value in measure.items() if key != "spread"}
            country = self._figure(measure, national)
            row["area"] = {"value": self._figure(measure, self.random)}
            row["comparator"] = {"value": country}
            if national.random() < 0.06:  # a figure is missing now and then
                row["comparator"] = {"not_available": {"shorthand": "x", "reason": told["missing"]}}
            if asterisks:
                for side in (row["area"], row["comparator"]):
                    self._mark(measure, side)
            if self.random.random() < 0.03:  # few rows have a note
                row["editor_notes"] = [{"text": self.parts["notes"]["target"]}]
            rows.append(row)
        return {
            "title": told["title"],
            "period": f"{before}/{before + 1}",
            "comparator": told["comparator"],
            "targets": rows,
        }

    def _themes(self, ref: str) -> list[str]:
        """Return the theme that most questions of a criterion touch, if they touch any."""
        hints = words("questions")
        touched = [
            theme
            for question in self.framework.criteria[ref].questions
            for theme in hints.get(question.ref, {}).get("themes", ())
        ]
        return [max(touched, key=touched.count)] if touched else []

    def _mark(self, measure: dict[str, Any], side: dict[str, Any]) -> None:
        if "value" not in side:
            return
        figure = TargetFigure(value=side["value"])
        unit = Unit(measure["unit"])
        target = Target(measure["measure"], unit, measure["better"], measure["target"], figure, TargetFigure())
        if status := judge(target, figure, self.framework.targets):
            side["asterisk"] = status.earns_asterisk

    def _figure(self, measure: dict[str, Any], random: Random) -> float:
        value: float = measure["target"] * (1 + random.gauss(0, measure["spread"] / 100))
        if measure["unit"] == "days":
            return round(value, 1)
        return min(round(value), 100) if measure["unit"] == "per_cent" else round(value)

    def _context(self) -> Iterator[dict[str, Any]]:
        """Yield the tables that describe the area, as at the autumn before the fieldwork."""
        random, before = self.random, self.plan.year - 1
        autumn, years = f"{before}-09-30", f"{before}/{before + 1}"
        caseload = random.randint(1400, 9800)
        yield {"title": "Caseload", "as_at": autumn, "rows": [_row("Total caseload", caseload, "count")]}
        for title, first, second, least in (
            ("Caseload by ethnicity", "White", "Minority ethnic", 620),
            ("Caseload by gender", "Male", "Female", 850),
        ):
            share = random.randint(least, 960) / 10
            rows = [_row(first, share, "per_cent"), _row(second, round(100 - share, 1), "per_cent")]
            yield {"title": title, "as_at": autumn, "rows": rows, "adds_up_to": 100}
        levels = [random.randint(180, 600), random.randint(90, 560), random.randint(11, 30)]
        rows = [_row(f"Level {n}", number, "count") for n, number in enumerate(levels, 1)]
        yield {"title": "Cases under MAPPA", "as_at": f"{before}-12", "rows": rows, "adds_up_to": sum(levels)}
        yield {
            "title": "PPO cases",
            "as_at": f"{before}-12",
            "rows": [_row("PPO cases", random.randint(30, 160), "count")],
        }
        budget = round(caseload * random.uniform(0.0026, 0.0033), 3)
        yield {"title": "Total revenue budget", "period": years, "rows": [_row("Budget", budget, "million_pounds")]}
        if random.random() < 0.6:  # not every area has one
            rows = [_row("Synthetic Lodge (capacity)", random.randint(12, 32), "count")]
            yield {"title": "Approved premises", "rows": rows}

    def _goodness(self, section: int) -> float:
        """Return how good a section came out, from 0 to 1."""
        refs = [ref for ref, one in self.framework.section_of.items() if one.number == section]
        shares = [
            score / 100 if (score := self.scores.get(ref)) is not None else 1 - self.ratings.get(ref, 1) / 4
            for ref in refs
        ]
        return sum(shares) / len(shares) if shares else 0.5

    def _summary(self, of: str, goodness: float) -> str:
        told = self.parts["summaries"].get(of)
        if told is None:
            return "What inspectors found is told under each criterion."
        good, poor = (2, 1) if goodness >= 0.7 else (1, 2)  # good or not
        return " ".join([*self.random.sample(told["good"], good), *self.random.sample(told["poor"], poor)])

    def _chapter(self, chapter: dict[str, Any]) -> dict[str, Any]:
        made = []
        for part in chapter["parts"]:
            texts = part["texts"]
            chosen = sorted(self.random.sample(range(len(texts)), max(1, len(texts) - self.random.randint(0, 2))))
            one = {"title": part["title"]} if "title" in part else {}
            one["text"] = self._filled("\n\n".join(" ".join(texts[n].split()) for n in chosen))
            if part.get("table"):
                one["figures"] = [self._answers()]
            made.append(one)
        return {"id": chapter["id"], "title": chapter["title"].format(area=self.area.title), "parts": made}

    def _answers(self) -> dict[str, Any]:
        values = [self.random.randint(least, least + 25) for least in (20, 12, 6)]
        rows = [
            _row(label, value, "count") | {"of": sum(values)}
            for label, value in zip(self.parts["answers"]["rows"], values, strict=True)
        ]
        return {"title": self.parts["answers"]["title"], "rows": rows, "adds_up_to": sum(values)}

    def _filled(self, text: str) -> str:
        return filled(text, self.area.title, self.random)


def _row(label: str, value: float, unit: str) -> dict[str, Any]:
    return {"label": label, "value": value, "unit": unit}
