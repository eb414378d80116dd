"""`omi edit`: what it says where it can't start, the page that it writes for a web host, and its storage."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest
from building import PARTS, REPOSITORY, run
from npm import node_modules

from omi_build.documents import read_content
from omi_build.editor.packages import install_packages
from omi_build.editor.storage import running
from omi_build.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path

HOSTED = ("--repository", "inspectorate/reports", "--auth-url", "https://sign-in.example/auth")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the project, with the editor's packages."""
    node_modules()
    for part in (*PARTS, "content"):
        source = REPOSITORY / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, tmp_path / part)
    (tmp_path / "editor").symlink_to(REPOSITORY / "editor")
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=An Inspector", "-c", "user.email=inspector@example.org")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--repository", "a/b"), "--repository and --auth-url belong to --out"),
        (("--out", "page"), "--out needs --repository OWNER/NAME"),
        (("--out", "page", "--repository", "https://host.example/a/b"), "--out needs --repository OWNER/NAME"),
        (("--out", "page", "--repository", "a/b"), "--out needs --auth-url"),
        (("--out", "page", "--repository", "a/b", "--auth-url", "http://x.example/auth"), "the https address"),
        (("--out", "content", *HOSTED), "content is not empty"),
    ],
)
def test_what_does_not_go_together_is_said(root: Path, arguments: tuple[str, ...], words: str) -> None:
    """A wrong use ends with a sentence and exit code 2, before anything is written."""
    done = run(root, "omi", "edit", *arguments)
    assert done.code == 2
    assert words in " ".join(done.output.split())
    assert "Traceback" not in done.output
    assert not (root / "page").exists()


def test_git_needs_a_branch_without_changes(root: Path) -> None:
    """Outside git, or with changes that are not committed, `omi edit --git` says what to do first."""
    assert "is not on a branch of a git repository" in run(root, "omi", "edit", "--git").output
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "content")
    git(root, "commit", "--quiet", "--message", "Begin")
    (root / "content" / "areas.yaml").write_text("changed", encoding="utf-8")
    done = run(root, "omi", "edit", "--git", "--port", "0")
    assert (done.code, "commit them first" in done.output) == (2, True)


def test_a_port_that_is_taken_is_said(root: Path) -> None:
    """Where the port is in use, the sentence says how to give another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(root, "omi", "edit", "--port", str(port))
    assert (done.code, f"port {port} can’t be used" in done.output, "--port" in done.output) == (2, True, True)


def test_another_folder_is_said(tmp_path: Path) -> None:
    """Where there is no project, the sentence says where to run it."""
    done = run(tmp_path, "omi", "edit")
    assert (done.code, "run this in the folder that holds mkdocs.yml" in done.output) == (2, True)


def test_the_page_for_a_web_host_speaks_to_github_alone(root: Path) -> None:
    """The written folder is whole, holds no case answers, and its policy names one host beside its own."""
    done = run(root, "omi", "edit", "--out", "page", *HOSTED)
    assert done.code == 0, done.output
    page = (root / "page" / "index.html").read_text(encoding="utf-8")
    assert "connect-src 'self' https://api.github.com;" in page
    assert page.count("https://") == 1
    assert '<html lang="en">' in page
    assert "The editor needs JavaScript" in page
    assert (root / "page" / "decap-cms.js.LICENSE.txt").is_file()
    for name in ("editor.js", "editor.css", "decap-cms.js"):
        assert f'"{name}"' in page
        assert (root / "page" / name).stat().st_size > 1000
    settings = json.loads((root / "page" / "settings.json").read_text(encoding="utf-8"))
    assert settings["config"]["backend"]["repo"] == "inspectorate/reports"
    assert settings["checks"] is False


def test_the_storage_answers_only_who_knows_its_word(root: Path) -> None:
    """Whoever reaches its port, such as a page in a browser, gets nothing; it ends with the program that started it."""
    body = json.dumps({"action": "info", "params": {"branch": "main"}})
    with running(root / "editor", root, git=False) as storage:
        for word in ({}, {"X-Omi-Word": ""}, {"X-Omi-Word": "x" * len(storage.word)}):
            connection = http.client.HTTPConnection("127.0.0.1", storage.port, timeout=10)
            connection.request("POST", "/api/v1", body, {"Content-Type": "application/json", **word})
            assert connection.getresponse().status == 403
            connection.close()
        assert json.loads(storage.ask({"action": "info", "params": {"branch": "main"}}).body)["type"] == "local_fs"
    assert storage.ask({"action": "info"}).status == 502


def test_packages_that_can_not_be_had_are_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a registry, or without Node.js, the reason is one sentence and nothing else."""
    node_modules()
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(REPOSITORY / "editor" / name, tmp_path / name)
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(UsageError, match=r"the npm packages of .+ can’t be installed: .*127\.0\.0\.1"):
        install_packages(tmp_path)
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(UsageError, match=r"there is no npm here; `make \.venv/ready` installs Node\.js"):
        install_packages(tmp_path)


def test_the_lock_file_names_no_server() -> None:
    """Packages are pinned by hashes, and where they come from is the business of whoever installs them."""
    lock = json.loads((REPOSITORY / "editor" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert all("integrity" in about and "resolved" not in about for about in packages.values())


def test_files_of_other_kinds_are_not_opened(root: Path) -> None:
    """Reading for the forms opens no case answers."""
    answers = root / "content" / "inspections" / "derbyshire-2007" / "case_scores.yaml"
    answers.write_text("cases: [", encoding="utf-8")
    assert {one.kind for one in read_content(root / "content", kinds={"findings"}).documents} == {"findings"}
    assert read_content(root / "content", kinds={"findings"}).problems == ()
