"""What tests look for on a page in a browser, most of it in the page's own language, and how a page is made ready for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdfium2
from axe_playwright_python.base import AXE_SCRIPT
from building import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.md-search, .md-sidebar--primary, .md-header__title'))
    .filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.right > wide + 1 && getComputedStyle(e).visibility !== 'hidden'; })
    .filter(e => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX) && p !== document.body && p !== document.documentElement) return false; return true; })
    .map(e => e.outerHTML.slice(0, 120));
}"""
"""Returns what stands further to the right than the screen is wide, and isn't in a box that scrolls or cuts it."""

CONTRASTS = """() => {
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const parse = s => { const m = s.match(/[\\d.]+/g).map(Number); return s.startsWith('color(') ? [m[0] * 255, m[1] * 255, m[2] * 255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = e => { const layers = []; for (let p = e; p; p = p.parentElement) { const c = parse(getComputedStyle(p).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; } return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
  const poor = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || e.closest('script, style, svg, [hidden]') || !e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const box = e.getBoundingClientRect(); if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(e), under = ground(e), ink = over(parse(style.color), under);
    let opacity = 1; for (let p = e; p; p = p.parentElement) opacity *= Number(getComputedStyle(p).opacity);
    if (opacity === 0) continue;
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.set(`${e.tagName}.${e.className}`, `${ratio.toFixed(2)} ${walker.currentNode.textContent.trim().slice(0, 40)}`);
  }
  for (const e of document.querySelectorAll('article svg text')) {
    if (!e.checkVisibility()) continue;
    const on = e.getBoundingClientRect(); let under = ground(e.closest('svg'));
    for (const bar of e.closest('svg').querySelectorAll('.omi-marks rect')) { const b = bar.getBoundingClientRect(); if (on.left >= b.left - 1 && on.right <= b.right + 1 && on.top >= b.top - 3 && on.bottom <= b.bottom + 3) under = parse(getComputedStyle(bar).fill); }
    const [a, b] = [light(parse(getComputedStyle(e).fill)), light(under)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.set(`svg ${e.textContent}`, ratio.toFixed(2));
  }
  return [...poor].map(pair => pair.join(': '));
}"""
"""Returns texts that stand out from their ground too little: 4.5, large ones 3 (WCAG 1.4.3), in charts too."""

CLASHES = """() => [...document.querySelectorAll('article svg')].filter(s => s.checkVisibility()).flatMap(svg => {
  const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = texts.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1 || b.bottom > frame.bottom + 1).map(([t, b]) => `${t} leaves the drawing: ${[b.left - frame.left, frame.right - b.right, frame.bottom - b.bottom]}`);
  const cut = 2, clash = texts.flatMap(([t, a], n) => texts.slice(n + 1).filter(([, b]) =>
    a.left + cut < b.right && b.left + cut < a.right && a.top + 2 * cut < b.bottom && b.top + 2 * cut < a.bottom).map(([u]) => `${t} and ${u} overlap`));
  return [...out, ...clash];
})"""
"""Returns texts of charts that leave their drawing, or lie on one another."""

STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))"""
"""What the Tab key reaches, in the order of the page."""

UNSEEN_FOCUS = (
    """() => {
  const parse = text => { const n = (text.match(/[\\d.]+/g) || []).map(Number); return text.startsWith('color(') ? [...n.slice(0, 3).map(v => v * 255), n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const apart = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const ground = one => { for (let p = one.parentElement; p; p = p.parentElement) { const c = parse(getComputedStyle(p).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const out = [];
  const stops = (STOPS)();
  for (const one of [...stops, ...stops.slice(0, -1).reverse()]) {
    one.focus();
    const name = one.outerHTML.slice(0, 140);
    if (document.activeElement !== one) { out.push(`can't be focused: ${name}`); continue; }
    // What shows the focus of a field may be drawn around the form that it stands in.
    const lines = [one, one.closest('form')].filter(Boolean).flatMap(marked => {
      const style = getComputedStyle(marked);
      const shadow = style.boxShadow.match(/^(rgba?|color)\\([^)]*\\)/)?.[0];
      return [...(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5 ? [style.outlineColor] : []), ...(shadow ? [shadow] : [])];
    });
    if (!lines.some(line => { const c = parse(line); return c[3] > .5 && apart(c, ground(one)) >= 3; })) out.push(`its focus can't be seen: ${name} ${lines}`);
    const boxes = [...one.getClientRects()].filter(box => box.width && box.height);
    // What is taller than the screen is looked at where it is on the screen.
    const seen = boxes.some(box => [.5, .1, .9].some(x => {
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      const there = document.elementFromPoint(box.left + box.width * x, (top + bottom) / 2);
      return there && (one.contains(there) || there.contains(one) || there.closest('label')?.control === one);
    }));
    if (!seen) out.push(`hidden while it has the focus: ${name}`);
  }
  return out;
}"""
).replace("STOPS", STOPS)
"""Puts the focus on each stop in turn, forth and back; returns those that don't show it, with a contrast of 3, or are covered by something."""

SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""Sets the spacing that WCAG 1.4.12 lets every reader set."""

CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(one => {
  if (one.closest('svg, pre, .omi-unseen, [hidden]') || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) return false;
  for (let box = one; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box), across = /hidden|clip/.test(style.overflowX), down = /hidden|clip/.test(style.overflowY);
    if (style.clipPath !== 'none') return false;
    if (across && box.scrollWidth > box.clientWidth + 2 || down && box.scrollHeight > box.clientHeight + 2) return box.clientWidth > 2;
  }
  return false;
}).map(one => one.outerHTML.slice(0, 140))"""
"""Returns what holds text of which a part is cut off."""

MOVING = """() => [
  ...document.getAnimations().map(one => `${one.animationName || one.transitionProperty} runs`),
  ...[...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].filter(part => {
    const style = getComputedStyle(one, part || null);
    return style.animationName !== 'none' || style.scrollBehavior === 'smooth' || style.transitionDuration.split(',').some(time => parseFloat(time) > .01);
  }).map(part => `${one.outerHTML.slice(0, 100)} ${part}`)),
]"""
"""Returns what moves, or would."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that hold here."""

LOOK = """async (options) => {
  const found = await axe.run(document, options);
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 160)} (${(node.any[0] || node.all[0] || node.none[0]).message})`));
}"""
"""Runs axe; returns a line for each element that breaks a rule."""


def violations(page: Page, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds wrong with a page as it is now, by the rules of WCAG and of good practice or by some alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {
        "runOnly": {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS},
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    found: list[str] = page.evaluate(LOOK, options)
    return found


def still(page: Page) -> None:
    """Let nothing move: a colour in passing is nobody's fault."""
    page.emulate_media(reduced_motion="reduce")


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until the page has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def unfold(page: Page) -> None:
    """Open all that a reader can open on the page itself."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


def sheets(page: Page) -> list[str]:
    """Return the words of each sheet of a page on paper."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
    return [one_line(sheet.get_textpage().get_text_bounded()) for sheet in document]
