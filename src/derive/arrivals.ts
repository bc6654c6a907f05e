import { compareText } from '../diagnostic.ts';
import type { Instant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { arrivalInMarket, deploymentsTo } from './market.ts';

/** A fix or change that a release brought to participants, and when the last of what it needs was there. */
export type ItemArrival = { item: string; release: ReleaseHistory; since: Instant };

/** A release that came to participants, and the end of its last deployment there. */
export type ReleaseArrival = { release: ReleaseHistory; at: Instant };

/** Every fix and change that a release brought, the oldest first; what failed in front of participants is not there. */
export function itemArrivals({ releases, policy }: Catalog): ItemArrival[] {
  return releases
    .filter(({ state }) => state === 'complete' || state === 'deployed')
    .flatMap((release) =>
      release.now.contents.flatMap((item): ItemArrival[] => {
        const since = arrivalInMarket(release, item, policy);
        return since === undefined ? [] : [{ item, release, since }];
      }),
    )
    .sort((a, b) => compareText(a.since, b.since) || compareText(a.item, b.item));
}

/** The releases that came to participants, in the order in which they did. */
export function releaseArrivals({ releases, policy }: Catalog): ReleaseArrival[] {
  return releases
    .flatMap((release): ReleaseArrival[] => {
      const last = deploymentsTo(release, policy, 'market').findLast(({ line }) => line.outcome === 'succeeded');
      return last ? [{ release, at: last.counts }] : [];
    })
    .sort((a, b) => compareText(a.at, b.at) || compareText(a.release.id, b.release.id));
}
