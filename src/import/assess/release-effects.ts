import type { Catalog } from '../../derive/catalog.ts';
import { plannedFor } from '../../derive/known-issues.ts';
import type { Created, ReleaseEffect, Updated } from '../plan.ts';
import type { Tracker } from '../row.ts';

/** Defects of open releases whose status or severity moves, and critical ones that no release plans. */
export function releaseEffects(
  { releases, policy }: Catalog,
  created: readonly Created[],
  updated: readonly Updated[],
): ReleaseEffect[] {
  const { severities, statuses } = policy.programme;
  const isCritical = new Set(severities.filter(({ critical }) => critical).map(({ id }) => id));
  const isOpen = new Set(statuses.filter(({ open }) => open).map(({ id }) => id));
  const moved = updated.flatMap(({ id, changes }): ReleaseEffect[] => {
    const told = changes.filter(({ field }) => field === 'status' || field === 'severity');
    const release = releases.find((candidate) => candidate.id === plannedFor(id, releases).planned);
    if (!release || told.length === 0) return [];
    const slot = release.record.slot === undefined ? '' : `, planned for ${release.record.slot},`;
    return [
      {
        item: id,
        release: release.id,
        message: `${release.id}${slot} holds ${id}, whose ${told.map(({ field, from, to }) => `${field} goes from ${from || 'none'} to ${to || 'none'}`).join(' and ')}.`,
      },
    ];
  });
  const alone = (id: string, { severity, status }: Tracker): ReleaseEffect[] =>
    severity !== undefined &&
    isCritical.has(severity) &&
    isOpen.has(status) &&
    plannedFor(id, releases).planned === undefined
      ? [{ item: id, release: undefined, message: `${id} is ${severity} and open, and no release plans it.` }]
      : [];
  const worse = updated.filter(({ isReopened, isSeverityChanged }) => isReopened || isSeverityChanged);
  return [
    ...moved,
    ...created.flatMap(({ id, defect }) => alone(id, defect.tracker)),
    ...worse.flatMap(({ id, tracker }) => alone(id, tracker)),
  ];
}
