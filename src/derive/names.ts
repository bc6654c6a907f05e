import type { Note } from '../model/note.ts';
import type { Actor } from './actors.ts';
import type { Catalog } from './catalog.ts';

/** A person by initials and role, a party by its name; a delegate names whom he stood in for. */
export function actorIn(catalog: Catalog, { id, roles }: Actor): Note['publishedBy'][number] {
  const { people, raci } = catalog.policy;
  const person = people.people.find((candidate) => candidate.id === id);
  if (!person) return { initials: partyName(catalog, id) };
  const acting = roles[0];
  const grantor = acting?.delegateOf && people.people.find((candidate) => candidate.id === acting.delegateOf);
  return {
    initials: person.initials,
    ...optional('role', acting && (raci.roles.find((role) => role.id === acting.role)?.name ?? acting.role)),
    ...optional('for', grantor ? grantor.initials : undefined),
  };
}

/** The name of a party or role; its id when it has none. */
export function partyName({ policy: { people, raci } }: Catalog, id: string): string {
  return people.parties.find((party) => party.id === id)?.name ?? raci.roles.find((role) => role.id === id)?.name ?? id;
}

/** The environments that participants use. */
export function marketEnvironments({ policy }: Catalog): Catalog['policy']['environments'] {
  return policy.environments.filter(({ use }) => use === 'market');
}

/** Ids with the names that a closed list gives them. */
export function named(
  ids: readonly string[],
  list: readonly { id: string; name: string }[],
): { id: string; name: string }[] {
  return ids.map((id) => ({ id, name: list.find((entry) => entry.id === id)?.name ?? id }));
}

/** The field when it has a value, so that absent stays absent in the canonical form. */
export function optional<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
