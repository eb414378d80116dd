"""Shows problems: a format is a pure function from problems to text.

Lines and columns are found here, once for each problem shown, from the text of its file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rich.text import Text

from omi_build.documents import lines_of, locate
from omi_build.problems import Place, Problem, Severity, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from omi_build.checks.reference import RulePage as Rule

MAX_LINE = 160
"""Source lines longer than this are shown around the column."""


@dataclass(frozen=True)
class Located:
    """A problem with its place and the line that it stands in."""

    problem: Problem
    place: Place
    line: str


def located(problems: Iterable[Problem], read: Callable[[str], str]) -> list[Located]:
    """Return the problems sorted by place; `read` gives the text of a file, or '' where there is none."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        path = problem.source.path
        text = texts.setdefault(path, read(path)) if path not in texts else texts[path]
        place = locate(text, problem) if text else problem.place or Place(1, 1)
        lines = lines_of(text)
        line = lines[place.line - 1] if place.line <= len(lines) and not problem.confidential else ""
        found.append(Located(problem, place, line))
    return sorted(
        found,
        key=lambda one: (
            one.problem.source.path,
            one.place.line,
            one.place.column,
            one.problem.code,
            one.problem.message,
        ),
    )


def as_text(found: Sequence[Located]) -> Text:
    """Return problems for a terminal or a pipe: place, message, the line with a caret, the hint."""
    out = Text()
    for one in found:
        problem = one.problem
        style = "bold red" if problem.severity is Severity.ERROR else "bold yellow"
        out.append(f"{problem.source.path}:{one.place.line}:{one.place.column}: ", style="bold")
        out.append(problem.severity.value, style=style)
        out.append(f" {problem.code} {problem.message}\n")
        line, column = _window(one.line, one.place.column)
        if line.strip():
            number = str(one.place.line).rjust(5)
            out.append(f"{number} | ", style="dim")
            out.append(f"{line}\n")
            out.append(f"{' ' * len(number)} | ", style="dim")
            out.append(f"{' ' * (column - 1)}^\n", style=style)
        if problem.hint:
            out.append(f"{' ' * 8}{problem.hint}\n")
    if found:
        out.append("\n")
    out.append(summary([one.problem for one in found]) + "\n")
    return out


def as_json(found: Sequence[Located]) -> str:
    """Return problems as a JSON list."""
    return json.dumps(
        [
            {
                "path": one.problem.source.path,
                "pointer": "".join(f"/{_pointer_step(step)}" for step in one.problem.source.pointer),
                "line": one.place.line,
                "column": one.place.column,
                "severity": one.problem.severity.value,
                "code": one.problem.code,
                "message": one.problem.message,
                "hint": one.problem.hint,
            }
            for one in found
        ],
        indent=1,
        ensure_ascii=False,
    )


def as_github(found: Sequence[Located]) -> str:
    """Return problems as GitHub's workflow commands, which annotate the lines of a pull request."""
    lines = []
    for one in found:
        problem = one.problem
        place = f"file={_property(problem.source.path)},line={one.place.line},col={one.place.column}"
        text = _command_data(f"{problem.message}\n{problem.hint}".strip())
        lines.append(f"::{problem.severity.value} {place},title={problem.code}::{text}")
    return "".join(f"{line}\n" for line in lines)


def _command_data(text: str) -> str:
    """Return a text that can't end a workflow command or begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Located], rules: Sequence[Rule], rules_address: str = "") -> str:
    """Return problems as SARIF 2.1.0, which code scanning and editors read.

    `rules` are told with their codes; `rules_address` is the page that explains them, '' where it is not known.
    """
    used = {one.problem.code for one in found}
    told = [rule for rule in rules if rule.code in used]
    described = [_sarif_rule(rule, rules_address) for rule in told]
    driver: dict[str, Any] = {"name": "omi", "version": version("omi-build"), "rules": described}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that holds mkdocs.yml."}}},
        "results": [_sarif_result(one) for one in found],
    }
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=1, ensure_ascii=False)


def _sarif_rule(rule: Rule, address: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join((rule.title, *rule.reasons))},
        "help": {"text": f"Wrong: {rule.wrong} Right: {rule.right}"},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    return told | ({"helpUri": f"{address}#{rule.anchor}"} if address else {})


def _sarif_result(one: Located) -> dict[str, Any]:
    problem = one.problem
    region = {"startLine": one.place.line, "startColumn": one.place.column}
    location = {"artifactLocation": {"uri": quote(problem.source.path), "uriBaseId": "%SRCROOT%"}, "region": region}
    return {
        "ruleId": problem.code,
        "level": problem.severity.value,
        "message": {"text": f"{problem.message}\n{problem.hint}".strip()},
        "locations": [{"physicalLocation": location}],
    }


def _pointer_step(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line around a column, tabs as single spaces, and the column in it."""
    line = line.replace("\t", " ")
    if len(line) <= MAX_LINE:
        return line, column
    start = max(0, column - MAX_LINE // 2)
    return line[start : start + MAX_LINE], column - start
