import { firstMarketDeployment } from '../../derive/market.ts';
import { at, defineRule } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

export const emergenciesAreExceptions = defineRule({
  id: 'emergencies-are-exceptions',
  obligations: ['C-084'],
  summary: 'Emergencies stay the exception: few among the releases of a phase, and never two in a row.',
  *check({ releases, policy }) {
    const { phases, limits } = policy.programme;
    for (const phase of phases) {
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
      // Among the first few releases of a phase a share says nothing.
      if (last && deployed.length > 4 && emergencies.length / deployed.length > limits.emergencyShare) {
        yield {
          at: at(last.release.record, 'type'),
          message: `${emergencies.length} of ${deployed.length} releases of ${phase.name} are emergencies, more than ${Math.round(limits.emergencyShare * 100)} %.`,
          hint: 'Let what can wait go the regular way.',
          when: last.first.at,
          release: last.release.id,
        };
      }
    }
  },
});
