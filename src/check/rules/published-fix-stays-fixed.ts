import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf } from '../../derive/history.ts';
import { plannedFor, valueAt } from '../../derive/known-issues.ts';
import { type PublishedFix, publishedFixes } from '../../derive/published-fixes.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';
import { type TrackerChange, trackerChanges } from '../tracker-changes.ts';

export const publishedFixStaysFixed = defineRule({
  id: 'published-fix-stays-fixed',
  obligations: ['C-079', 'C-138'],
  summary:
    'A defect that a confirmed note calls fixed is not reopened or rated worse in the tracker without being planned again or explained.',
  about: 'tracker',
  *check(catalog) {
    const { zone } = catalog.policy.programme;
    const fixes = publishedFixes(catalog.releases, catalog.policy);
    for (const defect of catalog.defects) {
      const fix = fixes.get(defect.id);
      if (!fix) continue;
      const { release, note } = fix;
      const related = [{ at: at(release.record, 'log', note.index, 'at'), message: 'the note that calls it fixed' }];
      for (const { change, what, hint } of [...reopened(defect, fix, catalog), ...raised(defect, fix, catalog)]) {
        yield {
          at: at(defect, 'tracker', 'history', change.index, 'to'),
          message: `${release.id} published ${defect.id} as fixed on ${toDay(note.at, zone)}, and the tracker ${what} on ${toDay(change.when, zone)}.`,
          hint,
          level: 'warning',
          related,
          when: change.when,
          release: release.id,
          item: defect.id,
        };
      }
    }
  },
});

type Contradiction = { change: TrackerChange; what: string; hint: string };

/**
 * None when it is settled again, planned for another release, or on its way forward in its own: failed there, or
 * delivered again.
 */
function reopened(
  defect: Catalog['defects'][number],
  { release, note }: PublishedFix,
  catalog: Catalog,
): Contradiction[] {
  const { statuses, zone } = catalog.policy.programme;
  const isOpen = (status: string | undefined) => statuses.find(({ id }) => id === status)?.open;
  const change = trackerChanges(defect, 'status', catalog).findLast(
    ({ from, to, when }) => when > note.at && isOpen(from) === false && isOpen(to),
  );
  if (!change || change.explained || !isOpen(valueAt(defect, 'status', catalog.asOf, zone))) return [];
  const isFixedForward =
    release.state === 'failed' || entriesOf(release, 'deliver').some((entry) => entry.at > change.when);
  if (
    isFixedForward ||
    plannedFor(
      defect.id,
      catalog.releases.filter((other) => other !== release),
    ).planned
  )
    return [];
  return [
    {
      change,
      what: 'reopened it',
      hint: 'Propose it for a later release, have the tracker corrected and import it again, or say why under "explained".',
    },
  ];
}

/**
 * None when it is no worse than published. Until an emergency is deployed, its severities are the matter of
 * severity-is-explained.
 */
function raised(
  defect: Catalog['defects'][number],
  { release, note, deployedAt }: PublishedFix,
  catalog: Catalog,
): Contradiction[] {
  const { severities, zone } = catalog.policy.programme;
  const rank = (severity: string | undefined) => severities.findIndex(({ id }) => id === severity);
  const isWorse = (severity: string | undefined, before: string | undefined) =>
    rank(severity) >= 0 && rank(severity) < rank(before);
  const published = valueAt(defect, 'severity', note.at, zone);
  const start = release.kind === 'emergency' ? deployedAt : note.at;
  const change = trackerChanges(defect, 'severity', catalog).findLast(
    ({ from, to, when }) => when > start && isWorse(to, from) && isWorse(to, published),
  );
  if (!change || change.explained || !isWorse(valueAt(defect, 'severity', catalog.asOf, zone), published)) return [];
  return [
    {
      change,
      what: `raised it to ${change.to}`,
      hint: 'Have the tracker corrected and import it again, or say why under "explained".',
    },
  ];
}
