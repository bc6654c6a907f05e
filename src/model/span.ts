import { date } from './primitives.ts';

/** From which day to which something is in use; half-open, and open on a side that is not written. */
export type Span = { from?: string | undefined; until?: string | undefined };

/** The two fields of whatever is in use for a time only. */
export const span = {
  from: date.optional().describe('The first day on which it is so; since the beginning when absent.'),
  until: date.optional().describe('The first day on which it is so no longer; absent while that is not known.'),
};

/** True for what is in use at all times. */
export function isAlways({ from, until }: Span): boolean {
  return from === undefined && until === undefined;
}

/** True on a day between the two. */
export function isWithin({ from, until }: Span, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day < until);
}
