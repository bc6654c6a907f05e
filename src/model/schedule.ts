import { z } from 'zod';
import { date, dateOrTime, name, text, time, timeOfDay, version, weekday, type weekdays } from './primitives.ts';
import { isDate } from './time.ts';
import { versionedField, versionedRecord } from './versioned.ts';

/** The marks of the schedule's grid. */
export const marks = ['daily', 'in', 'deadline', 'release'] as const;

const hour = timeOfDay.optional().describe('The hour; the end of the day when absent.');

const deadline = z.union([
  z.strictObject({
    day: weekday.describe('The last such day before the slot.'),
    weeks: z.number().int().min(0).optional().describe('So many weeks before that day.'),
    time: hour,
  }),
  z.strictObject({
    daysBefore: z.number().int().min(0).describe('So many days before the slot; 0 is its own day.'),
    time: hour,
  }),
]);

const slotFields = {
  every: z.number().int().min(1).default(1).describe('Every so many weeks.'),
  day: weekday.optional().describe('The day of the slot.'),
  days: z.array(weekday).min(1).optional().describe('The days of the slots, where a week has several.'),
  time: timeOfDay.optional().describe('The hour before which no release is deployed; any hour when absent.'),
};

const oneOrSeveral = {
  error: 'needs "day" with one day of the week, or "days" with several, and not both',
};

const slot = z
  .strictObject({
    ...slotFields,
    from: date.optional().describe('The first day, from which the weeks are counted.'),
  })
  .refine(hasDays, oneOrSeveral);

const slotEntry = z
  .strictObject({
    ...slotFields,
    from: z
      .union([date, version])
      .optional()
      .describe('The version of the plan from which it holds, or the day from which the weeks are counted.'),
    phase: name.optional().describe('The phase whose slots they are; the others have the entry without one.'),
  })
  .refine(hasDays, oneOrSeveral);

function hasDays({ day, days }: { day?: unknown; days?: unknown }): boolean {
  return (day === undefined) !== (days === undefined);
}

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
  slot: z
    .union([slot, z.array(slotEntry).min(1)])
    .optional()
    .describe('How often a regular release is due; absent where releases come on any day.'),
  deadlines: versionedRecord(deadlines).default({}).describe('The deadlines before a slot.'),
  pattern: versionedField('pattern', pattern).describe('The grid of a week.'),
  holidays: z
    .array(z.strictObject({ date: date.describe('The day.'), name: text.describe('Its name.') }))
    .default([])
    .describe('Holidays that explain a move.'),
  slots: z
    .array(
      z.strictObject({
        date: date.describe('The slot by the plan.'),
        phase: name.optional().describe('The phase whose slot it is, where several have one on that day.'),
        movedTo: date.optional().describe('The day it moved to.'),
        none: z.boolean().optional().describe('True when there is no release.'),
        reason: text.describe('Why.'),
        by: z.union([name, z.array(name).min(1)]).describe('Who decided.'),
        at: time.describe('When it was decided.'),
      }),
    )
    .default([])
    .describe('The exceptions.'),
  closed: z
    .array(
      z.strictObject({
        from: dateOrTime.describe('From when.'),
        until: dateOrTime.describe('Up to, not including, when.'),
        reason: text.describe('Why.'),
        by: z.union([name, z.array(name).min(1)]).describe('Who decided.'),
        at: time.describe('When it was decided.'),
        except: z.array(name).default([]).describe('The types of release that may be deployed nevertheless.'),
      }),
    )
    .default([])
    .describe('When nothing is deployed to participants, such as a change freeze.'),
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

/**
 * The days of slots by one version of the plan: which days of the week, every how many weeks, counted from when, and
 * the number of their entry in the file.
 */
export type SlotDays = {
  days: (typeof weekdays)[number][];
  every: number;
  time?: string | undefined;
  first?: string | undefined;
  entry: number;
};

/** The days of a slot as its entry says them; a date in `from` is the day from which weeks are counted. */
export function slotDaysOf(
  { every, day, days = [], time: at, from }: z.infer<typeof slotEntry>,
  entry: number,
): SlotDays {
  return {
    days: day === undefined ? days : [day],
    every,
    ...(at === undefined ? {} : { time: at }),
    ...(from !== undefined && isDate(from) ? { first: from } : {}),
    entry,
  };
}

/** The schedule as it is by one version of the plan. */
export type Schedule = Omit<ScheduleFile, 'slot' | 'deadlines' | 'pattern'> & {
  /** Of the phases that have none of their own. */
  slot: SlotDays | undefined;
  /** Phase to its own. */
  slotsOfPhases: Record<string, SlotDays>;
  deadlines: z.infer<typeof deadlines>;
  pattern: z.infer<typeof pattern>;
};
