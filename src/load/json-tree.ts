import { limits } from './limits.ts';
import type { Excess } from './text-limits.ts';
import { inGroups } from '../model/wording.ts';

/**
 * A value of a JSON text: where it stands, and what is in it, by name or by number; of an entry of a record also where
 * its name stands.
 */
export type JsonNode = {
  start: number;
  end: number;
  name?: { start: number; end: number };
  entries?: Map<string | number, JsonNode>;
};

type Reader = { text: string; at: number; fault?: Excess };

const hint = 'Restore the file from the history: it is written by ccmt publish only.';
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;
const plain = /[^"\\\u0000-\u001f]*/y;

const [quote, comma, backslash] = ['"', ',', '\\'].map((sign) => sign.charCodeAt(0)) as [number, number, number];
const opening = new Set(['[', '{'].map((sign) => sign.charCodeAt(0)));
const closing = new Set([']', '}'].map((sign) => sign.charCodeAt(0)));

/**
 * Where everything in a JSON text stands, or where it stops being JSON. It calls itself for each level, and goes no
 * deeper than is allowed.
 */
export function readJsonTree(text: string): JsonNode | { excess: Excess } {
  const reader: Reader = { text, at: 0 };
  const node = readValue(reader, 0);
  if (node && peek(reader) !== undefined)
    fail(reader, reader.at, 'This is not JSON: something stands here after its end.');
  return reader.fault ? { excess: reader.fault } : (node as JsonNode);
}

/** The place at which a JSON text is nested too deep or has too many values, found without reading it. */
export function excessOfJson(text: string): Excess | undefined {
  let signs = 0;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (isText && sign === backslash) at += 1;
    else if (sign === quote) isText = !isText;
    else if (isText) continue;
    else if (opening.has(sign)) depth += 1;
    else if (closing.has(sign)) depth -= 1;
    if (!isText && (sign === comma || opening.has(sign))) signs += 1;
    if (signs > limits.noteSigns.most)
      return { offset: at, message: `The note has more than ${inGroups(limits.noteSigns.most)} values.`, hint };
    if (depth > limits.noteLevels.most)
      return {
        offset: at,
        message: `Lists and records are nested more than ${limits.noteLevels.most} levels deep here.`,
        hint,
      };
  }
  return undefined;
}

/** Where each text and name of a JSON text stands, quotes and all. */
export function textsIn(text: string, root: JsonNode): [number, number][] {
  const found: [number, number][] = [];
  const rest: JsonNode[] = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.name) found.push([node.name.start, node.name.end]);
    for (const entry of node.entries?.values() ?? []) rest.push(entry);
    if (!node.entries && text.charAt(node.start) === '"') found.push([node.start, node.end]);
  }
  return found.sort(([a], [b]) => a - b);
}

function readValue(reader: Reader, depth: number): JsonNode | undefined {
  const sign = peek(reader);
  const start = reader.at;
  if (depth > limits.noteLevels.most)
    return fail(reader, start, `Lists and records are nested more than ${limits.noteLevels.most} levels deep here.`);
  if (sign === '{' || sign === '[') return readEntries(reader, sign === '[', depth);
  const end = sign === '"' ? endOfText(reader) : endOf(scalar, reader);
  if (reader.fault) return undefined;
  if (end === start) return fail(reader, start, 'This is not JSON: a value is expected here.');
  reader.at = end;
  return { start, end };
}

function readEntries(reader: Reader, isList: boolean, depth: number): JsonNode | undefined {
  const start = reader.at;
  const close = isList ? ']' : '}';
  const entries = new Map<string | number, JsonNode>();
  reader.at += 1;
  for (let isFirst = true; !(isFirst && peek(reader) === close); isFirst = false) {
    const name = isList ? undefined : readName(reader);
    const node = reader.fault ? undefined : readValue(reader, depth + 1);
    if (!node) return reader.fault?.offset === reader.text.length ? unclosed(reader, start) : undefined;
    const key = name ? (JSON.parse(reader.text.slice(name.start, name.end)) as string) : entries.size;
    // Programs that read such a text differ in which of the two they believe.
    if (name && entries.has(key)) return fail(reader, name.start, `The field "${key}" stands here twice.`);
    entries.set(key, name ? { ...node, name } : node);
    const next = peek(reader);
    if (next === close) break;
    if (next === undefined) return unclosed(reader, start);
    if (next !== ',') return fail(reader, reader.at, `This is not JSON: a comma or ${close} is expected here.`);
    reader.at += 1;
  }
  reader.at += 1;
  return { start, end: reader.at, entries };
}

function readName(reader: Reader): { start: number; end: number } | undefined {
  if (peek(reader) !== '"')
    return fail(reader, reader.at, 'This is not JSON: a name in double quotes is expected here.');
  const start = reader.at;
  const end = endOfText(reader);
  reader.at = end;
  if (!reader.fault && peek(reader) !== ':')
    return fail(reader, reader.at, 'This is not JSON: a colon is expected here.');
  reader.at += 1;
  return { start, end };
}

/** The place after the closing quote of the text that begins here. */
function endOfText(reader: Reader): number {
  const start = reader.at;
  for (let at = start + 1; ;) {
    at = endOf(plain, reader, at);
    const sign = reader.text[at];
    if (sign === '"') return at + 1;
    if (sign === undefined || sign === '\n') return fail(reader, start, 'A quote is opened here and not closed.') ?? at;
    if (sign !== '\\') return fail(reader, at, 'This is not JSON: a control character stands here in a text.') ?? at;
    const isRight = /^(?:["\\/bfnrt]|u[\da-f]{4})/i.test(reader.text.slice(at + 1, at + 6));
    if (!isRight)
      return fail(reader, at, 'This is not JSON: a backslash stands here before a letter that needs none.') ?? at;
    at += 2;
  }
}

/** The next sign that is no space, or nothing at the end of the text. */
function peek(reader: Reader): string | undefined {
  reader.at = endOf(space, reader);
  return reader.text[reader.at];
}

function endOf(pattern: RegExp, { text, at }: Reader, from = at): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

/** Where a text ends too early, it is the opening that people look for. */
function unclosed(reader: Reader, start: number): undefined {
  reader.fault = { offset: start, message: 'A list or record is opened here and not closed.', hint };
}

function fail(reader: Reader, offset: number, message: string): undefined {
  reader.fault ??= { offset, message, hint };
}
