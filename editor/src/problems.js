// Tells what is wrong in the file that is about to be saved, at the top of the page, and leads to each place.

import { inside } from "./schema.js";

const ID = "omi-problems";

/** Take the list away. */
export function clear() {
  document.getElementById(ID)?.remove();
}

/** Show problems, errors first; each leads to its field. Nothing is shown where there are none. */
export function tell(problems, value, schema) {
  clear();
  if (!problems.length) return;
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity !== "error");
  const title = errors.length
    ? `Not saved: ${counted(errors.length, "thing")} to mend`
    : `Saved. ${counted(warnings.length, "thing")} to look at`;
  show(title, errors.length ? "error" : "warning", [...errors, ...warnings].map((problem) => entry(problem, value, schema)));
}

/** Show that something went wrong which no field can mend. */
export function tellFailure(reason) {
  clear();
  show("Not saved", "error", [element("li", {}, reason)]);
}

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

function show(title, severity, entries) {
  const heading = element("h2", { tabIndex: -1 }, title);
  const close = element("button", { type: "button", className: "omi-close" }, "Close this list");
  close.addEventListener("click", clear);
  const panel = element("section", { id: ID, className: `omi-${severity}` }, heading, element("ul", {}, ...entries), close);
  panel.setAttribute("role", "alert");
  panel.setAttribute("aria-label", title);
  document.body.prepend(panel);
  heading.focus();
}

function entry({ severity, code, message, hint, pointer, text, quote }, value, schema) {
  const where = element("button", { type: "button", className: "omi-where" }, wayTo(pointer, value, schema));
  where.addEventListener("click", () => lead(pointer, value, schema, quote));
  return element(
    "li",
    {},
    where,
    element("p", { className: "omi-message" }, severity === "error" ? "" : "Have a look: ", sentence(message)),
    text && element("p", { className: "omi-text" }, text),
    hint && element("p", { className: "omi-hint" }, hint),
    code && element("p", { className: "omi-code" }, code),
  );
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** Say where a value stands in the words of the form: 'Strengths (a): Text'. */
function wayTo(pointer, value, schema) {
  const steps = [];
  let [about, part] = [schema, value];
  for (const step of pointer) {
    about = inside(about, step);
    part = part?.[step];
    if (typeof step === "number" && steps.length) steps[steps.length - 1] += ` ${named(part, step)}`;
    else steps.push(about.title ?? String(step));
  }
  return steps.join(" → ") || "This form";
}

function named(part, index) {
  if (part?.letter) return `(${part.letter})`;
  return String(part?.number ?? part?.title ?? part?.label ?? part?.measure ?? index + 1);
}

/**
 * Open the entry that a problem stands in, and put the cursor there. Decap gives its fields no stable names, so the way
 * is followed by what each list shows: the list by its key, the entry by its place.
 */
async function lead(pointer, value, schema, quote) {
  let scope = document.querySelector("#nc-root") ?? document.body;
  let target = null;
  for (const step of pointer) {
    if (typeof step === "number") {
      const opened = entriesOf(scope)[step];
      if (!opened) break;
      if (isClosed(opened)) opened.querySelector("button")?.click();
      await settled();
      scope = opened;
    } else {
      const field = scope.querySelector(`[id^="${CSS.escape(step)}-field-"]`);
      if (!field) break;
      scope = field;
    }
    target = scope;
  }
  const input = target?.matches("input, textarea, select") ? target : target?.querySelector("textarea, input, button");
  (input ?? target)?.focus();
  (input ?? target)?.scrollIntoView({ block: "center" });
  if (input?.matches("textarea") && quote) {
    const at = input.value.indexOf(quote);
    if (at >= 0) input.setSelectionRange(at, at + quote.length);
  }
}

const entriesOf = (list) => list.querySelectorAll(":scope > div > [class*='SortableListItem']");

const isClosed = (item) => item.querySelector("[class*='NestedObjectLabel']")?.checkVisibility();

const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(Boolean));
  return made;
}
