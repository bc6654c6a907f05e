import type { Remark } from '../remark.ts';
import { addressOf, type Cell, isEmpty } from '../sheet.ts';
import type { Table } from '../table.ts';

/** The cells of a row, with the value of a merged cell in every row that it spans; and what is to be told of that. */
export type MergedCells = { cellsOf: (index: number) => readonly Cell[]; remarks: Remark[] };

/** Spreads the merged cells below the headings over the rows that they span, without changing the sheet. */
export function spreadMergedCells({ sheet, header, layout }: Table): MergedCells {
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
  const cells = spanning.map(([top, left, bottom]) => ({
    address: addressOf(sheet.name, top, left),
    rows: bottom - top + 1,
  }));
  return {
    cellsOf: (index) => {
      const cells = sheet.rows[index] ?? [];
      const added = filledIn.get(index);
      if (!added) return cells;
      const copy = [...cells];
      for (const [column, cell] of added) copy[column] = cell;
      return copy;
    },
    remarks: filledIn.size > 0 ? [{ code: 'merged-cells', cells }] : [],
  };
}
