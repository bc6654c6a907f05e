import { byStart, type Entry, isEntry } from '../../derive/entry.ts';
import { environmentName, environmentsFor } from '../../derive/environments.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { isComplete } from '../../derive/release-state.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import type { Policy } from '../../validate/validate.ts';

export const completeReleaseIsClosed = defineRule({
  id: 'complete-release-is-closed',
  obligations: ['C-108', 'C-078'],
  summary: 'What is in a complete release changes only by another release.',
  since: 2,
  *check({ releases }) {
    for (const release of releases) yield* changedAfterwards(release, release.policy);
  },
});

/** Told once, at the first such line: what follows on it is part of the same mistake. */
function* changedAfterwards(release: ReleaseHistory, policy: Policy): Generator<RuleFinding> {
  const market = environmentsFor(policy, 'market');
  const entry = release.entries
    .toSorted(byStart)
    .find(
      (candidate) =>
        (isEntry(candidate, 'propose', 'deliver', 'withdraw') || happensIn(candidate, market)) &&
        isComplete(snapshotBefore(release, candidate.at), policy),
    );
  if (!entry) return;
  const { line } = entry;
  const environment = line.did === 'deploy' ? line.to : line.did === 'test' ? line.in : undefined;
  const name = environment && environmentName(policy, environment);
  yield {
    at: at(release.record, 'log', entry.index, environment ? 'at' : 'did'),
    message: name
      ? `${release.id} was complete, and ${line.did === 'deploy' ? 'is deployed to' : 'failed a test in'} ${name} afterwards.`
      : `${release.id} was complete, and this line changes what is in it.`,
    hint:
      line.did === 'test'
        ? 'A complete release is closed: raise what was found as a defect, and put its fix into another release.'
        : 'A complete release is closed: put what follows into another release.',
    when: entry.at,
    release: release.id,
  };
}

/** A deployment, or a test that failed: one that passed once more changes nothing. */
function happensIn({ line }: Entry, environments: readonly string[]): boolean {
  if (line.did === 'deploy') return environments.includes(line.to);
  return line.did === 'test' && line.outcome === 'failed' && environments.includes(line.in);
}
