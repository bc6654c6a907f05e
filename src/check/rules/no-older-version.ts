import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { compareVersions } from '../../model/version.ts';
import { at, defineRule } from '../rule.ts';

export const noOlderVersion = defineRule({
  id: 'no-older-version',
  obligations: ['C-105', 'C-023'],
  summary: 'The versions of a component in the market-facing environment only move forward.',
  *check({ releases, events, policy }) {
    const market = environmentsFor(policy, 'market');
    const newest = new Map<string, { version: string; release: string; index: number }>();
    for (const event of events) {
      if (event.did !== 'deploy' || !market.includes(event.environment)) continue;
      const release = event.index < 0 ? undefined : releases.find(({ id }) => id === event.release);
      for (const [component, version] of Object.entries(event.versions)) {
        const scheme = policy.components.find(({ id }) => id === component);
        const key = `${event.environment} ${component}`;
        const before = newest.get(key);
        const owner = before && releases.find(({ id }) => id === before.release);
        if (scheme && release && before && compareVersions(scheme, version, before.version) < 0) {
          yield {
            at: at(release.record, 'log', event.index, 'to'),
            message: `${component} ${version} is older than ${before.version}, which ${environmentName(policy, event.environment)} had before.`,
            hint: 'Failures are fixed forward: deliver a newer version that holds the correction.',
            related:
              owner && before.index >= 0
                ? [{ at: at(owner.record, 'log', before.index), message: `${before.version} was deployed here` }]
                : [],
            when: event.at,
            release: event.release,
          };
        } else newest.set(key, { version, release: event.release, index: event.index });
      }
    }
  },
});
