"""The settings of editors: each kind of file has its schema, and problems are read as `omi check` writes them."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import small_world
from building import REPOSITORY, make_project
from commanding import omi

from omi_build.cli import COMMANDS
from omi_build.documents import KINDS, kind_of
from omi_build.documents.files import language_of_file
from omi_build.reporting import as_text

VSCODE = REPOSITORY / ".vscode"
CONTENT = REPOSITORY / "content"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VSCODE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def tasks() -> dict[str, dict[str, Any]]:
    return {task["label"]: task for task in read("tasks")["tasks"]}


def matcher(task: str) -> dict[str, Any]:
    found: dict[str, Any] = tasks()[task]["problemMatcher"]
    return found


def test_each_kind_of_file_has_its_schema() -> None:
    """A file without a schema of its own to name gets the help of its kind, by where it lies."""
    wanted = {f"content/{pattern}": f"./schemas/{kind}.schema.json" for pattern, kind in KINDS.items()}
    settings = read("settings")
    given = {pattern: schema for schema, pattern in settings["yaml.schemas"].items()}
    for entry in settings["json.schemas"]:
        given |= {pattern.removeprefix("/"): entry["url"] for pattern in entry["fileMatch"]}
    assert given == {pattern: schema for pattern, schema in wanted.items() if not pattern.endswith(".csv")}
    assert all((REPOSITORY / schema).is_file() for schema in given.values())


def data_files() -> list[str]:
    return sorted(
        inside
        for inside in (file.relative_to(CONTENT).as_posix() for file in CONTENT.rglob("*.yaml"))
        # A translation has the keys that it translates alone: its schema would miss the others.
        if kind_of(inside) and not language_of_file(inside)
    )


@pytest.mark.parametrize("inside", data_files())
def test_each_file_names_its_schema(inside: str) -> None:
    """In any editor, opened alone, the first line leads to the schema of its kind."""
    up = "../" * (len(PurePosixPath(inside).parts))
    first = (CONTENT / inside).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={up}schemas/{kind_of(inside)}.schema.json"


def test_nothing_is_fetched_and_no_text_is_rewrapped() -> None:
    """Help comes from the repository alone, and saving a file changes nothing that its writer didn't."""
    settings = read("settings")
    off = [
        "yaml.schemaStore.enable",
        "yaml.kubernetesCRDStore.enable",
        "json.schemaDownload.enable",
        "redhat.telemetry.enabled",
        "yaml.format.enable",
    ]
    assert [settings[name] for name in off] == [False] * len(off)
    assert settings["[yaml]"]["editor.formatOnSave"] is False
    assert "redhat.vscode-yaml" in read("extensions")["recommendations"]


@pytest.mark.parametrize("task", ["Check", "Check while I write"])
def test_problems_are_read_as_they_are_written(task: str, tmp_path: Path) -> None:
    """Each problem of `omi check`, errors and warnings, stands in the editor's list with its file, line and column."""
    files = small_world.world()
    files[f"{small_world.INSPECTION}/findings/1-1.yaml"]["conclusion"] = "priority"
    files[f"{small_world.INSPECTION}/findings/1-2.yaml"]["areas_for_improvement"][0]["text"] = "It was was late."
    found = small_world.problems_of(tmp_path, files)
    pattern = matcher(task)["pattern"]
    lines = [match for line in as_text(found).plain.splitlines() if (match := re.match(pattern["regexp"], line))]
    assert {one.problem.severity.value for one in found} == {"error", "warning"}
    assert [
        tuple(match[pattern[part]] for part in ("file", "line", "column", "severity", "code", "message"))
        for match in lines
    ] == [
        (
            one.problem.source.path,
            str(one.place.line),
            str(one.place.column),
            one.problem.severity.value,
            one.problem.code,
            one.problem.message,
        )
        for one in found
    ]


def test_an_editor_knows_when_a_check_begins_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While `omi check --watch` runs, its first and last lines of each round are those that the task waits for."""
    watchfiles = pytest.importorskip("watchfiles")
    monkeypatch.chdir(make_project(tmp_path / "project", small_world.world()))
    monkeypatch.setattr(watchfiles, "watch", lambda *_, **__: iter([{("modified", "a file")}]))
    lines = omi("check", "--watch").output.splitlines()
    background = matcher("Check while I write")["background"]
    begins = [n for n, line in enumerate(lines) if re.search(background["beginsPattern"], line)]
    ends = [n for n, line in enumerate(lines) if re.search(background["endsPattern"], line)]
    assert (len(begins), len(ends)) == (2, 2)
    assert begins[0] < ends[0] < begins[1] < ends[1]


def test_tasks_call_what_there_is() -> None:
    """Each task is a command of `omi` or a target of make, and both checks read problems alike."""
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    known = set(COMMANDS)
    for label, task in tasks().items():
        program, word, *_ = task["command"].split()
        assert (program == "make" and word in targets) or (program == ".venv/bin/omi" and word in known), label
        assert task["detail"]
    assert matcher("Check")["pattern"] == matcher("Check while I write")["pattern"]
