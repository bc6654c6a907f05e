import type { Finding } from '../diagnostic.ts';

/**
 * The conflicts that a merge left in a text, whatever is written in it: a finding for each, at its first marker. A line
 * of equals signs alone also underlines a heading, so it is a marker only between two others.
 */
export function conflictsIn(file: string, text: string): Finding[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const rows = text.split('\n');
  const markers = rows.flatMap((row, index) => {
    const sign = /^(<{7}|>{7})(?: \S.*)?$/.exec(row)?.[1]?.charAt(0);
    return sign === undefined ? [] : [{ sign, index, length: row.length }];
  });
  const findings: Finding[] = [];
  for (let at = 0; at < markers.length; at += 1) {
    const first = markers[at] as (typeof markers)[number];
    const next = markers[at + 1];
    const isWhole = first.sign === '<' && next?.sign === '>';
    findings.push(finding(file, first, isWhole ? next : undefined));
    if (isWhole) at += 1;
  }
  return findings;
}

type Marker = { index: number; length: number };

function finding(file: string, first: Marker, last: Marker | undefined): Finding {
  return {
    rule: 'readable-file',
    at: { file, position: positionOf(first) },
    message: last
      ? 'Two branches changed these lines, and the merge left both sides here.'
      : 'A marker of a merge conflict was left here.',
    hint: last
      ? 'Keep one side, or both in their order, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.'
      : 'Delete the line, once what the merge brought is right.',
    related: last && [{ at: { file, position: positionOf(last) }, message: 'the last line of the conflict' }],
  };
}

function positionOf({ index, length }: Marker): { line: number; column: number; endLine: number; endColumn: number } {
  return { line: index + 1, column: 1, endLine: index + 1, endColumn: length + 1 };
}
