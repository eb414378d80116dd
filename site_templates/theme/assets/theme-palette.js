/* Before anything is painted: the colours that the reader chose the last time, or else those of the system; and the
   running head of paper, which style sheets can't read off the page. */
"use strict";

(() => {
  const kept = (__md_get("__palette") || {}).color;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  for (const [name, value] of Object.entries(kept || { scheme: dark ? "slate" : "default" })) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
  document.documentElement.style.setProperty("--omi-running-head", JSON.stringify(document.title));

  /* The theme turns the page or opens the search on a single letter (n, p, f, s). Who dictates, or rests a hand on the
     keyboard, would be led away: letters alone do nothing here. */
  addEventListener("keydown", (event) => {
    const typed = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key.length === 1 && event.key !== " " && !typed && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopImmediatePropagation();
    }
  }, true);
})();
