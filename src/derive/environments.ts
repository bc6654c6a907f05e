import type { Environment } from '../model/environment.ts';
import { nameIn } from '../model/labelled.ts';
import type { Policy } from '../validate/validate.ts';

/** The environments of one use, in the order of the route to live. */
export function environmentsOf({ environments }: Policy, use: Environment['use']): Environment[] {
  return environments.filter((environment) => environment.use === use);
}

/** The ids of the environments of one use, in the order of the route to live. */
export function environmentsFor(policy: Policy, use: Environment['use']): string[] {
  return environmentsOf(policy, use).map(({ id }) => id);
}

/** True when an environment has a use; false for one that nobody knows. */
export function isFor(policy: Policy, use: Environment['use'], environment: string): boolean {
  return environmentsFor(policy, use).includes(environment);
}

/** The name of an environment; its id when nobody knows it. */
export function environmentName({ environments }: Policy, environment: string): string {
  return nameIn(environments, environment);
}

/** The environments that the plan puts releases into; what is in use afterwards is out of its scope (C-031). */
export function plannedEnvironments({ environments }: Policy): Environment[] {
  return environments.filter(({ use }) => use !== 'production');
}
