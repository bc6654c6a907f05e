import { holdersOf } from '../derive/actors.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Step } from '../model/step.ts';
import type { Instant } from '../model/time.ts';

/** Something that somebody owes: what, who by role, and by when; without a moment it is owed as soon as it can be. */
export type Duty = { what: string; roles: string[]; due?: Instant; release?: string; item?: string; step?: Step };

/** The initials of those who hold the roles of a duty at the moment of the catalog. */
export function ownersOf({ policy, offices, asOf }: Catalog, { roles }: Duty): string[] {
  const { people } = policy.people;
  return roles
    .flatMap((role) => holdersOf(offices, role, asOf))
    .map((id) => people.find((person) => person.id === id)?.initials ?? id);
}
