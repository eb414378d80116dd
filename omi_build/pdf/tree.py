"""From a page of a report as HTML to a small tree of what it says: plain data, without a page's furniture.

A node is a dictionary with its `kind`. Blocks: heading, paragraph, list, table, facts, aside, figure, tiles, group.
Inlines: text, emphasis, strong, small, step, break, link. What serves on a screen alone (navigation, downloads, the
narrow form of charts) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

_INLINE = {"-text", "a", "abbr", "b", "br", "em", "i", "span", "strong", "code"}
_LEFT_OUT = {"nav", "script", "style", "template", "form"}
_LEFT_OUT_CLASSES = {"omi-online", "omi-unseen", "omi-chart__narrow", "omi-step__mark", "omi-pager"}
_GROUPS = {
    "omi-small": "small",
    "omi-table__note": "small",
    "omi-lead": "lead",
    "omi-verdict": "verdict",
    "omi-statement": "statement",
    "omi-reason": "small",
    "omi-evidence": "evidence",
    "omi-conclusion": "conclusion",
    "omi-note__title": "title",
    "omi-tile__figure": "figure",
    "omi-none": "small",
    "omi-table--figures": "kept",
}
_SMALL = {"omi-when", "omi-range", "omi-missing", "omi-tag", "omi-letter", "omi-tally__refs"}
_HERE = "https://site.invalid/"
_VARIABLE = re.compile(r"var\(--[a-z0-9-]+,\s*([^()]+)\)")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FACE = re.compile(r'font-family="[^"]*"')
_SIGNS = str.maketrans("◂▸◇", "◀▶◊")
"""What the text face lacks in drawings, and has in another size: one lacking sign would change a whole line's face."""
_LINE = 105
"""How many characters of a table fit on a line."""


@dataclass
class Reader:
    """Reads the article of one page."""

    address: str
    """Of the page, from the top of the site."""
    anchors: set[str] = field(default_factory=set)
    """The places that links can lead to, gathered while reading."""

    def page(self, article: str) -> list[Node]:
        """Return the blocks of a page."""
        body = LexborHTMLParser(f"<main>{article}</main>").css_first("main")
        return self._blocks(body) if body else []

    def _blocks(self, parent: LexborNode) -> list[Node]:
        """Return the blocks within an element; words between them become paragraphs."""
        found: list[Node] = []
        loose: list[LexborNode] = []

        def close() -> None:
            body = trimmed(self._inlines(loose))
            if body:
                found.append({"kind": "paragraph", "style": "", "body": body})
            loose.clear()

        for child in parent.iter(include_text=True):
            if _is_left_out(child):
                continue
            if child.tag in _INLINE:
                loose.append(child)
            else:
                close()
                found += _in_language(child, self._block(child))
        close()
        return found

    def _block(self, node: LexborNode) -> list[Node]:
        tag, style = str(node.tag), _style(node)
        if tag in {"h1", "h2", "h3", "h4"}:
            body = trimmed(self._inlines(node.iter(include_text=True)))
            return [{"kind": "heading", "level": int(tag[1]), "anchor": self._anchor(node), "body": body}]
        if tag == "p":
            body = trimmed(self._inlines(node.iter(include_text=True)))
            return [{"kind": "paragraph", "style": style, "body": body}] if body else []
        if tag in {"ul", "ol"}:
            return [self._list(node)]
        if tag == "table":
            return [self._table(node)]
        if tag == "dl":
            return [self._facts(node)]
        if tag == "aside":
            kind = "caution" if "omi-caution" in _classes(node) else "note"
            return [{"kind": "aside", "style": kind, "body": self._blocks(node)}]
        if tag == "figure":
            return self._figure(node)
        if tag == "details":
            return self._details(node)
        if "omi-glance" in _classes(node):
            return [
                {
                    "kind": "tiles",
                    "tiles": [
                        {"wide": "omi-tile--wide" in _classes(tile), "body": self._blocks(tile)} for tile in node.iter()
                    ],
                }
            ]
        body = self._blocks(node)
        return [{"kind": "group", "style": style, "body": body}] if style and body else body

    def _details(self, node: LexborNode) -> list[Node]:
        """Return what a page folds away: on paper its summary is a title, and it lies open."""
        blocks: list[Node] = []
        for child in node.iter():
            if child.tag == "summary":
                title = trimmed(self._inlines(child.iter(include_text=True)))
                blocks.append({"kind": "paragraph", "style": "title", "anchor": self._anchor(node), "body": title})
            else:
                blocks += self._block(child)
        return [{"kind": "group", "style": "working", "body": blocks}]

    def _list(self, node: LexborNode) -> Node:
        classes = _classes(node)
        style = next((s for s in ("tally", "recommendations") if f"omi-{s}" in classes), "")
        style = "findings" if "omi-findings__list" in classes else style
        items = []
        for item in node.iter():
            mark = str(item.attributes.get("value") or "")
            letter = item.css_first("a.omi-letter") if style == "findings" else None
            anchor = self._anchor(item)
            if letter is not None:
                mark = letter.text().strip()
                letter.decompose()
            items.append({"mark": mark, "anchor": anchor, "body": self._blocks(item)})
        return {"kind": "list", "ordered": node.tag == "ol", "style": style, "items": items}

    def _table(self, node: LexborNode) -> Node:
        caption = node.css_first("caption")
        head = [self._row(row) for row in node.css("thead tr")]
        rows = [self._row(row) for row in node.css("tbody tr")]
        style = next((s for s in ("working", "figures") if _within(node, f"omi-table--{s}")), "")
        for row in rows:
            row["cells"] += [_EMPTY] * (max((len(r["cells"]) for r in [*head, *rows]), default=1) - len(row["cells"]))
        return {
            "kind": "table",
            "style": style,
            "caption": trimmed(self._inlines(caption.iter(include_text=True))) if caption else [],
            "head": [cell["body"] for cell in head[0]["cells"]] if head else [],
            "rows": rows,
            "widths": widths(
                [[words(cell["body"]) for cell in row["cells"]] for row in [*head, *rows]], figures=bool(style)
            ),
        }

    def _row(self, row: LexborNode) -> Node:
        classes = _classes(row)
        return {
            "anchor": self._anchor(row),
            "style": next((s for s in ("group", "total") if f"omi-{s}" in classes), ""),
            "cells": [
                {"head": cell.tag == "th", "body": trimmed(self._inlines(cell.iter(include_text=True)))}
                for cell in row.iter()
            ],
        }

    def _facts(self, node: LexborNode) -> Node:
        items = []
        for pair in node.iter():
            term, told = pair.css_first("dt"), pair.css_first("dd")
            if term is not None and told is not None and not _is_left_out(pair):
                items.append({"term": term.text().strip(), "body": self._blocks(told)})
        return {"kind": "facts", "items": items}

    def _figure(self, node: LexborNode) -> list[Node]:
        drawing, caption = node.css_first(".omi-chart__wide svg"), node.css_first("figcaption")
        if drawing is None:
            return self._blocks(node)
        told = drawing.css_first("desc")
        svg = still(drawing)
        size = _SIZE.search(svg)
        return [
            {
                "kind": "figure",
                "anchor": self._anchor(node),
                "caption": trimmed(self._inlines(caption.iter(include_text=True))) if caption else [],
                "alternative": told.text().strip() if told else "",
                "svg": svg,
                "width": float(size.group(1)) if size else 0,
            }
        ]

    def _inlines(self, nodes: Iterable[LexborNode]) -> list[Node]:
        return [
            inline
            for node in nodes
            if not _is_left_out(node)
            for inline in _in_language(node, list(self._inline(node)))
        ]

    def _inline(self, node: LexborNode) -> Iterator[Node]:
        if node.tag == "-text":
            text = re.sub(r"[ \t\r\n]+", " ", node.text_content or "")
            if text:
                yield {"kind": "text", "text": text}
            return
        if node.tag == "br":
            yield {"kind": "break"}
            return
        body = self._inlines(node.iter(include_text=True))
        classes = _classes(node)
        step = next((c for c in classes if re.fullmatch(r"omi-step--\d", c)), None)
        if "omi-term" in classes:  # its words alone: the report's own list explains the abbreviations
            yield from body
        elif node.tag == "a" and node.attributes.get("href"):
            yield {"kind": "link", "to": urljoin(_HERE + self.address, str(node.attributes["href"])), "body": body}
        elif node.tag in {"strong", "b"}:
            yield {"kind": "strong", "style": "figure" if "omi-figure" in classes else "", "body": body}
        elif node.tag in {"em", "i"}:
            yield {"kind": "emphasis", "body": body}
        elif step:
            yield {"kind": "step", "level": int(step[-1]), "body": body}
        elif classes & _SMALL:
            yield {"kind": "small", "body": body}
        else:
            yield from body

    def _anchor(self, node: LexborNode) -> str:
        """Return the place that an element is for links, or '' for none."""
        if not node.attributes.get("id"):
            return ""
        anchor = f"{self.address}#{node.attributes['id']}"
        self.anchors.add(anchor)
        return anchor


_EMPTY: Node = {"head": False, "body": []}


def _in_language(node: LexborNode, body: list[Node]) -> list[Node]:
    """Return what an element holds, in the language that the element says, if it says one."""
    language = None if node.tag == "-text" else node.attributes.get("lang")
    return [{"kind": "language", "language": str(language), "body": body}] if language and body else body


def settle_links(nodes: Any, anchors: set[str], site_url: str) -> Any:
    """Return nodes whose links lead to a place of the document, to an absolute address, or are words alone.

    `anchors` are the places of the document: pages by their address, parts by address and fragment.
    """
    if isinstance(nodes, list):
        settled: list[Any] = []
        for node in nodes:
            if isinstance(node, dict) and node.get("kind") == "link":
                body = settle_links(node["body"], anchors, site_url)
                target = _target(node["to"], anchors, site_url)
                settled += [{**node, **target, "body": body}] if target else body
            else:
                settled.append(settle_links(node, anchors, site_url))
        return settled
    if isinstance(nodes, dict):
        return {key: settle_links(value, anchors, site_url) for key, value in nodes.items()}
    return nodes


def _target(to: str, anchors: set[str], site_url: str) -> dict[str, str] | None:
    if not to.startswith(_HERE):
        return {"to": to, "anchor": ""} if urlsplit(to).scheme in {"http", "https", "mailto"} else None
    address = to.removeprefix(_HERE)
    for anchor in (address, address.partition("#")[0]):
        if anchor in anchors:
            return {"to": "", "anchor": anchor}
    return {"to": site_url + address, "anchor": ""} if site_url else None


def words(body: Iterable[Node]) -> str:
    """Return the words of inlines, on one line."""
    return "".join(node.get("text", " ") if "text" in node else words(node.get("body", ())) for node in body).strip()


def trimmed(body: list[Node]) -> list[Node]:
    """Return inlines without the space at either end; nothing if they hold no words."""
    if not words(body):
        return []
    kept = list(body)
    while kept and kept[0]["kind"] == "text" and not kept[0]["text"].strip():
        kept.pop(0)
    while kept and kept[-1]["kind"] == "text" and not kept[-1]["text"].strip():
        kept.pop()
    if kept and kept[0]["kind"] == "text":
        kept[0] = {**kept[0], "text": kept[0]["text"].lstrip()}
    if kept and kept[-1]["kind"] == "text":
        kept[-1] = {**kept[-1], "text": kept[-1]["text"].rstrip()}
    return kept


def widths(rows: list[list[str]], *, figures: bool) -> list[float]:
    """Return how a table's width is shared: 0 for a column as wide as its words, else a share.

    Each column has room for its longest word; the rest goes to those with most to say. In a table of figures, all
    columns but the first are as wide as their words.
    """
    columns = [[row[n] for row in rows if n < len(row)] for n in range(max(map(len, rows), default=1))]
    if figures:
        return [1, *(0 for _ in columns[1:])]
    least = [max((len(word) for told in column for word in told.split()), default=1) + 3 for column in columns]
    wanted = [1 + max(sum(map(len, column)) / len(column) - own, 0) for column, own in zip(columns, least, strict=True)]
    rest = max(_LINE - sum(least), 0)
    return [round(own + rest * more / sum(wanted), 2) for own, more in zip(least, wanted, strict=True)]


def still(drawing: LexborNode) -> str:
    """Return a drawing as SVG that stands alone: XML, and inks in place of the theme's variables."""
    svg = _VARIABLE.sub(r"\1", str(drawing.html)).replace("&nbsp;", "&#160;")
    svg = _FACE.sub('font-family="Source Sans Pro"', svg)
    svg = svg.translate(_SIGNS)
    head, _, rest = svg.partition(">")
    return svg if " xmlns=" in head else f'{head} xmlns="http://www.w3.org/2000/svg">{rest}'


def _classes(node: LexborNode) -> set[str]:
    return set(str(node.attributes.get("class") or "").split())


def _style(node: LexborNode) -> str:
    return next((_GROUPS[name] for name in str(node.attributes.get("class") or "").split() if name in _GROUPS), "")


def _within(node: LexborNode, name: str) -> bool:
    above = node.parent
    return above is not None and name in _classes(above)


def _is_left_out(node: LexborNode) -> bool:
    if node.tag == "-text":
        return False
    classes = _classes(node)
    if "omi-chart__wide" in classes:
        return False
    hidden = "data-search-exclude" in node.attributes or node.tag in _LEFT_OUT
    return hidden or bool(classes & _LEFT_OUT_CLASSES) or str(node.tag).startswith("_") or node.tag == "-comment"
