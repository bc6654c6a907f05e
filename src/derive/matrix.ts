import { environmentsFor } from './environments.ts';
import type { EarlierRelease } from '../model/programme.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { isAbsent, turnsOf } from './snapshot.ts';
import type { ReleaseHistory } from './history.ts';
import { compareText } from '../diagnostic.ts';

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

export const cellStates = ['absent', 'empty', 'failing', 'rejected', 'passed', 'deployed'] as const;
export type CellState = (typeof cellStates)[number];

/** One environment and component at a moment: the version that is there, and how it is. */
export type Cell = {
  environment: string;
  component: string;
  state: CellState;
  version?: string;
  /** The release that brought the version, and when. */
  release?: string;
  since?: Instant;
  /** The version that failed to arrive. */
  attempted?: string;
};

/**
 * All arrivals, failures and tests of all releases, in order of time; before the records begin, the versions that the
 * releases of that time brought.
 */
export function cellEventsOf(releases: ReleaseHistory[], policy: Policy): CellEvent[] {
  const delivery = environmentsFor(policy, 'delivery');
  return releases
    .flatMap((release) => release.entries.flatMap((_, order) => eventsOf(release, order, delivery)))
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

function eventsOf(release: ReleaseHistory, order: number, delivery: string[]): CellEvent[] {
  const { line, index, counts: at } = release.entries[order] as ReleaseHistory['entries'][number];
  const now = release.after[order] as ReleaseHistory['now'];
  const event = { at, release: release.id, index };
  if (line.did === 'deliver') {
    const versions = Object.fromEntries(
      Object.entries(line.versions ?? {}).filter(([, version]) => version !== 'none'),
    );
    if (Object.keys(versions).length === 0) return [];
    return delivery.map((environment) => ({ ...event, environment, did: 'deliver', outcome: 'succeeded', versions }));
  }
  if (line.did === 'deploy') {
    const components = line.components ?? Object.keys(now.versions);
    const versions = Object.fromEntries(
      components.flatMap((component) =>
        now.versions[component] === undefined ? [] : [[component, now.versions[component]]],
      ),
    );
    return [{ ...event, environment: line.to, did: 'deploy', outcome: line.outcome, versions }];
  }
  if (line.did === 'test') {
    const versions = Object.fromEntries(
      Object.entries(now.deployed[line.in] ?? {}).map(([component, arrival]) => [component, arrival.version]),
    );
    return [
      {
        ...event,
        environment: line.in,
        did: 'test',
        outcome: line.outcome,
        versions,
        ...(line.items ? { items: line.items } : {}),
      },
    ];
  }
  return [];
}

function byTime(a: CellEvent, b: CellEvent): number {
  return compareText(a.at, b.at) || compareText(a.release, b.release) || a.index - b.index;
}

/** The matrix as it stood at a moment: environments in the order of the route to live, components in theirs. */
export function matrixAt(events: CellEvent[], policy: Policy, releases: ReleaseHistory[], moment: Instant): Cell[] {
  const touching = byCell(events.filter(({ at }) => at <= moment));
  const contents = contentsOf(releases);
  return cellsOf(policy).map(({ environment, component }) =>
    cellOf(environment, component, touching.get(keyOf(environment, component)) ?? [], moment, policy, contents),
  );
}

/** A change of the matrix: the cells that look different from this moment on. */
export type MatrixChange = { at: Instant; cells: Cell[] };

/**
 * The whole history of the matrix as its changes after its first event, in order of time. Each cell is followed through
 * its own events once, and what came before its last arrival is forgotten, so that a thousand releases take no longer
 * than they must. A cell also changes on the day from which its component has a place there, or no longer has.
 */
export function matrixChanges(events: CellEvent[], policy: Policy, releases: ReleaseHistory[]): MatrixChange[] {
  const touching = byCell(events);
  const contents = contentsOf(releases);
  const changes = new Map<Instant, Map<string, Cell>>();
  for (const { environment, component } of cellsOf(policy)) {
    const key = keyOf(environment, component);
    const turns = turnsOf(policy, component, environment).filter((at) => at > (events[0]?.at ?? ''));
    const happened = [...(touching.get(key) ?? []), ...turns.map((at) => ({ at }))];
    if (turns.length > 0) happened.sort((a, b) => compareText(a.at, b.at));
    let recent: CellEvent[] = [];
    for (const event of happened) {
      if (isEvent(event)) recent = isArrival(event) ? [event] : [...recent, event];
      const cells = changes.get(event.at) ?? new Map<string, Cell>();
      changes.set(event.at, cells.set(key, cellOf(environment, component, recent, event.at, policy, contents)));
    }
  }
  return [...changes]
    .map(([at, cells]) => ({ at, cells: [...cells.values()] }))
    .sort((a, b) => compareText(a.at, b.at));
}

/** The moments after which the matrix is kept: every deployment, and every pass in a market-facing environment. */
export function matrixMoments(events: CellEvent[], policy: Policy): Instant[] {
  const market = new Set(environmentsFor(policy, 'market'));
  const kept = events.filter(
    ({ did, outcome, environment }) =>
      did === 'deploy' || (did === 'test' && outcome === 'passed' && market.has(environment)),
  );
  return [...new Set(kept.map(({ at }) => at))];
}

/** Every pair of the matrix, in the order of the route to live and of the components. */
function cellsOf(policy: Policy): { environment: string; component: string }[] {
  const environments = policy.environments.filter(({ use }) => use !== 'production');
  return environments.flatMap(({ id: environment }) =>
    policy.components.map(({ id: component }) => ({ environment, component })),
  );
}

function keyOf(environment: string, component: string): string {
  return `${environment} ${component}`;
}

function byCell(events: CellEvent[]): Map<string, CellEvent[]> {
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

function contentsOf(releases: ReleaseHistory[]): Map<string, string[]> {
  return new Map(releases.map(({ id, now }) => [id, now.contents]));
}

function isEvent(happened: CellEvent | { at: Instant }): happened is CellEvent {
  return 'did' in happened;
}

function isArrival({ did, outcome }: CellEvent): boolean {
  return did !== 'test' && outcome === 'succeeded';
}

function cellOf(
  environment: string,
  component: string,
  touching: CellEvent[],
  moment: Instant,
  policy: Policy,
  contentsByRelease: Map<string, string[]>,
): Cell {
  const cell = { environment, component };
  if (isAbsent(policy, component, environment, moment)) return { ...cell, state: 'absent' };
  const arrived = touching.findLast(isArrival);
  const last = touching.findLast(({ did }) => did !== 'deliver');
  const failed = last?.did === 'deploy' && last.outcome === 'failed' ? last : undefined;
  if (!arrived)
    return {
      ...cell,
      state: failed ? 'failing' : 'empty',
      ...(failed ? { attempted: failed.versions[component] as string, release: failed.release, since: failed.at } : {}),
    };
  const present = {
    ...cell,
    version: arrived.versions[component] as string,
    release: arrived.release,
    since: arrived.at,
  };
  if (failed && failed.at >= arrived.at)
    return { ...present, state: 'failing', attempted: failed.versions[component] as string };
  const tests = touching
    .slice(touching.indexOf(arrived) + 1)
    .filter(({ did, release }) => did === 'test' && release === arrived.release);
  const lastTest = tests.at(-1);
  if (lastTest && last === lastTest && lastTest.outcome === 'failed' && !lastTest.items)
    return { ...present, state: 'rejected' };
  const contents = contentsByRelease.get(arrived.release) ?? [];
  return { ...present, state: isPassed(tests, contents) ? 'passed' : 'deployed' };
}

/** Tested since it arrived, and the last test of each item passed. */
function isPassed(tests: CellEvent[], contents: string[]): boolean {
  const whole = tests.findLastIndex(({ items }) => items === undefined);
  const byItem = new Map<string, boolean>();
  for (const test of tests.slice(whole + 1))
    for (const item of test.items ?? []) byItem.set(item, test.outcome === 'passed');
  const isWholePassed =
    whole >= 0 ? tests[whole]?.outcome === 'passed' : contents.length > 0 && contents.every((item) => byItem.has(item));
  return isWholePassed && [...byItem.values()].every(Boolean);
}
