"""The command line `omi`. Exit 0 clean, 1 problems found, 2 wrong usage.

A module a command, each loaded when its command is called: `omi check` needs no chart and no engine.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from omi_build.doors import show_problems
from omi_build.problems import ContentError, OmiError, nearest

COMMANDS = {
    "check": "check:check_command",
    "correct": "publish:correct_command",
    "diff": "diff:diff_command",
    "edit": "edit:edit_command",
    "explain": "explain:explain_command",
    "fix": "fix:fix_command",
    "import-cases": "import_cases:import_command",
    "new": "new:new_command",
    "publish": "publish:publish_command",
    "render": "render:render_command",
    "score": "score:score_command",
    "status": "status:status_command",
    "synth": "synth:synth_command",
}
"""Module and function of each command."""


class _Group(click.Group):
    """Loads commands when they are called, and turns errors that a user can cause into a sentence and an exit code."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"omi_build.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} {nearest(args[0], COMMANDS)}".strip(), ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            show_problems(error.problems, Path.cwd(), sys.stderr)
            ctx.exit(1)
        except OmiError as error:
            click.echo(f"omi: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="omi-build")
def main() -> None:
    """Check, score and render inspection reports. Run it in the folder that holds mkdocs.yml."""
