import type { Element, ElementContent, Nodes as HastNodes, Parents, Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Root } from 'mdast';
import { type Handler, type State, toHast } from 'mdast-util-to-hast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { visible } from '../model/visible.ts';
import { isAllowedAddress } from '../validate/body.ts';
import { address, type PageKind, pathOf } from './address.ts';

/**
 * Where the site is served, which level the first headings of the text take on their page, what the ids in it begin with, and what a
 * table is called that stands below no heading of the text. The last two tell texts apart that stand on one page.
 */
export type RenderOptions = { base: string; top?: 2 | 3 | undefined; prefix?: string | undefined; name?: string | undefined };

const plain = remark().use(remarkGfm).freeze();

/** The HTML of a body's tree. Nothing in it can run: what is not a known element becomes text, and links go to https, mailto or this site. */
export function renderBody(tree: unknown, options: RenderOptions): string {
  const hast = toHast(tree as Root, { handlers: handlersFor(options.base), clobberPrefix: `${options.prefix ?? 'text'}-`, footnoteLabelTagName: 'p' });
  const root: HastRoot = hast.type === 'root' ? hast : { type: 'root', children: [hast as ElementContent] };
  shiftHeadings(root, options.top ?? 2);
  nameHeadings(root, options.prefix);
  dress(root);
  nameTables(root, options.name);
  // A reference such as &#x202E; becomes its character only here.
  return visible(toHtml(root));
}

/** The HTML of plain Markdown, with the same care; HTML in it is shown as text. */
export function renderMarkdown(markdown: string, options: RenderOptions): string {
  return renderBody(parseMarkdown(markdown), options);
}

/** The tree of plain Markdown. */
export function parseMarkdown(markdown: string): Root {
  return plain.parse(markdown);
}

const references: Record<string, PageKind> = { Defect: 'defect', Change: 'change', Release: 'release', Component: 'component' };
const callouts: Record<string, string> = { information: 'Information', action: 'Action', warning: 'Warning' };

function handlersFor(base: string): Record<string, Handler> {
  const component: Handler = (state, node) => renderComponent(state, node, base);
  return {
    mdxJsxFlowElement: component,
    mdxJsxTextElement: component,
    mdxFlowExpression: asText,
    mdxTextExpression: asText,
    mdxjsEsm: asText,
    html: asText,
    image: (_, node) => ({ type: 'text', value: node.alt ?? '' }),
    imageReference: (_, node) => ({ type: 'text', value: node.alt ?? '' }),
    link: (state, node) => renderLink(state, node, node.url),
    linkReference: (state, node) => renderLink(state, node, state.definitionById.get(String(node.identifier).toUpperCase())?.url),
  };
}

function asText(_: State, node: { value?: string }): ElementContent {
  return { type: 'text', value: node.value ?? '' };
}

function renderLink(state: State, node: Nodes & { children: unknown[] }, url: string | undefined): ElementContent | ElementContent[] {
  const children = state.all(node as never) as ElementContent[];
  if (url === undefined || !isAllowedAddress(url)) return children;
  return { type: 'element', tagName: 'a', properties: { href: url }, children };
}

type Component = { name: string | null; type: string; attributes: { name?: string; value?: unknown }[]; children: unknown[] };

function renderComponent(state: State, node: Component, base: string): ElementContent | ElementContent[] {
  const children = state.all(node as never) as ElementContent[];
  const attribute = (name: string) => node.attributes.find((entry) => entry.name === name)?.value;
  const kind = references[node.name ?? ''];
  if (kind) {
    const id = String(attribute('id'));
    const link: Element = { type: 'element', tagName: 'a', properties: { href: address(base, pathOf(kind, id)) }, children: children.length > 0 ? children : [{ type: 'text', value: id }] };
    return node.type === 'mdxJsxFlowElement' ? { type: 'element', tagName: 'p', properties: {}, children: [link] } : link;
  }
  if (node.name === 'Callout') {
    const tone = String(attribute('kind'));
    const label: Element = { type: 'element', tagName: 'p', properties: { className: ['callout-label'] }, children: [{ type: 'text', value: callouts[tone] ?? 'Information' }] };
    return { type: 'element', tagName: 'div', properties: { className: ['callout', `callout-${tone in callouts ? tone : 'information'}`] }, children: [label, ...children] };
  }
  if (node.name === 'Steps') return { type: 'element', tagName: 'div', properties: { className: ['steps'] }, children };
  return children;
}

/** The highest heading of the text takes the level that its place on the page asks for; none is more than one level below the one before it. */
function shiftHeadings(root: HastRoot, top: number): void {
  const headings = elementsOf(root).filter(({ tagName }) => /^h[1-6]$/.test(tagName));
  const highest = Math.min(...headings.map(({ tagName }) => Number(tagName[1])));
  let before = top - 1;
  for (const heading of headings) {
    before = Math.min(6, before + 1, Number(heading.tagName[1]) - highest + top);
    heading.tagName = `h${before}`;
  }
}

function nameHeadings(root: HastRoot, prefix: string | undefined): void {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  for (const heading of elementsOf(root).filter(({ tagName, properties }) => /^h[1-6]$/.test(tagName) && !properties['id'])) {
    const words = textOf(heading).toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join('-') || 'section';
    const name = prefix ? `${prefix}-${words}` : words;
    let count = counts.get(name) ?? 0;
    let id: string;
    do {
      count += 1;
      id = count === 1 ? name : `${name}-${count}`;
    } while (taken.has(id));
    counts.set(name, count);
    taken.add(id);
    heading.properties['id'] = id;
  }
}

/** Each table's region is named by the heading above it, and by its number where there are several. */
function nameTables(root: HastRoot, name: string | undefined): void {
  let heading = name ?? 'Table';
  const used = new Map<string, number>();
  for (const element of elementsOf(root)) {
    if (/^h[1-6]$/.test(element.tagName)) heading = name ? `${name}, ${textOf(element)}` : textOf(element);
    if (element.properties['role'] !== 'region') continue;
    const count = (used.get(heading) ?? 0) + 1;
    used.set(heading, count);
    element.properties['ariaLabel'] = count === 1 ? heading : `${heading}, table ${count}`;
  }
}

/** Tables scroll inside a named region, their headings have a scope and a row without words is none, and a task's box becomes a sign. */
function dress(parent: Parents): void {
  if (parent.type === 'element' && parent.tagName === 'table') parent.children = parent.children.filter((part) => !(part.type === 'element' && part.tagName === 'thead' && textOf(part).trim() === ''));
  parent.children.forEach((child, index) => {
    if (child.type !== 'element') return;
    dress(child);
    if (child.tagName === 'th') child.properties['scope'] = 'col';
    if (child.properties['align']) {
      child.properties['className'] = [`align-${String(child.properties['align'])}`];
      delete child.properties['align'];
    }
    if (child.tagName === 'input') parent.children[index] = { type: 'text', value: child.properties['checked'] ? '☑' : '☐' };
    if (child.tagName === 'table') parent.children[index] = { type: 'element', tagName: 'div', properties: { className: ['scroll'], tabIndex: 0, role: 'region' }, children: [child] };
  });
}

function elementsOf(node: HastNodes): Element[] {
  const inner = 'children' in node ? node.children.flatMap((child) => elementsOf(child as HastNodes)) : [];
  return node.type === 'element' ? [node, ...inner] : inner;
}

function textOf(node: HastNodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child as HastNodes)).join('') : '';
}
