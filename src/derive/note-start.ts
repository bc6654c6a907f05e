import type { Instant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import { environmentsFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { firstMarketDeployment } from './market.ts';

/**
 * The events that a note of a release starts from: what happened up to its publication or, once the release was
 * deployed, what happened before its first deployment to the market-facing environment. What came later, such as
 * another release, is not what this one changed.
 */
export function eventsBefore(
  { events, policy }: Pick<Catalog, 'events' | 'policy'>,
  release: ReleaseHistory,
  publishedAt: Instant,
): Catalog['events'] {
  const first = firstMarketDeployment(release, policy);
  return first && first.at < publishedAt
    ? events.filter(({ at }) => at < first.at)
    : events.filter(({ at }) => at <= publishedAt);
}

/** The release that came to the market-facing environment last before a note of another one. */
export function releaseBefore(
  catalog: Pick<Catalog, 'events' | 'policy'>,
  release: ReleaseHistory,
  publishedAt: Instant,
): string | undefined {
  const market = new Set(environmentsFor(catalog.policy, 'market'));
  return eventsBefore(catalog, release, publishedAt).findLast(
    (event) =>
      event.did === 'deploy' &&
      event.outcome === 'succeeded' &&
      market.has(event.environment) &&
      event.release !== release.id,
  )?.release;
}
