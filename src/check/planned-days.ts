import { slotDays } from '../derive/slots.ts';
import { weekdays } from '../model/primitives.ts';
import type { Policy } from '../validate/validate.ts';

/** The days of the slots of one phase, or of all, as the plan has them: before any of them moved or was left out. */
export function plannedDays({ programme, schedule }: Policy, phase?: string): string[] {
  const { every, day } = schedule.slot;
  return programme.phases
    .filter(({ id }) => phase === undefined || id === phase)
    .flatMap(({ from, to }) => slotDays(from, to, every, weekdays.indexOf(day)));
}
