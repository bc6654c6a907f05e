import { endOfDay, type Instant, isDate } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import { type Entry, isEntry } from './entry.ts';
import type { ReleaseHistory } from './history.ts';
import { isSettled } from './known-issues.ts';
import { effectiveDay } from './slot-decisions.ts';

/** A slot that an item was promised for when it was withdrawn: by the end of its day a release of it has the item. */
export type Promised = { item: string; release: ReleaseHistory; entry: Entry<'withdraw'>; slot: string; due: Instant };

/**
 * The promises that are still owed: no release of the slot has the item, no later line moved it, and nothing else
 * settled it.
 */
export function promisesOf(catalog: Catalog): Promised[] {
  const { policy, releases } = catalog;
  return releases.flatMap((release) =>
    Object.entries(release.now.withdrawn).flatMap(([item, entry]): Promised[] => {
      const slot = entry.line.target;
      if (!isDate(slot) || isKept(catalog, release, item, slot) || isMoved(catalog, release, item, entry)) return [];
      if (isSettled(catalog, item)) return [];
      return [
        {
          item,
          release,
          entry,
          slot,
          due: endOfDay(effectiveDay(slot, release.record.phase, policy), policy.programme.zone),
        },
      ];
    }),
  );
}

/** A release of that slot has it, or another one brought it. */
function isKept({ releases }: Catalog, from: ReleaseHistory, item: string, slot: string): boolean {
  return releases.some(
    ({ id, record, now, state }) =>
      id !== from.id &&
      now.live.includes(item) &&
      (state === 'complete' || (record.slot === slot && state !== 'closed')),
  );
}

/** Another release proposed it since, or let it go with a target of its own: that line says what is meant now. */
function isMoved({ releases }: Catalog, from: ReleaseHistory, item: string, { at }: Entry<'withdraw'>): boolean {
  return releases.some(({ id, entries }) =>
    entries.some(
      (entry) =>
        id !== from.id && isEntry(entry, 'propose', 'withdraw') && entry.at >= at && entry.line.items.includes(item),
    ),
  );
}
