import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { snapshotBefore } from '../../derive/history.ts';
import { at, defineRule } from '../rule.ts';

export const emergencyFixSurvives = defineRule({
  id: 'emergency-fix-survives',
  obligations: ['C-079'],
  summary: 'A release that was delivered before an emergency was deployed does not overwrite its fix.',
  *check({ releases, events, policy }) {
    const emergencies = events.filter(
      ({ did, outcome, release }) =>
        did === 'deploy' &&
        outcome === 'succeeded' &&
        releases.some(({ id, kind }) => id === release && kind === 'emergency'),
    );
    for (const release of releases) {
      if (release.kind === 'emergency') continue;
      for (const { line, index, at: start } of deploymentsTo(release, policy, 'market')) {
        const { versions } = snapshotBefore(release, start);
        const said =
          release.entries.findLast(
            (entry) => entry.at < start && entry.line.did === 'deliver' && entry.line.what !== undefined,
          )?.at ?? '';
        for (const component of Object.keys(versions)) {
          const delivered = release.entries.findLast(
            (entry) =>
              entry.at < start && entry.line.did === 'deliver' && entry.line.versions?.[component] !== undefined,
          );
          const fix = emergencies.findLast(
            (event) =>
              event.environment === line.to &&
              event.versions[component] !== undefined &&
              event.at < start &&
              delivered !== undefined &&
              event.at > delivered.at,
          );
          if (!fix || fix.at <= said) continue;
          yield {
            at: at(release.record, 'log', index, 'to'),
            message: `${component} ${versions[component]} was delivered before the emergency ${fix.release} reached ${environmentName(policy, line.to)}, and may overwrite its fix.`,
            hint: 'Deliver a version that holds the fix, or record a "deliver" line whose "what" says that this one does.',
            level: 'warning',
            when: start,
            release: release.id,
          };
        }
      }
    }
  },
});
