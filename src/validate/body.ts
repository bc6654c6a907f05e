import type { Nodes, Root } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import type { Finding, Position } from '../diagnostic.ts';
import { name, recordId } from '../model/primitives.ts';
import { findReferenced } from './hidden-references.ts';

/** A body as a tree without positions, and the records it speaks of. */
export type Body = { tree: Root; references: BodyReference[] };
export type BodyReference = { kind: ReferenceKind; id: string; position: Position };
export type ReferenceKind = 'defect' | 'change' | 'release' | 'component';

/** The components a body may use: their attributes, and the values that are allowed where they are a closed list. */
const components: Record<string, { attributes: Record<string, string[] | true>; reference?: ReferenceKind }> = {
  Callout: { attributes: { kind: ['information', 'action', 'warning'] } },
  Steps: { attributes: {} },
  Defect: { attributes: { id: true }, reference: 'defect' },
  Change: { attributes: { id: true }, reference: 'change' },
  Release: { attributes: { id: true }, reference: 'release' },
  Component: { attributes: { id: true }, reference: 'component' },
};

const markdown = new Set([
  'root', 'paragraph', 'text', 'emphasis', 'strong', 'delete', 'inlineCode', 'code', 'blockquote', 'list', 'listItem', 'heading', 'thematicBreak', 'break',
  'link', 'linkReference', 'definition', 'table', 'tableRow', 'tableCell', 'footnoteDefinition', 'footnoteReference',
]);

const processor = remark().use(remarkGfm).use(remarkMdx).freeze();

/**
 * Parses the body of a release: MDX in a closed form, in which nothing can be run. The same plugins serve the check and the
 * page, so that what was checked is what is shown.
 */
export function parseBody(file: string, body: string, linesBefore: number): { body: Body; findings: Finding[] } {
  let tree: Root;
  try {
    tree = processor.parse(body);
  } catch (error) {
    return { body: { tree: { type: 'root', children: [] }, references: [] }, findings: [notParsed(file, body, linesBefore, error)] };
  }
  const checked: Checked = { file, linesBefore, findings: findReferenced(file, body, tree, linesBefore), references: [] };
  inspect(tree, checked);
  return { body: { tree: withoutPositions(tree) as Root, references: checked.references }, findings: checked.findings };
}

type Checked = { file: string; linesBefore: number; findings: Finding[]; references: BodyReference[] };
type MdxElement = { name: string | null; attributes: { type: string; name?: string; value?: unknown }[] };

function inspect(node: Nodes, checked: Checked): void {
  const [message, hint] = fault(node);
  if (message) checked.findings.push({ rule: 'body-closed-form', at: placeOf(node, checked), message, hint });
  else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') refer(node, checked);
  if ('children' in node) for (const child of node.children) inspect(child as Nodes, checked);
}

/** What is wrong with a node and what to write instead; nothing when it may stand in a body. */
function fault(node: Nodes): [string, string] | [] {
  switch (node.type) {
    case 'mdxjsEsm':
      return ['A body imports and exports nothing.', 'Remove the line; the components of a body need no import.'];
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return [`The expression {${shorten(node.value)}} would be run.`, 'Write a backslash before the brace, or put the text in backticks.'];
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return faultOfElement(node);
    case 'image':
    case 'imageReference':
      return ['Images are not shown in a note.', 'Describe it in words, or link to it.'];
    case 'heading':
      return node.depth === 1 ? ['The title of the note is its only heading of level one.', 'Begin with ## instead of #.'] : [];
    case 'link':
    case 'definition':
      return isAllowedAddress(node.url) ? [] : [`The link "${shorten(node.url)}" is neither https nor mailto.`, 'Link to https, or use <Defect id="…"/>, <Release id="…"/> and the like.'];
    default:
      return markdown.has(node.type) ? [] : [`"${node.type}" is not part of a body.`, 'Use Markdown text, lists and tables.'];
  }
}

function faultOfElement(element: MdxElement): [string, string] | [] {
  const allowed = element.name === null ? undefined : components[element.name];
  if (!allowed) return [`<${element.name ?? ''}> is not a component of a body.`, `Use ${Object.keys(components).map((name) => `<${name}>`).join(', ')}, or put the text in backticks.`];
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') return [`<${element.name}> spreads an expression over its attributes.`, 'Write each attribute as name="text".'];
    const values = allowed.attributes[attribute.name as string];
    if (!values) return [`<${element.name}> has no attribute "${attribute.name}".`, listAttributes(element.name as string, allowed.attributes)];
    if (typeof attribute.value !== 'string') return [`The attribute "${attribute.name}" of <${element.name}> is not text.`, `Write it as ${attribute.name}="text".`];
    if (values !== true && !values.includes(attribute.value)) return [`"${shorten(attribute.value)}" is not a value of "${attribute.name}".`, `Write one of ${values.join(', ')}.`];
  }
  const missing = Object.keys(allowed.attributes).find((name) => !element.attributes.some((attribute) => attribute.name === name));
  return missing ? [`<${element.name}> has no attribute "${missing}".`, `Write <${element.name} ${missing}="…">.`] : [];
}

function listAttributes(name: string, attributes: Record<string, unknown>): string {
  const names = Object.keys(attributes);
  return names.length === 0 ? `<${name}> takes no attributes.` : `It has ${names.join(', ')}.`;
}

function refer(element: MdxElement & Nodes, checked: Checked): void {
  const kind = components[element.name as string]?.reference;
  const id = element.attributes.find((attribute) => attribute.name === 'id')?.value;
  if (kind && typeof id === 'string') checked.references.push({ kind, id, position: positionOf(element, checked.linesBefore) });
}

/** True for the addresses a reader may be sent to. */
export function isAllowedAddress(address: string): boolean {
  return /^(?:https:\/\/|mailto:)/i.test(address);
}

/** True for what has the form of an id, so that it may become part of a path. */
export function isIdOf(kind: ReferenceKind, id: string): boolean {
  return (kind === 'component' ? name : recordId).safeParse(id).success;
}

function placeOf(node: Nodes, { file, linesBefore }: Checked): { file: string; position: Position } {
  return { file, position: positionOf(node, linesBefore) };
}

function positionOf(node: Nodes, linesBefore: number): Position {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  return { line: start.line + linesBefore, column: start.column, endLine: end.line + linesBefore, endColumn: end.column };
}

/** MDX errors in one plain sentence; `<5 kWh`, `<https://…>` and `<!-- -->` have one of their own. */
function notParsed(file: string, body: string, linesBefore: number, error: unknown): Finding {
  const { reason = '', ...end } = error as { line?: number; column?: number; reason?: string };
  // Of a component that is never closed only the reason says where it was opened.
  const opened = /\((\d+):(\d+)-/.exec(reason);
  const { line = 1, column = 1 } = opened ? { line: Number(opened[1]), column: Number(opened[2]) } : end;
  const text = body.split('\n')[line - 1] ?? '';
  const opening = text.lastIndexOf('<', column - 1);
  const brace = text.lastIndexOf('{', column - 1);
  const at = { file, position: { line: line + linesBefore, column: Math.max(opening, brace, 0) + 1, endLine: line + linesBefore, endColumn: text.length + 1 } };
  const [message, hint] = sentencesOf(text.slice(Math.max(opening, 0)), reason, opening, brace);
  return { rule: 'body-closed-form', at, message, hint };
}

function sentencesOf(rest: string, reason: string, opening: number, brace: number): [string, string] {
  if (opening >= 0 && rest.startsWith('<!--')) return ['A comment in HTML form stands in the body.', 'Remove it: everything in a body is public.'];
  if (opening >= 0 && /^<(?:https?:|mailto:|\S+@)/.test(rest)) return ['An address in angle brackets is not a link here.', 'Write it as [text](https://…).'];
  if (opening >= 0 && /^<[\s\d=]/.test(rest)) return ['"<" begins a component, and none follows.', 'Write "less than", or a backslash before the sign.'];
  if (/import\/exports/.test(reason)) return ['A body imports and exports nothing.', 'Begin the line with another word, or remove it.'];
  if (brace >= 0 && brace > opening) return ['A brace begins an expression, and a body has none.', 'Write a backslash before the brace, or put the text in backticks.'];
  if (/closing tag|end-tag/i.test(reason)) return ['A component is opened and not closed, or closed and not opened.', 'Close it as <Callout kind="information"> … </Callout>, with empty lines around the text.'];
  return ['The body cannot be read as Markdown with components.', 'Put code and signs such as < and { in backticks.'];
}

function shorten(value: string): string {
  const line = value.split('\n')[0] as string;
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** A plain copy: no positions, no estree, so that it can be frozen and compared. */
function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => key !== 'position' && key !== 'data' && entry !== undefined && entry !== null)
      .map(([key, entry]) => [key, withoutPositions(entry)]),
  );
}
