import { type Actor, actorAt } from '../derive/actors.ts';
import type { Catalog } from '../derive/catalog.ts';
import { actorIn } from '../derive/names.ts';
import type { Note } from '../model/note.ts';
import type { Instant } from '../model/time.ts';

/** An id and the words readers see for it. */
export type Labelled = { id: string; name: string };

/** Someone who acted, as readers see him: initials or a party's name, the role, and for whom as a delegate. */
export type PublicActor = { initials: string; role?: string | undefined; for?: string | undefined };

/** The words for one id of a list; the id itself when the list does not hold it. */
export function labelled(id: string, list: readonly Labelled[]): Labelled {
  return { id, name: list.find((entry) => entry.id === id)?.name ?? id };
}

/** The words for several ids. */
export function labelledAll(ids: readonly string[], list: readonly Labelled[]): Labelled[] {
  return ids.map((id) => labelled(id, list));
}

/** The name of an environment. */
export function environmentName({ policy }: Catalog, id: string): string {
  return labelled(id, policy.environments).name;
}

/** The environments that face the participants. */
export function marketIds({ policy }: Catalog): Set<string> {
  return new Set(policy.environments.filter(({ use }) => use === 'market').map(({ id }) => id));
}

/** Those who acted in a line, as readers see them. */
export function publicActors(
  catalog: Catalog,
  by: string | readonly string[],
  at: Instant,
  kind: string,
  as?: string,
): PublicActor[] {
  const ids = Array.isArray(by) ? (by as readonly string[]) : [by as string];
  return ids.map((id) => publicActor(catalog, actorAt(catalog.offices, id, at, kind, as)));
}

/** One actor, field by field. */
export function publicActor(catalog: Catalog, actor: Actor): PublicActor {
  const { initials, role, for: grantor }: Note['publishedBy'][number] = actorIn(catalog, actor);
  return { initials, role, for: grantor };
}

/** The names of roles and parties; an id that is neither is left out, for it might be a person's. */
export function publicNames({ policy: { people, raci } }: Catalog, ids: readonly string[] = []): string[] {
  const known = [...people.parties, ...raci.roles];
  return ids.flatMap((id) => known.find((entry) => entry.id === id)?.name ?? []);
}
