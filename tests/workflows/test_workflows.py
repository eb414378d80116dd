"""The workflows of GitHub are sound and hold no more rights than they need; two linters and a few tests of our own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from building import REPOSITORY

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.y*ml"))
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def lint(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a linter of this environment on the repository and return what it said."""
    program = Path(sys.executable).with_name(str(command[0]))
    return subprocess.run([program, *command[1:]], cwd=REPOSITORY, capture_output=True, text=True, check=False)


def read(file: Path) -> dict[Any, Any]:
    """Return a workflow as plain values; YAML 1.1 reads its key `on` as true."""
    workflow: dict[Any, Any] = yaml.safe_load(file.read_text())
    return workflow


def jobs() -> list[tuple[str, dict[str, Any]]]:
    return [(f"{file.stem}: {name}", job) for file in WORKFLOWS for name, job in read(file)["jobs"].items()]


def job(name: str) -> dict[str, Any]:
    return dict(jobs())[name]


def test_the_workflows_are_correct() -> None:
    """Keys, expressions, contexts, inputs of actions and shells are as GitHub knows them (jactionlint, strictest profile)."""
    options = ("--profile=pedantic", "--strict-exit", "--no-online", "--no-hints", "--no-color", "--shellcheck=")
    done = lint("jactionlint", *options, *WORKFLOWS, GITHUB / "dependabot.yml")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_the_workflows_are_safe() -> None:
    """No injection, no token left behind, no right too many (zizmor, its strictest persona, without the network)."""
    done = lint(
        "zizmor", "--offline", "--persona=auditor", "--no-progress", "--strict-collection", "--color=never", GITHUB
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_pinned_by_commit(file: Path) -> None:
    """A tag can be moved to other code; a full hash can't. The version stands beside it, for people."""
    used = [line.strip().removeprefix("- ") for line in file.read_text().splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_has_no_right_that_a_job_does_not_ask_for(file: Path) -> None:
    """Nothing by default; jobs read the repository, and what writes is known by name; no event of strangers is trusted."""
    workflow = read(file)
    events = workflow[True]
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    assert set(events) <= {"push", "pull_request", "schedule", "workflow_dispatch"}, (
        "pull_request_target and workflow_run run with the rights of the base"
    )


@pytest.mark.parametrize(("name", "job"), jobs(), ids=[name for name, _ in jobs()])
def test_only_the_comment_and_the_deployment_can_write(name: str, job: dict[str, Any]) -> None:
    """Jobs that run code of the repository can only read; each ends by itself."""
    writing = {
        "pull-request: comment": {"pull-requests": "write"},
        "publish: deploy": {"pages": "write", "id-token": "write"},
        "parts: deploy": {"pages": "write", "id-token": "write"},
    }
    assert job["permissions"] == writing.get(name, {"contents": "read"})
    assert 0 < job["timeout-minutes"] <= 30
    for step in job["steps"]:
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_the_comment_runs_nothing_of_the_pull_request() -> None:
    """It checks nothing out, starts no program of the repository, and is left out for forks."""
    comment = job("pull-request: comment")
    assert "head.repo.full_name == github.repository" in comment["if"]
    assert [step["uses"].split("@")[0] for step in comment["steps"] if "uses" in step] == ["actions/download-artifact"]
    (script,) = [step["run"] for step in comment["steps"] if "run" in step]
    assert set(re.findall(r"\b(?:make|python3?|node|npm|omi|eval|source|sh|bash)\b", script)) <= {"omi"}
    assert re.findall(r"\S*changes\.md", script) == ["changes/changes.md"] * 3, "only ever named as a file"
    assert "${{" not in script


def test_what_is_published_is_the_public_site_of_the_main_branch() -> None:
    """Only where a variable says so, only from main, built as a person builds it, without drafts."""
    build, deploy = job("publish: build"), job("publish: deploy")
    assert build["if"] == "${{ vars.PUBLISH_TO_PAGES == 'yes' && github.ref == 'refs/heads/main' }}"
    (built,) = [step for step in build["steps"] if step.get("run") == "make site"]
    assert built["env"]["OMI_PREVIEW"] == "0"
    assert build["steps"][-1]["with"]["path"] == "site/"
    assert deploy["needs"] == "build"
    assert not [step for step in deploy["steps"] if "run" in step], "what can publish runs nothing of the repository"


def test_parts_are_of_one_moment_and_one_branch() -> None:
    """Every part, and what puts them together, takes the same time and main; nothing of a draft is in any."""
    plan, part, whole = (job(f"parts: {name}") for name in ("plan", "part", "site"))
    assert plan["if"] == "${{ github.ref == 'refs/heads/main' }}"
    (built,) = [step["env"] for step in part["steps"] if step.get("run") == "make site"]
    (put_together,) = [step["env"] for step in whole["steps"] if step.get("run") == "make site"]
    assert built == {**put_together, "OMI_SHARD": "${{ matrix.part }}/${{ inputs.parts }}"}
    assert put_together == {"OMI_PREVIEW": "0", "SOURCE_DATE_EPOCH": "${{ needs.plan.outputs.moment }}"}
    assert job("parts: deploy")["if"] == "${{ vars.PUBLISH_TO_PAGES == 'yes' }}"


@pytest.mark.parametrize(
    ("parts", "listed"), [("1", "[1]"), ("12", str([*range(1, 13)])), ("0", ""), ("65", ""), ("2; ls", "")]
)
def test_parts_are_numbered(tmp_path: Path, parts: str, listed: str) -> None:
    """From 1 on, as many as were asked for; anything else ends the run."""
    (script,) = [step["run"] for step in job("parts: plan")["steps"]]
    out = tmp_path / "out"
    done = subprocess.run(
        [
            "bash",
            "-eo",
            "pipefail",
            "-c",
            script.replace("jq --compact-output --slurp .", "paste -sd, | sed 's/.*/[&]/'"),
        ],
        env={**os.environ, "PARTS": parts, "GITHUB_OUTPUT": str(out)},
        check=False,
    )
    assert (done.returncode == 0) is bool(listed)
    told = out.read_text() if out.exists() else ""
    assert (f"parts={listed.replace(' ', '')}\n" in told) is bool(listed)


def test_a_pull_request_saves_nothing_for_others() -> None:
    """What it builds may begin with what the main branch has kept, never the other way round."""
    used = [
        step["uses"]
        for name, one in jobs()
        for step in one["steps"]
        if "actions/cache" in step.get("uses", "") and "pull" in name
    ]
    assert used
    assert all(one.startswith("actions/cache/restore@") for one in used)


def test_an_embargo_ends_without_anyone_at_a_keyboard() -> None:
    """A build begins soon after each half hour of the day in London, and after its midnight; none is broken off."""
    workflow = read(GITHUB / "workflows/publish.yml")
    runs = set()
    for entry in workflow[True]["schedule"]:
        minutes, hours, *days = entry["cron"].split()
        assert days == ["*"] * 3
        first, _, last = hours.partition("-")
        listed = range(int(first), int(last) + 1) if last else map(int, hours.split(","))
        runs |= {(hour, int(minute)) for hour in listed for minute in minutes.split(",")}
    for day in ("2040-01-16", "2040-07-16"):
        for moment in ("00:00", *(f"{hour:02}:{minute}" for hour in range(6, 19) for minute in ("00", "30"))):
            london = datetime.fromisoformat(f"{day}T{moment}").replace(tzinfo=ZoneInfo("Europe/London"))
            begins = (london + timedelta(minutes=5)).astimezone(UTC)
            assert (begins.hour, begins.minute) in runs, f"{day} {moment}"
    assert workflow["concurrency"] == {"group": "publish", "cancel-in-progress": False}


def test_the_runbook_names_what_there_is() -> None:
    """Its workflow, variable, environment and files are called so in the repository."""
    runbook = (REPOSITORY / "site_templates/pages/runbook.md").read_text()
    workflow = read(GITHUB / "workflows/publish.yml")
    assert f"*{workflow['name']}*, *Run workflow*" in runbook
    assert "`PUBLISH_TO_PAGES` with the value `yes`" in runbook
    assert f"`{workflow['jobs']['deploy']['environment']['name']}`" in runbook
    assert (REPOSITORY / "deploy/nginx.conf").exists()
    assert (REPOSITORY / "content/redirects.yaml").exists()


@pytest.mark.parametrize(("name", "job"), jobs(), ids=[name for name, _ in jobs()])
def test_no_script_is_made_of_what_others_wrote(name: str, job: dict[str, Any]) -> None:
    """Titles, branches and the like reach a script by its environment alone."""
    assert [step["run"] for step in job["steps"] if "${{" in step.get("run", "")] == [], name


def test_every_file_has_someone_who_looks_at_it() -> None:
    """Each line of CODEOWNERS is about something that there is, and says that its teams are placeholders."""
    text = (GITHUB / "CODEOWNERS").read_text()
    assert "placeholders" in text
    rules = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    for pattern, *teams in rules:
        assert teams
        assert all(re.fullmatch(r"@example-inspectorate/[a-z-]+", team) for team in teams)
        if "case_scores" not in pattern:  # an older report has none
            assert list(REPOSITORY.glob(pattern.strip("/"))), pattern


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the job of the comment finds it, with a `gh` that keeps what it is called with."""
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes/changes.md").write_text("## What changes\n\n$(touch made) `touch made`\n")
    program = tmp_path / "bin/gh"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> calls\ncase "$*" in *--paginate*) printf "$IDS" ;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("COMMENTS", "repos/o/r/issues/7/comments")
    monkeypatch.setenv("UPDATED", "repos/o/r/issues/comments")
    return tmp_path


def write_comment(folder: Path, ids: str) -> int:
    """Run the script of the comment as a runner does; `ids` are those of our comments that are there."""
    (script,) = [step["run"] for step in job("pull-request: comment")["steps"] if "run" in step]
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env={**os.environ, "IDS": ids}, check=False).returncode


@pytest.mark.parametrize(
    ("ids", "call"),
    [
        ("", "api --silent --method POST repos/o/r/issues/7/comments --field body=@comment.md"),
        ("11\\n12\\n", "api --silent --method PATCH repos/o/r/issues/comments/11 --field body=@comment.md"),
    ],
)
def test_the_comment_is_brought_up_to_date_and_not_repeated(written: Path, ids: str, call: str) -> None:
    """The first time it is written, later the same one is changed; what it says is a file and never run."""
    assert write_comment(written, ids) == 0
    assert (written / "calls").read_text().splitlines()[-1] == call
    assert (written / "comment.md").read_text().startswith("<!-- omi diff -->\n## What changes\n\n$(touch made)")
    assert not (written / "made").exists()


def test_a_link_is_not_taken_for_what_changed(written: Path) -> None:
    """What came with the pull request can't make the comment show another file of the runner."""
    (written / "changes/changes.md").unlink()
    (written / "changes/changes.md").symlink_to("/etc/hostname")
    assert write_comment(written, "") != 0
    assert not (written / "calls").exists()
