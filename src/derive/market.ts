import type { Policy } from '../validate/validate.ts';
import { entriesOf, type Entry, type ReleaseHistory } from './history.ts';

/** The ids of the environments of one use, in the order of the route to live. */
export function environmentsFor(policy: Policy, use: Policy['environments'][number]['use']): string[] {
  return policy.environments.filter((environment) => environment.use === use).map(({ id }) => id);
}

/** Every deployment of a release to an environment of one use, whatever came of it. */
export function deploymentsTo(release: ReleaseHistory, policy: Policy, use: Policy['environments'][number]['use']): Entry<'deploy'>[] {
  const environments = environmentsFor(policy, use);
  return entriesOf(release, 'deploy').filter(({ line }) => environments.includes(line.to));
}

/** The name of an environment for a message. */
export function nameOf(policy: Policy, environment: string): string {
  return policy.environments.find(({ id }) => id === environment)?.name ?? environment;
}
