import type { LineKind } from '../model/log.ts';
import type { Policy } from '../validate/validate.ts';

/**
 * The roles that RACI marks with one of the given letters for a kind of log line; a kind may name its roles outright.
 */
export function rolesMarked({ raci, idle }: Policy, kind: string, letters: RegExp): string[] {
  const owner = raci.kinds[kind];
  if (owner === undefined) return [];
  if (Array.isArray(owner)) return owner.filter((role) => !idle.includes(role));
  const process = raci.processes.find(({ id }) => id === owner);
  if (!process) return raci.roles.some(({ id }) => id === owner) ? [owner] : [];
  return Object.entries(process.letters)
    .filter(([role, given]) => letters.test(given) && !idle.includes(role))
    .map(([role]) => role);
}

/** The roles that may write a kind of line: responsible or accountable (C-134). */
export function rolesFor(policy: Policy, kind: string): string[] {
  return rolesMarked(policy, kind, /[RA]/);
}

/** The roles that answer for a kind of line. */
export function accountableFor(policy: Policy, kind: string): string[] {
  return rolesMarked(policy, kind, /A/);
}

/** The roles that are consulted in the process of a kind of line; none where the kind names its roles outright. */
export function consultedFor(policy: Policy, kind: string): string[] {
  return Array.isArray(policy.raci.kinds[kind]) ? [] : rolesMarked(policy, kind, /C/);
}

/** The roles and parties that are told when some are: telling a party tells those it includes. */
export function widen(ids: readonly string[], { people }: Policy): Set<string> {
  const found = new Set<string>();
  const add = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    for (const included of people.parties.find((party) => party.id === id)?.includes ?? []) add(included);
  };
  ids.forEach(add);
  return found;
}

/** How many who are entitled to it have to give a kind of line together. */
export function quorumFor({ raci }: Policy, kind: LineKind): number {
  return raci.quorum[kind] ?? 1;
}

/** How many may hold a role at once: what the limits say, else one who approves, and as many as there are of others. */
export function mostHolders(policy: Policy, role: string): number {
  return policy.programme.limits.holders[role] ?? (accountableFor(policy, 'approve').includes(role) ? 1 : Infinity);
}
