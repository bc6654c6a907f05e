import { z } from 'zod';
import { faultOfForm } from './date-form.ts';
import { textFormats } from './defect.ts';
import { text } from './primitives.ts';
import { isZone } from './time.ts';

/** How to read the export of one tracker. Headings are compared without regard to case and to spaces around them. */

/** Alternatives in order of preference: the first heading that the export has is taken. */
const columns = z
  .array(text)
  .min(1)
  .describe('The headings that may carry it; the first one that the export has is read.');

const plain = z.strictObject({ columns });

/** Cells as the tracker writes them to values as the programme writes them, compared letter by letter. */
const map = z.record(text, text);

/**
 * What a map may say in place of one of our values: no severity was given; the second column leaves the status as it
 * is.
 */
export const unrated = 'unrated';
export const unchanged = 'unchanged';

const mapped = {
  columns,
  map: map.describe(
    "Each value of the tracker, letter by letter, to one of the programme's. A value that is not listed quarantines its row.",
  ),
  empty: text.optional().describe('What an empty cell means.'),
};

/** A heading; an asterisk stands for any letters, as in `Custom field (*)`. */
const pattern = text;

export const profile = z.strictObject({
  title: text.describe('Which export of which tracker it reads.'),
  system: text.describe('The name of the tracker. With the id it is the identity of a defect, so it never changes.'),
  zone: z
    .string()
    .refine(isZone, { error: 'is not a time zone: write one such as Europe/London' })
    .describe('The time zone in which the export writes local times.'),
  dates: z
    .array(
      text.superRefine((form, context) => {
        const fault = faultOfForm(form);
        if (fault) context.addIssue({ code: 'custom', message: fault });
      }),
    )
    .min(1)
    .describe(
      'The forms in which a whole export may write its dates, such as `dd/MMM/yy h:mm a`; cells of a spreadsheet that are dates need none.',
    ),
  languages: z.array(text).min(1).default(['en']).describe('The languages of the names of months.'),
  fields: z
    .strictObject({
      id: z
        .strictObject({
          columns,
          digits: z
            .number()
            .int()
            .min(1)
            .max(20)
            .optional()
            .describe('The number of digits, to put back zeros that a spreadsheet took away.'),
        })
        .describe('The id in the tracker, which never changes.'),
      key: plain.optional().describe('The number that people use; the id when absent.'),
      title: plain.describe('The title.'),
      status: z
        .strictObject({
          ...mapped,
          refine: z
            .strictObject(mapped)
            .optional()
            .describe(
              'A second column, such as the resolution, which decides once the first says that the defect is no longer open; `unchanged` leaves the status as it is.',
            ),
        })
        .describe('The status.'),
      severity: z
        .strictObject(mapped)
        .optional()
        .describe('The severity; `unrated` where a value says that nobody has given one.'),
      priority: plain.optional().describe('The priority, word for word.'),
      component: z
        .strictObject({
          columns,
          map: map
            .default({})
            .describe('The names of the tracker to our components; ids and names of components need no entry.'),
        })
        .optional()
        .describe('The component. A value that is no component of ours is kept and reported.'),
      raised: plain.describe('When it was raised.'),
      resolved: plain.optional().describe('When it was resolved.'),
      closed: plain.optional().describe('When it was closed.'),
      team: plain.optional().describe('Who has it.'),
      assigned: plain.optional().describe('Since when.'),
      description: z
        .strictObject({ columns, format: z.enum(textFormats).describe('How the text is written.') })
        .optional()
        .describe('The description.'),
    })
    .describe('Which column feeds which field.'),
  keep: z
    .array(
      z.strictObject({
        column: pattern.describe('The heading; an asterisk stands for any letters.'),
        separator: text
          .optional()
          .describe('What stands between several values in one cell; they are compared as a set.'),
        volatile: z
          .boolean()
          .optional()
          .describe('True when it changes with every export and is no change of the defect.'),
      }),
    )
    .default([])
    .describe(
      'Columns that no field takes and that are kept word for word. Columns that stand nowhere in the profile are kept too, and reported.',
    ),
  ignore: z.array(pattern).default([]).describe('Columns that are deliberately left out.'),
  only: z
    .strictObject({
      column: text.describe('The heading of the column with the type of each row, such as Issue Type.'),
      values: z
        .array(text)
        .min(1)
        .optional()
        .describe('The types that are defects; rows of others are left out. All are taken when absent.'),
    })
    .optional()
    .describe('Which rows are defects, where the export has others too; how many are of each type is told.'),
  history: z
    .strictObject({ by: text.describe('The column with the time of the row.') })
    .optional()
    .describe('Present when the export has one row a change instead of one row a defect.'),
  limit: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('The number of rows at which the tracker cuts an export without a word.'),
  cut: z.array(text).default([]).describe('What the tracker writes into the last row when it has cut the export.'),
});

export type Profile = z.infer<typeof profile>;
