import { compareText } from '../diagnostic.ts';
import type { Defect } from '../model/defect.ts';
import { endOfDay, type Instant, isDate, toInstant } from '../model/time.ts';
import { type ItemArrival, itemArrivals } from './arrivals.ts';
import type { Catalog } from './catalog.ts';
import { environmentsFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { heldAt, isArrival } from './timeline.ts';

/** Something that participants who test again should know of, and when it came to be so. */
export type News = {
  at: Instant;
  /** The day, where no more is known. */
  day?: string;
} & (
  | { kind: 'version'; environment: string; component: string; from?: string; to: string; release: string }
  | { kind: 'fix'; item: string; release: ReleaseHistory }
  | { kind: 'issue'; item: string; did: 'opened' | 'opened again' | 'settled' }
  | { kind: 'retest'; item: string; did: 'confirmed' | 'settled' | 'came back' }
);

/** All that happened in front of participants, in order of time. */
export function newsOf(catalog: Catalog): News[] {
  const arrivals = Map.groupBy(itemArrivals(catalog), ({ item }) => item);
  const first = firstArrivals(catalog);
  return [
    ...versionNews(catalog),
    ...[...arrivals.values()]
      .flat()
      .map(({ item, release, since }): News => ({ at: since, kind: 'fix', item, release })),
    ...catalog.defects.flatMap((defect) => defectNews(catalog, defect, arrivals.get(defect.id) ?? [], first)),
  ]
    .filter(({ at }) => at <= catalog.asOf)
    .sort((a, b) => compareText(a.at, b.at));
}

function versionNews({ events, policy }: Catalog): News[] {
  const market = new Set(environmentsFor(policy, 'market'));
  return events
    .filter((event) => isArrival(event) && market.has(event.environment))
    .flatMap(({ at, environment, versions, release, index }) =>
      Object.entries(versions).flatMap(([component, to]): News[] => {
        const from = heldAt(events, environment, component, at, { release, index })?.versions[component];
        if (from === to) return [];
        return [{ at, kind: 'version', environment, component, ...(from === undefined ? {} : { from }), to, release }];
      }),
    );
}

/** When each component first came to participants. */
function firstArrivals(catalog: Catalog): Map<string, Instant> {
  const first = new Map<string, Instant>();
  for (const event of versionNews(catalog))
    if (event.kind === 'version' && !first.has(event.component)) first.set(event.component, event.at);
  return first;
}

/**
 * A defect that participants are told of is a known issue from when it was raised and its component was there. What the
 * tracker says of it after its fix came is a retest.
 */
function defectNews(
  { policy }: Catalog,
  { id: item, summary, tracker }: Defect,
  arrivals: readonly ItemArrival[],
  first: ReadonlyMap<string, Instant>,
): News[] {
  const { zone, statuses } = policy.programme;
  const { component } = tracker;
  const there = component === undefined ? '' : first.get(component);
  if (summary === undefined || there === undefined) return [];
  const raised = toInstant(tracker.raised, zone);
  const start = raised > there ? { at: raised, ...dayIn(tracker.raised) } : { at: there };
  const news: News[] = [{ ...start, kind: 'issue', item, did: 'opened' }];
  const known = (id: string) => statuses.find((status) => status.id === id);
  for (const { at: time, field, from, to } of tracker.history) {
    if (field !== 'status') continue;
    const begins = toInstant(time, zone);
    // What is known to the day only comes after what else happened on it.
    const ends = isDate(time) ? endOfDay(time, zone) : begins;
    const fix = arrivals.findLast(({ since }) => since <= ends);
    const when = { at: fix && fix.since > begins ? fix.since : begins, ...dayIn(time) };
    const [before, after] = [known(from), known(to)];
    if (before && !before.open && after?.open)
      news.push(
        fix
          ? { ...when, kind: 'retest', item, did: 'came back' }
          : { ...when, kind: 'issue', item, did: 'opened again' },
      );
    else if (fix && after?.retested) news.push({ ...when, kind: 'retest', item, did: 'confirmed' });
    else if (before?.open && after && !after.open)
      if (!fix) news.push({ ...when, kind: 'issue', item, did: 'settled' });
      else if (!after.fixed) news.push({ ...when, kind: 'retest', item, did: 'settled' });
  }
  return news;
}

function dayIn(time: string): { day?: string } {
  return isDate(time) ? { day: time } : {};
}

/** What environments in front of participants held of a component when something was known to be so, oldest first. */
export function heldWhen(
  { events, policy }: Catalog,
  component: string,
  time: string,
): { environment: string; versions: string[]; release?: string }[] {
  const { zone } = policy.programme;
  const moment = toInstant(time, zone);
  const end = isDate(time) ? endOfDay(time, zone) : moment;
  return environmentsFor(policy, 'market').map((environment) => {
    const before = heldAt(events, environment, component, moment);
    const during = events.filter(
      (event) =>
        isArrival(event) &&
        event.environment === environment &&
        event.at >= moment &&
        event.at < end &&
        event.versions[component],
    );
    const held = [before, ...during].flatMap((event) => event ?? []);
    const versions = [...new Set(held.map(({ versions: all }) => all[component] as string))];
    const last = held.at(-1)?.release;
    return { environment, versions, ...(last === undefined ? {} : { release: last }) };
  });
}
