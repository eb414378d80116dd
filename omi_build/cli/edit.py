"""`omi edit`: inspections in forms in a browser, for those who never use git."""

from __future__ import annotations

import re
from pathlib import Path

import click

from omi_build.cli.folders import must_be_empty
from omi_build.doors import project_of, reader
from omi_build.editor.packages import install_packages
from omi_build.editor.page import GITHUB, page_files, settings_file
from omi_build.editor.server import Desk, EditorServer
from omi_build.editor.settings import LOCAL, Backend, editor_settings, github
from omi_build.editor.storage import running
from omi_build.git import current_branch
from omi_build.problems import UsageError

EDITOR = "editor"
"""The folder of the editor's npm project."""


@click.command("edit", short_help="Edit inspections in forms in a browser.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--git", "by_git", is_flag=True, help="Save each file on a branch of its own instead of in this folder.")
@click.option("--open", "opening", is_flag=True, help="Open the page in the browser.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the page for a web host instead.")
@click.option("--repository", help="With --out: the repository on GitHub, as OWNER/NAME.")
@click.option("--branch", default="main", show_default=True, help="With --out: the branch that changes are made for.")
@click.option("--auth-url", help="With --out: the address of the service that people sign in by.")
def edit_command(
    port: int,
    *,
    by_git: bool,
    opening: bool,
    out: Path | None,
    repository: str | None,
    branch: str,
    auth_url: str | None,
) -> None:
    """Edit inspections in forms in a browser, on this machine alone. Stop it with Ctrl+C.

    What is saved is checked first by the same rules as `omi check`. With --out, the page is written as files for a web
    host instead, where people sign in to GitHub and saving makes a pull request.
    """
    root = Path.cwd()
    if out is not None:
        _write(root, out, _hosted(repository, branch, auth_url))
        return
    if repository or auth_url:
        raise click.UsageError("--repository and --auth-url belong to --out: they are for a page on a web host.")
    project = project_of(root)
    backend = Backend({**LOCAL, "branch": current_branch(root) if by_git else "main"}, workflow=by_git)
    editor = root / EDITOR
    install_packages(editor)
    with running(editor, root, git=by_git) as storage:
        desk = Desk(project, backend, page_files(editor), storage, reader(root, project.content))
        desk.settings()  # what is wrong with the project is told here, not in the browser
        try:
            server = EditorServer(desk, port)
        except OSError as error:
            raise UsageError(f"port {port} can’t be used: {error.strerror}; give another with --port") from None
        with server:
            click.echo(f"The editor is at {server.url}  (Ctrl+C stops it)")
            if opening:
                click.launch(server.url)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                click.echo("The editor has stopped.")


def _hosted(repository: str | None, branch: str, auth_url: str | None) -> Backend:
    if not repository or not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise click.UsageError("--out needs --repository OWNER/NAME, such as --repository inspectorate/reports.")
    if not auth_url or not re.fullmatch(r"https://[^/\s?#]+(/[^\s?#]*)?/[^/\s?#]+", auth_url):
        raise click.UsageError(
            "--out needs --auth-url, the https address of the service that people sign in by, such as "
            "https://sign-in.example/auth. GitHub lets nobody sign in from a page without one."
        )
    return github(repository, branch, auth_url)


def _write(root: Path, out: Path, backend: Backend) -> None:
    must_be_empty(out)
    editor = root / EDITOR
    install_packages(editor)
    settings = editor_settings(project_of(root), backend, checks=False)
    files = {**page_files(editor, [GITHUB]), "settings.json": settings_file(settings)}
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    click.echo(f"{len(files)} files in {out}", err=True)
