import { compareText } from '../diagnostic.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { environmentsFor } from './environments.ts';
import type { Entry } from './entry.ts';
import { entriesOf, type ReleaseHistory } from './history.ts';
import { componentsOf } from './presence.ts';
import { isAbsent } from './snapshot.ts';

/** Every deployment of a release to an environment of one use, whatever came of it. */
export function deploymentsTo(
  release: ReleaseHistory,
  policy: Policy,
  use: Policy['environments'][number]['use'],
): Entry<'deploy'>[] {
  const environments = environmentsFor(policy, use);
  return entriesOf(release, 'deploy').filter(({ line }) => environments.includes(line.to));
}

/** The first deployment of a release to a market-facing environment, whatever came of it, or of one outcome. */
export function firstMarketDeployment(
  release: ReleaseHistory,
  policy: Policy,
  outcome?: 'succeeded',
): Entry<'deploy'> | undefined {
  return deploymentsTo(release, policy, 'market').find(({ line }) => outcome === undefined || line.outcome === outcome);
}

/**
 * When the last of what an item needs arrived in the market-facing environments, in the versions that the release has
 * now; nothing while some of it has not.
 */
export function arrivalInMarket(
  { now, components }: Pick<ReleaseHistory, 'now' | 'components'>,
  item: string,
  policy: Policy,
): Instant | undefined {
  const moments = environmentsFor(policy, 'market').flatMap((environment): (Instant | undefined)[] => {
    const own = componentsOf(item, now, { components });
    if (own.length === 0) return [now.arrived[environment]?.counts];
    return own.flatMap((component) => {
      const arrival = now.deployed[environment]?.[component];
      if (arrival?.version === now.versions[component]) return [arrival?.entry.counts];
      return isAbsent(policy, component, environment, now.delivery?.counts ?? '') ? [] : [undefined];
    });
  });
  return moments.includes(undefined) ? undefined : (moments as Instant[]).sort(compareText).at(-1);
}
