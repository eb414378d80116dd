"""The command line, called in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from omi_build.cli import main


def omi(*arguments: str, answer: str = "", color: bool = False) -> Result:
    """Run `omi`; an exception that it doesn't tell as a message is the test's own."""
    return CliRunner().invoke(main, list(arguments), input=answer, color=color, catch_exceptions=False)
