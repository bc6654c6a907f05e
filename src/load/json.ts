import type { Path } from '../diagnostic.ts';
import { hidesText } from '../model/visible.ts';
import { mayHide } from './hidden-escapes.ts';
import { excessOfJson, type JsonNode, readJsonTree } from './json-tree.ts';
import { positionsIn } from './positions.ts';
import type { Excess } from './text-limits.ts';
import { type Located, type Parsed, parseYaml } from './yaml.ts';

/**
 * The value of a JSON text, or where it is none. What hides something behind an escape is read once more as YAML, which
 * finds the place.
 */
export function parseJson(file: string, text: string): Parsed {
  const deep = excessOfJson(text);
  if (deep) return refused(file, text, deep);
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    const read = readJsonTree(text);
    const other = {
      offset: 0,
      message: 'This is not JSON.',
      hint: 'Restore the file from the history: it is written by ccmt publish only.',
    };
    return refused(file, text, 'excess' in read ? read.excess : other);
  }
  return mayHide(text) && hides(value) ? parseYaml(file, text, 0) : { value, hidden: [] };
}

function hides(value: unknown): boolean {
  if (typeof value === 'string') return hidesText(value);
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([name, entry]) => hidesText(name) || hides(entry));
}

/** A finder of positions in one JSON text; where a path ends early, that of the deepest part that is there. */
export function jsonLocator(text: string): (path: Path, target?: 'key' | 'value') => Located {
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
function rangeOf(root: JsonNode, path: Path, target: 'key' | 'value'): [number, number] {
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
