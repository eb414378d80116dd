"""Mends what has one right answer, and nothing else: on the text as it is written, keeping comments and layout.

`layout` mends ends of lines and indentation, `quotes` curly quotation marks, `values` numbers that must be texts,
letters that run on and what a rule says, `order` the order of keys. Each works by `pages`, whose net lets no fix
through that does more than it says; `shapes` is what the schema wants at a place, `scalars` how a value is written.
`mending` mends many files together, and holds the outcome against every rule.
"""

from omi_build.fixes.mending import DATA_ABOUT_PEOPLE, Mended, mend
from omi_build.fixes.one_file import Fixed, fix_file
from omi_build.fixes.pages import Kind
from omi_build.fixes.shapes import Shapes

__all__ = ["DATA_ABOUT_PEOPLE", "Fixed", "Kind", "Mended", "Shapes", "fix_file", "mend"]
