import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { byStart, type Entry, isBefore } from './entry.ts';
import { environmentsFor } from './environments.ts';
import { type FoldContext, isAbsent, type Lacking, type Snapshot } from './snapshot.ts';
import { type CellEvent, heldAt } from './timeline.ts';

/** The delivered components of an item; all delivered ones when it names none of them. */
export function componentsOf(
  item: string,
  { versions }: Pick<Snapshot, 'versions'>,
  { components }: Pick<FoldContext, 'components'>,
): string[] {
  const delivered = Object.keys(versions);
  const own = delivered.filter((component) => components[item]?.includes(component));
  return own.length > 0 ? own : delivered;
}

/** True when something was delivered, and all that has a place in an environment was brought there since. */
export function isWhole(now: Snapshot, environment: string, policy: Policy, moment: Instant): boolean {
  return (
    now.delivery !== undefined &&
    isThere(now.delivery, now.arrived[environment], now) &&
    absentees(now, environment, policy, moment).length === 0
  );
}

/**
 * The components that have a place in an environment at a moment, and whose last delivered version did not arrive there
 * since it was delivered.
 */
export function absentees(now: Snapshot, environment: string, policy: Policy, moment: Instant): string[] {
  return Object.entries(now.versions).flatMap(([component, version]) => {
    if (isAbsent(policy, component, environment, moment)) return [];
    const arrival = now.deployed[environment]?.[component];
    const delivered = now.deliveredBy[component];
    const isHere = arrival?.version === version && (!delivered || isAfter(arrival.entry, delivered));
    return isHere ? [] : [component];
  });
}

/** A component that an environment held in another version than the release had delivered, and who brought that. */
export type Stranger = { component: string; version?: string; release?: string };

/**
 * What an environment held instead of this release's versions of the components of an item when a test was made; empty
 * when the test was of this release.
 */
export function strangersAt(
  item: string,
  test: Entry<'test'>,
  now: Snapshot,
  context: Pick<FoldContext, 'record' | 'components' | 'policy' | 'events'>,
): Stranger[] {
  const environment = test.line.in;
  const own = { release: context.record.id, index: test.index };
  return componentsOf(item, now, context).flatMap((component): Stranger[] => {
    if (isAbsent(context.policy, component, environment, test.at)) return [];
    const held: CellEvent | undefined = heldAt(context.events, environment, component, test.at, own);
    const version = held?.versions[component];
    if (version !== undefined && version === now.versions[component]) return [];
    return [{ component, ...(held && version !== undefined ? { version, release: held.release } : {}) }];
  });
}

/** What a release still lacks in each market-facing environment that it was deployed to or tested in. */
export function lackingIn(now: Snapshot, context: FoldContext, moment: Instant): Lacking[] {
  const { policy } = context;
  return environmentsFor(policy, 'market').flatMap((environment) =>
    now.last[environment]
      ? [
          {
            environment,
            isHere: isWhole(now, environment, policy, moment) && isTested(now, environment),
            components: absentees(now, environment, policy, moment),
            items: untestedIn(now, environment, context),
          },
        ]
      : [],
  );
}

/** A release that holds no item is tested as a whole. */
function isTested({ bundle, contents, last }: Snapshot, environment: string): boolean {
  return bundle.length > 0 || contents.length > 0 || last[environment]?.line.outcome === 'passed';
}

/**
 * The items without a passed test in an environment that was made since the last arrival of their own components, while
 * it held this release's versions of them.
 */
function untestedIn(now: Snapshot, environment: string, context: FoldContext): string[] {
  const items = now.bundle.length > 0 ? now.bundle : now.contents;
  return items.filter((item) => {
    const result = now.results[environment]?.[item];
    if (result?.outcome !== 'passed') return true;
    const own = componentsOf(item, now, context).flatMap((component) => now.deployed[environment]?.[component] ?? []);
    const arrivals = own.length > 0 ? own.map(({ entry }) => entry) : [now.arrived[environment]];
    if (arrivals.some((arrival) => arrival !== undefined && !isBefore(arrival, result.entry))) return true;
    return strangersAt(item, result.entry, now, context).some(({ release }) => release !== undefined);
  });
}

/** A release without versions is there once it was deployed after its last delivery; the others have components. */
function isThere(delivery: Entry, arrival: Entry | undefined, { versions }: Snapshot): boolean {
  return Object.keys(versions).length > 0 || (arrival !== undefined && isAfter(arrival, delivery));
}

/** True when a line began after another one, or is that line itself: what is delivered is where deliveries arrive. */
function isAfter(entry: Entry, other: Entry): boolean {
  return byStart(entry, other) >= 0;
}
