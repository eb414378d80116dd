"""The worked example from its answers to the page: every figure that stands on paper stands there too."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from building import BuiltSite, build, make_project, once, one_line, write
from small_world import REPOSITORY
from worked_example import COUNTS, HARM, SCORES, SECTIONS, worked_example

from omi_build.checking import check_content
from omi_build.project import Project
from omi_build.scoring import nearest_edges

if TYPE_CHECKING:
    from pathlib import Path

    from omi_build.scoring import ScoredReport

SECTION = "reports/testshire-2040/1-cases/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the example, nothing withheld."""
    root = tmp_path_factory.mktemp("worked")
    return once("worked", lambda: build(make_project(root, worked_example()), "2041-01-01"))


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> ScoredReport:
    """The example, scored."""
    content = tmp_path_factory.mktemp("scored") / "content"
    write(content, worked_example())
    project = Project(content, REPOSITORY / "schemas", REPOSITORY / "site_templates", datetime.date(2041, 1, 1))
    checked = check_content(project)
    assert [problem.message for problem in checked.problems] == []
    return checked.reports[0]


def rows(site: BuiltSite, path: str, place: str) -> dict[str, list[str]]:
    """Return the rows of a working by the ref of their question."""
    found = {}
    for row in site.page(path).tree.css(f"{place} tbody tr"):
        ref = row.css(".omi-letter")[0].text()
        found[ref] = [one_line(cell.text()) for cell in row.css("td")]
    return found


@pytest.mark.parametrize("ref", COUNTS)
def test_answers_are_counted(report: ScoredReport, ref: str) -> None:
    """Sufficient and relevant cases of each question; one that is not applicable takes no part."""
    results = {result.question.ref: result for one in report.criteria.values() for result in one.questions}
    assert (results[ref].sufficient, results[ref].relevant) == COUNTS[ref]


def test_scores_are_those_on_paper(report: ScoredReport) -> None:
    """Criteria, sections and the thread, exact; what has no summary answer has no score, and so has its section."""
    assert {ref: one.score.proportion for ref, one in report.criteria.items() if one.score} == SCORES
    assert {one.section.number: one.score.proportion for one in report.sections if one.score} == SECTIONS
    assert [thread.score.proportion for thread in report.threads] == [HARM]


def test_weights_add_up_to_the_whole_score(report: ScoredReport) -> None:
    """4/15 a question and 7/15 for the summary question, which counts on both sides."""
    score = report.criteria["1.1"].score
    assert score is not None
    assert score.weights == {"1.1.1": Fraction(4, 15), "1.1.2": Fraction(4, 15), "1.1.3": Fraction(7, 15)}


def test_one_answer_decides(report: ScoredReport) -> None:
    """A summary answer moves a score by 7/180: one fewer makes 1.1 a priority, and one more makes 1.2 one."""
    for ref, more in (("1.1", False), ("1.2", True)):
        scored = report.criteria[ref]
        assert scored.score is not None
        edges = nearest_edges(scored.questions, scored.score, report.framework)
        assert [(edge.band.conclusion, edge.answers, edge.more) for edge in edges] == [("priority", 1, more)]


def test_the_page_shows_every_count_and_its_weight(site: BuiltSite) -> None:
    """Counts, per cent, weight and likely range, question by question."""
    assert site.run.code == 0, site.run.output
    assert rows(site, SECTION, "#c1-1-working") == {
        "1.1.1": ["7", "10", "70.00%", "26.67%", "39% to 90%"],
        "1.1.2": ["6", "9", "66.67%", "26.67%", "35% to 88%"],
        "1.1.3": ["9", "12", "75.00%", "46.67%", "46% to 92%"],
    }
    assert rows(site, SECTION, "#c1-2-working")["1.2.3"][:4] == ["7", "12", "58.33%", "46.67%"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (SECTION, "0.80 × 70.56 + 0.20 × 75.00 = 71.44 from the counts, shown as 71%."),
        (SECTION, "0.80 × 56.94 + 0.20 × 58.33 = 57.22 from the counts, shown as 57%."),
        (SECTION, "(71.44 + 57.22) ÷ 2 = 64.33 from the counts, shown as 64%."),
        (SECTION, "One sufficient answer fewer could have made it ‘Priority’."),
        (SECTION, "One more sufficient answer could have made it ‘Priority’."),
        ("reports/testshire-2040/", "195.00 ÷ 3 = 65.00 from the counts, shown as 65%."),
        (
            "reports/testshire-2040/2-more-cases/",
            "The summary question of this criterion was not answered for any case.",
        ),
        ("reports/testshire-2040/2-more-cases/", "because criterion 2.1 has no score"),
    ],
)
def test_the_page_shows_the_sum(site: BuiltSite, path: str, words: str) -> None:
    """Each score can be redone from what the page shows, and what is missing says why."""
    assert words in site.page(path).words


@pytest.mark.parametrize(
    ("path", "anchor", "words", "links"),
    [
        ("1-cases/", "c1-1", "Seven out of 10 cases (70%) had it, 33% did not; the score is 71% of 65%.",
         ["../1-cases/#q1-1-1", "../1-cases/#q1-1-2", "../1-cases/#c1-1", "../#working-harm"]),
        ("1-cases/", "c1-2", "It scored 57%, and the section 64%.", ["../1-cases/#c1-2", "../1-cases/"]),
        ("2-more-cases/", "c2-1", "Few had it: 75%.", ["../2-more-cases/#q2-1-1"]),
    ],
)  # fmt: skip
def test_cited_figures_are_filled_in(site: BuiltSite, path: str, anchor: str, words: str, links: list[str]) -> None:
    """In house style, with a capital at the beginning of a sentence, and each leads to its working."""
    page = site.page(f"reports/testshire-2040/{path}")
    (text,) = page.tree.css(f"#{anchor}-strength-a .omi-findings__text > p")
    assert one_line(text.text()) == words
    addresses = [str(link.attributes["href"]) for link in text.css("a")]
    assert [site.target(page, address) for address in addresses] == [site.target(page, link) for link in links]
    for address in addresses:
        file, fragment = site.target(page, address)
        assert not fragment or fragment in site.pages[file].ids


def test_the_citation_is_filled_in_every_download(site: BuiltSite) -> None:
    """No download shows the notation, nor the marks that links are made of."""
    findings = site.files["reports/testshire-2040/findings.csv"].decode()
    assert "Seven out of 10 cases (70%) had it, 33% did not; the score is 71% of 65%." in findings
    telling = ("guide/", "rules/")  # these two pages tell how a citation is written
    texts = {f"search: {record['page']}{n}": record["content"] for n, record in enumerate(site.search)}
    texts |= {
        path: raw.decode() for path, raw in site.files.items() if path.endswith((".html", ".json", ".csv", ".xml"))
    }
    assert any(path.startswith("search: reports/") for path in texts)
    for path, text in texts.items():
        marks = (
            ("\x02", "\x03", "omi:")
            if path.removeprefix("search: ").startswith(telling)
            else ("[[", "\x02", "\x03", "omi:")
        )
        assert not [mark for mark in marks if mark in text], path


def test_counts_that_are_too_small_are_withheld(tmp_path: Path) -> None:
    """With a minimum of five nearly all counts of 12 cases are: the page says so, and shows no sum."""
    files = worked_example(minimum=5)
    for ref in ("1-1", "2-1"):
        files[f"inspections/testshire-2040/findings/{ref}.yaml"]["strengths"][0]["text"] = "It was done."
    site = build(make_project(tmp_path, files), "2041-01-01")
    assert site.run.code == 0, site.run.output
    words = site.page(SECTION).words
    assert "withheld for confidentiality" in words
    assert "from the counts" not in words
