import type { Schedule } from '../model/schedule.ts';
import { endOfDay, type Instant, toInstant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';

/** What was decided about a slot: its own exception, and the number of it; one that names no phase is for all. */
export function exceptionOf(
  date: string,
  phase: string | undefined,
  { schedule }: Policy,
): { index: number; exception: Schedule['slots'][number] } | undefined {
  const ofDay = schedule.slots.flatMap((exception, index) => (exception.date === date ? [{ index, exception }] : []));
  return (
    ofDay.find(({ exception }) => phase !== undefined && exception.phase === phase) ??
    ofDay.find(({ exception }) => exception.phase === undefined || phase === undefined)
  );
}

/** The day a slot takes place: the one it moved to, or its own. */
export function effectiveDay(date: string, phase: string | undefined, policy: Policy): string {
  return exceptionOf(date, phase, policy)?.exception.movedTo ?? date;
}

/** A closed period, and its number in the schedule. */
export type Closure = { index: number; period: Schedule['closed'][number] };

/** The closed period of a moment, and its number; one that makes an exception for a type does not close to it. */
export function closedAt(
  moment: Instant,
  { schedule, programme: { zone } }: Policy,
  type?: string,
): Closure | undefined {
  const index = schedule.closed.findIndex(
    ({ from, until, except }) =>
      toInstant(from, zone) <= moment &&
      moment < toInstant(until, zone) &&
      !(type !== undefined && except.includes(type)),
  );
  const period = schedule.closed[index];
  return period && { index, period };
}

/** The closed period that a whole day falls into. */
export function closedOn(day: string, policy: Policy, type?: string): Closure | undefined {
  const { zone } = policy.programme;
  const found = closedAt(toInstant(day, zone), policy, type);
  return found && toInstant(found.period.until, zone) >= endOfDay(day, zone) ? found : undefined;
}
