import type { Catalog } from '../../derive/catalog.ts';
import { type Cell, type CellState, matrixAt, matrixChanges, matrixMoments } from '../../derive/matrix.ts';
import type { CellEvent } from '../../derive/timeline.ts';
import type { Instant } from '../../model/time.ts';
import { environmentName } from '../../derive/environments.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Reference, referenceTo } from './reference.ts';

/** One environment and component: the version there, how it is, and which release brought it when. */
export type PublicCell = {
  environment: string;
  component: string;
  state: CellState;
  version?: string | undefined;
  release?: Reference | undefined;
  since?: Time | undefined;
  attempted?: string | undefined;
};

/** A moment after which the matrix is kept: only the cells that changed since the moment before, and what happened. */
export type PublicMoment = {
  id: string;
  at: Time;
  cells: PublicCell[];
  causes: { release: Reference; environment: string; did: string; outcome: string }[];
};

/** The matrix before anything happened, now, and at each moment between. */
export type PublicMatrix = { first: PublicCell[]; now: PublicCell[]; moments: PublicMoment[] };

export function projectMatrix(catalog: Catalog): PublicMatrix {
  const { events, policy, releases, asOf } = catalog;
  return {
    first: matrixAt([], policy, releases, events[0]?.at ?? asOf).map((cell) => publicCell(catalog, cell)),
    now: matrixAt(events, policy, releases, asOf).map((cell) => publicCell(catalog, cell)),
    moments: momentsOf(catalog),
  };
}

/**
 * The matrix at each kept moment, whole, from the stored changes; made one after the other, so that pages are made in
 * one pass.
 */
export function snapshotsOf({ first, moments }: PublicMatrix): { moment: PublicMoment; cells: PublicCell[] }[] {
  const keyOf = ({ environment, component }: PublicCell) => `${environment} ${component}`;
  const current = new Map(first.map((cell) => [keyOf(cell), cell]));
  return moments.map((moment) => {
    for (const cell of moment.cells) current.set(keyOf(cell), cell);
    return { moment, cells: [...current.values()] };
  });
}

/** The id of a moment, part of its address: `20200910T0600Z`. */
export function momentId(at: Instant): string {
  return `${at.slice(0, 16).replaceAll('-', '').replace(':', '')}Z`;
}

function momentsOf(catalog: Catalog): PublicMoment[] {
  const { events, policy, releases } = catalog;
  const kept = new Set(matrixMoments(events, policy));
  const causes = Map.groupBy(events, ({ at }) => at);
  const moments = new Map<string, PublicMoment>();
  let pending: Cell[] = [];
  for (const { at, cells } of matrixChanges(events, policy, releases)) {
    pending = [...pending, ...cells];
    if (!kept.has(at)) continue;
    const id = momentId(at);
    const before = moments.get(id);
    const merged = new Map(
      [...(before?.cells ?? []), ...pending.map((cell) => publicCell(catalog, cell))].map((cell) => [
        `${cell.environment} ${cell.component}`,
        cell,
      ]),
    );
    const happened = (causes.get(at) ?? []).map((event) => causeOf(catalog, event));
    moments.set(id, {
      id,
      at: timeOf(at, policy.programme.zone),
      cells: [...merged.values()],
      causes: [...(before?.causes ?? []), ...happened],
    });
    pending = [];
  }
  return [...moments.values()];
}

function causeOf(catalog: Catalog, { release, environment, did, outcome }: CellEvent): PublicMoment['causes'][number] {
  return {
    release: referenceTo(catalog, 'release', release),
    environment: environmentName(catalog.policy, environment),
    did,
    outcome,
  };
}

function publicCell(
  catalog: Catalog,
  { environment, component, state, version, release, since, attempted }: Cell,
): PublicCell {
  return {
    environment,
    component,
    state,
    version,
    release: release === undefined ? undefined : referenceTo(catalog, 'release', release),
    since: timeOf(since, catalog.policy.programme.zone),
    attempted,
  };
}
