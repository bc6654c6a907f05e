import type { People } from '../model/people.ts';
import { type Instant, toInstant } from '../model/time.ts';

/** A role someone acted in, and for whom when as a delegate. */
export type ActingRole = { role: string; delegateOf?: string };

/** Someone who acted in a log line: a person with the roles of that moment, or a party. */
export type Actor = { id: string; kind: 'person' | 'party' | 'unknown'; roles: ActingRole[] };

type Span = { from: Instant; until: Instant | undefined };

/** A role that a person or party holds; in one phase only, where it names one. */
type Assignment = Span & { role: string; holder: string; phase: string | undefined };

/** Who holds which role and who stands in for whom, with all times read once. */
export type Offices = {
  people: Set<string>;
  parties: Set<string>;
  assignments: Assignment[];
  delegations: (Span & { role: string; person: string; grantedBy: string; kinds: string[] })[];
};

/** Reads the times of assignments and delegations; intervals are half-open (C-032, C-044, C-045). */
export function readOffices(people: People, zone: string): Offices {
  return {
    people: new Set(people.people.map((person) => person.id)),
    parties: new Set(people.parties.map((party) => party.id)),
    assignments: people.assignments.map(({ role, person, party, phase, from, to }) => ({
      role,
      holder: person ?? (party as string),
      phase,
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
export function actorAt(
  offices: Offices,
  id: string,
  { at, kind, as, phase }: { at: Instant; kind: string; as?: string | undefined; phase?: string | undefined },
): Actor {
  const roles: ActingRole[] = offices.assignments
    .filter((office) => office.holder === id && holds(office, at) && isIn(office, phase))
    .map(({ role }) => ({ role }));
  if (offices.parties.has(id)) return { id, kind: 'party', roles: chosen(roles, as) };
  if (!offices.people.has(id)) return { id, kind: 'unknown', roles: [] };
  for (const delegation of offices.delegations) {
    if (delegation.person !== id || !delegation.kinds.includes(kind) || !holds(delegation, at)) continue;
    if (!holdsRole(offices, delegation.grantedBy, delegation.role, delegation.from, phase)) continue;
    if (!roles.some(({ role }) => role === delegation.role))
      roles.push({ role: delegation.role, delegateOf: delegation.grantedBy });
  }
  return { id, kind: 'person', roles: chosen(roles, as) };
}

function chosen(roles: ActingRole[], as: string | undefined): ActingRole[] {
  return as ? roles.filter(({ role }) => role === as) : roles;
}

/** True when somebody holds a role by assignment at a moment, in a phase where one is named. */
export function holdsRole(offices: Offices, holder: string, role: string, at: Instant, phase?: string): boolean {
  return holdersOf(offices, role, at, phase).includes(holder);
}

/** The holders of a role at a moment, people and parties; of those who hold it in one phase only, its own. */
export function holdersOf(offices: Offices, role: string, at: Instant, phase?: string): string[] {
  return offices.assignments
    .filter((office) => office.role === role && holds(office, at) && isIn(office, phase))
    .map(({ holder }) => holder);
}

/** True for a party that acts for itself; a team that holds a role acts in it, as a person does. */
export function actsForItself({ kind, roles }: Actor): boolean {
  return kind === 'party' && roles.length === 0;
}

/** True for somebody who acts in one of some roles. */
export function actsAs({ roles }: Actor, wanted: readonly string[]): boolean {
  return roles.some(({ role }) => wanted.includes(role));
}

/** True for an assignment that counts in a phase; where no phase is asked for, every one does. */
export function isIn(office: Pick<Assignment, 'phase'>, phase: string | undefined): boolean {
  return office.phase === undefined || phase === undefined || office.phase === phase;
}

function holds({ from, until }: Span, at: Instant): boolean {
  return from <= at && (until === undefined || at < until);
}
