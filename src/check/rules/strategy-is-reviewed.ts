import { accountableFor } from '../../derive/roles.ts';
import { endOfDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const strategyIsReviewed = defineRule({
  id: 'strategy-is-reviewed',
  obligations: ['C-034'],
  summary: 'The release strategy is reviewed by the day that was set for it.',
  *check({ policy, asOf }) {
    const { nextReview, lastReviewed } = policy.plan;
    if (nextReview === undefined) return;
    const due = endOfDay(nextReview, policy.programme.zone);
    if (asOf < due) return;
    const shared = { at: at({ file: 'plan/plan.md' }, 'nextReview'), when: due };
    if (lastReviewed !== undefined && lastReviewed >= nextReview) {
      yield {
        ...shared,
        message: `The strategy was reviewed on ${lastReviewed}, and no day is set for its next review.`,
        hint: 'Write the day of the next review.',
      };
    } else {
      const last = lastReviewed === undefined ? '' : `, now ${lastReviewed}`;
      yield {
        ...shared,
        message: `The review of the strategy was due by ${nextReview}.`,
        hint: `Review it, then set "lastReviewed"${last}, and the day of the next one.`,
        level: 'overdue',
      };
    }
  },
  *owes({ policy }) {
    const { nextReview, lastReviewed } = policy.plan;
    if (nextReview === undefined || (lastReviewed !== undefined && lastReviewed >= nextReview)) return;
    yield {
      what: 'Review of the release strategy',
      roles: accountableFor(policy, 'review'),
      due: endOfDay(nextReview, policy.programme.zone),
    };
  },
});
