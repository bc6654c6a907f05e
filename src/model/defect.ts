import { z } from 'zod';
import { dateOrTime, name, recordId, text } from './primitives.ts';

/** What the tracker owns: written by the import, never by hand. */
export const tracker = z.strictObject({
  key: text.describe('The key in the tracker.'),
  title: z.string().describe('The title in the tracker, word for word.'),
  severity: name.describe('The severity, one of the programme\'s.'),
  priority: text.optional().describe('The priority.'),
  status: name.describe('The status, one of the programme\'s.'),
  component: name.describe('The component it was raised against.'),
  raised: dateOrTime.describe('When it was raised.'),
  team: text.optional().describe('The team that analyses it.'),
  assigned: dateOrTime.optional().describe('When the team took it.'),
  history: z
    .array(
      z.strictObject({
        at: dateOrTime.describe('When it changed.'),
        field: z.enum(['severity', 'status']).describe('What changed.'),
        from: text.describe('The value before.'),
        to: text.describe('The value after.'),
        explained: text.optional().describe('Why a severity was lowered.'),
      }),
    )
    .default([])
    .describe('How severity and status changed.'),
  source: z
    .strictObject({
      system: text.describe('The tracker.'),
      id: text.describe('The id in it.'),
      profile: text.describe('The import profile.'),
      file: text.describe('The export.'),
      row: z.number().int().describe('The row of the export.'),
      sha256: text.describe('The digest of what was mapped.'),
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
  stopsTestPhase: text.optional().describe('What has stopped; absent means that nothing has.'),
});

export type Defect = z.infer<typeof defect>;
