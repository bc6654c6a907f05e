import type { Refused } from '../remark.ts';
import { addressOf, type Cell, type Sheet, textOf } from '../sheet.ts';
import type { Table } from '../table.ts';
import { shapeOf } from './row-kinds.ts';

/** A tracker's own word that it stopped, and a text file that ends in the middle of a row. */
export function cutIn(
  { sheet, header, headings, layout }: Table,
  words: readonly string[],
  isOpenEnded: boolean,
): Refused | undefined {
  const hint = 'Export it again in parts, or in a format without that limit, and import the whole.';
  for (const [index, row] of lastRows(sheet)) {
    const found = row.map(textOf).find((text) => words.some((word) => text.trim().startsWith(word)));
    if (found !== undefined)
      return {
        refused: `The tracker cut the export short: ${addressOf(sheet.name, index, row.map(textOf).indexOf(found))} says "${found.trim()}".`,
        hint,
      };
  }
  const [index, row] = lastRows(sheet)[0] ?? [header, []];
  if (!isOpenEnded || index === header || row.length >= headings.length) return undefined;
  const id = layout.positions.get('id')?.[0] ?? 0;
  const before = sheet.rows[index - 1]?.[id];
  if (row.length === 1 && shapeOf(textOf(row[id])) !== shapeOf(textOf(before))) return undefined;
  return {
    refused: `The file ends in the middle of row ${index + 1}, after ${row.length} of ${headings.length} cells: the export was cut short.`,
    hint: 'Export it again, and copy the whole file.',
  };
}

function lastRows({ rows }: Sheet): [number, Cell[]][] {
  return Object.keys(rows)
    .slice(-3)
    .reverse()
    .map((key) => [Number(key), Array.from(rows[Number(key)] ?? [])]);
}
