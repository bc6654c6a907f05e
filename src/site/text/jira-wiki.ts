import type { BlockContent, List, Paragraph, Root, TableRow } from 'mdast';
import { readInline } from './jira-inline.ts';

/** Lines that belong together, until a line of another kind or an empty one ends them. */
type Run = { kind: 'paragraph' | 'table' | 'item'; marks: string; lines: string[] };

const macro = /\\[\s\S]|\{(code|noformat|quote|panel)(?::([^{}\n]*))?\}/g;
const colour = /\{color(?::[^{}\n]*)?\}/g;
const deepest = 8;

/**
 * Jira's wiki text as a Markdown tree. It takes one step through the text for each of its layers, whatever stands in
 * it; what is not understood, and every block that is not closed, stays the text that it is.
 */
export function readJiraWiki(text: string): Root {
  return { type: 'root', children: readBlocks(text) };
}

/** A block ends at the next bare name, so one of a kind never holds another of it, and two layers are the most. */
function readBlocks(text: string): BlockContent[] {
  const blocks: BlockContent[] = [];
  const unclosed = new Set<string>();
  let done = 0;
  for (const { 0: opening, 1: name, 2: options, index } of text.matchAll(macro)) {
    if (name === undefined || index < done || unclosed.has(name)) continue;
    const start = index + opening.length;
    const end = text.indexOf(`{${name}}`, start);
    if (end === -1) unclosed.add(name);
    else {
      blocks.push(...readLines(text.slice(done, index)), ...blockOf(name, options ?? '', text.slice(start, end)));
      done = end + name.length + 2;
    }
  }
  return [...blocks, ...readLines(text.slice(done))];
}

function blockOf(name: string, options: string, inside: string): BlockContent[] {
  const given = options.split('|');
  const title = given
    .find((option) => option.startsWith('title='))
    ?.slice(6)
    .trim();
  const heading: BlockContent[] = title
    ? [{ type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', value: title }] }] }]
    : [];
  if (name === 'code' || name === 'noformat') {
    const value = inside.replace(/^[ \t]*\n/, '').trimEnd();
    return value === '' ? heading : [...heading, { type: 'code', value }];
  }
  const children = [...heading, ...readBlocks(inside)];
  return children.length === 0 ? [] : [{ type: 'blockquote', children }];
}

function readLines(text: string): BlockContent[] {
  const blocks: BlockContent[] = [];
  let runs: Run[] = [];
  const flush = () => {
    blocks.push(...blocksOf(runs));
    runs = [];
  };
  for (const line of text.replace(colour, '').split('\n')) {
    const own = blockOfLine(line.trim());
    const last = runs.at(-1);
    if (own || line.trim() === '') {
      flush();
      if (own) blocks.push(own);
      continue;
    }
    const [, marks = '', rest = ''] = /^\s*([*#]+|-)\s+(\S.*)$/.exec(line) ?? [];
    const kind = marks !== '' ? 'item' : cellsOf(line.trim()).length > 0 ? 'table' : 'paragraph';
    if (kind === 'item') {
      if (last?.kind !== 'item') flush();
      runs.push({ kind, marks: marks.slice(0, deepest), lines: [rest] });
    } else if (last && (last.kind === kind || (last.kind === 'item' && kind === 'paragraph'))) {
      last.lines.push(line.trim());
    } else {
      flush();
      runs.push({ kind, marks, lines: [line.trim()] });
    }
  }
  flush();
  return blocks;
}

/** A line that is a block by itself: a heading, a quotation, a rule. */
function blockOfLine(line: string): BlockContent | undefined {
  const [, word, depth, text = ''] = /^(h([1-6])|bq)\.\s+(\S.*)$/.exec(line) ?? [];
  if (depth) return { type: 'heading', depth: Number(depth) as 1, children: readInline(text) };
  if (word) return { type: 'blockquote', children: [paragraphOf(text)] };
  return /^-{4,}$/.test(line) ? { type: 'thematicBreak' } : undefined;
}

function blocksOf(runs: readonly Run[]): BlockContent[] {
  const [first] = runs;
  if (!first) return [];
  if (first.kind === 'item') return listsOf(runs);
  return first.kind === 'table' ? [tableOf(first.lines)] : [paragraphOf(first.lines.join('\n'))];
}

/**
 * Lists within lists by the number of their marks. An item that is more than one level deeper than the one before goes
 * one level down.
 */
function listsOf(items: readonly Run[]): List[] {
  const lists: List[] = [];
  const open: { marks: string; list: List }[] = [];
  for (const { marks, lines } of items) {
    while (open.length > 0 && (open.at(-1) as { marks: string }).marks.length > marks.length) open.pop();
    if (open.at(-1)?.marks.length === marks.length && open.at(-1)?.marks.at(-1) !== marks.at(-1)) open.pop();
    if (open.at(-1)?.marks.length !== marks.length) {
      const list: List = { type: 'list', ordered: marks.endsWith('#'), spread: false, children: [] };
      const outer = open.at(-1)?.list.children.at(-1);
      if (outer) outer.children.push(list);
      else lists.push(list);
      open.push({ marks, list });
    }
    open.at(-1)?.list.children.push({ type: 'listItem', spread: false, children: [paragraphOf(lines.join('\n'))] });
  }
  return lists;
}

/**
 * Without a row of headings the first row stays empty, and is not shown: a cell is not a heading because it comes
 * first.
 */
function tableOf(lines: readonly string[]): BlockContent {
  const rows = lines.map((line): TableRow => ({
    type: 'tableRow',
    children: cellsOf(line).map((cell) => ({ type: 'tableCell', children: readInline(cell.trim()) })),
  }));
  const isHeaded = /^\|\|.*\|\|$/.test(lines[0] as string);
  return { type: 'table', children: isHeaded ? rows : [{ type: 'tableRow', children: [] }, ...rows] };
}

/**
 * The cells of a row between its bars; none when the line is not a row. A bar within brackets or after a backslash is
 * no border.
 */
function cellsOf(line: string): string[] {
  if (!line.startsWith('|') || !line.endsWith('|')) return [];
  return line.match(/(?:\\.|\{\{[^{}]*\}\}|\[[^[\]]*\]|[^|])+/g) ?? [];
}

function paragraphOf(text: string): Paragraph {
  return { type: 'paragraph', children: readInline(text) };
}
