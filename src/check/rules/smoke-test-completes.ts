import { environmentsFor, environmentName } from '../../derive/environments.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Snapshot } from '../../derive/snapshot.ts';
import { byStart, type Entry, isEntry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { isComplete } from '../../derive/release-state.ts';
import { addHours, type Instant } from '../../model/time.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const smokeTestCompletes = defineRule({
  id: 'smoke-test-completes',
  obligations: ['C-108', 'C-131', 'C-132'],
  summary:
    'A smoke test follows each successful deployment to the market-facing environment, and completes the release when it passes.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const environment of environmentsFor(catalog.policy, 'market'))
        yield* outOfTurn(release, environment, catalog);
    }
  },
});

function* outOfTurn(release: ReleaseHistory, environment: string, catalog: Catalog): Generator<RuleFinding> {
  const { policy } = catalog;
  const name = environmentName(policy, environment);
  let last: Entry<'deploy'> | undefined;
  let open: Entry<'deploy'> | undefined;
  // In order of their starts: a test that began too early stands after the start of its deployment, and before its end.
  for (const entry of release.entries.toSorted(byStart)) {
    const { line, index } = entry;
    const deployment = isEntry(entry, 'deploy') && entry.line.to === environment ? entry : undefined;
    if (!deployment && !(line.did === 'test' && line.in === environment)) continue;
    const shared = { at: at(release.record, 'log', index, 'at'), when: entry.at, release: release.id };
    if (isClosed(snapshotBefore(release, entry.at), environment, policy, entry.at))
      yield {
        ...shared,
        message: `${release.id} was complete, and is ${deployment ? 'deployed to' : 'tested in'} ${name} again.`,
        hint: 'A complete release is closed: put what follows into another release.',
      };
    else if (!deployment && last?.line.outcome !== 'succeeded')
      yield {
        ...shared,
        message: `A smoke test in ${name} is recorded, and no deployment succeeded before it.`,
        hint: 'Record the deployment, or correct its outcome.',
        obligation: 'C-131',
      };
    else if (!deployment && last && entry.at < last.counts)
      yield {
        ...shared,
        message: `The smoke test began before the deployment to ${name} ended.`,
        hint: 'Correct one of the two times, or test again.',
        obligation: 'C-131',
        related: [{ at: at(release.record, 'log', last.index, 'until'), message: 'the end of the deployment' }],
      };
    if (deployment) last = deployment;
    open = deployment?.line.outcome === 'succeeded' ? deployment : undefined;
  }
  if (open) yield* untested(release, open, name, catalog);
}

/** Complete, and no item left whose test in the environment is still to come. */
function isClosed(before: Snapshot, environment: string, policy: Policy, moment: Instant): boolean {
  return (
    isComplete(before, policy, moment) &&
    before.contents.every((item) => before.results[environment]?.[item]?.outcome === 'passed')
  );
}

/** Overdue while it can still be made up for; once another release is deployed over it, it never will be. */
function* untested(
  release: ReleaseHistory,
  { counts, index, line }: Entry<'deploy'>,
  name: string,
  { asOf, events }: Catalog,
): Generator<RuleFinding> {
  const due = addHours(counts, release.policy.programme.limits.confirmHours);
  if (asOf < due) return;
  const isOver = events.some(
    (event) =>
      event.did === 'deploy' &&
      event.outcome === 'succeeded' &&
      event.environment === line.to &&
      event.at > due &&
      event.release !== release.id,
  );
  yield {
    at: at(release.record, 'log', index),
    message: `No smoke test in ${name} is recorded since ${release.id} was deployed.`,
    hint: 'Record the "test" line with its outcome.',
    ...(isOver ? {} : { level: 'overdue' as const }),
    obligation: 'C-132',
    when: due,
    release: release.id,
  };
}
