"""The made-up programme: always the same, clean, labelled, and as large and varied as a real one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from building import REPOSITORY, make_project, run, write
from commanding import omi

from omi_build.checking import Checked, check_content
from omi_build.checks.claims import counts, number
from omi_build.disclosure import withhold
from omi_build.documents import read_content
from omi_build.doors import project_of
from omi_build.model.inspection import Answer, Status
from omi_build.scoring import Origin, ScoredReport, count_answers
from omi_build.synth import Basis, basis_of, programme
from omi_build.synth.areas import made_up_areas

if TYPE_CHECKING:
    from pathlib import Path

AREAS = 12
"""Enough areas to have a report of each kind."""
LEAST_TYPED = 5

_CITATION = re.compile(r"\[\[(share|count|score) (?:not )?([\w.]+)\]\]")


@pytest.fixture(scope="session")
def basis() -> Basis:
    """What the repository's own content gives."""
    content = REPOSITORY / "content"
    documents = [document for document in read_content(content).documents if not document.folder]
    names = [document.source.path.removeprefix("content/") for document in documents]
    return basis_of(documents, {name: (content / name).read_text(encoding="utf-8") for name in names})


@pytest.fixture(scope="session")
def made_up(basis: Basis) -> dict[str, str]:
    """A programme of twelve areas."""
    return dict(programme(AREAS, 1, basis))


@pytest.fixture(scope="session")
def checked(made_up: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The same, read and scored."""
    return check(made_up, tmp_path_factory.mktemp("made-up"))


def check(files: dict[str, str], folder: Path) -> Checked:
    write(folder, files)
    return check_content(project_of(REPOSITORY, content=folder))


def findings(report: ScoredReport) -> list[tuple[str, tuple[str, ...]]]:
    """Return text and evidence of each finding."""
    return [
        (finding.text.text, finding.evidence)
        for criterion in report.inspection.findings
        for finding in (*criterion.strengths, *criterion.areas_for_improvement)
    ]


def test_the_same_seed_gives_the_same_bytes(basis: Basis) -> None:
    """Made twice it is the same; with another seed it is another."""
    first = dict(programme(2, 7, basis))
    assert dict(programme(2, 7, basis)) == first
    assert dict(programme(2, 8, basis)) != first


def test_an_area_is_the_same_however_many_there_are(basis: Basis, made_up: dict[str, str]) -> None:
    """The reports and the entries of the first areas stand unchanged among those of twelve."""
    few = dict(programme(4, 1, basis))
    assert {path for path in few if few[path] != made_up.get(path)} <= {"areas.yaml", "glossary.yaml"}
    assert yaml.safe_load(made_up["areas.yaml"])["areas"][:4] == yaml.safe_load(few["areas.yaml"])["areas"]


def test_twelve_areas_are_without_a_problem(checked: Checked) -> None:
    """Not even a warning, under the project's own house style."""
    assert checked.programme.house_style.spelling
    assert checked.problems == ()


@pytest.mark.parametrize(("areas", "seed"), [(1, 1), (1, 2), (7, 3), (5, -4), (3, 123456789)])
def test_programmes_of_any_size_and_seed_are_without_a_problem(
    basis: Basis, areas: int, seed: int, tmp_path: Path
) -> None:
    """Down to a single area, whose glossary explains no more than its report uses."""
    assert check(dict(programme(areas, seed, basis)), tmp_path).problems == ()


def test_everything_is_labelled_as_made_up(checked: Checked, made_up: dict[str, str]) -> None:
    """Each area, report and file of answers; a report's title and lead body, and the page about the site, say so too."""
    assert all(area.synthetic for area in checked.programme.areas.areas)
    for inspection in checked.programme.inspections:
        assert inspection.about.synthetic, inspection.id
        assert inspection.about.title.endswith("(synthetic)")
        assert inspection.about.lead_body == "Synthetic Inspectorate"
        assert inspection.case_scores is None or inspection.case_scores.synthetic
    copied = {"about.md", "themes.yaml", "house_style.yaml", "frameworks/omi-2006.yaml"}
    assert [path for path, text in made_up.items() if path not in copied and "ynthetic" not in text[:200]] == []
    assert "Everything on this site is made up" in made_up["about.md"]


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_areas_have_names_and_places_of_their_own(seed: int) -> None:
    """Each name, identifier and tile stands once, and fits where the schema of areas.yaml wants it."""
    areas = made_up_areas(1000, seed)
    for values in (
        [area.title for area in areas],
        [area.id for area in areas],
        [(area.column, area.row) for area in areas],
    ):
        assert len(set(values)) == 1000
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", area.id) for area in areas)
    assert all(1 <= area.column <= 60 and 1 <= area.row <= 60 for area in areas)
    assert len({area.region for area in areas}) == 10


def test_no_name_is_that_of_a_real_area() -> None:
    """No made-up area or region is called like a real one, or has a real one's name inside its own."""
    real = yaml.safe_load((REPOSITORY / "content/areas.yaml").read_text(encoding="utf-8"))
    titles = [one["title"].lower() for one in (*real["areas"], *real["regions"])]
    for area in made_up_areas(1000, 1):
        for name in (area.title.lower(), area.region.replace("-", " ")):
            assert not [title for title in titles if title in name], name


def test_tiles_are_compact() -> None:
    """Forty-two areas fill a square of seven by seven, less one row."""
    areas = made_up_areas(42, 1)
    assert max(area.column for area in areas) == 7
    assert max(area.row for area in areas) <= 7


def test_reports_are_as_large_as_real_ones(checked: Checked) -> None:
    """From 150 findings on, and 100 to 130 cases for every question of the framework."""
    for report in checked.reports:
        assert len(findings(report)) >= 150, report.inspection.id
        assert 3 <= len(report.inspection.good_practice) <= 6
        scores = report.inspection.case_scores
        if scores and scores.cases:
            assert 100 <= len(scores.cases) <= 130
            assert all(case.answers.keys() == report.framework.questions.keys() for case in scores.cases)


def test_samples_keep_to_the_rules_of_the_framework(checked: Checked) -> None:
    """The size told is that of the sample, each stratum has its least number, and each case one stratum of a group."""
    for report in checked.reports:
        scores, sample = report.inspection.case_scores, report.framework.sample
        if scores is None or not scores.cases:
            continue
        assert sample
        assert report.inspection.about.sample
        assert report.inspection.about.sample.cases == len(scores.cases) >= sample.minimum_cases
        found = Counter(stratum for case in scores.cases for stratum in case.strata)
        assert [one.stratum for one in sample.strata if found[one.stratum] < one.minimum] == []
        group = {one.stratum for one in sample.strata if one.group}
        assert {len(group & set(case.strata)) for case in scores.cases} == {1}


def test_answers_on_a_case_go_together(checked: Checked) -> None:
    """Cases differ more in how much is sufficient than they would if each answer were drawn alone."""
    report = next(one for one in checked.reports if one.inspection.case_scores and one.inspection.case_scores.cases)
    assert report.inspection.case_scores
    shares = []
    for case in report.inspection.case_scores.cases:
        relevant = [answer for answer in case.answers.values() if answer is not Answer.NOT_APPLICABLE]
        shares.append(relevant.count(Answer.SUFFICIENT) / len(relevant))
    mean = sum(shares) / len(shares)
    variance = sum((share - mean) ** 2 for share in shares) / len(shares)
    assert variance > 2 * mean * (1 - mean) / 80


def test_the_set_has_a_report_of_each_kind(checked: Checked) -> None:
    """Years, stages of a report's life, ways in which scores are known, a second inspection, and a Welsh name."""
    inspections = checked.programme.inspections
    assert {one.about.year for one in inspections} == {2006, 2007, 2008, 2009}
    assert {one.about.publication.status for one in inspections} == set(Status) - {Status.WITHDRAWN}
    assert 2 in Counter(one.about.area for one in inspections).values()
    assert any(one.about.publication.corrections for one in inspections)
    assert {bool(one.narrative.foreword) for one in inspections} == {True, False}
    known = {
        "nothing" if one.case_scores is None else "counts" if one.case_scores.counts else "cases" for one in inspections
    }
    assert known == {"nothing", "counts", "cases"}
    welsh = [area for area in checked.programme.areas.areas if area.country == "Wales"]
    assert any(not area.title.isascii() and area.id.isascii() for area in welsh)
    bands = {
        criterion.band.conclusion
        for report in checked.reports
        for criterion in report.criteria.values()
        if criterion.band
    }
    assert bands == {"good", "priority", "urgent_priority"}
    assert {table.title for one in inspections for table in one.targets} == {"National performance data (made up)"}


def test_scores_of_reports_without_answers_are_told_with_their_source(checked: Checked) -> None:
    """They are published scores, with a conclusion and a thread score."""
    without = [one for one in checked.reports if one.inspection.case_scores is None]
    assert without
    for report in without:
        scores = [criterion.score for criterion in report.criteria.values() if criterion.score]
        assert {score.origin for score in scores} == {Origin.PUBLISHED}
        assert report.inspection.about.source_of_scores
        assert report.inspection.about.published_thread_scores


def test_some_counts_are_small(checked: Checked) -> None:
    """Each report with answers has questions that apply to under ten cases, so that withholding has work to do."""
    for report in checked.reports:
        if report.inspection.case_scores:
            results = count_answers(report.inspection.case_scores, report.framework)
            assert any(0 < result.relevant < 10 for result in results.values()), report.inspection.id


def test_typed_counts_agree_with_the_answers(checked: Checked) -> None:
    """A count in a finding that names its evidence is the question's count, and never one that could tell of few people."""
    seen = 0
    for report in checked.reports:
        if report.inspection.case_scores is None:
            continue
        results = count_answers(report.inspection.case_scores, report.framework)
        for text, evidence in findings(report):
            for claim in counts(text) if evidence else ():
                seen += 1
                result = results[evidence[0]]
                count, relevant = number(claim.count), number(claim.base)
                assert relevant == result.relevant, text
                assert count in {result.sufficient, result.relevant - result.sufficient}, text
                assert LEAST_TYPED <= count <= relevant - LEAST_TYPED, text
    assert seen > 100


def test_only_figures_that_are_surely_published_are_cited(checked: Checked) -> None:
    """No question is cited whose counts are withheld."""
    seen = set()
    for report in checked.reports:
        for text, evidence in findings(report):
            for what, of in _CITATION.findall(text):
                seen.add(what)
                assert report.inspection.case_scores, "there is nothing to cite"
                if what == "score":
                    assert of in {*report.criteria, *(thread.thread.thread for thread in report.threads)}
                    continue
                assert evidence == (of,)
                assert of not in withhold(report).questions
    assert seen == {"share", "count", "score"}


def test_citations_can_be_left_out(basis: Basis) -> None:
    """Then every figure is typed."""
    assert not any("[[" in text for _, text in programme(3, 1, basis, citations=False))


def test_the_command_writes_a_content_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, basis: Basis) -> None:
    """The files of the programme, as bytes in UTF-8."""
    monkeypatch.chdir(REPOSITORY)
    made = omi("synth", "--areas", "2", "--seed", "5", "--out", str(tmp_path / "new"))
    assert made.exit_code == 0
    expected = {path: text.encode() for path, text in programme(2, 5, basis)}
    assert f"{len(expected)} files in " in made.output
    assert {path: (tmp_path / "new" / path).read_bytes() for path in expected} == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "is not empty; give a new folder."),
        (("--areas", "0"), "0 is not in the range 1<=x<=1000"),
        (("--areas", "1001"), "1001 is not in the range 1<=x<=1000"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], message: str
) -> None:
    """A folder with something in it, or no number of areas that it can make up: exit 2, and nothing is written."""
    monkeypatch.chdir(REPOSITORY)
    (tmp_path / "mine.txt").write_text("mine")
    refused = omi("synth", *options, "--out", str(tmp_path))
    assert (refused.exit_code, [file.name for file in tmp_path.iterdir()]) == (2, ["mine.txt"])
    assert message in " ".join(refused.output.split())


def test_the_command_says_what_the_project_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It builds on the framework of the project's content, and says so where there is none."""
    monkeypatch.chdir(make_project(tmp_path / "project", {}))
    refused = omi("synth", "--out", str(tmp_path / "new"))
    assert refused.exit_code == 2
    assert "the content lacks frameworks/omi-2006.yaml, glossary.yaml or themes.yaml" in refused.output


def test_mkdocs_builds_the_folder_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make demo` does it: the site has the made-up report, and not the project's own."""
    root = make_project(tmp_path / "project")
    assert run(root, "omi", "synth", "--areas", "1", "--out", "made-up").code == 0
    monkeypatch.setenv("OMI_CONTENT", "made-up")
    built = run(root, "mkdocs", "build", "--strict")
    assert built.code == 0, built.output
    reports = {file.parent.name for file in (root / "site/reports").glob("*-*/report.json")}
    assert len(reports) == 1
    assert "derbyshire-2007" not in reports
