"""`omi score`: prints the scores that follow from the content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from omi_build.checking import check_content
from omi_build.doors import project_of

if TYPE_CHECKING:
    from omi_build.scoring import Score, ScoredReport


@click.command("score", short_help="Print the scores that follow.")
@click.argument("inspections", nargs=-1)
def score_command(inspections: tuple[str, ...]) -> None:
    """Print the scores of INSPECTIONS (such as derbyshire-2007), or of all."""
    checked = check_content(project_of(Path.cwd()))
    known = {report.inspection.id: report for report in checked.reports}
    if unknown := sorted(set(inspections) - set(known)):
        raise click.UsageError(f"no such inspection: {', '.join(unknown)}. There are: {', '.join(known) or 'none'}.")
    for name in inspections or known:
        click.echo(_scores(known[name]))


def _scores(report: ScoredReport) -> str:
    lines = [f"{report.inspection.about.title} ({report.inspection.id}, {report.framework.short_title})"]
    for section in report.sections:
        lines.append(f"{section.section.number}. {section.section.title}{_told(section.score)}")
        for one in section.criteria:
            judged = one.band.title if one.band else one.rating.title if one.rating else ""
            lines.append(
                f"   {one.criterion.ref} {one.criterion.title}{_told(one.score)}{f' ({judged})' if judged else ''}"
            )
    lines += [f"{thread.thread.title}{_told(thread.score)}" for thread in report.threads]
    return "\n".join(lines)


def _told(score: Score | None) -> str:
    if score is None:
        return ""
    if score.whole is None:
        return f": [{score.missing.shorthand if score.missing else 'x'}]"
    return f": {score.whole}%"
