import type { Balance, ColumnReport, ImportPlan } from '../plan.ts';
import type { SourceRow } from '../row.ts';
import { filled, type Sheet } from '../sheet.ts';
import type { Fate, Found } from '../table.ts';

export function columnsOf({ tables }: Found): ColumnReport[] {
  return tables.flatMap(({ sheet, layout }) =>
    layout.columns.map(({ letter, heading, fate, fields, keep, cells }) => ({
      sheet: sheet.name,
      letter,
      heading,
      fate,
      fields,
      volatile: keep?.volatile ?? false,
      cells,
    })),
  );
}

export function balanceOf(
  sheets: readonly Sheet[],
  plan: Pick<ImportPlan, 'created' | 'updated' | 'unchanged' | 'collapsed' | 'setAside' | 'ignored' | 'found'>,
): Balance {
  const taken = [...plan.created, ...plan.updated, ...plan.unchanged].map(({ row }) => row);
  const setAside = plan.setAside.map(({ row }) => row);
  const { tables } = plan.found;
  const ignoredColumns = taken.reduce((sum, row) => sum + row.leftOut, 0);
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
      ignoredRows: plan.ignored.reduce((sum, row) => sum + row.cells, 0),
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
  return rows.reduce((sum, row) => sum + row.cells, 0);
}
