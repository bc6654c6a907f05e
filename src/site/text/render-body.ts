import type { Element, ElementContent, Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Image, ImageReference, Link, LinkReference, Nodes, Paragraph } from 'mdast';
import { type Handler, type State, toHast } from 'mdast-util-to-hast';
import { visible } from '../../model/visible.ts';
import { isAllowedAddress, isIdOf, type ReferenceKind } from '../../validate/closed-form.ts';
import { parseMarkdown } from '../../validate/parsers.ts';
import { address, pathOf } from '../words/address.ts';
import { onlyAllowed } from './allowed-html.ts';
import { closedTree } from './closed-tree.ts';
import { dressHtml } from './dress-html.ts';

/**
 * Where the site is served, which level the first headings of the text take on their page, what the ids in it begin
 * with, and what a table is called that stands below no heading of the text. The last two tell texts apart that stand
 * on one page.
 */
export type RenderOptions = {
  base: string;
  top?: 2 | 3 | undefined;
  prefix?: string | undefined;
  name?: string | undefined;
};

/**
 * The HTML of a body's tree, whatever the tree holds. Nothing in it can run, and nothing takes a name of the page: what
 * is not a known element becomes text, links go to https, mailto or a record of this site, and every id begins with the
 * prefix.
 */
export function renderBody(tree: unknown, { base, top = 2, prefix = 'text', name }: RenderOptions): string {
  const hast = toHast(closedTree(tree), {
    handlers: handlersFor(base),
    clobberPrefix: `${prefix}--`,
    footnoteLabelTagName: 'p',
  });
  const root: HastRoot = hast.type === 'root' ? hast : { type: 'root', children: [hast] };
  dressHtml(root, { top, prefix, name });
  // A reference such as &#x202E; becomes its character only here.
  return visible(toHtml(onlyAllowed(root, { base, prefix })));
}

/** The HTML of plain Markdown, with the same care; HTML in it is shown as text. */
export function renderMarkdown(markdown: string, options: RenderOptions): string {
  return renderBody(parseMarkdown(markdown), options);
}

const references: Record<string, ReferenceKind> = {
  Defect: 'defect',
  Change: 'change',
  Release: 'release',
  Component: 'component',
};
const callouts: Record<string, string> = { information: 'Information', action: 'Action', warning: 'Warning' };

function handlersFor(base: string): Record<string, Handler> {
  const component: Handler = (state, node: Component) => renderComponent(state, node, base);
  return {
    mdxJsxFlowElement: component,
    mdxJsxTextElement: component,
    mdxFlowExpression: asText,
    mdxTextExpression: asText,
    mdxjsEsm: asText,
    html: asText,
    typed: (_, node: Paragraph) => ({
      type: 'element',
      tagName: 'p',
      properties: { className: ['typed'] },
      children: node.children.map(asTyped),
    }),
    image: (_, node: Image) => ({ type: 'text', value: node.alt ?? '' }),
    imageReference: (_, node: ImageReference) => ({ type: 'text', value: node.alt ?? '' }),
    link: (state, node: Link) => renderLink(state, node, node.url),
    linkReference: (state, node: LinkReference) =>
      renderLink(state, node, state.definitionById.get(String(node.identifier).toUpperCase())?.url),
  };
}

/** Lines as they were typed: what the library makes of them has no space at the front. */
function asTyped(node: Nodes): ElementContent {
  return node.type === 'text'
    ? { type: 'text', value: node.value }
    : { type: 'element', tagName: 'br', properties: {}, children: [] };
}

function asText(_: State, node: { value?: string }): ElementContent {
  return { type: 'text', value: node.value ?? '' };
}

function renderLink(
  state: State,
  node: Nodes & { children: unknown[] },
  url: string | undefined,
): ElementContent | ElementContent[] {
  const children = state.all(node);
  if (url === undefined || !isAllowedAddress(url)) return children;
  return { type: 'element', tagName: 'a', properties: { href: url }, children };
}

type Component = {
  name: string | null;
  type: string;
  attributes: { name?: string; value?: unknown }[];
  children: unknown[];
};

function renderComponent(state: State, node: Component, base: string): ElementContent | ElementContent[] {
  const children = state.all(node as never);
  const attribute = (name: string) => node.attributes.find((entry) => entry.name === name)?.value;
  const kind = Object.hasOwn(references, node.name ?? '') ? references[node.name as string] : undefined;
  if (kind) {
    const id = String(attribute('id'));
    if (!isIdOf(kind, id)) return children.length > 0 ? children : { type: 'text', value: id };
    const link: Element = {
      type: 'element',
      tagName: 'a',
      properties: { href: address(base, pathOf(kind, id)) },
      children: children.length > 0 ? children : [{ type: 'text', value: id }],
    };
    return node.type === 'mdxJsxFlowElement'
      ? { type: 'element', tagName: 'p', properties: {}, children: [link] }
      : link;
  }
  if (node.name === 'Callout') {
    const tone = String(attribute('kind'));
    const known = Object.hasOwn(callouts, tone) ? tone : 'information';
    const label: Element = {
      type: 'element',
      tagName: 'p',
      properties: { className: ['callout-label'] },
      children: [{ type: 'text', value: callouts[known] as string }],
    };
    return {
      type: 'element',
      tagName: 'div',
      properties: { className: ['callout', `callout-${known}`] },
      children: [label, ...children],
    };
  }
  if (node.name === 'Steps') return { type: 'element', tagName: 'div', properties: { className: ['steps'] }, children };
  return children;
}
