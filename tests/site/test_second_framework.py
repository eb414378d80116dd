"""Other standards are other data: the synthetic world's framework needs no line of code."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from building import REPOSITORY, one_line
from jsonschema import Draft202012Validator
from synthetic_world import CONCLUSIONS, CRITERIA, PUBLISHED, SECTION_SCORE, THREADS

if TYPE_CHECKING:
    from building import BuiltSite

REPORT = f"reports/{PUBLISHED}/"
TITLES = {
    "risk_of_harm": "Risk to others",
    "likelihood_of_reoffending": "Likelihood of reoffending",
    "compliance": "Compliance and enforcement",
}


@pytest.fixture(scope="session")
def report(synthetic_site: BuiltSite) -> dict[str, Any]:
    """The public data of the synthetic report."""
    assert synthetic_site.run.code == 0, synthetic_site.run.output
    data: dict[str, Any] = json.loads(synthetic_site.files[f"{REPORT}report.json"])
    return data


def test_the_scores_of_three_threads_are_published(synthetic_site: BuiltSite, report: dict[str, Any]) -> None:
    """Three headline scores follow from the case answers, in `report.json` and on the overview."""
    assert report["scores"] == THREADS
    tiles = {
        tile.css("h3")[0].text(): tile.css(".omi-tile__figure .omi-figure")[0].text()
        for tile in synthetic_site.page(REPORT).tree.css(".omi-tile:not(.omi-tile--wide)")
    }
    assert {title: one_line(figure) for title, figure in tiles.items()} == {
        TITLES[thread]: f"{score}%" for thread, score in THREADS.items()
    }


def test_scores_and_conclusions_follow_the_weights_and_bands_of_the_framework(report: dict[str, Any]) -> None:
    """Criteria are weighed 60 to 40 and judged by four bands of other names."""
    section = report["sections"][1]
    assert section["score"] == SECTION_SCORE
    assert {one["ref"]: one["score"] for one in section["criteria"]} == CRITERIA
    assert {one["ref"]: one["conclusion"] for one in section["criteria"]} == CONCLUSIONS
    assert {one["score_origin"] for one in section["criteria"]} == {"cases"}


def test_described_and_rated_sections_have_no_score(synthetic_site: BuiltSite, report: dict[str, Any]) -> None:
    """A described section shows findings alone, a rated one the rating's own title."""
    described, _, rated = report["sections"]
    assert [described["assessment"], described["score"], described["criteria"][0]["rating"]] == [
        "described",
        None,
        None,
    ]
    assert [rated["assessment"], rated["score"], rated["criteria"][0]["rating"]] == ["rated", None, "adequate"]
    page = synthetic_site.page(f"{REPORT}1-courts-and-reports/")
    assert "Under 1.1 in the SYN, the plans were clear." in page.words
    assert "Section score" not in page.words
    assert one_line(page.article.css(".omi-verdict")[0].text()) == ""
    assert "Adequate" in synthetic_site.page(f"{REPORT}3-running-the-service/").article.css(".omi-verdict")[0].text()


def test_nothing_of_the_other_framework_is_said(synthetic_site: BuiltSite) -> None:
    """Pages of the new standards don't speak of the old ones' bands, line or sections."""
    for path, page in synthetic_site.pages.items():
        if path.startswith((REPORT, "frameworks/")):
            for word in ("urgent priority", "line of priority", "sentence planning", "2006", "near miss"):
                assert word not in page.words.lower(), (path, word)


def test_the_report_fits_the_same_schema(report: dict[str, Any]) -> None:
    """`report.json` under other standards fits the schema that all reports have."""
    Draft202012Validator(json.loads((REPOSITORY / "schemas/report.schema.json").read_bytes())).validate(report)


def test_case_answers_are_not_published(synthetic_site: BuiltSite) -> None:
    """Scores and counts leave the build; cases, their references and their answers don't."""
    for path, raw in synthetic_site.files.items():
        assert b"S001" not in raw, path
        if path.endswith((".html", ".json", ".csv")) and not path.startswith("schemas/"):
            assert b"insufficient" not in raw, path


def test_the_table_of_scores_is_a_download(synthetic_site: BuiltSite) -> None:
    """`scores.csv` has a line for each criterion, section score and thread."""
    rows = list(csv.DictReader(synthetic_site.files[f"{REPORT}scores.csv"].decode().splitlines()))
    assert {row["criterion"]: row["score"] for row in rows if row["score"]} == {
        "": str(SECTION_SCORE),
        **{ref: str(score) for ref, score in (CRITERIA | THREADS).items()},
    }
