import { Document, isSeq, parseDocument } from 'yaml';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { LogLine } from '../model/log.ts';
import { yamlOptions } from '../load/yaml-document.ts';

/**
 * The text of a release with one more line in its log. Everything that was there stays byte for byte, comments and line
 * ends included. Throws when the text is not a release with front matter: the caller has validated it.
 */
export function appendLine(text: string, line: LogLine): string {
  const normal = text.replaceAll('\r\n', '\n');
  const split = splitFrontMatter('', normal.replace(/^\ufeff/, ''));
  if ('finding' in split) throw new Error(split.finding.message);
  const { after, indent } = endOfLog(split.yaml);
  const rows = text.split('\n');
  const lineEnd = rows[0]?.endsWith('\r') ? '\r' : '';
  const row = split.yamlLine + after;
  const opening = after === 0 || indent === undefined ? emptyLog(rows, split.yaml, lineEnd) : undefined;
  if (opening) rows.splice(opening.row, opening.remove, `log:${lineEnd}`, `  - ${flow(line)}${lineEnd}`);
  else rows.splice(row, 0, `${indent}- ${flow(line)}${lineEnd}`);
  return rows.join('\n');
}

/** A log line as one row of flow YAML, quoted where it has to be. */
export function flow(line: LogLine): string {
  const document = new Document(line, yamlOptions);
  if (document.contents && 'flow' in document.contents) document.contents.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, collectionStyle: 'flow' }).trim();
}

/** How many rows of the YAML come before the new line, and the indentation of the lines that are there. */
function endOfLog(yaml: string): { after: number; indent?: string } {
  const log = parseDocument(yaml, yamlOptions).get('log', true);
  if (!isSeq(log) || log.flow || log.items.length === 0) return { after: 0 };
  const last = log.items.at(-1) as { range: [number, number, number] };
  const start = yaml.lastIndexOf('-', last.range[0]);
  const indent = yaml.slice(yaml.lastIndexOf('\n', start) + 1, start);
  const end = yaml.slice(0, last.range[1]).trimEnd();
  return { after: end.split('\n').length, indent };
}

/** Where the log begins in a release that has none yet: in place of an empty one, or before the closing fence. */
function emptyLog(rows: string[], yaml: string, lineEnd: string): { row: number; remove: number } {
  const written = rows.findIndex(
    (row, index) => index > 0 && /^log:(?: *\[ *\])? *(?:#.*)?$/.test(row.slice(0, row.length - lineEnd.length)),
  );
  if (written > 0 && written <= yaml.split('\n').length) return { row: written, remove: 1 };
  return { row: rows.findIndex((row, index) => index > 0 && row.slice(0, 3) === '---'), remove: 0 };
}
