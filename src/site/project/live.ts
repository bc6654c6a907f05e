import { actsForItself } from '../../derive/actors.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { changeOf, defectOf } from '../../derive/lookup.ts';
import { completedAt } from '../../derive/slots.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { environmentName, environmentsFor } from '../../derive/environments.ts';
import { labelled } from '../../model/labelled.ts';
import { type PublicActor, publicActor } from './actors.ts';
import { type Reference, referenceTo } from './reference.ts';

/** What happened after the note was frozen: shown below it, never in it. */
export type PublicLive = {
  attempts: {
    at: Time;
    until?: Time | undefined;
    environment: string;
    outcome: string;
    error?: string | undefined;
    by: PublicActor[];
  }[];
  smokeTests: {
    at: Time;
    environment: string;
    outcome: string;
    error?: string | undefined;
    items: string[];
    by: PublicActor[];
  }[];
  completedAt?: Time | undefined;
  agreements: { at: Time; by: PublicActor[] }[];
  items: { item: Reference; status?: string | undefined; severity?: string | undefined }[];
};

export function projectLive(catalog: Catalog, release: ReleaseHistory): PublicLive {
  const { zone } = catalog.policy.programme;
  const completed = completedAt(release, catalog.policy);
  const market = new Set(environmentsFor(catalog.policy, 'market'));
  return {
    attempts: entriesOf(release, 'deploy')
      .filter(({ line }) => market.has(line.to))
      .map(({ at, counts, line, actors }) => ({
        at: timeOf(at, zone),
        until: line.until ? timeOf(counts, zone) : undefined,
        environment: environmentName(catalog.policy, line.to),
        outcome: line.outcome,
        error: line.error,
        by: actors.map((actor) => publicActor(catalog, actor)),
      })),
    smokeTests: entriesOf(release, 'test')
      .filter(({ line }) => market.has(line.in))
      .map(({ at, line, actors }) => ({
        at: timeOf(at, zone),
        environment: environmentName(catalog.policy, line.in),
        outcome: line.outcome,
        error: line.error,
        items: line.items ?? [],
        by: actors.map((actor) => publicActor(catalog, actor)),
      })),
    completedAt: timeOf(completed, zone),
    agreements: entriesOf(release, 'agree')
      .filter(({ actors }) => actors.some(actsForItself))
      .map(({ at, actors }) => ({
        at: timeOf(at, zone),
        by: actors.filter(actsForItself).map((actor) => publicActor(catalog, actor)),
      })),
    items: release.now.candidates.map((id) => itemToday(catalog, id)),
  };
}

/** How a defect stands today; a change has no status. */
function itemToday(catalog: Catalog, id: string): PublicLive['items'][number] {
  const { zone, statuses } = catalog.policy.programme;
  const defect = defectOf(catalog, id);
  if (!defect) return { item: referenceTo(catalog, 'item', id, changeOf(catalog, id)?.title ?? id) };
  const status = valueAt(defect, 'status', catalog.asOf, zone);
  return {
    item: referenceTo(catalog, 'item', id, defect.tracker.title),
    status: labelled(status, statuses).name,
    severity: valueAt(defect, 'severity', catalog.asOf, zone),
  };
}
