import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { hasStartedAfter } from '../../derive/deployment.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { addHours, toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const deploymentIsConfirmed = defineRule({
  id: 'deployment-is-confirmed',
  obligations: ['C-129'],
  summary:
    'The end of a deployment to the market-facing environment is confirmed, within the hours that were set for it.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const { line, index, at: when } of deploymentsTo(release, catalog.policy, 'market')) {
        if (line.until !== undefined || line.outcome === 'failed') continue;
        yield {
          at: at(release.record, 'log', index, 'outcome'),
          message: `The deployment to ${environmentName(catalog.policy, line.to)} does not say when it ended.`,
          hint: 'Add "until", as the Deployment Manager confirmed it.',
          when,
          release: release.id,
        };
      }
      yield* unrecorded(release, catalog);
    }
  },
});

/**
 * A window that is over, and no deployment recorded in it; where the approval was refused, or nothing is left to
 * deploy, none is due.
 */
function* unrecorded(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const { policy, asOf } = catalog;
  const { request, bundle } = release.now;
  if (request === undefined || bundle.length === 0 || release.state === 'closed' || release.state === 'complete')
    return;
  const { line, index, at: asked } = request;
  if (entriesOf(release, 'approve').findLast(({ at: when }) => when >= asked)?.line.decision === 'rejected') return;
  const due = addHours(toInstant(line.until, policy.programme.zone), release.policy.programme.limits.confirmHours);
  if (asOf < due || hasStartedAfter(release, asked, catalog)) return;
  yield {
    at: at(release.record, 'log', index, 'until'),
    message: `The window of ${release.id} is over, and no deployment is recorded in it.`,
    hint: 'Record the deployment with its outcome, or withdraw the items with a target.',
    level: 'overdue',
    when: due,
    release: release.id,
  };
}
