/** Nodes in which a word may be half in bold, so that no space may come between their parts. */
const unbroken = new Set([
  'paragraph',
  'typed',
  'heading',
  'strong',
  'emphasis',
  'delete',
  'link',
  'linkReference',
  'mdxJsxTextElement',
]);

/** The words of a body's tree. */
export function textOf(node: unknown): string {
  const { type = '', value, children } = node as { type?: string; value?: unknown; children?: unknown[] };
  if (typeof value === 'string') return value;
  if (type === 'break') return ' ';
  return (children ?? []).map(textOf).join(unbroken.has(type) ? '' : ' ');
}
