import { type ImportPlan, rowsWith } from '../plan.ts';
import type { SourceRow } from '../row.ts';
import { filled, type Sheet } from '../sheet.ts';
import type { NamedProfile, Table } from '../table.ts';
import { counted, listed } from '../wording.ts';

/** Sheets that were not read, with what is in them. */
export function notesOnSheets(sheets: readonly Sheet[], tables: readonly Table[]): string[] {
  return sheets.flatMap((sheet) => {
    const rows = sheet.rows.filter((row) => filled(row) > 0).length;
    if (rows === 0 || tables.some((table) => table.sheet === sheet)) return [];
    return [
      sheet.isHidden
        ? `The sheet ${sheet.name} is hidden and was not read (${counted(rows, 'row')}); --sheet "${sheet.name}" reads it.`
        : `The sheet ${sheet.name} holds no table of defects (${counted(rows, 'row')}).`,
    ];
  });
}

/** What is worth a word about the export as a whole. */
export function notesOn(
  plan: Pick<ImportPlan, 'rows' | 'tables' | 'columns'>,
  chosen: NamedProfile,
  rows: number,
): string[] {
  const { tables, columns } = plan;
  const created = rowsWith(plan, 'create');
  const { limit } = chosen.profile;
  const notes: string[] = [];
  if (limit !== undefined && rows > 0 && rows % limit === 0)
    notes.push(
      `The export has exactly ${rows} rows, and the tracker stops after ${limit} without a word: it is probably not whole.`,
    );
  for (const { sheet } of tables) {
    const where = sheet.name === '' ? '' : ` of the sheet ${sheet.name}`;
    if (sheet.hiddenRows.length > 0)
      notes.push(
        `${counted(sheet.hiddenRows.length, 'row')}${where} ${sheet.hiddenRows.length === 1 ? 'is' : 'are'} hidden, and ${sheet.hiddenRows.length === 1 ? 'was' : 'were'} read like the others.`,
      );
    if (sheet.hiddenColumns.length > 0)
      notes.push(
        `${counted(sheet.hiddenColumns.length, 'column')}${where} ${sheet.hiddenColumns.length === 1 ? 'is' : 'are'} hidden, and ${sheet.hiddenColumns.length === 1 ? 'was' : 'were'} read like the others.`,
      );
    if (sheet.comments > 0)
      notes.push(
        `${counted(sheet.comments, 'cell')}${where} ${sheet.comments === 1 ? 'carries a comment, which is' : 'carry comments, which are'} not read.`,
      );
    if (sheet.formulas > 0)
      notes.push(
        `${counted(sheet.formulas, 'cell')}${where} ${sheet.formulas === 1 ? 'is a formula; its' : 'are formulas; their'} last result was read.`,
      );
  }
  const unknown = columns.filter(({ fate, cells }) => fate === 'unknown' && cells > 0).map(({ heading }) => heading);
  if (unknown.length > 0)
    notes.push(
      `The profile ${chosen.name} does not know the ${unknown.length === 1 ? 'column' : 'columns'} ${listed([...new Set(unknown)], 12)}; what stands there is kept word for word.`,
    );
  if (chosen.profile.fields.severity && tables.every(({ layout }) => !layout.positions.has('severity')))
    notes.push(
      'The export has no column for the severity; what is new is not rated, and what is known keeps its severity.',
    );
  if (created.length > 0 && tables.some(({ layout }) => !layout.positions.has('raised')))
    notes.push(
      'The export has no column for when a defect was raised; what is new counts as raised on the day of the export.',
    );
  const headings = new Set(
    tables.flatMap(({ layout }) => (layout.positions.get('component') ?? []).map((at) => layout.columns[at]?.heading)),
  );
  const elsewhere = rowsWith(plan, 'create', 'update')
    .map(({ tracker }) => tracker)
    .filter(({ component, other }) => component === undefined && other?.some(({ column }) => headings.has(column)));
  const names = [
    ...new Set(
      elsewhere.flatMap(
        ({ other }) => other?.filter(({ column }) => headings.has(column)).flatMap(({ values }) => values) ?? [],
      ),
    ),
  ];
  if (names.length > 0)
    notes.push(
      `${counted(elsewhere.length, 'defect')} ${elsewhere.length === 1 ? 'names' : 'name'} a component that is none of ours (${listed(names, 5)}): add it to the map of profile ${chosen.name}.`,
    );
  return notes;
}

/**
 * Dates later than the export: the one sure sign that day and month were turned round, or that the export is not of
 * that day.
 */
export function notesOnDates(rows: readonly SourceRow[], exported: string): string[] {
  const late = rows.filter(({ mapped: { values } }) =>
    [values.raised, values.resolved, values.closed].some(
      (value) => value !== undefined && value.slice(0, 10) > exported.slice(0, 10),
    ),
  );
  if (late.length === 0) return [];
  return [
    `${counted(late.length, 'row')} ${late.length === 1 ? 'has a date' : 'have dates'} later than the export, which is of ${exported} (row ${(late[0] as SourceRow).index + 1} is the first): say with --exported when it was made; if that is right, day and month may be the wrong way round.`,
  ];
}
