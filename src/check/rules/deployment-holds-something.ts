import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Entry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import type { CellEvent } from '../../derive/timeline.ts';
import { at, defineRule } from '../rule.ts';

export const deploymentHoldsSomething = defineRule({
  id: 'deployment-holds-something',
  obligations: ['C-065', 'C-013', 'C-037'],
  summary:
    'What is deployed to the market-facing environment holds items, and changes a version or says why it does not.',
  *check({ releases, policy, events }) {
    for (const release of releases) {
      for (const entry of deploymentsTo(release, policy, 'market')) {
        const { contents, live, touched } = snapshotBefore(release, entry.at);
        const shared = { at: at(release.record, 'log', entry.index, 'at'), when: entry.at, release: release.id };
        const market = environmentName(policy, entry.line.to);
        // What an emergency holds but never agreed is a finding of its review.
        const isEmpty = contents.length === 0 && (release.type.usesSlot || live.length === 0);
        // Another attempt after a failure answers to failure-fixed-forward.
        const isRetry = Object.values(touched[entry.line.to] ?? {}).some(({ line }) => line.outcome === 'failed');
        if (isEmpty) {
          const hint = release.type.usesSlot
            ? 'A release is deployed only when there is something to deploy: record the slot as "none".'
            : 'Record what it holds before it is deployed: the lines that propose, agree and deliver it.';
          yield {
            ...shared,
            message: `The deployment to ${market} holds no defect and no change.`,
            hint,
            obligation: release.type.usesSlot ? 'C-065' : 'C-013',
          };
        } else if (entry.line.outcome === 'succeeded' && !isRetry && !changesSomething(release, entry, events)) {
          yield {
            ...shared,
            message: `The deployment to ${market} changes no version.`,
            hint: 'Say why in "what" of the last "deliver" line, or deliver a new version.',
            obligation: 'C-037',
          };
        }
      }
    }
  },
});

function changesSomething(release: ReleaseHistory, entry: Entry<'deploy'>, events: readonly CellEvent[]): boolean {
  const last = release.entries.findLast(({ line, at: when }) => line.did === 'deliver' && when < entry.at);
  if (last?.line.did === 'deliver' && last.line.what) return true;
  const own = events.find((event) => event.release === release.id && event.index === entry.index);
  const earlier = events.filter(
    (event) =>
      event.environment === entry.line.to &&
      event.did === 'deploy' &&
      event.outcome === 'succeeded' &&
      event.at < entry.counts,
  );
  return Object.entries(own?.versions ?? {}).some(
    ([component, version]) =>
      earlier.findLast(({ versions }) => versions[component] !== undefined)?.versions[component] !== version,
  );
}
