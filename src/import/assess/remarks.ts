import { type ImportPlan, rowsWith } from '../plan.ts';
import type { Remark } from '../remark.ts';
import type { SourceRow } from '../row.ts';
import { filled, type Sheet } from '../sheet.ts';
import type { NamedProfile, Table } from '../table.ts';

/** Sheets that were not read, with how much is in them. */
export function remarksOnSheets(sheets: readonly Sheet[], tables: readonly Table[]): Remark[] {
  return sheets.flatMap((sheet): Remark[] => {
    const rows = sheet.rows.filter((row) => filled(row) > 0).length;
    if (rows === 0 || tables.some((table) => table.sheet === sheet)) return [];
    return [{ code: sheet.isHidden ? 'sheet-hidden' : 'sheet-without-table', sheet: sheet.name, rows }];
  });
}

/** What is worth a word about the tables that were read, and about the columns that they lack. */
export function remarksOnTables(
  plan: Pick<ImportPlan, 'rows' | 'tables' | 'columns'>,
  { name, profile }: NamedProfile,
  rows: number,
): Remark[] {
  const { tables } = plan;
  const { limit } = profile;
  const remarks: Remark[] = [];
  if (limit !== undefined && rows > 0 && rows % limit === 0) remarks.push({ code: 'row-limit', rows, limit });
  remarks.push(...tables.flatMap(({ sheet }) => countsIn(sheet)));
  const unknown = plan.columns.filter(({ fate, cells }) => fate === 'unknown' && cells > 0);
  if (unknown.length > 0) {
    const columns = [...new Set(unknown.map(({ heading }) => heading))];
    remarks.push({ code: 'columns-unknown', profile: name, columns });
  }
  if (profile.fields.severity && tables.every(({ layout }) => !layout.positions.has('severity')))
    remarks.push({ code: 'severity-missing' });
  if (rowsWith(plan, 'create').length > 0 && tables.some(({ layout }) => !layout.positions.has('raised')))
    remarks.push({ code: 'raised-missing' });
  return [...remarks, ...remarksOnValues(plan, name), ...remarksOnComponents(plan, name)];
}

function countsIn({ name, hiddenRows, hiddenColumns, comments, formulas }: Sheet): Remark[] {
  const counts = [
    ['hidden-rows', hiddenRows.length],
    ['hidden-columns', hiddenColumns.length],
    ['comments', comments],
    ['formulas', formulas],
  ] as const;
  return counts.flatMap(([code, count]): Remark[] => (count > 0 ? [{ code, sheet: name, count }] : []));
}

/** Values that no map lists, once each, whatever the number of rows that are set aside for them. */
function remarksOnValues(plan: Pick<ImportPlan, 'rows'>, profile: string): Remark[] {
  const unknown = rowsWith(plan, 'quarantine').flatMap(({ problems }) =>
    problems.flatMap((problem) => problem.unknown ?? []),
  );
  return [...Map.groupBy(unknown, ({ field }) => field)].map(([field, found]) => ({
    code: 'values-unknown',
    profile,
    field,
    values: [...Map.groupBy(found, ({ value }) => value)]
      .map(([value, { length }]) => ({ value, rows: length }))
      .sort((a, b) => b.rows - a.rows),
  }));
}

/** Components that are none of ours stand with what is kept of other columns. */
function remarksOnComponents(plan: Pick<ImportPlan, 'rows' | 'tables'>, profile: string): Remark[] {
  const headings = new Set(
    plan.tables.flatMap(({ layout }) =>
      (layout.positions.get('component') ?? []).map((at) => layout.columns[at]?.heading),
    ),
  );
  const named = rowsWith(plan, 'create', 'update')
    .filter(({ tracker: { component } }) => component === undefined)
    .map(({ tracker: { other = [] } }) => other.filter(({ column }) => headings.has(column)))
    .filter((kept) => kept.length > 0);
  const names = [...new Set(named.flatMap((kept) => kept.flatMap(({ values }) => values)))];
  return names.length > 0 ? [{ code: 'components-unknown', profile, defects: named.length, names }] : [];
}

/**
 * Dates later than the export: the one sure sign that day and month were turned round, or that the export is not of
 * that day.
 */
export function remarksOnDates(rows: readonly SourceRow[], exported: string): Remark[] {
  const late = rows.filter(({ mapped: { values } }) =>
    [values.raised, values.resolved, values.closed].some(
      (value) => value !== undefined && value.slice(0, 10) > exported.slice(0, 10),
    ),
  );
  const [first] = late;
  return first ? [{ code: 'dates-later', rows: late.length, first: first.index + 1, exported }] : [];
}
