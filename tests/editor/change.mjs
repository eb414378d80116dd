// Reads texts and changes from standard input, and writes what the editor makes of them: its values, and its text.
// Usage: node change.mjs SOURCES, where SOURCES is the folder of the editor's modules.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const from = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { parse, valueOf } = await from("reading.js");
const { cleaned, numbered, refusals, schemaFor, useSchemas } = await from("schema.js");
const { write } = await from("writing.js");

const { schemas, rows } = JSON.parse(readFileSync(0, "utf8"));
useSchemas(schemas);

function put(value, steps, part) {
  const [last, way] = [steps.at(-1), steps.slice(0, -1)];
  const parent = way.reduce((node, step) => node[step], value);
  if (part === undefined) Array.isArray(parent) ? parent.splice(last, 1) : delete parent[last];
  else if (last === "+") parent.push(part);
  else parent[last] = part;
}

const made = rows.map(({ text, changes, published }) => {
  const old = valueOf(parse(text).contents);
  const schema = schemaFor(old);
  const value = structuredClone(old);
  for (const [steps, part] of changes) put(value, steps, part);
  const whole = cleaned(numbered(value, schema, published ?? false), schema, old);
  return { old, kind: schema.$id, text: write(text, whole, schema), refusals: refusals(whole, schema) };
});
process.stdout.write(JSON.stringify(made));
