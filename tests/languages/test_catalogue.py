"""The words of the site in Welsh: all there, in a file that a translator can check, and honest about who made them."""

from __future__ import annotations

import ast
import re

import pytest
import yaml
from babel.messages.pofile import read_po
from building import REPOSITORY
from words import KEYWORDS, SPOKEN, found

from omi_build.languages import CATALOGUE, marked_up, plural, speaking, translated, unchecked
from omi_build.languages import gettext as _
from omi_build.model.common import Unit
from omi_build.model.dates import PartialDate
from omi_build.words import counted, listed, quantity

with CATALOGUE.open("rb") as _file:
    WELSH = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in read_po(_file, locale="cy")
        if message.id
    }


def names(text: str) -> set[str]:
    """Return the placeholders of a sentence."""
    return set(re.findall(r"%\((\w+)\)s|\{(\w)\}", text))


def test_every_sentence_of_the_site_is_in_the_file_for_the_translator() -> None:
    """A word that is new in a template or in the code has its entry; `make words` adds it."""
    wanted = {message.id if isinstance(message.id, str) else message.id[0] for message in found() if message.id}
    assert len(wanted) > 400
    assert wanted - set(WELSH) == set(), "run `make words`, and put what is new into Welsh"
    assert set(WELSH) - wanted == set(), "run `make words`: these sentences are said nowhere any more"


def test_every_entry_has_its_words() -> None:
    """No sentence of the interface stands in English on a Welsh page for want of a translation."""
    empty = [one for one, m in WELSH.items() if not (all(m.string) if isinstance(m.string, tuple) else m.string)]
    assert empty == []


@pytest.mark.parametrize("one", WELSH)
def test_a_translation_keeps_what_is_put_in(one: str) -> None:
    """What stands like %(name)s in the English stands in the Welsh, and no per cent sign is left alone."""
    message = WELSH[one]
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = set().union(*(names(text) for text in ([message.id] if isinstance(message.id, str) else message.id)))
    for text in strings:
        assert names(text) <= wanted
        assert isinstance(message.id, tuple) or names(text) == wanted, text
        if "%(" in one or "%%" in one:
            assert "%" not in re.sub(r"%%|%\(\w+\)s", "", text)


def test_titles_of_the_navigation_are_translated() -> None:
    """Each title that mkdocs.yml gives the navigation has its words."""
    text = re.sub(r"!ENV \[[^\]]*\]", "content", (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = yaml.safe_load(text)
    titles = {title for entry in settings["nav"] for title in entry}
    assert titles | {settings["site_name"]} <= set(WELSH)


def test_machine_made_welsh_does_not_look_checked() -> None:
    """An entry that no translator has checked is marked so, and is counted for the notice on the Welsh home page."""
    assert unchecked() == sum(message.fuzzy for message in WELSH.values())


def test_numbers_dates_and_lists_are_welsh() -> None:
    """Nouns follow Welsh numbers, months have their Welsh names, and 'and' has its two forms."""
    with speaking("cy"):
        assert [counted(n, "criterion", "criteria") for n in (0, 1, 2, 3, 7)] == [
            "dim meini prawf",
            "1 maen prawf",
            "2 faen prawf",
            "3 maen prawf",
            "7 maen prawf",
        ]
        assert str(PartialDate(2040, 8, 15)) == "15 Awst 2040"
        assert listed(["da", "digonol", "achos"]) == "da, digonol ac achos"
        assert listed(["da", "digonol"]) == "da a digonol"
        assert quantity(11.09, Unit.MILLION_POUNDS) == "£11.090 miliwn"
    assert counted(2, "criterion", "criteria") == "two criteria"
    assert str(PartialDate(2040, 8, 15)) == "15 August 2040"


def test_a_language_is_spoken_inside_alone() -> None:
    """What was spoken before is spoken again, also after a failure."""
    with speaking("cy"):
        assert translated("Reports") == "Adroddiadau"
    with pytest.raises(ZeroDivisionError), speaking("cy"):
        divmod(1, 0)
    assert translated("Reports") == "Reports"
    assert plural("report", "reports", 2) == "reports"
    assert _("%(score)s%%", score=5) == "5%"


def test_words_of_another_language_are_marked_but_not_inside_a_tag() -> None:
    """A title in English is an element of its own language on a Welsh page, and plain words in an attribute."""
    told = "\ue000en\ue001Cases &amp; more\ue002"
    assert marked_up(f"<p>{told}</p>") == '<p><span lang="en">Cases &amp; more</span></p>'
    assert marked_up(f'<a title="{told}" href="x">{told}!</a>') == (
        '<a title="Cases &amp; more" href="x"><span lang="en">Cases &amp; more</span>!</a>'
    )


def test_words_inside_an_f_string_stand_in_the_file_all_the_same() -> None:
    """Where Python is older than 3.12 they aren't found for the translator: they are said elsewhere too."""
    inside = [
        call.args
        for pattern in SPOKEN
        for file in (REPOSITORY / "omi_build").glob(pattern)
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    words = [
        [one.value for one in args if isinstance(one, ast.Constant) and isinstance(one.value, str)] for args in inside
    ]
    told = {one[0] for one in words if one}
    assert "report" in told
    assert told - set(WELSH) == set()
