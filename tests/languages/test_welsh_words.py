"""Welsh words from the folder `cy` to what is published, recorded, compared and kept back."""

from __future__ import annotations

import copy
import datetime
from pathlib import Path
from typing import Any

import pytest
from building import REPOSITORY, write
from small_world import INSPECTION
from two_languages import BOTH, WELSH_ALONE, twins, two_languages

from omi_build.changes import compare
from omi_build.checking import Checked, check_content
from omi_build.languages import speaking
from omi_build.model.record import digest_of
from omi_build.pdf import front
from omi_build.project import Project
from omi_build.publication import PublicReport, PublicSite, public_parts, publish
from omi_build.scan import Sought, hiding_of, look, secrets_of

DAY = datetime.date(2041, 1, 1)


def checked(folder: Path, files: dict[str, Any]) -> Checked:
    """Return a world as it is checked."""
    write(folder / "content", files)
    return check_content(Project(folder / "content", REPOSITORY / "schemas", REPOSITORY / "site_templates", DAY))


@pytest.fixture
def site(tmp_path: Path) -> PublicSite:
    """The public site of the world in two languages."""
    made = checked(tmp_path, two_languages())
    return publish(made.programme, made.reports, DAY)


def of(site: PublicSite, name: str, language: str) -> PublicReport:
    """Return a report as it is told in a language."""
    return next(one for one in site.every_telling if (one.id, one.language) == (name, language))


def test_a_report_is_told_once_in_each_of_its_languages(site: PublicSite) -> None:
    """A report in one language alone has no copy of itself in the other."""
    told = [(one.id.partition("-")[0], one.language, one.address.startswith("cy/")) for one in site.every_telling]
    assert sorted(told) == [
        ("aberllyn", "cy", True),
        ("ceredwen", "cy", True),
        ("ceredwen", "en", False),
        ("testshire", "en", False),
    ]


def test_the_title_page_of_a_welsh_pdf_is_welsh(site: PublicSite) -> None:
    """What stands on it is in the language of the report, which screen readers are told."""
    with speaking("cy"):
        cover = front(of(site, BOTH, "cy"), "")
    assert (cover["title"], cover["language"], cover["words"]["contents"]) == ("Adroddiad synthetig", "cy", "Cynnwys")
    assert ("Gwaith maes", "Mehefin 2040") in cover["facts"]


def test_a_text_that_is_not_translated_is_counted_and_keeps_its_language(site: PublicSite) -> None:
    """What lacks in Welsh is told in English and marked as English."""
    report = of(site, BOTH, "cy")
    first, second = report.criteria["1.1"][1].strengths
    assert (first.text.text, first.text.language) == ("Roedd PSR yno.", "cy")
    assert (second.text.text, second.text.language) == ("It was clear.", "en")
    assert report.lacking == 4
    assert of(site, BOTH, "en").lacking == of(site, WELSH_ALONE, "cy").lacking == 0


def test_figures_are_matched_by_letter_and_number_not_by_order(tmp_path: Path) -> None:
    """A translation may leave out what comes first; the words go to the letter that they name."""
    files = two_languages()
    path = f"inspections/{BOTH}/cy/findings/1-1.yaml"
    files[path]["strengths"] = [{"letter": "b", "text": "Roedd yn glir."}]
    made = checked(tmp_path, files)
    report = of(publish(made.programme, made.reports, DAY), BOTH, "cy")
    assert [f.text.language for f in report.criteria["1.1"][1].strengths] == ["en", "cy"]


def test_english_rules_leave_welsh_alone(tmp_path: Path) -> None:
    """Neither spelling nor house style of English is asked of a report in Welsh, or of Welsh words."""
    files = two_languages() | {"house_style.yaml": {"spelling": {"ise": True}, "numbers": {"words_below": 10}}}
    narrative = files[f"inspections/{WELSH_ALONE}/narrative.yaml"]
    narrative["section_summaries"][0]["text"] = "Ymchwiliwyd i 5 achosion yn fanwl."
    codes = {problem.code for problem in checked(tmp_path, files).problems if "/cy/" in problem.source.path}
    codes |= {p.code for p in checked(tmp_path, files).problems if WELSH_ALONE in p.source.path}
    assert codes == set()


def test_welsh_words_are_part_of_what_was_published() -> None:
    """A Welsh text that changes after publication changes the digest, so that it needs a correction."""
    files = {path.removeprefix(f"{INSPECTION}/"): value for path, value in twins().items() if INSPECTION in path}
    before = digest_of(files)
    later = copy.deepcopy(files)
    later["cy/recommendations.yaml"]["recommendations"][0]["text"] = "Byddwch ar amser."
    assert digest_of(later) != before


def test_a_change_of_welsh_words_is_told_to_the_reviewer(tmp_path: Path) -> None:
    """`omi diff` names the file and shows the words that changed."""
    files = two_languages()
    before = checked(tmp_path / "before", files)
    files[f"inspections/{BOTH}/cy/recommendations.yaml"]["recommendations"][0]["text"] = "Byddwch yn brydlon."
    (group,) = compare(before, checked(tmp_path / "after", files)).groups
    (change,) = group.changes
    assert (group.inspection, change.part) == (BOTH, "in Welsh, recommendations.yaml")
    assert [(edit.removed, edit.added) for edit in change.edits] == [("ar amser.", "yn brydlon.")]


def test_welsh_words_of_a_draft_are_kept_back(tmp_path: Path) -> None:
    """The last scan finds the Welsh words of a report that isn't public."""
    held = "Ni ddylai neb ddarllen y frawddeg hon cyn y dydd"
    files = two_languages()
    files[f"inspections/{BOTH}/inspection.yaml"]["publication"] = {"status": "with_area"}
    files[f"inspections/{BOTH}/cy/recommendations.yaml"]["recommendations"][0]["text"] = held
    made = checked(tmp_path, files)
    sought = Sought(
        tuple(hiding_of(one, made.programme, public_parts(one, made.programme, DAY), ()) for one in made.reports)
    )
    secrets = secrets_of(sought, [], made.programme.areas.areas, [one.inspection.id for one in made.reports])
    assert look("page/index.html", f"<p>{held}</p>".encode(), secrets)
    assert not look("page/index.html", b"<p>Words of nobody in particular, in no order at all</p>", secrets)
