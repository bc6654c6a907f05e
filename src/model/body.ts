import { z } from 'zod';

/**
 * A body as the tree that is frozen with a note: exactly the nodes that a checked body can have, each with exactly its
 * fields, so that nothing but words, lists, tables, links and the few components ever reaches a page. What a link or a
 * component may say is decided by the same check as for any other body.
 */
export type BodyNode = { type: string; children?: BodyNode[] };

const node: z.ZodType<BodyNode> = z.lazy(() => anyNode);
const children = z.array(node);
const label = { identifier: z.string(), label: z.string().optional() };
const component = {
  name: z.string(),
  attributes: z.array(z.strictObject({ type: z.literal('mdxJsxAttribute'), name: z.string(), value: z.string() })),
  children,
};

const listItem = z.strictObject({
  type: z.literal('listItem'),
  spread: z.boolean().optional(),
  checked: z.boolean().optional(),
  children,
});
const tableCell = z.strictObject({ type: z.literal('tableCell'), children });
const tableRow = z.strictObject({ type: z.literal('tableRow'), children: z.array(tableCell) });

const anyNode = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), value: z.string() }),
  z.strictObject({ type: z.literal('inlineCode'), value: z.string() }),
  z.strictObject({
    type: z.literal('code'),
    lang: z.string().optional(),
    meta: z.string().optional(),
    value: z.string(),
  }),
  z.strictObject({ type: z.literal('break') }),
  z.strictObject({ type: z.literal('thematicBreak') }),
  z.strictObject({ type: z.literal('paragraph'), children }),
  z.strictObject({ type: z.literal('emphasis'), children }),
  z.strictObject({ type: z.literal('strong'), children }),
  z.strictObject({ type: z.literal('delete'), children }),
  z.strictObject({ type: z.literal('blockquote'), children }),
  z.strictObject({ type: z.literal('heading'), depth: z.literal([2, 3, 4, 5, 6]), children }),
  z.strictObject({
    type: z.literal('list'),
    ordered: z.boolean().optional(),
    start: z.number().int().min(0).max(999_999_999).optional(),
    spread: z.boolean().optional(),
    children: z.array(listItem),
  }),
  z.strictObject({
    type: z.literal('table'),
    align: z.array(z.enum(['left', 'center', 'right']).nullable()).optional(),
    children: z.array(tableRow).min(1),
  }),
  z.strictObject({ type: z.literal('link'), url: z.string(), title: z.string().optional(), children }),
  z.strictObject({
    type: z.literal('linkReference'),
    ...label,
    referenceType: z.enum(['shortcut', 'collapsed', 'full']),
    children,
  }),
  z.strictObject({ type: z.literal('definition'), ...label, url: z.string(), title: z.string().optional() }),
  z.strictObject({ type: z.literal('footnoteReference'), ...label }),
  z.strictObject({ type: z.literal('footnoteDefinition'), ...label, children }),
  z.strictObject({ type: z.literal('mdxJsxFlowElement'), ...component }),
  z.strictObject({ type: z.literal('mdxJsxTextElement'), ...component }),
]);

export const bodyTree = z.strictObject({ type: z.literal('root'), children });
export type BodyTree = z.infer<typeof bodyTree>;
