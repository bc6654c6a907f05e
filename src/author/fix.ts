import { isSeq, parseDocument } from 'yaml';
import type { Diagnostic } from '../diagnostic.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { Sources } from '../load/read-content.ts';
import type { Change } from './write-content.ts';
import { compareText } from '../diagnostic.ts';
import { rawText } from '../load/decode.ts';
import { yamlOptions } from '../load/yaml-document.ts';

/**
 * The changes that fix what can be fixed without changing any meaning: quotes around what has to be text, and log
 * lines in the order of their times. All else stays byte for byte. Pure: nothing is written.
 */
export function planFixes(sources: Sources, diagnostics: readonly Diagnostic[]): Change[] {
  const safe = diagnostics.filter(({ fix }) => fix?.isSafe);
  return [...new Set(safe.map(({ file }) => file))].flatMap((path) => {
    const bytes = sources.files.find((file) => file.path === path)?.bytes;
    if (!bytes) return [];
    const before = rawText(bytes);
    const own = safe.filter(({ file }) => file === path);
    const replaced = replaceAll(before, own);
    const text = own.some(({ fix }) => fix?.kind === 'sort-log') ? sortLog(replaced) : replaced;
    return text === before ? [] : [{ path, text, before: bytes }];
  });
}

/** Replaces guilty spans, the last first, so that the places of the others stay true. */
function replaceAll(text: string, diagnostics: readonly Diagnostic[]): string {
  const rows = text.split('\n');
  for (const { line, column, endLine, endColumn, fix } of diagnostics.toSorted(
    (a, b) => b.line - a.line || b.column - a.column,
  )) {
    const row = rows[line - 1];
    if (fix?.kind !== 'replace' || row === undefined || endLine !== line || endColumn === undefined) continue;
    rows[line - 1] = row.slice(0, column - 1) + fix.text + row.slice(endColumn - 1);
  }
  return rows.join('\n');
}

/**
 * Puts the lines of a log in order of time; one that replaces others by number is left alone, because numbers would
 * change.
 */
function sortLog(text: string): string {
  const split = splitFrontMatter('', text.replaceAll('\r\n', '\n').replace(/^\ufeff/, ''));
  if ('finding' in split) return text;
  const log = parseDocument(split.yaml, yamlOptions).get('log', true);
  if (!isSeq(log) || log.flow) return text;
  const lines = log.toJSON() as { at: string; replaces?: number }[];
  if (lines.some(({ replaces }) => replaces !== undefined)) return text;
  const rowOf = (offset: number) => split.yaml.slice(0, offset).split('\n').length - 1 + split.yamlLine;
  const starts = log.items.map((item) => rowOf((item as { range: [number, number, number] }).range[0]));
  const end = rowOf((log.items.at(-1) as { range: [number, number, number] }).range[1] - 1) + 1;
  const rows = text.split('\n');
  const blocks = starts.map((start, index) => ({
    at: lines[index]?.at ?? '',
    rows: rows.slice(start, starts[index + 1] ?? end),
  }));
  const sorted = blocks.toSorted((a, b) => compareText(a.at, b.at));
  return [...rows.slice(0, starts[0]), ...sorted.flatMap((block) => block.rows), ...rows.slice(end)].join('\n');
}
