import { compareText } from '../diagnostic.ts';
import type { Line } from '../model/log.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { EarlierRelease } from '../model/programme.ts';
import type { Policy } from '../validate/validate.ts';
import { byStart, type Entry, isEntry } from './entry.ts';
import { environmentsFor } from './environments.ts';

/** Something that happened to components in one environment: an arrival, a failed deployment or a test. */
export type CellEvent = {
  at: Instant;
  environment: string;
  release: string;
  /** The place of its line in the log; negative for what happened before the records begin. */
  index: number;
  did: 'deliver' | 'deploy' | 'test';
  outcome: 'succeeded' | 'failed' | 'passed';
  /** Component to the version that arrived, was attempted or was tested. */
  versions: Record<string, string>;
  /** The items a test covers, where it does not cover all. */
  items?: string[];
};

/** What the timeline needs of a release: its id, and the lines that count in order of time. */
type Lines = { id: string; entries: readonly Entry[] };

/**
 * The lines of all releases as one history of the environments, in order of time: environments are shared, so what one
 * release proved or lost there is read from here, never from its own log alone.
 */
export function timelineOf(releases: readonly Lines[], policy: Policy): CellEvent[] {
  const delivery = environmentsFor(policy, 'delivery');
  return releases
    .flatMap((release) => eventsOf(release, delivery))
    .concat(policy.programme.phases.flatMap(({ earlier }) => earlierEventsOf(earlier, policy)))
    .sort(byTime);
}

/** What is known of releases without a log: on its day each was deployed to the market, and stayed. */
function earlierEventsOf(earlier: readonly EarlierRelease[], policy: Policy): CellEvent[] {
  return earlier.flatMap(({ id: release, date, versions }) =>
    environmentsFor(policy, 'market').flatMap((environment): CellEvent[] => {
      const event = { at: toInstant(date, policy.programme.zone), environment, release, versions };
      return [
        { ...event, index: -2, did: 'deploy', outcome: 'succeeded' },
        { ...event, index: -1, did: 'test', outcome: 'passed' },
      ];
    }),
  );
}

/** The versions that a release had delivered before a line began: component to version. */
export function versionsBefore(entries: readonly Entry[], entry: Entry): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const delivery of entries) {
    if (!isEntry(delivery, 'deliver') || byStart(delivery, entry) >= 0) continue;
    for (const [component, version] of Object.entries(delivery.line.versions ?? {})) {
      if (version === 'none') delete versions[component];
      else versions[component] = version;
    }
  }
  return versions;
}

/** What a deployment takes to its environment: what it names of what was delivered before it began, else all of it. */
export function versionsOf(entries: readonly Entry[], entry: Entry<'deploy'>): Record<string, string> {
  const delivered = versionsBefore(entries, entry);
  const { components } = entry.line;
  if (!components) return delivered;
  return Object.fromEntries(Object.entries(delivered).filter(([component]) => components.includes(component)));
}

/**
 * What an environment held of a component at a moment: its last arrival before, whichever release brought it. Of a
 * release's own lines at that very moment, those that stand before its line `index` count too.
 */
export function heldAt(
  events: readonly CellEvent[],
  environment: string,
  component: string,
  moment: Instant,
  own?: { release: string; index: number },
): CellEvent | undefined {
  return arrivalsIn(events)
    .get(keyOf(environment, component))
    ?.findLast(
      ({ at, release, index }) => at < moment || (at === moment && release === own?.release && index < own.index),
    );
}

/** The pair of an environment and a component as one text. */
export function keyOf(environment: string, component: string): string {
  return `${environment} ${component}`;
}

/** True for what puts a version into an environment. */
export function isArrival({ did, outcome }: CellEvent): boolean {
  return did !== 'test' && outcome === 'succeeded';
}

/** Every event of every pair of environment and component, in order of time. */
export function byCell(events: readonly CellEvent[]): Map<string, CellEvent[]> {
  const touching = new Map<string, CellEvent[]>();
  for (const event of events) {
    for (const component of Object.keys(event.versions)) {
      const key = keyOf(event.environment, component);
      const list = touching.get(key);
      if (list) list.push(event);
      else touching.set(key, [event]);
    }
  }
  return touching;
}

const arrivals = new WeakMap<readonly CellEvent[], Map<string, CellEvent[]>>();

function arrivalsIn(events: readonly CellEvent[]): Map<string, CellEvent[]> {
  const known = arrivals.get(events);
  if (known) return known;
  const made = byCell(events.filter(isArrival));
  arrivals.set(events, made);
  return made;
}

function eventsOf({ id, entries }: Lines, delivery: readonly string[]): CellEvent[] {
  const present: Record<string, Record<string, string>> = {};
  return entries.flatMap((entry): CellEvent[] => {
    const event = { at: entry.counts, release: id, index: entry.index };
    if (isEntry(entry, 'deliver')) {
      const versions = broughtBy(entry.line);
      if (Object.keys(versions).length === 0) return [];
      return delivery.map((environment) => ({ ...event, environment, did: 'deliver', outcome: 'succeeded', versions }));
    }
    if (isEntry(entry, 'deploy')) {
      const { to: environment, outcome } = entry.line;
      const versions = versionsOf(entries, entry);
      if (outcome === 'succeeded') present[environment] = { ...present[environment], ...versions };
      return [{ ...event, environment, did: 'deploy', outcome, versions }];
    }
    if (!isEntry(entry, 'test')) return [];
    const { in: environment, outcome, items } = entry.line;
    const versions = present[environment] ?? {};
    return [{ ...event, environment, did: 'test', outcome, versions, ...(items ? { items } : {}) }];
  });
}

function broughtBy({ versions = {} }: Line<'deliver'>): Record<string, string> {
  return Object.fromEntries(Object.entries(versions).filter(([, version]) => version !== 'none'));
}

function byTime(a: CellEvent, b: CellEvent): number {
  return compareText(a.at, b.at) || compareText(a.release, b.release) || a.index - b.index;
}
