import type { Nodes, Root } from 'mdast';
import { excessOfText } from '../../load/text-limits.ts';
import { isAllowedAddress } from '../../validate/closed-form.ts';
import { parseMarkdown } from '../../validate/parsers.ts';

/** Markdown as its tree; HTML in it is text. A text, where it is more than the parser can go through in time. */
export function readMarkdown(source: string): Root | string {
  if (excessOfText(source, { isMdx: false })) return source;
  const tree = parseMarkdown(source);
  const used = new Set<string>();
  collect(tree, used);
  return withoutLoss(tree, source, used) as Root;
}

function collect(node: Nodes, used: Set<string>): void {
  if (node.type === 'linkReference' || node.type === 'imageReference' || node.type === 'footnoteReference')
    used.add(keyOf(node));
  if ('children' in node) for (const child of node.children) collect(child, used);
}

/**
 * Markdown does not show a definition that nothing refers to, where a link leads, nor what follows on the line that
 * opens code. But `[ERROR]: failed` and `test[a=b](org.example.Test)` were written to be read, so what cannot be
 * followed is shown as it was written.
 */
function withoutLoss(node: Nodes, source: string, used: Set<string>): Nodes {
  const written = {
    type: 'text' as const,
    value: source.slice(node.position?.start.offset, node.position?.end.offset),
  };
  if ((node.type === 'definition' || node.type === 'footnoteDefinition') && !used.delete(keyOf(node)))
    return { type: 'paragraph', children: [written] };
  if (node.type === 'link' && !isAllowedAddress(node.url)) return written;
  if (node.type === 'code' && node.lang && (node.meta || !/^[\w+#.-]+$/.test(node.lang)))
    return { ...node, value: `${[node.lang, node.meta].filter(Boolean).join(' ')}\n${node.value}` };
  return 'children' in node
    ? ({ ...node, children: node.children.map((child) => withoutLoss(child, source, used)) } as Nodes)
    : node;
}

function keyOf({ type, identifier }: { type: string; identifier: string }): string {
  return `${type.startsWith('footnote') ? '^' : ''}${identifier}`;
}
