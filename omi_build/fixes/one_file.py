"""Every fix of one file, one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omi_build.fixes.layout import with_layout
from omi_build.fixes.order import in_order
from omi_build.fixes.pages import Kind, Page
from omi_build.fixes.quotes import readable, without_curly_quotes
from omi_build.fixes.values import as_rules_say, as_texts, running_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omi_build.fixes.pages import Fix
    from omi_build.fixes.shapes import Shapes
    from omi_build.problems import Problem

PASSES = 6
"""How often a file is gone through: below a key that is mended, the schema can say what is wanted only then."""


@dataclass(frozen=True)
class Fixed:
    """A file after its fixes."""

    text: str
    counts: Counter[Kind]
    """How many of each kind were made."""


def fix_file(
    text: str,
    kind: str,
    ending: str,
    shapes: Shapes,
    problems: Sequence[Problem] = (),
    *,
    is_published: bool = True,
) -> Fixed:
    """Return the text of a file with all that is certain mended.

    `kind` names its schema, `ending` is yaml, json or csv. `problems` are those that rules found in this very text; what
    they say by `Problem.fix` is done. In a published report letters and numbers stay, for they are addresses.
    A file that can't be read has its layout mended, as far as that lets more of it be read.
    """
    page = Page.of(text, kind, ending, shapes)
    made: list[Fix] = []
    for _ in range(PASSES):
        before = page.text
        page, fixes = _pass(page, problems, is_published=is_published)
        made += fixes
        problems = ()  # of the text as it was
        if page.text == before:
            break
    return Fixed(page.text, _counts(made))


def _pass(page: Page, problems: Sequence[Problem], *, is_published: bool) -> tuple[Page, list[Fix]]:
    page, made = with_layout(page)
    if page.ending != "yaml":
        return page, made
    page, lines = readable(page)
    made += lines
    if not page.is_sound:
        return page, made
    page, by_rules = as_rules_say(page, problems)
    page, straight = without_curly_quotes(page)
    page, texts = as_texts(page)
    page, running = (page, []) if is_published else running_on(page)
    page, ordered = in_order(page)
    return page, [*made, *by_rules, *straight, *texts, *running, *ordered]


def _counts(fixes: Sequence[Fix]) -> Counter[Kind]:
    counts: Counter[Kind] = Counter()
    for fix in fixes:
        counts[fix.kind] += fix.size
    return counts
