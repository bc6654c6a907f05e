import type { Defect } from '../model/defect.ts';
import { addDays, endOfDay, type Instant, toDay, toInstant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import { policyAt } from './policy-at.ts';

/** How a defect stands with the teams: the last day on which it has to go to one, and since when one has it. */
export type Assignment = { last: string; due: Instant; taken: Instant | undefined; isTaken: boolean };

/** By when a defect has to go to a team, by the policy of the day on which it was raised, and whether one has it. */
export function assignmentOf(
  { tracker: { raised, assigned, team } }: Defect,
  { policy, periods, asOf }: Pick<Catalog, 'policy' | 'periods' | 'asOf'>,
): Assignment {
  const { zone } = policy.programme;
  const { limits } = policyAt({ periods }, toInstant(raised, zone)).programme;
  const last = addDays(toDay(toInstant(raised, zone), zone), limits.assignedDays);
  const taken = assigned === undefined ? undefined : toInstant(assigned, zone);
  // A team without a date has it; since when, the tracker did not say.
  const isTaken = taken === undefined ? team !== undefined : taken <= asOf;
  return { last, due: endOfDay(last, zone), taken, isTaken };
}
