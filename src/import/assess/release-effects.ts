import type { Catalog } from '../../derive/catalog.ts';
import { plannedFor } from '../../derive/known-issues.ts';
import { type Planned, type PlannedRow, type ReleaseEffect, rowsWith } from '../plan.ts';
import type { Tracker } from '../row.ts';

/** Defects of open releases whose status or severity moves, and critical ones that no release plans. */
export function releaseEffects(rows: readonly PlannedRow[], catalog: Catalog): ReleaseEffect[] {
  const updated = rowsWith({ rows }, 'update');
  const worse = updated.filter(({ isReopened, isSeverityChanged }) => isReopened || isSeverityChanged);
  return [
    ...updated.flatMap((planned) => movedIn(planned, catalog)),
    ...[...rowsWith({ rows }, 'create'), ...worse].flatMap(({ id, tracker }) => unplanned(id, tracker, catalog)),
  ];
}

function movedIn({ id, changes }: Planned<'update'>, { releases }: Catalog): ReleaseEffect[] {
  const told = changes.filter(({ field }) => field === 'status' || field === 'severity');
  const release = releases.find((candidate) => candidate.id === plannedFor(id, releases).planned);
  if (!release || told.length === 0) return [];
  const slot = release.record.slot === undefined ? '' : `, planned for ${release.record.slot},`;
  const moves = told.map(({ field, from, to }) => `${field} goes from ${from || 'none'} to ${to || 'none'}`);
  return [
    { item: id, release: release.id, message: `${release.id}${slot} holds ${id}, whose ${moves.join(' and ')}.` },
  ];
}

function unplanned(id: string, { severity, status }: Tracker, { releases, policy }: Catalog): ReleaseEffect[] {
  const { severities, statuses } = policy.programme;
  const isCritical = severities.some((known) => known.id === severity && known.critical);
  const isOpen = statuses.some((known) => known.id === status && known.open);
  if (!isCritical || !isOpen || plannedFor(id, releases).planned !== undefined) return [];
  return [{ item: id, release: undefined, message: `${id} is ${severity} and open, and no release plans it.` }];
}
