import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

export const baselineFirst = defineRule({
  id: 'baseline-first',
  obligations: ['C-055', 'C-056', 'C-062'],
  summary:
    'Each test phase has one baseline, and nothing else reaches the market-facing environment before it is complete.',
  *check(catalog) {
    for (const phase of catalog.policy.programme.phases) {
      const inPhase = catalog.releases.filter(({ record }) => record.phase === phase.id);
      const [baseline, ...more] = inPhase.filter(({ kind }) => kind === 'baseline').sort(byFirstLine);
      for (const { record } of more) {
        yield {
          at: at(record, 'type'),
          message: `The phase already has the baseline ${baseline?.id}.`,
          hint: 'Make this a regular release, or correct its phase.',
          obligation: 'C-056',
          release: record.id,
        };
      }
      // Where records begin in the middle, the baseline is one of the releases before.
      if (!baseline && phase.recordedFrom !== undefined) continue;
      for (const release of inPhase) if (release.kind !== 'baseline') yield* early(release, baseline, catalog);
    }
  },
});

function* early(
  release: ReleaseHistory,
  baseline: ReleaseHistory | undefined,
  { policy, unread }: Catalog,
): Generator<RuleFinding> {
  // The baseline may be the very file that cannot be read.
  if (!baseline && unread.length > 0) return;
  for (const environment of environmentsFor(release.policy, 'market')) {
    const complete = baseline?.entries.find(
      ({ line }) => line.did === 'test' && line.in === environment && line.outcome === 'passed',
    );
    const first = deploymentsTo(release, policy, 'market').find(({ line }) => line.to === environment);
    if (!first || (complete && complete.counts <= first.at)) continue;
    yield {
      at: at(release.record, 'log', first.index, 'at'),
      message: `${release.id} is deployed to ${environmentName(policy, environment)} before the baseline of its phase is complete there.`,
      hint: baseline
        ? `Deploy it after the ${policy.programme.terms.smokeTest} of ${baseline.id} passed.`
        : 'Record the baseline of the phase first.',
      obligation: release.kind === 'regular' ? 'C-062' : 'C-055',
      when: first.at,
      release: release.id,
    };
  }
}

function byFirstLine(a: ReleaseHistory, b: ReleaseHistory): number {
  const first = ({ entries }: ReleaseHistory) => entries[0]?.at ?? '9';
  return compareText(first(a), first(b));
}
