import type { Nodes, Root } from 'mdast';
import { limits } from '../../load/limits.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 1e9;

/**
 * The fields that the renderer reads, and what each holds. `data` is not among them: it could name any element and
 * attribute.
 */
const fields: Record<string, (value: unknown) => boolean> = {
  value: isText,
  url: isText,
  alt: isText,
  name: isText,
  identifier: isText,
  depth: (value) => isCount(value) && (value as number) >= 1 && (value as number) <= 6,
  start: isCount,
  ordered: isFlag,
  spread: isFlag,
  checked: isFlag,
  align: (value) =>
    Array.isArray(value) &&
    value.every((entry) => entry === null || ['left', 'center', 'right'].includes(entry as string)),
};

/** Nodes that are nothing but their text. */
const worded = new Set(['text', 'inlineCode', 'code', 'html']);

/**
 * A copy of a tree in which every field is one that the renderer knows, of the type that it takes for granted, so that
 * no tree makes it fail, or obey. What is nested deeper than any text was refused before, and is cut. Footnotes are
 * numbered, so that no name of the text becomes part of an id.
 */
export function closedTree(tree: unknown): Root {
  const numbers = new Map<string, string>();
  const root = closed(tree, numbers, 0);
  return root?.type === 'root' ? root : { type: 'root', children: root ? [root] : [] };
}

function closed(given: unknown, numbers: Map<string, string>, depth: number): Nodes | undefined {
  if (given === null || typeof given !== 'object' || depth > limits.descriptionDepth.most) return undefined;
  const { type, children, attributes } = given as { type?: unknown; children?: unknown; attributes?: unknown };
  if (typeof type !== 'string') return undefined;
  const node: Record<string, unknown> = { type };
  for (const [key, isRight] of Object.entries(fields)) {
    const value = Object.hasOwn(given, key) ? (given as Record<string, unknown>)[key] : undefined;
    if (value !== undefined && isRight(value)) node[key] = value;
  }
  if (type.startsWith('footnote')) node['identifier'] = numberOf(String(node['identifier']), numbers);
  if (type.startsWith('mdxJsx')) node['attributes'] = attributesOf(attributes);
  if (worded.has(type)) node['value'] ??= '';
  node['children'] = (Array.isArray(children) ? children : []).flatMap(
    (child) => closed(child, numbers, depth + 1) ?? [],
  );
  if (node['align']) node['align'] = alignOf(node as never);
  return node as unknown as Nodes;
}

function numberOf(identifier: string, numbers: Map<string, string>): string {
  const key = identifier.toUpperCase();
  const number = numbers.get(key) ?? String(numbers.size + 1);
  numbers.set(key, number);
  return number;
}

function attributesOf(given: unknown): { name: string; value: string }[] {
  return (Array.isArray(given) ? (given as unknown[]) : []).flatMap((entry) => {
    const { name, value } = (entry ?? {}) as { name?: unknown; value?: unknown };
    return typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : [];
  });
}

type Parent = { children: unknown[] };

/**
 * The renderer makes every row as long as this: shorter, it would cut cells off; where it is long, few signs could ask
 * for millions of cells.
 */
function alignOf({ align, children }: { align: (string | null)[]; children: Parent[] }): (string | null)[] | undefined {
  const columns = children.reduce((widest, row) => Math.max(widest, row.children.length), 0);
  return columns * children.length <= limits.descriptionCells.most
    ? Array.from({ length: columns }, (_, index) => align[index] ?? null)
    : undefined;
}
