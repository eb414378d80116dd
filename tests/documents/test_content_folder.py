"""Which files of a content folder are read, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omi_build.documents import MAX_BYTES, Fault, Reading, kind_of, read_content, read_text

INSPECTION = "inspections/northmoor-2040"
FILES_OF_AN_INSPECTION = (
    "An inspection has these files: case_scores.csv, case_scores.json, case_scores.yaml, good_practice.yaml, inspection.yaml, "
    "narrative.yaml, recommendations.yaml, targets.yaml, and in its folder findings one a criterion, such as 1-2.yaml. "
    "Rename this one, or move it out of the content."
)


def read(folder: Path, files: dict[str, str | bytes]) -> Reading:
    """Return what is read of a content folder with these files."""
    content = folder / "content"
    for name, text in files.items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_content(content)


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Return path, code, message and hint of each problem."""
    return [(problem.source.path, problem.code, problem.message, problem.hint) for problem in reading.problems]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("areas.yaml", "areas"),
        ("glossary.yaml", "glossary"),
        ("house_style.yaml", "house_style"),
        ("redirects.yaml", "redirects"),
        ("frameworks/omi-2006.yaml", "framework"),
        ("frameworks/old/omi-2006.yaml", None),
        (f"{INSPECTION}/inspection.yaml", "inspection"),
        (f"{INSPECTION}/findings/1-2.yaml", "findings"),
        (f"{INSPECTION}/findings/old/1-2.yaml", None),
        (f"{INSPECTION}/case_scores.json", "case_scores"),
        (f"{INSPECTION}/targets.json", None),
        ("inspections/inspection.yaml", None),
        ("about.md", None),
    ],
)
def test_the_kind_of_a_document_follows_from_its_path(inside: str, kind: str | None) -> None:
    """Nothing inside a file says what it is."""
    assert kind_of(inside) == kind


def test_documents_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Each knows its path from the project, its kind and the folder of its inspection; pages and assets are no data."""
    reading = read(
        tmp_path,
        {
            "glossary.yaml": "terms: []",
            "areas.yaml": "areas: []",
            "about.md": "# About",
            "assets/data.yaml": "{",
            "frameworks/f.yaml": "id: f",
            f"{INSPECTION}/inspection.yaml": "year: 2040",
            f"{INSPECTION}/case_scores.json": '{"cases": []}',
            f"{INSPECTION}/findings/1-10.yaml": "criterion: '1.10'",
            f"{INSPECTION}/findings/.1-10.yaml.swp": "{",
            f"{INSPECTION}/.git/x.yaml": "{",
        },
    )
    assert told(reading) == []
    assert [(document.source.path, document.kind, document.folder) for document in reading.documents] == [
        ("content/areas.yaml", "areas", ""),
        ("content/frameworks/f.yaml", "framework", ""),
        ("content/glossary.yaml", "glossary", ""),
        (f"content/{INSPECTION}/case_scores.json", "case_scores", "northmoor-2040"),
        (f"content/{INSPECTION}/findings/1-10.yaml", "findings", "northmoor-2040"),
        (f"content/{INSPECTION}/inspection.yaml", "inspection", "northmoor-2040"),
    ]
    assert reading.documents[4].value == {"criterion": "1.10"}


def test_an_empty_folder_is_read(tmp_path: Path) -> None:
    """No content is no problem of reading."""
    (tmp_path / "content").mkdir()
    assert read_content(tmp_path / "content") == Reading((), ())


MISNAMED = [
    ("areas.yml", "the name of this file ends in .yml, so it would not be read", "Rename it to areas.yaml."),
    (f"{INSPECTION}/inspection.yml", "the name of this file ends in .yml, so it would not be read", "Rename it to inspection.yaml."),
    (f"{INSPECTION}/findings/1-2.yml", "the name of this file ends in .yml, so it would not be read", "Rename it to 1-2.yaml."),
    (f"{INSPECTION}/finding/1-2.yaml", "this file is not part of an inspection's data", FILES_OF_AN_INSPECTION),
    (f"{INSPECTION}/Inspection.yaml", "this file is not part of an inspection's data", FILES_OF_AN_INSPECTION),
    (f"{INSPECTION}/notes.docx", "this file is not part of an inspection's data", FILES_OF_AN_INSPECTION),
    ("frameworks/omi-2006.txt", "this file is not a framework", "The folder frameworks has one file a framework, such as omi-2006.yaml. Move this one elsewhere."),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "message", "hint"), MISNAMED, ids=[row[0] for row in MISNAMED])
def test_a_misnamed_file_is_not_left_out_in_silence(tmp_path: Path, inside: str, message: str, hint: str) -> None:
    """Whoever wrote it believes that it is published."""
    assert told(read(tmp_path, {inside: "a: 1"})) == [(f"content/{inside}", "OMI009", message, hint)]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f"{INSPECTION}/findings/aux.yaml", "a file can't be called aux.yaml on Windows"),
        (f"{INSPECTION}/findings/COM1.x.yaml", "a file can't be called COM1.x.yaml on Windows"),
        ("inspections/con/inspection.yaml", "a file can't be called con on Windows"),
        ("inspections/northmoor./inspection.yaml", "this name ends in a full stop, which some computers drop"),
        ("inspections/northmoor /inspection.yaml", "this name ends in a space, which some computers drop"),
        ("inspections/north:moor/inspection.yaml", "this name has a sign that not every computer can write: ':'"),
        ("frameworks/caf\u00e9.yaml", "this name has a sign that not every computer can write: 'é'"),
        ("frameworks/cafe\u0301.yaml", "this name has a sign that not every computer can write"),
        ("frameworks/-x.yaml", "this name has a sign that not every computer can write: '-'"),
        ("frameworks/a\n::error::b.yaml", "this name has a sign that not every computer can write: '\\n'"),
        ("frameworks/a\x1b[31m.yaml", "this name has an invisible character, U+001B"),
    ],
)
def test_a_name_that_not_every_computer_can_have_is_told(tmp_path: Path, inside: str, words: str) -> None:
    """A checkout elsewhere would lose the file or fail; and no name breaks the line that tells it."""
    (problem,) = [problem for problem in read(tmp_path, {inside: "a: 1"}).problems if problem.code != "OMI010"]
    assert problem.code == "OMI009"
    assert words in problem.message
    assert problem.source.path.isprintable()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{INSPECTION}/findings/1-1.yaml", f"{INSPECTION}/Findings/1-1.yaml"),
        (f"{INSPECTION}/inspection.yaml", f"{INSPECTION.replace('north', 'North')}/inspection.yaml"),
        ("frameworks/omi.yaml", "frameworks/OMI.yaml"),
    ],
)
def test_names_that_some_computers_take_for_one_are_told(tmp_path: Path, one: str, other: str) -> None:
    """Windows and macOS would keep one of the two."""
    found = read(tmp_path, {one: "a: 1", other: "a: 1"}).problems
    assert any("in capitals alone" in problem.message and problem.code == "OMI009" for problem in found)


def test_an_inspection_without_its_first_file_is_told(tmp_path: Path) -> None:
    """All its findings would be left out in silence; where the file is there but broken, that alone is told."""
    reading = read(tmp_path, {f"{INSPECTION}/findings/1-2.yaml": "a: 1"})
    message = "this file is missing, so nothing of its folder would be published"
    hint = "Add it; it says which area was inspected, when, and under which framework."
    assert told(reading) == [(f"content/{INSPECTION}/inspection.yaml", "OMI010", message, hint)]
    broken = read(tmp_path, {f"{INSPECTION}/inspection.yaml": "a: ["})
    assert [problem.code for problem in broken.problems] == ["OMI001"]


def test_case_scores_of_two_formats_are_told(tmp_path: Path) -> None:
    """Nobody could say which of them is published."""
    files = {"inspection.yaml": "a: 1", "case_scores.yaml": "a: 1", "case_scores.json": "{}"}
    reading = read(tmp_path, {f"{INSPECTION}/{name}": text for name, text in files.items()})
    message = "case_scores.json stands beside this file, and only one of the two can be read"
    hint = "Delete the one that is out of date."
    assert told(reading) == [(f"content/{INSPECTION}/case_scores.yaml", "OMI010", message, hint)]


def test_every_file_is_read_past_the_broken_ones(tmp_path: Path) -> None:
    """One broken file hides neither the others nor their problems."""
    files: dict[str, str | bytes] = {
        "areas.yaml": "a: [",
        "glossary.yaml": "a: 1\na: 2\na: 3\n",
        "frameworks/a.yaml": b"a: \xff",
        "frameworks/b.yaml": "a: 1",
    }
    reading = read(tmp_path, files)
    places = [(p.source.path, p.code, p.place.line, p.place.column) for p in reading.problems if p.place]
    assert places == [
        ("content/areas.yaml", "OMI001", 1, 4),
        ("content/frameworks/a.yaml", "OMI006", 1, 4),
        ("content/glossary.yaml", "OMI002", 2, 1),
        ("content/glossary.yaml", "OMI002", 3, 1),
    ]
    assert [document.source.path for document in reading.documents] == ["content/frameworks/b.yaml"]


UTF8 = "Save the file as UTF-8 (in most editors: Save with encoding → UTF-8)."
CONTROL = "Delete it; it often comes along when text is pasted."
BYTES = [
    (b"a: 1\nb: caf\xe9", 2, 7, "this character is not UTF-8", UTF8),
    ("é: 1\nb: é😀".encode() + b"\xff", 2, 6, "this character is not UTF-8", UTF8),
    (b"\xef\xbb\xbfa: \xff", 1, 4, "this character is not UTF-8", UTF8),
    ("a: 1".encode("utf-16"), 1, 1, "this character is not UTF-8", UTF8),
    (b"a: \xc3", 1, 4, "this character is not UTF-8", UTF8),
    (b"a: \xed\xa0\x80", 1, 4, "this character is not UTF-8", UTF8),
    (b"a: 1\r\nb: x\x00y", 2, 5, "an invisible control character (code 0x0) stands here", CONTROL),
    (b"a: \x1b[31m", 1, 4, "an invisible control character (code 0x1b) stands here", CONTROL),
    (b"a: \x7f", 1, 4, "an invisible control character (code 0x7f) stands here", CONTROL),
    ("a: \x9f".encode(), 1, 4, "an invisible control character (code 0x9f) stands here", CONTROL),
    ("a: \uffff".encode(), 1, 4, "an invisible control character (code 0xffff) stands here", CONTROL),
]


@pytest.mark.parametrize(("raw", "line", "column", "message", "hint"), BYTES, ids=range(len(BYTES)))
def test_bytes_that_are_no_text_are_told_with_their_place(
    tmp_path: Path, raw: bytes, *, line: int, column: int, message: str, hint: str
) -> None:
    """The column counts the characters before the one that can't be read."""
    file = tmp_path / "a.yaml"
    file.write_bytes(raw)
    with pytest.raises(Fault) as caught:
        read_text(file, tmp_path)
    fault = caught.value
    assert (fault.code, fault.place.line, fault.place.column) == ("OMI006", line, column)
    assert (str(fault), fault.hint) == (message, hint)


def test_a_mark_at_the_start_of_a_file_is_no_part_of_its_text(tmp_path: Path) -> None:
    """Editors of Windows put one there; tabs, line ends and any script are text too."""
    file = tmp_path / "a.yaml"
    file.write_bytes("\ufeffa: ŵ\r\n# \t😀 \x85\n".encode())
    assert read_text(file, tmp_path) == "a: ŵ\r\n# \t😀 \x85\n"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at first: here it is a terabyte with nothing in it."""
    file = tmp_path / "a.yaml"
    file.touch()
    os.truncate(file, 10**12)
    with pytest.raises(Fault, match=r"this file is too large: 1000000\.0 MB, where 5 MB are allowed") as caught:
        read_text(file, tmp_path)
    assert caught.value.code == "OMI007"
    os.truncate(file, MAX_BYTES + 1)
    with pytest.raises(Fault, match="this file is too large"):
        read_text(file, tmp_path)


def links(tmp_path: Path) -> tuple[Path, Path]:
    """Return a content folder with an inspection, and a file beside it that no link may reach."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: x", encoding="utf-8")
    read(tmp_path, {f"{INSPECTION}/inspection.yaml": "a: 1"})
    return tmp_path / "content", secret


def test_a_link_out_of_the_content_folder_is_refused(tmp_path: Path) -> None:
    """Nothing that lies elsewhere is published, nor shown in a message."""
    content, secret = links(tmp_path)
    (content / INSPECTION / "targets.yaml").symlink_to(secret)
    (content / "areas.yaml").symlink_to("../secret.yaml")
    message, hint = "this is a link to a file outside the content folder", "Put the file itself here."
    assert told(read_content(content)) == [
        ("content/areas.yaml", "OMI008", message, hint),
        (f"content/{INSPECTION}/targets.yaml", "OMI008", message, hint),
    ]


def test_a_link_to_a_folder_is_told(tmp_path: Path) -> None:
    """It is not followed, so what lies behind it would be left out in silence."""
    content, _ = links(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (content / "inspections" / "eastfen-2040").symlink_to(tmp_path / "elsewhere")
    assert told(read_content(content)) == [
        ("content/inspections/eastfen-2040", "OMI008", "this is a link to a folder", "Put the folder itself here.")
    ]


def test_a_link_inside_the_content_folder_is_followed(tmp_path: Path) -> None:
    """Nothing is reached by it that would not be read anyway."""
    content, _ = links(tmp_path)
    (content / "glossary.yaml").symlink_to(f"{INSPECTION}/inspection.yaml")
    reading = read_content(content)
    assert told(reading) == []
    assert reading.documents[0].value == {"a": 1}


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    """A loop and a dangling link are problems, not crashes."""
    content, _ = links(tmp_path)
    (content / "areas.yaml").symlink_to("areas.yaml")
    (content / "glossary.yaml").symlink_to("gone.yaml")
    loop, dangling = told(read_content(content))
    assert loop[:2] == ("content/areas.yaml", "OMI008")
    assert dangling[:3] == ("content/glossary.yaml", "OMI008", "this file can't be read: No such file or directory")


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would be waited for without end; a folder in the place of a file can't be read."""
    content, _ = links(tmp_path)
    os.mkfifo(content / INSPECTION / "narrative.yaml")
    (content / "areas.yaml").mkdir()
    assert [(path, code, message) for path, code, message, _ in told(read_content(content))] == [
        ("content/areas.yaml", "OMI008", "this is not a regular file"),
        (f"content/{INSPECTION}/narrative.yaml", "OMI008", "this is not a regular file"),
    ]


def test_a_name_of_odd_bytes_can_be_shown(tmp_path: Path) -> None:
    """An archive made elsewhere may hold names that are no UTF-8; the message must not fail over them."""
    content, _ = links(tmp_path)
    folder = content / INSPECTION / "findings"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.yaml")).write_text("a: [", encoding="utf-8")
    (problem,) = read_content(content).problems
    assert problem.source.path == f"content/{INSPECTION}/findings/caf\ufffd.yaml"
    assert problem.source.path.encode()
