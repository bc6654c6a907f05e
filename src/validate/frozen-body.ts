import type { Nodes } from 'mdast';
import type { Finding, Path } from '../diagnostic.ts';
import type { BodyTree } from '../model/body.ts';
import { componentOf, faultOf, isIdOf, type MdxElement, shorten } from './closed-form.ts';

/**
 * What the tree of a frozen body says that no other body may say, at its path in the note; its form is the schema's
 * business.
 */
export function frozenBodyFindings(file: string, tree: BodyTree, path: Path): Finding[] {
  return inspect(file, tree as Nodes, path);
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
  return [
    `"${shorten(String(id))}" is not an id of a ${kind}.`,
    'Restore the file from the history: it is written by ccmt publish only.',
  ];
}
