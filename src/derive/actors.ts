import type { People } from '../model/people.ts';
import { type Instant, toInstant } from '../model/time.ts';

/** A role someone acted in, and for whom when as a delegate. */
export type ActingRole = { role: string; delegateOf?: string };

/** Someone who acted in a log line: a person with the roles of that moment, or a party. */
export type Actor = { id: string; kind: 'person' | 'party' | 'unknown'; roles: ActingRole[] };

type Span = { from: Instant; until: Instant | undefined };

/** Who holds which role and who stands in for whom, with all times read once. */
export type Offices = {
  people: Set<string>;
  parties: Set<string>;
  assignments: (Span & { role: string; person: string })[];
  delegations: (Span & { role: string; person: string; grantedBy: string; kinds: string[] })[];
};

/** Reads the times of assignments and delegations; intervals are half-open (C-032, C-044, C-045). */
export function readOffices(people: People, zone: string): Offices {
  return {
    people: new Set(people.people.map((person) => person.id)),
    parties: new Set(people.parties.map((party) => party.id)),
    assignments: people.assignments.map(({ role, person, from, to }) => ({
      role,
      person,
      from: toInstant(from, zone),
      until: to && toInstant(to, zone),
    })),
    delegations: people.delegations.map((delegation) => ({
      ...delegation,
      from: toInstant(delegation.from, zone),
      until: toInstant(delegation.until, zone),
    })),
  };
}

/**
 * The actor behind an id at a moment. Delegations count only for the kinds of line they were granted for, and only when
 * the grantor held the role himself at that moment or when granting: a delegate cannot delegate.
 */
export function actorAt(offices: Offices, id: string, at: Instant, kind: string, as?: string): Actor {
  if (offices.parties.has(id)) return { id, kind: 'party', roles: [] };
  if (!offices.people.has(id)) return { id, kind: 'unknown', roles: [] };
  const roles: ActingRole[] = offices.assignments
    .filter((office) => office.person === id && holds(office, at))
    .map(({ role }) => ({ role }));
  for (const delegation of offices.delegations) {
    if (delegation.person !== id || !delegation.kinds.includes(kind) || !holds(delegation, at)) continue;
    if (!holdsRole(offices, delegation.grantedBy, delegation.role, delegation.from)) continue;
    if (!roles.some(({ role }) => role === delegation.role))
      roles.push({ role: delegation.role, delegateOf: delegation.grantedBy });
  }
  return { id, kind: 'person', roles: as ? roles.filter(({ role }) => role === as) : roles };
}

/** True when a person holds a role by assignment at a moment. */
export function holdsRole(offices: Offices, person: string, role: string, at: Instant): boolean {
  return offices.assignments.some((office) => office.person === person && office.role === role && holds(office, at));
}

/** The holders of a role at a moment; the plan allows one. */
export function holdersOf(offices: Offices, role: string, at: Instant): string[] {
  return offices.assignments.filter((office) => office.role === role && holds(office, at)).map(({ person }) => person);
}

function holds({ from, until }: Span, at: Instant): boolean {
  return from <= at && (until === undefined || at < until);
}
