"""Each rule finds its fault, at its place and in words, and leaves what is right alone."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recorded import recorded
from small_world import INSPECTION, problems_of, world
from two_languages import twins
from worked_example import worked_example

from omi_build.checks import RULES, figures, language

FINDINGS = f"{INSPECTION}/findings/1-1.yaml"
WELSH = f"{INSPECTION}/cy/findings/1-1.yaml"
SECOND = f"{INSPECTION}/findings/2-1.yaml"
ABOUT = f"{INSPECTION}/inspection.yaml"
FRAMEWORK = "frameworks/test-2040.yaml"
TARGETS = f"{INSPECTION}/targets.yaml"
CASES = f"{INSPECTION}/case_scores.yaml"
PRACTICE = f"{INSPECTION}/good_practice.yaml"

Step = str | int


def changed(path: str, pointer: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """Return the small world with one value changed."""
    files = world()
    files.setdefault(path, {})
    part = files[path]
    for step in pointer[:-1]:
        part = part[step]
    part[pointer[-1]] = value
    return files


def moves(*entries: dict[str, str]) -> dict[str, Any]:
    """Return the small world with addresses that moved."""
    return world() | {"redirects.yaml": {"redirects": list(entries)}}


def in_welsh(pointer: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """Return the small world in two languages with one value changed in the Welsh of its first criterion."""
    return changed_in(twins(), WELSH, pointer, value)


def bereft(files: dict[str, Any], path: str) -> dict[str, Any]:
    """Return a world without one of its files."""
    return {name: value for name, value in files.items() if name != path}


def prose(text: str) -> dict[str, Any]:
    """Return the small world with a text in its first finding."""
    return changed(FINDINGS, ("strengths", 0, "text"), f"A PSR was there. {text}")


def styled(text: str, **style: Any) -> dict[str, Any]:
    """Return the small world with a text in its first finding, under a house style."""
    return prose(text) | {"house_style.yaml": style}


def example(text: str, **more: Any) -> dict[str, Any]:
    """Return the small world with a text in its good practice example."""
    return changed(PRACTICE, ("good_practice", 0), {"title": "A form", "criterion": "1.1", "text": text, **more})


def table(*values: float, adds_up_to: float, unit: str = "count") -> dict[str, Any]:
    """Return the small world with a table whose rows should add up."""
    rows = [{"label": f"Row {n}", "value": value, "unit": unit} for n, value in enumerate(values)]
    return changed(ABOUT, ("context", 0), {"title": "Parts", "rows": rows, "adds_up_to": adds_up_to})


def share_of(value: float, of: int) -> dict[str, Any]:
    """Return the small world with a percentage of a base, as data."""
    rows = [{"label": "Done", "value": value, "unit": "per_cent", "of": of}]
    return changed(ABOUT, ("context", 0), {"title": "Shares", "rows": rows})


def cased(text: str, minimum: int = 0, **more: Any) -> dict[str, Any]:
    """Return the worked example with a text in a finding of 2.1."""
    files = worked_example(minimum)
    files[f"{INSPECTION}/findings/2-1.yaml"]["strengths"] = [{"letter": "a", "text": text, **more}]
    return files


def changed_in(files: dict[str, Any], path: str, pointer: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """Return a world with one value changed."""
    part = files[path]
    for step in pointer[:-1]:
        part = part[step]
    part[pointer[-1]] = value
    return files


def sampled(first: dict[str, Any], *, others: Any = None, minimum_cases: int = 12, ppo: int = 1) -> dict[str, Any]:
    """Return the worked example under sample rules, with something else in its first case; the others have strata."""
    files = worked_example()
    strata = [
        {"stratum": "order", "title": "Order", "group": "sentence"},
        {"stratum": "licence", "title": "Licence", "group": "sentence"},
        {"stratum": "ppo", "title": "Prolific", "minimum": ppo},
    ]
    files[FRAMEWORK]["sample"] = {"about": "Made up.", "minimum_cases": minimum_cases, "strata": strata}
    for n, case in enumerate(files[CASES]["cases"]):
        case["strata"] = ["licence", "ppo"] if others is None else [*others]
        files[CASES]["cases"][n] = {"case": case["case"], "strata": case["strata"], "answers": case["answers"]}
    files[CASES]["cases"][0] |= first
    return files


def without(path: str) -> dict[str, Any]:
    files = world()
    del files[path]
    return files


def moved(path: str, to: str) -> dict[str, Any]:
    files = world()
    files[to] = files.pop(path)
    return files


def extra(path: str, value: Any) -> dict[str, Any]:
    return {**world(), path: value}


def twice(path: str, key: str) -> dict[str, Any]:
    """Return the small world with the first entry of a list standing there twice."""
    return changed(path, (key,), [world()[path][key][0], *world()[path][key]])


def less(path: str, *keys: str) -> dict[str, Any]:
    """Return the small world without some keys of a document."""
    return extra(path, {key: value for key, value in world()[path].items() if key not in keys})


def figure(value: float, of: int) -> dict[str, Any]:
    """Return the small world with a count of a base, as data."""
    rows = [{"label": "Done", "value": value, "unit": "count", "of": of}]
    return changed(ABOUT, ("context", 0), {"title": "Counts", "rows": rows})


def answers(*refs: str, case: str = "C001") -> dict[str, Any]:
    return {"case": case, "answers": dict.fromkeys(refs, "sufficient")}


def counted(*, first: int, second: int, thread: int) -> dict[str, Any]:
    """Return the small world with counts: so many of 50 sufficient, for every question of 1.1 and of 1.2."""
    files = changed(ABOUT, ("published_thread_scores", 0, "score"), thread)
    counts = {f"1.{n}.{q}": {"sufficient": s, "relevant": 50} for n, s in ((1, first), (2, second)) for q in (1, 2)}
    return files | {CASES: {"counts": counts}}


VERSION = f"{INSPECTION}/versions/1.json"
CORRECTION = {"date": "2040-09-01", "text": "It was misprinted."}


def published(**changes: Any) -> dict[str, Any]:
    """Return the small world with its publication recorded."""
    return recorded(world(), INSPECTION, **changes)


WRONG = [
    ("OMI701", changed(ABOUT, ("publication", "time"), "09:30") | {ABOUT: changed(ABOUT, ("publication",), {"status": "published", "date": "2040-08", "time": "09:30"})[ABOUT]}, ABOUT, 10, "the time 09:30 needs a day, and the date is August 2040"),
    ("OMI701", changed(ABOUT, ("publication", "time_zone"), "Europe/Lundon"), ABOUT, 11, "there is no time zone Europe/Lundon"),
    ("OMI701", changed(ABOUT, ("publication",), {"status": "withdrawn", "date": "2040-08-15", "withdrawn": {"date": "2040-08-01", "reason": "It was wrong."}}), ABOUT, 11, "withdrawn 1 August 2040, before it was published (15 August 2040)"),
    ("OMI701", changed(ABOUT, ("publication", "status"), "withdrawn"), ABOUT, 8, "withdrawn, and nothing says when and why"),
    ("OMI701", changed(ABOUT, ("publication", "withdrawn"), {"date": "2040-08-20", "reason": "It was wrong."}), ABOUT, 12, "this says that it was withdrawn, and its status is published"),
    ("OMI702", changed_in(published(), FINDINGS, ("published_score",), 71), FINDINGS, 2, "this is not what was published as version 1"),
    ("OMI702", changed_in(published(), PRACTICE, ("good_practice", 0, "title"), "A better form"), PRACTICE, 2, "this is not what was published as version 1"),
    ("OMI702", {path: value for path, value in published().items() if path != TARGETS}, ABOUT, 8, "this is not what was published as version 1"),
    ("OMI703", changed_in(published(), ABOUT, ("publication", "corrections"), [CORRECTION]), ABOUT, 12, "this correction is not recorded as a version"),
    ("OMI703", published(corrections=1), ABOUT, 8, "the log holds 0 corrections, and 1 were published"),
    ("OMI704", {**published(version=2)}, VERSION, 2, "version 2 stands in 1.json, where version 1 should"),
    ("OMI705", published(scores={"criterion 1.1": 75}), VERSION, 18, "the score of criterion 1.1 was published as 75% and is 72% today"),
    ("OMI201", extra(f"{INSPECTION}/findings/1-9.yaml", {"criterion": "1.9", "strengths": [], "areas_for_improvement": []}), f"{INSPECTION}/findings/1-9.yaml", 1, "Test 2040 has no criterion 1.9"),
    ("OMI202", without(f"{INSPECTION}/findings/2-1.yaml"), ABOUT, 1, "no findings on criterion 2.1, Leading"),
    ("OMI203", changed(FINDINGS, ("strengths", 1, "letter"), "c"), FINDINGS, 7, "(c) stands where the letter (b) should be"),
    ("OMI203", changed(FINDINGS, ("strengths", 1, "letter"), "a"), FINDINGS, 7, "(a) stands where the letter (b) should be"),
    ("OMI204", changed(PRACTICE, ("good_practice", 0, "criterion"), "2.9"), PRACTICE, 3, "no criterion 2.9"),
    ("OMI204", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "criteria"), ["1.2", "7.1"]), f"{INSPECTION}/recommendations.yaml", 6, "no criterion 7.1"),
    ("OMI204", changed(f"{INSPECTION}/narrative.yaml", ("section_summaries", 0, "section"), 5), f"{INSPECTION}/narrative.yaml", 2, "no section 5"),
    ("OMI204", changed(ABOUT, ("published_thread_scores", 0, "thread"), "ham"), ABOUT, 12, "no thread ham"),
    ("OMI205", moved(FINDINGS, f"{INSPECTION}/findings/1-3.yaml"), f"{INSPECTION}/findings/1-3.yaml", 1, "the file is called 1-3.yaml, but its criterion is 1.1"),
    ("OMI205", changed(ABOUT, ("year",), 2041), ABOUT, 2, "doesn't agree with area testshire and year 2041"),
    ("OMI205", changed(FINDINGS, ("criterion",), "1.2"), FINDINGS, 1, "the file is called 1-1.yaml, but its criterion is 1.2"),
    ("OMI205", changed(FRAMEWORK, ("id",), "test-2041") | {ABOUT: {**world()[ABOUT], "framework": "test-2041"}}, FRAMEWORK, 1, "the file is called test-2040.yaml, but its id is test-2041"),
    ("OMI205", twice("areas.yaml", "areas"), "areas.yaml", 9, "the area testshire stands here a second time"),
    ("OMI205", twice("areas.yaml", "regions"), "areas.yaml", 4, "the region the-region stands here a second time"),
    ("OMI205", twice("glossary.yaml", "abbreviations"), "glossary.yaml", 4, "the abbreviation PSR stands here a second time"),
    ("OMI205", twice(f"{INSPECTION}/narrative.yaml", "chapters"), f"{INSPECTION}/narrative.yaml", 12, "the chapter the-area stands here a second time"),
    ("OMI205", twice(f"{INSPECTION}/narrative.yaml", "section_summaries"), f"{INSPECTION}/narrative.yaml", 4, "the summary of section 1 stands here a second time"),
    ("OMI205", twice(f"{INSPECTION}/narrative.yaml", "thread_summaries"), f"{INSPECTION}/narrative.yaml", 7, "the summary of harm stands here a second time"),
    ("OMI205", twice(ABOUT, "published_thread_scores"), ABOUT, 14, "the score of harm stands here a second time"),
    ("OMI206", changed("areas.yaml", ("areas", 0, "region"), "the-regoin"), "areas.yaml", 7, "there is no region the-regoin"),
    ("OMI206", changed(ABOUT, ("area",), "testshir"), ABOUT, 1, "there is no area testshir"),
    ("OMI206", changed(ABOUT, ("framework",), "test-2014"), ABOUT, 3, "there is no framework test-2014"),
    ("OMI207", changed(ABOUT, ("fieldwork",), "2040-02-31"), ABOUT, 6, "there is no such day as 2040-02-31"),
    ("OMI208", changed(ABOUT, ("publication", "date"), "2040-05-01"), ABOUT, 9, "published 1 May 2040, before the fieldwork (June 2040)"),
    ("OMI208", changed(ABOUT, ("fieldwork",), "2038-12"), ABOUT, 6, "before Test 2040 was in use"),
    ("OMI208", changed(ABOUT, ("context", 0, "as_at"), "2040-09"), ABOUT, 16, "figures as at September 2040, after the publication"),
    ("OMI208", changed(TARGETS, ("tables", 0, "targets", 0, "area", "as_at"), "2040-09"), TARGETS, 13, "figures as at September 2040, after the publication"),
    ("OMI208", changed(ABOUT, ("publication", "date"), "2039"), ABOUT, 9, "published 2039, before the fieldwork (June 2040)"),
    ("OMI209", changed(ABOUT, ("publication", "isbn_print"), "978-1-84726-356-7"), ABOUT, 10, "978-1-84726-356-7 is not an ISBN: its last digit is 7, but from the others it should be 8"),
    ("OMI209", changed(ABOUT, ("publication", "isbn_pdf"), "0-306-40615-3"), ABOUT, 11, "its last digit is 3, but from the others it should be 2"),
    ("OMI209", changed(ABOUT, ("publication", "isbn_print"), "978-1-84726-356"), ABOUT, 10, "an ISBN has 13 digits, the first of them 978 or 979; this has 12"),
    ("OMI209", changed(ABOUT, ("publication", "isbn_print"), "977-1-84726-356-8"), ABOUT, 10, "begins with 978 or 979"),
    ("OMI210", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "number"), 2), f"{INSPECTION}/recommendations.yaml", 2, "recommendation 2 stands where number 1 should be"),
    ("OMI210", twice(f"{INSPECTION}/recommendations.yaml", "recommendations"), f"{INSPECTION}/recommendations.yaml", 6, "recommendation 1 stands where number 2 should be"),
    ("OMI211", changed(FINDINGS, ("rating",), "well_met"), FINDINGS, 10, "its criteria have no rating"),
    ("OMI211", less(f"{INSPECTION}/findings/2-1.yaml", "rating"), f"{INSPECTION}/findings/2-1.yaml", 1, "criterion 2.1 has no rating"),
    ("OMI211", less(FINDINGS, "published_score"), FINDINGS, 1, "criterion 1.1 has no score"),
    ("OMI211", less(FINDINGS, "conclusion"), FINDINGS, 1, "criterion 1.1 has no conclusion"),
    ("OMI211", less(FINDINGS, "published_score", "conclusion"), FINDINGS, 1, "criterion 1.1 has no score and no conclusion"),
    ("OMI211", {**world(), f"{INSPECTION}/findings/2-1.yaml": {**less(f"{INSPECTION}/findings/2-1.yaml", "rating")[f"{INSPECTION}/findings/2-1.yaml"], "published_score": 60}}, f"{INSPECTION}/findings/2-1.yaml", 6, "section 2 is rated: its criteria have no published_score"),
    ("OMI211", changed(FINDINGS, ("score_not_available",), {"shorthand": "x", "reason": "Lost."}), FINDINGS, 10, "contradict each other"),
    ("OMI306", prose("It was [[share 1.1.9]]."), FINDINGS, 6, "Test 2040 has no question 1.1.9"),
    ("OMI306", prose("It was [[share 1.1.1]]."), FINDINGS, 6, "the inspection has no case answers"),
    ("OMI306", prose("It was [[percent 1.1.1]]."), FINDINGS, 6, "[[percent 1.1.1]] is not a citation that can be read"),
    ("OMI306", prose("It was [[score 9.9]]."), FINDINGS, 6, "Test 2040 has no criterion, section or thread 9.9"),
    ("OMI306", prose("It was [[score 2.1]]."), FINDINGS, 6, "criterion 2.1 has no score to cite"),
    ("OMI306", changed(FINDINGS, ("strengths", 0, "evidence"), ["1.1.9"]), FINDINGS, 8, "Test 2040 has no question 1.1.9"),
    ("OMI306", cased("It was [[share 2.1.2]]."), SECOND, 4, "question 2.1.2 has no relevant case"),
    ("OMI307", cased("It was 74%.", evidence=["1.1.1"]), SECOND, 4, "74% stands here, but question 1.1.1 gives 70% (seven out of 10)"),
    ("OMI307", cased("It was nine out of 10 cases.", evidence=["1.1.1"]), SECOND, 4, "nine out of 10 stands here, but question 1.1.1"),
    ("OMI308", cased("It was [[share 2.1.1]].", 3), SECOND, 4, "the count of question 2.1.1 is withheld, so it can't be cited"),
    ("OMI308", cased("It was three out of four cases.", 3, evidence=["2.1.1"]), SECOND, 4, "withheld, but this gives it away"),
    ("OMI408", sampled({"strata": ["order", "licence"]}), CASES, 5, "case C001 is order and licence; it must be one of order, licence"),
    ("OMI408", sampled({"strata": ["ppo"]}), CASES, 5, "case C001 is neither order nor licence"),
    ("OMI408", sampled({"strata": ["order", "popp"]}), CASES, 6, "Test 2040 has no stratum popp"),
    ("OMI409", changed_in(worked_example(), ABOUT, ("sample", "cases"), 13), ABOUT, 19, "said to have 13 cases, but there are answers on 12"),
    ("OMI410", sampled({}, minimum_cases=13), CASES, 1, "the sample has fewer cases than the 13"),
    ("OMI410", sampled({}, ppo=13), CASES, 1, "the sample has fewer cases of Prolific than the 13 asked for"),
    ("OMI410", sampled({"strata": []}, others=[]), CASES, 1, "no case says which strata it belongs to"),
    ("OMI214", changed(f"{INSPECTION}/findings/2-1.yaml", ("strengths",), []), f"{INSPECTION}/findings/2-1.yaml", 1, "criterion 2.1 has no finding, and the report is published"),
    ("OMI215", changed(ABOUT, ("assignments",), [{"to": "A. Synthetic", "parts": ["1.1", "1.9"]}]), ABOUT, 25, "there is no part 1.9"),
    ("OMI213", changed(FINDINGS, ("strengths", 0, "themes"), ["staf"]), FINDINGS, 8, "there is no theme staf"),
    ("OMI801", moves({"from": "/reports/kent-08", "to": "areas/"}), "redirects.yaml", 2, "/reports/kent-08 is not an old address of this site"),
    ("OMI801", moves({"from": "assets/omi.css/", "to": "areas/"}), "redirects.yaml", 2, "assets/omi.css/ is not an old address of this site"),
    ("OMI801", moves({"from": "reports/index.html", "to": "areas/"}), "redirects.yaml", 2, "reports/index.html is not an old address of this site"),
    ("OMI801", moves({"from": "reports/../old/", "to": "areas/"}), "redirects.yaml", 2, "reports/../old/ is not an old address of this site"),
    ("OMI801", moves({"from": "old/", "to": "http://example.org/"}), "redirects.yaml", 3, "http://example.org/ is not an address of this site, nor one elsewhere that begins with https://"),
    ("OMI801", moves({"from": "old/", "to": "//example.org/"}), "redirects.yaml", 3, "//example.org/ is not an address of this site"),
    ("OMI801", moves({"from": "old/", "to": "javascript:alert(1)"}), "redirects.yaml", 3, "javascript:alert(1) is not an address of this site"),
    ("OMI802", moves({"from": "old/", "to": "areas/"}, {"from": "old/", "to": "reports/"}), "redirects.yaml", 4, "old/ stands here a second time"),
    ("OMI803", moves({"from": "a/", "to": "b/"}, {"from": "b/", "to": "areas/#d"}), "redirects.yaml", 3, "b/ moved itself"),
    ("OMI803", moves({"from": "a/", "to": "b/"}, {"from": "b/", "to": "a/"}), "redirects.yaml", 3, "this leads in a circle: a/ → b/ → a/"),
    ("OMI803", moves({"from": "a/", "to": "a/"}), "redirects.yaml", 3, "this leads in a circle: a/ → a/"),
    ("OMI213", changed("themes.yaml", ("themes",), [{"id": "staff", "title": "Staff", "about": about} for about in ("Theirs.", "Its.")]), "themes.yaml", 5, "the theme staff stands here a second time"),
    ("OMI212", changed(FRAMEWORK, ("scoring", "summary_weight"), 30), FRAMEWORK, 9, "the weights add up to 110"),
    ("OMI212", changed(FRAMEWORK, ("bands", 2, "from"), 5), FRAMEWORK, 13, "they must run down to 0"),
    ("OMI212", changed(FRAMEWORK, ("bands", 0, "from"), 60), FRAMEWORK, 13, "the bands begin at 60, 60, 0"),
    ("OMI212", less(FRAMEWORK, "ratings"), FRAMEWORK, 62, "section 2 is rated, but the framework has no ratings"),
    ("OMI212", changed(FRAMEWORK, ("sections", 0, "criteria", 0, "questions", 0, "summary"), True), FRAMEWORK, 49, "criterion 1.1 has 2 summary questions; it needs one"),
    ("OMI212", changed(FRAMEWORK, ("sections", 0, "criteria", 0, "questions", 1, "summary"), False), FRAMEWORK, 49, "criterion 1.1 has 0 summary questions; it needs one"),
    ("OMI212", changed(FRAMEWORK, ("sections", 0, "criteria", 0, "questions", 0, "threads", 0), "ham"), FRAMEWORK, 52, "there is no thread ham"),
    ("OMI212", changed(FRAMEWORK, ("sections", 0, "criteria", 1, "questions", 0, "ref"), "1.1.1"), FRAMEWORK, 60, "the question 1.1.1 stands here a second time"),
    ("OMI212", changed(FRAMEWORK, ("sections", 1, "number"), 1), FRAMEWORK, 67, "the section 1 stands here a second time"),
    ("OMI212", changed(FRAMEWORK, ("ratings", 1, "rating"), "well_met"), FRAMEWORK, 30, "the rating well_met stands here a second time"),
    ("OMI212", twice(FRAMEWORK, "threads"), FRAMEWORK, 37, "the thread harm stands here a second time"),
    ("OMI301", prose("In 79% of the 50 reports it was."), FINDINGS, 6, "79% of 50 can't be: 39 is 78%, 40 is 80%"),
    ("OMI301", share_of(14.5, 36), ABOUT, 18, "14.5% of 36 can't be: 5 is 13.9%, 6 is 16.7%"),
    ("OMI302", prose("It was late in five out of 36 (15%)."), FINDINGS, 6, "five out of 36 is 14%, not 15%"),
    ("OMI302", prose("It was late in 33 of the 50 reports (67%)."), FINDINGS, 6, "33 out of 50 is 66%, not 67%"),
    ("OMI302", prose("In 11 (22%) out of 53 cases."), FINDINGS, 6, "11 out of 53 is 21%, not 22%"),
    ("OMI302", prose("In 66% (32 of 50)."), FINDINGS, 6, "32 out of 50 is 64%, not 66%"),
    ("OMI302", prose("Twenty-nine out of 58 cases (51%)."), FINDINGS, 6, "Twenty-nine out of 58 is 50%, not 51%"),
    ("OMI301", prose("In 79% of all these 50."), FINDINGS, 6, "79% of 50 can't be"),
    ("OMI301", prose("In 91.5% of twenty-four cases."), FINDINGS, 6, "91.5% of 24 can't be: 21 is 87.5%, 22 is 91.7%"),
    ("OMI301", share_of(120, 50), ABOUT, 18, "120% of 50 can't be: 50 is 100%"),
    ("OMI301", share_of(-5, 50), ABOUT, 18, "-5% of 50 can't be: 0 is 0%"),
    ("OMI302", prose("In 66% of reports (32 of 50)."), FINDINGS, 6, "32 out of 50 is 64%, not 66%"),
    ("OMI302", prose("One out of eight (12%)."), FINDINGS, 6, "One out of eight is 13%, not 12%"),
    ("OMI302", prose("Five out of 36 (13.8%)."), FINDINGS, 6, "Five out of 36 is 13.9%, not 13.8%"),
    ("OMI302", prose("Twenty nine out of 58 (51%)."), FINDINGS, 6, "Twenty nine out of 58 is 50%, not 51%"),
    ("OMI303", table(1.2, 2.3, adds_up_to=3.9, unit="million_pounds"), ABOUT, 23, "1.2 + 2.3 is 3.5, not 3.9"),
    ("OMI303", table(61, 6, 46, adds_up_to=118), ABOUT, 26, "61 + 6 + 46 is 113, not 118"),
    ("OMI303", table(60, 20, 13, adds_up_to=100, unit="per_cent"), ABOUT, 26, "60 + 20 + 13 is 93, not 100"),
    ("OMI304", prose("It was 44% here and 44% there."), FINDINGS, 6, "44% stands here 2 times"),
    ("OMI305", prose("In 12 out of 11 cases."), FINDINGS, 6, "12 out of 11 can't be"),
    ("OMI305", prose("In 53 of the 50 reports."), FINDINGS, 6, "53 out of 50 can't be"),
    ("OMI305", prose("In 33 of the 20 reports (66%)."), FINDINGS, 6, "33 out of 20 can't be"),
    ("OMI305", figure(1204, of=1200), ABOUT, 18, "1,204 of 1,200 can't be"),
    ("OMI401", changed(FINDINGS, ("published_score",), 20), FINDINGS, 3, "a score of 20% is urgent_priority, not good"),
    ("OMI401", changed(FINDINGS, ("conclusion",), "priority"), FINDINGS, 3, "a score of 72% is good, not priority"),
    ("OMI402", changed(f"{INSPECTION}/findings/2-1.yaml", ("rating",), "well_meet"), f"{INSPECTION}/findings/2-1.yaml", 2, "`well_meet` is no rating of the framework"),
    ("OMI403", changed(FINDINGS, ("conclusion",), "goood"), FINDINGS, 3, "`goood` is no conclusion of the framework"),
    ("OMI404", counted(first=25, second=29, thread=54), FINDINGS, 2, "criterion 1.1: 72% was published, but the case answers give 50%"),
    ("OMI404", counted(first=36, second=29, thread=64), ABOUT, 13, "Harm: 64% was published, but the case answers give 65%"),
    ("OMI405", changed(TARGETS, ("tables", 0, "targets", 0, "area", "asterisk"), False), TARGETS, 12, "88 against a target of 90 (higher is better) is near miss, which earns an asterisk, but here asterisk is false"),
    ("OMI405", changed(TARGETS, ("tables", 0, "targets", 0, "comparator", "asterisk"), True), TARGETS, 15, "80 against a target of 90 (higher is better) is missed, which does not earn an asterisk"),
    ("OMI406", extra(CASES, {"cases": [answers("9.9.9"), answers("9.9.9", case="C002")]}), CASES, 4, "no question 9.9.9 (2 cases answer it)"),
    ("OMI406", extra(CASES, {"counts": {"9.9.9": {"sufficient": 3, "relevant": 4}}}), CASES, 2, "no question 9.9.9"),
    ("OMI406", extra(CASES, {"cases": [answers("9.9.9")]}), CASES, 4, "no question 9.9.9"),
    ("OMI406", extra(CASES, {"cases": [answers("1.1.1"), answers("1.1.1")]}), CASES, 5, "case C001 stands here a second time"),
    ("OMI406", extra(CASES, {"counts": {"1.1.1": {"sufficient": 3, "relevant": 2}}}), CASES, 3, "3 sufficient of 2 relevant cases can't be"),
    ("OMI406", extra(CASES, {"synthetic": True}), CASES, 1, "neither cases nor counts"),
    ("OMI407", changed(f"{INSPECTION}/recommendations.yaml", ("recommendations", 0, "criteria"), ["1.1"]), f"{INSPECTION}/findings/1-2.yaml", 3, "no recommendation takes it up"),
    ("OMI501", prose("It was the the best."), FINDINGS, 6, "`the` stands twice in a row"),
    ("OMI501", prose("It seemed that that was late."), FINDINGS, 6, "`that` stands twice in a row"),
    ("OMI501", prose("There there was none."), FINDINGS, 6, "`there` stands twice in a row"),
    ("OMI502", changed(PRACTICE, ("good_practice", 0, "title"), "Work with Peter"), PRACTICE, 2, "`Peter` looks like a person's first name"),
    ("OMI502", example("Peter came. Peter left."), PRACTICE, 4, "`Peter` looks like a person's first name"),
    ("OMI502", example("Peter was 21 years old."), PRACTICE, 4, "`Peter` looks like a person's first name"),
    ("OMI503", prose("The YJB knew."), FINDINGS, 6, "YJB is used, but the glossary doesn't explain it"),
    ("OMI503", prose("The DRRs, and a DRR."), FINDINGS, 6, "DRR is used, but the glossary doesn't explain it"),
    ("OMI503", prose("OASys was used."), FINDINGS, 6, "OASys is used"),
    ("OMI503", changed(PRACTICE, ("good_practice", 0, "title"), "Work with the YJB"), PRACTICE, 2, "YJB is used"),
    ("OMI504", changed("glossary.yaml", ("abbreviations",), [{"short": "PSR", "long": "Report"}, {"short": "ATR", "long": "Treatment"}]), "glossary.yaml", 4, "ATR is in the glossary, but no report uses it"),
    ("OMI505", changed(FINDINGS, ("strengths", 0, "editor_notes"), [{"text": "So printed.", "explains": ["OMI301"]}]), FINDINGS, 10, "this note explains OMI301"),
    ("OMI601", styled("It was effected by it.", words=[{"write": "affected by", "instead_of": ["effected by"], "why": "It is acted on."}]), FINDINGS, 6, "`effected by` is written `affected by`"),
    ("OMI602", styled("In 79 per cent it was.", numbers={"per_cent_sign": True}), FINDINGS, 6, "`79 per cent` is written `79%`"),
    ("OMI603", styled("It was so in 5 cases.", numbers={"words_below": 10}), FINDINGS, 6, "`5 cases` has a figure, but numbers below 10 are in words"),
    ("OMI604", styled("It was.", abbreviations={"from": "2040-06"}), FINDINGS, 6, "PSR is used here first, and isn't written out"),
    ("OMI605", extra("house_style.yaml", {"words": [{"write": word, "instead_of": ["oasys"], "why": "So."} for word in ("OASys", "OASYS")]}), "house_style.yaml", 8, "`oasys` stands under `OASys` already"),
    ("OMI606", styled("The behavior was good.", spelling={}), FINDINGS, 6, "`behavior` is not in the dictionary of British English"),
    ("OMI607", styled("It was organized.", spelling={"ise": True}), FINDINGS, 6, "`organized` is written `organised`"),
    ("OMI901", in_welsh(("strengths",), [*({"letter": x, "text": "Yr oedd."} for x in "abd")]), WELSH, 9, "the file that this translates has no letter d here"),
    ("OMI901", in_welsh(("areas_for_improvement",), [{"letter": "a", "text": "Yr oedd."}]), WELSH, 10, "1 stands here and 0 in the file that this translates"),
    ("OMI901", in_welsh(("strenghts",), []), WELSH, 10, "the file that this translates has no strenghts here"),
    ("OMI901", twins() | {f"{INSPECTION}/cy/findings/2-9.yaml": {"criterion": "2.9"}}, f"{INSPECTION}/cy/findings/2-9.yaml", 1, "that this could translate"),
    ("OMI902", in_welsh(("published_score",), 71), WELSH, 2, "here stands `72` in the file that this translates"),
    ("OMI903", in_welsh(("strengths", 1, "text"), "Roedd yn glir mewn 12%."), FINDINGS, 8, "the Welsh has 12%, and this text hasn't"),
    ("OMI904", bereft(twins(), f"{INSPECTION}/cy/recommendations.yaml"), f"{INSPECTION}/recommendations.yaml", 1, "one text here has no words in Welsh"),
    ("OMI905", changed_in(bereft(twins(), f"{INSPECTION}/cy/recommendations.yaml"), ABOUT, ("complete_in_welsh",), True), f"{INSPECTION}/recommendations.yaml", 3, "this text has no words in Welsh"),
    ("OMI906", changed_in(twins(), ABOUT, ("languages",), ["en"]), ABOUT, 1, "its languages don't name both"),
    ("OMI105", in_welsh(("strengths", 1, "text"), ""), WELSH, 8, ""),
]  # fmt: skip

RIGHT = [
    world(),
    worked_example(),
    cased("It was [[share 1.1.1]], which is [[count not 1.1.1]]; [[score section 1]] and [[score harm]]."),
    cased("It was 70% (not 30%) in seven out of 10 cases and three out of the 10.", evidence=["1.1.1"]),
    prose("It was [[score 1.1]]."),
    prose("In 78% of the 50 reports it was, and in 91.6% of 3,734 cases."),
    prose("It was late in five out of 36 (14%), eight out of 11 cases (73%) and nine out of 32 licence cases (28%)."),
    prose("In 11 (21%) out of 53 cases; one in 16 (half of 8) and 10% of the 2007 plan."),
    prose("It had had its day. IT it was; a follow-up up to date."),
    prose("It was done\n\nDone by all."),
    prose(
        "In 120% of the 50 places; 50% of one team; 40% of 16 to 18 year olds; 41% of 18-20s; 33% of the three teams' work."
    ),
    prose(
        "In 33 of the 50 (66%), two of the three teams had met (92%), page 15 of the 12; in June 30 of the 12 were new."
    ),
    prose("One hundred and five out of 200 (53%), five out of 36 million (15%), 12–15 out of 36 (40%)."),
    prose("In 79% of 0 reports and none out of 0 (0%), 0 out of 0 (5%)."),
    prose("PSRs, HM Prison, a GCSE, the UK, sections II and XIV, on A4 as a PDF."),
    table(1.2, 2.3, adds_up_to=3.6, unit="million_pounds"),
    changed(
        ABOUT,
        ("context", 0),
        {
            "title": "A",
            "adds_up_to": 9,
            "rows": [
                {"label": "B", "value": 3, "unit": "count"},
                {"label": "C", "unit": "count", "not_available": {"shorthand": "c", "reason": "Few."}},
            ],
        },
    ),
    share_of(79, 10**10),
    figure(11, of=11),
    changed(FRAMEWORK, ("threads",), [{"thread": one, "title": one, "about": "A."} for one in ("harm", "spare")]),
    changed(FINDINGS, ("published_score",), 70.0),
    changed(ABOUT, ("publication", "isbn_pdf"), "0-306-40615-2"),
    changed(ABOUT, ("fieldwork",), "2039"),
    changed(FINDINGS, ("strengths", 0, "text"), "PSRs were there.")
    | {"glossary.yaml": {"abbreviations": [{"short": "PSRs", "long": "Reports"}], "terms": []}},
    extra(PRACTICE, {"good_practice": [{"title": "The HMP", "criterion": "1.1", "text": "A."}]})
    | {
        "glossary.yaml": {
            "abbreviations": [{"short": "HMP/YOI", "long": "A"}, {"short": "PSR", "long": "B"}],
            "terms": [],
        }
    }
    | {
        f"{INSPECTION}/recommendations.yaml": {
            "recommendations": [{"number": 1, "text": "The YOI.", "criteria": ["1.2"]}]
        }
    },
    table(67, 21, 13, adds_up_to=100, unit="per_cent"),
    table(91.6, 8.4, adds_up_to=100, unit="per_cent"),
    share_of(73, 11),
    example("A man of 21 went to Foston Hall in May."),
    example("Peter was 21 years old.", names_changed=True),
    changed(ABOUT, ("publication", "date"), "2040-06"),
    changed(FINDINGS, ("published_score",), 70),
    counted(first=36, second=29, thread=65),
]


@pytest.mark.parametrize(
    ("code", "files", "path", "line", "words"), WRONG, ids=[f"{row[0]}-{n}" for n, row in enumerate(WRONG)]
)
def test_a_fault_is_found_where_it_stands(
    tmp_path: Path, code: str, files: dict[str, Any], path: str, line: int, words: str
) -> None:
    """A fault gives its code, its line and its words; and one slip gives one message in all."""
    found = problems_of(tmp_path, files)
    assert [one.problem.code for one in found] == [code], [(one.problem.code, one.problem.message) for one in found]
    (one,) = found
    assert (one.problem.source.path, one.place.line) == (f"content/{path}", line)
    assert words in one.problem.message
    assert one.problem.hint


@pytest.mark.parametrize("files", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_left_alone(tmp_path: Path, files: dict[str, Any]) -> None:
    """Content without a fault gives no problem."""
    assert [(one.problem.code, one.problem.message) for one in problems_of(tmp_path, files)] == []


def test_a_file_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    """A broken findings file gives its own problem, and none about missing findings or unused abbreviations."""
    files = extra(FINDINGS, "criterion: [")
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI001"]


def test_missing_findings_of_a_draft_are_a_warning(tmp_path: Path) -> None:
    """A report in preparation may be unfinished."""
    files = without(f"{INSPECTION}/findings/2-1.yaml")
    files[ABOUT]["publication"] = {"status": "in_preparation"}
    found = [(one.problem.code, one.problem.severity.value) for one in problems_of(tmp_path, files)]
    assert found == [("OMI202", "warning")]


def test_the_column_is_that_of_the_words(tmp_path: Path) -> None:
    """A problem in prose points at the words themselves, inside a block of several lines."""
    files = world()
    files[FINDINGS] = (
        'criterion: "1.1"\npublished_score: 72\nconclusion: good\nstrengths:\n  - letter: a\n    text: |-\n'
        "      A PSR was there. It was done in 79% of\n      the 50 reports.\nareas_for_improvement: []\n"
    )
    (one,) = problems_of(tmp_path, files)
    assert (one.place.line, one.place.column, one.problem.code) == (7, 39, "OMI301")


ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)
CLAIM_LIKE = st.lists(
    st.sampled_from(
        "0 1 79 50 3,734 999999999 1.5 79% 8.4% five twenty nine hundred out of the all these ( ) (66%) (33 . , - \n \n\n "
        "Peter Mark St PSR OASys YJB's had that ’ — £ reports June".split(" ")
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CLAIM_LIKE | ANYTHING | st.text(st.sampled_from("0123456789%., ()-ofut aABPS\n’"), min_size=1, max_size=80))
def test_no_text_makes_a_rule_fail(tmp_path: Path, text: str) -> None:
    """Any prose, in a finding or an example, gives problems or none, never an exception."""
    files = prose(text)
    files[PRACTICE]["good_practice"][0]["text"] = f"It was. {text}"
    for one in problems_of(tmp_path, files):
        assert one.problem.code.startswith("OMI")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.integers(-(10**14), 10**14) | st.decimals(-(10**6), 10**6, places=3).map(float),
    of=st.integers(0, 10**14),
    total=st.decimals(-(10**6), 10**6, places=2).map(float),
    unit=st.sampled_from("count per_cent per_cent_of_target days working_days million_pounds".split()),
)
def test_no_figure_makes_a_rule_fail(tmp_path: Path, value: float, of: int, total: float, unit: str) -> None:
    """Any value of any unit out of any base, a base of 0 too, gives problems or none, never an exception."""
    rows = [{"label": "A", "value": value, "unit": unit, "of": of}, {"label": "B", "value": 1, "unit": unit}]
    files = changed(ABOUT, ("context", 0), {"title": "Figures", "rows": rows, "adds_up_to": total})
    files[TARGETS]["tables"][0]["targets"][0] |= {"target": value, "area": {"value": total, "asterisk": True}}
    for one in problems_of(tmp_path, files):
        assert one.problem.code.startswith(("OMI0", "OMI301", "OMI303", "OMI305", "OMI405"))


REFS = st.sampled_from(["1.1", "1.2", "2.1", "9.9", "7"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    named=st.lists(st.tuples(REFS, st.sampled_from(["good", "rating", "nothing", "lost"])), max_size=4),
    recommended=st.lists(REFS, min_size=1, max_size=3, unique=True),
    counts=st.dictionaries(
        st.sampled_from(["1.1.1", "1.1.2", "1.2.1", "9.9.9"]), st.tuples(st.integers(0, 5), st.integers(0, 5))
    ),
    lacking=st.sets(st.sampled_from(["scoring", "bands", "ratings", "threads", "targets"])),
    framework=st.sampled_from(["test-2040", "test-2041"]),
)
def test_no_inspection_makes_a_rule_fail(
    tmp_path_factory: pytest.TempPathFactory,
    named: list[tuple[str, str]],
    recommended: list[str],
    counts: dict[str, tuple[int, int]],
    lacking: set[str],
    framework: str,
) -> None:
    """Unknown refs, uncountable answers and a framework that lacks its parts give problems, never an exception."""
    more = {
        "good": {"published_score": 72, "conclusion": "good"},
        "rating": {"rating": "well_met"},
        "nothing": {},
        "lost": {"score_not_available": {"shorthand": "x", "reason": "Lost."}, "conclusion": "urgent_priority"},
    }
    files = world()
    for n, (ref, kind) in enumerate(named):
        files[f"{INSPECTION}/findings/1-{n}.yaml"] = {
            "criterion": ref,
            "strengths": [],
            "areas_for_improvement": [],
        } | more[kind]
    files[f"{INSPECTION}/recommendations.yaml"]["recommendations"][0]["criteria"] = recommended
    files[CASES] = {"counts": {ref: {"sufficient": s, "relevant": r} for ref, (s, r) in counts.items()}}
    files[FRAMEWORK] = {key: value for key, value in files[FRAMEWORK].items() if key not in lacking}
    files[ABOUT]["framework"] = framework
    for one in problems_of(tmp_path_factory.mktemp("world"), files):
        assert one.problem.code.startswith("OMI")


PROSE_RULES = {
    "OMI301": figures.impossible_percentage,
    "OMI302": figures.contradictory_count,
    "OMI304": figures.repeated_percentage,
    "OMI305": figures.count_above_base,
    "OMI501": language.doubled_word,
    "OMI502": language.unexplained_name,
    "OMI503": language.undefined_abbreviation,
}


@pytest.mark.parametrize("code", PROSE_RULES)
def test_the_examples_of_a_docstring_are_true(tmp_path: Path, code: str) -> None:
    """What a rule on prose shows as wrong is reported, and what it shows as right is not."""
    words = " ".join(str(PROSE_RULES[code].__doc__).split())
    (wrong,), (right,) = (re.findall(rf"(?:{name}): `([^`]+)`", words) for name in ("Wrong|To look at", "Right"))
    make = example if code == "OMI502" else prose
    assert [one.problem.code for one in problems_of(tmp_path / "wrong", make(wrong))] == [code]
    assert [one.problem.code for one in problems_of(tmp_path / "right", make(right))] == []


def test_every_rule_says_what_it_is_for() -> None:
    """Each rule's docstring begins with its code, which no other rule has, and shows what is wrong and what is right."""
    codes = [str(rule.__doc__).split()[0].strip(":") for rule in RULES]
    assert all(code.startswith("OMI") for code in codes)
    assert len(set(codes)) == len(codes)
    for rule in RULES:
        words = str(rule.__doc__)
        assert re.search(r"(Wrong|To look at): ", words), rule
        assert "Right: " in words, rule


def test_every_code_has_a_wrong_row() -> None:
    """No rule goes without a test that it finds its fault."""
    codes = {str(rule.__doc__).split(maxsplit=1)[0].strip(":") for rule in RULES}
    assert codes <= {row[0] for row in WRONG}


def test_a_large_base_is_judged_at_once() -> None:
    """A percentage of thousands of millions doesn't list the counts that give it."""
    assert figures.can_be(Fraction(79), 10**15)
    assert not figures.can_be(Fraction(101), 10**15)


def test_a_report_is_not_called_unexplained_for_the_framework_it_lacks(tmp_path: Path) -> None:
    """With an unknown framework no rule on the report runs, so no note is idle and no abbreviation unused."""
    files = changed(ABOUT, ("framework",), "test-2041")
    files[FINDINGS]["strengths"][0] = {"letter": "a", "text": "In 79% of the 50 reports."}
    files[FINDINGS]["strengths"][0]["editor_notes"] = [{"text": "So printed.", "explains": ["OMI301"]}]
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI206"]


def test_a_slip_in_the_name_of_a_criterion_is_told_once(tmp_path: Path) -> None:
    """The file says which criterion is meant: it is neither missing nor misnamed as well."""
    (one,) = problems_of(tmp_path, changed(FINDINGS, ("criterion",), "1.9"))
    assert (one.problem.code, one.problem.hint) == ("OMI201", "Did you mean `1.1`, as the file is called?")


def test_a_score_is_not_compared_while_the_answers_cannot_be_counted(tmp_path: Path) -> None:
    """A question misnamed in every case is one slip, though the scores that follow from it are wrong too."""
    files = extra(CASES, {"cases": [answers("1.1.9", "1.1.2", case=f"C{n:03}") for n in range(9)]})
    assert [one.problem.code for one in problems_of(tmp_path, files)] == ["OMI406"]
