"""The whole made-up programme as files: path → text. Nothing is read or written here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from omi_build.model.build import build_programme
from omi_build.problems import ContentError, UsageError
from omi_build.synth.areas import made_up_areas, regions
from omi_build.synth.report import inspection, plans
from omi_build.synth.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from omi_build.documents import Document
    from omi_build.model.framework import Framework
    from omi_build.model.programme import Abbreviation

FRAMEWORK = "omi-2006"
"""The framework whose questions the word lists are written for."""

COPIED = (f"frameworks/{FRAMEWORK}.yaml", "themes.yaml")
"""The files that are taken over as they are."""

TAKEN_ALONG = ("house_style.yaml",)
"""Files that are taken over as they are where there are any."""

LABEL = "# Synthetic: made up by `omi synth`. No such area exists, and nobody here is real.\n"


@dataclass(frozen=True)
class Basis:
    """What of the project's own content a made-up programme is built on."""

    framework: Framework
    abbreviations: tuple[Abbreviation, ...]
    glossary: Any
    """The glossary as its file has it."""
    copied: Mapping[str, str]
    """The texts of `COPIED` and `TAKEN_ALONG`, by path."""


def basis_of(documents: Iterable[Document], texts: Mapping[str, str]) -> Basis:
    """Return the basis out of the project's checked documents and the texts of its files, by path in the content.

    Raises UsageError if one is missing.
    """
    documents = tuple(documents)
    programme, problems = build_programme(documents)
    if problems:
        raise ContentError(problems)
    framework = programme.framework_by_id.get(FRAMEWORK)
    copied = {path: texts[path] for path in COPIED if path in texts}
    glossary = next((document.value for document in documents if document.kind == "glossary"), None)
    if framework is None or glossary is None or copied.keys() != set(COPIED):
        message = f"the content lacks frameworks/{FRAMEWORK}.yaml, glossary.yaml or themes.yaml; omi synth needs them"
        raise UsageError(message)
    copied |= {path: texts[path] for path in TAKEN_ALONG if path in texts}
    return Basis(framework, programme.glossary.abbreviations, glossary, copied)


def programme(areas: int, seed: int, basis: Basis, *, citations: bool = True) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of a made-up content folder with so many areas (1 or more).

    With `citations`, some findings cite figures (`[[share 1.2.3]]`) instead of stating them.
    """
    yield from basis.copied.items()
    yield "about.md", words("parts")["about"]
    made = made_up_areas(areas, seed)
    yield "areas.yaml", as_yaml({"regions": regions(), "areas": [area.value() for area in made]})
    used: set[str] = set(_words(basis.copied[f"frameworks/{FRAMEWORK}.yaml"]))
    for area in made:
        for plan in plans(area.number, Random(f"{seed}/{area.number}/plans")):
            for path, value in inspection(area, plan, basis.framework, seed, citations=citations):
                text = as_json(value) if path.endswith(".json") else as_yaml(value)
                if path.endswith(".yaml"):
                    used |= _words(text)
                yield path, text
    yield "glossary.yaml", as_yaml(_glossary(basis, used))


def as_yaml(value: Any) -> str:
    """Return a value as the text of a YAML document, labelled as made up."""
    return LABEL + yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def as_json(value: Any) -> str:
    """Return the value of a JSON document: cases each on a line of its own."""
    cases = value.get("cases")
    if cases is None:
        return f"{json.dumps(value, indent=1)}\n"
    rows = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    return f'{{"synthetic":true,"cases":[\n{rows}\n]}}\n'


class _Dumper(yaml.CSafeDumper):
    """Writes paragraphs as people do, and a list that stands in two places twice."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _glossary(basis: Basis, used: set[str]) -> dict[str, Any]:
    """Return the glossary without the abbreviations that nothing here uses."""
    kept = {entry.short for entry in basis.abbreviations if entry.stands_in(used)}
    entries = [entry for entry in basis.glossary["abbreviations"] if entry["short"] in kept]
    return {**basis.glossary, "abbreviations": entries}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z0-9]+", text))
