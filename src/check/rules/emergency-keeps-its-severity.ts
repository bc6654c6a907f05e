import type { Catalog } from '../../derive/catalog.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { defectOf } from '../../derive/lookup.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { trackerChanges } from '../tracker-changes.ts';

export const emergencyKeepsItsSeverity = defineRule({
  id: 'emergency-keeps-its-severity',
  obligations: ['C-087', 'C-085'],
  summary:
    'A critical defect for which an emergency was deployed is not lowered in the tracker afterwards without a word.',
  about: 'tracker',
  *check(catalog) {
    for (const release of catalog.releases) {
      if (release.kind === 'emergency') yield* lowered(release, catalog);
    }
  },
});

/** Up to the start of the first deployment, whatever came of it, severity-is-explained watches. */
function* lowered(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const { policy, asOf } = catalog;
  const { severities, zone } = policy.programme;
  const [start, arrival] = [
    firstMarketDeployment(release, policy),
    firstMarketDeployment(release, policy, 'succeeded'),
  ];
  if (!start || !arrival) return;
  const critical = new Set<string | undefined>(severities.filter((severity) => severity.critical).map(({ id }) => id));
  const decidedAt = release.now.review?.at ?? start.at;
  for (const item of snapshotBefore(release, arrival.counts).contents) {
    const defect = defectOf(catalog, item);
    if (
      !defect ||
      !critical.has(valueAt(defect, 'severity', decidedAt, zone)) ||
      critical.has(valueAt(defect, 'severity', asOf, zone))
    )
      continue;
    const change = trackerChanges(defect, 'severity', catalog).findLast(
      ({ from, to, when }) => critical.has(from) && !critical.has(to) && when > start.at,
    );
    if (!change || change.explained) continue;
    yield {
      at: at(defect, 'tracker', 'history', change.index, 'to'),
      message: `${release.id} was deployed as an emergency because ${item} was ${change.from}, and the tracker lowered it to ${change.to} on ${toDay(change.when, zone)}.`,
      hint: 'Have the tracker corrected and import it again, or say why under "explained".',
      level: 'warning',
      related: [{ at: at(release.record, 'log', start.index, 'at'), message: 'the deployment' }],
      when: change.when,
      release: release.id,
      item,
    };
  }
}
