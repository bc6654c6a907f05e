import { type Instant, toInstant } from '../model/time.ts';
import type { PolicyFiles } from '../validate/validate.ts';

/**
 * The version of the plan that was in force at a moment: a version rules from its day until the next one does (C-009).
 */
export function versionInForce(
  { plan, programme }: { plan: PolicyFiles['plan']; programme: { zone: string } },
  moment: Instant,
): string | undefined {
  return plan.history.findLast(
    ({ inForceFrom }) => inForceFrom !== undefined && toInstant(inForceFrom, programme.zone) <= moment,
  )?.version;
}

/** True when a version asks for what holds from another one: it is that version, or stands later in the history. */
export function isAskedBy({ plan }: Pick<PolicyFiles, 'plan'>, version: string, from: string): boolean {
  return orderOf(plan, from) === -1 || orderOf(plan, version) >= orderOf(plan, from);
}

/** The place of a version in the history, -1 for one that it does not have. */
export function orderOf({ history }: PolicyFiles['plan'], version: string): number {
  return history.findIndex((row) => row.version === version);
}
