import { versionInForce } from '../../derive/plan-version.ts';
import { at, defineRule } from '../rule.ts';

export const planVersionInForce = defineRule({
  id: 'plan-version-in-force',
  obligations: ['C-009'],
  summary: 'Every release answers to a version of the plan that was in force on its date.',
  *check({ releases, policy }) {
    for (const release of releases) {
      const first = release.entries[0];
      if (!first || versionInForce(policy, first.at)) continue;
      yield {
        at: at(release.record, 'log', first.index, 'at'),
        message: `No version of the plan was in force when ${release.id} began.`,
        hint: 'Give the version that it followed "inForceFrom" in plan/plan.md.',
        when: first.at,
        release: release.id,
      };
    }
  },
});
