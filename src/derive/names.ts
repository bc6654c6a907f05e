import { nameIn } from '../model/labelled.ts';
import type { Note } from '../model/note.ts';
import type { Policy } from '../validate/validate.ts';
import type { Actor } from './actors.ts';
import type { Catalog } from './catalog.ts';

/** A person by initials and role, a party by its name; a delegate names whom he stood in for. */
export function actorIn(catalog: Catalog, { id, roles }: Actor): Note['publishedBy'][number] {
  const { people, raci } = catalog.policy;
  const person = people.people.find((candidate) => candidate.id === id);
  const acting = roles[0];
  if (!person) {
    const role = acting && nameIn(raci.roles, acting.role);
    return { initials: partyName(catalog, id), ...(role ? { role } : {}) };
  }
  const grantor = acting?.delegateOf && people.people.find((candidate) => candidate.id === acting.delegateOf);
  return {
    initials: person.initials,
    role: acting && nameIn(raci.roles, acting.role),
    for: grantor ? grantor.initials : undefined,
  };
}

/** What readers call a type of release. */
export function typeName({ programme }: Policy, id: string): string {
  return programme.types[id]?.name ?? id;
}

/** The name of a party or role; its id when it has none. */
export function partyName({ policy: { people, raci } }: Catalog, id: string): string {
  return nameIn([...people.parties, ...raci.roles], id);
}

/** The names of roles and parties; an id that is neither is left out, for it might be a person's. */
export function publicNames(
  { policy: { people, raci } }: Pick<Catalog, 'policy'>,
  ids: readonly string[] = [],
): string[] {
  const known = [...people.parties, ...raci.roles];
  return ids.flatMap((id) => known.find((entry) => entry.id === id)?.name ?? []);
}
