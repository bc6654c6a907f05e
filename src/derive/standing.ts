import { compareText } from '../diagnostic.ts';
import type { Instant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { isSettled } from './known-issues.ts';
import { defectOf, unreadReleases } from './lookup.ts';
import { firstMarketDeployment } from './market.ts';
import { membershipOf } from './membership.ts';
import { completedAt } from './slots.ts';

/** How an item stands: the first of these that can be said of it. */
export type StandingKind =
  'deployed' | 'coming' | 'proposed' | 'fixed' | 'unknown' | 'settled' | 'withdrawn' | 'unplanned';

/** How an item stands, and the release that makes it so: the one that has it, brought it, or let it go last. */
export type ItemStanding = { kind: StandingKind; release?: ReleaseHistory };

/** Every release that ever proposed an item, in the order in which they did. */
export function holdersOf({ releases }: Catalog, item: string): ReleaseHistory[] {
  const first = (release: ReleaseHistory) => proposedAt(release, item) ?? '';
  return releases.filter(({ now }) => now.candidates.includes(item)).sort((a, b) => compareText(first(a), first(b)));
}

/** When a release first proposed an item. */
export function proposedAt({ entries }: ReleaseHistory, item: string): Instant | undefined {
  return entries.find(({ line }) => line.did === 'propose' && line.items.includes(item))?.at;
}

/** The one answer to where an item stands, for whoever asks: on its way, proposed, in place, settled, withdrawn. */
export function standingOf(catalog: Catalog, item: string): ItemStanding {
  const { policy } = catalog;
  const holders = holdersOf(catalog, item);
  const committed = holders.filter(({ now }) => membershipOf(now, item) === 'committed');
  const current = committed.find(({ state }) => state !== 'complete' && state !== 'closed');
  if (current) {
    const isThere = current.state !== 'failed' && firstMarketDeployment(current, policy, 'succeeded') !== undefined;
    return { kind: isThere ? 'deployed' : 'coming', release: current };
  }
  const proposed = holders.find(
    ({ now, state }) => membershipOf(now, item) === 'candidate' && state !== 'closed' && state !== 'complete',
  );
  if (proposed) return { kind: 'proposed', release: proposed };
  const fixed = committed.findLast((release) => completedAt(release, policy) !== undefined);
  if (fixed) return { kind: 'fixed', release: fixed };
  if (unreadReleases(catalog).length > 0) return { kind: 'unknown' };
  if (isSettled(catalog, item)) return { kind: 'settled' };
  const last = holders
    .filter(({ now }) => now.withdrawn[item] !== undefined)
    .sort((a, b) => compareText(a.now.withdrawn[item]?.at ?? '', b.now.withdrawn[item]?.at ?? ''))
    .at(-1);
  if (last) return { kind: 'withdrawn', release: last };
  // A release that is closed has it and does not bring it.
  const closed = holders.findLast(({ now, state }) => state === 'closed' && now.live.includes(item));
  return { kind: 'unplanned', ...(closed ? { release: closed } : {}) };
}

/** The first report of what an item reports once more; the item itself where it is none, or names a circle. */
export function originalOf(catalog: Catalog, item: string): string {
  const seen = [item];
  for (;;) {
    const next = defectOf(catalog, seen.at(-1) as string)?.duplicateOf;
    if (next === undefined || !defectOf(catalog, next)) return seen.at(-1) as string;
    if (seen.includes(next)) return item;
    seen.push(next);
  }
}
