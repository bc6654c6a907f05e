import type { Nodes } from 'mdast';
import type { Finding, Path } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import type { BodyTree } from '../model/body.ts';
import { componentOf, faultOf, isIdOf, type MdxElement } from './closed-form.ts';
import { firstFindings } from './first-findings.ts';
import { excessOfTree } from './tree-limits.ts';
import { inGroups, shorten } from '../model/wording.ts';

const restore = 'Restore the file from the history: it is written by ccmt publish only.';

/**
 * Where a frozen note holds more than any note does; looked for before its schema, which calls itself for each level of
 * the text.
 */
export function frozenNoteExcess(file: string, value: unknown): Finding | undefined {
  const body = (value as { note?: { body?: unknown } } | null)?.note?.body;
  const rest: { value: unknown; path: Path }[] = [{ value, path: [] }];
  let values = 0;
  for (let next = rest.pop(); next; next = rest.pop()) {
    values += 1;
    if (next.value === body || next.value === null || typeof next.value !== 'object') continue;
    const entries = Object.entries(next.value);
    const isTooMuch =
      entries.length > limits.entries.most
        ? `A list or record has more than ${inGroups(limits.entries.most)} entries.`
        : values + entries.length > limits.noteValues.most
          ? `The note has more than ${inGroups(limits.noteValues.most)} values.`
          : undefined;
    if (isTooMuch)
      return { rule: 'record-fits-schema', at: { file, path: next.path }, message: isTooMuch, hint: restore };
    for (const [key, entry] of entries)
      rest.push({ value: entry, path: [...next.path, Array.isArray(next.value) ? Number(key) : key] });
  }
  const large = excessOfTree(body as Nodes);
  return (
    large && {
      rule: 'body-closed-form',
      at: { file, path: ['note', 'body', ...large.path] },
      message: large.message,
      hint: restore,
    }
  );
}

/**
 * What the tree of a frozen body says that no other body may say, at its path in the note; its form is the schema's
 * business.
 */
export function frozenBodyFindings(file: string, tree: BodyTree, path: Path): Finding[] {
  return firstFindings(inspect(file, tree as Nodes, path));
}

function inspect(file: string, node: Nodes, path: Path): Finding[] {
  const [message, hint] = fault(node);
  const own: Finding[] = message
    ? [{ rule: 'body-closed-form', at: { file, path: [...path, 'type'] }, message, hint }]
    : [];
  return 'children' in node
    ? [...own, ...node.children.flatMap((child, index) => inspect(file, child, [...path, 'children', index]))]
    : own;
}

/** A frozen body names records that may be gone, so their ids are judged by their form only. */
function fault(node: Nodes): [string, string] | [] {
  const found = faultOf(node);
  if (found.length > 0 || (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement')) return found;
  const kind = componentOf(node.name)?.reference;
  const id = (node as MdxElement).attributes.find(({ name }) => name === 'id')?.value;
  if (!kind || isIdOf(kind, String(id))) return [];
  return [`"${shorten(String(id))}" is not an id of a ${kind}.`, restore];
}
