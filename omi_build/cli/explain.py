"""`omi explain`: tells what a rule is about."""

from __future__ import annotations

import re

import click
from rich.console import Console
from rich.text import Text

from omi_build.checks.reference import RulePage, by_group, rule_pages
from omi_build.problems import nearest


@click.command("explain", short_help="Tell what a rule is about.")
@click.argument("codes", nargs=-1)
def explain_command(codes: tuple[str, ...]) -> None:
    """Tell what the rules with these CODES (such as OMI204) are about; without any, list them all."""
    rules = {rule.code: rule for rule in rule_pages()}
    asked = [code.upper() for code in codes]
    for code in asked:
        if code not in rules:
            full = f"OMI{code}" if f"OMI{code}" in rules else ""
            hint = (
                f"Did you mean `{full}`?"
                if full
                else nearest(code.lower(), map(str.lower, rules)).replace("omi", "OMI")
            )
            raise click.UsageError(f"there is no rule {code}. {hint or 'omi explain lists them all.'}")
    console = Console(highlight=False, soft_wrap=not Console().is_terminal)
    if not asked:
        for title, group in by_group(tuple(rules.values())):
            console.print(Text(title, style="bold"))
            for rule in group:
                console.print(Text(f"  {rule.code}  {rule.title}"))
    for n, code in enumerate(asked):
        console.print(Text("\n" * bool(n)), _page(rules[code]), sep="", end="")


def _page(rule: RulePage) -> Text:
    looked_at = "To look at" if rule.severity.value == "warning" else "Wrong"
    out = Text()
    out.append(f"{rule.code} ({rule.severity.value})", style="bold")
    out.append(f"\n{rule.title}\n\n")
    for reason in rule.reasons:
        out.append(_words(reason)).append("\n\n")
    out.append(f"{looked_at}: ", style="bold red").append(_words(rule.wrong)).append("\n")
    out.append("Right: ", style="bold green").append(_words(rule.right)).append("\n")
    if rule.source:
        out.append("\nSource: ", style="bold").append(_words(rule.source)).append("\n")
    return out


def _words(text: str) -> Text:
    """Return a text with what stands between backticks as it is written in a file."""
    out = Text()
    for n, part in enumerate(re.split("`", text)):
        out.append(part if n % 2 == 0 else f"`{part}`", style="" if n % 2 == 0 else "cyan")
    return out
