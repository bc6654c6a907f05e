import type { Path, Target } from '../diagnostic.ts';
import { withoutHidden } from '../model/visible.ts';
import { findEscapedIn, mayHide } from './hidden-escapes.ts';
import { excessOfJson, type JsonNode, readJsonTree, textsIn } from './json-tree.ts';
import { positionsIn } from './positions.ts';
import type { Excess } from './text-limits.ts';
import type { Located, Parsed } from './yaml.ts';

/** The value of a JSON text and what hides in it behind escapes, or where it is not JSON. */
export function parseJson(file: string, text: string): Parsed {
  const excess = excessOfJson(text);
  if (excess) return refused(file, text, excess);
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    if (isCutOff(text, error as Error)) return refused(file, text, cutOff(text));
    const read = readJsonTree(text);
    const other = {
      offset: 0,
      message: 'This is not JSON.',
      hint: 'Restore the file from the history: it is written by ccmt publish only.',
    };
    return refused(file, text, 'excess' in read ? read.excess : other);
  }
  // What stands as the tool writes it has every name once.
  if (!mayHide(text) && text === `${JSON.stringify(value, null, 2)}\n`) return { value, hidden: [] };
  const read = readJsonTree(text);
  if ('excess' in read) return refused(file, text, read.excess);
  if (!mayHide(text)) return { value, hidden: [] };
  const hidden = findEscapedIn(file, text, textsIn(text, read));
  return { value: hidden.length > 0 ? withoutHiddenIn(value) : value, hidden };
}

/** True where what is wrong with a text is that it ends. */
function isCutOff(text: string, { message }: Error): boolean {
  if (/end of JSON input|Unterminated string/.test(message)) return true;
  const place = /at position (\d+)/.exec(message)?.[1];
  return place !== undefined && Number(place) >= text.trimEnd().length;
}

function cutOff(text: string): Excess {
  return {
    offset: text.trimEnd().length,
    message: 'The file is cut off here: its end is missing.',
    hint: 'Restore the file from git: it is written by ccmt publish only.',
  };
}

/** A value whose texts and names hide nothing. */
function withoutHiddenIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutHidden(value);
  if (Array.isArray(value)) return value.map(withoutHiddenIn);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [withoutHidden(name), withoutHiddenIn(entry)]),
  );
}

/** A finder of positions in one JSON text; where a path ends early, that of the deepest part that is there. */
export function jsonLocator(text: string): (path: Path, target?: Target) => Located {
  const read = readJsonTree(text);
  const positionOf = positionsIn(text);
  return (path, target = 'value') => {
    const [start, end] = 'excess' in read ? [0, 0] : rangeOf(read, path, target);
    const from = positionOf(start);
    const to = positionOf(end);
    return { position: { ...from, endLine: to.line, endColumn: to.column }, written: text.slice(start, end) };
  };
}

/** A value, whole, or its name; of the whole text its first name. */
function rangeOf(root: JsonNode, path: Path, target: Target): [number, number] {
  let node = root;
  for (const part of path) {
    const next = node.entries?.get(part);
    if (!next) break;
    node = next;
  }
  const { start, end } =
    node === root ? ([...(root.entries?.values() ?? [])][0]?.name ?? root) : (target === 'key' && node.name) || node;
  return [start, end];
}

function refused(file: string, text: string, { offset, message, hint }: Excess): Parsed {
  return { findings: [{ rule: 'yaml-well-formed', at: { file, position: positionsIn(text)(offset) }, message, hint }] };
}
