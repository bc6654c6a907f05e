import { z } from 'zod';

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
  digest: z
    .string()
    .optional()
    .describe('What the plan hangs on, as one SHA-256: --write --expect DIGEST carries out this plan or none.'),
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
  created: z
    .array(
      z.strictObject({
        id: z.string(),
        key: z.string(),
        title: z.string(),
        fields: z.record(z.string(), z.unknown()).describe('Every field that the export gives it.'),
        ...place,
      }),
    )
    .optional(),
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
    .describe('Where the rows that were set aside are, to be fixed and imported again.'),
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
  remarks: z
    .array(z.strictObject({ code: z.string().describe('What kind of remark it is.'), message: z.string() }))
    .optional()
    .describe('What is worth a look about the export as a whole.'),
});

export type ImportReport = z.infer<typeof importReport>;
