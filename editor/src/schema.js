// What the JSON Schemas say of a value: the kind of a document, the parts of a value, what is required, what is prose.

import { Validator } from "@cfworker/json-schema";

let schemas = {};

/** Take the schemas by the name of their file. */
export function useSchemas(byName) {
  schemas = byName;
}

/** Return a schema with what it refers to merged in. */
export function resolved(schema) {
  if (!schema?.$ref) return schema ?? {};
  const [name, fragment = ""] = schema.$ref.split("#");
  const target = fragment.split("/").filter(Boolean).reduce((node, step) => node[step], schemas[name]);
  return { ...resolved(target), ...schema, $ref: undefined, of: schema.$ref };
}

/** Return the schema of a part: of a key, or of an entry of a list. */
export function inside(schema, step) {
  const whole = resolved(schema);
  return resolved(typeof step === "number" ? whole.items : whole.properties?.[step]);
}

export const keysOf = (schema) => Object.keys(resolved(schema).properties ?? {});

/** Say whether a text is prose, which is written as a block of wrapped lines. */
export const isProse = (schema) => schema?.of === "common.schema.json#/$defs/prose";

/** Return the schema that a document was written for, by its top keys. */
export function schemaFor(value) {
  const names = Object.keys(value);
  const fit = (schema) => {
    const known = Object.keys(schema.properties ?? {});
    const missing = (schema.required ?? []).filter((name) => !names.includes(name)).length;
    return names.filter((name) => known.includes(name)).length - names.filter((name) => !known.includes(name)).length - missing;
  };
  return Object.values(schemas).filter(({ type }) => type === "object").sort((one, other) => fit(other) - fit(one))[0];
}

/**
 * Return a value as it is to be saved: fields that were left empty are left out, unless the schema requires them or the
 * file had them empty. What the schema doesn't know is kept.
 */
export function cleaned(value, schema, old) {
  if (same(value, old)) return value;
  const about = resolved(schema);
  if (Array.isArray(value)) return value.map((part, n) => cleaned(part, about.items, old?.[n]));
  if (isObject(value)) {
    const kept = {};
    for (const name of new Set([...Object.keys(value), ...(about.required ?? [])])) {
      const part = about.properties?.[name];
      const own = cleaned(value[name], part, old?.[name]);
      const wasEmpty = isObject(old) && name in old && isEmpty(old[name]);
      if (!isEmpty(own)) kept[name] = own;
      else if (wasEmpty) kept[name] = old[name];
      else if (about.required?.includes(name)) kept[name] = { array: [], object: {} }[resolved(part).type] ?? "";
    }
    return kept;
  }
  if (typeof value !== "string") return value;
  const text = value.split("\n").map((line) => line.trimEnd()).join("\n").trim();
  const isNumber = Array.isArray(about.type) && about.type.includes("integer") && /^[1-9][0-9]*$/.test(text);
  return isNumber ? Number(text) : text;
}

const isEmpty = (value) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Say whether two values are equal; the order of keys does not matter. */
export function same(one, other) {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((part, n) => same(part, other[n]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}

/**
 * Give letters to findings and numbers to recommendations, which run on in the order of their list. In a published
 * report those that have one keep it, and the new go on from the last.
 */
export function numbered(value, schema, published) {
  const about = resolved(schema);
  if (Array.isArray(value)) {
    const parts = resolved(about.items).properties ?? {};
    let last = 0;
    return value.map((part) => {
      const own = numbered(part, about.items, published);
      for (const [name, step] of [["letter", asLetter], ["number", Number]]) {
        if (!(name in parts) || !isObject(own)) continue;
        const has = own[name] !== undefined && own[name] !== null && own[name] !== "";
        if (!(has && published)) own[name] = step(last + 1);
        last = name === "letter" ? own[name].charCodeAt(0) - 96 : own[name];
      }
      return own;
    });
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, numbered(part, about.properties?.[name], published)]),
    );
  }
  return value;
}

const asLetter = (n) => String.fromCharCode(96 + n);

/** Return what the schema refuses in a value, in the form of the check's own answer. */
export function refusals(value, schema) {
  const validator = new Validator(schema, "2020-12", false);
  for (const other of Object.values(schemas)) if (other !== schema) validator.addSchema(other);
  const { errors } = validator.validate(value);
  const whole = new Set(["properties", "items", "$ref", "additionalProperties"]);
  const told = new Map();
  for (const { keyword, instanceLocation } of errors) {
    if (whole.has(keyword) || told.has(instanceLocation)) continue;
    const steps = instanceLocation.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const about = steps.reduce(inside, schema);
    const name = about.title ?? "This";
    const part = steps.reduce((node, step) => node?.[step], value);
    const empty = part === "" || (Array.isArray(part) && !part.length);
    const blank = keyword === "required" || empty || part === null;
    told.set(instanceLocation, {
      severity: "error",
      code: "",
      message: keyword === "required" ? `Something is missing in ${name}` : empty ? `${name} is empty` : `${name} doesn’t fit`,
      hint: about.description ?? "",
      pointer: steps,
      text: "",
      blank,
    });
  }
  return [...told.values()];
}
