import { flaggedIn, type ImportPlan, rowsWith } from '../plan.ts';
import { lineFinder } from '../read/lines.ts';
import type { Problem, SourceRow } from '../row.ts';
import { addressOf, type Sheet } from '../sheet.ts';
import { remarkText } from './remark.ts';
import type { ImportReport } from './report-schema.ts';

export type ReportOptions = {
  written: boolean;
  quarantineFiles: string[];
  /** For a text file, whose rows have lines: the lines before the first row. */
  linesBefore: number | undefined;
  digest: string;
};

/** A plan as a report. */
export function reportOf(plan: ImportPlan, options: ReportOptions): ImportReport {
  const lines = lineFinders(plan, options.linesBefore);
  return {
    format: 1,
    command: 'import',
    file: plan.file,
    sha256: plan.sha256,
    digest: options.digest,
    written: options.written,
    profile: plan.profile,
    system: plan.system,
    exported: plan.exported,
    rows: plan.balance.rows,
    cells: plan.balance.cells,
    ...defectsIn(plan),
    collapsed: rowsWith(plan, 'collapse').map(({ row }) => ({ id: row.mapped.id, ...placeOf(row) })),
    quarantined: rowsWith(plan, 'quarantine', 'conflict').map(({ action, row, problems }) => ({
      ...toldOf(row, lines),
      conflict: action === 'conflict',
      problems: problems.map((each) => problemOf(each, row)),
    })),
    quarantineFiles: options.quarantineFiles,
    ignored: rowsWith(plan, 'skip').map(({ row: { sheet, index, why, text } }) => ({
      ...(sheet.name === '' ? {} : { sheet: sheet.name }),
      row: index + 1,
      why,
      text,
    })),
    absent: plan.absent,
    warnings: flaggedIn(plan).map((row) => ({
      ...toldOf(row, lines),
      problems: row.mapped.flags.map((each) => problemOf(each, row)),
    })),
    alarms: plan.alarms.map(({ item, ...alarm }) => ({ ...alarm, ...(item === undefined ? {} : { item }) })),
    releases: releasesIn(plan),
    columns: plan.columns,
    remarks: plan.remarks.map((remark) => ({ code: remark.code, message: remarkText(remark) })),
  };
}

function releasesIn({ effects }: ImportPlan): NonNullable<ImportReport['releases']> {
  return effects.map(({ item, release, message }) => ({
    item,
    ...(release === undefined ? {} : { release }),
    message,
  }));
}

/** The report of an export that was refused. */
export function refusedReport(file: string, message: string, hint: string): ImportReport {
  return { format: 1, command: 'import', file, written: false, refused: { message, hint } };
}

function defectsIn(plan: ImportPlan): Pick<ImportReport, 'created' | 'updated' | 'unchanged'> {
  const keyOf = ({ mapped: { id, values } }: SourceRow) => values.key ?? id;
  return {
    created: rowsWith(plan, 'create').map(({ id, row }) => ({
      id,
      key: keyOf(row),
      title: row.mapped.values.title ?? '',
      fields: row.mapped.values,
      ...placeOf(row),
    })),
    updated: rowsWith(plan, 'update').map(({ id, row, changes, isReopened, isSeverityChanged }) => ({
      id,
      key: keyOf(row),
      ...placeOf(row),
      changes,
      reopened: isReopened,
      severityChanged: isSeverityChanged,
    })),
    unchanged: rowsWith(plan, 'keep').map(({ id }) => id),
  };
}

/** Which defect a row speaks of, and where it stands. */
function toldOf(row: SourceRow, lines: LineFinders): { id: string; sheet?: string; row: number; line?: number } {
  return { id: row.mapped.id, ...placeOf(row), ...lineOf(row, lines) };
}

function placeOf({ table: { sheet }, index }: SourceRow): { sheet?: string; row: number } {
  return { ...(sheet.name === '' ? {} : { sheet: sheet.name }), row: index + 1 };
}

type LineFinders = ReadonlyMap<Sheet, (index: number) => number>;

function lineFinders({ tables }: ImportPlan, linesBefore: number | undefined): LineFinders {
  if (linesBefore === undefined) return new Map();
  return new Map(tables.map(({ sheet }) => [sheet, lineFinder(sheet, linesBefore)]));
}

function lineOf({ table, index }: SourceRow, lines: LineFinders): { line?: number } {
  const find = lines.get(table.sheet);
  return find ? { line: find(index) } : {};
}

function problemOf(
  { column, message }: Problem,
  { table, index }: SourceRow,
): { cell?: string; column?: string; message: string } {
  return {
    ...(column ? { cell: addressOf(table.sheet.name, index, column.index), column: column.heading } : {}),
    message,
  };
}
