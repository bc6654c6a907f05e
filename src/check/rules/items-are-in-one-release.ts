import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { defectOf } from '../../derive/lookup.ts';
import { completedAt } from '../../derive/slots.ts';
import type { Instant } from '../../model/time.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { trackerChanges } from '../tracker-changes.ts';

export const itemsAreInOneRelease = defineRule({
  id: 'items-are-in-one-release',
  obligations: ['C-013', 'C-117'],
  summary:
    'An item is in one open release at a time, and one that a complete release brought is proposed again only after it was reopened.',
  since: 2,
  *check(catalog) {
    const holders = holdersOf(catalog);
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'propose')) yield* elsewhere(release, entry, holders, catalog);
    }
  },
});

type Holder = { release: ReleaseHistory; proposed: Instant; complete: Instant | undefined };

/** The open and complete releases that hold each item, and when each proposed it. */
function holdersOf({ releases, policy }: Catalog): Map<string, Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const release of releases) {
    if (release.state === 'closed') continue;
    const complete = completedAt(release, policy);
    for (const item of release.now.live) {
      const proposed = entriesOf(release, 'propose').findLast(({ line }) => line.items.includes(item))?.at;
      if (proposed !== undefined) holders.set(item, [...(holders.get(item) ?? []), { release, proposed, complete }]);
    }
  }
  return holders;
}

function* elsewhere(
  release: ReleaseHistory,
  { line, index, at: when }: Entry<'propose'>,
  holders: Map<string, Holder[]>,
  catalog: Catalog,
): Generator<RuleFinding> {
  for (const [position, item] of line.items.entries()) {
    const all = holders.get(item) ?? [];
    const own = all.find((holder) => holder.release === release);
    const other = all.find((holder) => holder.release !== release && holder.proposed < when);
    if (own?.proposed !== when || !other) continue;
    // The fix of an emergency is taken over by a later release, which then says so.
    const isTakenOver = other.release.kind === 'emergency' && release.kind !== 'emergency';
    const isComplete = other.complete !== undefined && other.complete <= when && !isTakenOver;
    const isOpen = other.complete === undefined && own.complete === undefined;
    if (!isOpen && !(isComplete && !isReopened(item, other.complete as Instant, when, catalog))) continue;
    const { id } = other.release;
    yield {
      at: at(release.record, 'log', index, 'items', position),
      message: isOpen
        ? `${item} is in ${id} too, which is not complete.`
        : `${id} brought ${item}, and is complete since ${toDay(other.complete as Instant, catalog.policy.programme.zone)}; nothing reopened it since.`,
      hint: isOpen
        ? `Withdraw it from one of the two.`
        : 'Withdraw it here; where the fix did not hold, have the tracker reopen it and import that first.',
      level: 'warning',
      when,
      release: release.id,
      item,
    };
  }
}

/** True for a defect that the tracker took for not fixed at a moment after a release had brought it. */
function isReopened(item: string, since: Instant, until: Instant, catalog: Catalog): boolean {
  const defect = defectOf(catalog, item);
  if (!defect) return false;
  const fixed = new Set(catalog.policy.programme.statuses.filter((status) => status.fixed).map(({ id }) => id));
  const changes = trackerChanges(defect, 'status', catalog);
  return changes.some(({ to, when }) => when > since && when <= until && !fixed.has(String(to)));
}
