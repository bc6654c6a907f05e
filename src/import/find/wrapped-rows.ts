import { unwrapRow } from '../read/text.ts';
import type { Cell, Sheet } from '../sheet.ts';
import type { Table } from '../table.ts';

/**
 * Sheets and their tables with every row taken apart whose cells stand in one, because the row was quoted as a whole.
 * Only a text file, which has a delimiter, has such rows.
 */
export function unwrapRows(
  sheets: readonly Sheet[],
  tables: readonly Table[],
  delimiter: string | undefined,
): { sheets: readonly Sheet[]; tables: readonly Table[] } {
  if (delimiter === undefined) return { sheets, tables };
  const unwrapped = new Map(tables.map((table) => [table.sheet, unwrapIn(table, delimiter)]));
  return {
    sheets: sheets.map((sheet) => unwrapped.get(sheet) ?? sheet),
    tables: tables.map((table) => ({ ...table, sheet: unwrapped.get(table.sheet) ?? table.sheet })),
  };
}

/** The same sheet when there is nothing to take apart. */
function unwrapIn({ sheet, header, headings }: Table, delimiter: string): Sheet {
  const rows = new Map<number, Cell[]>();
  sheet.rows.forEach((cells, index) => {
    const [only] = cells;
    if (index <= header || cells.length !== 1 || typeof only !== 'string') return;
    const unwrapped = unwrapRow(only, delimiter, headings.length);
    if (unwrapped) rows.set(index, unwrapped);
  });
  if (rows.size === 0) return sheet;
  // Not `map`, which would be slower, nor a spread, which would fill the holes.
  const copy = sheet.rows.slice();
  for (const [index, cells] of rows) copy[index] = cells;
  return { ...sheet, rows: copy };
}
