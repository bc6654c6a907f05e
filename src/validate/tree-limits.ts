import type { Nodes } from 'mdast';
import type { Path } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import { inGroups } from '../model/wording.ts';

/** A part of a text at which it goes beyond a limit, where that is in its tree, and what to say of it. */
export type TreeExcess = { node: Nodes; path: Path; message: string; hint: string };

type Step = { node: Nodes; depth: number; key: number; parent?: Step | undefined };
type Seen = { nodes: number; cells: number; addresses: Map<string, number>; written: number };

/**
 * The first part of a text, in its own order, that is more than a page can be made of. Goes through the tree without
 * calling itself, for it may be nested without end, and takes nothing for granted, for it may come from a file.
 */
export function excessOfTree(root: Nodes): TreeExcess | undefined {
  const seen: Seen = { nodes: 0, cells: 0, addresses: addressesIn(root), written: 0 };
  for (const step of stepsOf(root)) {
    const found = fault(step, seen);
    if (found) return { node: step.node, path: pathOf(step), message: found[0], hint: found[1] };
  }
  return undefined;
}

function fault({ node, depth }: Step, seen: Seen): [string, string] | undefined {
  seen.nodes += 1;
  if (depth > limits.depth.most)
    return [
      `The text is nested more than ${limits.depth.most} levels deep here.`,
      'Write it with fewer lists, quotes and components within each other.',
    ];
  if (seen.nodes > limits.nodes.most)
    return [`The text has more than ${inGroups(limits.nodes.most)} parts.`, 'Shorten the text, or link to a document.'];
  if (node.type === 'table') seen.cells += cellsOf(node as Loose);
  if (seen.cells > limits.cells.most)
    return [
      `The tables of the text have more than ${inGroups(limits.cells.most)} cells, empty ones included.`,
      'Part the table, or link to a document.',
    ];
  if (node.type === 'linkReference') seen.written += seen.addresses.get(keyOf(node)) ?? 0;
  if (seen.written > limits.text.most)
    return [
      `With the address of each link written out, the text is longer than ${inGroups(limits.text.most)} characters.`,
      'Link to a shorter address, or less often.',
    ];
  return undefined;
}

type Loose = { align?: { length?: unknown }; children?: unknown };

/** Every row is as long as the longest, or as the heading. */
function cellsOf({ align, children }: Loose): number {
  const rows = listOf(children);
  return (
    rows.length *
    rows.reduce<number>(
      (columns, row) => Math.max(columns, listOf((row as Loose | null)?.children).length),
      Number(align?.length ?? 0) || 0,
    )
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function addressesIn(root: Nodes): Map<string, number> {
  const found = new Map<string, number>();
  for (const { node } of stepsOf(root))
    if (node.type === 'definition' && !found.has(keyOf(node))) found.set(keyOf(node), String(node.url).length);
  return found;
}

function keyOf({ identifier }: { identifier: string }): string {
  return String(identifier).toUpperCase();
}

/** Every part of a tree, each before what is in it. */
function* stepsOf(root: Nodes): Generator<Step> {
  const rest: Step[] = [{ node: root ?? {}, depth: 0, key: 0 }];
  for (let step = rest.pop(); step; step = rest.pop()) {
    yield step;
    const children = listOf((step.node as Loose).children);
    for (let key = children.length - 1; key >= 0; key -= 1)
      rest.push({ node: (children[key] ?? {}) as Nodes, depth: step.depth + 1, key, parent: step });
  }
}

function pathOf(step: Step): Path {
  const path: (string | number)[] = [];
  for (let current = step; current.parent; current = current.parent) path.unshift('children', current.key);
  return path;
}
