"""The downloads alone: every published score can be worked out from them again, and nothing withheld can.

What works things out here knows the published CSV files and nothing of the package.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from scipy.optimize import linprog

if TYPE_CHECKING:
    from building import BuiltSite

pytestmark = [pytest.mark.timeout(500), pytest.mark.xdist_group("demo")]

Row = dict[str, str]


def table(site: BuiltSite, path: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(site.files[path].decode())))


def case_scored(site: BuiltSite) -> list[str]:
    """Return the reports that publish counts of questions."""
    return sorted({row["report"] for row in table(site, "data/questions.csv")})


def whole(per_cent: float) -> int:
    """Return a per cent as the site shows it, halves up; six decimals of the weights are enough for that."""
    return math.floor(round(per_cent, 3) + 0.5)


def relevant_cases(site: BuiltSite, report: str) -> Counter[str]:
    """Return how many cases each question was relevant to, from the answers that never leave the build."""
    (file,) = (site.root / "content/inspections" / report).glob("case_scores.*")
    answers = json.loads(file.read_text())
    if "counts" in answers:
        return Counter({ref: count["relevant"] for ref, count in answers["counts"].items()})
    return Counter(
        ref for case in answers["cases"] for ref, answer in case["answers"].items() if answer != "not_applicable"
    )


def scores_of(site: BuiltSite, report: str) -> dict[str, int]:
    """Return the published scores of a report: by criterion, by `section 1`, by thread."""
    rows = [row for row in table(site, f"reports/{report}/scores.csv") if row["score"]]
    return {row["criterion"] or f"section {row['section']}": int(row["score"]) for row in rows}


def sums_of(questions: list[Row]) -> dict[str, dict[str, float]]:
    """Return the weight (0 to 1) of each question in each score that it counts for."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    criteria: dict[str, set[str]] = defaultdict(set)
    threads: dict[str, list[str]] = defaultdict(list)
    for row in questions:
        if row["weight"]:
            weights[row["criterion"]][row["question"]] = float(row["weight"]) / 100
            criteria[row["section"]].add(row["criterion"])
        if row["weight"]:
            for thread in row["threads"].split():
                threads[thread].append(row["question"])
    for section, refs in criteria.items():
        for ref in refs:
            for question, weight in weights[ref].items():
                weights[f"section {section}"][question] = weight / len(refs)
    for thread, asked in threads.items():
        weights[thread] = dict.fromkeys(asked, 1 / len(asked))
    return weights


def test_every_score_can_be_worked_out_again(demo_site: BuiltSite) -> None:
    """From `questions.csv`: each score that rests on counts which are all published comes out as it is published."""
    redone = 0
    for report in case_scored(demo_site):
        questions = table(demo_site, f"reports/{report}/questions.csv")
        shares = {
            row["question"]: int(row["sufficient"]) / int(row["relevant"]) for row in questions if row["sufficient"]
        }
        published = scores_of(demo_site, report)
        for of, weights in sums_of(questions).items():
            if of in published and set(weights) <= set(shares):
                score = sum(weight * shares[question] for question, weight in weights.items()) * 100
                assert whole(score) == published[of], (report, of)
                redone += 1
    assert redone > 100


def test_no_withheld_count_can_be_worked_out(demo_site: BuiltSite) -> None:
    """Whoever solves all published scores of a report together is left with several counts for each withheld question.

    At least five, or all that there are. How many cases were relevant isn't published either; the attacker is told.
    """
    tried = 0
    for report in case_scored(demo_site):
        questions = table(demo_site, f"reports/{report}/questions.csv")
        hidden = [row["question"] for row in questions if row["not_available"].startswith("[c]")]
        known = {
            row["question"]: int(row["sufficient"]) / int(row["relevant"]) for row in questions if row["sufficient"]
        }
        published = scores_of(demo_site, report)
        relevant = relevant_cases(demo_site, report)
        limits, bounds = [], []
        for of, weights in sums_of(questions).items():
            if of in published and not set(weights).isdisjoint(hidden):
                rest = sum(weight * known[ref] for ref, weight in weights.items() if ref in known)
                row = [weights.get(ref, 0.0) for ref in hidden]
                limits += [row, [-weight for weight in row]]
                bounds += [(published[of] + 0.5) / 100 - rest, rest - (published[of] - 0.5) / 100]
        for n, ref in enumerate(hidden):
            goal = [float(n == other) for other in range(len(hidden))]
            low = linprog(goal, A_ub=limits, b_ub=bounds, bounds=(0, 1)).fun
            high = -linprog([-x for x in goal], A_ub=limits, b_ub=bounds, bounds=(0, 1)).fun
            cases = relevant[ref]
            possible = sum(low - 1e-6 <= count / cases <= high + 1e-6 for count in range(cases + 1))
            assert possible >= min(5, cases + 1), (report, ref)
            tried += 1
    assert tried > 100


def test_every_form_of_the_data_withholds_the_same(demo_site: BuiltSite) -> None:
    """The page, `report.json` and both tables agree on what is withheld, count for count."""
    everywhere = {(row["report"], row["question"]): row["sufficient"] for row in table(demo_site, "data/questions.csv")}
    for report in case_scored(demo_site):
        data = json.loads(demo_site.files[f"reports/{report}/report.json"])
        told = {
            question["ref"]: question["sufficient"]
            for section in data["sections"]
            for criterion in section["criteria"]
            for question in criterion["questions"]
        }
        rows = table(demo_site, f"reports/{report}/questions.csv")
        assert {row["question"]: int(row["sufficient"]) if row["sufficient"] else None for row in rows} == told
        for ref, count in told.items():
            assert everywhere[report, ref] == ("" if count is None else str(count))
        for address in {section["criteria"][0]["url"].partition("#")[0] for section in data["sections"]}:
            for line in demo_site.page(address).tree.css(".omi-table--working tbody tr"):
                ref = line.css(".omi-letter")[0].text()
                cell = line.css("td")[0].text().strip()
                assert cell == str(told[ref]) or (told[ref] is None and cell.startswith("[")), (report, ref, cell)


@pytest.mark.parametrize("path", ["data/questions.csv", "data/scores.csv"])
def test_the_caution_is_inside_the_tables_of_all_reports(demo_site: BuiltSite, path: str) -> None:
    """A table is passed on without its page: each row says that areas are not to be ranked, and that it is made up."""
    rows = table(demo_site, path)
    assert {(row["note"], row["synthetic"]) for row in rows} == {("Samples differ: do not rank areas", "true")}
