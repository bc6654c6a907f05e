import { environmentsFor } from './environments.ts';
import type { Defect } from '../model/defect.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { defectOf } from './lookup.ts';
import { matrixAt } from './matrix.ts';
import { compareText } from '../diagnostic.ts';

/** An open defect that participants can meet, and the release that plans to fix it. */
export type KnownIssue = { defect: Catalog['defects'][number]; planned?: string };

/**
 * Open defects with a summary, raised before the moment, in a component that is in a market-facing environment, outside
 * a release's bundle and outside what complete releases hold (release-note field 15). While nobody knows the component
 * of one, it cannot be ruled out that participants meet it, so it counts.
 */
export function knownIssues(catalog: Catalog, moment: Instant, bundle: readonly string[]): KnownIssue[] {
  const { programme } = catalog.policy;
  const open = new Set(programme.statuses.filter((status) => status.open).map(({ id }) => id));
  const present = componentsInMarket(catalog, moment);
  const fixed = new Set([
    ...bundle,
    ...catalog.releases.filter(({ state }) => state === 'complete').flatMap(({ now }) => now.contents),
  ]);
  return catalog.defects
    .filter(
      (defect) =>
        defect.summary !== undefined &&
        !fixed.has(defect.id) &&
        (defect.tracker.component === undefined || present.has(defect.tracker.component)),
    )
    .filter(
      (defect) =>
        toInstant(defect.tracker.raised, programme.zone) <= moment &&
        open.has(valueAt(defect, 'status', moment, programme.zone)),
    )
    .map((defect) => ({ defect, ...plannedFor(defect.id, catalog.releases) }));
}

/** The severities that can justify an emergency. */
export function criticalSeverities({ programme: { severities } }: Policy): string[] {
  return severities.filter(({ critical }) => critical).map(({ id }) => id);
}

/** What the history of a defect writes for a severity that nobody had given yet, or that was taken back. */
export const notRated = 'none';

/** The severity or status that a defect had at a moment, from its history; no severity while nobody had rated it. */
export function valueAt(defect: Defect, field: 'status', moment: Instant, zone: string): string;
export function valueAt(defect: Defect, field: 'severity', moment: Instant, zone: string): string | undefined;
export function valueAt(
  { tracker }: Defect,
  field: 'severity' | 'status',
  moment: Instant,
  zone: string,
): string | undefined {
  const later = tracker.history.filter((change) => change.field === field && toInstant(change.at, zone) > moment);
  const first = later.sort((a, b) => compareText(toInstant(a.at, zone), toInstant(b.at, zone)))[0];
  const value = first ? first.from : tracker[field];
  return field === 'severity' && value === notRated ? undefined : value;
}

/** True for a defect that the tracker has closed, for whatever reason; a change has no status. */
export function isSettled(catalog: Catalog, item: string): boolean {
  const { policy, asOf } = catalog;
  const { statuses, zone } = policy.programme;
  const defect = defectOf(catalog, item);
  const status = defect && valueAt(defect, 'status', asOf, zone);
  return statuses.some(({ id, open }) => id === status && !open);
}

/** The open release that has the item among its candidates. */
export function plannedFor(item: string, releases: readonly ReleaseHistory[]): { planned?: string } {
  const planned = releases.findLast(
    ({ state, now }) => state !== 'complete' && state !== 'closed' && now.live.includes(item),
  );
  return planned ? { planned: planned.id } : {};
}

function componentsInMarket({ events, policy, releases }: Catalog, moment: Instant): Set<string> {
  const market = new Set(environmentsFor(policy, 'market'));
  return new Set(
    matrixAt(events, policy, releases, moment)
      .filter(({ environment, version }) => market.has(environment) && version)
      .map(({ component }) => component),
  );
}
