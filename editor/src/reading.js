// Reads a YAML file into plain values as omi_build/documents/reading.py does: only `true` and `false` are booleans,
// dates and `010` stay text.

import { isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";

const whole = /^-?(0|[1-9][0-9]*)$/;
const decimal = /^-?(0|[1-9][0-9]*)\.[0-9]+$/;

const tag = (name, test, resolve, identify, stringify) => ({
  tag: `tag:yaml.org,2002:${name}`, default: true, test, resolve, identify, stringify,
});

export const MEANING = {
  version: "1.2",
  schema: "failsafe",
  customTags: [
    tag("null", /^(null|~)?$/, () => null, (value) => value === null, () => "null"),
    tag("bool", /^(true|false)$/, (word) => word === "true", (value) => typeof value === "boolean", ({ value }) => String(value)),
    tag("int", whole, Number, Number.isInteger, ({ value }) => String(value)),
    tag("float", decimal, Number, (value) => typeof value === "number", ({ value }) => String(value)),
  ],
  // Other readers take `010` for a number: a text like it is written in quotation marks.
  compat: "core",
};

/** Return the parsed document of a text; throw an Error in plain English where it can't be read. */
export function parse(text) {
  const document = parseDocument(text, { ...MEANING, keepSourceTokens: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    throw new Error(`This file can’t be read${line ? `: something is wrong in line ${line}` : ""}. Ask the publications team to mend it.`);
  }
  return document;
}

/** Return the plain value of a node, texts as people read them: without the line breaks that only wrap a line. */
export function valueOf(node) {
  if (node === null || node === undefined) return null;
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [nameOf(key), valueOf(value)]));
  if (isSeq(node)) return node.items.map(valueOf);
  if (isAlias(node)) throw new Error("This file refers to a part of itself by an alias (*), which the editor can’t keep.");
  return typeof node.value === "string" ? unwrap(node.value) : node.value;
}

/** Return the name of a key as it is written: `2007` is a word there. */
export const nameOf = (key) => (isScalar(key) ? (key.source ?? String(key.value)) : String(key));

/** Where a new line is more than a place to wrap: list entries, quotations, headings. */
const OPENS = /^\s*([-*+>#|]|\d+[.)])(\s|$)/;

/** Return a text with each paragraph, and each entry of a list, on one line. */
export function unwrap(text) {
  const lines = [];
  for (const line of text.split("\n")) {
    const before = lines.at(-1);
    const continues = before?.trim() && line.trim() && !OPENS.test(line) && !/( {2}|\\)$/.test(before);
    if (continues) lines[lines.length - 1] = `${before} ${line.trim()}`;
    else lines.push(line);
  }
  return lines.join("\n");
}

/** Say whether a line must not begin with this word, because it would read as the start of a list. */
export const opens = (word) => OPENS.test(word);
