"""Turns pages and charts, which are data, into Markdown and SVG.

A page is Markdown that any engine of the MkDocs family reads: front matter, headings, and blocks of HTML that our
templates wrote. Text of the content never meets the engine's Markdown: it goes through a Markdown of our own with
raw HTML off, is sanitised, and stands inside those blocks.
"""

from __future__ import annotations

import html
import json
import re
import traceback
from copy import copy
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from omi_build.charts.drawing import LEVELS
from omi_build.charts.svg import inline, standalone
from omi_build.citations import LINKED
from omi_build.downloads.tables import as_csv
from omi_build.fingerprint import digest, of_program
from omi_build.languages import (
    ENGLISH,
    WELSH,
    in_marks,
    language_of,
    marked_up,
    original_of,
    plural,
    speaking,
    spoken,
    translated,
)
from omi_build.languages import gettext as _
from omi_build.model.common import Prose
from omi_build.pages.addresses import Addresses
from omi_build.problems import OmiError
from omi_build.words import SHORTHANDS, counted, listed, quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.bccache import Bucket

    from omi_build.cache import Cache
    from omi_build.charts import Chart
    from omi_build.charts.drawing import Drawing
    from omi_build.model.programme import Glossary
    from omi_build.pages import Page, Picture

TEMPLATES = "site_templates"
"""What templates are called in messages."""

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^=:])")
_BOX = re.compile(r"^(```[a-z]*\n.*?^```)$", re.MULTILINE | re.DOTALL)
_END_OF_CELL = re.compile(r"</(?:caption|dd|dt|h3|td|th)>(?=<)")
_SWITCH = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
_SKIP = re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL)
_ALLOWED_TAGS = {"a", "p", "em", "strong", "ul", "ol", "li", "abbr"}
_ALLOWED_ATTRIBUTES = {"a": {"href", "class", "title"}, "abbr": {"title", "lang"}}
_PAGE_TAGS = _ALLOWED_TAGS | set("blockquote br code h1 h2 h3 h4 h5 h6 hr img pre table tbody td th thead tr".split())
_PAGE_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"alt", "src", "title"},
    "ol": {"start"},
    **{f"h{n}": {"id"} for n in range(1, 7)},
}
_HERE = "omi"
"""The scheme of links to pages of the site until the page that they stand on is known."""
_HERE_LINK = re.compile(rf'href="{_HERE}:([^"]*)"')
_TEXTS = 1 << 11
"""How many texts are kept in memory as they were read: more than one inspection has."""
_READING_AIDS = re.compile(r'class="omi-(?:term|findings|recommendations|citation)"|data-sortable')
"""What the script for readers helps with: it is loaded where one of them stands."""


class TemplateError(OmiError):
    """A template of the project is wrong."""

    def __init__(self, error: Exception) -> None:
        """Say which template, which line, and what is wrong with it."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            where = f"{TEMPLATES}/{error.name or error.filename}:{error.lineno}"
        else:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame for frame in frames if frame.filename.startswith(f"{TEMPLATES}/")]
            where = f"{lines[-1].filename}:{lines[-1].lineno}" if lines else ""
        super().__init__(f"{where or 'a template'}: {error}")


def _is_slip_of_a_template(error: Exception) -> bool:
    """Say whether an error arose in a template, or in the engine on its behalf, rather than in our own code."""
    raised_in = traceback.extract_tb(error.__traceback__)[-1].filename
    return isinstance(error, jinja2.TemplateError) or not Path(raised_in).is_relative_to(Path(__file__).parent)


def compiled(folder: Path | None) -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept, beside what `folder` keeps; None where nothing is kept.

    They are code, so unlike the rest of a cache they must come from this machine.
    """
    if folder is None:
        return None
    place = folder.with_name(f"{folder.name}-templates")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _Compiled(str(place))


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Keeps a template by its name and text: a project that was moved, or a copy of it, compiles nothing again."""

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what is kept of a template, or room for it; the name of its file makes no difference."""
        del filename
        return super().get_bucket(environment, digest(name, source), None, source)


class _Loader(jinja2.FileSystemLoader):
    """Knows a template by its place in the project, wherever that lies."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its place in the project, and what tells whether the text is still the same."""
        source, _file, is_same = super().get_source(environment, template)
        return source, f"{TEMPLATES}/{template}", is_same


class Renderer:
    """Renders with the templates of one folder and the words of one glossary."""

    def __init__(
        self,
        templates: Path,
        glossary: Glossary,
        cache: Cache,
        *,
        in_welsh: Glossary | None = None,
    ) -> None:
        """Take the folder of the templates, the words that texts explain, and where compiled templates are kept.

        `in_welsh` are the words that texts in Welsh explain. A template that is wrong is told of by `check`, or when a
        page is made with it.
        """
        self._templates = templates
        self._cache = cache
        self.addresses = Addresses()
        glossaries = {ENGLISH: glossary, WELSH: in_welsh or glossary}
        self._proses = {language: ProseRenderer(one.expansions, one.meanings) for language, one in glossaries.items()}
        self._env = jinja2.Environment(
            loader=_Loader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # `{#` begins the id of a heading in Markdown.
            comment_start_string="{##",
            comment_end_string="##}",
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=compiled(cache.folder),
        )
        # The words are looked up when a page is rendered, in the language that is spoken then.
        self._env.install_gettext_callables(translated, plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
        self._env.filters |= {
            "prose": self._told,
            "md": escape_markdown,
            "glossary_anchor": glossary_anchor,
            "level": lambda number: min(number, LEVELS),
            "quantity": quantity,
            "said": translated,
            "listed": listed,
        }
        self._env.globals |= {
            "counted": counted,
            "listed": listed,
            "SHORTHANDS": SHORTHANDS,
            "first_uses": set,
        }

    def among(self, addresses: Addresses) -> Renderer:
        """Return the same renderer for a site that has these pages in Welsh."""
        other = copy(self)
        other.addresses = addresses
        return other

    def load(self) -> None:
        """Have all templates ready, for processes that are forked from this one; raise TemplateError where one is wrong."""
        try:
            for name in self._env.list_templates(filter_func=lambda name: name.startswith(("pages/", "parts/"))):
                self._env.get_template(name)
        except jinja2.TemplateError as error:
            raise TemplateError(error) from None

    def check(self) -> None:
        """Raise TemplateError where a template of the project, or of its theme, is wrong."""
        self.load()
        templates = self._templates
        try:
            # The engine compiles these itself, but only after it has emptied the site folder.
            for file in sorted(templates.glob("theme/**/*.html")):
                name = file.relative_to(templates).as_posix()
                jinja2.Environment(autoescape=True).parse(file.read_text(encoding="utf-8"), name)
        except jinja2.TemplateError as error:
            raise TemplateError(error) from None

    def _told(self, prose: Prose | str | None, seen: set[str] | None = None) -> Markup:
        """Return text as HTML, its words explained in its own language, which is marked where it is not the page's."""
        language = prose.language if isinstance(prose, Prose) else language_of(prose)
        rendered = self._proses[language or spoken()].block(prose, seen)
        return rendered if language in {"", spoken()} else _foreign(rendered, language)

    def page(self, page: Page) -> str:
        """Return a page as Markdown with front matter; raises TemplateError where its template is wrong."""
        up = "../" * page.address.count("/")

        def url(address: str) -> str:
            return f"{up}{self.addresses.of(address, page.language)}" or "./"

        with speaking(page.language):
            try:
                body = self._env.get_template(f"pages/{page.template}.md").render(
                    page=page, url=url, drawing=self.drawing, **page.data
                )
                reading = bool(_READING_AIDS.search(body))
                if reading:
                    aids = self._env.get_template("parts/reading.html")
                    body = f"{body}\n\n{aids.render(page=page, gaps=page.data.get('gaps'))}"
            except Exception as error:
                if _is_slip_of_a_template(error):
                    raise TemplateError(error) from None
                raise
            body = _HERE_LINK.sub(lambda link: f'href="{url(link[1])}"', body)
            front = front_matter(page, self.addresses, reading=reading)
            return f"{front}\n{self.addresses.marked(tidy(marked_up(body)), page.address)}\n"

    def drawing(self, chart: Chart, form: str) -> Markup:
        """Return a chart as inline SVG, in its `wide` or `narrow` form."""
        drawing = chart.wide if form == "wide" else chart.narrow
        return Markup(inline(drawing, f"{chart.id}-{form}", chart.title, chart.alternative))  # noqa: S704  # it escapes all text

    def chart_files(self, chart: Chart) -> dict[str, bytes]:
        """Return the files of a chart by address: its picture as SVG, and what it shows as CSV."""
        return {f"{chart.address}.svg": standalone(chart).encode(), f"{chart.address}.csv": as_csv(chart.data)}

    def picture(self, picture: Picture) -> bytes:
        """Return a picture as PNG. Painting it takes longer than a page does, and few edits change it."""
        return self._cache.get(f"picture\n{of_program()}\n{picture.drawing!r}", partial(_painted, picture.drawing))


def _painted(drawing: Drawing) -> bytes:
    from omi_build.charts.raster import png  # noqa: PLC0415  # 0.1 seconds, which only a new picture needs

    return png(drawing)


_OF_PROSE = nh3.Cleaner(tags=_ALLOWED_TAGS, attributes=_ALLOWED_ATTRIBUTES, link_rel=None, url_schemes={_HERE})


_MARKDOWN = MarkdownIt("zero", {"html": False, "typographer": True, "quotes": "“”‘’"}).enable(
    ["emphasis", "list", "escape", "smartquotes"]
)


@lru_cache(_TEXTS)
def _parsed(text: str) -> tuple[Token, ...]:
    """Return the parts of a text, which nobody changes: pages and the search index are made of the same ones."""
    return tuple(_MARKDOWN.parse(text))


class ProseRenderer:
    """Renders the text of the content: paragraphs, emphasis, lists, and words that lead to the glossary.

    A word of the glossary is a link to its entry: it can be reached and followed by mouse, keyboard and touch, with a
    script and without, and says what it is to a screen reader. An abbreviation alone can't take the focus but by an
    attribute that makes a stop of what does nothing, and a button does nothing without a script. The script
    (reading.js) shows what the word means beside it.
    """

    def __init__(self, expansions: Mapping[str, str], meanings: Mapping[str, str] | None = None) -> None:
        """Take what each abbreviation stands for, and what each term means."""
        self._expansions = dict(expansions)
        self._meanings = {term.lower(): (term, means) for term, means in (meanings or {}).items()}
        told = [rf"(?P<short>{_any_of(self._expansions)})(?=s?(?!\w))"] if self._expansions else []
        told += [rf"(?P<term>(?i:{_any_of(self._meanings)}))(?P<plural>s?)(?!\w)"] if self._meanings else []
        self._form = re.compile(rf"(?<!\w)(?:{'|'.join(told)})") if told else None

    def block(self, prose: Prose | str | None, seen: set[str] | None = None) -> Markup:
        """Return text as sanitised HTML.

        Each abbreviation and term not yet in `seen` leads to the glossary at its first use, and is added to `seen`.
        """
        used: set[str] = set() if seen is None else seen
        tokens = [
            token.copy(children=[part for child in token.children for part in self._marked(child, used)])
            if token.children
            else token
            for token in _parsed(str(prose or ""))
        ]
        rendered = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
        return Markup(_OF_PROSE.clean(rendered))  # noqa: S704  # nh3 has let nothing through but eight elements

    def _marked(self, token: Token, seen: set[str]) -> list[Token]:
        if token.type != "text":
            return [token]
        parts: list[Token] = []
        end = 0
        for found in LINKED.finditer(token.content):
            address, words = (html.escape(part) for part in found.groups())
            link = f'<a class="omi-cited" href="{_HERE}:{address}">{words}</a>'
            parts += [
                *self._explained(_text(token.content[end : found.start()]), seen),
                Token("html_inline", "", 0, content=link),
            ]
            end = found.end()
        return [*parts, *self._explained(_text(token.content[end:]), seen)]

    def _explained(self, token: Token, seen: set[str]) -> list[Token]:
        if self._form is None:
            return [token]
        parts: list[Token] = []
        end = 0
        for found in self._form.finditer(token.content):
            written = found[0]
            short = found.groupdict().get("short")
            if short:
                word = " ".join(short.split())
                told = self._expansions[word]
                lang = f' lang="{language_of(told)}"' if language_of(told) not in {"", spoken()} else ""
                inside = f'<abbr title="{html.escape(told)}"{lang}>{html.escape(written)}</abbr>'
                title, anchor = "", glossary_anchor(word)
            else:
                word, means = self._meanings[" ".join(found["term"].lower().split())]
                inside, title, anchor = (
                    html.escape(written),
                    f' title="{html.escape(means)}"',
                    glossary_anchor(word, "term"),
                )
            if word in seen:
                continue
            seen.add(word)
            parts.append(_text(token.content[end : found.start()]))
            link = f'<a class="omi-term" href="{_HERE}:glossary/#{anchor}"{title}>{inside}</a>'
            parts.append(Token("html_inline", "", 0, content=link))
            end = found.end()
        return [*parts, _text(token.content[end:])] if parts else [token]


def glossary_anchor(word: str, kind: str = "") -> str:
    """Return the place of a word in the glossary; `kind` is 'term' for what is no abbreviation.

    Forms that differ by case or signs alone share a place: the first of them has it.
    """
    return "-".join([*([kind] if kind else []), *re.findall(r"\w+", original_of(word).lower())])


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; one may be broken over two lines."""
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))


def sanitised(page: str) -> str:
    """Return what the engine made of a hand-written page with nothing but text, links within and to the web, and pictures.

    Its source was judged before (`documents.own_pages`), but by another reader of Markdown than the engine's.
    """
    return nh3.clean(
        page,
        tags=_PAGE_TAGS,
        attributes=_PAGE_ATTRIBUTES,
        allowed_classes={"a": {"headerlink"}},
        attribute_filter=_kept,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def mended(page: str) -> str:
    """Return a page of the theme's without what the standard of HTML doesn't know.

    Its two switches, which are boxes to tick, say how they are to be filled in. Its link past the head goes too: ours
    leads to where the content begins.
    """
    return _SKIP.sub("", _SWITCH.sub(r"\1", page))


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute, or None where a picture would come from elsewhere."""
    elsewhere = tag == "img" and attribute == "src" and (":" in value or value.startswith(("//", "\\", "/\\")))
    return None if elsewhere else value


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _foreign(rendered: Markup, language: str) -> Markup:
    """Return text in another language than its page, marked for screen readers and for readers."""
    told = html.escape(_("In English only") if language == ENGLISH else _("In Welsh only"))
    return Markup(  # noqa: S704  # the words are escaped here, and the text was sanitised when it was rendered
        f'<div class="omi-foreign" lang="{language}"><p class="omi-foreign__note" lang="{spoken()}">{told}</p>{rendered}</div>'
    )


def front_matter(page: Page, addresses: Addresses, *, reading: bool = False) -> str:
    """Return the front matter of a page: JSON values, which are YAML; `reading` asks for the script for readers.

    Title and description are escaped here, because the theme writes them into its pages as they are.
    """
    title = f"{page.title} · {page.report}" if page.report else page.title
    picture = page.picture
    scripts = ("charts.js" if page.charts else "", "reading.js" if reading else "", page.script)
    meta: dict[str, Any] = {
        "title": html.escape(title),
        "description": html.escape(page.description),
        "linked_data": script_json(page.linked_data) if page.linked_data else "",
        "picture": {"address": picture.address, "alternative": picture.alternative} if picture else "",
        "updated": page.updated.isoformat() if page.updated else "",
        "banner": page.banner,
        "overtaken": page.overtaken,
        "search": {"exclude": True} if page.overtaken else "",
        "scripts": [script for script in scripts if script],
        "trail": [addresses.link(link.title, link.address, page.language) for link in page.trail],
        "report": _own_pages(page, addresses),
        "hide": [] if page.contents else ["navigation"],
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items() if value)
    languages = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _of_language(page).items())
    return "\n".join(["---", *lines, *languages, "---"])


def _own_pages(page: Page, addresses: Addresses) -> dict[str, Any]:
    """Return the pages of a page's report, for the report's own navigation."""
    links = [
        addresses.link(link.title, link.address, page.language) | {"here": link.address == page.address}
        for link in page.contents
    ]
    return {"pages": links} if links else {}


def _of_language(page: Page) -> dict[str, str]:
    """Return what the theme is told of the language of a page."""
    told = {
        "lang": page.language if page.language != ENGLISH else None,
        "other": page.other,
        "note": html.escape(page.note) or None,
    }
    return {key: value for key, value in told.items() if value is not None}


def script_json(value: Any) -> str:
    """Return a value as JSON that can stand in a script element: no text in it can end the element or begin a comment."""
    told = json.dumps(value)
    return told.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def tidy(markdown: str) -> str:
    """Return a page without the empty lines and indentation that templates leave behind; boxes of code stay as they are.

    Cells stand on lines of their own: the search would read two that touch as one word.
    """
    told_and_shown = _BOX.split(markdown)
    tidied = (part if n % 2 else _tidied(part) for n, part in enumerate(told_and_shown))
    return "\n\n".join(part for part in tidied if part)


def _tidied(markdown: str) -> str:
    lines = [line.strip() for line in _END_OF_CELL.sub("\\g<0>\n", markdown).splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()


def escape_markdown(text: str) -> Markup:
    """Return a line of text that stands for itself in a Markdown heading."""
    # Escaped first as HTML, then each sign that Markdown would read.
    told = _MARKDOWN_SPECIAL.sub(lambda sign: f"&#{ord(sign.group())};", html.escape(text, quote=False))
    return Markup(in_marks(told, language_of(text)))  # noqa: S704  # escaped as HTML
