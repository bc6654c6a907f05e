import type { Catalog } from '../../derive/catalog.ts';
import { isDeployedOver } from '../../derive/deployment.ts';
import type { Entry } from '../../derive/entry.ts';
import { environmentName, isFor } from '../../derive/environments.ts';
import { stillFailed } from '../../derive/fold.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Lacking } from '../../derive/snapshot.ts';
import { addHours } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const wholeReleasePasses = defineRule({
  id: 'whole-release-passes',
  obligations: ['C-108'],
  summary:
    'A release is complete once every component it delivers is in the market-facing environment and every item passed there since.',
  since: 2,
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'test'))
        if (entry.line.outcome === 'passed' && isFor(catalog.policy, 'market', entry.line.in))
          yield* unrepaired(release, entry, catalog);
      for (const lacking of release.now.lacking) yield* unfinished(release, lacking, catalog);
    }
  },
});

/** A pass proves nothing of what failed there before, as long as nothing was deployed since. */
function* unrepaired(
  release: ReleaseHistory,
  { line, index, at: when }: Entry<'test'>,
  { policy }: Catalog,
): Generator<RuleFinding> {
  const before = snapshotAtEntry(release, { index } as Entry);
  const failed = stillFailed(before, line.in);
  const wrong = failed.filter((item) => line.items?.includes(item) ?? true);
  const failure = before.results[line.in]?.[wrong[0] ?? '']?.entry;
  if (!failure) return;
  yield {
    at: at(release.record, 'log', index, 'outcome'),
    message: `${wrong.join(', ')} failed in ${environmentName(policy, line.in)}, and nothing was deployed there before this test passed.`,
    hint: 'Record the deployment that brought the correction; if the failed test was wrong, write it again with "replaces".',
    related: [{ at: at(release.record, 'log', failure.index), message: 'the failed test' }],
    when,
    release: release.id,
  };
}

/** Overdue while it can still be made up for; once another release is deployed over it, it never will be. */
function* unfinished(
  release: ReleaseHistory,
  { environment, components, items }: Lacking,
  catalog: Catalog,
): Generator<RuleFinding> {
  const { policy, asOf } = catalog;
  const { last } = release.now;
  const deployment = deploymentsTo(release, policy, 'market').findLast(
    ({ line }) => line.to === environment && line.outcome === 'succeeded',
  );
  const test = last[environment];
  // Without a test at all, or after a failure, other rules speak.
  if (!deployment || test?.line.did !== 'test' || test.line.outcome !== 'passed') return;
  const due = addHours(deployment.counts, release.policy.programme.limits.confirmHours);
  if (asOf < due || test.at < deployment.counts) return;
  const name = environmentName(policy, environment);
  const level = isDeployedOver(release, deployment, due, catalog) ? {} : { level: 'overdue' as const };
  const shared = { ...level, when: due, release: release.id };
  if (components.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', deployment.index, deployment.line.components ? 'components' : 'to'),
      message: `${release.id} is not complete: ${components.join(', ')} did not arrive in ${name}.`,
      hint: 'Deploy what is left; if it is not to come, deliver "none" of it and withdraw its items.',
    };
  else if (items.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', test.index),
      message: `${release.id} is not complete: ${items.join(', ')} passed no ${policy.programme.terms.smokeTest} in ${name} since the last deployment.`,
      hint: 'Record the test of each item; a test without "items" is of all of them.',
    };
}
