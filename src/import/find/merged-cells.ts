import { addressOf, type Cell, isEmpty } from '../sheet.ts';
import type { Table } from '../table.ts';
import { listed } from '../wording.ts';

/** The rows of a sheet with the value of a merged cell in every row that it spans. */
export function withMergedCells({ sheet, header, layout }: Table, notes: string[]): (index: number) => readonly Cell[] {
  const spanning = sheet.merges.filter(
    ([top, left, bottom]) =>
      bottom > top && top > header && left < layout.columns.length && !isEmpty(sheet.rows[top]?.[left]),
  );
  const filledIn = new Map<number, [number, Cell][]>();
  for (const [top, left, bottom] of spanning) {
    for (let row = top + 1; row <= Math.min(bottom, sheet.rows.length - 1); row += 1) {
      if (!sheet.rows[row] || !isEmpty(sheet.rows[row]?.[left])) continue;
      filledIn.set(row, [...(filledIn.get(row) ?? []), [left, sheet.rows[top]?.[left]]]);
    }
  }
  if (filledIn.size > 0)
    notes.push(
      `Merged cells count for every row that they span: ${listed(
        spanning.map(([top, left, bottom]) => `${addressOf(sheet.name, top, left)} for ${bottom - top + 1} rows`),
        5,
      )}.`,
    );
  return (index) => {
    const cells = sheet.rows[index] ?? [];
    const added = filledIn.get(index);
    if (!added) return cells;
    const copy = [...cells];
    for (const [column, cell] of added) copy[column] = cell;
    return copy;
  };
}
