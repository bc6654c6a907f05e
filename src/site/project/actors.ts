import { type Actor, actorAt } from '../../derive/actors.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { actorIn } from '../../derive/names.ts';
import type { Note } from '../../model/note.ts';
import { pathOfPerson } from '../words/address.ts';
import type { Instant } from '../../model/time.ts';

/** Someone who acted, as readers see him: initials or a party's name, the role, and for whom as a delegate. */
export type PublicActor = {
  initials: string;
  role?: string | undefined;
  for?: string | undefined;
  /** Where it says who that is; a party has none, nor has somebody whom the programme no longer lists. */
  path?: string | undefined;
};

/** Those who acted in a line, as readers see them. */
export function publicActors(
  catalog: Catalog,
  by: string | readonly string[],
  at: Instant,
  kind: string,
  as?: string,
): PublicActor[] {
  const ids = Array.isArray(by) ? (by as readonly string[]) : [by as string];
  return ids.map((id) => publicActor(catalog, actorAt(catalog.offices, id, { at, kind, as })));
}

/** One actor of the log. */
export function publicActor(catalog: Catalog, actor: Actor): PublicActor {
  return sealedActor(catalog, actorIn(catalog, actor));
}

/** An actor of a sealed note, field by field. */
export function sealedActor(
  { policy }: Catalog,
  { initials, role, for: grantor }: Note['publishedBy'][number],
): PublicActor {
  const person = policy.people.people.find(
    (candidate) => candidate.initials === initials || candidate.formerly.includes(initials),
  );
  return { initials, role, for: grantor, path: person && pathOfPerson(person.initials) };
}
