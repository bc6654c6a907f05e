import type { Environment } from '../model/environment.ts';
import type { ReleaseType } from '../model/programme.ts';
import type { Policy } from '../validate/validate.ts';
import { environmentsOf } from './environments.ts';

/** A policy with the environments of a route, and a type with the steps that are taken on it. */
type Route = { policy: Policy; type: ReleaseType };

const routes = new WeakMap<Policy, Map<string, Route>>();

/**
 * The route of a release: the environments of its phase, without those that the steps of its type pass by. Where
 * nothing is left out, policy and type are the programme's own. Made once for a phase and type.
 */
export function routeOf(policy: Policy, { phase, type }: { phase: string; type: string }): Route {
  const known = routes.get(policy) ?? new Map<string, Route>();
  routes.set(policy, known);
  const key = JSON.stringify([phase, type]);
  const route = known.get(key) ?? makeRoute(policy, phase, type);
  known.set(key, route);
  return route;
}

function makeRoute(policy: Policy, phase: string, name: string): Route {
  const given = policy.programme.types[name] ?? { meaning: name, usesSlot: false, steps: [] };
  const outside = policy.environments.flatMap(({ id }) => (usesIn(policy, phase, id) ? [] : [id]));
  const type = outside.length === 0 ? given : { ...given, steps: stepsWithin(given, outside) };
  const targets = type.steps.flat().flatMap(({ target }) => target ?? []);
  const environments = policy.environments.filter(
    ({ id, use }) => !outside.includes(id) && !(isSkippable(use) && targets.length > 0 && !targets.includes(id)),
  );
  return environments.length === policy.environments.length
    ? { policy, type }
    : { policy: { ...policy, environments }, type };
}

/** What is delivered arrives where deliveries do, and participants are never passed by. */
function isSkippable(use: Environment['use']): boolean {
  return use === 'through' || use === 'proving';
}

function stepsWithin({ steps }: ReleaseType, outside: readonly string[]): ReleaseType['steps'] {
  return steps.flatMap((entry): ReleaseType['steps'] => {
    const kept = [entry].flat().filter(({ target }) => target === undefined || !outside.includes(target));
    if (!Array.isArray(entry)) return kept;
    return kept.length > 0 ? [kept] : [];
  });
}

/**
 * The environments that come before one, in the order of the list: those that it names with `after`, else the one
 * listed before it, and all that come before those.
 */
export function environmentsBefore(environments: readonly Environment[], id: string): Environment[] {
  const found = new Set<string>();
  const add = (wanted: string) => {
    const index = environments.findIndex((environment) => environment.id === wanted);
    const named =
      environments[index]?.after ??
      environments
        .slice(0, Math.max(index, 0))
        .slice(-1)
        .map((one) => one.id);
    for (const before of named) {
      if (found.has(before)) continue;
      found.add(before);
      add(before);
    }
  };
  add(id);
  return environments.filter((environment) => found.has(environment.id));
}

/** True for an environment that the releases of a phase pass; a phase that names none uses all. */
export function usesIn({ programme }: Policy, phase: string, environment: string): boolean {
  return programme.phases.find(({ id }) => id === phase)?.environments?.includes(environment) ?? true;
}

/** The market-facing environments of a phase. */
export function marketsOf(policy: Policy, phase: string): Environment[] {
  return environmentsOf(policy, 'market').filter(({ id }) => usesIn(policy, phase, id));
}
