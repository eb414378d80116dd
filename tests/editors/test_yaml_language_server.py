"""An editor with the project's settings helps as people type, offline: the YAML language server itself is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import REPOSITORY
from language_server import LanguageServer, yaml_language_server
from npm import node_modules

from omi_build.documents import read_content

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("yaml language server")  # started once, for all of them

FINDINGS = "content/inspections/{}/findings/1-2.yaml"
SCHEMA_LINE = "# yaml-language-server: $schema=../../../../schemas/findings.schema.json\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server, which must have tried to reach nothing by the end."""
    with yaml_language_server(node_modules(), REPOSITORY, tmp_path_factory.mktemp("server")) as (running, called):
        yield running
        assert not called.exists(), called.read_text()


@pytest.fixture(params=["", SCHEMA_LINE], ids=["by the settings", "by its first line"])
def head(request: pytest.FixtureRequest) -> str:
    """How a file finds its schema: by where it lies, or by what its first line says."""
    return str(request.param)


def messages(server: LanguageServer, path: str, text: str) -> list[tuple[int, str]]:
    """Return the line (from 1, the schema's line not counted) and the message of what is underlined."""
    skipped = text.startswith(SCHEMA_LINE)
    found = server.diagnosed(path, text)
    return sorted((item["range"]["start"]["line"] + 1 - skipped, item["message"]) for item in found)


def test_keys_are_offered_with_what_they_mean(server: LanguageServer, head: str) -> None:
    """On an empty line every key that isn't there yet is offered, each with its description."""
    offered = server.offered(FINDINGS, f'{head}criterion: "1.2"\n▮')
    assert {
        "strengths",
        "areas_for_improvement",
        "published_score",
        "conclusion",
        "rating",
        "comment",
    } <= offered.keys()
    assert "criterion" not in offered
    assert offered["published_score"] == "The score as the report published it, in whole per cent."


def test_keys_inside_a_finding_are_offered(server: LanguageServer, head: str) -> None:
    """The help reaches into the parts of a file."""
    offered = server.offered(FINDINGS, f'{head}criterion: "1.2"\nstrengths:\n  - letter: a\n    ▮')
    assert {"text", "evidence", "themes", "figures", "editor_notes"} <= offered.keys()


def test_words_that_a_value_can_have_are_offered(server: LanguageServer) -> None:
    """Where only certain words will do, they are offered."""
    offered = server.offered("content/inspections/{}/inspection.yaml", "publication:\n  status: ▮")
    assert {"in_preparation", "with_area", "published"} <= offered.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("published▮_score: 65\n", "The score as the report published it, in whole per cent."),
        ("strengths:\n  - let▮ter: a\n", "a for the first, b for the second and so on"),
    ],
)
def test_a_key_is_explained_under_the_pointer(server: LanguageServer, head: str, text: str, words: str) -> None:
    """Title, description and example come from the schema."""
    assert words in server.explained(FINDINGS, f'{head}criterion: "1.2"\n{text}')


def test_slips_are_underlined(server: LanguageServer, head: str) -> None:
    """A key that there is not, one that is missing, a value of the wrong type and one that another schema limits."""
    text = f'{head}criterion: "1.2"\nstrenghts: []\nareas_for_improvement: none\npublished_score: 650\n'
    assert messages(server, FINDINGS, text) == [
        (1, 'Missing property "strengths".'),
        (2, "Property strenghts is not allowed."),
        (3, 'Incorrect type. Expected "array".'),
        (4, "Value is above the maximum of 100."),
    ]


def test_a_number_without_quotation_marks_is_underlined(server: LanguageServer, head: str) -> None:
    """`criterion: 1.10` would be a number; the editor says so before anybody runs a check."""
    text = f"{head}criterion: 1.10\nstrengths: []\nareas_for_improvement: []\n"
    assert messages(server, FINDINGS, text) == [(1, 'Incorrect type. Expected "string".')]


def test_nothing_is_underlined_in_the_content_that_there_is(server: LanguageServer) -> None:
    """What `omi check` passes, the editor passes too: every data file of the repository."""
    paths = [document.source.path for document in read_content(REPOSITORY / "content").documents]
    files = {path: (REPOSITORY / path).read_text(encoding="utf-8") for path in paths if path.endswith(".yaml")}
    assert len(files) > 20
    assert {path: found for path, found in server.diagnosed_all(files).items() if found} == {}
