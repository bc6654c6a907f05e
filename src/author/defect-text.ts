import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  visit,
} from 'yaml';
import type { Defect } from '../model/defect.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import { yamlOptions } from '../load/yaml-document.ts';

type Tracker = Defect['tracker'];

const printed = { lineWidth: 0, flowCollectionPadding: false } as const;
/** The order of the fields of a tracker block. */
const order = [
  'key',
  'title',
  'severity',
  'priority',
  'status',
  'component',
  'raised',
  'resolved',
  'closed',
  'team',
  'assigned',
  'description',
  'other',
  'history',
  'source',
];

/** The text of a defect that is new: what the tracker owns, and room for what people add. */
export function newDefectText({ id, tracker }: Pick<Defect, 'id' | 'tracker'>): string {
  const fields = Object.fromEntries(
    order.flatMap((field) => (isWorthWriting(tracker, field) ? [[field, tracker[field as keyof Tracker]]] : [])),
  );
  const document = new Document({ id, tracker: fields }, yamlOptions);
  inOneLine(document.getIn(['tracker'], true) as YAMLMap);
  return `---\n${document.toString(printed)}---\n`;
}

/**
 * The text of a defect with another tracker block. Only values that differ are written anew; comments and the order of
 * fields in the block are kept, and everything outside it stays byte for byte, line ends included. Throws when the text
 * is not a defect with front matter.
 */
export function withTracker(text: string, tracker: Tracker): string {
  const split = splitFrontMatter('', text.replaceAll('\r\n', '\n').replace(/^\ufeff/, ''));
  if ('finding' in split) throw new Error(split.finding.message);
  const rows = text.split('\n');
  const lineEnd = rows[0]?.endsWith('\r') ? '\r' : '';
  const { start, end } = blockIn(split.yaml);
  const block = parseDocument(split.yaml.split('\n').slice(start, end).join('\n'), yamlOptions);
  replaceFields(block, tracker);
  const written = block
    .toString(printed)
    .trimEnd()
    .split('\n')
    .map((row) => row + lineEnd);
  rows.splice(split.yamlLine + start, end - start, ...written);
  return rows.join('\n');
}

/**
 * The rows of the tracker block: from its name to the end of its last value. Comments below belong to whoever wrote
 * them.
 */
function blockIn(yaml: string): { start: number; end: number } {
  const pair = (parseDocument(yaml, yamlOptions).contents as YAMLMap).items.find(
    ({ key }) => isScalar(key) && key.value === 'tracker',
  ) as Pair;
  const [from, to] = [(pair.key as Scalar).range?.[0] ?? 0, (pair.value as YAMLMap).range?.[1] ?? 0];
  return { start: yaml.slice(0, from).split('\n').length - 1, end: yaml.slice(0, to).trimEnd().split('\n').length };
}

function replaceFields(block: Document, tracker: Tracker): void {
  const map = block.get('tracker', true);
  if (!isMap(map)) return void block.set('tracker', block.createNode(tracker));
  const before = map.toJSON() as Record<string, unknown>;
  for (const field of order) {
    const value = tracker[field as keyof Tracker];
    if (!isWorthWriting(tracker, field)) map.delete(field);
    else if (field === 'history' && isSeq(map.get('history', true)) && startsLike(tracker.history, before['history'])) {
      for (const line of tracker.history.slice((before['history'] as unknown[]).length))
        block.addIn(['tracker', 'history'], block.createNode(line, { flow: true }));
    } else if (JSON.stringify(before[field]) !== JSON.stringify(value)) setField(block, map, field, value);
  }
  inOneLine(map);
}

/** Sets a field in place, or inserts it where its order has it. */
function setField(block: Document, map: YAMLMap, field: string, value: unknown): void {
  const node = map.get(field, true);
  if (isScalar(node) && (typeof value !== 'object' || value === null)) {
    node.value = value;
    return;
  }
  if (node !== undefined) return void map.set(field, block.createNode(value));
  const rank = order.indexOf(field);
  const next = map.items.findIndex(({ key }) => order.indexOf(String(isScalar(key) ? key.value : key)) > rank);
  map.items.splice(next === -1 ? map.items.length : next, 0, block.createPair(field, value) as Pair);
}

/** True when the history only grew. */
function startsLike(now: Tracker['history'], before: unknown): boolean {
  return Array.isArray(before) && before.every((line, index) => JSON.stringify(line) === JSON.stringify(now[index]));
}

/** Lines of history, kept columns and the source take one line each. */
function inOneLine(map: YAMLMap): void {
  for (const field of ['history', 'other']) {
    const list = map.get(field, true);
    if (isSeq(list) && !list.flow)
      for (const item of list.items) if (isCollection(item) && !holdsLines(item)) item.flow = true;
  }
  const source = map.get('source', true);
  if (isCollection(source)) source.flow = true;
}

/** A text of several lines is not put into braces. */
function holdsLines(node: object): boolean {
  let found = false;
  visit(node as never, {
    Scalar: (_, { value }) => void (found ||= typeof value === 'string' && value.includes('\n')),
  });
  return found;
}

/** What is absent or an empty list is not written. */
function isWorthWriting(tracker: Tracker, field: string): boolean {
  const value = tracker[field as keyof Tracker];
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
