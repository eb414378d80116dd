/* What the theme's bundle keeps in the browser (the colour scheme), under the site's path; the names are the theme's. */
"use strict";

/* The theme says so at the end of the page, when what is shown only without script has been painted: the page would jump. */
document.documentElement.classList.replace("no-js", "js");

var __md_scope = new URL(document.currentScript.dataset.base, location);

function __md_hash(text) {
  let sum = 0;
  for (const sign of text) sum = (sum << 5) - sum + sign.charCodeAt(0);
  return sum;
}

/* A browser that keeps nothing, or something that isn't ours to read, counts as empty: the page works without. */
function __md_get(name, store, scope = __md_scope) {
  try {
    return JSON.parse((store || localStorage).getItem(`${scope.pathname}.${name}`));
  } catch {
    return null;
  }
}

function __md_set(name, value, store, scope = __md_scope) {
  try {
    (store || localStorage).setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
  } catch {
    /* Kept until the page is left. */
  }
}
