import { z } from 'zod';
import type { ImportPlan, SetAside } from '../plan.ts';
import { lineFinder } from '../read/lines.ts';
import type { Problem, SourceRow } from '../row.ts';
import { addressOf } from '../sheet.ts';

const place = {
  sheet: z.string().optional().describe('The sheet of a workbook.'),
  row: z.number().int().describe('The row, as a spreadsheet counts.'),
  line: z.number().int().optional().describe('The line in which the row of a text file begins.'),
};
const problem = z.strictObject({
  cell: z.string().optional().describe('The address, such as Defects!F214.'),
  column: z.string().optional().describe('The heading.'),
  message: z.string(),
});
const change = z.strictObject({ field: z.string(), from: z.string(), to: z.string() });
const count = z.number().int();

/** The report of `ccmt import --json`: one document, the same shape whether it was shown, carried out or refused. */
export const importReport = z.strictObject({
  format: z.literal(1),
  command: z.literal('import'),
  file: z.string(),
  sha256: z.string().optional().describe('The SHA-256 of the export.'),
  written: z.boolean().describe('True when the plan was carried out.'),
  refused: z
    .strictObject({ message: z.string(), hint: z.string() })
    .optional()
    .describe('Why nothing was read. All that follows is absent then.'),
  draft: z
    .strictObject({ path: z.string(), text: z.string(), undecided: z.array(z.string()) })
    .optional()
    .describe('A profile drafted from the export, and what is left to decide. All that follows is absent then.'),
  profile: z.string().optional(),
  system: z.string().optional(),
  exported: z.string().optional().describe('The moment of the export, with which changes stand in the history.'),
  rows: z
    .strictObject({
      read: count,
      created: count,
      updated: count,
      unchanged: count,
      collapsed: count,
      quarantined: count,
      ignored: count,
    })
    .optional()
    .describe('All rows but headings; the parts add up to what was read.'),
  cells: z
    .strictObject({
      read: count,
      headings: count,
      stored: count,
      ignoredColumns: count,
      collapsed: count,
      quarantined: count,
      ignoredRows: count,
    })
    .optional()
    .describe('All cells that are not empty; the parts add up to what was read.'),
  created: z.array(z.strictObject({ id: z.string(), key: z.string(), title: z.string(), ...place })).optional(),
  updated: z
    .array(
      z.strictObject({
        id: z.string(),
        key: z.string(),
        ...place,
        changes: z.array(change),
        reopened: z.boolean(),
        severityChanged: z.boolean(),
      }),
    )
    .optional(),
  unchanged: z.array(z.string()).optional(),
  collapsed: z
    .array(z.strictObject({ id: z.string(), ...place }))
    .optional()
    .describe('Rows that say of a defect what another row says, or said before.'),
  quarantined: z
    .array(z.strictObject({ id: z.string(), ...place, conflict: z.boolean(), problems: z.array(problem) }))
    .optional(),
  quarantineFiles: z
    .array(z.string())
    .optional()
    .describe('Where the rows that were set aside are, to be mended and imported again.'),
  ignored: z.array(z.strictObject({ ...place, why: z.string(), text: z.string() })).optional(),
  absent: z.array(z.string()).optional().describe('Defects of this tracker that the export does not name; they stay.'),
  warnings: z
    .array(z.strictObject({ id: z.string(), ...place, problems: z.array(problem) }))
    .optional()
    .describe('Rows that went in with something worth a word.'),
  alarms: z
    .array(z.strictObject({ rule: z.string(), item: z.string().optional(), message: z.string(), hint: z.string() }))
    .optional()
    .describe('Where the tracker contradicts what was published.'),
  releases: z
    .array(z.strictObject({ item: z.string(), release: z.string().optional(), message: z.string() }))
    .optional()
    .describe('What it means for releases that are on the way.'),
  columns: z
    .array(
      z.strictObject({
        sheet: z.string(),
        letter: z.string(),
        heading: z.string(),
        fate: z.enum(['mapped', 'kept', 'ignored', 'unknown']),
        fields: z.array(z.string()),
        volatile: z.boolean(),
        cells: count,
      }),
    )
    .optional(),
  notes: z.array(z.string()).optional(),
});

export type ImportReport = z.infer<typeof importReport>;

/** A plan as a report. `linesBefore` is given for text files, whose rows have lines. */
export function reportOf(
  plan: ImportPlan,
  {
    written,
    quarantineFiles,
    linesBefore,
  }: { written: boolean; quarantineFiles: string[]; linesBefore: number | undefined },
): ImportReport {
  const lines = new Map(
    plan.tables.map(({ sheet }) => [sheet, linesBefore === undefined ? undefined : lineFinder(sheet, linesBefore)]),
  );
  const placeOf = ({ table: { sheet }, index }: SourceRow, withLine = false) => ({
    ...(sheet.name === '' ? {} : { sheet: sheet.name }),
    row: index + 1,
    ...(withLine && lines.get(sheet) ? { line: lines.get(sheet)?.(index) } : {}),
  });
  const keyOf = (row: SourceRow) => row.mapped.values.key ?? row.mapped.id;
  return {
    format: 1,
    command: 'import',
    file: plan.file,
    sha256: plan.sha256,
    written,
    profile: plan.profile,
    system: plan.system,
    exported: plan.exported,
    rows: plan.balance.rows,
    cells: plan.balance.cells,
    created: plan.created.map(({ id, row }) => ({
      id,
      key: keyOf(row),
      title: row.mapped.values.title ?? '',
      ...placeOf(row),
    })),
    updated: plan.updated.map(({ id, row, changes, isReopened, isSeverityChanged }) => ({
      id,
      key: keyOf(row),
      ...placeOf(row),
      changes,
      reopened: isReopened,
      severityChanged: isSeverityChanged,
    })),
    unchanged: plan.unchanged.map(({ id }) => id),
    collapsed: plan.collapsed.map((row) => ({ id: row.mapped.id, ...placeOf(row) })),
    quarantined: plan.setAside.map(({ row, problems, isConflict }: SetAside) => ({
      id: row.mapped.id,
      ...placeOf(row, true),
      conflict: isConflict,
      problems: problems.map((each) => problemOf(each, row)),
    })),
    quarantineFiles,
    ignored: plan.ignored.map(({ sheet: { name }, index, why, text }) => ({
      ...(name === '' ? {} : { sheet: name }),
      row: index + 1,
      why,
      text,
    })),
    absent: plan.absent,
    warnings: plan.flagged.map((row) => ({
      id: row.mapped.id,
      ...placeOf(row, true),
      problems: row.mapped.flags.map((each) => problemOf(each, row)),
    })),
    alarms: plan.alarms.map(({ item, ...alarm }) => ({ ...alarm, ...(item === undefined ? {} : { item }) })),
    releases: plan.effects.map(({ item, release, message }) => ({
      item,
      ...(release === undefined ? {} : { release }),
      message,
    })),
    columns: plan.columns,
    notes: plan.notes,
  };
}

/** The report of an export that was refused. */
export function refusedReport(file: string, message: string, hint: string): ImportReport {
  return { format: 1, command: 'import', file, written: false, refused: { message, hint } };
}

function problemOf({ column, message }: Problem, { table, index }: SourceRow): z.infer<typeof problem> {
  return {
    ...(column ? { cell: addressOf(table.sheet.name, index, column.index), column: column.heading } : {}),
    message,
  };
}
