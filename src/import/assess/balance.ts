import type { Action, Balance, ColumnReport, Planned, PlannedRow } from '../plan.ts';
import { type Cell, filled, isEmpty, type Sheet } from '../sheet.ts';
import type { DatedTable, Fate } from '../table.ts';

/** How sums and reports name what becomes of a row. */
const parts: Record<Action, Exclude<keyof Balance['rows'], 'read'>> = {
  create: 'created',
  update: 'updated',
  keep: 'unchanged',
  collapse: 'collapsed',
  quarantine: 'quarantined',
  conflict: 'quarantined',
  skip: 'ignored',
};

/** Sums what becomes of every row, cell and column. What was read is counted apart, from the sheets. */
export function balanceOf(
  sheets: readonly Sheet[],
  tables: readonly DatedTable[],
  planned: readonly PlannedRow[],
): Balance {
  const all = sheets.flatMap(({ rows }) => Object.keys(rows).map((key) => filled(rows[Number(key)])));
  const rows = { created: 0, updated: 0, unchanged: 0, collapsed: 0, quarantined: 0, ignored: 0 };
  const cells = { stored: 0, ignoredColumns: 0, collapsed: 0, quarantined: 0, ignoredRows: 0 };
  for (const each of planned) {
    const part = parts[each.action];
    const count = filled(cellsIn(each));
    rows[part] += 1;
    if (part === 'collapsed' || part === 'quarantined') cells[part] += count;
    else if (each.action === 'skip') cells.ignoredRows += count;
    else {
      const leftOut = leftOutIn(each);
      cells.ignoredColumns += leftOut;
      cells.stored += count - leftOut;
    }
  }
  return {
    rows: { read: all.length - tables.length, ...rows },
    cells: {
      read: all.reduce((sum, count) => sum + count, 0),
      headings: tables.reduce((sum, { sheet, header }) => sum + filled(sheet.rows[header]), 0),
      ...cells,
    },
    columns: fatesIn(tables),
  };
}

function fatesIn(tables: readonly DatedTable[]): Balance['columns'] {
  const fates = tables.flatMap(({ layout }) => layout.columns.map(({ fate }) => fate));
  const counted = (fate: Fate) => fates.filter((each) => each === fate).length;
  return {
    read: fates.length,
    mapped: counted('mapped'),
    kept: counted('kept'),
    ignored: counted('ignored'),
    unknown: counted('unknown'),
  };
}

/** Every part of a balance adds up to what was read. */
export function isBalanced({ rows, cells, columns }: Balance): boolean {
  const sum = (counts: Record<string, number>) =>
    Object.entries(counts).reduce((total, [name, count]) => (name === 'read' ? total : total + count), 0);
  return sum(rows) === rows.read && sum(cells) === cells.read && sum(columns) === columns.read;
}

/** What became of each column, with its cells in the rows of its table. */
export function columnsOf(tables: readonly DatedTable[], planned: readonly PlannedRow[]): ColumnReport[] {
  const counts = new Map(tables.map((table) => [table, table.layout.columns.map(() => 0)]));
  for (const each of planned)
    if (each.action !== 'skip') countFilled(cellsIn(each), counts.get(each.row.table) as number[]);
  return tables.flatMap((table) =>
    table.layout.columns.map(({ index, letter, heading, fate, fields, keep }) => ({
      sheet: table.sheet.name,
      letter,
      heading,
      fate,
      fields,
      volatile: keep?.volatile ?? false,
      cells: counts.get(table)?.[index] ?? 0,
    })),
  );
}

function countFilled(cells: readonly Cell[], counts: number[]): void {
  for (const [index, count] of counts.entries()) if (!isEmpty(cells[index])) counts[index] = count + 1;
}

function cellsIn({ action, row }: PlannedRow): readonly Cell[] {
  return (action === 'skip' ? row.sheet : row.table.sheet).rows[row.index] ?? [];
}

/** The cells of a row that stand in columns that are left out on purpose. */
function leftOutIn({ row }: Planned<'create' | 'update' | 'keep' | 'collapse' | 'quarantine' | 'conflict'>): number {
  const cells = row.table.sheet.rows[row.index] ?? [];
  return row.table.layout.columns.filter(({ fate, index }) => fate === 'ignored' && !isEmpty(cells[index])).length;
}
