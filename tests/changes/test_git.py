"""What git is asked: which files have changed, what stood in them, and what is said where it can't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import commit_all, git, make_repository

from omi_build.git import changed_files, main_branch, merge_base, write_files_at
from omi_build.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the branch main, and the branch work checked out at its only commit."""
    root = make_repository(tmp_path / "repository", {"content/kept.yaml": "a: 1\n", "content/old.yaml": "b: 2\n"})
    git(root, "switch", "--quiet", "--create", "work")
    return root


def named(root: Path, files: list[Path]) -> list[str]:
    return [file.relative_to(root).as_posix() for file in files]


def test_every_kind_of_change_counts(repository: Path) -> None:
    """Committed, staged, unstaged, untracked, moved and deleted files are named; ignored and unchanged ones aren't."""
    (repository / "content/committed.yaml").write_text("c: 3\n")
    commit_all(repository)
    (repository / "content/staged.yaml").write_text("d: 4\n")
    git(repository, "mv", "content/old.yaml", "content/ñew.yaml")
    git(repository, "add", ".")
    (repository / "content/new line\n.yaml").write_text("e: 5\n")
    (repository / ".gitignore").write_text("ignored.yaml\n")
    (repository / "content/ignored.yaml").write_text("f: 6\n")
    (repository / "content/committed.yaml").write_text("c: 4\n")
    assert named(repository, changed_files(repository)) == [
        ".gitignore",
        "content/committed.yaml",
        "content/new line\n.yaml",
        "content/old.yaml",
        "content/staged.yaml",
        "content/ñew.yaml",
    ]


def test_what_the_main_branch_did_meanwhile_is_not_ours(repository: Path) -> None:
    """Files are compared with where the branch began, as a pull request is."""
    (repository / "content/ours.yaml").write_text("c: 3\n")
    commit_all(repository)
    git(repository, "switch", "--quiet", "main")
    (repository / "content/kept.yaml").write_text("a: 2\n")
    commit_all(repository)
    git(repository, "switch", "--quiet", "work")
    assert named(repository, changed_files(repository, "main")) == ["content/ours.yaml"]


def test_only_the_project_counts_where_it_is_a_part_of_a_repository(repository: Path) -> None:
    """A project in a folder of a repository is told of its own files."""
    project = repository / "project"
    (project / "content").mkdir(parents=True)
    (project / "content/own.yaml").write_text("a: 1\n")
    (repository / "content/kept.yaml").write_text("a: 2\n")
    assert changed_files(project) == [project / "content/own.yaml"]


def test_the_main_branch_is_what_the_server_calls_so(repository: Path, tmp_path: Path) -> None:
    """In a clone the server's main branch comes first, whatever its name; without any, one is asked for."""
    git(repository, "branch", "--move", "main", "trunk")
    git(repository, "switch", "--quiet", "trunk")
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    assert main_branch(tmp_path / "clone") == "origin/HEAD"
    with pytest.raises(UsageError, match=r"no main branch was found.*origin/master or master; name the revision"):
        main_branch(repository)


def test_files_are_read_as_they_stood(repository: Path, tmp_path: Path) -> None:
    """What has changed since doesn't show, what was there is written, and a folder that wasn't there is left out."""
    then = merge_base(repository, "HEAD")
    (repository / "content/kept.yaml").write_text("a: 2\n")
    found = write_files_at(repository, then, ["content", "schemas"], tmp_path / "then")
    assert found == ["content"]
    assert (tmp_path / "then/content/kept.yaml").read_text() == "a: 1\n"


def test_nothing_is_written_outside(repository: Path, tmp_path: Path) -> None:
    """A link that leads out of the folder is passed over, and the files beside it are written all the same."""
    (tmp_path / "secret").write_text("secret\n")
    (repository / "content/link.yaml").symlink_to("../../secret")
    (repository / "content/absolute.yaml").symlink_to(tmp_path / "secret")
    commit_all(repository)
    write_files_at(repository, merge_base(repository, "HEAD"), ["content"], tmp_path / "deep/then")
    assert sorted(file.name for file in (tmp_path / "deep/then/content").iterdir()) == ["kept.yaml", "old.yaml"]


@pytest.mark.parametrize("revision", ["nowhere", "--output=made.txt", "-h", "HEAD:content", "", "a\0b", "main..work"])
def test_what_is_no_revision_is_said_to_be_none(repository: Path, revision: str) -> None:
    """A slip, and what looks like an option of git, is a revision that git doesn't know; nothing else happens."""
    with pytest.raises(UsageError, match=r"git knows no revision .*name a branch, a tag or a commit"):
        merge_base(repository, revision)
    assert not (repository / "made.txt").exists()


def test_a_shallow_clone_is_told_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    """Where the commit is missing because the clone is shallow, the message says so and what to run."""
    (repository / "content/more.yaml").write_text("c: 3\n")
    commit_all(repository)
    git(repository, "switch", "--quiet", "main")
    (repository / "content/other.yaml").write_text("d: 4\n")
    commit_all(repository)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repository}", "clone")
    with pytest.raises(
        UsageError, match=r"no common commit; this clone holds only the newest .* git fetch --unshallow"
    ):
        merge_base(clone, "origin/work")
    with pytest.raises(UsageError, match="no revision 'v1'; this clone holds only the newest"):
        merge_base(clone, "v1")


def test_a_folder_without_git_is_told_so(tmp_path: Path) -> None:
    """Outside a repository there is nothing to compare with; the same in one without a commit."""
    with pytest.raises(UsageError, match="is not in a git repository"):
        changed_files(tmp_path)
    git(tmp_path, "init", "--quiet")
    with pytest.raises(UsageError, match="has no commit yet"):
        changed_files(tmp_path, "main")


def test_a_repository_of_another_user_is_told_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git doesn't trust the folder, the message gives the command that says it may."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own way to test this
    with pytest.raises(UsageError, match=r"git doesn't trust .* git config --global --add safe\.directory"):
        changed_files(repository)


def test_a_machine_without_git_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git was not found; install it"):
        changed_files(tmp_path)
