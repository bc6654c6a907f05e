import { z } from 'zod';
import { date, name, text, time, timeOfDay, weekday } from './primitives.ts';
import { versionedField, versionedRecord } from './versioned.ts';

/** The marks of the schedule's grid. */
export const marks = ['daily', 'in', 'deadline', 'release'] as const;

const deadline = z.strictObject({
  day: weekday.describe('The last such day before the slot.'),
  time: timeOfDay.optional().describe('The hour; the end of the day when absent.'),
});

const slot = z.strictObject({
  every: z.number().int().min(1).describe('Every so many weeks.'),
  day: weekday.describe('The day of the slot.'),
});

const deadlines = z.strictObject({
  provisional: deadline.optional().describe('By when the provisional note is published.'),
  tested: deadline.optional().describe('By when the items are tested.'),
  final: deadline.optional().describe('By when the final note is published.'),
});

const pattern = z
  .array(
    z.strictObject({
      row: text.describe("The row of the grid: an environment's id, or words."),
      of: name
        .optional()
        .describe("The environment's id or the stage of the note that it is about, where `row` has words."),
      marks: z.partialRecord(weekday, z.enum(marks)).describe('Day to mark.'),
      certain: z.boolean().describe('False when the plan does not state it.'),
    }),
  )
  .describe('The grid of a week.');

export const schedule = z.strictObject({
  slot: versionedRecord(slot).describe('How often a regular release is due.'),
  deadlines: versionedRecord(deadlines).describe('The deadlines before a slot.'),
  pattern: versionedField('pattern', pattern).describe('The grid of a week.'),
  holidays: z
    .array(z.strictObject({ date: date.describe('The day.'), name: text.describe('Its name.') }))
    .default([])
    .describe('Holidays that explain a move.'),
  slots: z
    .array(
      z.strictObject({
        date: date.describe('The slot by the plan.'),
        movedTo: date.optional().describe('The day it moved to.'),
        none: z.boolean().optional().describe('True when there is no release.'),
        reason: text.describe('Why.'),
        by: z.union([name, z.array(name).min(1)]).describe('Who decided.'),
        at: time.describe('When it was decided.'),
      }),
    )
    .default([])
    .describe('The exceptions.'),
  outages: z
    .array(
      z.strictObject({
        environment: name.describe('Which environment.'),
        from: time.describe('From when.'),
        until: time.describe('Up to when.'),
        effect: text.describe('What does not work.'),
        reason: text.describe('Why.'),
      }),
    )
    .default([])
    .describe('When an environment is unavailable outside releases.'),
});

/** The schedule as its file says it, with what holds from each version of the plan on. */
export type ScheduleFile = z.infer<typeof schedule>;

/** The schedule as it is by one version of the plan. */
export type Schedule = Omit<ScheduleFile, 'slot' | 'deadlines' | 'pattern'> & {
  slot: z.infer<typeof slot>;
  deadlines: z.infer<typeof deadlines>;
  pattern: z.infer<typeof pattern>;
};
