import { compareText } from '../diagnostic.ts';
import type { Defect } from '../model/defect.ts';
import type { NoteItem } from '../model/note.ts';
import { endOfDay, type Instant, isDate, toDay, toInstant } from '../model/time.ts';
import { itemArrivals } from './arrivals.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { valueAt } from './known-issues.ts';
import { defectOf } from './lookup.ts';
import { itemOf } from './note-item.ts';

/** What came of a fix once participants had it: what the tracker says, or that nothing is asked or followed. */
export const retestOutcomes = ['waiting', 'reopened', 'confirmed', 'settled', 'not-asked', 'untracked'] as const;
export type RetestOutcome = (typeof retestOutcomes)[number];

/** A fix or change that participants have, by the release that brought it last. */
export type Retest = {
  item: NoteItem;
  release: ReleaseHistory;
  /** When the last of what it needs arrived. */
  since: Instant;
  outcome: RetestOutcome;
  /** The day on which the tracker said so. */
  day?: string;
};

/** Every fix and change that is in front of participants now, the newest first. */
export function retestsOf(catalog: Catalog): Retest[] {
  const found = new Map(
    itemArrivals(catalog).map(({ item, release, since }) => [
      item,
      { item: itemOf(catalog, release, item), release, since },
    ]),
  );
  return [...found.values()]
    .map((fix) => ({ ...fix, ...outcomeOf(catalog, fix) }))
    .sort((a, b) => compareText(b.since, a.since) || compareText(a.item.id, b.item.id));
}

function outcomeOf(catalog: Catalog, { item, since }: Pick<Retest, 'item' | 'since'>): Pick<Retest, 'outcome' | 'day'> {
  const { statuses } = catalog.policy.programme;
  const isAsked = item.actions.length > 0 || item.retest !== undefined;
  const defect = defectOf(catalog, item.id);
  if (!defect) return { outcome: isAsked ? 'untracked' : 'not-asked' };
  const { status, day, wasSettled } = statusSince(catalog, defect, since);
  const known = statuses.find(({ id }) => id === status);
  if (known?.open && wasSettled) return { outcome: 'reopened', ...(day ? { day } : {}) };
  if (known?.retested) return { outcome: 'confirmed', ...(day ? { day } : {}) };
  if (!isAsked) return { outcome: 'not-asked' };
  const isFollowed = statuses.some(({ retested }) => retested);
  if (known && !known.open && (!known.fixed || !isFollowed)) return { outcome: 'settled', ...(day ? { day } : {}) };
  return { outcome: 'waiting' };
}

/** The status of a defect now, the day of its last change, and whether it was settled at some time since a moment. */
function statusSince(
  { policy, asOf }: Catalog,
  defect: Defect,
  since: Instant,
): { status: string; day?: string; wasSettled: boolean } {
  const { zone, statuses } = policy.programme;
  const isSettled = (id: string) => statuses.some((status) => status.id === id && !status.open);
  const past = defect.tracker.history
    .filter(({ field }) => field === 'status')
    .map((change) => ({ ...change, begins: toInstant(change.at, zone) }))
    .filter(({ begins }) => begins <= asOf)
    .sort((a, b) => compareText(a.begins, b.begins));
  // A change that is known to the day only may have come at its end.
  const later = past.filter(({ at, begins }) => (isDate(at) ? endOfDay(at, zone) : begins) >= since);
  const last = past.at(-1);
  return {
    status: valueAt(defect, 'status', asOf, zone),
    ...(last ? { day: toDay(last.begins, zone) } : {}),
    wasSettled: later.some(({ from }) => isSettled(from)),
  };
}
