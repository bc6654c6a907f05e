import { holdersOf } from '../derive/actors.ts';
import type { Catalog } from '../derive/catalog.ts';
import { nameIn } from '../model/labelled.ts';
import type { Step } from '../model/step.ts';
import type { Instant } from '../model/time.ts';

/** Something that somebody owes: what, who by role, and by when; without a moment it is owed as soon as it can be. */
export type Duty = {
  what: string;
  roles: string[];
  due?: Instant;
  /** It is owed on this condition only, of which nobody knows yet whether it comes about. */
  condition?: string;
  /** It belongs to an emergency and comes before all else. */
  isUrgent?: true;
  /** What is owed cannot be known, because a file cannot be read. */
  isUnknown?: true;
  /** The rule that reminds of it; absent for the steps of a release. */
  rule?: string;
  release?: string;
  item?: string;
  step?: Step;
};

/** A duty in words, with its condition. */
export function dutyInWords({ what, condition }: Duty): string {
  return condition ? `${what}, ${condition}` : what;
}

/** True when a duty is late; what is owed on a condition only is not. */
export function isOverdue({ due, condition }: Duty, asOf: Instant): boolean {
  return due !== undefined && due <= asOf && condition === undefined;
}

/** The initials of those who hold the roles of a duty at the moment of the catalog. */
export function ownersOf({ policy, offices, asOf, releases }: Catalog, { roles, release: id }: Duty): string[] {
  const { people, parties } = policy.people;
  const phase = releases.find((release) => release.id === id)?.record.phase;
  return roles
    .flatMap((role) => holdersOf(offices, role, asOf, phase))
    .map((holder) => people.find((person) => person.id === holder)?.initials ?? nameIn(parties, holder));
}
