"""A build that can't be finished says why, and leaves the site that was there before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import BuiltSite, build, copied, snapshot

FOLDER = "content/inspections/northmoor-2040"


Break = Callable[[str, Callable[[str], str] | None], Path]
"""Changes a file of the project, or removes it."""


@pytest.fixture(scope="module")
def good(synthetic_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A project that has been built once."""
    site = copied(synthetic_site, tmp_path_factory.mktemp("good") / "project")
    assert site.run.code == 0, site.run.output
    assert "index.html" in site.files
    return site


@pytest.fixture
def broken(good: BuiltSite) -> Iterator[Break]:
    """Return a function that changes a file of the built project, or removes it; all is mended afterwards."""
    before: dict[Path, bytes] = {}

    def change(path: str, edit: Callable[[str], str] | None) -> Path:
        file = good.root / path
        before[file] = file.read_bytes()
        if edit is None:
            file.unlink()
        else:
            text = before[file].decode()
            file.write_text(edit(text))
            assert edit(text) != text
        return file

    yield change
    for file, raw in before.items():
        file.write_bytes(raw)


def failure(good: BuiltSite, *, fresh: bool = False) -> str:
    """Build again, see that it failed as it should, and return what it said."""
    again = build(good.root, "2040-06-30", fresh=fresh)
    assert again.run.code == 1, again.run.output
    assert "Traceback" not in again.run.output, again.run.output
    assert snapshot(good.folder) == good.files
    return again.run.output


def test_every_problem_of_several_files_is_told_with_its_place(good: BuiltSite, broken: Break) -> None:
    """Slips in four files come together, each with file, line and column, and the last site stays as it was."""
    broken(f"{FOLDER}/findings/1-1.yaml", lambda text: text.replace("criterion: '1.1'", "criterion: 1.10"))
    broken(f"{FOLDER}/findings/2-1.yaml", lambda text: text.replace("strengths:", "strenghts:"))
    broken(f"{FOLDER}/recommendations.yaml", lambda text: text.replace("number: 1", "number: [1"))
    broken(f"{FOLDER}/inspection.yaml", lambda text: text.replace("fieldwork: 2040-01", "fieldwork: 2040-02-30"))
    told = failure(good, fresh=True)
    for place in (
        "findings/1-1.yaml:1:12: error OMI103 ",
        "findings/2-1.yaml:2:1: error OMI101 unknown key `strenghts`",
        "recommendations.yaml:2:11: error OMI001 ",
        "inspection.yaml:6:12: error OMI207 there is no such day as 2040-02-30",
    ):
        assert f"\n{FOLDER}/{place}" in f"\n{told}"
    assert "Did you mean `strengths`?" in told
    assert "4 errors in 4 files" in told
    assert "The site was not built" in told


@pytest.mark.parametrize(
    ("template", "old", "new", "told"),
    [
        (
            "pages/section.md",
            "{% for criterion in section.criteria %}",
            "{% for criterion in %}",
            "Expected an expression",
        ),
        ("pages/glossary.md", "{% if terms %}", "{% if no_such_name %}", "no_such_name"),
        ("pages/glossary.md", "{% if terms %}", "{% if terms + 1 %}", "can only concatenate"),
        ("pages/glossary.md", "{% if terms %}", "{% if 1 / 0 %}", "division by zero"),
        ("pages/glossary.md", "{% if terms %}", "{% if terms | no_such_filter %}", "no_such_filter"),
        ("pages/overview.md", "parts/macros.html", "parts/no-such.html", "'parts/no-such.html' not found"),
        ("parts/macros.html", "{% macro pager(page, url) %}", "{% macro pager(page, url %}", "expected"),
        ("theme/partials/nav.html", "{% for link in", "{% for in link", "expected"),
    ],
)
def test_a_broken_template_is_told_with_its_place(
    good: BuiltSite, broken: Break, template: str, old: str, new: str, told: str
) -> None:
    """A slip in a template gives a message with file and line, no traceback, and no damage."""
    text = broken(f"site_templates/{template}", lambda text: text.replace(old, new)).read_text()
    line = text[: text.index(new)].count("\n") + 1
    said = failure(good)
    assert f"The site was not built: site_templates/{template}:{line}: " in said
    assert told in said


@pytest.mark.parametrize("schema", ["findings", "common", "report"])
def test_a_missing_schema_is_told(good: BuiltSite, broken: Break, schema: str) -> None:
    """Without a schema nothing is published; the message names it."""
    broken(f"schemas/{schema}.schema.json", None)
    assert f"{schema}.schema.json" in failure(good, fresh=True)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda text: text[:-20], "schemas/findings.schema.json"),
        (lambda text: text.replace('"type": "array"', '"type": "row"'), "findings.schema.json"),
        (
            lambda text: text.replace("common.schema.json#/$defs/ref", "common.schema.json#/$defs/reff"),
            "findings.schema.json",
        ),
    ],
    ids=["cut off", "no such type", "no such reference"],
)
def test_a_broken_schema_is_told(good: BuiltSite, broken: Break, edit: Callable[[str], str], told: str) -> None:
    """A schema that is itself wrong gives a message that names it."""
    broken("schemas/findings.schema.json", edit)
    assert told in failure(good)


def test_a_date_that_is_none_is_told(good: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH that isn't a number of seconds gives a message."""
    monkeypatch.setattr("building.epoch", lambda _: "June 2040")
    assert "The site was not built: SOURCE_DATE_EPOCH is 'June 2040'" in failure(good, fresh=True)
