import { z } from 'zod';
import { isDate, isInstant, isLocalTime } from './time.ts';

/** Text that says something: one character at least, no space around it. */
export const text = z.string().refine((value) => value.trim() !== '', { error: 'is empty' });

/** A short name of letters, digits, dots, dashes and underscores, safe in a path and in an address. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, { error: 'is not a name: use letters, digits and dashes' });

/** The id of a release, defect, change or waiver: capitals and a number, such as `R05`, `D-0042`. */
export const recordId = z.string().regex(/^(?!(?:COM|LPT)\d$)[A-Z][A-Z0-9]{0,9}-?\d{1,8}$/, {
  error: 'is not an id: ids are capitals and a number, such as R05 or D-0042',
});

const noDay = 'names a day that the calendar does not have: correct the day';

/** True for what has the form of a day, or of a time on it, where the month has no such day. */
function isNoDay(value: unknown): boolean {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(String(value))?.[0];
  return day !== undefined && !isDate(day);
}

/** A calendar day, `2020-09-10`. */
export const date = z
  .string()
  .refine(isDate, { error: ({ input }) => (isNoDay(input) ? noDay : 'is not a day: write it as 2020-09-10') });

/** A local time in the programme's zone, `2020-09-10T07:00`; an offset may follow where the hour happens twice. */
export const time = z.string().refine(isLocalTime, {
  error: ({ input }) => (isNoDay(input) ? noDay : 'is not a time: write it as 2020-09-10T07:00'),
});

/** A day, or a time on it. */
export const dateOrTime = z.string().refine((value) => isDate(value) || isLocalTime(value), {
  error: ({ input }) =>
    isNoDay(input) ? noDay : 'is neither a day nor a time: write it as 2020-09-10 or 2020-09-10T07:00',
});

/** A moment in UTC as the tool writes it, `2020-09-10T06:00:00Z`. */
export const instant = z
  .string()
  .refine(isInstant, { error: 'is not a moment: the tool writes it as 2020-09-10T06:00:00Z' });

/** A version of the plan: always text. */
export const version = z.string().regex(/^\S{1,64}$/, { error: 'is not a version: it has no spaces' });

/** A version of a component: always text, compared by its scheme; where that is free, a space may stand in it. */
export const componentVersion = z
  .string()
  .regex(/^\S(?:[ \S]{0,62}\S)?$/, { error: 'is not a version: it is one line, without a space at either end' });

/** A time of day, `18:00`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day: write it as 18:00' });

/** The days of the week, in order. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const weekday = z.enum(weekdays);
export type Weekday = (typeof weekdays)[number];
