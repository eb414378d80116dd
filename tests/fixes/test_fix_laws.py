"""Laws of fixing: it does no harm to any text, it does what it says, and doing it twice is doing it once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from commanding import omi
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mending import REPOSITORY, fixed, schemas, shapes

from omi_build.documents import Document, Fault, kind_of, parse
from omi_build.fixes.typography import shown
from omi_build.render import ProseRenderer
from omi_build.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from omi_build.sources import Key

WORDS = [
    "plan",
    "“plan”",
    "wasn’t",
    "it's",
    '"late"',
    "#",
    "- so",
    "’07",
    "20%",
    "a: b",
    "(c)",
    "\\",
    "[[share 1.2.3]]",
]
PROSE = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3)
"""Paragraphs, each of which begins with a plain word when it is written."""


@dataclass(frozen=True)
class Written:
    """A text as an inspector may have written it, and what was meant."""

    text: str
    meant: Any
    comments: Counter[str]


class Hand:
    """An inspector who writes YAML in any way that can be read, and keeps count of the comments."""

    def __init__(self, draw: DrawFn) -> None:
        """Take what decides."""
        self.draw = draw
        self.comments: Counter[str] = Counter()

    def often(self) -> bool:
        """Decide."""
        return self.draw(st.booleans())

    def comment(self, indent: int) -> list[str]:
        """Return the lines between two keys: a comment, blank lines, or nothing."""
        if self.draw(st.integers(0, 5)):
            return [""] * self.draw(st.sampled_from([0, 0, 0, 1]))
        told = f"# note {sum(self.comments.values())} “so”"
        self.comments[told] += 1
        return [" " * indent + told]

    def prose(self, indent: int) -> tuple[str, str]:
        """Return a text as it is written behind its key, and as it is meant."""
        paragraphs = [f"It {text}" for text in self.draw(PROSE)]
        style = self.draw(st.sampled_from(["|-", "|", ">-", "'", '"', ""]))
        pad = " " * (indent + 2)
        if style in {"|-", "|", ">-"}:
            gap = "\n\n\n" if style == ">-" else "\n\n"
            return f"{style}\n{pad}" + f"{gap}{pad}".join(paragraphs), "\n\n".join(paragraphs)
        text = paragraphs[0]
        if not style:
            text = re.sub(r"[:#]", "", text)
            return text.replace(" plan", f"\n{pad}plan", 1), text
        raw = text.replace("'", "''") if style == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
        return f"{style}{raw}{style}", text

    def ref(self, number: str) -> str:
        """Return a number as it may be written."""
        return self.draw(st.sampled_from([number, f'"{number}"', f"“{number}”", f"'{number}'"]))

    def group(self, pairs: list[tuple[str, str]], indent: int) -> list[str]:
        """Return the lines of a group of keys, in any order."""
        lines = []
        for n, (key, value) in enumerate(self.draw(st.permutations(pairs))):
            lines += self.comment(indent) if n else []
            name = self.draw(st.sampled_from([key, key, key, f"“{key}”"]))
            lines.append(f"{' ' * indent}{name}:{'' if value.startswith(chr(10)) else ' '}{value}")
        return lines

    def entries(self) -> tuple[str, list[dict[str, Any]]]:
        """Return a list of findings as it is written behind its key, and as it is meant."""
        lines: list[str] = []
        meant = []
        for letter in "abc"[: self.draw(st.integers(0, 3))]:
            text, said = self.prose(4)
            pairs = [("letter", self.draw(st.sampled_from([letter, f'"{letter}"']))), ("text", text)]
            one: dict[str, Any] = {"letter": letter, "text": said}
            if self.often():
                pairs.append(("evidence", f"[{self.ref('1.2')}, {self.ref('1.10')}]"))
                one["evidence"] = ["1.2", "1.10"]
            if self.often():
                note, noted = self.prose(8)
                inner = self.group([("explains", "[OMI301]"), ("text", note)], 8)
                pairs.append(("editor_notes", "\n" + "\n".join(["      - " + inner[0][8:], *inner[1:]])))
                one["editor_notes"] = [{"text": noted, "explains": ["OMI301"]}]
            made = self.group(pairs, 4)
            lines += [*self.comment(2), "  - " + made[0][4:], *made[1:]]
            meant.append(one)
        return ("\n" + "\n".join(lines) if meant else "[]"), meant


@st.composite
def findings(draw: DrawFn) -> Written:
    """Make a findings file: keys in any order, comments anywhere, any style of text, blanks at the ends of lines."""
    hand = Hand(draw)
    strengths, good = hand.entries()
    areas, poor = hand.entries()
    pairs = [("criterion", hand.ref("1.10")), ("strengths", strengths), ("areas_for_improvement", areas)]
    meant: dict[str, Any] = {"criterion": "1.10", "strengths": good, "areas_for_improvement": poor}
    if hand.often():
        about, said = hand.prose(0)
        pairs += [("published_score", "65"), ("comment", about)]
        meant |= {"published_score": 65, "comment": said}
    lines = [*hand.comment(0), *hand.group(pairs, 0), *hand.comment(0)]
    blanks = st.sampled_from(["", "", "", " ", "\t "])
    text = "\n".join(line + draw(blanks) for line in "\n".join(lines).split("\n"))
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    return Written(text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), meant, hand.comments)


def seen(value: Any, kind: str = "findings", pointer: tuple[Key, ...] = ()) -> Any:
    """Return a value with its prose as a reader sees it."""
    if isinstance(value, dict):
        return {key: seen(inner, kind, (*pointer, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [seen(inner, kind, (*pointer, n)) for n, inner in enumerate(value)]
    shape = shapes().at(kind, pointer)
    return shown(value) if isinstance(value, str) and shape and shape.is_prose else value


def refusals(text: str, kind: str) -> Counter[str]:
    """Return how often the schema complains under each code."""
    document = Document(Source("content/x.yaml"), kind, "", parse(text).value)
    return Counter(problem.code for problem in schemas().check(document))


@settings(max_examples=150)
@given(findings())
def test_a_mended_file_says_what_was_meant(written: Written) -> None:
    """Keys, values and comments stay, numbers keep their digits, and the page reads the same, whatever the layout."""
    after = fixed(written.text).text
    assert seen(parse(after).value) == seen(written.meant)
    assert Counter(re.findall(r"# note \d+ “so”", after)) == written.comments
    assert not refusals(after, "findings")


@settings(max_examples=150)
@given(findings())
def test_mending_twice_is_mending_once(written: Written) -> None:
    """A second run finds nothing."""
    once = fixed(written.text, is_published=False)
    twice = fixed(once.text, is_published=False)
    assert (twice.text, twice.counts) == (once.text, Counter())


@settings(max_examples=100)
@given(findings())
def test_line_ends_are_kept_and_blanks_are_gone(written: Written) -> None:
    """One kind of line break before is the same kind after, one at the end; no line ends with a blank."""
    after = fixed(written.text).text
    windows = "\r\n" in written.text
    assert ("\r\n" in after) == windows or after.count("\n") == 1
    assert re.search(r"[ \t](?=\r?\n|\Z)", after) is None
    assert re.search(r"[^\r\n]\r?\n\Z", after)


PIECES = [
    *(
        "criterion",
        "strengths",
        "letter",
        "text",
        ": ",
        ": ",
        "- ",
        "- ",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "\xa0",
        " ",
    ),
    *("“", "”", "’", "'", '"', "|-", ">", "#", "{", "}", "[", "]", ",", "1.10", "a", "é😀", "\r\n", "\r", "\u2028"),
    *("\x85", "&", "*", "!", "---\n", "?"),
]
"""What YAML files consist of, and what is pasted into them."""


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from(["findings", "narrative", "recommendations", "inspection", "case_scores"]),
)
@example("criterion: “1.2”\r- 1", "findings")
def test_no_text_is_harmed(text: str, kind: str) -> None:
    """Whatever stands there, it is mended or left, never refused; no schema complains more than before."""
    after = fixed(text, kind, is_published=False).text
    assert fixed(after, kind, is_published=False).text == after
    try:
        before = parse(text)
    except Fault:
        return
    if not before.faults:
        assert not refusals(after, kind) - refusals(text, kind)
        assert not parse(after).faults


@settings(max_examples=200)
@given(st.text(alphabet="“”‘’„\"' ab1.-–*\n([)]\\", max_size=60))
def test_a_page_reads_the_same(text: str) -> None:
    """What fixes take for what a reader sees is what the site sets."""
    rendered = " ".join(ProseRenderer({}).block(text.strip()).split())
    assert shown(text).replace("&quot;", '"') == rendered.replace("&quot;", '"')


def data_files(content: Path) -> list[tuple[Path, str]]:
    """Return the data files of a content with their kind."""
    files = [(file, kind_of(file.relative_to(content).as_posix())) for file in sorted(content.rglob("*"))]
    return [(file, kind) for file, kind in files if kind]


def unmended(content: Path) -> list[str]:
    """Return the files of a content in which there is something to mend."""
    return [
        file.name
        for file, kind in data_files(content)
        if fixed(text := file.read_bytes().decode(), kind, file.suffix[1:], is_published=False).text != text
    ]


def test_the_content_of_this_repository_is_as_it_should_be() -> None:
    """Nothing to fix in what is published."""
    assert data_files(REPOSITORY / "content")
    assert unmended(REPOSITORY / "content") == []


def test_a_made_up_programme_is_as_it_should_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor in what `omi synth` writes."""
    monkeypatch.chdir(REPOSITORY)
    assert omi("synth", "--areas", "2", "--out", str(tmp_path / "content")).exit_code == 0
    assert unmended(tmp_path / "content") == []
