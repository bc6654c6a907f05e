import type { Element, ElementContent, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import type { Root } from 'mdast';
import { limits } from '../../load/limits.ts';

/**
 * What an element is shown as; where that is nothing, only what is in it counts. A name that is not here is not HTML to
 * us.
 */
const shapes = new Map<string, string>([
  ...named('p h1 h2 h3 h4 h5 h6 ul ol li table tr td th blockquote hr br a img input script style'),
  ...named(
    'div section article header footer main nav aside center dl dt dd details summary fieldset legend figure figcaption form caption option optgroup select iframe noembed title dialog',
    'div',
  ),
  ...named('pre listing xmp textarea', 'pre'),
  ...named('strong b', 'strong'),
  ...named('em i cite dfn var', 'em'),
  ...named('del s strike', 'del'),
  ...named('code kbd samp tt', 'code'),
  ...named(
    'span font u ins small big sub sup mark abbr acronym label button q nobr thead tbody tfoot col colgroup wbr html head body meta link base noscript svg math',
    '',
  ),
]);
/** Names that a drawing has; elsewhere `<path>` is a word. */
const drawn = new Set(
  'path g circle ellipse line polygon polyline rect text tspan defs use symbol marker mask pattern clippath lineargradient radialgradient stop filter desc metadata switch foreignobject mi mo mn mrow msup msub mfrac msqrt mtext'.split(
    ' ',
  ),
);
const inline = new Set(['a', 'strong', 'em', 'del', 'code', 'br']);
/** Their end may be left out, so that one which is open does not hold the next. */
const endless = new Set(
  'p li td th tr thead tbody tfoot dt dd option optgroup br hr img input col colgroup wbr meta link base'.split(' '),
);
/**
 * Put behind the last character, and no character itself: where it is lost, an unclosed tag, comment or script has
 * swallowed text before it.
 */
const end = '\u{FDD0}';

/**
 * HTML as a Markdown tree, without scripts, styles and comments; images become their alternative text. A text instead,
 * to be shown as it is, where there is nothing else in it, or where reading it as HTML would lose a word.
 */
export function readHtml(source: string): Root | string {
  const escaped = withoutFalseTags(source);
  if (escaped === undefined) return source;
  const { children } = fromHtml(escaped + end, { fragment: true });
  if (children.every(({ type }) => type === 'text')) {
    const text = textOf({ children });
    return text.includes(end) ? text.replace(end, '') : source;
  }
  const seen = { end: false };
  const clean = { type: 'root' as const, children: children.flatMap((child) => cleaned(child, seen, '')) };
  const words = squeezed(clean);
  // Tables are built as they are: the library fills them up to the widest row and span, which may be millions of cells.
  const tree = toMdast(clean, {
    document: true,
    handlers: {
      table: (state, node) => ({ type: 'table', children: state.all(node) as never }),
      tr: (state, node) => ({ type: 'tableRow', children: state.all(node) as never }),
      td: (state, node) => ({ type: 'tableCell', children: state.all(node) as never }),
    },
  });
  return seen.end && tree.type === 'root' && squeezed(tree) === words ? tree : source;
}

/**
 * Words in angle brackets, such as `<MPRN>` and `List<? extends T>`, are text; those that a word processor leaves are
 * none. Nothing when more elements stand open than anybody writes: reading them would take the parser longer and
 * longer, and the renderer would run out of stack.
 */
function withoutFalseTags(source: string): string | undefined {
  const open = new Map<string, number>();
  let depth = 0;
  let isTangled = false;
  const text = source
    .replace(/<(?=\?(?!xml:)|!\[CDATA\[|\/[^a-z])/gi, '&lt;')
    .replace(/<(\/?)([a-z][^\s/<>]*)([\s/>]?)/gi, (tag: string, slash: string, written: string, after: string) => {
      const name = written.toLowerCase();
      const isDrawing = drawn.has(name) && (open.get('svg') ?? 0) + (open.get('math') ?? 0) > 0;
      if (after === '' || (!shapes.has(name) && !/^(?:[movwx]|st\d):\w+$/.test(name) && !isDrawing))
        return `&lt;${tag.slice(1)}`;
      const count = open.get(name) ?? 0;
      const step = endless.has(name) ? 0 : slash === '' ? 1 : count > 0 ? -1 : 0;
      open.set(name, count + step);
      depth += step;
      isTangled ||= depth > limits.descriptionDepth.most;
      return tag;
    });
  return isTangled ? undefined : text;
}

/** A node with nothing but the elements we show, where they belong, and the attributes we use. */
function cleaned(node: RootContent, seen: { end: boolean }, parent: string): ElementContent[] {
  if (node.type === 'text') {
    seen.end ||= node.value.includes(end);
    return [{ type: 'text', value: node.value.replace(end, '') }];
  }
  if (node.type !== 'element' || node.tagName === 'script' || node.tagName === 'style') return [];
  const isStray =
    ['td', 'th', 'tr'].includes(node.tagName) || (node.tagName === 'li' && parent !== 'ul' && parent !== 'ol');
  const shape = isStray ? 'div' : (shapes.get(node.tagName) ?? '');
  if (shape === 'br' || shape === 'hr') return [element(shape)];
  if (shape === 'img') return [{ type: 'text', value: ` ${String(node.properties['alt'] ?? '')} ` }];
  if (shape === 'input') return inputOf(node);
  if (shape === 'table') return tableOf(node, seen);
  const children = node.children.flatMap((child) => cleaned(child, seen, node.tagName));
  const isInline = inline.has(shape);
  if (shape === '' || (isInline && (isBlank(children) || children.some(isBlock)))) return children;
  // An empty block still parts what stands before it from what stands after it.
  if (isBlank(children)) return [element('br')];
  return [
    element(
      shape,
      children,
      shape === 'a' ? { href: node.properties['href'] } : shape === 'ol' ? { start: node.properties['start'] } : {},
    ),
  ];
}

function inputOf({ properties: { type, value, checked } }: Element): ElementContent[] {
  if (type === 'hidden' || type === 'password') return [];
  const shown = type !== 'checkbox' && type !== 'radio' ? String(value ?? '') : checked ? '☑' : '☐';
  return [{ type: 'text', value: ` ${shown} ` }];
}

/**
 * A table of tables is there for the layout: its cells become blocks. One without headings gets an empty row for them,
 * which is not shown.
 */
function tableOf(table: Element, seen: { end: boolean }): ElementContent[] {
  const captions = partsOf(table, ['caption']).flatMap((caption) => cleaned(caption, seen, 'table'));
  const rows = partsOf(table, ['tr']).map((row) =>
    partsOf(row, ['td', 'th']).map((cell) => cell.children.flatMap((child) => cleaned(child, seen, 'td'))),
  );
  if (rows.flat().every(isBlank)) return captions;
  if (rows.flat().some((cell) => hasTable(cell)))
    return [...captions, ...rows.flat().map((cell) => element('div', cell))];
  const isHeaded = partsOf(partsOf(table, ['tr'])[0] as Element, ['td']).length === 0;
  const shown = rows
    .filter((cells) => cells.length > 0)
    .map((cells) =>
      element(
        'tr',
        cells.map((cell) => element('td', cell)),
      ),
    );
  return [...captions, element('table', isHeaded ? shown : [element('tr'), ...shown])];
}

/** Elements of some names that belong to a table or row, whatever groups them. */
function partsOf({ children }: Element, names: readonly string[]): Element[] {
  return children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return names.includes(child.tagName)
      ? [child]
      : ['thead', 'tbody', 'tfoot'].includes(child.tagName)
        ? partsOf(child, names)
        : [];
  });
}

function hasTable(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) => node.type === 'element' && (node.tagName === 'table' || hasTable(node.children)));
}

function isBlank(nodes: readonly ElementContent[]): boolean {
  return nodes.every((node) =>
    node.type === 'text' ? node.value.trim() === '' : node.type === 'element' && node.tagName === 'br',
  );
}

function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && !inline.has(node.tagName);
}

function element(tagName: string, children: ElementContent[] = [], properties: Element['properties'] = {}): Element {
  return { type: 'element', tagName, properties, children };
}

function named(names: string, shape?: string): [string, string][] {
  return names.split(' ').map((name) => [name, shape ?? name]);
}

/** All text without its white space, which the reading may change. */
function squeezed(node: unknown): string {
  return textOf(node).replace(/\s+/g, '');
}

function textOf(node: unknown): string {
  const { value, children } = node as { value?: unknown; children?: unknown[] };
  return typeof value === 'string' ? value : (children ?? []).map(textOf).join('');
}
