import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { toDay } from '../../model/time.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import { at, defineRule } from '../rule.ts';

export const matrixHasNoGaps = defineRule({
  id: 'matrix-has-no-gaps',
  obligations: ['C-012'],
  summary:
    'Once the baseline is complete, every component is in the market-facing environment in a known version, or declared as not deployed there.',
  *check(catalog) {
    const { releases, events, policy, unread, asOf } = catalog;
    const baseline = releases.find(({ kind, state }) => kind === 'baseline' && state === 'complete');
    const deployment = baseline && firstMarketDeployment(baseline, policy);
    const today = toDay(asOf, policy.programme.zone);
    const isRecorded = policy.programme.phases.some(({ recordedFrom = '9' }) => recordedFrom <= today);
    // A release that cannot be read may hold the version.
    if (!(deployment || isRecorded) || unread.length > 0) return;
    for (const environment of environmentsFor(policy, 'market')) {
      for (const [index, { id, name }] of policy.components.entries()) {
        const isKnown = events.some(
          (event) =>
            event.environment === environment &&
            event.did === 'deploy' &&
            event.outcome === 'succeeded' &&
            event.versions[id] !== undefined,
        );
        if (isKnown || isAbsent(policy, id, environment, asOf) || comesLater(id, catalog)) continue;
        yield {
          at: at({ file: 'components.yaml' }, index, 'id'),
          message: `Nothing says which version of ${name} is in ${environmentName(policy, environment)}.`,
          hint: `Deploy it with a release, or declare absentFrom: [${environment}].`,
          related:
            baseline && deployment
              ? [{ at: at(baseline.record, 'log', deployment.index), message: 'the baseline' }]
              : [],
        };
      }
    }
  },
});

/**
 * A chosen moment in the past hides the lines that brought a component which is there today, and so was not declared as
 * absent.
 */
function comesLater(component: string, { isChosen, releases }: Catalog): boolean {
  return (
    isChosen &&
    releases.some(({ record }) =>
      record.log.some((line) => line.did === 'deliver' && line.versions?.[component] !== undefined),
    )
  );
}
