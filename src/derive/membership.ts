import type { Instant } from '../model/time.ts';
import type { Snapshot } from './snapshot.ts';

/** Committed items are in the release, candidates may be, withdrawn ones are not any more. */
export type Membership = 'committed' | 'candidate' | 'withdrawn';

/** When an item was taken out of a release, why, and which slot it is meant for now, or `none`. */
export type Withdrawal = { at: Instant; reason: string; target: string };

/** How an item belongs to a release. */
export function membershipOf({ withdrawn, bundle }: Snapshot, item: string): Membership {
  return withdrawn[item] ? 'withdrawn' : bundle.includes(item) ? 'committed' : 'candidate';
}

/** The line that took an item out of a release, unless it was proposed again since. */
export function withdrawalOf({ withdrawn }: Snapshot, item: string): Withdrawal | undefined {
  const entry = withdrawn[item];
  return entry && { at: entry.at, reason: entry.line.reason, target: entry.line.target };
}
