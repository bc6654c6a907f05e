import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { at, defineRule } from '../rule.ts';

export const provingKeepsPace = defineRule({
  id: 'proving-keeps-pace',
  obligations: ['C-048'],
  summary: 'When a release goes to market, the proving environment still holds what was proved there.',
  *check({ releases, events, policy }) {
    const market = environmentsFor(policy, 'market');
    const proving = environmentsFor(policy, 'proving').at(-1);
    const present = new Map<string, { version: string; release: string }>();
    const arrived = new Set<string>();
    for (const event of events) {
      if (event.did !== 'deploy' || event.outcome !== 'succeeded') continue;
      for (const [component, version] of event.environment === proving ? Object.entries(event.versions) : []) {
        present.set(component, { version, release: event.release });
        arrived.add(`${event.release} ${component} ${version}`);
      }
      if (!market.includes(event.environment) || proving === undefined) continue;
      const release = releases.find(({ id }) => id === event.release);
      const moved = Object.entries(event.versions).filter(
        ([component, version]) =>
          arrived.has(`${event.release} ${component} ${version}`) &&
          present.get(component)?.version !== version &&
          present.get(component)?.release !== event.release,
      );
      for (const [component, version] of release ? moved : []) {
        yield {
          at: at((release as (typeof releases)[number]).record, 'log', event.index, 'to'),
          message: `${environmentName(policy, proving)} had moved on to ${component} ${present.get(component)?.version} of ${present.get(component)?.release} when ${version} went to ${environmentName(policy, event.environment)}.`,
          hint: 'A fault found there can no longer be repeated: deploy to the market before the next release is proved.',
          level: 'warning',
          when: event.at,
          release: event.release,
        };
      }
    }
  },
});
