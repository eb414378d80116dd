// Starts Decap with the forms of this project, and puts our own reading, writing and checking in the place of its own.

import { clear, tell, tellFailure } from "./problems.js";
import { nameControls } from "./names.js";
import { parse, valueOf } from "./reading.js";
import { cleaned, numbered, refusals, schemaFor, useSchemas } from "./schema.js";
import { fixed } from "./widgets.js";
import { words } from "./words.js";
import { write } from "./writing.js";

window.CMS_MANUAL_INIT = true;

/** The key of an entry's values under which the text of its file comes along, until it is saved. */
const FILE = "_file";

/** The texts that were saved from this page, by path. */
const saved = new Map();

/** What is being saved, and what is to be told when it is. */
let underWay = null;

/** An error whose words are all that is shown of it. */
const refusal = (reason) => Object.assign(new Error(reason), { name: "" });

/** Return the values of a file's text, with the text itself. */
function fromFile(text) {
  return { ...valueOf(parse(text).contents), [FILE]: text };
}

/** Return the text of the file with the changed values in it, everything else as it was. */
function toFile({ [FILE]: text, ...value }) {
  if (text === undefined) throw refusal("This file could not be read, so it can’t be saved from here.");
  const old = valueOf(parse(text).contents);
  const schema = schemaFor(old);
  return write(text, cleaned(value, schema, old), schema);
}

/** Give letters and numbers, have the file checked, and refuse to save it while there is an error. */
async function beforeSaving(entry, settings) {
  clear();
  const { [FILE]: file, ...value } = entry.get("data").toJS();
  const [path, folder] = [entry.get("path"), entry.get("path").split("/")[2]];
  const schema = schemaFor(valueOf(parse(file).contents));
  const published = settings.published.includes(folder);
  const whole = { ...numbered(value, schema, published), [FILE]: file };
  const text = toFile(whole);
  const known = [file, saved.get(path)].filter((one) => one !== undefined);
  const misfits = () => refusals(valueOf(parse(text).contents), schema).filter(({ blank }) => published || !blank);
  const problems = settings.checks ? await checked(path, text, known) : misfits();
  if (problems.some(({ severity }) => severity === "error")) {
    tell(problems, whole, schema);
    throw refusal("There is something to mend first: see the list below.");
  }
  underWay = { path, text, afterwards: () => tell(problems, whole, schema) };
  return given(value, whole).reduce((data, [steps, part]) => data.setIn(steps, part), entry.get("data"));
}

/** Return what was given by the way: the letters and numbers in which two values differ, each with the steps to it. */
function given(value, whole, steps = []) {
  if (typeof value !== "object" || value === null) return value === whole ? [] : [[steps, whole]];
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys({ ...value, ...whole }).filter((name) => name !== FILE);
  return names.flatMap((name) => given(value[name], whole[name], [...steps, name]));
}

function afterSaving() {
  if (underWay) saved.set(underWay.path, underWay.text);
  underWay?.afterwards();
  underWay = null;
}

/** Return what the service finds wrong; `known` are the texts that the file may have now, for nobody else's to be lost. */
async function checked(path, text, known) {
  const answer = await fetch("check", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ path, text, known }),
  }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok) return said.problems;
  const reason = said?.error ?? "The service that checks it can’t be reached. Start `omi edit` again; what you wrote is kept in this browser.";
  tellFailure(reason);
  throw refusal(reason);
}

async function start() {
  const answer = await fetch("settings.json").catch(() => null);
  const settings = await answer?.json().catch(() => null);
  if (!answer?.ok) {
    tellFailure(settings?.error ?? "The editor’s settings can’t be loaded. Start `omi edit` again, then load this page again.");
    return;
  }
  const { CMS } = window;
  useSchemas(settings.schemas);
  const shown = folderOf(location.href) ?? settings.config.collections[0]?.name;
  for (const { name, files } of settings.config.collections) {
    for (const file of files) {
      // Decap makes every form at once, which takes long where there are many inspections: one has them at a time.
      file.fields = name === shown ? settings.forms[file.form] : [{ name: FILE, widget: "hidden" }];
      delete file.form;
    }
  }
  CMS.registerLocale("en", words(CMS.getLocale("en"), settings.config.publish_mode));
  CMS.registerCustomFormat("inspection", "yaml", { fromFile, toFile });
  CMS.registerWidget("fixed", fixed());
  CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => beforeSaving(entry, settings) });
  nameControls();
  // On one's own machine there is nobody to sign in as.
  if (settings.config.backend.name === "proxy") localStorage.setItem("decap-cms-user", '{"backendName":"proxy"}');
  CMS.registerEventListener({ name: "postSave", handler: afterSaving });
  CMS.init({ config: settings.config });
  window.addEventListener("hashchange", ({ oldURL, newURL }) => {
    clear();
    // From one form straight to another (by a link or the browser's buttons), Decap would leave the fields empty.
    const leaps = isForm(oldURL) && isForm(newURL);
    if (leaps || (folderOf(newURL) ?? shown) !== shown) location.reload();
  });
}

const isForm = (address) => /#\/collections\/[^/]+\/entries\/./.test(address);

const folderOf = (address) => address.match(/#\/collections\/([^/?]+)/)?.[1];

window.addEventListener("DOMContentLoaded", start);
