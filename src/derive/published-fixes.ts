import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { type Entry, isEntry } from './entry.ts';
import { type ReleaseHistory, snapshotBefore } from './history.ts';
import { deploymentsTo } from './market.ts';

/**
 * An item that readers were told is fixed: the release that brought it to the market-facing environment, its first
 * confirmed note that lists it, and the start of its first deployment there.
 */
export type PublishedFix = { release: ReleaseHistory; note: Entry<'publish'>; deployedAt: Instant };

/** Item to its published fix; where several releases say so, the latest. */
export function publishedFixes(releases: readonly ReleaseHistory[], policy: Policy): Map<string, PublishedFix> {
  const fixes = new Map<string, PublishedFix>();
  for (const release of releases) {
    const deployments = deploymentsTo(release, policy, 'market');
    const last = deployments.findLast(({ line }) => line.outcome === 'succeeded');
    if (!last) continue;
    const notes = confirmedNotes(release);
    for (const item of snapshotBefore(release, last.counts).contents) {
      const note = notes.find(({ items }) => items.has(item))?.note;
      if (note && note.at > (fixes.get(item)?.note.at ?? ''))
        fixes.set(item, { release, note, deployedAt: (deployments[0] ?? last).at });
    }
  }
  return fixes;
}

function confirmedNotes({ entries, after }: ReleaseHistory): { note: Entry<'publish'>; items: Set<string> }[] {
  return entries.flatMap((entry, order) =>
    isEntry(entry, 'publish') && entry.line.note !== 'provisional'
      ? [{ note: entry, items: new Set(after[order]?.bundle) }]
      : [],
  );
}
