import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const marketVersionIsProved = defineRule({
  id: 'market-version-is-proved',
  obligations: ['C-048'],
  summary:
    'The version deployed to the market-facing environment is the version that was proved in the environment before it.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of deploymentsTo(release, catalog.policy, 'market'))
        yield* otherVersions(release, entry, catalog);
    }
  },
});

function* otherVersions(
  release: ReleaseHistory,
  { at: start, index, line }: Entry<'deploy'>,
  { policy }: Catalog,
): Generator<RuleFinding> {
  const before = snapshotBefore(release, start);
  for (const environment of environmentsFor(release.policy, 'proving')) {
    for (const component of line.components ?? Object.keys(before.versions)) {
      const arrival = before.deployed[environment]?.[component];
      const version = before.versions[component];
      if (!arrival || version === undefined || arrival.version === version) continue;
      yield {
        at: at(release.record, 'log', index, 'to'),
        message: `${component} ${version} goes to ${environmentName(policy, line.to)}, but ${environmentName(policy, environment)} holds ${arrival.version}.`,
        hint: `Deploy ${component} ${version} to ${environmentName(policy, environment)} and test it there first.`,
        related: [{ at: at(release.record, 'log', arrival.entry.index), message: `${arrival.version} arrived here` }],
        when: start,
        release: release.id,
      };
    }
  }
}
