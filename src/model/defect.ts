import { z } from 'zod';
import { dateOrTime, name, recordId, text } from './primitives.ts';

/** How a description may be written. */
export const textFormats = ['plain', 'html', 'jira-wiki', 'markdown'] as const;

/** What the tracker owns: written by the import, never by hand. */
export const tracker = z.strictObject({
  key: text.describe('The key in the tracker.'),
  title: z.string().describe('The title in the tracker, word for word.'),
  severity: name.optional().describe("The severity, one of the programme's; absent while nobody has rated it."),
  priority: text.optional().describe('The priority.'),
  status: name.describe("The status, one of the programme's."),
  component: name
    .optional()
    .describe('The component it was raised against; absent while it is not known which of ours it is.'),
  raised: dateOrTime.describe('When it was raised.'),
  resolved: dateOrTime.optional().describe('When the tracker took it for resolved.'),
  closed: dateOrTime.optional().describe('When it was closed.'),
  team: text.optional().describe('The team that analyses it.'),
  assigned: dateOrTime.optional().describe('When the team took it.'),
  description: z
    .strictObject({
      format: z.enum(textFormats).describe('How the text is written.'),
      text: z.string().describe('The text as the tracker has it.'),
    })
    .optional()
    .describe('The description in the tracker, shown to readers as the text that it is.'),
  other: z
    .array(
      z.strictObject({
        column: text.describe('The heading of the column.'),
        values: z.array(z.string()).min(1).describe('Its cells that are not empty.'),
      }),
    )
    .optional()
    .describe('Columns of the export that no field takes, kept word for word and never published.'),
  history: z
    .array(
      z.strictObject({
        at: dateOrTime.describe('When it changed.'),
        field: z.enum(['severity', 'status']).describe('What changed.'),
        from: text.describe('The value before.'),
        to: text.describe('The value after.'),
        explained: text.optional().describe('Why, in the words of a person; the import never touches it.'),
      }),
    )
    .default([])
    .describe('How severity and status changed.'),
  source: z
    .strictObject({
      system: text.describe('The tracker.'),
      id: text.describe('The id in it.'),
      profile: text.describe('The import profile.'),
      file: text.describe('The export that last changed it.'),
      sheet: text.optional().describe('The sheet of a workbook.'),
      row: z.number().int().describe('The row of the export, as a spreadsheet counts.'),
      sha256: text.describe('The digest of all that the import wrote here, by which an edit by hand is noticed.'),
    })
    .optional()
    .describe('Where the import found it.'),
});

export const defect = z.strictObject({
  id: recordId.describe('The id, equal to the name of the file.'),
  tracker: tracker.describe('What the tracker owns.'),
  summary: text.optional().describe('What readers are told.'),
  impact: z.array(name).default([]).describe('The market roles affected.'),
  fuel: name.optional().describe('The fuel affected.'),
  workaround: text.optional().describe('What participants can do meanwhile.'),
  duplicateOf: recordId.optional().describe('The defect that this one reports once more.'),
  stopsTestPhase: text.optional().describe('What has stopped; absent means that nothing has.'),
});

export type Defect = z.infer<typeof defect>;
