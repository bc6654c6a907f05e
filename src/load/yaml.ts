import { LineCounter, type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument, visit, type YAMLError, type YAMLMap } from 'yaml';
import type { Finding, Path, Position } from '../diagnostic.ts';

/** The value of a YAML text, or what is wrong with it. */
export type Parsed = { value: unknown } | { findings: Finding[] };

/** YAML 1.2, core schema: dates and versions in quotes stay text, keys are unique, nothing is shared or run. */
const options = { schema: 'core', version: '1.2', uniqueKeys: true, prettyErrors: false } as const;

/** Parses YAML that starts after `linesBefore` lines of its file. */
export function parseYaml(file: string, yaml: string, linesBefore: number): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { ...options, lineCounter });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { findings: [inWords(file, faults[0] as YAMLError, lineCounter, linesBefore, yaml)] };
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return { findings: [aliasFound(file, document, lineCounter, linesBefore)] };
  }
}

/** Finds the position of a path; where the path ends early, that of the deepest part that is there. */
export function locate(yaml: string, linesBefore: number, path: Path, target: 'key' | 'value' = 'value'): Position {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { ...options, lineCounter });
  const [start, end] = rangeOf(document, path, target);
  return positionOf(lineCounter, linesBefore, start, end);
}

function rangeOf(document: Document.Parsed, path: Path, target: 'key' | 'value'): [number, number] {
  let node: unknown = document.contents;
  let range: [number, number] = rangeOfNode(node) ?? [0, 0];
  if (isMap(node) && path.length === 0) return rangeOfNode(node.items[0]?.key) ?? range;
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = (node as YAMLMap).items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return isLast || depth > 0 ? firstOf(node, range) : range;
      node = isPair(pair) ? pair.value : undefined;
      range = (isLast && target === 'key' ? rangeOfNode(pair.key) : shown(node)) ?? rangeOfNode(pair.key) ?? range;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (item === undefined) return range;
      node = item;
      range = shown(node) ?? range;
    } else return range;
  }
  return range;
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

function rangeOfNode(node: unknown): [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return start === end && isScalar(node) && node.value === null ? undefined : [start, end];
}

function positionOf(lineCounter: LineCounter, linesBefore: number, start: number, end: number): Position {
  const from = lineCounter.linePos(start);
  const to = lineCounter.linePos(Math.max(end, start));
  return { line: from.line + linesBefore, column: from.col, endLine: to.line + linesBefore, endColumn: to.col };
}

/** One plain sentence for each fault of the YAML parser that people meet. */
function inWords(file: string, fault: YAMLError, lineCounter: LineCounter, linesBefore: number, yaml: string): Finding {
  const position = positionOf(lineCounter, linesBefore, fault.pos[0], fault.pos[1]);
  // Of a field that stands twice the parser marks the first letter only.
  const written = fault.code === 'DUPLICATE_KEY' ? (/^[^:\n]*/.exec(yaml.slice(fault.pos[0]))?.[0] ?? '') : (yaml.slice(fault.pos[0], fault.pos[1]).split('\n')[0] ?? '');
  const [message, hint] = sentences(fault, written);
  return { rule: 'yaml-well-formed', at: { file, position }, message, hint };
}

function sentences(fault: YAMLError, written: string): [string, string] {
  switch (fault.code) {
    case 'DUPLICATE_KEY':
      return [`The field "${written}" stands here twice.`, 'Keep one of the two.'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return ['A colon and a space stand in text that has no quotes.', 'Put the text in double quotes.'];
    case 'TAB_AS_INDENT':
      return ['A tab is used to indent.', 'Use spaces.'];
    case 'BAD_INDENT':
      return ['The indentation does not fit the lines above.', 'Indent fields of one record by the same number of spaces.'];
    case 'MISSING_CHAR':
      return [`Something is missing here: ${lowerFirst(fault.message)}.`, 'Close every quote, bracket and brace that is opened.'];
    case 'TAG_RESOLVE_FAILED':
      return [`The tag "${written}" is not read here.`, 'Remove the tag; put text in quotes.'];
    case 'BAD_ALIAS':
      return ['Anchors and aliases are not read here.', 'Write the value out, or put it in quotes.'];
    case 'MULTIPLE_DOCS':
      return ['A second YAML document begins here.', 'Keep one document to a file.'];
    default:
      return [`This is not YAML: ${lowerFirst(fault.message.split('\n')[0] as string).replace(/\.$/, '')}.`, 'Put text that holds a colon, a hash, a brace or a quote in double quotes.'];
  }
}

function aliasFound(file: string, document: Document.Parsed, lineCounter: LineCounter, linesBefore: number): Finding {
  let range: [number, number] = [0, 0];
  visit(document, (_, node) => {
    if (!isAlias(node)) return undefined;
    range = rangeOfNode(node) ?? range;
    return visit.BREAK;
  });
  const message = 'Anchors and aliases are not read here.';
  return { rule: 'yaml-well-formed', at: { file, position: positionOf(lineCounter, linesBefore, ...range) }, message, hint: 'Write the value out.' };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
