import type { DateColumn } from '../dates/columns.ts';
import { addressOf, type Cell, isEmpty, textOf } from '../sheet.ts';
import { type Column, dateFields, type Table } from '../table.ts';

/** The columns of a table that hold dates, with their cells from below the headings to the `last` of its rows. */
export function dateColumnsOf(
  table: Table,
  cellsOf: (index: number) => readonly Cell[],
  last: number,
  changedAt: number | undefined,
): DateColumn[] {
  const { sheet, header, layout } = table;
  const positions = new Set(dateFields.flatMap((field) => layout.positions.get(field) ?? []));
  if (changedAt !== undefined) positions.add(changedAt);
  return [...positions].map((index) => {
    const { heading } = layout.columns[index] as Column;
    return {
      index,
      heading,
      cells: {
        *[Symbol.iterator]() {
          for (const key of Object.keys(sheet.rows)) {
            const row = Number(key);
            if (row <= header || row > last) continue;
            const cell = cellsOf(row)[index];
            // Headings that are repeated further down are not dates.
            if (!isEmpty(cell) && textOf(cell).trim() !== heading)
              yield { cell, address: addressOf(sheet.name, row, index) };
          }
        },
      },
    };
  });
}
