"""Finds the data files of a content folder and reads their bytes; no path and no byte makes it raise but a Fault."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from omi_build.documents.faults import Fault, place_of
from omi_build.documents.identity import identity_faults
from omi_build.documents.names import twins, unfit_name
from omi_build.documents.reading import parse
from omi_build.documents.signs import UNFIT, shown, unfit_fault
from omi_build.documents.tables import parse_table
from omi_build.problems import Place, Problem
from omi_build.project import INSPECTIONS
from omi_build.sources import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

KINDS = {
    "areas.yaml": "areas",
    "glossary.yaml": "glossary",
    "themes.yaml": "themes",
    "house_style.yaml": "house_style",
    "redirects.yaml": "redirects",
    "frameworks/*.yaml": "framework",
    "inspections/*/inspection.yaml": "inspection",
    "inspections/*/narrative.yaml": "narrative",
    "inspections/*/findings/*.yaml": "findings",
    "inspections/*/good_practice.yaml": "good_practice",
    "inspections/*/recommendations.yaml": "recommendations",
    "inspections/*/targets.yaml": "targets",
    "inspections/*/case_scores.yaml": "case_scores",
    "inspections/*/case_scores.json": "case_scores",
    "inspections/*/case_scores.csv": "case_scores",
    "inspections/*/versions/*.json": "version",
}
"""Which files are data, and of which kind: the kind names the schema."""

TRANSLATED = {
    "cy/areas.yaml": "areas",
    "cy/glossary.yaml": "glossary",
    "cy/themes.yaml": "themes",
    "cy/frameworks/*.yaml": "framework",
    "inspections/*/cy/inspection.yaml": "inspection",
    "inspections/*/cy/narrative.yaml": "narrative",
    "inspections/*/cy/findings/*.yaml": "findings",
    "inspections/*/cy/good_practice.yaml": "good_practice",
    "inspections/*/cy/recommendations.yaml": "recommendations",
    "inspections/*/cy/targets.yaml": "targets",
}
"""Which files hold the Welsh words of another, which is of the same name outside the folder `cy`, and its kind."""

CASE_SCORES = ("case_scores.yaml", "case_scores.json", "case_scores.csv")
"""The forms that case answers can have, of which an inspection has one."""

DATA_FOLDERS = ("frameworks", INSPECTIONS, "cy/frameworks")
"""Folders in which every file must be one of `KINDS` or `TRANSLATED`."""

MAX_BYTES = 5_000_000

_START = Place(1, 1)
_KIND = re.compile("|".join(f"({re.escape(pattern)})" for pattern in (*KINDS, *TRANSLATED)).replace(r"\*", "[^/]*"))
_KIND_OF_GROUP = (*KINDS.values(), *TRANSLATED.values())
_PLAIN = bytes(code for code in range(128) if not UNFIT.match(chr(code)))


@dataclass(frozen=True)
class Document:
    """A file that could be read."""

    source: Source
    kind: str
    """The name of its schema, as in `KINDS`."""
    folder: str
    """The folder of its inspection, or '' for a document of the whole site."""
    value: Any
    """Plain values: dict, list, str, int, float, bool, None."""
    form: Any = None
    """What the file says with its blanks, where those were left out of `value`."""
    language: str = ""
    """The language of the words that it holds of another file; '' for a file that stands for itself."""
    bare: bool = False
    """Whether its file has no sign with which HTML begins, nor one that could stand for such a sign."""


@dataclass(frozen=True)
class Reading:
    """What was found in a content folder."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read_content(
    content: Path,
    only: Collection[str] | None = None,
    unsaved: Mapping[str, str] | None = None,
    kinds: Collection[str] | None = None,
) -> Reading:
    """Read every data file below `content`, in the order of the paths; of inspections those in `only`, if it is given.

    `unsaved` holds texts that stand for what files say on disk, by their path as problems name it. With `kinds`, files of
    other kinds are not opened.
    Files of a kind in `KINDS` become documents; other files in the data folders are problems, since a misnamed
    file would otherwise be left out in silence. Hidden files are passed over.
    """
    shared = read_shared(content, unsaved, kinds)
    of_inspections = read_inspections(content, inspections_in(content) if only is None else only, unsaved, kinds)
    problems = dict.fromkeys((*shared.problems, *of_inspections.problems))
    return Reading(shared.documents + of_inspections.documents, tuple(problems))


def read_shared(
    content: Path, unsaved: Mapping[str, str] | None = None, kinds: Collection[str] | None = None
) -> Reading:
    """Read what all inspections share, and look at what lies beside them; the arguments are those of `read_content`."""
    top = content / INSPECTIONS
    beside = [] if top.is_symlink() else [file for file in _inside(top) if file.is_symlink() or not file.is_dir()]
    reading = _read(content, _told_of(content, [*_shared_files(content), *beside]), unsaved or {}, kinds)
    folders = [] if top.is_symlink() else [_name(folder.relative_to(content)) for folder in _inside(top)]
    return Reading(reading.documents, (*reading.problems, *twins(content.name, folders)))


def read_inspections(
    content: Path,
    names: Iterable[str],
    unsaved: Mapping[str, str] | None = None,
    kinds: Collection[str] | None = None,
) -> Reading:
    """Read inspections by their ids; the other arguments are those of `read_content`."""
    folders = [content / INSPECTIONS / name for name in names if not name.startswith(".")]
    files = [file for folder in folders if not folder.is_symlink() and folder.is_dir() for file in _files_in(folder)]
    return _read(content, files, unsaved or {}, kinds)


def inspections_in(content: Path) -> list[str]:
    """Return the ids of the inspections that there are, in order."""
    top = content / INSPECTIONS
    if top.is_symlink():
        return []
    return [folder.name for folder in _inside(top) if folder.is_dir() and not folder.is_symlink()]


def _read(content: Path, found: Iterable[Path], texts: Mapping[str, str], kinds: Collection[str] | None) -> Reading:
    documents: list[Document] = []
    problems: list[Problem] = []
    files = {_name(file.relative_to(content)): file for file in sorted(found)}
    for inside, file in files.items():
        path = f"{content.name}/{inside}"
        kind = kind_of(inside)
        if file.is_symlink() and file.is_dir():
            hint = "Put the folder itself here."
            problems.append(Problem(Source(path), "OMI008", "this is a link to a folder", hint, place=_START))
            continue
        if unfit := unfit_name(path, inside if inside.isascii() else file.relative_to(content).as_posix()):
            problems.append(unfit)
            continue
        if kind is None:
            problems.append(_unknown_file(path, inside))
            continue
        if kinds is not None and kind not in kinds:
            continue
        try:
            text = _proper(texts[path]) if path in texts else read_text(file, content)
        except Fault as fault:
            problems.append(fault.problem(path))
            continue
        value, faults = read_value(text, file.suffix, kind)
        problems += [fault.problem(path) for fault in faults]
        if not faults:
            bare = "<" not in text and "&" not in text and "\\" not in text
            language = language_of_file(inside)
            documents.append(Document(Source(path), kind, _folder(inside), value, language=language, bare=bare))
    problems += twins(content.name, files)
    problems += _misfit_folders(content.name, files)
    return Reading(tuple(documents), tuple(problems))


def read_value(text: str, suffix: str, kind: str) -> tuple[Any, list[Fault]]:
    """Return the value of a text and what is wrong with it; of case answers, what could name a person before all else."""
    try:
        parsed = parse_table(text) if suffix == ".csv" else parse(text, json_text=suffix == ".json")
        value, faults = parsed.value, parsed.faults
    except Fault as fault:
        value, faults = None, [fault]
    identity = identity_faults(text, None if faults else value, table=suffix == ".csv") if kind == "case_scores" else []
    return value, identity or faults


def kind_of(inside: str) -> str | None:
    """Return the kind of the document at this path inside the content folder, or None."""
    found = _KIND.fullmatch(inside)
    return _KIND_OF_GROUP[found.lastindex - 1] if found and found.lastindex else None


def language_of_file(inside: str) -> str:
    """Return the language of the words that the file at this path holds of another, or '' for one that stands for itself."""
    found = _KIND.fullmatch(inside)
    return "cy" if found and (found.lastindex or 0) > len(KINDS) else ""


def translated_file(path: str) -> str:
    """Return the path of the file whose words a file holds in another language."""
    return f"/{path}".replace("/cy/", "/", 1).removeprefix("/")


def _shared_files(content: Path) -> Iterator[Path]:
    """Yield the files that are data of all inspections or must be taken for it, links to folders among them."""
    names = [pattern for pattern in (*KINDS, *TRANSLATED) if "*" not in pattern]
    single = [content / other for name in names for other in (name, name.removesuffix("yaml") + "yml")]
    yield from (file for file in single if file.exists() or file.is_symlink())
    for folder in (content / folder for folder in DATA_FOLDERS):
        if folder.is_symlink():
            yield folder
        elif folder.name != INSPECTIONS:
            yield from folder.rglob("*")


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder that isn't hidden, and every link; what a link leads to is not walked."""
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(top, name).is_symlink()]
        yield from (Path(top, name) for name in (*files, *links) if not name.startswith("."))


def _told_of(content: Path, files: Iterable[Path]) -> Iterator[Path]:
    """Yield what of files and folders is to be read, or told of."""
    single = {content / name for name in (*KINDS, *TRANSLATED)}
    for file in files:
        hidden = any(part.startswith(".") for part in file.relative_to(content).parts)
        if not hidden and (file in single or file.is_symlink() or not file.is_dir()):
            yield file


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder, hidden things apart, in order; nothing where there is no folder."""
    return sorted(one for one in folder.iterdir() if not one.name.startswith(".")) if folder.is_dir() else []


def _name(inside: Path) -> str:
    """Return a path as text that can be shown, whatever bytes it is of."""
    name = inside.as_posix()
    return name if name.isascii() and name.isprintable() else shown(name)


def _folder(inside: str) -> str:
    parts = inside.split("/")
    return parts[1] if parts[0] == "inspections" else ""


def _unknown_file(path: str, inside: str) -> Problem:
    name = PurePosixPath(inside).name
    message = "this file is not part of an inspection's data"
    if inside.endswith(".yml") and kind_of(inside[:-3] + "yaml"):
        message = "the name of this file ends in .yml, so it would not be read"
        hint = f"Rename it to {name[:-3]}yaml."
    elif inside.startswith("frameworks/"):
        message = "this file is not a framework"
        hint = "The folder frameworks has one file a framework, such as omi-2006.yaml. Move this one elsewhere."
    else:
        names = sorted({pattern.rsplit("/", 1)[-1] for pattern in KINDS if pattern.startswith("inspections/*")})
        names = [name for name in names if "*" not in name]
        hint = (
            f"An inspection has these files: {', '.join(names)}, and in its folder findings one a criterion, such as "
            "1-2.yaml. Rename this one, or move it out of the content."
        )
    return Problem(Source(path), "OMI009", message, hint, place=_START)


def _misfit_folders(root: str, files: Iterable[str]) -> Iterator[Problem]:
    """Yield the inspections that would be left out in silence, wholly or in part."""
    known = {inside for inside in files if kind_of(inside)}
    for folder in sorted({_folder(inside) for inside in known} - {""}):
        inspection = f"inspections/{folder}"
        if f"{inspection}/inspection.yaml" not in known:
            source = Source(f"{root}/{inspection}/inspection.yaml")
            message = "this file is missing, so nothing of its folder would be published"
            hint = "Add it; it says which area was inspected, when, and under which framework."
            yield Problem(source, "OMI010", message, hint, place=_START)
        forms = [form for form in CASE_SCORES if f"{inspection}/{form}" in known]
        for other in forms[1:]:
            source = Source(f"{root}/{inspection}/{forms[0]}")
            message = f"{other} stands beside this file, and only one of the two can be read"
            yield Problem(source, "OMI010", message, "Delete the one that is out of date.", place=_START)


def read_text(file: Path, content: Path) -> str:
    """Return the text of a file, which must lie inside `content`, be of a fair size and be UTF-8.

    Raises Fault, with its place, where it isn't so.
    """
    try:
        raw = read_bytes(file, content)
    except OSError as error:
        message = f"this file can't be read: {error.strerror or error}"
        raise Fault("OMI008", message, "Look at its permissions, and where it links to.", _START) from None
    except RuntimeError:  # what Python 3.11 and 3.12 raise for it
        hint = "Put the file itself here."
        raise Fault("OMI008", "this is a link that leads back to itself", hint, _START) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        hint = "Save the file as UTF-8 (in most editors: Save with encoding → UTF-8)."
        raise Fault("OMI006", "this character is not UTF-8", hint, place_of(before, len(before))) from None
    # Most files hold plain signs alone, which the bytes tell faster.
    return text if not raw.translate(None, _PLAIN) else _proper(text)


def _proper(text: str) -> str:
    """Return a text as it is; raise Fault where it has a character that no text may hold."""
    if unfit := UNFIT.search(text):
        raise unfit_fault(unfit.group(), place_of(text, unfit.start()))
    return text


def read_bytes(file: Path, content: Path) -> bytes:
    """Return the bytes of a file, which must lie inside `content` and be of a fair size; raise Fault if it isn't so."""
    if _passes_a_link(file, content):
        file = file.resolve()
        if not file.is_relative_to(content.resolve()):
            raise Fault(
                "OMI008", "this is a link to a file outside the content folder", "Put the file itself here.", _START
            )
    about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Fault("OMI008", "this is not a regular file", "Put a plain text file here.", _START)
    if about.st_size > MAX_BYTES:
        message = f"this file is too large: {about.st_size / 1e6:.1f} MB, where {MAX_BYTES / 1e6:.0f} MB are allowed"
        raise Fault("OMI007", message, "Is it the right file? Large texts belong in several files.", _START)
    return file.read_bytes()


def _passes_a_link(file: Path, content: Path) -> bool:
    """Say whether a file is reached by a link below `content`, or not from there; following each would take time."""
    try:
        steps = file.relative_to(content).parts
    except ValueError:
        return True
    within = accumulate(steps, os.path.join, initial=os.fspath(content))
    next(within)
    return ".." in steps or any(map(os.path.islink, within))
