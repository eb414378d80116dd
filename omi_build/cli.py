"""The command line: `omi check`, `omi score`, `omi render`, `omi synth`. Exit 0 clean, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from omi_build.documents import CASE_SCORES, Document, Fault, parse, read_content, read_text
from omi_build.doors import project_of, reader, show_problems
from omi_build.imports import CaseMapping, decode_export, import_cases, mapping_of
from omi_build.problems import ContentError, OmiError, Problem, UsageError, errors
from omi_build.reporting import as_json, located
from omi_build.schemas import load_schemas, nearest
from omi_build.site import Project, build_site, check_content
from omi_build.sources import Source
from omi_build.synth import Basis, basis_of, programme

if TYPE_CHECKING:
    from omi_build.scoring import Score, ScoredReport


class _Group(click.Group):
    """Turns the errors that a user can cause into a sentence and an exit code, in one place."""

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


@main.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How problems are shown.")
def check_command(paths: tuple[Path, ...], form: str) -> None:
    """Check the content, and say what is wrong, where, and what to do.

    With PATHS, only problems in these files or folders are shown; all content is read all the same, because files
    refer to each other.
    """
    root = Path.cwd()
    project = project_of(root)
    problems = [p for p in check_content(project).problems if not paths or _is_below(p, paths, root)]
    if form == "json":
        click.echo(as_json(located(problems, reader(root, project.content))))
    else:
        show_problems(problems, root, sys.stdout)
    if errors(problems):
        raise SystemExit(1)


@main.command("score")
@click.argument("inspections", nargs=-1)
def score_command(inspections: tuple[str, ...]) -> None:
    """Print the scores of INSPECTIONS (such as derbyshire-2007), or of all."""
    checked = check_content(project_of(Path.cwd()))
    known = {report.inspection.id: report for report in checked.reports}
    if unknown := sorted(set(inspections) - set(known)):
        raise click.UsageError(f"no such inspection: {', '.join(unknown)}. There are: {', '.join(known) or 'none'}.")
    for name in inspections or known:
        click.echo(_scores(known[name]))


@main.command("render")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="An empty or new folder.")
def render_command(out: Path) -> None:
    """Write the site's pages and downloads to a folder, as Markdown that another engine can build."""
    project = project_of(Path.cwd())
    _must_be_empty(out)
    site = build_site(project, lambda line: click.echo(line, err=True))
    for path, content in site.files.items():
        target = out / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    click.echo(f"{len(site.files)} files in {out}", err=True)


@main.command("synth")
@click.option("--areas", type=click.IntRange(1, 1000), default=42, show_default=True, help="How many areas to make up.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes up the same programme.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="An empty or new folder.")
def synth_command(areas: int, seed: int, out: Path) -> None:
    """Write a made-up programme of inspections to a folder, shaped like content/ and labelled as synthetic.

    It uses the framework, the themes and the glossary of the project.
    """
    _must_be_empty(out)
    basis = _read_basis(project_of(Path.cwd()))
    number = 0
    for number, (path, text) in enumerate(programme(areas, seed, basis), 1):  # noqa: B007  # told below
        target = out / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    click.echo(f"{number} files in {out}", err=True)


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; give a new folder.")


def _read_basis(project: Project) -> Basis:
    """Return what a made-up programme takes over from the project's content; inspections need not be in order for it."""
    reading, schemas = read_content(project.content), load_schemas(project.schemas)
    documents = [document for document in reading.documents if not document.folder]
    problems = [problem for problem in reading.problems if "/inspections/" not in problem.source.path]
    problems += [problem for document in documents for problem in schemas.check(document)]
    if errors(problems):
        raise ContentError(problems)
    root = project.content.parent
    return basis_of(
        documents,
        {
            document.source.path.removeprefix(f"{project.content.name}/"): read_text(
                root / document.source.path, project.content
            )
            for document in documents
        },
    )


@main.command("import-cases")
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


def _is_below(problem: Problem, paths: tuple[Path, ...], root: Path) -> bool:
    file = (root / problem.source.path).resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)


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
