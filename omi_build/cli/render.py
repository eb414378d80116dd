"""`omi render`: writes the site's pages and downloads to a folder, for another engine."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from omi_build.cli.folders import must_be_empty
from omi_build.doors import project_of
from omi_build.search.indexing import write_index
from omi_build.site import build_site


@click.command("render", short_help="Write the pages for another engine.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="An empty or new folder.")
def render_command(out: Path) -> None:
    """Write the site's pages and downloads to a folder, as Markdown that another engine can build."""
    project = project_of(Path.cwd())
    must_be_empty(out)
    site = build_site(project, lambda line: click.echo(line, err=True))
    for path, content in site.files.items():
        target = out / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    write_index((group.documents() for group in site.search), out)
    written = sum(file.is_file() for file in out.rglob("*"))
    click.echo(f"{written} files in {out}", err=True)
