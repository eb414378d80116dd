"""The days in the life of a report, played through: its embargo, its correction, its withdrawal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import synthetic_world
from building import BuiltSite, build, epoch, make_project
from commanding import omi

from omi_build.doors import project_of
from omi_build.site import build_site

if TYPE_CHECKING:
    from pathlib import Path

NAME = "northmoor-2040"
FOLDER = f"inspections/{NAME}"
SIGNED = {"date": "2040-05-20", "by": "Synthetic chief"}
BY = ("--by", "Synthetic publications team")


def content(**publication: Any) -> dict[str, Any]:
    """Return the synthetic world with its report ready to be published."""
    files = synthetic_world.world()
    told = {"status": "with_area", "factual_accuracy": SIGNED} | publication
    files[f"{FOLDER}/inspection.yaml"] |= {
        "publication": told,
        "team": [{"role": "Inspectors", "members": [{"name": "Synthetic Person"}]}],
    }
    # A figure from the answers, whose link has the address of its version.
    files[f"{FOLDER}/findings/2-1.yaml"]["comment"] = "Of the cases [[share 2.1.1]] were good."
    files[f"{FOLDER}/findings/2-1.yaml"]["strengths"][0]["text"] += " That was [[share 2.1.1]]."
    files[f"{FOLDER}/narrative.yaml"] |= {
        "foreword": {"text": "A foreword.", "signed_by": "Synthetic Person", "role": "Chief"},
        "next_steps": {"text": "A plan is due.", "further_inspection": False},
    }
    return files


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The synthetic world with a report that waits for its publication, as the folder that commands are run in."""
    root = make_project(tmp_path / "project", content())
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch("2040-06-01")))
    return root


def change(project: Path, file: str, before: str, after: str, *, once: bool = False) -> None:
    """Change words in a file of the inspection, wherever they stand or at their first place."""
    path = project / "content" / FOLDER / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1 if once else -1))


def told(site: BuiltSite, words: str) -> list[str]:
    """Return the files of a site that hold some words."""
    return [path for path, raw in site.files.items() if words.encode() in raw]


def test_embargo_day(project: Path) -> None:
    """Published with an hour, a report is nowhere in the site a minute before, and whole at that minute."""
    done = omi("publish", NAME, *BY, "--date", "2040-06-15", "--time", "09:30")
    assert done.exit_code == 0, done.output
    assert "Public from 15 June 2040, 09:30 on" in done.output
    # In June London is an hour ahead of universal time.
    before = build(project, "2040-06-15T08:29:00+00:00")
    assert before.run.code == 0, before.run.output
    assert not told(before, "Northmoor 2040") + told(before, NAME)
    on_time = build(project, "2040-06-15T08:30:00+00:00")
    assert f"reports/{NAME}/index.html" in on_time.files
    assert "Northmoor 2040" in on_time.page("").words


def test_what_stands_in_the_way_is_listed(project: Path) -> None:
    """A dry run lists what is ready and what is missing, exits with 1 and writes nothing."""
    change(project, "inspection.yaml", "  factual_accuracy:\n    date: '2040-05-20'\n    by: Synthetic chief\n", "")
    change(project, "findings/2-1.yaml", "the plans were clear", "the the plans were clear")
    text = (project / "content" / FOLDER / "inspection.yaml").read_text()
    done = omi("publish", NAME, "--dry-run")
    assert done.exit_code == 1, done.output
    assert "✓ Every part and chapter is written" in done.output
    assert "✗ No error or warning is left" in done.output
    assert re.search(r"findings/2-1.yaml:\d+:\d+ warning OMI501 ", done.output)
    assert "✗ Factual accuracy is signed off" in done.output
    assert "✗ It has its date: give it with --date" in done.output
    assert "things stand in the way of its publication." in done.output
    assert (project / "content" / FOLDER / "inspection.yaml").read_text() == text
    assert not (project / "content" / FOLDER / "versions").exists()


def test_publishing_keeps_every_other_word_of_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`omi publish` writes into the publication block alone, anew until its moment has come, and not after."""
    path = project / "content" / FOLDER / "inspection.yaml"
    path.write_text("# About Northmoor\n" + path.read_text().replace("sample:", "# Counted twice\nsample:"))
    before = path.read_text()
    assert omi("publish", NAME, *BY, "--date", "2040-06-15").exit_code == 0
    after = path.read_text()
    block = after[after.index("publication:") :]
    assert after.startswith(before[: before.index("publication:")])
    assert "  status: published\n  date: 2040-06-15\n" in block
    later = omi("publish", NAME, *BY, "--date", "2040-06-16", "--time", "09:30")
    assert later.exit_code == 0, later.output
    assert omi("check").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch("2040-06-17")))
    again = omi("publish", NAME, *BY)
    assert again.exit_code == 2
    assert "is published already, as version 1" in again.output


def test_correction_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent change is refused; a correction shows its day, its reason, the figures before, and the version before."""
    assert omi("publish", NAME, *BY, "--date", "2040-06-15").exit_code == 0
    change(project, "findings/3-1.yaml", "rating: adequate", "rating: strong")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch("2040-06-30")))
    silent = build(project, "2040-07-01")
    assert silent.run.code == 1
    assert "OMI702 this is not what was published as version 1" in silent.run.output
    preview = build_site(project_of(project, preview=True, pdf=False))
    assert "Strong" in preview.files[f"reports/{NAME}/index.md"].decode()
    done = omi("correct", NAME, *BY, "--text", "The rating of 3.1 was copied wrongly.", "--date", "2040-07-01")
    assert done.exit_code == 0, done.output
    early = build(project, "2040-06-30")
    assert early.run.code == 0, early.run.output
    assert told(early, "copied wrongly") == []
    assert "Adequate" in early.page(f"reports/{NAME}/").words
    site = build(project, "2040-07-01", fresh=True)
    assert site.run.code == 0, site.run.output
    overview = site.page(f"reports/{NAME}/")
    assert "Corrected on 1 July 2040" in overview.words
    assert "The rating of 3.1 was copied wrongly." in overview.words
    (row,) = overview.article.css("#corrections ~ .omi-corrections tbody tr")
    assert " ".join(row.text(separator=" ").split()) == "Criterion 3.1, rating Adequate Strong"
    assert "Findings reworded" not in overview.words
    assert "copied wrongly" in site.files["feed.xml"].decode()
    old = site.page(f"reports/{NAME}/versions/1/")
    assert "the report as it stands" in old.words
    assert "noindex" in old.text
    assert json.loads(site.files[f"reports/{NAME}/versions/1/report.json"])["version"] == 1
    pages = {record["page"] for record in site.search}
    assert f"reports/{NAME}/" in pages
    assert not [page for page in pages if "/versions/" in page]
    assert all(there for _, _, there in site.links_within())


def test_withdrawal_day(project: Path) -> None:
    """A withdrawn report leaves its notice with the reason, an entry in the lists and the feed, and nothing else."""
    assert omi("publish", NAME, *BY, "--date", "2040-06-15").exit_code == 0
    withdrawn = "status: withdrawn\n  withdrawn: {date: 2040-08-01, reason: The sample was wrong.}"
    change(project, "inspection.yaml", "status: published", withdrawn)
    assert omi("check").exit_code == 0
    assert f"reports/{NAME}/report.json" in build(project, "2040-07-31").files
    site = build(project, "2040-08-01", fresh=True)
    assert site.run.code == 0, site.run.output
    notice = site.page(f"reports/{NAME}/")
    assert "The sample was wrong." in notice.words
    assert [path for path in site.files if path.startswith(f"reports/{NAME}/")] == [f"reports/{NAME}/index.html"]
    assert told(site, "the plans were clear") == []
    assert "Northmoor 2040, withdrawn on 1 August 2040" in site.page("reports/").words
    assert "Withdrawn: " in site.files["feed.xml"].decode()
    (listed,) = json.loads(site.files["data/reports.json"])["withdrawn"]
    assert (listed["report"], listed["reason"]) == (NAME, "The sample was wrong.")


def test_what_lies_between_two_counts_is_not_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After answers were corrected the version before shows its scores and no counts: the difference tells of one case."""
    assert omi("publish", NAME, *BY, "--date", "2040-06-15").exit_code == 0
    before = build(project, "2040-06-15").files[f"reports/{NAME}/report.json"]
    change(project, "case_scores.yaml", "2.1.2: sufficient", "2.1.2: insufficient", once=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch("2040-07-01")))
    done = omi("correct", NAME, *BY, "--text", "An answer was entered wrongly.")
    assert done.exit_code == 0, done.output
    site = build(project, "2040-07-01")
    assert site.run.code == 0, site.run.output
    old, new = (json.loads(site.files[f"reports/{NAME}/{path}report.json"]) for path in ("versions/1/", ""))
    assert any(counts(json.loads(before)))
    assert any(counts(new))
    assert not any(counts(old))
    assert [section["score"] for section in old["sections"]] == [s["score"] for s in json.loads(before)["sections"]]


def counts(report: dict[str, Any]) -> list[int | None]:
    """Return the counts of all questions of a report."""
    return [
        question[key]
        for section in report["sections"]
        for criterion in section["criteria"]
        for question in criterion["questions"]
        for key in ("sufficient", "relevant")
    ]


def test_a_time_zone_that_does_not_exist_is_told(project: Path) -> None:
    """A slip in it is one of the things that stand in the way, with its place."""
    change(project, "inspection.yaml", "  status: with_area", "  status: with_area\n  time_zone: Europe/Lundon")
    done = omi("publish", NAME, "--dry-run", "--date", "2040-06-15")
    assert done.exit_code == 1
    assert "error OMI701 there is no time zone Europe/Lundon" in done.output
