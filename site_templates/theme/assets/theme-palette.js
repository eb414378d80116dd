/* Gives the page the colours that its reader chose the last time, before it is painted. */
"use strict";

(() => {
  const kept = __md_get("__palette");
  for (const [name, value] of Object.entries((kept && kept.color) || {})) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
})();
