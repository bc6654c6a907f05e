import type { Catalog } from '../../derive/catalog.ts';
import { toInstant } from '../../model/time.ts';
import { type PageKind, pathOf } from '../words/address.ts';

/**
 * A mention of a record: its id, its title where that is shown with it, and the path of its page when it has one. What
 * is not public yet, or not known at all, has none.
 */
export type Reference = { id: string; title?: string | undefined; path?: string | undefined };

/** What may be mentioned; an item of a release is a defect or a change. */
type Mentioned = 'item' | 'release' | 'component';

/** The one maker of references. */
export function referenceTo(catalog: Catalog, mentioned: Mentioned, id: string, title?: string): Reference {
  return { id, title, path: pathsIn(catalog)[mentioned].get(id) };
}

/** The releases that have a page: of the others nothing is known by the moment of looking. */
export function releasesWithPage({ releases }: Catalog): Catalog['releases'] {
  return releases.filter(({ entries }) => entries.length > 0);
}

/** The defects that have a page: those raised by the moment of looking. */
export function defectsWithPage({ defects, asOf, policy }: Catalog): Catalog['defects'] {
  return defects.filter(({ tracker }) => toInstant(tracker.raised, policy.programme.zone) <= asOf);
}

type Paths = Record<Mentioned, ReadonlyMap<string, string>>;
const known = new WeakMap<Catalog, Paths>();

/** The paths of all pages of a catalog; made once, because every page asks for some. */
function pathsIn(catalog: Catalog): Paths {
  const paths = known.get(catalog) ?? {
    item: new Map([...pathsOf('defect', defectsWithPage(catalog)), ...pathsOf('change', catalog.changes)]),
    release: new Map(pathsOf('release', releasesWithPage(catalog))),
    component: new Map(pathsOf('component', catalog.policy.components)),
  };
  known.set(catalog, paths);
  return paths;
}

function pathsOf(kind: PageKind, records: readonly { id: string }[]): [string, string][] {
  return records.map(({ id }) => [id, pathOf(kind, id)]);
}
