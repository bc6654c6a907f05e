import { environmentsFor, environmentName } from '../../derive/environments.ts';
import type { Entry } from '../../derive/entry.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const failureFixedForward = defineRule({
  id: 'failure-fixed-forward',
  obligations: ['C-106', 'C-104'],
  summary: 'A failure is described, and the release is deployed again only after it was corrected.',
  *check({ releases, policy }) {
    for (const release of releases) {
      for (const entry of release.entries) {
        const { line } = entry;
        if ((line.did !== 'deploy' && line.did !== 'test') || line.outcome !== 'failed' || line.error) continue;
        yield {
          at: at(release.record, 'log', entry.index, 'outcome'),
          message: `The failed ${line.did === 'deploy' ? 'deployment' : 'test'} does not say what went wrong.`,
          hint: 'Add "error" with one sentence.',
          obligation: 'C-104',
          when: entry.at,
          release: release.id,
        };
      }
      for (const environment of environmentsFor(policy, 'market')) yield* uncorrected(release, environment, policy);
    }
  },
});

function* uncorrected(release: ReleaseHistory, environment: string, policy: Policy): Generator<RuleFinding> {
  let failure: Entry | undefined;
  for (const entry of release.entries) {
    const { line } = entry;
    if (line.did === 'deliver' && failure && entry.at >= failure.counts) failure = undefined;
    if (line.did === 'deploy' && line.to === environment && failure) {
      yield {
        at: at(release.record, 'log', entry.index, 'at'),
        message: `The release is deployed to ${environmentName(policy, environment)} again, and nothing was corrected since it failed.`,
        hint: 'Record the correction as a "deliver" line, with new versions or with "what" was done.',
        related: [{ at: at(release.record, 'log', failure.index), message: 'the failure' }],
        when: entry.at,
        release: release.id,
      };
    }
    if (line.did === 'deploy' && line.to === environment) failure = line.outcome === 'failed' ? entry : undefined;
    if (line.did === 'test' && line.in === environment && line.outcome === 'failed') failure = entry;
  }
}
