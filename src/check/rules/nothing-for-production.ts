import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { at, defineRule } from '../rule.ts';

export const nothingForProduction = defineRule({
  id: 'nothing-for-production',
  obligations: ['C-031', 'C-053'],
  summary: 'Nothing is recorded for production, which is out of scope.',
  about: 'records',
  *check({ releases, policy }) {
    const production = environmentsFor(policy, 'production');
    for (const { record, id } of releases) {
      for (const [index, line] of record.log.entries()) {
        const target = line.did === 'deploy' ? line.to : line.did === 'test' ? line.in : undefined;
        if (target === undefined || !production.includes(target)) continue;
        yield {
          at: at(record, 'log', index, line.did === 'deploy' ? 'to' : 'in'),
          message: `${environmentName(policy, target)} is out of scope of the plan.`,
          hint: 'Remove the line; production is managed elsewhere.',
          release: id,
        };
      }
    }
  },
});
