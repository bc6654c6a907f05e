import type { Nodes, Root } from 'mdast';
import type { Finding } from '../diagnostic.ts';
import { runsBehind } from '../load/hidden-escapes.ts';
import { hiddenFindings, type Run } from '../load/hidden-text.ts';
import { hidesText, withoutHidden } from '../model/visible.ts';
import { parseMarkdown } from './parsers.ts';

const reference = /&(?:#x?[\da-f]+|[a-z][\da-z]*);/i;

/** What hides in a tree behind character references such as `&#x202E;` or `&rlm;`; it is taken out of the tree. */
export function findReferenced(file: string, body: string, tree: Root, linesBefore: number): Finding[] {
  return reference.test(body) ? hiddenFindings(file, body, takenOut(body, tree), linesBefore) : [];
}

/** The same for plain Markdown, which is parsed only when a page is made of it: its text without such references. */
export function findReferencedIn(file: string, body: string, linesBefore: number): { text: string; hidden: Finding[] } {
  if (!reference.test(body)) return { text: body, hidden: [] };
  const runs = takenOut(body, parseMarkdown(body));
  const text = runs.reduceRight(
    (before, { index, length }) => before.slice(0, index) + before.slice(index + length),
    body,
  );
  return { text, hidden: hiddenFindings(file, body, runs, linesBefore) };
}

/** Removes what hides from every text of a tree, and answers where it stood in the body, in order. */
function takenOut(body: string, tree: Root): Run[] {
  const runs: Run[] = [];
  const meanings = new Map<string, string>();
  const meaning = (found: string) => {
    if (!meanings.has(found)) meanings.set(found, meaningOf(found));
    return meanings.get(found) as string;
  };
  const left: Nodes[] = [tree];
  for (let node = left.pop(); node; node = left.pop()) {
    if (cleaned(node)) runs.push(...ownParts(node).flatMap((range) => runsBehind(body, range, reference, meaning)));
    if ('children' in node) left.push(...node.children);
  }
  return runs.sort((a, b) => a.index - b.index);
}

/** Cleans the texts of one node, those of its attributes included; true when there was something to take out. */
function cleaned(node: object): boolean {
  let isChanged = false;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string' && hidesText(value)) {
      Object.assign(node, { [key]: withoutHidden(value) });
      isChanged = true;
    }
    if (key === 'attributes') for (const attribute of value as object[]) isChanged = cleaned(attribute) || isChanged;
  }
  return isChanged;
}

/** The parts of the body that are a node's own, and not one of its children's. */
function ownParts(node: Nodes): [number, number][] {
  const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
  const children = 'children' in node ? node.children : [];
  const first = children[0]?.position?.start.offset ?? end;
  const last = children.at(-1)?.position?.end.offset ?? end;
  return [
    [start, first],
    [last, end],
  ];
}

/** What a reference stands for: the parser is asked, so that the check and the page never differ. */
function meaningOf(found: string): string {
  const paragraph = parseMarkdown(`x${found}x`).children[0];
  const text = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined;
  return text?.type === 'text' ? text.value.slice(1, -1) : found;
}
