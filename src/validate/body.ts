import type { Nodes, Root, Table } from 'mdast';
import type { Finding, Position } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import { counted } from '../model/wording.ts';
import { positionsIn } from '../load/positions.ts';
import { excessOfText } from '../load/text-limits.ts';
import { componentOf, faultOf, type MdxElement, type ReferenceKind } from './closed-form.ts';
import { firstFindings } from './first-findings.ts';
import { findReferenced, findReferencedIn } from './hidden-references.ts';
import { notParsed, type Source } from './parse-faults.ts';
import { parseMarkdown, parseMdx, parseMdxAsBefore } from './parsers.ts';
import { excessOfTree } from './tree-limits.ts';

/**
 * A body as a tree without positions, the records it speaks of, and the tree as an earlier parser read it, where that
 * differs. One that cannot be read has an empty tree.
 */
export type Body = { tree: Root; references: BodyReference[]; before?: Root; isUnread?: true };
export type BodyReference = { kind: ReferenceKind; id: string; position: Position };

/**
 * Parses the body of a release: MDX in a closed form, in which nothing can be run. What has a finding is not part of
 * the tree, so that it is never frozen or shown.
 */
export function parseBody(file: string, body: string, linesBefore: number): { body: Body; findings: Finding[] } {
  const source = { file, linesBefore };
  const read = withinLimits(body, source, true);
  if ('finding' in read)
    return { body: { tree: { type: 'root', children: [] }, references: [], isUnread: true }, findings: [read.finding] };
  const checked: Checked = {
    ...source,
    findings: findReferenced(file, body, read.tree, linesBefore),
    faulty: new Set(),
    references: [],
  };
  inspect(read.tree, checked);
  const before = parseMdxAsBefore(body);
  return {
    body: {
      tree: plain(read.tree, checked.faulty) as Root,
      references: checked.references,
      ...(before ? { before: plain(before, checked.faulty) as Root } : {}),
    },
    findings: firstFindings(checked.findings),
  };
}

/**
 * The plain Markdown of a record as it may be shown. Everything in it is text, so nothing but its size and its tables
 * can be wrong.
 */
export function checkMarkdown(file: string, text: string, linesBefore: number): { text: string; findings: Finding[] } {
  if (text.length <= limits.text.most && text.trim() === '') return { text, findings: [] };
  const source = { file, linesBefore };
  const read = withinLimits(text, source, false);
  if ('finding' in read) return { text: '', findings: [read.finding] };
  const plainText = findReferencedIn(file, text, linesBefore);
  return {
    text: plainText.text,
    findings: firstFindings([...plainText.hidden, ...tableFindings(read.tree, source)]),
  };
}

/** The tree of a text that the parser can go through and that a page can be made of. */
function withinLimits(text: string, source: Source, isMdx: boolean): { tree: Root } | { finding: Finding } {
  const long = excessOfText(text, { isMdx });
  if (long) return { finding: refused(source, positionsIn(text)(long.offset), long) };
  try {
    const tree = isMdx ? parseMdx(text) : parseMarkdown(text);
    const large = excessOfTree(tree);
    return large ? { finding: refused(source, positionOf(large.node, 0), large) } : { tree };
  } catch (error) {
    if (!isMdx || error instanceof RangeError) throw error;
    return { finding: notParsed(source, text, error) };
  }
}

function refused(
  { file, linesBefore }: Source,
  { line, column, ...end }: Position,
  { message, hint }: { message: string; hint: string },
): Finding {
  const position = {
    line: line + linesBefore,
    column,
    ...(end.endLine === line && end.endColumn ? { endLine: line + linesBefore, endColumn: end.endColumn } : {}),
  };
  return { rule: 'body-closed-form', at: { file, position }, message, hint };
}

type Checked = Source & { findings: Finding[]; faulty: Set<unknown>; references: BodyReference[] };

function inspect(node: Nodes, checked: Checked): void {
  const [message, hint] = faultOf(node);
  if (message) {
    checked.faulty.add(node);
    checked.findings.push({ rule: 'body-closed-form', at: placeOf(node, checked), message, hint });
  } else if (node.type === 'table') checked.findings.push(...overlongRows(node, checked));
  else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') refer(node, checked);
  if ('children' in node) for (const child of node.children) inspect(child, checked);
}

function tableFindings(node: Nodes, source: Source): Finding[] {
  if (node.type === 'table') return overlongRows(node, source);
  return 'children' in node ? node.children.flatMap((child) => tableFindings(child, source)) : [];
}

/**
 * Markdown takes no more cells of a row than its table has headings; it is mostly a bar inside a text that makes one
 * too many.
 */
function overlongRows({ children: rows }: Table, source: Source): Finding[] {
  const columns = rows[0]?.children.length ?? 0;
  return rows.flatMap((row) => {
    const extra = row.children[columns];
    if (!extra) return [];
    const message = `The row has ${counted(row.children.length, 'cell')}, and the heading of the table has ${columns}.`;
    return [
      {
        rule: 'body-closed-form',
        at: placeOf(extra, source),
        message,
        hint: 'Write \\| for a bar that is part of a text, or give the heading as many cells.',
      },
    ];
  });
}

function refer(element: MdxElement & Nodes, checked: Checked): void {
  const kind = componentOf(element.name)?.reference;
  const id = element.attributes.find((attribute) => attribute.name === 'id')?.value;
  if (kind && typeof id === 'string')
    checked.references.push({ kind, id, position: positionOf(element, checked.linesBefore) });
}

function placeOf(node: Nodes, { file, linesBefore }: Source): { file: string; position: Position } {
  return { file, position: positionOf(node, linesBefore) };
}

function positionOf(node: Nodes, linesBefore: number): Position {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  return {
    line: start.line + linesBefore,
    column: start.column,
    endLine: end.line + linesBefore,
    endColumn: end.column,
  };
}

/**
 * A plain copy without the nodes that have a finding: no positions, no estree, so that it can be frozen and compared.
 */
function plain(value: unknown, faulty: Set<unknown>): unknown {
  if (Array.isArray(value)) return value.filter((entry) => !faulty.has(entry)).map((entry) => plain(entry, faulty));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => key !== 'position' && key !== 'data' && entry !== undefined && entry !== null)
      .map(([key, entry]) => [key, plain(entry, faulty)]),
  );
}
