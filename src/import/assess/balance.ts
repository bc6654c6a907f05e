import type { Balance, ColumnReport, ImportPlan } from '../plan.ts';
import type { SourceRow } from '../row.ts';
import { filled, isEmpty, type Sheet } from '../sheet.ts';
import type { DatedTable, Fate } from '../table.ts';

/** What became of each column, with its cells in the rows of its table. */
export function columnsOf(tables: readonly DatedTable[], rows: readonly SourceRow[]): ColumnReport[] {
  const counts = new Map(tables.map((table) => [table, table.layout.columns.map(() => 0)]));
  for (const { table, index } of rows) countInto(counts.get(table) ?? [], table.sheet.rows[index] ?? []);
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

function countInto(counts: number[], cells: SourceRow['table']['sheet']['rows'][number]): void {
  for (let at = 0; at < counts.length; at += 1) if (!isEmpty(cells[at])) counts[at] = (counts[at] ?? 0) + 1;
}

export function balanceOf(
  sheets: readonly Sheet[],
  plan: Pick<ImportPlan, 'created' | 'updated' | 'unchanged' | 'collapsed' | 'setAside' | 'ignored' | 'tables'>,
): Balance {
  const taken = [...plan.created, ...plan.updated, ...plan.unchanged].map(({ row }) => row);
  const setAside = plan.setAside.map(({ row }) => row);
  const { tables } = plan;
  const ignoredColumns = taken.reduce((sum, row) => sum + leftOutIn(row), 0);
  let [rows, cells] = [0, 0];
  for (const { rows: all } of sheets) {
    for (const key of Object.keys(all)) {
      rows += 1;
      cells += filled(all[Number(key)]);
    }
  }
  const fates = tables.flatMap(({ layout }) => layout.columns.map(({ fate }) => fate));
  const counted = (fate: Fate) => fates.filter((each) => each === fate).length;
  return {
    rows: {
      read: rows - tables.length,
      created: plan.created.length,
      updated: plan.updated.length,
      unchanged: plan.unchanged.length,
      collapsed: plan.collapsed.length,
      quarantined: setAside.length,
      ignored: plan.ignored.length,
    },
    cells: {
      read: cells,
      headings: tables.reduce((sum, { sheet, header }) => sum + filled(sheet.rows[header]), 0),
      stored: cellsIn(taken) - ignoredColumns,
      ignoredColumns,
      collapsed: cellsIn(plan.collapsed),
      quarantined: cellsIn(setAside),
      ignoredRows: plan.ignored.reduce((sum, { sheet, index }) => sum + filled(sheet.rows[index]), 0),
    },
    columns: {
      read: fates.length,
      mapped: counted('mapped'),
      kept: counted('kept'),
      ignored: counted('ignored'),
      unknown: counted('unknown'),
    },
  };
}

/** Every part of a balance adds up to what was read. */
export function isBalanced({ rows, cells, columns }: Balance): boolean {
  const sum = (parts: Record<string, number>) =>
    Object.entries(parts).reduce((total, [name, count]) => (name === 'read' ? total : total + count), 0);
  return sum(rows) === rows.read && sum(cells) === cells.read && sum(columns) === columns.read;
}

function cellsIn(rows: readonly SourceRow[]): number {
  return rows.reduce((sum, { table, index }) => sum + filled(table.sheet.rows[index]), 0);
}

/** The cells of a row that stand in columns that are left out on purpose. */
function leftOutIn({ table: { sheet, layout }, index }: SourceRow): number {
  const cells = sheet.rows[index] ?? [];
  return layout.columns.filter((column) => column.fate === 'ignored' && !isEmpty(cells[column.index])).length;
}
