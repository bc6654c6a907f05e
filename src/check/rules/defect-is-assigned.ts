import type { Catalog } from '../../derive/catalog.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { rolesMarked } from '../../derive/roles.ts';
import type { Defect } from '../../model/defect.ts';
import { addDays, endOfDay, toDay, toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const defectIsAssigned = defineRule({
  id: 'defect-is-assigned',
  obligations: ['C-068'],
  summary:
    'A defect goes to a development team within the days that were set for it, counted from the day it was raised.',
  *check(catalog) {
    const { zone } = catalog.policy.programme;
    for (const defect of catalog.defects) {
      const { last, due, taken, isTaken } = assignmentOf(defect, catalog);
      if (catalog.asOf < due) continue;
      if (isTaken && taken !== undefined && taken >= due) {
        yield {
          at: at(defect, 'tracker', 'assigned'),
          message: `${defect.id} went to a team on ${toDay(taken, zone)}, later than ${last}, by when it had to.`,
          hint: 'Correct the date in the tracker if it is wrong; else a waiver can own it.',
          when: taken,
          item: defect.id,
        };
      } else if (!isTaken && isOpen(defect, catalog)) {
        yield {
          at: at(defect, 'tracker', 'raised'),
          message: `${defect.id} is open, and no team has it; it had to go to one by ${last}.`,
          hint: 'Assign it in the tracker, and import it again.',
          when: due,
          item: defect.id,
        };
      }
    }
  },
  *owes(catalog) {
    const { policy, asOf } = catalog;
    for (const defect of catalog.defects) {
      const { due, isTaken } = assignmentOf(defect, catalog);
      if (isTaken || !isOpen(defect, catalog) || toInstant(defect.tracker.raised, policy.programme.zone) > asOf)
        continue;
      yield {
        what: `Assignment of ${defect.id} to a team`,
        roles: rolesMarked(policy, 'propose', /R/),
        due,
        item: defect.id,
      };
    }
  },
});

/** The days that were set by the policy of the day on which it was raised. */
function assignmentOf({ tracker: { raised, assigned, team } }: Defect, { policy, reigns, asOf }: Catalog) {
  const { zone } = policy.programme;
  const { limits } = policyAt({ reigns }, toInstant(raised, zone)).programme;
  const last = addDays(toDay(toInstant(raised, zone), zone), limits.assignedDays);
  const taken = assigned === undefined ? undefined : toInstant(assigned, zone);
  // A team without a date has it; since when, the tracker did not say.
  const isTaken = taken === undefined ? team !== undefined : taken <= asOf;
  return { last, due: endOfDay(last, zone), taken, isTaken };
}

function isOpen(defect: Defect, { policy, asOf }: Catalog): boolean {
  const { statuses, zone } = policy.programme;
  const status = valueAt(defect, 'status', asOf, zone);
  return statuses.some(({ id, open }) => open && id === status);
}
