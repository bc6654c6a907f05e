import type { Element, Nodes, Parents, Root } from 'hast';
import { cut } from '../../model/wording.ts';

/**
 * Which level the first headings take, what every id begins with, and what a table is called that stands below no
 * heading.
 */
export type Dress = { top: number; prefix: string; name: string | undefined };

/**
 * Makes of what the library renders what a page needs: levels and names of headings, footnotes and tables, and tables
 * that scroll.
 */
export function dressHtml(root: Root, { top, prefix, name }: Dress): void {
  shiftHeadings(root, top);
  nameHeadings(root, prefix);
  nameFootnotes(root, `${prefix}--notes`);
  dress(root);
  nameTables(root, name);
}

/**
 * The highest heading of the text takes the level that its place on the page asks for; none is more than one level
 * below the one before it.
 */
function shiftHeadings(root: Root, top: number): void {
  const headings = elementsOf(root).filter(({ tagName }) => /^h[1-6]$/.test(tagName));
  const highest = Math.min(...headings.map(({ tagName }) => Number(tagName[1])));
  let before = top - 1;
  for (const heading of headings) {
    before = Math.min(6, before + 1, Number(heading.tagName[1]) - highest + top);
    heading.tagName = `h${before}`;
  }
}

function nameHeadings(root: Root, prefix: string): void {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  for (const heading of elementsOf(root).filter(
    ({ tagName, properties }) => /^h[1-6]$/.test(tagName) && !properties['id'],
  )) {
    const words =
      textOf(heading)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
        .join('-') || 'section';
    const name = `${prefix}-${words}`;
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

/** The library gives the heading of the footnotes one name, whichever text of the page they belong to. */
function nameFootnotes(root: Root, id: string): void {
  for (const { tagName, properties } of elementsOf(root)) {
    if (tagName === 'p' && properties['id']) properties['id'] = id;
    if (properties['ariaDescribedBy']) properties['ariaDescribedBy'] = [id];
  }
}

/** Each table's region is named by the heading above it, and by its number where there are several. */
function nameTables(root: Root, name: string | undefined): void {
  let heading = name ?? 'Table';
  const used = new Map<string, number>();
  for (const element of elementsOf(root)) {
    if (/^h[1-6]$/.test(element.tagName)) heading = name ? `${name}, ${shortened(element)}` : shortened(element);
    if (element.tagName !== 'section' || element.properties['tabIndex'] !== 0) continue;
    const count = (used.get(heading) ?? 0) + 1;
    used.set(heading, count);
    element.properties['ariaLabel'] = count === 1 ? heading : `${heading}, table ${count}`;
  }
}

/** A heading as part of a name: many tables may stand below one that is long. */
function shortened(heading: Element): string {
  return cut(textOf(heading), 100);
}

/**
 * Tables scroll inside a named region, their headings have a scope and a row without words is none, and a task's box
 * becomes a sign.
 */
function dress(parent: Parents): void {
  if (parent.type === 'element' && parent.tagName === 'table')
    parent.children = parent.children.filter(
      (part) => !(part.type === 'element' && part.tagName === 'thead' && textOf(part).trim() === ''),
    );
  parent.children.forEach((child, index) => {
    if (child.type !== 'element') return;
    dress(child);
    if (child.tagName === 'th') child.properties['scope'] = 'col';
    if (child.properties['align']) {
      child.properties['className'] = [`align-${String(child.properties['align'])}`];
      delete child.properties['align'];
    }
    if (child.tagName === 'input')
      parent.children[index] = { type: 'text', value: child.properties['checked'] ? '☑' : '☐' };
    if (child.tagName === 'table')
      parent.children[index] = {
        type: 'element',
        tagName: 'section',
        properties: { className: ['scroll'], tabIndex: 0 },
        children: [child],
      };
  });
}

function elementsOf(node: Nodes): Element[] {
  const inner = 'children' in node ? node.children.flatMap((child) => elementsOf(child as Nodes)) : [];
  return node.type === 'element' ? [node, ...inner] : inner;
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child as Nodes)).join('') : '';
}
