import type { Definition, Link, Nodes } from 'mdast';
import { name, recordId } from '../model/primitives.ts';
import { shorten } from '../model/wording.ts';

export type ReferenceKind = 'defect' | 'change' | 'release' | 'component';
export type MdxElement = { name: string | null; attributes: { type: string; name?: string; value?: unknown }[] };
type Component = { attributes: Record<string, string[] | true>; reference?: ReferenceKind };

/** The components a body may use: their attributes, and the values that are allowed where they are a closed list. */
const components: Record<string, Component> = {
  Callout: { attributes: { kind: ['information', 'action', 'warning'] } },
  Steps: { attributes: {} },
  Defect: { attributes: { id: true }, reference: 'defect' },
  Change: { attributes: { id: true }, reference: 'change' },
  Release: { attributes: { id: true }, reference: 'release' },
  Component: { attributes: { id: true }, reference: 'component' },
};

const markdown = new Set([
  'root',
  'paragraph',
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'code',
  'blockquote',
  'list',
  'listItem',
  'heading',
  'thematicBreak',
  'break',
  'link',
  'linkReference',
  'definition',
  'table',
  'tableRow',
  'tableCell',
  'footnoteDefinition',
  'footnoteReference',
]);

/** What is wrong with a node and what to write instead; nothing when it may stand in a body. */
export function faultOf(node: Nodes): [string, string] | [] {
  switch (node.type) {
    case 'mdxjsEsm':
      return ['A body imports and exports nothing.', 'Remove the line; the components of a body need no import.'];
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return [
        `The expression {${shorten(node.value)}} would be run.`,
        'Write a backslash before the brace, or put the text in backticks.',
      ];
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return faultOfElement(node);
    case 'image':
    case 'imageReference':
      return ['Images are not shown in a note.', 'Describe it in words, or link to it.'];
    case 'heading':
      return node.depth === 1
        ? ['The title of the note is its only heading of level one.', 'Begin with ## instead of #.']
        : [];
    case 'link':
    case 'definition':
      return faultOfAddress(node);
    default:
      return markdown.has(node.type)
        ? []
        : [`"${node.type}" is not part of a body.`, 'Use Markdown text, lists and tables.'];
  }
}

function faultOfAddress(node: Link | Definition): [string, string] | [] {
  if (isAllowedAddress(node.url)) return [];
  const written = 'children' in node && node.children[0]?.type === 'text' ? node.children[0].value : '';
  // GitHub's Markdown makes a link of it, for which nobody wrote the beginning.
  if (/^www\./.test(written) && node.url === `http://${written}`)
    return [`The address "${shorten(written)}" has no https:// before it.`, `Write https://${shorten(written)}.`];
  return [
    `The link "${shorten(node.url)}" is neither https nor mailto.`,
    'Link to https, or use <Defect id="…"/>, <Release id="…"/> and the like.',
  ];
}

function faultOfElement(element: MdxElement): [string, string] | [] {
  const allowed = componentOf(element.name);
  if (!allowed)
    return [
      `<${element.name ?? ''}> is not a component of a body.`,
      `Use ${Object.keys(components)
        .map((name) => `<${name}>`)
        .join(', ')}, or put the text in backticks.`,
    ];
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute')
      return [`<${element.name}> spreads an expression over its attributes.`, 'Write each attribute as name="text".'];
    const values = Object.hasOwn(allowed.attributes, attribute.name as string)
      ? allowed.attributes[attribute.name as string]
      : undefined;
    if (!values)
      return [
        `<${element.name}> has no attribute "${attribute.name}".`,
        listAttributes(element.name as string, allowed.attributes),
      ];
    if (typeof attribute.value !== 'string')
      return [
        `The attribute "${attribute.name}" of <${element.name}> is not text.`,
        `Write it as ${attribute.name}="text".`,
      ];
    if (values !== true && !values.includes(attribute.value))
      return [
        `"${shorten(attribute.value)}" is not a value of "${attribute.name}".`,
        `Write one of ${values.join(', ')}.`,
      ];
  }
  const twice = element.attributes.find(
    ({ name }, index) => element.attributes.findIndex((attribute) => attribute.name === name) !== index,
  );
  if (twice) return [`<${element.name}> has the attribute "${twice.name}" twice.`, 'Keep one of the two.'];
  const missing = Object.keys(allowed.attributes).find(
    (name) => !element.attributes.some((attribute) => attribute.name === name),
  );
  return missing ? [`<${element.name}> has no attribute "${missing}".`, `Write <${element.name} ${missing}="…">.`] : [];
}

function listAttributes(name: string, attributes: Record<string, unknown>): string {
  const names = Object.keys(attributes);
  return names.length === 0 ? `<${name}> takes no attributes.` : `It has ${names.join(', ')}.`;
}

/** The component of a name, where a body may use it. */
export function componentOf(name: string | null): Component | undefined {
  return name !== null && Object.hasOwn(components, name) ? components[name] : undefined;
}

/** True for the addresses a reader may be sent to. */
export function isAllowedAddress(address: string): boolean {
  return /^(?:https:\/\/|mailto:)/i.test(address);
}

/** True for what has the form of an id, so that it may become part of a path. */
export function isIdOf(kind: ReferenceKind, id: string): boolean {
  return (kind === 'component' ? name : recordId).safeParse(id).success;
}
