import { type Instant, toInstant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';

/**
 * The version of the plan that was in force at a moment: a version rules from its day until the next one does (C-009).
 */
export function versionInForce({ plan, programme }: Policy, moment: Instant): string | undefined {
  return plan.history.findLast(
    ({ inForceFrom }) => inForceFrom !== undefined && toInstant(inForceFrom, programme.zone) <= moment,
  )?.version;
}

/** True when a version asks for what holds from another one: it is that version, or stands later in the history. */
export function isAskedBy({ plan }: Policy, version: string, from: string): boolean {
  const order = (wanted: string) => plan.history.findIndex((row) => row.version === wanted);
  return order(from) === -1 || order(version) >= order(from);
}
