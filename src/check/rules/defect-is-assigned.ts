import { valueAt } from '../../derive/known-issues.ts';
import { addDays, endOfDay, toDay, toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const defectIsAssigned = defineRule({
  id: 'defect-is-assigned',
  obligations: ['C-068'],
  summary:
    'A defect goes to a development team within the days that were set for it, counted from the day it was raised.',
  *check({ defects, policy, asOf }) {
    const { zone, limits, statuses } = policy.programme;
    const open = new Set(statuses.filter((status) => status.open).map(({ id }) => id));
    for (const defect of defects) {
      const { raised, assigned, team } = defect.tracker;
      const last = addDays(toDay(toInstant(raised, zone), zone), limits.assignedDays);
      const due = endOfDay(last, zone);
      const taken = assigned === undefined ? undefined : toInstant(assigned, zone);
      // A team without a date has it; since when, the tracker did not say.
      const isTaken = taken === undefined ? team !== undefined : taken <= asOf;
      if (asOf < due) continue;
      if (isTaken && taken !== undefined && taken >= due) {
        yield {
          at: at(defect, 'tracker', 'assigned'),
          message: `${defect.id} went to a team on ${toDay(taken, zone)}, later than ${last}, by when it had to.`,
          hint: 'Correct the date in the tracker if it is wrong; else a waiver can own it.',
          when: taken,
          item: defect.id,
        };
      } else if (!isTaken && open.has(valueAt(defect, 'status', asOf, zone))) {
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
});
