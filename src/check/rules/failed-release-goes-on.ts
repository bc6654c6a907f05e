import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { hasStartedAfter, isSmokeTest } from '../../derive/deployment.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { addDays, endOfDay, toDay } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const failedReleaseGoesOn = defineRule({
  id: 'failed-release-goes-on',
  obligations: ['C-107'],
  summary:
    'A release that failed in the market-facing environment is deployed again within the days that were set for it.',
  *check(catalog) {
    for (const release of catalog.releases) yield* stalled(release, catalog);
  },
});

/** The days count from the failure in the market; what fails on the way back there does not prolong them. */
function* stalled(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const { policy, asOf } = catalog;
  const { zone, limits } = release.policy.programme;
  const deployments = deploymentsTo(release, policy, 'market');
  const failures = release.entries.filter(
    (entry) => (deployments as typeof release.entries).includes(entry) || isSmokeTest(entry, policy),
  );
  for (const { line, index, counts } of failures) {
    if ((line.did !== 'deploy' && line.did !== 'test') || line.outcome !== 'failed') continue;
    const day = addDays(toDay(counts, zone), limits.redeployDays);
    const due = endOfDay(day, zone);
    const again = deployments.find(({ at: when }) => when > counts);
    const shared = { when: due, release: release.id };
    const related = [{ at: at(release.record, 'log', index), message: 'the failure' }];
    if (again && again.at >= due)
      yield {
        ...shared,
        at: at(release.record, 'log', again.index, 'at'),
        message: `${release.id} is deployed again later than ${day}, by when it had to be.`,
        hint: 'Nothing can fix it; a waiver can own it.',
        related,
      };
    else if (!again && release.state === 'failed' && asOf >= due && !hasStartedAfter(release, counts, catalog))
      yield {
        ...shared,
        at: at(release.record, 'log', index, 'outcome'),
        message: `${release.id} failed, and had to be deployed again by ${day}.`,
        hint: 'Deliver the correction and deploy it again; a release is never rolled back.',
        level: 'overdue',
      };
  }
}
