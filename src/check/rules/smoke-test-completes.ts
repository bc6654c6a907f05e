import { environmentsFor, environmentName } from '../../derive/environments.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { byStart, type Entry, isEntry } from '../../derive/entry.ts';
import { isDeployedOver } from '../../derive/deployment.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { isComplete } from '../../derive/release-state.ts';
import { addHours } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const smokeTestCompletes = defineRule({
  id: 'smoke-test-completes',
  obligations: ['C-108', 'C-131', 'C-132'],
  summary: 'A smoke test follows each successful deployment to the market-facing environment.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const environment of environmentsFor(catalog.policy, 'market'))
        yield* outOfTurn(release, environment, catalog);
    }
  },
});

function* outOfTurn(release: ReleaseHistory, environment: string, catalog: Catalog): Generator<RuleFinding> {
  const { policy } = catalog;
  const term = policy.programme.terms.smokeTest;
  const name = environmentName(policy, environment);
  let last: Entry<'deploy'> | undefined;
  let isTested = false;
  let isInTurn = true;
  // In order of their starts: a test that began too early stands after the start of its deployment, and before its end.
  for (const entry of release.entries.toSorted(byStart)) {
    const { line, index } = entry;
    const deployment = isEntry(entry, 'deploy') && entry.line.to === environment ? entry : undefined;
    if (!deployment && !(line.did === 'test' && line.in === environment)) continue;
    const shared = { at: at(release.record, 'log', index, 'at'), when: entry.at, release: release.id };
    // What follows on a complete release is told once, at its first line.
    if (isComplete(snapshotBefore(release, entry.at), release.policy)) return;
    isInTurn &&= Boolean(deployment) || (last?.line.outcome === 'succeeded' && entry.at >= last.counts);
    if (!deployment && last?.line.outcome !== 'succeeded')
      yield {
        ...shared,
        message: `The ${term} in ${name} is recorded, and no deployment succeeded before it.`,
        hint: 'Record the deployment, or correct its outcome.',
        obligation: 'C-131',
      };
    else if (!deployment && last && entry.at < last.counts)
      yield {
        ...shared,
        message: `The ${term} began before the deployment to ${name} ended.`,
        hint: 'Correct one of the two times, or test again.',
        obligation: 'C-131',
        related: [{ at: at(release.record, 'log', last.index, 'until'), message: 'the end of the deployment' }],
      };
    if (deployment) last = deployment;
    isTested = !deployment;
  }
  if (last?.line.outcome === 'succeeded' && isInTurn && !isTested) yield* untested(release, last, name, catalog);
}

/** Overdue while it can still be made up for; once another release is deployed over it, it never will be. */
function* untested(
  release: ReleaseHistory,
  deployment: Entry<'deploy'>,
  name: string,
  catalog: Catalog,
): Generator<RuleFinding> {
  const due = addHours(deployment.counts, release.policy.programme.limits.confirmHours);
  const { policy } = release;
  if (catalog.asOf < due) return;
  yield {
    at: at(release.record, 'log', deployment.index),
    message: `No ${policy.programme.terms.smokeTest} in ${name} is recorded since ${release.id} was deployed.`,
    hint: 'Record the "test" line with its outcome.',
    ...(isDeployedOver(release, deployment, due, catalog) ? {} : { level: 'overdue' as const }),
    obligation: 'C-132',
    when: due,
    release: release.id,
  };
}
