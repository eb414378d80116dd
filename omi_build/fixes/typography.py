"""What a reader sees of a text: a fix of its quotation marks or blanks must not change it."""

from __future__ import annotations

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero", {"html": False, "typographer": True, "quotes": "“”‘’"}).enable(
    ["emphasis", "list", "escape", "smartquotes"]
)
"""As the site sets prose (`render.ProseRenderer`); a test holds the two together."""


def shown(text: str) -> str:
    """Return a text as the site sets it, its quotation marks curled, with every run of white space as one space."""
    rendered = _MARKDOWN.render(text.strip()).replace("<br>", "")  # which the site doesn't let through
    return " ".join(rendered.split())
