import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { isBefore } from '../../derive/entry.ts';
import type { Snapshot } from '../../derive/snapshot.ts';
import { snapshotBefore } from '../../derive/history.ts';
import { at, defineRule } from '../rule.ts';

export const testedBeforeMarket = defineRule({
  id: 'tested-before-market',
  obligations: ['C-050', 'C-051', 'C-073', 'C-099', 'C-101'],
  summary:
    'Nothing is deployed to the market-facing environment before each of its items passed internal testing in the one before.',
  *check({ releases, policy }) {
    for (const release of releases) {
      for (const { at: start, index } of deploymentsTo(release, policy, 'market')) {
        const before = snapshotBefore(release, start);
        for (const environment of environmentsFor(release.policy, 'proving')) {
          const items = [...new Set([...before.bundle, ...before.contents])].filter(
            (item) => !isTested(item, environment, before),
          );
          if (items.length === 0) continue;
          const failed = items.filter((item) => before.results[environment]?.[item]?.outcome === 'failed');
          const last = failed[0] === undefined ? undefined : before.results[environment]?.[failed[0]]?.entry;
          yield {
            at: at(release.record, 'log', index, 'at'),
            message:
              failed.length > 0
                ? `The last test of ${failed.join(', ')} in ${environmentName(policy, environment)} failed.`
                : `${items.join(', ')} had not passed a test in ${environmentName(policy, environment)} when this deployment started.`,
            hint: `Record the passed test in ${environmentName(policy, environment)} before this line, or withdraw what did not pass and deliver without it.`,
            related: last ? [{ at: at(release.record, 'log', last.index), message: 'the failed test' }] : [],
            when: start,
            release: release.id,
          };
        }
      }
    }
  },
});

/** Passed, and nothing arrived in the environment since. */
function isTested(item: string, environment: string, before: Snapshot): boolean {
  const result = before.results[environment]?.[item];
  const arrivals = Object.values(before.deployed[environment] ?? {});
  return (
    result?.outcome === 'passed' &&
    (before.proved.includes(item) || arrivals.every(({ entry }) => isBefore(entry, result.entry)))
  );
}
