"""Words of the glossary in texts: each leads to its entry where it is first used, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import one_line

from omi_build.model.common import Prose
from omi_build.model.programme import Abbreviation, Glossary, Term
from omi_build.render import ProseRenderer

if TYPE_CHECKING:
    from building import BuiltSite
    from selectolax.lexbor import LexborNode

GLOSSARY = Glossary(
    (Abbreviation("RoH", "Risk of Harm", ("ROH",)), Abbreviation("HMI Prisons", "The Inspectorate")),
    (
        Term("Offender manager", Prose('Whoever answers\nfor a "case" & more.')),
        Term("Relevant cases", Prose("Those that count.")),
        Term("Target", Prose("A figure.")),
    ),
)


OFFENDER_MANAGER = '<a class="omi-term" href="omi:glossary/#term-offender-manager" title="Whoever answers for a &quot;case&quot; &amp; more.">'


def written(text: str, seen: set[str] | None = None) -> str:
    return str(ProseRenderer(GLOSSARY.expansions, GLOSSARY.meanings).block(text, seen))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "RoH is high.",
            '<a class="omi-term" href="omi:glossary/#roh"><abbr title="Risk of Harm">RoH</abbr></a> is high.',
        ),
        ("Two ROHs.", 'Two <a class="omi-term" href="omi:glossary/#roh"><abbr title="Risk of Harm">ROH</abbr></a>s.'),
        (
            "An offender\nmanager",
            f"An {OFFENDER_MANAGER}offender\nmanager</a>",
        ),
        (
            "Offender managers met",
            f"{OFFENDER_MANAGER}Offender managers</a> met",
        ),
        (
            "with HMI\nPrisons",
            'with <a class="omi-term" href="omi:glossary/#hmi-prisons"><abbr title="The Inspectorate">HMI\nPrisons</abbr></a>',
        ),
        ("The target was missed; a relevant case", "The target was missed; a relevant case"),
        ("preRoH, offender management, RoHy", "preRoH, offender management, RoHy"),
    ],
)
def test_a_word_leads_to_its_entry(text: str, html: str) -> None:
    """Over two lines and in the plural too; a single word of everyday English does not."""
    assert written(text) == f"<p>{html}</p>\n"


def test_a_word_is_explained_once_in_a_criterion() -> None:
    """However it is written, at its first use alone."""
    seen: set[str] = set()
    assert written("Offender managers and RoH.", seen).count("<a ") == 2
    assert written("An offender manager, RoH, relevant cases, Relevant cases.", seen).count("<a ") == 1


def ancestor(node: LexborNode, tag: str) -> LexborNode:
    """Return the nearest element around a node that has a tag."""
    while (parent := node.parent) is not None and parent.tag != tag:
        node = parent
    assert parent is not None
    return parent


def test_the_glossary_has_a_place_for_each_word_that_leads_there(real_site: BuiltSite) -> None:
    """The place holds the word and says what the link says, on every page of the site."""
    found = 0
    for page in real_site.pages.values():
        for link in page.tree.css("a.omi-term"):
            path, fragment = real_site.target(page, link.attributes["href"] or "")
            assert path.endswith("glossary/index.html")
            (place,) = real_site.pages[path].tree.css(f'[id="{fragment}"]')
            entry = place if place.tag == "div" else ancestor(place, "div")
            short = link.css_first("abbr")
            title = (short or link).attributes["title"] or ""
            assert one_line(title) in one_line(entry.text()).replace("’", "'"), fragment
            found += 1
    assert found > 100


def test_words_of_the_glossary_are_no_words_of_the_text(real_site: BuiltSite) -> None:
    """What a word means stays out of what is searched and copied."""
    page = real_site.page("reports/derbyshire-2007/2-implementation-of-interventions/")
    assert page.tree.css(
        'a.omi-term[title="The cases in the sample to which a question applies. The number differs from question to question."]'
    )
    assert "to which a question applies" not in page.words
