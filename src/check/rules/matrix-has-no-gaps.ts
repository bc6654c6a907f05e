import { environmentName } from '../../derive/environments.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { completedAt } from '../../derive/slots.ts';
import { type Instant, toDay } from '../../model/time.ts';
import { marketsOf } from '../../derive/route.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const matrixHasNoGaps = defineRule({
  id: 'matrix-has-no-gaps',
  obligations: ['C-012'],
  summary:
    'Once the baseline is complete, every component is in the market-facing environment in a known version, or declared as not deployed there.',
  about: 'records',
  *check(catalog) {
    const { unread } = catalog;
    // A release that cannot be read may hold the version.
    if (unread.length > 0) return;
    for (const start of startsOf(catalog)) yield* gapsAt(start, catalog);
  },
});

type Start = { phase: string; moment: Instant; baseline?: ReleaseHistory };

/** When a phase is whole: once its baseline is complete, and where its records begin in the middle, now. */
function startsOf({ releases, policy, asOf }: Catalog): Start[] {
  const today = toDay(asOf, policy.programme.zone);
  return policy.programme.phases.flatMap((phase): Start[] => {
    const baseline = releases.find(({ kind, record }) => kind === 'baseline' && record.phase === phase.id);
    const moment = baseline && completedAt(baseline, policy);
    if (baseline && moment !== undefined) return [{ phase: phase.id, moment, baseline }];
    return !baseline && phase.recordedFrom !== undefined && phase.recordedFrom <= today
      ? [{ phase: phase.id, moment: asOf }]
      : [];
  });
}

/** What a later release brings fills no gap of the baseline: participants tested without it. */
function* gapsAt({ phase, moment, baseline }: Start, { events, policy }: Catalog): Generator<RuleFinding> {
  const deployment = baseline && firstMarketDeployment(baseline, policy);
  for (const { id: environment } of marketsOf(policy, phase)) {
    for (const [index, { id, name }] of policy.components.entries()) {
      const isKnown = events.some(
        (event) =>
          event.at <= moment &&
          event.environment === environment &&
          event.did === 'deploy' &&
          event.outcome === 'succeeded' &&
          event.versions[id] !== undefined,
      );
      if (isKnown || isAbsent(policy, id, environment, moment)) continue;
      yield {
        at: at({ file: 'components.yaml' }, index, 'id'),
        message: `Nothing says which version of ${name} ${baseline ? 'was' : 'is'} in ${environmentName(policy, environment)}${baseline ? ` when ${baseline.id} was complete` : ''}.`,
        hint: `Deliver it with the baseline, or give it "from", its first day, or absentFrom: [${environment}].`,
        related:
          baseline && deployment ? [{ at: at(baseline.record, 'log', deployment.index), message: 'the baseline' }] : [],
        ...(baseline ? { when: moment } : {}),
      };
    }
  }
}
