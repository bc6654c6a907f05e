import { isSeq, parseDocument } from 'yaml';
import type { Diagnostic } from '../diagnostic.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { Sources } from '../load/read-content.ts';
import type { Change } from './write-content.ts';
import { compareText } from '../diagnostic.ts';
import { rawText } from '../load/decode.ts';
import { yamlOptions } from '../load/yaml-document.ts';
import { toInstant } from '../model/time.ts';
import { programmeOf } from '../validate/validate.ts';

/**
 * The changes that fix what can be fixed without changing any meaning: quotes around what has to be text, and log
 * lines between two publications in the order of their times. All else stays byte for byte. Pure: nothing is written.
 */
export function planFixes(sources: Sources, diagnostics: readonly Diagnostic[]): Change[] {
  const safe = diagnostics.filter(({ fix }) => fix?.isSafe);
  const zone = programmeOf(sources)?.zone ?? 'UTC';
  return [...new Set(safe.map(({ file }) => file))].flatMap((path) => {
    const bytes = sources.files.find((file) => file.path === path)?.bytes;
    if (!bytes) return [];
    const before = rawText(bytes);
    const own = safe.filter(({ file }) => file === path);
    const replaced = replaceAll(before, own);
    const text = own.some(({ fix }) => fix?.kind === 'sort-log') ? sortLog(replaced, zone) : replaced;
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
 * Puts the lines of a log in order of time, each between the two publications it stands between: a note is made of what
 * stands above its line. A log in which a line replaces another by number is left alone, because numbers would change.
 */
function sortLog(text: string, zone: string): string {
  const split = splitFrontMatter('', text.replaceAll('\r\n', '\n').replace(/^\ufeff/, ''));
  if ('finding' in split) return text;
  const log = parseDocument(split.yaml, yamlOptions).get('log', true);
  if (!isSeq(log) || log.flow) return text;
  const lines = log.toJSON() as { at: string; did: string; replaces?: number }[];
  if (lines.some(({ replaces }) => replaces !== undefined)) return text;
  const rowOf = (offset: number) => split.yaml.slice(0, offset).split('\n').length - 1 + split.yamlLine;
  const starts = log.items.map((item) => rowOf((item as { range: [number, number, number] }).range[0]));
  const end = rowOf((log.items.at(-1) as { range: [number, number, number] }).range[1] - 1) + 1;
  const rows = text.split('\n');
  let publications = 0;
  const blocks = lines.map(({ at, did }, index) => {
    // A publication is a part of its own: the even numbers.
    const part = did === 'publish' ? (publications += 2) : publications + 1;
    return { part, at: toInstant(at, zone), rows: rows.slice(starts[index], starts[index + 1] ?? end) };
  });
  const sorted = blocks.toSorted((a, b) => a.part - b.part || compareText(a.at, b.at));
  return [...rows.slice(0, starts[0]), ...sorted.flatMap((block) => block.rows), ...rows.slice(end)].join('\n');
}
