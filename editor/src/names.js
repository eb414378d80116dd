// Gives names to the controls of lists that Decap leaves without, for those who use a screen reader or a keyboard.

/** Name the controls on the page, and those that come later; what stands for a closed entry opens it. */
export function nameControls() {
  document.addEventListener("click", ({ target }) => {
    target.closest("[class*='NestedObjectLabel']")?.parentElement.querySelector("button")?.click();
  });
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      nameThem();
    });
  }).observe(document.body, {
    attributeFilter: ["class"],
    characterData: true,
    childList: true,
    subtree: true,
  });
}

function nameThem() {
  document.documentElement.lang = "en";
  for (const field of document.querySelectorAll("[class*='ControlContainer'][aria-label$=' field']")) {
    // “text field” is what it is made of, not what it is for.
    field.removeAttribute("aria-label");
  }
  for (const item of document.querySelectorAll("[class*='SortableListItem']")) {
    const label = item.querySelector("[class*='NestedObjectLabel']");
    const bar = label?.previousElementSibling;
    const [toggle, ...others] = bar?.querySelectorAll(":scope > button") ?? [];
    if (!toggle) continue;
    const title = label.textContent.slice(0, 60);
    const open = !label.checkVisibility();
    set(toggle, "aria-label", `${open ? "Close" : "Open"} ${title}`);
    set(toggle, "aria-expanded", String(open));
    for (const button of others) set(button, "aria-label", `Remove ${title}`);
    set(bar.querySelector("[aria-roledescription='sortable']"), "aria-label", `Move ${title}`);
  }
  for (const toggle of document.querySelectorAll("[data-testid='expand-button']")) {
    set(toggle, "aria-label", `Open or close ${toggle.parentElement.textContent}`);
  }
  set(document.querySelector("#nc-root a[class*='BackLink']"), "aria-label", "Back to the list of forms");
}

function set(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}
