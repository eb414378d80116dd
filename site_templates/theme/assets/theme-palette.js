/* Before anything is painted: the colours that the reader chose the last time, or else those of the system; and the
   running head of paper, which style sheets can't read off the page. */
"use strict";

(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => ((__md_get("__palette") || {}).color || {}).scheme;
  const show = (scheme = kept() || (system.matches ? "slate" : "default")) => {
    document.body.dataset.mdColorScheme = scheme;
    document.querySelector(".omi-scheme")?.setAttribute("aria-pressed", String(scheme === "slate"));
  };
  system.addEventListener("change", () => show());
  show();

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".omi-scheme");
    button.addEventListener("click", () => {
      const scheme = document.body.dataset.mdColorScheme === "slate" ? "default" : "slate";
      __md_set("__palette", { color: { scheme } });
      show(scheme);
    });
    button.hidden = false;
    show();
  });

  document.documentElement.style.setProperty("--omi-running-head", JSON.stringify(document.title));

  /* The theme turns the page or opens the search on a single letter (n, p, f, s). Who dictates, or rests a hand on the
     keyboard, would be led away: letters alone do nothing here; / leads to the search, unless its reader has switched that off there. */
  addEventListener("keydown", (event) => {
    const typed = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key.length === 1 && event.key !== " " && event.key !== "/" && !typed && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopImmediatePropagation();
    }
  }, true);
})();
