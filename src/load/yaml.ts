import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type LineCounter, visit } from 'yaml';
import type { Finding, Path, Position, Target } from '../diagnostic.ts';
import { findEscaped } from './hidden-escapes.ts';
import { type Commented, commentedTexts, oddSignIn, oddSpaceNear } from './odd-signs.ts';
import { markedNode, oddKey } from './odd-nodes.ts';
import { rangeOfNode, readDocument } from './yaml-document.ts';
import { inWords, positionOf } from './yaml-faults.ts';

/** The value of a YAML text, what hides in it behind escapes, what a comment may have cut; or what is wrong with it. */
export type Parsed = { value: unknown; hidden: Finding[]; commented?: PlacedComment[] } | { findings: Finding[] };

/** A text that ends where a comment begins, with its place in the file. */
export type PlacedComment = Pick<Commented, 'path' | 'text' | 'rest'> & { position: Position };

/** Parses YAML that starts after `linesBefore` lines of its file. */
export function parseYaml(file: string, yaml: string, linesBefore: number): Parsed {
  const read = readDocument(yaml);
  const found = (range: [number, number], message: string, hint: string, instead?: string): Parsed => ({
    findings: [
      {
        rule: 'yaml-well-formed',
        at: { file, position: positionOf(read.lineCounter, linesBefore, ...range) },
        message,
        hint,
        ...(instead === undefined ? {} : { correction: { kind: 'replace', text: instead } }),
      },
    ],
  });
  if ('excess' in read)
    return found([read.excess.offset, read.excess.offset + 1], read.excess.message, read.excess.hint);
  const { document, lineCounter } = read;
  const faults = [...document.errors, ...document.warnings];
  const space = faults[0] && oddSpaceNear(yaml, faults[0].pos[0]);
  if (space) return found(space.range, space.message, space.hint, space.instead);
  if (faults.length > 0) return { findings: [inWords(file, faults, document, lineCounter, linesBefore, yaml)] };
  const odd = oddKey(document);
  if (odd) return found(odd.range, odd.message, odd.hint);
  const sign = oddSignIn(yaml, document);
  if (sign) return found(sign.range, sign.message, sign.hint, sign.instead);
  const hidden = findEscaped(file, yaml, document, linesBefore);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { findings: [aliasFound(file, document, lineCounter, linesBefore)] };
  }
  const marked = /[!%&]/.test(yaml) ? markedNode(yaml, document) : undefined;
  if (marked) {
    const first = yaml.charAt(marked.range[0]);
    return found(marked.range, marked.message, `Remove it; put text that begins with "${first}" in double quotes.`);
  }
  const commented = commentedTexts(yaml, document).map(({ range, ...cut }) => ({
    ...cut,
    position: positionOf(lineCounter, linesBefore, ...range),
  }));
  return { value, hidden, ...(commented.length > 0 ? { commented } : {}) };
}

/** Where a path is, and the text that stands there as it was written. */
export type Located = { position: Position; written: string };

/** A finder of positions in one text; where a path ends early, that of the deepest part that is there. */
export function locator(yaml: string, linesBefore: number): (path: Path, target?: Target) => Located {
  const read = readDocument(yaml);
  if ('excess' in read) return () => ({ position: positionOf(read.lineCounter, linesBefore, 0, 0), written: '' });
  const { document, lineCounter } = read;
  return (path, target = 'value') => {
    const [start, end] = rangeOf(document, path, target);
    const position = positionOf(lineCounter, linesBefore, start, end);
    // A record that is written line by line is shown where it begins: its first field is not what is meant.
    const isPoint = target === 'start' && !/[[{]/.test(yaml.charAt(start));
    const shown = isPoint ? { line: position.line, column: position.column } : position;
    return { position: shown, written: yaml.slice(start, end) };
  };
}

function rangeOf(document: Document.Parsed, path: Path, target: Target): [number, number] {
  let node: unknown = document.contents;
  let range: [number, number] = rangeOfNode(node) ?? [0, 0];
  if (isMap(node) && path.length === 0) return rangeOfNode(node.items[0]?.key) ?? range;
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return isLast || depth > 0 ? firstOf(node, range) : range;
      node = isPair(pair) ? pair.value : undefined;
      range = (isLast && target === 'key' ? rangeOfNode(pair.key) : shown(node)) ?? rangeOfNode(pair.key) ?? range;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (item === undefined) return range;
      node = item;
      range = shown(node) ?? placeOf(node) ?? range;
    } else return range;
  }
  return range;
}

/** Where an entry is that has nothing in it. */
function placeOf(node: unknown): [number, number] | undefined {
  return isScalar(node) && node.range ? [node.range[0], node.range[0]] : undefined;
}

/** The range that is worth underlining: a whole scalar or short flow, but only the first key of a block. */
function shown(node: unknown): [number, number] | undefined {
  if (isMap(node) && !node.flow) return firstOf(node, rangeOfNode(node) ?? [0, 0]);
  return rangeOfNode(node);
}

function firstOf(node: unknown, otherwise: [number, number]): [number, number] {
  if (isMap(node) && node.flow) return rangeOfNode(node) ?? otherwise;
  return (isMap(node) && rangeOfNode(node.items[0]?.key)) || otherwise;
}

function aliasFound(file: string, document: Document.Parsed, lineCounter: LineCounter, linesBefore: number): Finding {
  let range: [number, number] = [0, 0];
  visit(document, (_, node) => {
    if (!isAlias(node)) return undefined;
    range = rangeOfNode(node) ?? range;
    return visit.BREAK;
  });
  const message = 'Anchors and aliases are not read here.';
  return {
    rule: 'yaml-well-formed',
    at: { file, position: positionOf(lineCounter, linesBefore, ...range) },
    message,
    hint: 'Put text that begins with "*" in double quotes; else write the value out.',
  };
}
