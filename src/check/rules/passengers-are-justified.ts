import { criticalSeverities, valueAt } from '../../derive/known-issues.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { at, defineRule } from '../rule.ts';

export const passengersAreJustified = defineRule({
  id: 'passengers-are-justified',
  obligations: ['C-086'],
  summary: 'An item of an emergency that was not critical when the review took place says why it rides along.',
  *check({ releases, defects, policy, periods, asOf, unread }) {
    const { zone } = policy.programme;
    for (const release of releases) {
      const { bundle, review } = release.now;
      if (release.kind !== 'emergency') continue;
      const moment = review?.at ?? asOf;
      const critical = criticalSeverities(policyAt({ periods }, moment));
      const severityOf = (item: string) =>
        defects.filter(({ id }) => id === item).map((defect) => valueAt(defect, 'severity', moment, zone))[0];
      // Without a driver there are no passengers: that no item is critical is an error of its own.
      if (!bundle.some((item) => critical.includes(severityOf(item) ?? ''))) continue;
      for (const [index, { id, reason }] of release.record.items.entries()) {
        const severity = severityOf(id);
        if (reason || !bundle.includes(id) || unread.includes(id) || critical.includes(severity ?? '')) continue;
        yield {
          at: at(release.record, 'items', index, 'id'),
          message: `${id} ${severity ? `was ${severity}` : defects.some((defect) => defect.id === id) ? 'was not rated' : 'is no defect'}, and rides in the emergency ${release.id} without a reason.`,
          hint: 'Add "reason" to the item, or withdraw it and let it go the regular way.',
          release: release.id,
          item: id,
        };
      }
    }
  },
});
