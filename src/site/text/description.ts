import type { Nodes, Parent, PhrasingContent, Root } from 'mdast';
import { limits } from '../../load/limits.ts';
import type { Defect } from '../../model/defect.ts';
import { visible } from '../../model/visible.ts';
import { readHtml } from './description-html.ts';
import { readMarkdown } from './description-markdown.ts';
import { readJiraWiki } from './jira-wiki.ts';

export type Description = NonNullable<Defect['tracker']['description']>;

/** Answers a tree, or the text that is to be shown as it stands. */
const readers: Record<Description['format'], (source: string) => Root | string> = {
  plain: (source) => source,
  html: readHtml,
  'jira-wiki': readJiraWiki,
  markdown: readMarkdown,
};

/**
 * A tracker's description as a Markdown tree for the one renderer. It comes from anywhere, so it can be anything: a
 * text that its format cannot be read in, or not without losing a word, or that is nested to do harm, is shown as the
 * plain text that it is.
 */
export function readDescription({ format, text }: Description): Root {
  const source = visible(text.toWellFormed().replace(/\r\n?/g, '\n'));
  const read =
    (source.length > limits.description.most ? undefined : withinTheStack(() => readers[format](source))) ?? source;
  const tree = typeof read !== 'string' && isDeep(read) ? source : read;
  return typeof tree === 'string' ? readPlain(visible(tree)) : (tidied(tree) as Root);
}

/**
 * Paragraphs are parted by empty lines; within them every line stays a line, every sign the sign that it is, and space
 * stays as wide as it was typed, for logs and tables of signs.
 */
function readPlain(source: string): Root {
  const paragraphs: string[][] = [];
  let isParted = true;
  for (const line of source.split('\n')) {
    const isEmpty = line.trim() === '';
    if (!isEmpty && isParted) paragraphs.push([line.trimEnd()]);
    else if (!isEmpty) paragraphs.at(-1)?.push(line.trimEnd());
    isParted = isEmpty;
  }
  return { type: 'root', children: paragraphs.map(typed) };
}

/** A paragraph of a kind of its own, of which the renderer keeps every space. */
interface Typed extends Parent {
  type: 'typed';
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    typed: Typed;
  }
}

function typed(lines: readonly string[]): Typed {
  return {
    type: 'typed',
    children: lines.flatMap((value, index): PhrasingContent[] => [
      ...(index > 0 ? [{ type: 'break' as const }] : []),
      { type: 'text', value },
    ]),
  };
}

/** Nothing where a library ran out of stack: what is nested that deep is meant to do that. */
function withinTheStack<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isDeep(tree: Root): boolean {
  let level: Nodes[] = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.descriptionDepth.most) return true;
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  }
  return false;
}

/** Without what would be an empty box, heading or link on the page. */
function tidied(node: Nodes): Nodes {
  if (node.type === 'code') return { type: 'code', value: visible(node.value) };
  if ('value' in node) return { ...node, value: visible(node.value) };
  if (node.type === 'image' || node.type === 'imageReference') return { type: 'text', value: visible(node.alt ?? '') };
  if (!('children' in node)) return node;
  const children = node.children.map(tidied).filter((child) => !isHollow(child));
  if (node.type === 'link' && children.every(isBlank))
    return { ...node, children: [{ type: 'text', value: node.url }] };
  return { ...node, children } as Nodes;
}

function isHollow(node: Nodes): boolean {
  return (
    'children' in node &&
    !['root', 'tableRow', 'tableCell', 'footnoteDefinition', 'linkReference'].includes(node.type) &&
    node.children.every(isBlank)
  );
}

function isBlank(node: Nodes): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}
