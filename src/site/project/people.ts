import type { Catalog } from '../../derive/catalog.ts';
import { nameIn } from '../../model/labelled.ts';
import type { Person } from '../../model/people.ts';
import { addDays, isDate, toDay, toInstant } from '../../model/time.ts';
import { lineWords } from '../words/statuses.ts';
import type { LineKind } from '../../model/log.ts';

/** A term in a role: its first day and its last, both included; no last day while it goes on. */
type Term = { role: string; phase?: string | undefined; from: string; until?: string | undefined };

/** Somebody who acts for a role, by initials and unit: the name is never public. */
export type PublicPerson = {
  initials: string;
  formerly: string[];
  unit: string;
  terms: Term[];
  /** Roles that were stood in for, for whom, and for what. */
  standsIn: (Term & { for: string; kinds: string[] })[];
};

/** A team or body, with the roles that it holds. */
export type PublicParty = { name: string; formerly: string[]; terms: Term[] };

export type PublicPeople = { people: PublicPerson[]; parties: PublicParty[] };

export function projectPeople(catalog: Catalog): PublicPeople {
  const { people, parties } = catalog.policy.people;
  return {
    people: people.map((person) => publicPerson(catalog, person)),
    parties: parties.map(({ id, name, formerly }) => ({
      name,
      formerly,
      terms: termsOf(catalog, ({ party }) => party === id),
    })),
  };
}

function publicPerson(catalog: Catalog, { id, initials, formerly, unit }: Person): PublicPerson {
  const { people, delegations } = catalog.policy.people;
  return {
    initials,
    formerly,
    unit,
    terms: termsOf(catalog, ({ person }) => person === id),
    standsIn: delegations
      .filter(({ person }) => person === id)
      .map(({ role, grantedBy, from, until, kinds }) => ({
        ...termOf(catalog, { role, from, to: until }),
        for: people.find((other) => other.id === grantedBy)?.initials ?? '',
        kinds: kinds.map((kind) => lineWords[kind as LineKind]),
      })),
  };
}

type Assignment = Catalog['policy']['people']['assignments'][number];

function termsOf(catalog: Catalog, isOwn: (assignment: Assignment) => boolean): Term[] {
  return catalog.policy.people.assignments.filter(isOwn).map((assignment) => termOf(catalog, assignment));
}

function termOf(
  { policy }: Catalog,
  { role, phase, from, to }: Pick<Assignment, 'role' | 'phase' | 'from' | 'to'>,
): Term {
  const { zone, phases } = policy.programme;
  const dayIn = (time: string) => toDay(toInstant(time, zone), zone);
  return {
    role: nameIn(policy.raci.roles, role),
    phase: nameIn(phases, phase),
    from: dayIn(from),
    // A term ends before the day that is named, or at the hour that is.
    until: to === undefined ? undefined : isDate(to) ? addDays(to, -1) : dayIn(to),
  };
}
