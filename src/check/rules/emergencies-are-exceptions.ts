import { firstMarketDeployment } from '../../derive/market.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { at, defineRule } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

export const emergenciesAreExceptions = defineRule({
  id: 'emergencies-are-exceptions',
  obligations: ['C-084'],
  summary: 'Emergencies stay the exception: few among the releases of a phase, and never two in a row.',
  *check({ releases, policy, periods }) {
    for (const phase of policy.programme.phases) {
      const deployed = releases
        .filter(({ record }) => record.phase === phase.id)
        .flatMap((release) => {
          const first = firstMarketDeployment(release, policy);
          return first ? [{ release, first }] : [];
        })
        .sort((a, b) => compareText(a.first.at, b.first.at));
      const emergencies = deployed.filter(({ release }) => release.kind === 'emergency');
      for (const [index, { release, first }] of deployed.entries()) {
        const before = deployed[index - 1];
        if (release.kind !== 'emergency' || before?.release.kind !== 'emergency') continue;
        yield {
          at: at(release.record, 'log', first.index, 'at'),
          message: `${release.id} follows the emergency ${before.release.id} with no other release between.`,
          hint: 'Look into why testing keeps stopping; a waiver can own it.',
          related: [{ at: at(before.release.record, 'log', before.first.index), message: 'the emergency before' }],
          when: first.at,
          release: release.id,
        };
      }
      const last = emergencies.at(-1);
      if (!last) continue;
      const { emergencyShare } = policyAt({ periods }, last.first.at).programme.limits;
      // Among the first few releases of a phase a share says nothing.
      if (deployed.length > 4 && emergencies.length / deployed.length > emergencyShare) {
        yield {
          at: at(last.release.record, 'type'),
          message: `${emergencies.length} of ${deployed.length} releases of ${phase.name} are emergencies, more than ${Math.round(emergencyShare * 100)} %.`,
          hint: 'Let what can wait go the regular way.',
          when: last.first.at,
          release: last.release.id,
        };
      }
    }
  },
});
