"""`omi import-cases`: brings an information manager's export into an inspection."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from omi_build.checking import check_content
from omi_build.documents import CASE_SCORES, Document, Fault, parse
from omi_build.doors import project_of, show_problems
from omi_build.imports import CaseMapping, decode_export, import_cases, mapping_of
from omi_build.problems import ContentError, UsageError, errors, nearest
from omi_build.schemas import load_schemas
from omi_build.sources import Source

if TYPE_CHECKING:
    from omi_build.project import Project


@click.command("import-cases", short_help="Bring case answers in from a table.")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("inspection")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the columns and codes of the export mean.",
)
@click.option("--replace", "replacing", is_flag=True, help="Replace the answers that the inspection has.")
@click.option("--synthetic", is_flag=True, help="The cases are made up.")
def import_command(
    export: Path, inspection: str, mapping_file: Path | None, *, replacing: bool, synthetic: bool
) -> None:
    """Bring EXPORT, a table of case answers, into INSPECTION (such as derbyshire-2007) as case_scores.csv.

    One row a case, one column a question. Nothing is written where a cell can't be read, or where something looks like
    a person's identity.
    """
    root = Path.cwd()
    project = project_of(root)
    known = {report.inspection.id: report for report in check_content(project).reports}
    if inspection not in known:
        hint = nearest(inspection, known) or f"There are: {', '.join(known) or 'none'}."
        raise click.UsageError(f"no such inspection: {inspection}. {hint}")
    folder = project.content / "inspections" / inspection
    there = [form for form in CASE_SCORES if (folder / form).exists()]
    if there and not replacing:
        raise click.UsageError(f"{inspection} has {there[0]} already; give --replace to replace it.")
    mapping = _mapping(mapping_file, project) if mapping_file else CaseMapping()
    text = decode_export(export.read_bytes())
    made = import_cases(text, str(export), mapping, known[inspection].framework, synthetic=synthetic)
    if made.problems:
        # A line of an export is about a person: it is not shown.
        show_problems([replace(problem, confidential=True) for problem in made.problems], root, sys.stderr)
    if errors(made.problems):
        raise SystemExit(1)
    (folder / "case_scores.csv").write_text(made.text, encoding="utf-8")
    for form in there:
        if form != "case_scores.csv":
            (folder / form).unlink()
    kinds = ", ".join(f"{number} {answer.replace('_', ' ')}" for answer, number in made.answers.items())
    click.echo(
        f"{made.cases} cases with {sum(made.answers.values())} answers ({kinds}) in {(folder / 'case_scores.csv').relative_to(root)}"
    )


def _mapping(file: Path, project: Project) -> CaseMapping:
    """Return a mapping file's mapping; raises ContentError with what is wrong in it."""
    source = Source(str(file))
    try:
        parsed = parse(file.read_text(encoding="utf-8-sig"))
    except Fault as fault:
        raise ContentError([fault.problem(source.path)]) from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8 text; it must be a mapping in YAML") from None
    problems = [fault.problem(source.path) for fault in parsed.faults]
    problems += load_schemas(project.schemas).check(Document(source, "case_mapping", "", parsed.value))
    if problems:
        raise ContentError(problems)
    return mapping_of(parsed.value)
