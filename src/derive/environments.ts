import type { Policy } from '../validate/validate.ts';

/** The ids of the environments of one use, in the order of the route to live. */
export function environmentsFor(policy: Policy, use: Policy['environments'][number]['use']): string[] {
  return policy.environments.filter((environment) => environment.use === use).map(({ id }) => id);
}

/** The name of an environment; its id when it has none. */
export function nameOf(policy: Policy, environment: string): string {
  return policy.environments.find(({ id }) => id === environment)?.name ?? environment;
}
