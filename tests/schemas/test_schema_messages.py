"""What is said of a document that doesn't fit its schema: in plain words, at the place, one message for one slip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from omi_build.documents import Document, locate, parse
from omi_build.problems import Severity, nearest
from omi_build.schemas import SchemaError, Schemas, load_schemas, show
from omi_build.sources import Source

SCHEMAS = load_schemas(Path(__file__).parents[2] / "schemas")
PATH = "content/inspections/northmoor-2040/x.yaml"
HEAD = 'criterion: "1.2"\nstrengths: []\nareas_for_improvement: []\n'
ABOUT = "area: a\nyear: 2040\nframework: f\ntitle: t\nlead_body: b\nfieldwork: 2040-01\n"

LETTER = "a for the first, b for the second and so on; a published finding keeps its letter. Example: letter: a"
SCORE = "The score as the report published it, in whole per cent. Example: published_score: 65"
COMMENT = "Paragraphs on the criterion as a whole that stand after its findings. Example: comment: This result may have several reasons."
CRITERION = 'The number of the criterion, in quotation marks; also the name of the file, with a hyphen (1-2.yaml). Example: criterion: "1.2"'
CURLY = "Curly quotation marks are part of the word; write the key without any."


def told(kind: str, text: str) -> list[tuple[int, int, str, str, str]]:
    """Return line, column, code, message and hint of each problem of a text."""
    document = Document(Source(PATH), kind, "northmoor-2040", parse(text).value)
    problems = list(SCHEMAS.check(document))
    assert all(problem.severity is Severity.ERROR and problem.source.path == PATH for problem in problems)
    places = [locate(text, problem) for problem in problems]
    return [
        (place.line, place.column, problem.code, problem.message, problem.hint)
        for place, problem in zip(places, problems, strict=True)
    ]


KEYWORDS: list[tuple[str, str, tuple[int, int, str, str, str]]] = [
    # additionalProperties
    ("findings", f"{HEAD}conclution: good\n", (4, 1, "OMI101", "unknown key `conclution`", "Did you mean `conclusion`?")),
    ("findings", f"{HEAD}“rating”: good\n", (4, 1, "OMI101", "unknown key `“rating”`", f"Did you mean `rating`? {CURLY}")),
    ("findings", f"{HEAD}Rating: good\n", (4, 1, "OMI101", "unknown key `Rating`", "Did you mean `rating`?")),
    ("findings", f"{HEAD}-rating: good\n", (4, 1, "OMI101", "unknown key `-rating`", "Did you mean `rating`? Put a space after the hyphen.")),
    ("case_scores", "cases: [{case: C1, answers: {}, name: x}]\n", (1, 33, "OMI101", "unknown key `name`", "Keys known here: case, strata, answers.")),
    # required
    ("findings", 'criterion: "1.2"\nstrengths:\n  - text: x\nareas_for_improvement: []\n', (3, 5, "OMI102", "`letter` is missing", f"Add a line `letter: …` here. {LETTER}")),
    ("findings", 'criterion: "1.2"\nareas_for_improvement: []\n', (1, 1, "OMI102", "`strengths` is missing", "Add a line `strengths: …` here. What was done well. Write [] if there is none.")),
    ("inspection", f"{ABOUT}publication: {{status: with_area}}\ncontext:\n  - title: x\n    rows:\n      - label: x\n", (11, 9, "OMI102", "`unit` is missing", "Add a line `unit: …` here. What the value counts. Example: unit: per_cent")),
    ("inspection", f"{ABOUT}publication:\n  status: published\n", (7, 1, "OMI102", "`date` is missing", "Add a line `date: …` here. The day (or month) of publication. A report dated in the future is not public before. Example: date: 2007-08")),
    # type: text
    ("findings", "criterion: 1.10\nstrengths: []\nareas_for_improvement: []\n", (1, 12, "OMI103", "`criterion` must be a text, but `1.1` is a number", 'Put it in quotation marks, with every digit, as in criterion: "1.10". Without them a last 0 is lost.')),
    ("findings", "criterion: 1\nstrengths: []\nareas_for_improvement: []\n", (1, 12, "OMI103", "`criterion` must be a text, but `1` is a whole number", 'Put it in quotation marks: criterion: "1".')),
    ("findings", f"{HEAD}comment: true\n", (4, 10, "OMI103", "`comment` must be a text, but this is the value true", 'Put it in quotation marks: comment: "true".')),
    ("findings", f"{HEAD}comment:\n", (4, 9, "OMI103", "`comment` is empty; it must be a text", COMMENT)),
    ("findings", f"{HEAD}comment: [a]\n", (4, 10, "OMI103", "`comment` must be a text, but this is a list", f"Is the key of the list missing above it, such as `strengths:`? {COMMENT}")),
    ("glossary", "abbreviations: [{short: a, long: b, also: [x, 7]}]\nterms: []\n", (1, 47, "OMI103", "entry 2 of `also` must be a text, but `7` is a whole number", 'Put it in quotation marks: - "7".')),
    # type: number
    ("findings", f"{HEAD}published_score: 61%\n", (4, 18, "OMI103", "`published_score` must be a whole number, but `61%` is a text", "Write published_score: 61, without quotation marks or signs.")),
    ("findings", f'{HEAD}published_score: "61"\n', (4, 18, "OMI103", "`published_score` must be a whole number, but `61` is a text", "Write published_score: 61, without quotation marks or signs.")),
    ("findings", f"{HEAD}published_score: sixty\n", (4, 18, "OMI103", "`published_score` must be a whole number, but `sixty` is a text", SCORE)),
    ("findings", f"{HEAD}published_score: 61.5\n", (4, 18, "OMI103", "`published_score` must be a whole number, but `61.5` is a number", SCORE)),
    ("findings", f"{HEAD}published_score: true\n", (4, 18, "OMI103", "`published_score` must be a whole number, but this is the value true", SCORE)),
    ("inspection", f"{ABOUT}publication: {{status: with_area}}\ncontext: [{{title: x, rows: [{{label: x, unit: count, value: '£3,734'}}]}}]\n", (8, 60, "OMI103", "`value` must be a number, but `£3,734` is a text", "Write value: 3734, without quotation marks or signs.")),
    # type: truth, list, group, file
    ("case_scores", "synthetic: yes\n", (1, 12, "OMI103", "`synthetic` must be true or false, but `yes` is a text", "Write synthetic: true or synthetic: false.")),
    ("findings", 'criterion: "1.2"\nstrengths:\nareas_for_improvement: []\n', (2, 11, "OMI103", "`strengths` is empty; it must be a list", "What was done well. Write [] if there is none.")),
    ("findings", 'criterion: "1.2"\nstrengths: none\nareas_for_improvement: []\n', (2, 12, "OMI103", "`strengths` must be a list, but `none` is a text", "Start each entry of the list on a line of its own with “- ”; write [] for an empty list.")),
    ("findings", 'criterion: "1.2"\nstrengths:\n  letter: a\n  text: b\nareas_for_improvement: []\n', (3, 3, "OMI103", "`strengths` must be a list, but this is a group of keys", "Start each entry of the list on a line of its own with “- ”; write [] for an empty list.")),
    ("findings", 'criterion: "1.2"\nstrengths:\n  -letter: a\nareas_for_improvement: []\n', (3, 3, "OMI103", "`strengths` must be a list, but this is a group of keys", "Put a space after each hyphen: “- ” starts an entry of a list.")),
    ("findings", 'criterion: "1.2"\nstrengths: [a]\nareas_for_improvement: []\n', (2, 13, "OMI103", "entry 1 of `strengths` must be a group of keys, but `a` is a text", "Write its keys below it on lines of their own, each as `key: value`. A lettered finding.")),
    ("findings", "", (1, 1, "OMI103", "this file is empty; it must be a group of keys", "What the inspection found under one criterion: score or rating, strengths, areas for improvement.")),
    ("recommendations", "- number: 1\n", (1, 1, "OMI103", "this file must be a group of keys, but this is a list", "Write its keys below each other on lines of their own, each as `key: value`. The numbered improvements that the report asks for.")),
    # enum
    ("findings", f"{HEAD}score_not_available: {{shorthand: y, reason: x}}\n", (4, 34, "OMI104", "`shorthand` can't be `y`; it is one of: x, c, z", "x: not available; c: withheld for confidentiality; z: not applicable. Example: x")),
    ("case_scores", "cases: [{case: C1, answers: {'1.1': suficient}}]\n", (1, 37, "OMI104", "`1.1` can't be `suficient`; it is one of: sufficient, insufficient, not_applicable", "Did you mean `sufficient`?")),
    ("case_scores", "cases: [{case: C1, answers: {'1.1': true}}]\n", (1, 37, "OMI104", "`1.1` can't be true; it is one of: sufficient, insufficient, not_applicable", "sufficient, insufficient or not_applicable.")),
    # length and size
    ("findings", f"{HEAD}comment: ''\n", (4, 10, "OMI105", "`comment` is empty", COMMENT)),
    ("findings", f"{HEAD}comment: '  '\n", (4, 10, "OMI105", "`comment` is empty", COMMENT)),
    ("inspection", f"{ABOUT}publication: {{status: with_area}}\ncontext: [{{title: x, period: '9', rows: [{{label: x, unit: count}}]}}]\n", (8, 30, "OMI105", "`period` has 1 character; it needs at least 4", "The time that the figures count, where it is not a single day. Example: period: 2006/2007")),
    ("glossary", f"abbreviations: [{{short: a, long: {'b' * 401}}}]\nterms: []\n", (1, 34, "OMI105", "`long` has 401 characters; it needs at most 400", "What it stands for. Example: long: Risk of Harm")),
    ("recommendations", "recommendations: [{number: 1, text: x, criteria: []}]\n", (1, 50, "OMI105", "`criteria` is empty", "The criteria that it answers.")),
    ("findings", f'criterion: "1.2"\nstrengths: [{", ".join("{letter: a, text: b}" for _ in range(27))}]\nareas_for_improvement: []\n', (2, 12, "OMI105", "`strengths` has 27 entries; it needs at most 26", "What was done well. Write [] if there is none.")),
    # bounds
    ("findings", f"{HEAD}published_score: 101\n", (4, 18, "OMI105", "`published_score` is 101; it must be at most 100", SCORE)),
    ("findings", f"{HEAD}published_score: -1\n", (4, 18, "OMI105", "`published_score` is -1; it must be at least 0", SCORE)),
    # pattern
    ("findings", f"{HEAD}rating: Well met\n", (4, 9, "OMI105", "`Well met` doesn't fit `rating`", "Did you mean `well_met`? The rating of a rated criterion: a key of the framework’s ratings. Example: rating: well_met")),
    ("findings", "criterion: |\n  1.2\nstrengths: []\nareas_for_improvement: []\n", (1, 12, "OMI105", "`1.2` doesn't fit `criterion`", f"Remove the spaces and line breaks before and after it. {CRITERION}")),
    ("findings", 'criterion: "“1.2”"\nstrengths: []\nareas_for_improvement: []\n', (1, 12, "OMI105", "`“1.2”` doesn't fit `criterion`", f"Curly quotation marks are part of the text; use straight ones. {CRITERION}")),
    ("findings", 'criterion: "1.٢"\nstrengths: []\nareas_for_improvement: []\n', (1, 12, "OMI105", "`1.٢` doesn't fit `criterion`", CRITERION)),
    ("glossary", "abbreviations:\n  - short: AB\n    long: |-\n      A\n      B\nterms: []\n", (3, 11, "OMI105", "`A B` doesn't fit `long`", "Write it on one line. What it stands for. Example: long: Risk of Harm")),
    ("inspection", f"{ABOUT}publication: {{status: with_area, isbn_pdf: x}}\n", (7, 44, "OMI105", "`x` doesn't fit `isbn_pdf` (ISBN of the PDF)", "With its hyphens. Example: isbn_pdf: 978-1-84726-357-5")),
    ("inspection", ABOUT.replace("2040-01", "30/06/2040") + "publication: {status: with_area}\n", (6, 12, "OMI105", "`30/06/2040` doesn't fit `fieldwork`", "Write the year first, then month and day: fieldwork: 2040-06-30.")),
    # not, uniqueItems, propertyNames
    ("narrative", "section_summaries: []\nchapters: [{id: data, title: x, parts: [{text: b}]}]\n", (2, 17, "OMI105", "`data` doesn't fit `id` (identifier)", "Becomes part of its address; the names of the report’s own pages are taken. Example: id: service-users")),
    ("recommendations", "recommendations: [{number: 1, text: x, criteria: ['1.1', '1.2', '1.1']}]\n", (1, 65, "OMI105", "`1.1` stands twice in `criteria`", "Remove one of the two.")),
    ("case_scores", "cases: [{case: C1, answers: {plan: sufficient}}]\n", (1, 30, "OMI105", "the key `plan` doesn't fit here", "The answer to each question by its number.")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "problem"), KEYWORDS, ids=[row[2][3][:60] for row in KEYWORDS])
def test_a_misfit_is_told_in_plain_words(kind: str, text: str, problem: tuple[int, int, str, str, str]) -> None:
    """One slip gives one message: the place, the code, the value and the rule in words, and what to write instead."""
    assert told(kind, text) == [problem]


def test_all_misfits_come_in_the_order_of_the_document() -> None:
    """Not in that of the alphabet, and each once: nine slips, nine messages."""
    text = """\
criterion: 1.2
strengths:
  - letter: A
    text: x
  - leter: b
    txt: y
  - “letter”: c
    text: ""
  - text: z
areas_for_improvement: none
published_score: "61"
comment: [x]
"""
    assert [(line, message) for line, _, _, message, _ in told("findings", text)] == [
        (1, "`criterion` must be a text, but `1.2` is a number"),
        (3, "`A` doesn't fit `letter`"),
        (5, "unknown key `leter`"),
        (6, "unknown key `txt`"),
        (7, "unknown key `“letter”`"),
        (8, "`text` is empty"),
        (9, "`letter` is missing"),
        (10, "`areas_for_improvement` must be a list, but `none` is a text"),
        (11, "`published_score` must be a whole number, but `61` is a text"),
        (12, "`comment` must be a text, but this is a list"),
    ]


def test_an_unknown_and_a_missing_key_that_differ_are_both_told() -> None:
    """Only where the one was meant to be the other is one of the messages an echo."""
    text = "recommendations: [{number: 1, text: x, priority: high}]\n"
    assert [message for _, _, _, message, _ in told("recommendations", text)] == [
        "unknown key `priority`",
        "`criteria` is missing",
    ]


def test_every_missing_key_is_told() -> None:
    """Each with its own help."""
    messages = [message for _, _, _, message, _ in told("recommendations", "recommendations: [{}]\n")]
    assert messages == ["`number` is missing", "`text` is missing", "`criteria` is missing"]


def test_a_misspelt_key_that_is_needed_under_a_condition_is_told_once() -> None:
    """A published report needs a date; `dates` is that date."""
    text = f"{ABOUT}publication: {{status: published, dates: 2040-01}}\n"
    assert [message for _, _, _, message, _ in told("inspection", text)] == ["unknown key `dates`"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("strenghts", "Did you mean `strengths`?"),
        ("Strengths", "Did you mean `strengths`?"),
        ("“strengths”", "Did you mean `strengths`?"),
        ("- strengths", "Did you mean `strengths`?"),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_word_is_offered(word: str, hint: str) -> None:
    """Where none is near, none is."""
    assert nearest(word, ["strengths", "criterion"]) == hint


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "nothing"),
        (True, "true"),
        (61, "`61`"),
        ("a\n b", "`a b`"),
        ("word " * 40, f"`{'word ' * 11}word…`"),
        ("w" * 70, "`…`"),
        ({}, "a group of keys"),
        ([1], "a list"),
    ],
)
def test_a_value_is_shown_on_a_line(value: Any, shown: str) -> None:
    """A long text is cut, and a structure named."""
    assert show(value) == shown


def test_what_the_explaining_validator_lets_pass_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the two ever disagree, a refused document must not be taken for a good one."""
    schemas = Schemas(SCHEMAS.by_name)
    monkeypatch.setattr(schemas, "_explaining", lambda _: iter(()))
    document = Document(Source(PATH), "recommendations", "", {"recommendations": [{"number": 0}]})
    problems = list(schemas.check(document))
    assert {problem.code for problem in problems} == {"OMI105"}
    assert Source(PATH, ("recommendations", 0, "number")) in {problem.source for problem in problems}


def test_a_broken_schema_is_told_when_it_is_loaded(tmp_path: Path) -> None:
    """Not when the first document is held against it."""
    with pytest.raises(SchemaError, match="there are no schemas in"):
        load_schemas(tmp_path)
    (tmp_path / "a.schema.json").write_text("{", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.schema\.json:1:2: this is not JSON"):
        load_schemas(tmp_path)
    (tmp_path / "a.schema.json").write_bytes(b'"\xff"')
    with pytest.raises(SchemaError, match=r"a\.schema\.json: this file is not UTF-8"):
        load_schemas(tmp_path)
    with pytest.raises(SchemaError, match=r"schemas/a\.schema\.json is not a JSON Schema"):
        Schemas({"a.schema.json": {"type": "txt"}})
    with pytest.raises(SchemaError, match=r"refers to what isn't there: .*b\.schema\.json"):
        Schemas({"a.schema.json": {"$ref": "b.schema.json"}})
    (tmp_path / "a.schema.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"lacks areas\.schema\.json, "):
        load_schemas(tmp_path)
