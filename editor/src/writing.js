// Writes changed values into the text of a file and leaves every other character of it as it is: comments, the order of
// keys, quotation marks, line breaks. The library reads and says where each value stands; the text is cut and joined.

import { Document, isMap, isScalar, isSeq } from "yaml";
import { MEANING, nameOf, opens, parse, valueOf } from "./reading.js";
import { inside, isProse, keysOf, same } from "./schema.js";

const WIDTH = 120;

/** Return the text with its values replaced by `value`, as `schema` knows them; what is equal is not touched. */
export function write(text, value, schema) {
  const windows = text.includes("\r\n");
  let source = windows ? text.replaceAll("\r\n", "\n") : text;
  if (!source.endsWith("\n")) source += "\n";
  const { contents } = parse(source);
  if (!isMap(contents) || contents.flow) throw new Error("This file is not a list of keys and values.");
  const written = new Writer(source).map(contents, value, schema);
  const result = source.slice(0, contents.range[0]) + written + source.slice(new Writer(source).end(contents));
  return windows ? result.replaceAll("\n", "\r\n") : result;
}

class Writer {
  constructor(source) {
    this.source = source;
  }

  /** The text of a block mapping from its first key on, with these values. */
  map(node, value, schema) {
    const indent = this.column(node.items[0].key.range[0]);
    const pieces = [];
    let from = node.range[0];
    for (const pair of node.items) {
      const start = pair.key.range[0];
      const end = this.endOfPair(pair);
      const name = nameOf(pair.key);
      const lead = this.source.slice(from, start);
      if (name in value) pieces.push({ name, lead, body: this.pair(pair, end, value[name], inside(schema, name), indent) });
      from = end;
    }
    for (const name of inOrder(value, schema)) {
      if (pieces.some((piece) => piece.name === name)) continue;
      const lines = pairLines(name, value[name], inside(schema, name), indent);
      pieces.splice(placeOf(name, pieces, schema), 0, { name, lead: " ".repeat(indent), body: `${lines.join("\n")}\n` });
    }
    return joined(pieces);
  }

  /** The text of a block list from its first hyphen on, with these values. */
  seq(node, value, schema) {
    const old = node.items.map(valueOf);
    const starts = node.srcToken.items.map((item) => item.start.find(({ type }) => type === "seq-item-ind").offset);
    const indent = this.column(starts[0]);
    const ends = node.items.map((item, n) => this.endOf(item, starts[n] + 1));
    const leads = starts.map((start, n) => (n ? this.source.slice(ends[n - 1], start) : " ".repeat(indent)));
    const like = node.items.length > 0 && node.items.every((item) => isMap(item) && item.flow);
    const pieces = partners(old, value).map((partner, n) => {
      if (partner < 0) {
        return { lead: " ".repeat(indent), body: `${itemLines(value[n], inside(schema, 0), indent, like).join("\n")}\n` };
      }
      const item = node.items[partner];
      const [start, end] = [starts[partner], ends[partner]];
      const body = same(old[partner], value[n])
        ? this.source.slice(start, end)
        : this.item(item, start, end, value[n], inside(schema, 0), indent);
      return { lead: leads[partner], body };
    });
    return joined(pieces);
  }

  item(node, start, end, value, schema, indent) {
    if (isBlock(node) && fills(node, value)) {
      return this.source.slice(start, node.range[0]) + this.collection(node, value, schema);
    }
    return this.scalarOrFlow("-", node, start + 1, end, value, schema, indent);
  }

  /** The text of a key and its value, from the key on. */
  pair({ key, value: node }, end, value, schema, indent) {
    const start = key.range[0];
    if (same(valueOf(node), value)) return this.source.slice(start, end);
    if (isBlock(node) && fills(node, value)) {
      return this.source.slice(start, node.range[0]) + this.collection(node, value, schema);
    }
    const colon = this.source.indexOf(":", key.range[1]) + 1;
    return this.scalarOrFlow(this.source.slice(start, colon), node, colon, end, value, schema, indent);
  }

  collection(node, value, schema) {
    return isMap(node) ? this.map(node, value, schema) : this.seq(node, value, schema);
  }

  /** The text of a value that is written anew behind its key or hyphen, with the comment that stood behind it. */
  scalarOrFlow(head, node, from, end, value, schema, indent) {
    const comment = this.commentBehind(node, from, end);
    if (node && isFlow(node) && node.items.length && fills(node, value)) {
      const line = `${head} ${this.flow(node, value)}${comment}`;
      if (!line.includes("\n") && indent + line.length <= WIDTH) return `${line}\n`;
    }
    const [first, ...rest] = valueLines(value, schema, indent, head === "-", this.formOf(node, end));
    return [`${head}${first && ` ${first}`}${comment}`, ...rest].join("\n") + "\n" + this.blankLines(node, end);
  }

  /** The text of a list or mapping in brackets, with these values; what is equal keeps its spelling (11.090). */
  flow(node, value) {
    const [from, to] = [node.range[0] + 1, node.range[1] - 1];
    if (isMap(node)) {
      const names = node.items.map(({ key }) => nameOf(key));
      const pairs = inOrder(value, { properties: Object.fromEntries(names.map((name) => [name, {}])) }).map((name) => {
        const pair = node.items[names.indexOf(name)];
        if (pair && same(valueOf(pair.value), value[name])) return this.source.slice(pair.key.range[0], pair.value.range[1]);
        return `${name}: ${flowText(value[name])}`;
      });
      return this.inBrackets(from, to, pairs);
    }
    const old = node.items.map(valueOf);
    const items = partners(old, value).map((partner, n) =>
      partner >= 0 && same(old[partner], value[n])
        ? this.source.slice(node.items[partner].range[0], node.items[partner].range[1])
        : flowText(value[n]),
    );
    return this.inBrackets(from, to, items);
  }

  inBrackets(from, to, parts) {
    const padding = /^ +\S/.test(this.source.slice(from, to)) ? " " : "";
    return `${this.source[from - 1]}${padding}${parts.join(", ")}${padding}${this.source[to]}`;
  }

  /** How a scalar was written: its style, its lines as they stand, and the columns before them. */
  formOf(node, end) {
    if (!isScalar(node)) return {};
    const [start] = node.range;
    const lines = this.source.slice(start, end).split("\n").slice(1).filter((line) => line.trim());
    const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    const indent = block && lines.length ? Math.min(...lines.map((line) => line.search(/\S/))) : undefined;
    return { type: node.type, lines: block ? lines.map((line) => line.slice(indent)) : [], indent };
  }

  commentBehind(node, from, end) {
    const block = isScalar(node) && node.type?.startsWith("BLOCK");
    const start = block ? node.range[0] : node && !isBlock(node) ? node.range[1] : from;
    const stop = block || isBlock(node) ? this.source.indexOf("\n", start) : end;
    return this.source.slice(start, stop).match(/\s+#[^\n]*/)?.[0] ?? "";
  }

  blankLines(node, end) {
    const block = isScalar(node) && node.type?.startsWith("BLOCK");
    return block ? this.source.slice(node.range[0], end).match(/\n(\s*\n)*$/)[0].slice(1) : "";
  }

  endOfPair({ key, value }) {
    return this.endOf(value, this.source.indexOf(":", key.range[1]) + 1);
  }

  /** Where the line after a value begins. */
  endOf(node, from) {
    const last = Math.max(from, node ? this.end(node) : from);
    return this.source[last - 1] === "\n" ? last : this.source.indexOf("\n", last) + 1;
  }

  end(node) {
    if (!isBlock(node) || !node.items.length) return node.range[1];
    const last = node.items.at(-1);
    return isMap(node) ? this.endOfPair(last) : this.endOf(last, node.srcToken.items.at(-1).start.at(-1).offset + 1);
  }

  column(offset) {
    return offset - this.source.lastIndexOf("\n", offset - 1) - 1;
  }
}

const isBlock = (node) => (isMap(node) || isSeq(node)) && !node.flow;
const isFlow = (node) => (isMap(node) || isSeq(node)) && node.flow;

/** Say whether a value is of the kind of a collection and has something in it. */
function fills(node, value) {
  if (isSeq(node)) return Array.isArray(value) && value.length > 0;
  return isObject(value) && Object.keys(value).length > 0;
}

/** Join the pieces of a collection; the first stands behind its own indentation already. */
function joined(pieces) {
  return pieces.map(({ lead, body }, n) => (n ? lead : lead.trimStart()) + body).join("");
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** For each new entry of a list the old one that it was, or -1: equal, or of one name, or at the same place. */
function partners(old, value) {
  const free = new Set(old.keys());
  const found = new Array(value.length).fill(-1);
  const take = (n, partner) => {
    found[n] = partner;
    free.delete(partner);
  };
  const match = (test) => {
    for (const [n, part] of value.entries()) {
      if (found[n] >= 0) continue;
      const partner = [...free].find((candidate) => test(old[candidate], part, candidate, n));
      if (partner !== undefined) take(n, partner);
    }
  };
  match(same);
  for (const key of ["text", "title", "letter", "number", "id", "section", "thread", "label", "measure", "role", "name"]) {
    match((one, other) => isObject(one) && isObject(other) && key in one && one[key] === other[key]);
  }
  match((one, other, candidate, n) => candidate === n && isObject(one) && isObject(other));
  return found;
}

/** The names of a value's keys as the schema orders them; those that it doesn't know come last. */
function inOrder(value, schema) {
  const known = keysOf(schema);
  const rank = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
  return Object.keys(value).sort((one, other) => rank(one) - rank(other));
}

/** Where among its sisters a new key goes: behind the last of those that come before it in the schema. */
function placeOf(name, pieces, schema) {
  const known = keysOf(schema);
  const before = known.slice(0, Math.max(0, known.indexOf(name)));
  return pieces.findLastIndex((piece) => before.includes(piece.name)) + 1 || (known.includes(name) ? 0 : pieces.length);
}

// Lines come as they stand in the file, except the first, which goes behind what is there already: an indentation, a
// key, a hyphen.

function pairLines(name, value, schema, indent) {
  return behind(`${name}:`, valueLines(value, schema, indent, false, {}));
}

function itemLines(value, schema, indent, inBrackets) {
  if (inBrackets && isObject(value)) {
    const line = `- ${flowText(value)}`;
    if (!line.includes("\n") && indent + line.length <= WIDTH) return [line];
  }
  return behind("-", valueLines(value, schema, indent, true, {}));
}

const behind = (head, [first, ...rest]) => [first ? `${head} ${first}` : head, ...rest];

/** The lines of a value whose key or hyphen stands at the column `indent`; `form` says how it was written before. */
function valueLines(value, schema, indent, isItem, form) {
  const column = indent + 2;
  const space = " ".repeat(column);
  const below = (lines) => lines.map((part) => [space + part[0], ...part.slice(1)]).flat();
  if (Array.isArray(value)) {
    const line = flowText(value);
    if (!value.some(isObject) && indent + line.length < WIDTH - 30) return [line];
    return ["", ...below(value.map((part) => itemLines(part, inside(schema, 0), column)))];
  }
  if (!isObject(value)) return scalarLines(value, schema, indent, form);
  const pairs = inOrder(value, schema).map((name) => pairLines(name, value[name], inside(schema, name), column));
  if (!pairs.length) return ["{}"];
  return isItem ? [...pairs[0], ...below(pairs.slice(1))] : ["", ...below(pairs)];
}

function scalarLines(value, schema, indent, form) {
  const line = inline(value, form.type);
  if (typeof value !== "string" || !value) return [line];
  const column = form.indent ?? indent + 2;
  const wasOnOneLine = form.type && !form.type.startsWith("BLOCK");
  const isWide = indent + line.length + 20 > WIDTH;
  const literal = value.includes("\n") || form.type === "BLOCK_LITERAL" || (isProse(schema) && (!wasOnOneLine || isWide));
  if (!literal && form.type !== "BLOCK_FOLDED" && !isWide) return [line];
  const lines = wrap(value, widthOf(form, column), form.lines ?? []);
  return [literal ? "|-" : ">-", ...lines.map((part) => (part ? " ".repeat(column) + part : ""))];
}

function widthOf({ lines = [] }, column) {
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return lines.length > 1 ? Math.max(60, longest) : WIDTH - column;
}

/** A scalar on one line, in quotation marks where it needs them. */
function inline(value, type) {
  const document = new Document(MEANING);
  document.contents = document.createNode(value);
  if (isScalar(document.contents) && type?.startsWith("QUOTE")) document.contents.type = type;
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** A value as it stands inside brackets. */
function flowText(value) {
  const document = new Document(MEANING);
  document.contents = document.createNode([value], { flow: true });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, collectionStyle: "flow" }).trimEnd().slice(1, -1);
}

/** Wrap a text, its paragraphs on one line each, to a width; lines that stand as they were are kept as they were. */
export function wrap(text, width, oldLines) {
  const kept = oldLines.map((line, n) => ({ line, words: wordsOf(line), next: wordsOf(oldLines[n + 1] ?? "")[0] }));
  return text.trim().split("\n").flatMap((paragraph) => wrapLine(paragraph.trimEnd(), width, kept));
}

const wordsOf = (line) => line.trim().split(/ +/).filter(Boolean);

function wrapLine(paragraph, width, kept) {
  const words = wordsOf(paragraph);
  const isEntry = opens(words[0] ?? "");
  if (isEntry && /^[>#|]/.test(words[0])) return [paragraph]; // on a line of its own it means something else
  const hanging = isEntry ? "  " : "";
  const outer = paragraph.match(/^ */)[0];
  const lines = [];
  for (let at = 0; at < words.length; ) {
    const old = kept.find(({ words: own, next }) =>
      own.length > 0 && own.length <= words.length - at && own.every((word, n) => word === words[at + n]) &&
      (at + own.length === words.length || next === words[at + own.length]));
    if (old) {
      lines.push(old.line.trimEnd());
      at += old.words.length;
      continue;
    }
    let line = outer + (at ? hanging : "") + words[at++];
    while (at < words.length && (line.length + 1 + words[at].length <= width || opens(words[at]))) line += ` ${words[at++]}`;
    lines.push(line);
  }
  return lines.length ? lines : [""];
}
